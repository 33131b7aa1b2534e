r"""Right formulas that an answer claims to be the integral of something else: `\int \ln x dx = x^2/2`."""

from __future__ import annotations

import re

from grader.equality.answers import compare
from grader.equality.verdicts import DIFFERENT, EQUAL, Comparison
from grader.kinds._equal_doubts import letters_of


def is_false_integral(claimed: str, assume: str) -> bool:
    r"""Whether the last side of an equation is not the integral that its first one is, with a constant or without.

    One in other letters may be of what was put in before, as `\int dt = t = \arcsin x` for x = sin t.
    """
    first, _, rest = claimed.strip(" $").partition("=")
    last = rest.rpartition("=")[2] or rest
    if not letters_of(first) - {"d"} <= letters_of(last):
        return False
    sides = (last, f"{last} + C")
    return all(compare(first, side, assume=assume).verdict == DIFFERENT for side in sides)


def is_value(gold: str, assume: str, found: Comparison) -> bool:
    r"""Whether `\int f dx = F` says the formula F that is asked for; a number is no antiderivative."""
    said = found.answer_as.rpartition(" = ")[2]
    lettered = _LETTERS.search(found.gold_as) is not None
    return lettered and compare(gold, said, assume=assume).verdict == EQUAL


_LETTERS = re.compile(r"[^\W\d_]+")
