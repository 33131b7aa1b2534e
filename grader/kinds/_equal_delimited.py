"""Formulas typed into sentences without dollars, "The height is h - g t^2/2, where h ...", set apart as formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.kinds.kind import View
from grader.model.documents import Run, Span
from grader.model.patterns import later
from grader.notation import signs
from grader.notation.spellings import LONG_LETTERS
from grader.reference.functions import find_function

_PIECE = re.compile(r"\S+")
_WORD = re.compile(r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*")
_OPERATOR = later(r"[-+−*/^=·²³√⁄×(]|\d\s?[A-Za-z]|[A-Za-z]\s[A-Za-z]\b")
_CLOSED = re.compile(r"[.,;:!?]+\Z")
_FEWEST = 3  # characters of a formula
_LONGEST = 600  # characters of an answer
_PROSE = frozenset("where sum mean average median mode rank trace range norm real all any if and or not".split())
_ARTICLES = frozenset(["a", "A", "I"])


def with_formulas_set(view: View, letters: bool = False) -> View | None:
    """The answer with what it types between words as formulas; None where some are set already, or none is typed.

    With `letters`, those that stand alone among words are formulas too: "where h is the height".
    """
    answer = view.answer
    if len(answer.text) > _LONGEST or any(run.kind != "text" for block in answer.blocks for run in block.runs):
        return None
    runs = [tuple([piece for run in block.runs for piece in _pieces(run, letters)]) for block in answer.blocks]
    blocks = tuple([block._replace(runs=told) for block, told in zip(answer.blocks, runs, strict=True)])
    if blocks == answer.blocks or not any(_has_words(run.text) for block in blocks for run in block.runs):
        return None
    return View(answer._replace(blocks=blocks), view.names, view.places, view.reasons, view.context, view.base)


def _has_words(text: str) -> bool:
    return any(_is_word(found[0]) for found in _PIECE.finditer(text))


def _pieces(run: Run, letters: bool) -> Iterator[Run]:
    """A run of text as words and formulas in turn, each at its place."""
    if len(run.text) != run.span.stop - run.span.start:
        yield run
        return
    at = 0
    for start, stop in _formulas(run.text, letters):
        if start > at:
            yield _part(run, at, start, "text")
        yield _part(run, start, stop, "math")
        at = stop
    if at < len(run.text):
        yield _part(run, at, len(run.text), "text")


def _part(run: Run, start: int, stop: int, kind: str) -> Run:
    low = run.span.start
    return run._replace(kind=kind, text=run.text[start:stop], span=Span(low + start, low + stop))


def _formulas(text: str, letters: bool) -> Iterator[tuple[int, int]]:
    """Where formulas stand: neighbours that are no words, with a sign of arithmetic or equality among them."""
    begin = end = -1
    for found in [*_PIECE.finditer(text), None]:
        piece = "" if found is None else found[0]
        mathematical = bool(piece) and not _is_word(piece) and not (begin < 0 and piece in _ARTICLES)
        if found is not None and mathematical:
            begin = found.start() if begin < 0 else begin
            end = found.start() + len(_CLOSED.sub("", piece))
        closes = not mathematical or _CLOSED.search(piece) is not None
        if closes and begin >= 0:
            stretch = text[begin:end]
            typed = len(stretch) >= _FEWEST and _OPERATOR.search(stretch) and stretch.count("(") == stretch.count(")")
            if typed or (letters and len(stretch) == 1 and stretch.isalpha()):
                yield begin, end
            begin = -1


def _is_word(piece: str) -> bool:
    """Whether a piece between blanks is prose: a word with its punctuation, or one in brackets."""
    bare = piece.strip(".,;:!?()\"'“”*_")
    if _WORD.fullmatch(bare) is None:
        return False
    known = bare.lower() not in _PROSE and (
        bare in signs.GREEK or bare in LONG_LETTERS or find_function(bare) is not None
    )
    return not known


def says_only(view: View, asked: str) -> bool:
    """Whether the words before the first formula only lead to it, and those behind the last one explain it.

    "By the chain rule we get", and what the question speaks of itself; not "Quicksort needs O(n log n), ours ...".
    """
    runs = [run for block in view.answer.blocks for run in block.runs]
    first = next((place for place, run in enumerate(runs) if run.kind == "math"), len(runs))
    last = next((place for place in reversed(range(len(runs))) if runs[place].kind == "math"), -1)
    head, tail = (" ".join(run.text for run in part) for part in (runs[:first], runs[last + 1 :]))
    known = {word[:_STEM] for word in (*_LEADING, *_CONTENT.findall(asked.casefold()))}
    unknown = [word for word in _CONTENT.findall(head.casefold()) if word[:_STEM] not in known]
    return not unknown and (not _CONTENT.search(tail) or _EXPLAINS.match(tail) is not None)


_STEM = 5  # letters that forms of a word have in common
_CONTENT = later(r"[^\W\d_]{4,}")
_EXPLAINS = later(
    r"[\s,;.:)(]*(?:where|with|because|since|as|by|using|from|due|so that|here|for all|being|is the|for the|in which"
    r"|and|the|it|this|which)\b|\s*\([^()]*\)[\s.]*\Z|[\s.]*(?:The|Here|This|It|Since|By|With|Using|From)\b",
    re.IGNORECASE,
)
_LEADING = (
    "answer result solution formula equation expression function value final hence thus therefore then that this which"
    " have gives give get obtain obtained find found follows from with using rule chain product quotient power parts"
    " integration integrating differentiation substitution theorem definition equals equal becomes follow where since"
    " because also here time let denote what when same simplify simplified simplifying written form total general"
).split()
