"""Where a formula may change its course: at the numbers written in it, if it rounds or distinguishes cases."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import log10

from grader.equality.exact import Exact
from grader.equality.verdicts import NotScalar
from grader.equality.walker import Walker, constant_exponent
from grader.model.errors import Undecided
from grader.model.expressions import Call, Cases, Expr, Index, Name, Num, Op, Reduce, Relation, children, names_in, walk

_BENT = frozenset(["abs", "sign", "floor", "ceil", "max", "min", "relu", "mod", "norm", "delta", "sqrt", "erf"])
_MOST_EDGES = 4
_LARGEST = 1e10


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
    return isinstance(node, Cases | Relation) or (isinstance(node, Reduce) and node.op in ("max", "min"))


def is_bent(expr: Expr, deeply: bool = True) -> bool:
    """Whether a formula rounds or distinguishes cases anywhere; at its top alone unless `deeply`."""
    return any(map(_is_bent, walk(expr))) if deeply else _is_bent(expr)


def runs_up(expr: Expr) -> bool:
    """Whether anything takes longer for a larger whole number: sums, factorials, powers, elements of arrays."""
    return any(
        isinstance(node, Reduce | Index)
        or (isinstance(node, Call) and node.function not in _BENT)
        or (isinstance(node, Op) and node.op in ("factorial", "factorial2"))
        or (isinstance(node, Op) and node.op == "pow" and bool(names_in(node.args[1])))
        for node in walk(expr)
    )


def reach_of(*exprs: Expr) -> int:
    """How many digits away from one the largest and the smallest number of some expressions is."""
    return max((abs(exponent) for expr in exprs for exponent in _exponents(expr)), default=0)


def _exponents(expr: Expr) -> Iterator[int]:
    for node in walk(expr):
        if isinstance(node, Op) and node.op == "pow" and not names_in(node):
            base, exponent = (_value(arg) for arg in node.args)
            if base and exponent:
                yield min(int(abs(exponent * log10(abs(base)))), _FARTHEST)
        elif isinstance(node, Num) and node.value and (node.value > _FAR or node.value < 1 / _FAR):
            top, bottom = Fraction(node.value).as_integer_ratio()
            yield max(len(str(top)), len(str(bottom)))


_FAR, _FARTHEST = 10**9, 10**9


def has_fine_numbers(*exprs: Expr) -> bool:
    """Whether a number is so small, or so near to a simple one, that an approximation may lose it.

    An endless sum of what rounds may hide anything, too.
    """
    for expr in exprs:
        if reach_of(expr) >= _FINE or any(_is_fine(value) for value in constants_in(expr)):
            return True
        for node in walk(expr):
            if (
                isinstance(node, Reduce)
                and any(_is_endless(bound.high) for bound in node.bounds)
                and is_bent(node.body)
            ):
                return True
    return False


_FINE = 9


def _is_endless(limit: Expr | None) -> bool:
    return isinstance(limit, Name) and limit.name == "infty"


def _is_fine(value: float) -> bool:
    apart = abs(float(Fraction(value).limit_denominator(10_000)) - value)
    return 1e-15 * abs(value) < apart < 1e-8


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
