"""Spaces of matrices and images, `\\mathbb{R}^{m\\times n}`, whose sizes have an order."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Comparison
from grader.model.patterns import later

_TIMES = re.compile(r"\\times(?![a-z])|×|(?<=[\w\s])x(?=[\s\d])")
_SPACE = later(
    r"[\s$]*(?:[A-Za-z]\w?\s*(?:\\in(?![a-z])|∈|\bin\b)\s*)?(?P<of>\\mathbb\s*\{?\s*[RCZN]\s*\}?|ℝ|ℂ|ℤ|ℕ|[RC])\s*\^\s*"
    r"(?:\{(?P<braced>[^{}]+(?:\{[^{}]*\}[^{}]*)*)\}|\((?P<round>[^()]+)\))[\s$.]*"
)
_GLYPHS = {"R": "ℝ", "C": "ℂ", "Z": "ℤ", "N": "ℕ"}


def compare_spaces(gold: str, answer: str, similar: Callable[[str, str], Comparison]) -> tuple[str, str] | None:
    """The verdict on two spaces, size by size, and why; None where either side is none of several sizes."""
    one, other = _sizes_of(gold), _sizes_of(answer)
    if one is None or other is None or len(one[1]) == len(other[1]) == 1:
        return None
    if len(one[1]) != len(other[1]) and 1 in (len(one[1]), len(other[1])):
        return UNDECIDED, "only one of the two has its sizes set apart"
    if one[0] != other[0] or len(one[1]) != len(other[1]):
        return DIFFERENT, "they are spaces of different numbers, or of another number of sizes"
    verdicts = [similar(*pair).verdict for pair in zip(one[1], other[1], strict=True)]
    if all(verdict == EQUAL for verdict in verdicts):
        return EQUAL, "they agree size by size"
    return (DIFFERENT if DIFFERENT in verdicts else UNDECIDED), "a size of the space is another one at its place"


def _sizes_of(text: str) -> tuple[str, tuple[str, ...]] | None:
    """What numbers a space is made of, and its sizes."""
    found = _SPACE.fullmatch(text)
    if found is None:
        return None
    letter = re.sub(r"\\mathbb|[\s{}]", "", found["of"])
    sizes = tuple(size.strip() for size in _TIMES.split(found["braced"] or found["round"]))
    return (_GLYPHS.get(letter, letter), sizes) if all(sizes) else None
