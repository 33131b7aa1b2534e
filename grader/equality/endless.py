"""Two series with the same terms in the same order: the same series, whether or where it converges."""

from __future__ import annotations

from grader.equality.keys import key
from grader.equality.scalars import Habits, compare_scalars
from grader.equality.slopes import substitute
from grader.equality.verdicts import EQUAL, Found
from grader.model.errors import Undecided
from grader.model.expressions import Expr, Name, Num, Op, Reduce, names_in, walk

_TERMS = (0, 1, 2, 3, 4, 7, 12, 31)
_STEADY = frozenset(["add", "neg", "mul", "div", "pow", "factorial"])  # floor(n pi) is floor(22 n / 7) for long
_NOWHERE = (0, 0)


def compare_terms(gold: Expr, answer: Expr, habits: Habits) -> Found | None:
    """Equal where the terms of two infinite sums agree, each counted from its first; None where they do not."""
    if not (_is_series(gold) and _is_series(answer)) or not all(map(_is_steady, (*walk(gold), *walk(answer)))):
        return None
    try:
        for place in _TERMS:
            one, other = _term(gold, place), _term(answer, place)
            if key(one) != key(other) and compare_scalars(one, other, habits).verdict != EQUAL:
                return None
    except (Undecided, ArithmeticError):
        return None
    return Found(EQUAL, "both are series with the same terms")


def _is_series(expr: Expr) -> bool:
    if not isinstance(expr, Reduce) or expr.op != "sum" or len(expr.bounds) != 1 or expr.bounds[0].low is None:
        return False
    high = expr.bounds[0].high
    return isinstance(high, Name) and high.name == "infty" and "infty" not in names_in(expr.bounds[0].low)


def _is_steady(node: Expr) -> bool:
    return isinstance(node, Num | Name | Reduce) or (isinstance(node, Op) and node.op in _STEADY)


def _term(expr: Expr, place: int) -> Expr:
    assert isinstance(expr, Reduce) and expr.bounds[0].low is not None
    bound, number = expr.bounds[0], Num(place, _NOWHERE, str(place))
    assert bound.low is not None
    at: Expr = Op("add", (bound.low, number), _NOWHERE, "+") if place else bound.low
    if isinstance(bound.low, Num):
        at = Num(bound.low.value + place, _NOWHERE, str(bound.low.value + place))
    return substitute(expr.body, bound.index, at)
