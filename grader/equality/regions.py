"""Sets of real numbers: intervals, unions, inequalities, equations in one letter, compared as sets of solutions.

A region is a test for membership and the edges at which it may change. Two regions are equal when they agree on all
edges of both, and between all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from grader.equality.construction import CONSTRUCTED, construct
from grader.equality.doubles import Doubles
from grader.equality.precise import Precise
from grader.equality.roles import CONSTANTS
from grader.equality.verdicts import NotScalar, Undefined, Unsupported
from grader.equality.walker import Walker
from grader.model.errors import Undecided
from grader.model.expressions import Call, Expr, Group, Name, Num, Op, Relation, names_in, walk

Real = Any
_DIGITS = 40
_ZERO = 1e-25
_MOST_EDGES = 60
_NUMBER_SETS = ("ℕ", "ℤ", "ℚ", "ℂ")
REAL_LINE = frozenset(["ℝ"])
_FLIPPED = {"<": -1, "<=": -1, ">": 1, ">=": 1}


class Region(NamedTuple):
    """A set of real numbers."""

    holds: Callable[[Real], bool]
    edges: tuple[Real, ...]


def variables_of(expr: Expr) -> frozenset[str]:
    """The letters that stand for numbers."""
    return frozenset(name for name in names_in(expr) if name not in CONSTANTS and name not in ("ℝ", "emptyset", "..."))


def same_region(one: Region, other: Region) -> bool:
    """Whether two regions hold the same numbers."""
    edges = _merged(sorted([*one.edges, *other.edges]))
    tested = list(edges)
    if edges:
        tested += [(a + b) / 2 for a, b in pairwise(edges)] + [edges[0] - 1, edges[-1] + 1]
        tested += [edges[0] - 1000, edges[-1] + 1000]
    else:
        tested = [_number(value) for value in (-1000, -1.5, 0, 0.75, 1000)]
    return all(one.holds(value) == other.holds(value) for value in tested)


def is_empty(region: Region) -> bool:
    """Whether no number was found in a region."""
    return same_region(region, Region(lambda value: False, region.edges))


def _merged(edges: list[Real]) -> list[Real]:
    kept: list[Real] = []
    for edge in edges:
        if not kept or abs(edge - kept[-1]) > _ZERO * max(1, abs(edge)):
            kept.append(edge)
    if len(kept) > _MOST_EDGES:
        raise Undecided("this set has too many edges to be compared")
    return kept


def _number(value: float) -> Real:
    return _precise().mp.mpf(value)


def _precise() -> Precise:
    return Precise(_DIGITS, frozenset(), False)


# -- building --------------------------------------------------------------------------------------------------


def region_of(expr: Expr, variable: str) -> Region:
    """The numbers that an expression describes. Raises Undecided where it describes no set of real numbers."""
    if isinstance(expr, Call) and expr.function in CONSTRUCTED:
        return region_of(construct(expr), variable)
    if isinstance(expr, Relation):
        return _of_relation(expr, variable)
    if isinstance(expr, Op):
        return _of_operator(expr, variable)
    if isinstance(expr, Group):
        return _of_group(expr, variable)
    if isinstance(expr, Name) and expr.name in ("ℝ", "emptyset"):
        everything = expr.name == "ℝ"
        return Region(lambda value: everything, ())
    if not variables_of(expr):  # {2} in TeX, where braces only group
        return _of_elements(Group("{}", (expr,), expr.place), variable)
    raise Undecided("this is no set of real numbers", *expr.place)


def _of_relation(expr: Relation, variable: str) -> Region:
    parts = []
    for op, (one, other) in zip(expr.ops, pairwise(expr.operands), strict=True):
        if one is None or other is None:
            raise Undecided("this relation has one side only", *expr.place)
        if op == "in":
            if not (isinstance(one, Name) and one.name == variable):
                raise Undecided("this is no set of values of one letter", *expr.place)
            parts.append(region_of(other, variable))
        else:
            parts.append(_of_pair(op, one, other, variable))
    return _combined(parts, all)


def _of_pair(op: str, one: Expr, other: Expr, variable: str) -> Region:
    if op not in ("<", "<=", ">", ">=", "=", "!="):
        raise Undecided("this relation describes no set of real numbers", *one.place)
    difference = Op("add", (one, Op("neg", (other,), other.place)), one.place)
    sign = _sign(difference, variable)

    def holds(value: Real) -> bool:
        found = sign(value)
        if found is None:
            return False
        if op in ("=", "!="):
            return (found == 0) == (op == "=")
        return found == _FLIPPED[op] or (found == 0 and op.endswith("="))

    return Region(holds, _roots(difference, variable, sign))


def _sign(expr: Expr, variable: str) -> Callable[[Real], int | None]:
    """The sign of an expression at a value; None where it has none."""

    def at(value: Real) -> int | None:
        algebra = _precise()
        try:
            found = Walker(algebra, {variable: value})(expr)
        except (Undefined, ValueError, ZeroDivisionError):
            return None
        if type(found) is algebra.mp.mpc or not algebra.mp.isfinite(found):
            return None
        return 0 if abs(found) < _ZERO * max(1, abs(value)) else 1 if found > 0 else -1

    return at


def _of_operator(expr: Op, variable: str) -> Region:
    if expr.op == "not":
        inner = region_of(expr.args[0], variable)
        return Region(lambda value: not inner.holds(value), inner.edges)
    if expr.op == "difference":
        first, second = (region_of(arg, variable) for arg in expr.args)
        return Region(lambda value: first.holds(value) and not second.holds(value), first.edges + second.edges)
    if expr.op not in ("union", "or", "intersection", "and"):
        raise Undecided("this is no set of real numbers", *expr.place)
    parts = [region_of(arg, variable) for arg in expr.args]
    return _combined(parts, any if expr.op in ("union", "or") else all)


def _combined(parts: list[Region], join: Callable[[Iterable[bool]], bool]) -> Region:
    edges = tuple(edge for part in parts for edge in part.edges)
    return Region(lambda value: join(part.holds(value) for part in parts), edges)


def _of_group(expr: Group, variable: str) -> Region:
    if expr.brackets == "{|}":
        if len(expr.items) != 2 or not isinstance(expr.items[0], Name | Relation):
            raise Undecided("this is no set of real numbers", *expr.place)
        head = expr.items[0]
        inner = head if isinstance(head, Name) else head.operands[0]
        if not isinstance(inner, Name):
            raise Undecided("this is no set of real numbers", *expr.place)
        return region_of(expr.items[1], inner.name)
    if expr.brackets in ("{}", ""):
        return _of_elements(expr, variable)
    if len(expr.items) == 2 and expr.brackets[0] in "([" and expr.brackets[1] in ")]":
        return _of_interval(expr)
    raise Undecided("this is no set of real numbers", *expr.place)


def _of_elements(expr: Group, variable: str) -> Region:
    if expr.items and all(isinstance(item, Relation) for item in expr.items):  # x < -1, x > 2
        return _combined([region_of(item, variable) for item in expr.items], any)
    values = tuple(_value(item) for item in expr.items)
    return Region(lambda value: any(abs(value - one) <= _ZERO * max(1, abs(one)) for one in values), values)


def _of_interval(expr: Group) -> Region:
    low, high = (_value(item) for item in expr.items)
    mp = _precise().mp
    closed = (expr.brackets[0] == "[", expr.brackets[1] == "]")
    if low > high:
        raise Undecided("an interval that ends before it begins", *expr.place)

    def holds(value: Real) -> bool:
        if not mp.isinf(low) and abs(value - low) <= _ZERO * max(1, abs(low)):
            return closed[0] and (closed[1] or low < high)
        if not mp.isinf(high) and abs(value - high) <= _ZERO * max(1, abs(high)):
            return closed[1]
        return bool(low < value < high)

    return Region(holds, tuple(edge for edge in (low, high) if not mp.isinf(edge)))


def _value(expr: Expr) -> Real:
    algebra = _precise()
    try:
        value = Walker(algebra, {})(expr)
    except (Undefined, NotScalar):
        raise Undecided("an end that has no value", *expr.place) from None
    if type(value) is algebra.mp.mpc:
        raise Undecided("an end that is no real number", *expr.place)
    return value


# -- edges -----------------------------------------------------------------------------------------------------


def _roots(expr: Expr, variable: str, sign: Callable[[Real], int | None]) -> tuple[Real, ...]:
    """Where an expression changes its sign or its definedness, refined to many digits, and literals where it is 0."""
    found: list[Real] = []
    mp = _precise().mp
    for literal in _literals(expr):
        if sign(literal) in (0, None):
            found.append(literal)
    grid = _grid()
    algebra = Doubles(frozenset(), False, len(grid))
    try:
        with np.errstate(all="ignore"):
            values = np.broadcast_to(np.asarray(Walker(algebra, {variable: grid})(expr), dtype=float), grid.shape)
    except (Unsupported, Undefined) as error:
        raise Undecided("the solutions of this cannot be found") from error
    signs = np.where(np.isnan(values), 2.0, np.sign(values))
    for place in np.flatnonzero(signs[1:] != signs[:-1]).tolist():
        edge = _bisected(sign, mp.mpf(float(grid[place])), mp.mpf(float(grid[place + 1])))
        if all(abs(edge - one) > mp.mpf("1e-20") * max(1, abs(one)) for one in found):
            found.append(edge)
    if len(found) > _MOST_EDGES:
        raise Undecided("this has too many solutions to be compared")
    return tuple(found)


def _bisected(sign: Callable[[Real], int | None], low: Real, high: Real) -> Real:
    first = sign(low)
    if first == 0:
        return low
    for _ in range(110):
        middle = (low + high) / 2
        found = sign(middle)
        if found == 0:
            return middle
        if found == first:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _literals(expr: Expr) -> list[Real]:
    mp = _precise().mp
    numbers = {node.value for node in walk(expr) if isinstance(node, Num)} | {0, 1}
    values = [mp.mpf(n.numerator) / n.denominator for n in sorted(numbers)[:12]]
    roots = [mp.sqrt(value) for value in values if value > 0]
    pairs = [a / b for a in values for b in values if b != 0][:80]
    return [sign * value for value in dict.fromkeys(values + roots + pairs) for sign in (1, -1)]


_GRID: list[np.ndarray] = []


def _grid() -> np.ndarray:
    """Numbers on both sides of zero at which to look for a change of sign: closer together where they are small."""
    if not _GRID:
        near = np.linspace(0.0137, 25.0, 500)
        far = np.geomspace(25.3, 30_000.0, 150)
        half = np.concatenate([np.geomspace(1e-5, 0.013, 20), near, far])
        _GRID.append(np.concatenate([-half[::-1], half]))
    return _GRID[0]
