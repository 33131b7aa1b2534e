"""Equations about the given data that are false: a right list beside `y[k] = x[k+2]` is for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial, reduce
from itertools import pairwise
from typing import Any

import numpy as np

from grader.kinds.kind import View
from grader.marking.arithmetic import false_equation
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
    Relation,
    base_name,
    names_in,
    nodes_of,
    rebuilt,
    walk,
)
from grader.model.results import Finding
from grader.notation.reading import Claim
from grader.prepare.parts import PreparedPart

_LOOSE = 0.02  # between two sides: 2/3 = 0.67
_MOST = 80  # nodes of an equation
_CONSTANT = frozenset(["pi", "e", "infty"])  # which an answer may call something of its own


def false_fact(claims: Iterable[Claim], world: World, *, from_one: bool) -> Claim | None:
    """The first claim with two sides next to each other that differ, both told by given data, or one an element of it.

    Letters that no name stands for are indices where one side is an array at them alone, `y[k] = ...`: then both sides
    are compared at all places. With `from_one`, equations that all hold when counted from 1 are no contradiction.
    """
    equations = [(claim, pair) for claim in claims for pair in _equations(claim, world)]
    held = [(claim, pair, _holds(*pair, world)) for claim, pair in equations]
    false = next((claim for claim, _, holds in held if holds is False), None)
    if false is None or not from_one:
        return false
    counted = [_holds(_shifted(a), _shifted(b), world) for _, (a, b), holds in held if holds is not None]
    return None if all(counted) else false


def _equations(claim: Claim, world: World) -> Iterator[tuple[Expr, Expr]]:
    """Sides next to each other that say something of the data: a result alone, `det A = 3`, is an answer of its own."""
    expr = claim.expr
    if not isinstance(expr, Relation) or set(expr.ops) != {"="} or sum(1 for _ in walk(expr)) > _MOST:
        return
    for left, right in pairwise(expr.operands):
        if (
            left is None
            or right is None
            or any(name not in world for name in _CONSTANT & (names_in(left) | names_in(right)))
        ):
            continue
        told = [any(name in world for name in names_in(side)) for side in (left, right)]
        if all(told) or (told[0] and (isinstance(left, Name) or base_name(left) in world)):
            yield left, right


def _holds(left: Expr, right: Expr, world: World) -> bool | None:
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


def _shifted(side: Expr) -> Expr:
    """The same side with every index one less."""
    side = rebuilt(side, _shifted)
    if not isinstance(side, Index):
        return side
    less = Op("neg", (Num(1, side.place, "1"),), side.place)
    return side._replace(indices=tuple(Op("add", (index, less), side.place) for index in side.indices))


def false_statement(prepared: PreparedPart, view: View, finding: Finding) -> Claim | None:
    """An equation beside a right answer that is false: between numbers, or about the data of the question."""
    kind = prepared.kind
    if kind is None or not kind.calculates:
        return None
    claims = view.reading(**kind.reads).claims
    if (said := false_equation(claims)) is not None or prepared.given is None:
        return said
    listed = kind.name == "array"  # the place in `Z[0,1] = 6` is not part of a number
    others = [claim for claim in claims if listed or claim.place not in finding.spans]
    return false_fact(others, prepared.given, from_one=not listed)
