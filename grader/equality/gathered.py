"""Sums of vectors over data, `\\frac2n \\sum_i (w^T x_i - y_i) x_i`: gathered into one sum, compared term by term."""

from __future__ import annotations

from collections.abc import Mapping

from grader.equality.keys import key
from grader.equality.letters import compare_matrices
from grader.equality.slopes import substitute
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found
from grader.model.errors import Undecided
from grader.model.expressions import Bound, Expr, Name, Op, Reduce, names_in, walk


def compare_gathered(gold: Expr, answer: Expr, structures: Mapping[str, str]) -> Found | None:
    """The verdict on two sums with the same limits; None where one is none. Other terms may have the same sum."""
    if not all(any(isinstance(node, Reduce) for node in walk(expr)) for expr in (gold, answer)):
        return None
    one, other = gathered(gold), gathered(answer)
    if not (isinstance(one, Reduce) and isinstance(other, Reduce)) or not (_is_plain(one) and _is_plain(other)):
        return None
    other = _with_index(other, one.bounds[0].index)
    if _limits(one) != _limits(other):
        return None
    if compare_matrices(one.body, other.body, structures).verdict == EQUAL:
        return Found(EQUAL, "the terms of both sums agree for sampled matrices and vectors")
    first, second = (_of_one(side) for side in (one, other))
    if first is not None and second is not None and compare_matrices(first, second, structures).verdict == DIFFERENT:
        return Found(DIFFERENT, "the sums differ where they have one term")
    return Found(UNDECIDED, "the terms of these sums differ")


def _of_one(total: Reduce) -> Expr | None:
    """The only term of a sum that ends where it begins; None where a mean of all terms may stand in it."""
    bound = total.bounds[0]
    if bound.low is None or not isinstance(bound.high, Name) or any(name.endswith("_bar") for name in names_in(total)):
        return None
    return substitute(total.body, bound.high.name, bound.low)


def gathered(expr: Expr) -> Expr:
    """An expression as one sum, where all its terms are multiples of sums with the same limits."""
    if isinstance(expr, Reduce):
        return expr
    if not isinstance(expr, Op):
        return expr
    if expr.op == "neg":
        inner = gathered(expr.args[0])
        return _of(inner, Op("neg", (inner.body,), expr.place)) if isinstance(inner, Reduce) else expr
    if expr.op == "add":
        return _added(expr)
    if expr.op in ("mul", "div"):
        return _multiplied(expr)
    return expr


def _added(expr: Op) -> Expr:
    terms = [gathered(term) for term in expr.args]
    sums = [term for term in terms if isinstance(term, Reduce) and _is_plain(term)]
    if len(sums) < len(terms):
        return expr
    sums = [_with_index(term, sums[0].bounds[0].index) for term in sums]
    if len({_limits(term) for term in sums}) > 1:
        return expr
    return _of(sums[0], Op("add", tuple(term.body for term in sums), expr.place, expr.sign))


def _multiplied(expr: Op) -> Expr:
    """A factor that does not depend on the index goes into the sum."""
    for place, arg in enumerate(expr.args):
        inner = gathered(arg)
        if isinstance(inner, Reduce) and _is_plain(inner) and not (expr.op == "div" and place):
            others = [other for k, other in enumerate(expr.args) if k != place]
            index = inner.bounds[0].index
            if any(index in names_in(other) or isinstance(gathered(other), Reduce) for other in others):
                return expr
            args = tuple(inner.body if k == place else other for k, other in enumerate(expr.args))
            return _of(inner, Op(expr.op, args, expr.place, expr.sign))
    return expr


def _is_plain(total: Reduce) -> bool:
    return total.op == "sum" and len(total.bounds) == 1


def _of(total: Reduce, body: Expr) -> Reduce:
    return Reduce(total.op, total.bounds, body, total.place)


def _with_index(total: Reduce, index: str) -> Reduce:
    """The sum with another name for its index, which must not stand in it yet."""
    bound = total.bounds[0]
    if bound.index == index or index in names_in(total):
        return total
    renamed = Bound(index, bound.low, bound.high, bound.place)
    return Reduce(total.op, (renamed,), substitute(total.body, bound.index, Name(index, bound.place)), total.place)


def _limits(total: Reduce) -> tuple[object, ...]:
    bound = total.bounds[0]
    return (bound.index, *(None if limit is None else key(limit) for limit in (bound.low, bound.high)))


def agree_as_matrices(one: Expr, other: Expr) -> bool:
    """Whether two expressions of capitals agree for matrices too, whose products have an order."""
    letters = names_in(one) | names_in(other)
    if not letters or not all(letter.isupper() and len(letter) == 1 for letter in letters):
        return False
    try:
        return compare_matrices(one, other, {}).verdict == EQUAL
    except (Undecided, ArithmeticError):
        return False
