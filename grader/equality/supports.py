"""A function that one side gives on its support only: `2e^{-2x}` for x >= 0 and 0 elsewhere, and `2e^{-2x}` alone."""

from __future__ import annotations

from collections.abc import Callable

from grader.equality.verdicts import EQUAL, Found
from grader.model.expressions import Cases, Expr, Num, Relation


def equal_on_support(gold: Expr, answer: Expr, decide: Callable[[Expr, Expr], Found]) -> bool:
    """Whether one side is zero but for one case, in which it equals the other, a formula without cases.

    Nobody wrote where the formula holds: for a density or a signal it may well be the same.
    """
    one, other = _value(gold), _value(answer)
    if isinstance(one, Cases) and not isinstance(other, Cases):
        one, other = other, one
    if isinstance(one, Cases) or not isinstance(other, Cases) or len(other.pieces) < _FEWEST:
        return False
    told = [value for value, _ in other.pieces if not (isinstance(value, Num) and value.value == 0)]
    return len(told) == 1 and decide(one, told[0]).verdict == EQUAL


_FEWEST = 2  # cases


def _value(expr: Expr) -> Expr:
    """What an equation such as `f(x) = ...` says, or the expression itself."""
    last = expr.operands[-1] if isinstance(expr, Relation) and set(expr.ops) == {"="} else None
    return expr if last is None else last
