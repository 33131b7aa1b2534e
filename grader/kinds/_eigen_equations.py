"""Equations that say an eigenvalue or an eigenvector: `(A - 5I) v = 0`, `A v = 5 v`, `A (1, 1) = 5 (1, 1)`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grader.kinds._vectors import Pair
from grader.kinds._vectors_written import Names, Written, affine_of, flat, number_of
from grader.model.expressions import Expr, Group, Name, Num, Op, Relation

Item = tuple[str, Any, str]  # "value" or "vector", what it is, the number in its name
_IDENTITY = frozenset(["I", "E", "I2", "I3", "I4", "E2", "E3", "E4"])


def items_of_equation(expr: Expr | None, names: Names) -> list[Item] | None:
    """What an equation of a matrix and a vector says; None for anything else."""
    if not isinstance(expr, Relation) or set(expr.ops) != {"="} or len(expr.operands) != 2:
        return None
    left, right = expr.operands
    if not isinstance(left, Op) or left.op != "mul" or len(left.args) != 2 or right is None:
        return None
    matrix, vector = left.args
    if (shift := _shift(_inner(matrix), names)) is not None and _is_name(vector) and _is_zero(right):
        return [("value", shift, "")]
    if not _is_matrix(matrix) or not isinstance(right, Op) or right.op != "mul" or len(right.args) != 2:
        return None
    value = number_of(right.args[0], names)
    if value is None:
        return None
    if _is_name(vector) and vector == right.args[1]._replace(place=vector.place):
        return [("value", value, "")]
    ways = [affine_of(one, names) for one in (vector, right.args[1])]
    both = [way.start for way in ways if way is not None and not way.directions]
    return [("value", value, ""), ("vector", both[0], "")] if len(both) == 2 and _same(*both) else None


def _inner(expr: Expr) -> Expr:
    return expr.items[0] if isinstance(expr, Group) and len(expr.items) == 1 else expr


def _shift(expr: Expr, names: Names) -> Written | None:
    """The c of `A - c I` or `c I - A`."""
    if not isinstance(expr, Op) or expr.op != "add" or len(expr.args) != 2:
        return None
    first, second = expr.args
    if _is_matrix(first) and isinstance(second, Op) and second.op == "neg":
        return _multiple(second.args[0], names)
    if _is_matrix(first):
        return _multiple(second, names, turned=True)
    turned = isinstance(second, Op) and second.op == "neg" and _is_matrix(second.args[0])
    return _multiple(first, names) if turned else None


def _multiple(expr: Expr, names: Names, turned: bool = False) -> Written | None:
    """The number before the identity matrix, with `turned` the negative of it."""
    factor: Expr | None = None
    if _is_identity(expr):
        factor = Num(1, expr.place, "1")
    elif isinstance(expr, Op) and expr.op == "mul" and len(expr.args) == 2 and _is_identity(expr.args[1]):
        factor = expr.args[0]
    if factor is None:
        return None
    return number_of(Op("neg", (factor,), expr.place) if turned else factor, names)


def _is_identity(expr: Expr | None) -> bool:
    return isinstance(expr, Name) and expr.name in _IDENTITY


def _is_matrix(expr: Expr) -> bool:
    return isinstance(expr, Name) and len(expr.name) == 1 and expr.name.isupper() and not _is_identity(expr)


def _is_name(expr: Expr) -> bool:
    return isinstance(expr, Name) and expr.name[:1].islower()


def _is_zero(expr: Expr) -> bool:
    if isinstance(expr, Group):
        return bool(expr.items) and all(_is_zero(item) for item in expr.items)
    return isinstance(expr, Num) and expr.value == 0


def _same(one: Written, other: Written) -> bool:
    first, second = flat(one), flat(other)
    if first is None or second is None or first.exact is None or second.exact is None:
        return False
    return bool(first.exact.tolist() == second.exact.tolist())


def without_repeats(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """The pairs without those that were told before, number for number."""
    found: list[Pair] = []
    for pair in pairs:
        if not any(_same_number(pair.value, one.value) and _same(pair.vector, one.vector) for one in found):
            found.append(pair)
    return tuple(found)


def _same_number(one: Written, other: Written) -> bool:
    return one.exact is not None and other.exact is not None and bool(one.exact.item() == other.exact.item())
