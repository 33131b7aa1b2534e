"""The values an index takes when nobody wrote its limits: the axis of the array it runs along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from grader.maths.values import Value
from grader.model.errors import Undecided
from grader.model.expressions import Bound, Call, Expr, Index, Name, Num, Op, Reduce, base_name, children, names_in

if TYPE_CHECKING:
    from grader.maths.scope import Scope

Interval = tuple[int, int]


def index_range(index: str, length: int | None, expr: Reduce, scope: Scope) -> Interval | None:
    """The usual range of an index, both ends included; None if nothing tells it.

    An index that stands alone in an array's place runs along that axis, whose `length` is given (the longest, if
    several: outside the shorter one there are zeros). Otherwise the rubric's range for that letter holds. Otherwise,
    in a sum, all values that reach into the arrays: the rest contributes zero.
    """
    if length is not None:
        return 0, length - 1
    if index in scope.letters:
        return scope.letters[index]
    if expr.op != "sum":
        return None
    reached = [_reach(index, position, extent, expr, scope) for position, extent in _accesses(expr.body, scope)]
    intervals = [interval for interval in reached if interval is not None]
    if not intervals:
        return None
    return min(low for low, _ in intervals), max(high for _, high in intervals)


def axis_length(index: str, expr: Expr, scope: Scope) -> int | None:
    """The length of the axis along which an index runs by itself (the longest, if several); None without one."""
    accesses = _accesses(expr.body if isinstance(expr, Reduce) else expr, scope)
    alone = [length for position, length in accesses if isinstance(position, Name) and position.name == index]
    return max(alone) if alone else None


def _accesses(expr: Expr, scope: Scope) -> list[tuple[Expr, int]]:
    """Every (position, axis length) of every indexed array below an expression.

    Remembered piece by piece: the variants of one formula have most of their pieces in common.
    """
    known = scope.accesses.get(id(expr))
    if known is not None:
        return known[1]
    found: list[tuple[Expr, int]] = []
    scope.accesses[id(expr)] = (expr, found)  # the expression stays alive, so its id stays its own
    if type(expr) is Index:
        found.extend(zip(expr.indices, _lengths(expr.base, scope), strict=False))
    for child in children(expr):
        if type(child) is not Name and type(child) is not Num:
            found.extend(_accesses(child, scope))
    return found


def _lengths(base: Expr, scope: Scope) -> tuple[int, ...]:
    """The lengths of an array that is indexed; none where nobody knows them."""
    if isinstance(base, Call | Op):
        return _shape_of(base, scope)
    if not isinstance(base, Name) or base.name not in scope.names:
        return ()
    measure = getattr(scope.names, "measure", None)
    shape = measure(base.name, "shape") if measure else None
    return tuple([int(length) for length in (np.shape(scope.names[base.name]) if shape is None else shape)])


def _shape_of(base: Expr, scope: Scope) -> tuple[int, ...]:
    """The shape of a computed whole array, `softmax(Z)[i,k]`; nothing where it cannot be computed."""
    from grader.maths.evaluation import evaluate

    try:
        return evaluate(base, scope).shape
    except Undecided:
        return ()


def _reach(index: str, position: Expr, length: int, expr: Reduce, scope: Scope) -> Interval | None:
    """Values of an index for which `position` can lie in 0..length-1, by interval arithmetic."""
    linear = _linear(position, index, expr, scope)
    if linear is None or linear[0] == 0:
        return None
    factor, (low, high) = linear
    ends = [
        (0 - high) / factor,
        (length - 1 - low) / factor,
        (0 - low) / factor,
        (length - 1 - high) / factor,
    ]
    return int(np.ceil(min(ends))), int(np.floor(max(ends)))


def _linear(expr: Expr, index: str, reduce: Reduce, scope: Scope) -> tuple[int, Interval] | None:
    """An expression as factor * index + rest, with the interval of the rest; None if it is not of that form."""
    if isinstance(expr, Name) and expr.name == index:
        return 1, (0, 0)
    if isinstance(expr, Num) and isinstance(expr.value, int):
        return 0, (expr.value, expr.value)
    if isinstance(expr, Name):
        interval = _interval(expr.name, reduce, scope)
        return None if interval is None else (0, interval)
    if isinstance(expr, Op):
        parts = [_linear(arg, index, reduce, scope) for arg in expr.args]
        if any(part is None for part in parts):
            return None
        known = [part for part in parts if part is not None]
        if expr.op == "add":
            return sum(k[0] for k in known), (sum(k[1][0] for k in known), sum(k[1][1] for k in known))
        if expr.op == "neg":
            return -known[0][0], (-known[0][1][1], -known[0][1][0])
        if expr.op == "mul":
            return _scaled(known[0], known[1]) or _scaled(known[1], known[0])
    return None


def _scaled(constant: tuple[int, Interval], other: tuple[int, Interval]) -> tuple[int, Interval] | None:
    factor, (low, high) = constant
    if factor != 0 or low != high:
        return None
    ends = sorted((other[1][0] * low, other[1][1] * low))
    return other[0] * low, (ends[0], ends[1])


def _interval(name: str, reduce: Reduce, scope: Scope) -> Interval | None:
    if name in scope.indices:
        coordinates = scope.indices[name]
        return (int(coordinates.min()), int(coordinates.max())) if len(coordinates) else None
    if any(bound.index == name for bound in reduce.bounds):
        lengths = [
            n for position, n in _accesses(reduce.body, scope) if isinstance(position, Name) and position.name == name
        ]
        return (0, max(lengths) - 1) if lengths else scope.letters.get(name) or _written(name, reduce, scope)
    if name in scope.names:
        value = scope.names[name]
        if isinstance(value, Value):  # an index at a few sampled places
            return int(np.min(value.data)), int(np.max(value.data))
        if isinstance(value, int | np.integer) and not isinstance(value, bool):
            return int(value), int(value)
    return None


def _written(name: str, reduce: Reduce, scope: Scope) -> Interval | None:
    """The limits that are written for an index, where no other index stands in them: `max[j=0..p-1] x[s*k+j]`."""
    for bound in reduce.bounds:
        if bound.index == name and bound.low is not None and bound.high is not None:
            ends = [None if names_in(e) & scope.indices.keys() else _linear(e, name, reduce, scope)
                    for e in (bound.low, bound.high)]  # fmt: skip
            if ends[0] is not None and ends[1] is not None and ends[0][0] == ends[1][0] == 0:
                return ends[0][1][0], ends[1][1][1]
    return None


def free_indices(expr: Expr, known: frozenset[str]) -> dict[str, None]:
    """Names that are not known and not bound by a sum: the free indices, in order of appearance."""
    found: dict[str, None] = {}
    _collect(expr, known, found)
    return found


def _collect(expr: Expr, known: frozenset[str], found: dict[str, None]) -> None:
    if isinstance(expr, Name):
        if expr.name not in known:
            found[expr.name] = None
    elif isinstance(expr, Reduce):
        # Sizes in limits (`N-1`) are not indices, even when nobody declared them.
        _collect(expr.body, known | {b.index for b in expr.bounds}, found)
    else:
        for child in children(expr):
            _collect(child, known, found)


def usual_start(bound: Bound, low: Value | None) -> Value | None:
    """The lower limit below an upper one that nobody declared, where the two mean the whole range.

    Only 0 to N-1, 1 to N and, for a kernel of length K, 0 to N-K do, for some letter N: any other pair, such as 0 to
    N-2, may leave elements out.
    """
    start = 0 if low is None else None if low.axes else int(low.data)
    high = bound.high
    less_one = isinstance(high, Op) and high.op == "add" and len(high.args) == 2 and _is_minus_one(high.args[1])
    letter = high.args[0] if less_one and isinstance(high, Op) else high
    if isinstance(letter, Name | Index) and (
        (start == 0 and (less_one or low is None)) or (start == 1 and not less_one)
    ):
        return None
    if start == 0 and is_all_but_kernel(high):
        return None
    raise Undecided(f"the limits of {bound.index} cannot be followed", *bound.place)


def is_all_but_kernel(high: Expr | None) -> bool:
    """`H - K_1`, the last place of a kernel inside its input."""
    if not isinstance(high, Op) or high.op != "add" or len(high.args) != 2:
        return False
    length, less = high.args
    kernel = less.args[0] if isinstance(less, Op) and less.op == "neg" else None
    names = [base_name(one) for one in (length, kernel)]
    return all(names) and names[1][0] in "KkFf" and names[0][0] not in "KkFf"


def _is_minus_one(expr: Expr) -> bool:
    return isinstance(expr, Op) and expr.op == "neg" and isinstance(expr.args[0], Num) and expr.args[0].value == 1
