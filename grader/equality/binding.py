"""The value of what binds a letter: sums, integrals, limits, derivatives."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from grader.equality.hashing import hashed
from grader.equality.primitives import in_other_order, is_finite, primitive_of
from grader.equality.slopes import differentiate
from grader.equality.verdicts import Undefined
from grader.model.errors import Undecided
from grader.model.expressions import Call, Derivative, Integral, Limit, Name, Reduce, names_in, walk
from grader.notation.printing import show
from grader.notation.tied import OVER

if TYPE_CHECKING:
    from grader.equality.walker import Walker

Value = Any
IMPLIED_LENGTH = 4  # of an index without limits: any length does, as long as both sides have the same
_MOST_PEAKS = 4
_REDUCTIONS = ("sum", "prod", "max", "min")


def reduced(walker: Walker, expr: Reduce) -> Value:
    """A sum, product or extreme over indices."""
    if not expr.bounds:
        return walker.opaque(expr.op, [walker(expr.body)])
    return _reduced(walker, expr, 0)


def _reduced(walker: Walker, expr: Reduce, depth: int) -> Value:
    if depth == len(expr.bounds):
        return walker(expr.body)
    bound, algebra = expr.bounds[depth], walker.algebra
    if isinstance(bound.low, Call) and bound.low.function == OVER:
        return _open_sum(walker, expr, depth, show(bound.low.args[0]))
    low = algebra.number(1) if bound.low is None else walker(bound.low)
    if bound.high is None or expr.op not in _REDUCTIONS:
        return _open_sum(walker, expr, depth)
    high = walker(bound.high)
    inner = expr if depth + 1 == len(expr.bounds) else Reduce(expr.op, expr.bounds[depth + 1 :], expr.body, expr.place)
    return algebra.accumulate(expr.op, low, high, walker.bound(bound.index, inner.body if inner is expr else inner))


def _open_sum(walker: Walker, expr: Reduce, depth: int, members: str = "") -> Value:
    """A sum over all values of an index, however many: a weighted one, so that it equals no sum that is written out.

    `members`: the name of the set that the values are taken from; another set has other weights.
    """
    bound, algebra = expr.bounds[depth], walker.algebra
    inner = expr.body if depth + 1 == len(expr.bounds) else expr._replace(bounds=expr.bounds[depth + 1 :])
    body = walker.bound(bound.index, inner)
    values = [body(algebra.number(number + 1)) for number in range(IMPLIED_LENGTH)]
    if expr.op != "sum":
        return walker.opaque(f"{expr.op} over all {members}".rstrip(), values)
    weights = (algebra.number(hashed(f"weight{members}", number)) for number in range(IMPLIED_LENGTH))
    return algebra.add([algebra.multiply(weight, value) for weight, value in zip(weights, values, strict=True)])


def integrated(walker: Walker, expr: Integral) -> Value:
    """Without a lower limit, the integral from a fixed point, so that two of them differ by no constant."""
    algebra = walker.algebra
    base = algebra.number(Fraction(618, 1000))
    low = base if expr.low is None else walker(expr.low)
    high = walker(Name(expr.variable, expr.place)) if expr.high is None else walker(expr.high)
    if is_finite(expr) and (primitive := primitive_of(expr.body, expr.variable)) is not None:
        value = _by_primitive(walker, walker.bound(expr.variable, primitive), low, high)
        if value is not None:
            return value
    if (parts := in_other_order(expr)) is not None:
        return walker(parts)
    from grader.equality.kinks import constants_in  # which walks itself

    near = tuple(sorted({sign * value for value in constants_in(expr.body)[:_MOST_PEAKS] for sign in (-1, 1)}))
    if any(isinstance(node, Call) and node.function in ("abs", "max", "min", "sign") for node in walk(expr.body)):
        near = tuple(sorted({*near, 0.0}))  # |x| bends at 0
    return algebra.integrate(low, high, walker.bound(expr.variable, expr.body), near)


def _by_primitive(walker: Walker, primitive: Callable[[Value], Value], low: Value, high: Value) -> Value | None:
    """The difference of an antiderivative at the limits; None where it has none, or a term left no trace in it."""
    algebra = walker.algebra
    before = getattr(algebra, "absorbed", False)
    try:
        one, other = primitive(high), primitive(low)
        value = algebra.add([one, algebra.negate(other)])
    except Undefined:  # e^{ax} where a is zero
        return None
    if before or not getattr(algebra, "absorbed", False):
        return value
    algebra.absorbed = False  # type: ignore[attr-defined]  # pi/2 - sin(2 pi)/4: the quadrature says as much
    return None


def limited(walker: Walker, expr: Limit) -> Value:
    """A limit, as the algebra approaches it."""
    return walker.algebra.approach(walker(expr.target), expr.side, walker.bound(expr.variable, expr.body))


def derived(walker: Walker, expr: Derivative) -> Value:
    """A derivative, written out. Raises Undecided where a letter may or may not depend on the variable."""
    body = expr.body
    for variable in expr.variables:
        letters = names_in(body)
        if variable not in letters and not all(letter in ("pi", "e") for letter in letters):
            raise Undecided(f"whether this depends on {variable} is not said", *expr.place)
        body = differentiate(body, variable)
    return walker(body)
