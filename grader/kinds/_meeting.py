"""Samples where the cases of a reference meet: x > 4 and x >= 4 differ at one number, which no other sample hits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

import numpy as np

from grader.kinds._expected import Expected
from grader.kinds._references import Evaluated, evaluated
from grader.kinds._roots import apart, apart_from_order, numbers, zeros
from grader.maths.conditions import conditions_in
from grader.maths.dependence import reachable
from grader.maths.evaluation import evaluate
from grader.maths.sampling import POINT_AXIS
from grader.maths.values import Value
from grader.maths.worlds import Definition, World
from grader.model.errors import Unreadable
from grader.model.expressions import Expr, Index, Name, names_in

_GRID = 64  # other numbers become parts of this, so that sums and differences of them are exact


def at_meeting_cases(expected: Expected, definition: Definition) -> Expected | None:
    """The same reference at samples where its cases meet; None without any.

    Of a derivative nothing is asked there: it has no value where its cases meet, and 0 or 1 is a convention.
    """
    if "/" in definition.name or not isinstance(definition.body, Expr):
        return None
    sample = expected.samples[0]
    found: list[Evaluated] = []
    for world in worlds_where_cases_meet(reachable(definition.body, sample.definitions), sample):
        with suppress(Unreadable):
            found.append(evaluated(definition, world))
    if not found:
        return None
    truths, coordinates, samples = zip(*found, strict=True)
    return expected._replace(truths=truths, coordinates=coordinates, samples=samples)


def worlds_where_cases_meet(bodies: Iterable[Expr], sample: World) -> Iterator[World]:
    """The sample with one name moved so that both sides of a condition are equal, to the last digit.

    Only to values inside its domain: 0 is none for a positive x. Whole numbers stay: the other samples lie on the
    edge already, and next to it.
    """
    found = apart_from_order(pair for body in bodies for pair in conditions_in(body))
    names = sorted({name for pair in found for side in pair for name in names_in(side)})
    drawn = {name: sample[name] for name in names if _is_drawn(name, sample)}
    on_grid = sample.with_data({name: _on_grid(data) for name, data in drawn.items()})
    for one, other in found:
        for name in sorted((names_in(one) | names_in(other)) & drawn.keys()):
            if _is_free(drawn[name]):
                yield from _moved(one, other, name, on_grid)
        for side, rest in ((one, other), (other, one)):
            yield from _filled(side, rest, on_grid)


def _is_drawn(name: str, sample: World) -> bool:
    """Whether a name has values of a sample's own, and is neither given nor worked out."""
    definition = sample.definitions.get(name)
    return definition is not None and name not in sample.data and callable(definition.body)


def _is_free(data: Any) -> bool:
    """Whether this is a number: its values lie along the axis of points."""
    return isinstance(data, Value) and data.axes == (POINT_AXIS,)


def _on_grid(data: Any) -> Any:
    """Values with few digits; those that would become zero stay as they are, since zero may be outside the domain."""
    if not _is_free(data) or np.asarray(data.data).dtype.kind in "iu":
        return data
    values = np.asarray(data.data)
    near = np.round(values * _GRID) / _GRID
    return Value(data.axes, np.where(near == 0, values, near))


def _moved(one: Expr, other: Expr, name: str, world: World) -> Iterator[World]:
    """A drawn number at the zeros of the parabola through the difference of both sides, where that is exactly zero."""
    values, domain = np.asarray(world.data[name].data), world.free.get(name)
    at = apart(one, other, name, world, len(values))
    straight = other if _is_name(one, name) else one if _is_name(other, name) else None
    roots = [numbers(straight, world, len(values))] if straight is not None else zeros(at, values)
    low, high = (values.min(), values.max()) if domain is None else (domain.low, domain.high)
    for root in roots:
        if root is None:
            continue
        inside = np.isfinite(root) & (root > low) & (root < high)
        moved = np.where(inside, root, values).astype(values.dtype)
        rest = at(moved)
        if rest is not None and (inside & (rest == 0)).any():
            yield world.with_data({name: Value((POINT_AXIS,), moved)})


def _is_name(side: Expr, name: str) -> bool:
    return isinstance(side, Name) and side.name == name


def _filled(side: Expr, rest: Expr, world: World) -> Iterator[World]:
    """An array all of whose elements are the number that they are compared with: Z[i] > 4.

    Square ones are left alone: they may be declared to be orthogonal or positive definite, which this array is not.
    """
    base = side.base if isinstance(side, Index) else None
    data = world.data.get(base.name) if isinstance(base, Name) else None
    if not isinstance(base, Name) or not isinstance(data, np.ndarray) or base.name in names_in(rest):
        return
    try:
        value = evaluate(rest, world.scope())
    except Unreadable:
        return
    number = np.asarray(value.data, dtype=float)
    if not value.axes and number.ndim == 0 and np.isfinite(number) and data.shape[-1:] != data.shape[-2:-1]:
        yield world.with_data({base.name: np.full(data.shape, float(number))})
