"""Norms and products of vectors that are written out: `(1, 2, 3) \\times (4, 5, 6)`, `\\|(3, 4)\\|_1`."""

from __future__ import annotations

from grader.equality.walker import constant_exponent
from grader.model.errors import Undecided
from grader.model.expressions import Call, Expr, Group, Name, Num, Op

MOST_ENTRIES = 400
_NOWHERE = (0, 0)
Rows = list[list[Expr]]


def rows_of(group: Group) -> Rows:
    """The rows of a matrix; a list is a column."""
    if all(isinstance(item, Group) for item in group.items):
        rows = [list(item.items) for item in group.items if isinstance(item, Group)]
    else:
        rows = [[item] for item in group.items]
    if not rows or len({len(row) for row in rows}) != 1 or len(rows) * len(rows[0]) > MOST_ENTRIES:
        raise Undecided("this is no matrix", *group.place)
    return rows


def of_vectors(sign: str, one: Group, other: Group) -> Expr | None:
    """The product of two vectors between which a dot or a cross is typed; None for what is multiplied as matrices."""
    left, right = rows_of(one), rows_of(other)
    if len(left) != len(right) or len(left[0]) != 1 or len(right[0]) != 1 or len(left) < 2:
        return None
    a, b = ([row[0] for row in rows] for rows in (left, right))
    if sign in ("·", "@"):
        return _sum([_times(p, q) for p, q in zip(a, b, strict=True)])
    if sign != "×" or len(a) != 3:
        return None
    crossed = [_minus(_times(a[i], b[j]), _times(a[j], b[i])) for i, j in ((1, 2), (2, 0), (0, 1))]
    return Group("[]", tuple(crossed), one.place)


def norm_of(expr: Expr, arg: Expr) -> Expr:
    """A norm of a vector or a matrix. Raises Undecided where it is not said which of several it is."""
    assert isinstance(expr, Call) and isinstance(arg, Group)
    rows = rows_of(arg)
    which = _which(expr)
    if len(rows) > 1 and len(rows[0]) > 1:
        return _of_matrix(which, rows, expr)
    sizes = [_size(entry) for row in rows for entry in row]
    if which in ("", "2", "F"):
        return _root(sizes)
    if which == "1":
        return _sum(sizes)
    if which == "infty":
        return _greatest(sizes)
    raise Undecided("this norm is not written out here", *expr.place)


def _of_matrix(which: str, rows: Rows, expr: Expr) -> Expr:
    sizes = [[_size(entry) for entry in row] for row in rows]
    if which == "F":
        return _root([size for row in sizes for size in row])
    if which == "1":
        return _greatest([_sum(list(column)) for column in zip(*sizes, strict=True)])
    if which == "infty":
        return _greatest([_sum(row) for row in sizes])
    raise Undecided("this norm of a matrix is not written out here", *expr.place)  # the spectral one is no sum


def _which(expr: Call) -> str:
    """Which norm is taken: "" where nothing is said, "F", "infty", or a number."""
    if len(expr.args) == 1:
        return ""
    said = expr.args[1]
    if isinstance(said, Name):
        return said.name
    number = constant_exponent(said)
    return "?" if number is None else str(number)


def _root(sizes: list[Expr]) -> Expr:
    two = Num(2, _NOWHERE, "2")
    return Call("sqrt", (_sum([Op("pow", (size, two), _NOWHERE) for size in sizes]),), _NOWHERE)


def _size(entry: Expr) -> Expr:
    return Call("abs", (entry,), _NOWHERE)


def _greatest(sizes: list[Expr]) -> Expr:
    return Call("max", tuple(sizes), _NOWHERE) if len(sizes) > 1 else sizes[0]


def _sum(terms: list[Expr]) -> Expr:
    return Op("add", tuple(terms), _NOWHERE) if len(terms) > 1 else terms[0]


def _times(one: Expr, other: Expr) -> Expr:
    return Op("mul", (one, other), _NOWHERE)


def _minus(one: Expr, other: Expr) -> Expr:
    return Op("add", (one, Op("neg", (other,), _NOWHERE)), _NOWHERE)
