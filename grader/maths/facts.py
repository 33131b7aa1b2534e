"""Whether an equation about known arrays holds, at all places of free indices: `y[k] = x[2k]`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial, reduce
from typing import Any

import numpy as np

from grader.maths.evaluation import evaluate
from grader.maths.scope import Scope
from grader.maths.values import Value, combine, spread
from grader.maths.worlds import World
from grader.model.errors import Unreadable
from grader.model.expressions import (
    Expr,
    Index,
    Name,
    Num,
    Op,
    Reduce,
    base_name,
    names_in,
    nodes_of,
    rebuilt,
    walk,
)

_LOOSE = 0.02  # between two sides: 2/3 = 0.67
CONSTANT = frozenset(["pi", "e", "infty"])  # which an answer may call something of its own


def holds(left: Expr, right: Expr, world: World) -> bool | None:
    """Whether both sides are the same wherever both have values of one shape; None where that is nowhere."""
    try:
        scope = world.scope(_indices(left, right, world))
        if any(_is_of_matrices(node, scope) for side in (left, right) for node in walk(side)):
            return None
        one, other = evaluate(left, scope), evaluate(right, scope)
        inside = reduce(partial(combine, np.logical_and), _places_inside((left, right), scope), Value((), True))
    except (Unreadable, KeyError):
        return None
    if set(one.axes) != set(other.axes) or one.shape != other.shape or not set(inside.axes) <= set(one.axes):
        return None
    mine, theirs = (np.asarray(spread(side, one.axes, side.rank)) for side in (one, other))
    if mine.dtype.kind not in "biufc" or theirs.dtype.kind not in "biufc" or not np.any(inside.data):
        return None
    compared = np.isclose(mine, theirs, rtol=_LOOSE, atol=1e-9) | ~np.asarray(spread(inside, one.axes, one.rank))
    return bool(np.all(compared))


def _indices(left: Expr, right: Expr, world: World) -> dict[str, np.ndarray]:
    """The values of free letters: those at which an array on one side, alone with them, has elements."""
    bound = {one.index for side in (left, right) for total in nodes_of(Reduce, side) for one in total.bounds}
    free = (names_in(left) | names_in(right)) - world.keys() - bound
    for side in (left, right) if free else ():
        letters = [index.name for index in side.indices if isinstance(index, Name)] if isinstance(side, Index) else []
        if isinstance(side, Index) and free <= set(letters) and len(letters) == len(side.indices):
            lengths = np.shape(world[base_name(side)])
            if len(lengths) == len(letters) == len(set(letters)):
                return dict(zip(letters, map(np.arange, lengths), strict=True))
    return {}


def _is_of_matrices(node: Expr, scope: Scope) -> bool:
    """A power or a quotient of whole arrays: an inverse, not taken element by element."""
    if not isinstance(node, Op) or node.op not in ("pow", "div"):
        return False
    return any(evaluate(arg, scope).rank for arg in node.args)


def _places_inside(sides: Iterable[Expr], scope: Scope) -> Iterator[Value]:
    """For each index of a known array, where it lies inside."""
    for node in (node for side in sides for node in walk(side)):
        if not isinstance(node, Index) or not isinstance(node.base, Name) or node.base.name not in scope.names:
            continue
        for index, length in zip(node.indices, np.shape(scope.names[node.base.name]), strict=False):
            try:
                place = evaluate(index, scope)
            except Unreadable:  # the index of a sum, a slice
                continue
            yield combine(partial(_is_within, length), place)


def _is_within(length: int, place: Any) -> Any:
    return np.logical_and(np.greater_equal(place, 0), np.less(place, length))


def shifted(side: Expr) -> Expr:
    """The same side with every index one less."""
    side = rebuilt(side, shifted)
    if not isinstance(side, Index):
        return side
    less = Op("neg", (Num(1, side.place, "1"),), side.place)
    return side._replace(indices=tuple(Op("add", (index, less), side.place) for index in side.indices))
