"""Labels of several words, which are read as one: "null space" in a label and in an answer is `nullspace`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from grader.kinds._modifiers import change_before
from grader.kinds.kind import View
from grader.model.documents import Block, Run
from grader.model.patterns import later
from grader.notation.calls import is_function
from grader.prepare.parts import PreparedPart

Rewrite = Callable[[re.Match[str]], str]
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = r"(?:(?:[\s~]|\\[,; _])+|[_–-])"  # "null-space", `\dim\, N`, but no difference: "dim - N"
_WRAPPED = r"(?:\\(?:text|mathrm|operatorname|mathit|mathsf)\s*\{\s*(?=[^{}]*\}))?"
_LETTER = r"\\?[A-Za-z](?:_?[A-Za-z0-9])?"
_OPEN = r"(?:\\left)?\("
_OPENS, _CLOSES = r"(?:\\left)?[(\[]", r"(?:\\right)?[)\]]"  # Var[X]
_INSIDE = r"(?:\s*\(?\s*[A-Za-z]\s*\)?)?\s*(?:\\right)?\)"
_LEAST = 4  # letters of a label of several words: "dim N"
_SHORT = 3  # letters of a word that is no letter with an argument, `f(x) = 3`


@lru_cache(maxsize=2000)
def one_word(label: str) -> str:
    """A label of several words as one; any other as it is."""
    words = _words_of(label)
    return "".join(words) if len(words) > 1 else label


def hints_of(parts: Sequence[PreparedPart]) -> list[frozenset[str]]:
    """The words of each part's labels of several words that the labels of no other part have: `first` and `second`."""
    words = [
        {word.lower() for label in part.part.labels for word in _words_of(label) if " " in label or "-" in label}
        for part in parts
    ]
    return [
        frozenset(one for one in own if len(one) >= _SHORT and sum(one in other for other in words) == 1) - _SMALL
        for own in words
    ]


_SMALL = frozenset("the and for with from its are has that this each all not".split())


def _words_of(label: str) -> list[str]:
    """The words of a label, or nothing for a label that is more than words: a formula, or `\\Delta g`."""
    words = re.split(r"[\s-]+", label.strip())
    worded = len(words) < 2 or (words[0][:2].isalpha() and len("".join(words)) >= _LEAST)  # not "x-1"
    return words if worded and all(map(_WORD.fullmatch, words)) else []


@lru_cache(maxsize=500)
def _bracketing(labels: tuple[str, ...]) -> re.Pattern[str] | None:
    """Finds a label of two words of which the second stands in brackets with a letter: `\\dim(\\ker A)`."""
    pairs = sorted(words for label in labels if len(words := _words_of(label)) == 2)
    choices = "|".join(rf"{re.escape(one)}(?=\s*{_OPEN}\s*\\?{re.escape(two)})" for one, two in pairs)
    last = "|".join(sorted({re.escape(two) for _, two in pairs}))
    return re.compile(rf"(?<!\w)({choices})(\s*{_OPEN})(\s*\\?(?:{last}))({_INSIDE})", re.I) if pairs else None


def with_phrases(parts: Sequence[PreparedPart], view: View) -> View:
    """The view of an answer in which every label of several words is one word, and `rank` stands for `rank(A)`.

    What is put together keeps its place: blanks fill it up.
    """
    labels = tuple(sorted(_labels_of(parts)))
    rewriting = [
        (pattern, rewrite)
        for pattern, rewrite in (
            (_bracketing(labels), _unbracketed),
            (_joining(labels), _one),
            (_calling(labels) if all(map(_is_number, parts)) else None, _alone),
            (_equating(tuple(sorted(_labels_of(filter(_is_number, parts))))), _told),
        )
        if pattern is not None
    ]
    text = view.answer.text
    if not any(pattern.search(text) for pattern, _ in rewriting):
        return view
    blocks = tuple([_rewritten(block, rewriting) for block in view.answer.blocks])
    memo = view.remember(("phrases", labels), dict)
    answer = view.answer._replace(blocks=blocks)
    return View(answer, view.names, view.places, view.reasons, view.context, view.base, memo, view.shared)


def _labels_of(parts: Iterable[PreparedPart]) -> set[str]:
    return {label for part in parts for label in (*part.part.labels, part.part.id)}


def spelled_out(parts: Sequence[PreparedPart], text: str) -> str:
    """What was read, with each label that was put together as the rubric has it."""
    for label in sorted(_labels_of(parts), key=lambda label: (-len(label), label)):
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
    """Finds a label with what it is of behind it, as it stands on the left: `\\operatorname{rank}(A) =`, "rank A ="."""
    words = {one_word(label) for label in labels}
    letters = "|".join(sorted(re.escape(word) for word in words if len(word) < _SHORT))
    none = rf"(?!(?:{letters})\b)" if letters else ""  # a letter that is a label itself
    of = rf"(?P<of>\s*{_OPENS}\s*{none}{_LETTER}\s*{_CLOSES}|\s+{none}{_LETTER})"
    named = sorted(word for word in words if len(word) >= _SHORT and _WORD.fullmatch(word) and not is_function(word))
    named = [_of_its_own(word, words) for word in named]
    found = rf"(?<![\w\\]){_WRAPPED}(?:{'|'.join(named)})\s*\}}?{of}(?=\s*&?\s*[=:])"
    return later(found, re.I, holds=("=", ":")) if named else None


def _of_its_own(word: str, labels: Iterable[str]) -> str:
    """A pattern for a label; where another says what it is of, `Var(X)` beside Var, only before that."""
    applied = [found for label in labels if (found := _APPLIED.fullmatch(label)) is not None]
    of = "|".join(sorted({re.escape(found["of"]) for found in applied if found["name"].lower() == word.lower()}))
    return rf"{word}(?=(?:\W|\\left)*(?:{of})(?![A-Za-z]))" if of else word


_APPLIED = later(r"(?P<name>[A-Za-z]+)\s*[(\[]\s*(?P<of>[A-Za-z]\w*)\s*[)\]]")


@lru_cache(maxsize=500)
def _equating(labels: tuple[str, ...]) -> re.Pattern[str] | None:
    """Finds a label that changes a number right behind it, where its own sign stands between: "det = -15"."""
    named = sorted(re.escape(label) for label in labels if _WORD.fullmatch(label) and change_before(label.lower()))
    found = rf"(?:(?<=[,;.:(]\s)|(?<=\band\s)|(?<=\n)|\A\s*)(?:{'|'.join(named)})\s*=(?!=)"
    return later(found, re.I, holds=("=",)) if named else None


def _is_number(part: PreparedPart) -> bool:
    """Whether the left side of an answer says no more than which part it is for; in a formula it is part of it."""
    return part.kind is not None and part.kind.name == "number"


def _rewritten(block: Block, rewriting: Sequence[tuple[re.Pattern[str], Rewrite]]) -> Block:
    if block.is_program or block.kind == "code":
        return block
    return block._replace(runs=tuple([_of_run(run, rewriting) for run in block.runs]))


def _of_run(run: Run, rewriting: Sequence[tuple[re.Pattern[str], Rewrite]]) -> Run:
    text = run.text
    for pattern, rewrite in rewriting:
        text = pattern.sub(rewrite, text)
    return run if text == run.text else run._replace(text=text)


def _unbracketed(found: re.Match[str]) -> str:
    """`dim (ker A)` as `dim  ker   `."""
    return f"{found[1]}{' ' * len(found[2])}{found[3]}{' ' * len(found[4])}"


def _one(found: re.Match[str]) -> str:
    return "".join(_WORD.findall(found[0])).ljust(len(found[0]))


def _alone(found: re.Match[str]) -> str:
    low, high = (at - found.start() for at in found.span("of"))
    return found[0][:low] + " " * (high - low) + found[0][high:]


def _told(found: re.Match[str]) -> str:
    """`det =` as `det :`, after which a number is no argument."""
    return f"{found[0][:-1]}:"
