"""Two series with the same terms in the same order: the same series, whether or where it converges."""

from __future__ import annotations

from grader.equality.keys import key
from grader.equality.scalars import Habits, compare_scalars
from grader.equality.slopes import substitute
from grader.equality.verdicts import EQUAL, Found
from grader.model.errors import Undecided
from grader.model.expressions import Call, Expr, Name, Num, Op, Reduce, names_in, walk

_TERMS = (0, 1, 2, 3, 4, 7, 12, 31)
_STEADY = frozenset(["add", "neg", "mul", "div", "pow", "factorial"])  # floor(n pi) is floor(22 n / 7) for long
_SMOOTH = frozenset(["sin", "cos", "exp", "sinh", "cosh", "sqrt"])
_NOWHERE = (0, 0)
_PAIR = 2


def compare_terms(gold: Expr, answer: Expr, habits: Habits) -> Found | None:
    """Equal where the terms of two infinite sums agree, each counted from its first; None where they do not."""
    gold, answer = _with_factor(gold), _with_factor(answer)
    if not (_is_series(gold) and _is_series(answer)):
        return None
    nodes = (*walk(gold), *walk(answer))
    if not all(map(_is_steady, nodes)):
        smooth = all(_is_steady(node) or (isinstance(node, Call) and node.function in _SMOOTH) for node in nodes)
        return _at_any_place(gold, answer, habits) if smooth else None
    try:
        for place in _TERMS:
            one, other = _term(gold, place), _term(answer, place)
            if key(one) != key(other) and compare_scalars(one, other, habits).verdict != EQUAL:
                return None
    except (Undecided, ArithmeticError):
        return None
    return Found(EQUAL, "both are series with the same terms")


def _at_any_place(gold: Expr, answer: Expr, habits: Habits) -> Found | None:
    """Equal where the terms agree whatever number stands for the place of the term; None where they do not."""
    place = next(name for name in _PLACES if name not in names_in(gold) | names_in(answer))
    try:
        one, other = (_at(expr, Name(place, _NOWHERE)) for expr in (gold, answer))
        same = key(one) == key(other) or compare_scalars(one, other, habits).verdict == EQUAL
    except (Undecided, ArithmeticError):
        return None
    return Found(EQUAL, "both are series with the same terms") if same else None


_PLACES = ("q", "p", "s", "r", "place_of_term")


def _with_factor(expr: Expr) -> Expr:
    """`4/pi sum_k a_k` with the factor inside: only one factor is a sum, and the others know no index of it."""
    if not isinstance(expr, Op) or expr.op not in ("mul", "div") or len(expr.args) != _PAIR:
        return expr
    series = [place for place, arg in enumerate(expr.args) if isinstance(_with_factor(arg), Reduce)]
    if series not in ([0], [1]) or (expr.op == "div" and series != [0]):
        return expr
    inner, other = _with_factor(expr.args[series[0]]), expr.args[1 - series[0]]
    if not isinstance(inner, Reduce) or not _is_series(inner) or inner.bounds[0].index in names_in(other):
        return expr
    args = (inner.body, other) if series == [0] else (other, inner.body)
    return Reduce(inner.op, inner.bounds, Op(expr.op, args, expr.place, expr.sign), expr.place)


def _is_series(expr: Expr) -> bool:
    if not isinstance(expr, Reduce) or expr.op != "sum" or len(expr.bounds) != 1 or expr.bounds[0].low is None:
        return False
    high = expr.bounds[0].high
    return isinstance(high, Name) and high.name == "infty" and "infty" not in names_in(expr.bounds[0].low)


def _is_steady(node: Expr) -> bool:
    return isinstance(node, Num | Name | Reduce) or (isinstance(node, Op) and node.op in _STEADY)


def _term(expr: Expr, place: int) -> Expr:
    assert isinstance(expr, Reduce) and expr.bounds[0].low is not None
    low = expr.bounds[0].low
    if isinstance(low, Num):
        return substitute(expr.body, expr.bounds[0].index, Num(low.value + place, _NOWHERE, str(low.value + place)))
    return _at(expr, Num(place, _NOWHERE, str(place))) if place else substitute(expr.body, expr.bounds[0].index, low)


def _at(expr: Expr, place: Expr) -> Expr:
    """The term so many places behind the first one."""
    assert isinstance(expr, Reduce) and expr.bounds[0].low is not None
    at = Op("add", (expr.bounds[0].low, place), _NOWHERE, "+")
    return substitute(expr.body, expr.bounds[0].index, at)
