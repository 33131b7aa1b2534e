"""Labels of several words, which are read as one: "null space" in a label and in an answer is `nullspace`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from grader.kinds.kind import View
from grader.model.documents import Block, Run
from grader.model.patterns import later
from grader.notation.calls import is_function
from grader.prepare.parts import PreparedPart

_WORD = re.compile(r"[^\W_]+")
_BETWEEN = r"(?:[\s~_–-]|\\[,; _])+"  # "null-space", `\dim\, N`
_WRAPPED = r"(?:\\(?:text|mathrm|operatorname|mathit|mathsf)\s*\{\s*(?=[^{}]*\}))?"
_ARGUMENT = r"\s*\}?(?P<of>\s*(?:\\left)?\(\s*\\?[A-Za-z](?:_?[A-Za-z0-9])?\s*(?:\\right)?\))(?=\s*&?\s*[=:])"
_SHORT = 3  # letters of a word that is no letter with an argument, `f(x) = 3`


def one_word(label: str) -> str:
    """A label of several words as one; any other as it is."""
    words = _words_of(label)
    return "".join(words) if len(words) > 1 else label


def _words_of(label: str) -> list[str]:
    """The words of a label, or nothing for a label that is more than words: a formula, or `\\Delta g`."""
    words = re.split(r"[\s-]+", label.strip())
    return words if all(map(_WORD.fullmatch, words)) else []


def with_phrases(parts: Sequence[PreparedPart], view: View) -> View:
    """The view of an answer in which every label of several words is one word, and `rank` stands for `rank(A)`.

    What is put together keeps its place: blanks fill it up.
    """
    labels = tuple(sorted({label for part in parts for label in (*part.part.labels, part.part.id)}))
    phrases, called = _joining(labels), _calling(labels)
    text = view.answer.text
    spoken = phrases is not None and phrases.search(text) is not None
    if not spoken and (called is None or called.search(text) is None):
        return view
    blocks = tuple([_joined(block, phrases if spoken else None, called) for block in view.answer.blocks])
    memo = view.remember(("phrases", labels), dict)
    answer = view.answer._replace(blocks=blocks)
    return View(answer, view.names, view.places, view.reasons, view.context, view.base, memo, view.shared)


def spelled_out(parts: Sequence[PreparedPart], text: str) -> str:
    """What was read, with each label that was put together as the rubric has it."""
    for label in sorted({label for part in parts for label in part.part.labels}, key=len, reverse=True):
        if (word := one_word(label)) != label:
            text = re.sub(rf"(?<!\w){word}", label, text, flags=re.I)
    return text


@lru_cache(maxsize=500)
def _joining(labels: tuple[str, ...]) -> re.Pattern[str] | None:
    several = sorted((words for label in labels if len(words := _words_of(label)) > 1), key=lambda w: -len("".join(w)))
    choices = ["\\\\?" + rf"(?:{_BETWEEN}\\?|\\)".join(map(re.escape, words)) for words in several]
    return re.compile(rf"(?<![\w\\])(?:{'|'.join(choices)})[^\W\d_]*", re.I) if choices else None


@lru_cache(maxsize=500)
def _calling(labels: tuple[str, ...]) -> re.Pattern[str] | None:
    """Finds a label with one letter in brackets behind it, as it may stand on the left: `\\operatorname{rank}(A) =`."""
    words = {one_word(label) for label in labels}
    named = sorted(word for word in words if len(word) >= _SHORT and _WORD.fullmatch(word) and not is_function(word))
    return later(rf"(?<![\w\\]){_WRAPPED}(?:{'|'.join(named)}){_ARGUMENT}", re.I, holds=("(",)) if named else None


def _joined(block: Block, phrases: re.Pattern[str] | None, called: re.Pattern[str] | None) -> Block:
    if block.is_program or block.kind == "code":
        return block
    return block._replace(runs=tuple([_of_run(run, phrases, called) for run in block.runs]))


def _of_run(run: Run, phrases: re.Pattern[str] | None, called: re.Pattern[str] | None) -> Run:
    text = run.text if phrases is None else phrases.sub(_one, run.text)
    if called is not None and run.kind == "math":
        text = called.sub(_alone, text)
    return run if text == run.text else run._replace(text=text)


def _one(found: re.Match[str]) -> str:
    return "".join(_WORD.findall(found[0])).ljust(len(found[0]))


def _alone(found: re.Match[str]) -> str:
    low, high = (at - found.start() for at in found.span("of"))
    return found[0][:low] + " " * (high - low) + found[0][high:]
