"""Words that say how a value is found and point to the cell that prints it: "weights and biases, see the next cell"."""

from __future__ import annotations

import re
from collections import Counter
from itertools import takewhile

from grader.model.answers import Answer
from grader.model.documents import Block
from grader.model.patterns import later

_POINTS = later(
    r"[\s,;:.(–—→-]*\b(?:see|siehe|computed|calculated|printed|evaluated|shown|worked out|done|results?|values?)\b"
    r"[^.\n\d=]{0,30}\b(?:cell|code|output)s?\b(?:\s+below)?[\s).!]*\Z",
    re.I,
    holds=("cell", "code", "output"),
)
_DENIES = later(r"\b(?:not|no|never|wrong|ignore|except|but|old|instead|without|unlike|n[o']t)\b|n['’]t\b", re.I)
_COMPUTES = later(r"\d\s*(?:[·×*+]|\\cdot|\\times)\s*\d")
_NUMBERS = later(r"\d+(?:\.\d+)?")


def points_to(answer: Answer, printed: Answer) -> bool:
    """Whether an answer has no result of its own, but the way to it, and the rest is what a cell below printed.

    Its numbers, if it has any, are factors and terms of one line of the cell.
    """
    found = _POINTS.search(answer.text)
    if found is None or _DENIES.search(answer.text) or answer.document is not printed.document:
        return False
    code = _code_above(printed)
    if code is None or not any(map(str.isdecimal, printed.text)):
        return False
    way = answer.text[: found.start()]
    if not any(map(str.isdecimal, way)):
        return True
    said = Counter(_NUMBERS.findall(way))
    lines = (Counter(_NUMBERS.findall(line)) for line in code.text.split("\n"))
    return _COMPUTES.search(way) is not None and any(said <= line for line in lines)


def _code_above(printed: Answer) -> Block | None:
    """The cell whose output an answer is; None if it is none."""
    if not printed.blocks or not all(map(_is_output, printed.blocks)):
        return None
    start = printed.blocks[0].span.start
    above = [block for block in printed.document.blocks if block.span.stop <= start]
    outputs = sum(1 for _ in takewhile(_is_output, reversed(above)))
    cell = above[-1 - outputs] if outputs < len(above) else None
    return cell if cell is not None and cell.info.startswith("cell ") else None


def _is_output(block: Block) -> bool:
    return block.kind == "code" and block.info.startswith("output")
