"""Expansions that name what they expand: `\\sqrt{1+2x} \\approx 1 + x - x^2/2`, `\\ln(1+x) = x - x^2/2 + O(x^3)`."""

from __future__ import annotations

from contextlib import suppress

from grader.equality.answers import compare
from grader.equality.verdicts import EQUAL
from grader.kinds._equal_doubts import letters_of
from grader.kinds._equal_lasts import Last
from grader.maths.evaluation import evaluate
from grader.maths.worlds import Definition, World
from grader.model.errors import Unreadable
from grader.model.patterns import later
from grader.notation.reading import parse_expression

_RELATED = later(r"(?<![<>=!:])=(?!=)|≈|\\(?:approx|simeq|sim)(?![a-z])")
_REST = later(
    r"\s*\+\s*(?:\\(?:mathcal|mathrm|operatorname)\s*\{?)?[Oo]\}?\s*(?:\\left)?\([^()]*\)\s*|\s*\+\s*(?:\\[lc]?dots|\.\.\.|…)\s*"
)
_NAMED = later(r"\s*\\?[A-Za-z]+'*(?:_(?:\{\w+\}|\w))?'*\s*(?:\([^()]*\))?\s*")
_NEAR, _SAME = 1e-3, 1e-4  # how far from 0, and how much both sides may differ there


def expansion(gold: str, assume: str, text: str) -> Last | None:
    """The right expansion that an answer gives of a formula; None where the formula has other values near 0."""
    if "=" in gold or len(letters := letters_of(gold)) != 1:
        return None
    members = _RELATED.split(_REST.sub(" ", text.strip(" $.\n")))
    if len(members) < 2 or _NAMED.fullmatch(members[0]) is not None or not _is_near(members[0], members[-1], *letters):
        return None
    found = compare(gold, members[-1], assume=assume)
    return Last(members[-1], found.answer_as) if found.verdict == EQUAL else None


def _is_near(one: str, other: str, letter: str) -> bool:
    """Whether two formulas of a letter have the same values near 0, within what an expansion leaves out."""
    with suppress(Unreadable, ArithmeticError, TypeError, ValueError):
        sides = [parse_expression(side, {letter: 0}) for side in (one, other)]
        for at in (_NEAR, -_NEAR):
            scope = World({letter: Definition(letter, at)}).scope()
            first, second = (float(evaluate(side, scope).data) for side in sides)
            if not abs(first - second) <= _SAME:
                return False
        return True
    return False
