"""Totals of entries that are written out: sums, products, extremes and norms of vectors and matrices."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from grader.model.expressions import Call, Expr, Name, Num, Op, base_name, walk
from grader.notation.printing import show

_AXES = 2  # of a matrix
_NOWHERE = (0, 0)
ZERO, ONE, _TWO = (Num(value, _NOWHERE, str(value)) for value in range(3))


class NoArrays(Exception):
    """What stands in a formula is no formula of entries."""


def total(op: str, terms: list[Expr]) -> Expr:
    """A sum or a product of terms, without those that are zero."""
    if op == "add":
        terms = [term for term in terms if not is_zero(term)]
    if not terms:
        return ZERO
    if op in ("max", "min"):
        return Call(op, tuple(terms), _NOWHERE)
    if op == "mul":  # has two factors, or others would be left out
        return reduce(lambda one, other: Op("mul", (one, other), _NOWHERE, "·"), terms)
    return terms[0] if len(terms) == 1 else Op(op, tuple(terms), _NOWHERE, "+")


def is_zero(expr: Expr) -> bool:
    """Whether an expression is a literal zero."""
    return isinstance(expr, Num) and expr.value == 0


def norm_of(expr: Call, shape: tuple[int, ...], entry: Callable[[Expr, tuple[int, ...]], Expr]) -> Expr:
    """A norm of a vector, or of a matrix but for the spectral one, by its entries. Raises NoArrays for others."""
    inner, *said = expr.args
    kind = "2" if not said else show(said[0])
    matrix = base_name(first_letter(inner)).isupper() and not is_column(inner)
    if not matrix:
        return _of_vector(kind, said, [entry(inner, (place,)) for place in range(1, shape[0] + 1)])
    if len(shape) != _AXES:
        raise NoArrays
    rows = [[entry(inner, (i, k)) for k in range(1, shape[1] + 1)] for i in range(1, shape[0] + 1)]
    if kind == "F":
        return _of_vector("2", [], [one for row in rows for one in row])
    if kind == "1":
        rows = [list(column) for column in zip(*rows, strict=True)]
    elif kind != "infty":
        raise NoArrays
    return total("max", [total("add", _sizes_of(row)) for row in rows])


def _of_vector(kind: str, said: list[Expr], entries: list[Expr]) -> Expr:
    sizes = _sizes_of(entries)
    if kind == "infty":
        return total("max", sizes)
    if kind == "1":
        return total("add", sizes)
    if kind == "2":
        return Call("sqrt", (total("add", [_raised(entry, _TWO) for entry in entries]),), _NOWHERE)
    power = said[0]
    if not isinstance(power, Num | Name) or kind == "0":
        raise NoArrays
    return _raised(total("add", [_raised(size, power) for size in sizes]), Op("div", (ONE, power), _NOWHERE))


def _sizes_of(entries: list[Expr]) -> list[Expr]:
    return [Call("abs", (entry,), _NOWHERE) for entry in entries]


def _raised(base: Expr, power: Expr) -> Expr:
    return Op("pow", (base, power), _NOWHERE)


def first_letter(expr: Expr) -> Expr:
    """The first letter of an expression, by which it is a matrix or a vector."""
    return next((node for node in walk(expr) if isinstance(node, Name)), expr)


def is_column(expr: Expr) -> bool:
    """Whether a sum or product ends in a small letter, which stands for a column: `y - Xw`."""
    if isinstance(expr, Op) and expr.op in ("add", "neg", "mul"):
        return is_column(expr.args[-1])
    return isinstance(expr, Name) and expr.name.islower()
