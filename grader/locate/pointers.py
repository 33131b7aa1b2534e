"""Words that say how a value is found and point to the cell that prints it: "weights and biases, see the next cell"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from grader.locate.leftout import is_program
from grader.locate.pointer_words import read_pointer
from grader.model.answers import Answer
from grader.model.documents import Block, Document
from grader.model.patterns import later

_POINTS = later(
    r"[\s,;:.(–—→-]*\b(?:see|siehe|computed|calculated|printed|evaluated|shown|worked out|done|results?|values?)\b"
    r"(?:[^.\n\d=]{0,30}\b(?:cell|code|output)s?\b(?:\s+below)?|\s+(?:right\s+)?below)[\s).:!]*\Z",
    re.I,
    holds=("cell", "code", "output", "below"),
)
_DENIES = later(r"\b(?:not|no|never|wrong|ignore|except|but|old|instead|without|unlike|n[o']t)\b|n['’]t\b", re.I)
_COMPUTES = later(r"\d\s*(?:[·×*+]|\\cdot|\\times)\s*\d")
_NUMBERS = later(r"\d+(?:\.\d+)?")


def pointing(answers: Sequence[Answer]) -> list[Answer]:
    """Those answers that have no result of their own, but the way to it, and the rest is what a cell below printed.

    Their numbers, if they have any, are factors and terms of one line of the cell.
    """
    ways = [(one, way) for one in answers if (way := _way(one)) is not None]
    if not ways or len(answers) > _MOST:
        return []
    cells = [cell for one in answers if any(map(str.isdecimal, one.text)) and (cell := _code_above(one)) is not None]
    return [one for one, way in ways if any(one.document is other and _is_of(way, cell) for other, cell in cells)]


_MOST = 10  # places that answer one question
_REACH = 100  # characters at the end in which words point


def _way(answer: Answer) -> str | None:
    """What stands before the words that point to a cell; None if there are none."""
    text = answer.text.rstrip()
    if (pointer := read_pointer(text)) is not None and not (pointer.line or pointer.rest):
        return ""
    found = _POINTS.search(text, max(0, len(text) - _REACH))
    return None if found is None or _DENIES.search(text) else text[: found.start()]


def _is_of(way: str, cell: Block) -> bool:
    """Whether the numbers of a way, if it has any, are those of a line of code, and some of them are multiplied."""
    if not any(map(str.isdecimal, way)):
        return True
    said = Counter(_NUMBERS.findall(way))
    lines = (Counter(_NUMBERS.findall(line)) for line in cell.text.split("\n"))
    return _COMPUTES.search(way) is not None and any(said <= line for line in lines)


def _code_above(printed: Answer) -> tuple[Document, Block] | None:
    """The cell whose output an answer is, with its document; None if it is none."""
    if not printed.blocks or not all(map(_is_output, printed.blocks)):
        return None
    start = printed.blocks[0].span.start
    above = [block for block in printed.document.blocks if block.span.stop <= start]
    outputs = sum(1 for _ in takewhile(_is_output, reversed(above)))
    cell = above[-1 - outputs] if outputs < len(above) else None
    return (printed.document, cell) if cell is not None and is_program(cell) else None


def _is_output(block: Block) -> bool:
    return block.kind == "code" and block.info.startswith("output")
