"""Where a relation in one letter may begin or cease to hold: roots, poles, jumps, and where a curve touches zero."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.equality.doubles import Doubles
from grader.equality.kinks import constants_in
from grader.equality.precise import Precise
from grader.equality.verdicts import NotScalar, Undefined, Unsupported
from grader.equality.walker import Walker
from grader.model.errors import Undecided
from grader.model.expressions import Expr, Num, Op, walk

Real = Any
DIGITS = 90
MOST_EDGES = 24
_ZERO = 1e-50  # relative, of two edges that are one
_BISECTIONS = 230
_Sides = Callable[[Real], tuple[Real, Real] | None]
_STEPS = 4_000


def precise() -> Precise:
    """Arithmetic among the reals, with enough digits that an edge found by halving counts as the edge itself."""
    return Precise(DIGITS, frozenset(), False)


def is_same(one: Real, other: Real) -> bool:
    """Whether two numbers are one but for rounding; nothing but zero is the same as zero."""
    return bool(abs(one - other) <= _ZERO * abs(other))


def sides_of(one: Expr, other: Expr, variable: str) -> Callable[[Real], tuple[Real, Real] | None]:
    """The two sides of a relation at a value; None where one of them has no value."""

    def at(value: Real) -> tuple[Real, Real] | None:
        algebra = precise()
        try:
            found = [Walker(algebra, {variable: value}, _STEPS)(expr) for expr in (one, other)]
        except (Undefined, ValueError, ZeroDivisionError):
            return None
        if any(type(side) is algebra.mp.mpc or algebra.mp.isnan(side) for side in found):
            return None
        return found[0], found[1]

    return at


def value_of(expr: Expr) -> Real:
    """The value of an expression without letters, perhaps infinite. Raises Undecided where it is no real number."""
    algebra = precise()
    try:
        value = Walker(algebra, {})(expr)
    except (Undefined, NotScalar):
        raise Undecided("an end that has no value", *expr.place) from None
    if type(value) is algebra.mp.mpc:
        raise Undecided("an end that is no real number", *expr.place)
    return value


def edges_of(one: Expr, other: Expr, variable: str, sides: _Sides) -> tuple[tuple[Real, ...], tuple[Real, ...]]:
    """Where a difference changes its sign or its definedness, or touches zero; and those edges that make it zero."""
    mp = precise().mp
    edges: list[Real] = []
    roots: list[Real] = []
    for literal in _literals(one, other):
        found = sides(literal)
        if found is None or found[0] == found[1]:
            edges.append(literal)
            roots += [literal] if found is not None else []
    grid, values = _sampled(one, other, variable)
    signs = np.where(np.isnan(values), 2.0, np.sign(values))
    changes = np.flatnonzero(signs[1:] != signs[:-1]).tolist()
    dips = _dips(values)
    if len(changes) + len(dips) > 2 * MOST_EDGES:
        raise Undecided("this has too many solutions to be compared")
    for place in changes:
        low, high = mp.mpf(float(grid[place])), mp.mpf(float(grid[place + 1]))
        if any(low <= edge <= high for edge in edges):
            continue
        edge, is_root = _bisected(sides, low, high)
        edges.append(edge)
        roots += [edge] if is_root else []
    for place in dips:
        low, high = mp.mpf(float(grid[place - 1])), mp.mpf(float(grid[place + 1]))
        if not any(low <= edge <= high for edge in edges) and (edge := _touched(sides, low, high)) is not None:
            edges.append(edge)
            roots.append(edge)
    return tuple(edges), tuple(roots)


def _sampled(one: Expr, other: Expr, variable: str) -> tuple[np.ndarray, np.ndarray]:
    grid = _grid()
    algebra = Doubles(frozenset(), False, len(grid))
    difference = Op("add", (one, Op("neg", (other,), other.place)), one.place)
    try:
        with np.errstate(all="ignore"):
            found = np.asarray(Walker(algebra, {variable: grid})(difference), dtype=float)
    except (Unsupported, Undefined) as error:
        raise Undecided("the solutions of this cannot be found") from error
    return grid, np.broadcast_to(found, grid.shape)


def _dips(values: np.ndarray) -> list[int]:
    """Places at which a curve comes close to zero and turns round."""
    size = np.abs(values)
    inner = size[1:-1]
    turns = (inner < size[:-2]) & (inner <= size[2:]) & (inner < 0.05 * np.maximum(size[:-2], size[2:]) + 0.05)
    return (np.flatnonzero(turns & np.isfinite(inner)) + 1).tolist()


def _bisected(sides: _Sides, low: Real, high: Real) -> tuple[Real, bool]:
    """Where the sign changes between two values, and whether the difference is zero there."""

    def sign(value: Real) -> int:
        found = sides(value)
        return 2 if found is None else 0 if found[0] == found[1] else 1 if found[0] > found[1] else -1

    first, start, stop = sign(low), low, high
    if first == 0:
        return low, True
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        found = sign(middle)
        if found == 0:
            return middle, True
        if found == first:
            low = middle
        else:
            high = middle
    return high, _shrinks(sides, (low + high) / 2, start, stop)


def _shrinks(sides: _Sides, edge: Real, low: Real, high: Real) -> bool:
    """Whether the difference goes to zero at an edge, rather than through a pole or a jump."""
    there = [found for value in (edge, low, high) if (found := sides(value)) is not None]
    if len(there) < 2 or sides(edge) is None:
        return False
    return bool(abs(there[0][0] - there[0][1]) < max(abs(a - b) for a, b in there[1:]) * 1e-20)


def _touched(sides: _Sides, low: Real, high: Real) -> Real | None:
    """Where a difference touches zero without changing its sign, by search for its least size."""

    def size(value: Real) -> Real:
        found = sides(value)
        return precise().mp.inf if found is None else abs(found[0] - found[1])

    start = max(size(low), size(high))
    for _ in range(180):
        third = (high - low) / 3
        if size(low + third) < size(high - third):
            high -= third
        else:
            low += third
    middle = (low + high) / 2
    return middle if size(middle) < start * 1e-25 else None


def _literals(one: Expr, other: Expr) -> list[Real]:
    """Values at which something may happen: the constants written, their roots and quotients."""
    mp = precise().mp
    numbers = sorted({abs(value) for expr in (one, other) for value in constants_in(expr)} | {0.0, 1.0})
    exact = [mp.mpf(value) for value in numbers[:12]]
    exact += [value_of(node) for expr in (one, other) for node in walk(expr) if isinstance(node, Num)][:12]
    roots = [mp.sqrt(value) for value in exact if value > 0]
    pairs = [a / b for a in exact for b in exact if b != 0][:80]
    return [sign * value for value in dict.fromkeys(exact + roots + pairs) for sign in (1, -1)]


_GRID: list[np.ndarray] = []


def _grid() -> np.ndarray:
    """Numbers on both sides of zero at which to look for a change of sign: closer together where they are small."""
    if not _GRID:
        near = np.linspace(0.0137, 25.0, 500)
        far = np.concatenate([np.geomspace(25.3, 30_000.0, 150), np.geomspace(31_000.0, 1e15, 90)])
        half = np.concatenate([np.geomspace(1e-5, 0.013, 20), near, far])
        _GRID.append(np.concatenate([-half[::-1], half]))
    return _GRID[0]
