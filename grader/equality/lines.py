"""Lines given by a point and a direction, `(1, 0, 2) + t(1, 1, -1)`: the same for every point and length."""

from __future__ import annotations

import math

from grader.equality.edges import value_of
from grader.equality.roles import CONSTANTS
from grader.equality.slopes import substitute
from grader.equality.verdicts import DIFFERENT, EQUAL, Found
from grader.model.errors import Undecided
from grader.model.expressions import Call, Expr, Group, Name, Num, Op, Relation, names_in
from grader.model.records import NamedTuple

_CLOSE = 1e-9
_LISTS = ("()", "[]")
_COORDINATES = ("x", "y", "z", "w")
Vector = list[float]


class _Line(NamedTuple):
    """A line as typed: the expressions of its coordinates, their names if it says any, and whether steps are whole."""

    parts: tuple[Expr, ...]
    names: tuple[str, ...]
    parameter: str
    whole: bool


def compare_lines(gold: Expr, answer: Expr) -> Found | None:
    """Whether two lines with one parameter each are the same; None where a side is none, or no affine one."""
    one, other = _read(gold), _read(answer)
    if one is None or other is None or len(one.parts) != len(other.parts) or one.whole != other.whole:
        return None
    if one.names and other.names and one.names != other.names:
        return None
    try:
        first, second = _affine(one), _affine(other)
    except (Undecided, ArithmeticError, ValueError, TypeError):
        return None
    if first is None or second is None:
        return None
    (point, along), (other_point, other_along) = first, second
    between = [b - a for a, b in zip(point, other_point, strict=True)]
    scale, shift = _multiple(other_along, along), _multiple(between, along)
    same = scale is not None and shift is not None
    if same and one.whole:
        same = math.isclose(abs(scale or 0), 1) and math.isclose(shift or 0, round(shift or 0), abs_tol=_CLOSE)
    return Found(EQUAL, "both are the same line") if same else Found(DIFFERENT, "these are two different lines")


def _read(expr: Expr) -> _Line | None:
    """A line with its parameter; None for anything else."""
    whole = False
    items = expr.items if isinstance(expr, Group) and expr.brackets in ("", "{|}") else (expr,)
    domains = [item for item in items if isinstance(item, Relation) and item.ops == ("in",)]
    for domain in domains:
        last = domain.operands[-1]
        whole = isinstance(last, Name) and last.name == "ℤ"
        if not whole and not (isinstance(last, Name) and last.name in ("ℝ", "R")):
            return None
    said = [item for item in items if item not in domains]
    value = said[0].operands[-1] if len(said) == 1 and isinstance(said[0], Relation) else said[0] if said else None
    if not domains and len(said) == 1 and not (isinstance(value, Op) and value.op == "add"):
        return None  # (1, 2t) may be the velocity
    names: tuple[str, ...] = ()
    parts: tuple[Expr, ...] = ()
    if len(said) == 1:
        names, parts = _one(said[0])
    elif all(isinstance(item, Relation) and item.ops == ("=",) for item in said):
        pairs = [item.operands for item in said if isinstance(item, Relation)]
        names = tuple(left.name for left, _ in pairs if isinstance(left, Name))
        parts = tuple(value for _, value in pairs if value is not None)
        if names != _COORDINATES[: len(parts)]:
            return None
    free = {name for part in parts for name in names_in(part)} - CONSTANTS
    if len(parts) < 2 or len(free) != 1 or free & {*names}:
        return None
    return _Line(parts, names, free.pop(), whole)


def _one(expr: Expr) -> tuple[tuple[str, ...], tuple[Expr, ...]]:
    """The names and coordinates of `(x, y) = (1 + t, 2)`, and of a vector alone."""
    names: tuple[str, ...] = ()
    if isinstance(expr, Relation) and expr.ops == ("=",) and len(expr.operands) == 2:
        left, value = expr.operands
        if isinstance(left, Group):
            names = tuple(item.name for item in left.items if isinstance(item, Name))
        elif not isinstance(left, Name):
            return (), ()
        expr = value if value is not None else expr
    return names, tuple(_coordinates(expr) or ())


def _coordinates(expr: Expr) -> list[Expr] | None:
    """The coordinates of a sum of vectors and of multiples of them; None for a number."""
    if isinstance(expr, Group) and expr.brackets in _LISTS and len(expr.items) > 1:
        rows = [item.items[0] if isinstance(item, Group) and len(item.items) == 1 else item for item in expr.items]
        return None if any(isinstance(row, Group | Relation) for row in rows) else rows
    if isinstance(expr, Call) and len(expr.function) == 1 and len(expr.args) > 1:  # t(1, 1, -1)
        return [Op("mul", (Name(expr.function, expr.place), one), expr.place) for one in expr.args]
    if isinstance(expr, Op) and expr.op == "neg":
        inner = _coordinates(expr.args[0])
        return None if inner is None else [Op("neg", (one,), expr.place) for one in inner]
    if isinstance(expr, Op) and expr.op == "mul" and len(expr.args) == 2:
        vectors = [_coordinates(arg) for arg in expr.args]
        if (vectors[0] is None) == (vectors[1] is None):
            return None
        factor = expr.args[0] if vectors[0] is None else expr.args[1]
        return [Op("mul", (factor, one), expr.place) for one in vectors[0] or vectors[1] or []]
    if isinstance(expr, Op) and expr.op == "add":
        terms = [_coordinates(arg) for arg in expr.args]
        known = [term for term in terms if term is not None]
        if len(known) < len(terms) or len({len(term) for term in known}) != 1:
            return None
        return [Op("add", column, expr.place) for column in zip(*known, strict=True)]
    return None


def _affine(line: _Line) -> tuple[Vector, Vector] | None:
    """A point and the direction; None if the parameter is no factor of the first degree, or has no effect."""
    points = [
        [float(value_of(substitute(part, line.parameter, Num(at, part.place, str(at))))) for part in line.parts]
        for at in (0, 1, 3)
    ]
    along = [b - a for a, b in zip(points[0], points[1], strict=True)]
    straight = all(
        math.isclose(c - a, 3 * d, rel_tol=_CLOSE, abs_tol=_CLOSE)
        for a, c, d in zip(points[0], points[2], along, strict=True)
    )
    return (points[0], along) if straight and any(along) else None


def _multiple(vector: Vector, of: Vector) -> float | None:
    """The number by which a vector is a multiple of another; None if it is none."""
    place = max(range(len(of)), key=lambda k: abs(of[k]))
    factor = vector[place] / of[place]
    fits = all(math.isclose(a, factor * b, rel_tol=_CLOSE, abs_tol=_CLOSE) for a, b in zip(vector, of, strict=True))
    return factor if fits else None
