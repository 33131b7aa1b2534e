r"""Powers behind the logarithm of a bracket: `\log (a)^2` may be the logarithm of the power."""

from __future__ import annotations

from numbers import Real

from grader.kinds._doubts import is_far
from grader.kinds._numbers import value_of
from grader.model.expressions import Call, Expr, Op, rebuilt

_LOGARITHMS = frozenset(["log", "ln", "log10", "log2"])


def may_be(expr: Expr, value: object) -> bool:
    """Whether an expression comes to a value, if a power behind a logarithm belongs to what it is taken of."""
    told = _told(expr)
    found = value_of(told) if told is not expr else None
    return isinstance(found, Real) and isinstance(value, Real) and not is_far(float(found), float(value))


def _told(expr: Expr) -> Expr:
    if isinstance(expr, Op) and expr.op == "pow" and _is_logarithm(expr.args[0]):
        return Op("mul", (expr.args[1], expr.args[0]), expr.place)
    return rebuilt(expr, _told)


def _is_logarithm(expr: Expr) -> bool:
    if isinstance(expr, Op) and expr.op == "div":  # to a base
        return all(map(_is_logarithm, expr.args))
    return isinstance(expr, Call) and expr.function in _LOGARITHMS
