"""Asymptotic equality, `f(n) \\sim n^2/2`: the right sides are the same where their quotient tends to 1."""

from __future__ import annotations

from collections.abc import Callable

from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Comparison
from grader.model.patterns import later

_SIMILAR = later(r"[\s$]*(?P<left>[^=$]+?)\s*(?:\\sim(?![a-z])|∼)\s*(?P<right>[^=$]+?)[\s.$]*", holds=("\\sim", "∼"))
_LETTER = later(r"(?<![A-Za-z\\])n(?![A-Za-z])")


def compare_asymptotics(gold: str, answer: str, compare: Callable[[str, str], Comparison]) -> str:
    """The verdict on two such statements about the same left side; "" where they are none."""
    one, other = _SIMILAR.fullmatch(gold), _SIMILAR.fullmatch(answer)
    if one is None or other is None or "".join(one["left"].split()) != "".join(other["left"].split()):
        return ""
    if _LETTER.search(one["right"]) is None or _LETTER.search(other["right"]) is None:
        return ""
    verdicts = [
        compare(rf"\lim_{{n\to\infty}} \frac{{{above}}}{{{below}}}", "1").verdict
        for above, below in ((other["right"], one["right"]), (one["right"], other["right"]))
    ]
    if EQUAL in verdicts:
        return EQUAL
    return DIFFERENT if DIFFERENT in verdicts else UNDECIDED
