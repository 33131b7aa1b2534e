"""Sets of real numbers: intervals, unions, inequalities, equations in one letter, compared as sets of solutions.

A region is a test for membership and the edges at which it may change. Two regions are equal when they agree on all
edges of both, and between all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

from grader.equality.construction import CONSTRUCTED, construct
from grader.equality.edges import MOST_EDGES, edges_of, is_same, precise, sides_of, value_of
from grader.equality.roles import CONSTANTS
from grader.model.errors import Undecided
from grader.model.expressions import Call, Expr, Group, Integral, Name, Op, Relation, names_in
from grader.model.records import NamedTuple

Real = Any
_NUMBER_SETS = ("ℕ", "ℤ", "ℚ", "ℂ")
REAL_LINE = frozenset(["ℝ"])
_FLIPPED = {"<": -1, "<=": -1, ">": 1, ">=": 1}


class Region(NamedTuple):
    """A set of real numbers."""

    holds: Callable[[Real], bool]
    edges: tuple[Real, ...]


def variables_of(expr: Expr) -> frozenset[str]:
    """The letters that stand for numbers."""
    return frozenset(
        name
        for name in names_in(expr)
        if name not in CONSTANTS and name not in ("ℝ", "ℕ", "ℤ", "ℚ", "ℂ", "emptyset", "...")
    )


def same_region(one: Region, other: Region) -> bool:
    """Whether two regions hold the same numbers."""
    edges = _merged(sorted([*one.edges, *other.edges]))
    tested = list(edges)
    if edges:
        tested += [(a + b) / 2 for a, b in pairwise(edges)] + [edges[0] - 1, edges[-1] + 1]
        tested += [edges[0] - 1000, edges[-1] + 1000, edges[0] * 3 - 10**7, edges[-1] * 3 + 10**7]
    else:
        tested = [_number(value) for value in (-1000, -1.5, 0, 0.75, 1000)]
    return all(one.holds(value) == other.holds(value) for value in tested)


def is_empty(region: Region) -> bool:
    """Whether no number was found in a region."""
    return same_region(region, Region(lambda value: False, region.edges))


def _merged(edges: list[Real]) -> list[Real]:
    kept: list[Real] = []
    for edge in edges:
        if not kept or not is_same(edge, kept[-1]):
            kept.append(edge)
    if len(kept) > MOST_EDGES:
        raise Undecided("this set has too many edges to be compared")
    return kept


def _number(value: float) -> Real:
    return precise().mp.mpf(value)


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
        elif op != "=" or set(expr.ops) == {"="} or not _is_told_again(one, other):  # 0 < x < 2/6 = 1/3
            parts.append(_of_pair(op, one, other, variable))
    return _combined(parts, all)


def _is_told_again(one: Expr, other: Expr) -> bool:
    """Whether two sides are one number."""
    if variables_of(one) or variables_of(other):
        return False
    values = value_of(one), value_of(other)
    return None not in values and bool(is_same(*values))


def _of_pair(op: str, one: Expr, other: Expr, variable: str) -> Region:
    if op not in ("<", "<=", ">", ">=", "=", "!="):
        raise Undecided("this relation describes no set of real numbers", *one.place)
    sides = sides_of(one, other, variable)
    edges, roots = edges_of(one, other, variable, sides)

    def sign(value: Real) -> int | None:
        if any(is_same(value, root) for root in roots):
            return 0
        found = sides(value)
        return None if found is None else 0 if found[0] == found[1] else 1 if found[0] > found[1] else -1

    def holds(value: Real) -> bool:
        found = sign(value)
        if found is None:
            return False
        if op in ("=", "!="):
            return (found == 0) == (op == "=")
        return found == _FLIPPED[op] or (found == 0 and op.endswith("="))

    return Region(holds, edges)


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


def _of_whole_numbers(region: Region, expr: Expr, natural: bool) -> Region:
    """The whole numbers of a region. Raises Undecided where they have no end, or where 0 may be none of them."""
    number = precise().mp.mpf
    ends = [int(edge) for edge in (min(region.edges), max(region.edges))] if region.edges else []
    if not ends or ends[1] - ends[0] > _MOST_WHOLE or region.holds(number(ends[1] + 1000)):
        raise Undecided("these whole numbers have no end", *expr.place)
    if not natural and region.holds(number(ends[0] - 1000)):
        raise Undecided("these whole numbers have no end", *expr.place)
    if natural and region.holds(number(0)):
        raise Undecided("whether 0 is a natural number is a custom", *expr.place)
    first = max(ends[0] - 1, 1) if natural else ends[0] - 1
    members = [number(k) for k in range(first, ends[1] + 2) if region.holds(number(k))]
    return Region(lambda value: any(value == member for member in members), tuple(members))


_MOST_WHOLE = 300


def _of_group(expr: Group, variable: str) -> Region:
    if expr.brackets == "{|}":
        if len(expr.items) != 2 or not isinstance(expr.items[0], Name | Relation):
            raise Undecided("this is no set of real numbers", *expr.place)
        head = expr.items[0]
        members = head.operands[-1] if isinstance(head, Relation) else None
        whole = isinstance(members, Name) and members.name in ("ℤ", "ℕ")
        if members is not None and not whole and not (isinstance(members, Name) and members.name == "ℝ"):
            raise Undecided("the numbers of another set than the real ones", *expr.place)
        inner = head if isinstance(head, Name) else head.operands[0]
        if not isinstance(inner, Name):
            raise Undecided("this is no set of real numbers", *expr.place)
        region = region_of(expr.items[1], inner.name)
        return (
            _of_whole_numbers(region, expr, natural=members is not None and members == Name("ℕ", members.place))
            if whole
            else region
        )
    if expr.brackets in ("{}", ""):
        return _of_elements(expr, variable)
    if len(expr.items) == 2 and expr.brackets[0] in "([" and expr.brackets[1] in ")]":
        return _of_interval(expr)
    raise Undecided("this is no set of real numbers", *expr.place)


def _of_elements(expr: Group, variable: str) -> Region:
    if expr.items and all(isinstance(item, Relation) for item in expr.items):  # x < -1, x > 2
        return _combined([region_of(item, variable) for item in expr.items], any)
    values = tuple(value_of(item) for item in expr.items)
    return Region(lambda value: any(is_same(value, one) for one in values), values)


def _of_interval(expr: Group) -> Region:
    low, high = (value_of(item) for item in expr.items)
    mp = precise().mp
    closed = (expr.brackets[0] == "[", expr.brackets[1] == "]")
    if any(shut and mp.isinf(edge) for shut, edge in zip(closed, (low, high), strict=True)):
        raise Undecided("an interval that is closed at infinity", *expr.place)
    if low > high:
        raise Undecided("an interval that ends before it begins", *expr.place)

    def holds(value: Real) -> bool:
        if not mp.isinf(low) and is_same(value, low):
            return closed[0] and (closed[1] or low < high)
        if not mp.isinf(high) and is_same(value, high):
            return closed[1]
        return bool(low < value < high)

    return Region(holds, tuple(edge for edge in (low, high) if not mp.isinf(edge)))


def is_over_region(expr: Expr) -> bool:
    """Whether it is an integral over a region or a curve, `\\iint_D f dA`: a name, for nobody knows what D is."""
    return isinstance(expr, Integral) and expr.low is not None and expr.high is None
