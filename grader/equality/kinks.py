"""Where a formula may change its course: at the numbers written in it, if it rounds or distinguishes cases."""

from __future__ import annotations

from grader.equality.exact import Exact
from grader.equality.verdicts import NotScalar
from grader.equality.walker import Walker, constant_exponent
from grader.model.errors import Undecided
from grader.model.expressions import Call, Cases, Expr, Num, Op, Reduce, children, names_in, walk

_BENT = frozenset(["abs", "sign", "floor", "ceil", "max", "min", "relu", "mod", "norm", "delta", "sqrt", "erf"])
_MOST_EDGES = 4
_LARGEST = 1e9


def kinks_of(*exprs: Expr) -> tuple[float, ...] | None:
    """Sizes of the constants in expressions that have kinks; None if they have none."""
    if not any(_is_bent(node) for expr in exprs for node in walk(expr)):
        return None
    sizes = {abs(value) for expr in exprs for value in constants_in(expr)}
    sizes = {size for size in sizes if 0 < size < _LARGEST}
    return tuple(sorted(sizes)[-_MOST_EDGES:])


def _is_bent(node: Expr) -> bool:
    if isinstance(node, Call):
        return node.function in _BENT
    if isinstance(node, Op):
        fraction = constant_exponent(node.args[1]) if node.op == "pow" else None
        return node.op == "mod" or (fraction is not None and fraction.denominator > 1)
    return isinstance(node, Cases) or (isinstance(node, Reduce) and node.op in ("max", "min"))


def constants_in(expr: Expr) -> list[float]:
    """The values of the largest parts of an expression that are rational numbers."""
    found: list[float] = []
    waiting = [expr]
    while waiting:
        node = waiting.pop()
        value = _value(node)
        if value is None:
            waiting.extend(children(node))
        else:
            found.append(value)
    return found


def _value(node: Expr) -> float | None:
    if isinstance(node, Num):
        return float(node.value) if -(10**300) < node.value < 10**300 else None
    if not isinstance(node, Op) or names_in(node):
        return None
    try:
        return float(Walker(Exact(), {}, 200)(node))
    except (ArithmeticError, NotScalar, Undecided, OverflowError):
        return None
