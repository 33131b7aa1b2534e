"""Equations between numbers that are false: a right answer beside "48 - 3 + 1 = 45" is for a person."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise

from grader.model.expressions import Call, Expr, Group, Num, Op, Relation, walk
from grader.notation.reading import Claim

_LOOSE = 0.02  # of a decimal or a quotient: 1/3 = 0.33
_MOST = 60  # nodes of a side
_LARGEST = 1e15


def false_equation(claims: Iterable[Claim]) -> Claim | None:
    """The first claim with two sides next to each other that are both numbers, and different ones.

    In "3*3*10 = 90*20 = 1800" the sign only goes on to the next step, which begins with the value before it.
    """
    before: Claim | None = None
    said = [*claims]
    for claim, behind in zip(said, [*said[1:], None], strict=False):
        last, before, expr = before, claim, claim.expr
        if not isinstance(expr, Relation) or set(expr.ops) != {"="} or _joins_lists(last, claim, behind):
            continue
        if behind is not None and behind.place[0] - claim.place[1] == 1 and _is_decimal(claim, behind):
            continue
        for left, right in pairwise(expr.operands[_has_factor(last, claim) :]):
            if left is not None and right is not None and _is_false(left, right):
                return claim
    return None


def _is_decimal(claim: Claim, behind: Claim) -> bool:
    """Whether a comma between digits stands behind an equation, which may be that of a decimal: "7/9 = 0,778"."""
    last = claim.expr.operands[-1] if isinstance(claim.expr, Relation) else None
    return isinstance(last, Num) and isinstance(behind.expr, Num) and behind.before.strip() == ","


def _joins_lists(last: Claim | None, claim: Claim, behind: Claim | None) -> bool:
    """Whether the sign stands between two lists without brackets: "max(1,2), max(3,2) = 2, 3"."""
    commas = claim.before.strip() == "," and behind is not None and behind.before.strip() == ","
    return commas and last is not None and isinstance(last.expr, Call | Op)


def _has_factor(last: Claim | None, claim: Claim) -> bool:
    """Whether a list that an equation begins with has a factor before it: `5/3 (2, 1, 2) = (10/3, 5/3, 10/3)`."""
    first = claim.expr.operands[0] if isinstance(claim.expr, Relation) else None
    beside = last is not None and last.block == claim.block and claim.joined and not claim.before.strip(" *·")
    return beside and isinstance(first, Group) and "\n" not in claim.before


def _is_false(left: Expr, right: Expr) -> bool:
    if isinstance(left, Group) and isinstance(right, Group):
        if len(left.items) != len(right.items):
            return False
        return any(_is_false(a, b) for a, b in zip(left.items, right.items, strict=True))
    if lengths := _listed(left, right):
        return any(_is_false(a, b) for a, b in lengths)
    if isinstance(left, Num) and isinstance(right, Num):  # "2400 = 240 Hz": it may go on
        return False
    one, other = _value(left), _value(right)
    if one is None or other is None or one == other:
        return False
    if _multiplies_shapes(left, right):
        return False
    nodes = [node for side in (left, right) for node in walk(side)]
    rounded = any(isinstance(node, Op) and node.op == "div" for node in nodes)
    rounded = rounded or any(isinstance(node, Num) and not node.text.isdecimal() for node in nodes)
    if rounded and (math.isclose(one, other, rel_tol=_LOOSE) or _grouped(one, other)):
        return False
    first = next((node for node in sorted(walk(right), key=_place) if isinstance(node, Num)), None)
    return not (isinstance(right, Op) and first is not None and float(first.value) == one)


def _listed(left: Expr, right: Expr) -> list[tuple[Expr, Expr]]:
    """The lengths side by side where crosses list as many on both sides: `6-2+1 x 5-2+1 = 5x4`."""
    if not (isinstance(left, Op) and isinstance(right, Op) and left.op == right.op == "cross"):
        return []
    alike = len(left.args) == len(right.args) and not _multiplies_shapes(left, right)
    return list(zip(left.args, right.args, strict=True)) if alike else []


def _multiplies_shapes(left: Expr, right: Expr) -> bool:
    """Whether this is said of shapes, `(200 x 5)(5 x 8) = 200 x 8`: inner lengths that meet, and the outer two."""
    lengths, outer = _factors(left), _factors(right)
    if len(lengths) < _TWO_SHAPES or len(lengths) % 2 or len(outer) != 2:
        return False
    inner = lengths[1:-1]
    return outer == [lengths[0], lengths[-1]] and inner[::2] == inner[1::2]


_TWO_SHAPES = 4  # lengths


def _factors(expr: Expr) -> list[object]:
    if isinstance(expr, Op) and expr.op in ("mul", "cross"):
        return [factor for arg in expr.args for factor in _factors(arg)]
    return [expr.value if isinstance(expr, Num) else expr]


def _place(node: Expr) -> tuple[int, int]:
    return node.place


def _grouped(one: float, other: float) -> bool:
    """Whether a point only sets thousands apart: 240 * 10 = 2.400."""
    small, large = sorted((abs(one), abs(other)))
    return small > 0 and any(math.isclose(large / small, 1000**k, rel_tol=1e-9) for k in (1, 2))


def _value(expr: Expr) -> float | None:
    """The number that an expression of numbers alone comes to; None for any other."""
    if sum(1 for _ in walk(expr)) > _MOST:
        return None
    try:
        found = _evaluated(expr)
    except (OverflowError, ZeroDivisionError, ValueError):
        return None
    return found if found is not None and abs(found) < _LARGEST else None


def _evaluated(expr: Expr) -> float | None:
    if isinstance(expr, Num):
        return float(expr.value)
    if isinstance(expr, Call) and expr.function in ("max", "min"):
        members = [_evaluated(arg) for arg in expr.args]
        known = [member for member in members if member is not None]
        return (max if expr.function == "max" else min)(known) if len(known) == len(members) > 1 else None
    if isinstance(expr, Group) and len(expr.items) == 1 and expr.brackets == "()":
        return _evaluated(expr.items[0])
    if not isinstance(expr, Op):
        return None
    args = [_evaluated(arg) for arg in expr.args]
    values = [value for value in args if value is not None]
    if len(values) < len(args):
        return None
    if expr.op == "add":
        return math.fsum(values)
    if expr.op in ("mul", "cross"):
        return math.prod(values)
    if expr.op == "neg":
        return -values[0]
    if expr.op == "div" and len(values) == 2:
        return values[0] / values[1]
    if expr.op == "pow" and len(values) == 2 and abs(values[1]) < 20:
        return float(values[0] ** values[1])
    return None
