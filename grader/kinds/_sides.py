"""Samples on both sides of whatever a reference distinguishes: an income above 10,000, a whole number below 3."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from grader.kinds._roots import numbers, zeros
from grader.maths.conditions import turns_in
from grader.maths.evaluation import evaluate
from grader.maths.sampling import POINT_AXIS, POINTS
from grader.maths.values import Value
from grader.maths.worlds import Domain, World
from grader.model.errors import Unreadable
from grader.model.expressions import Expr, Index, Name, Op, names_in

_MOST_TURNS, _MOST_WORLDS = 8, 12
_LARGEST_WHOLE = 100_000  # a sum up to a larger number takes long


def worlds_on_both_sides(bodies: Iterable[Expr], samples: Sequence[World]) -> list[World]:
    """The first sample with one number, or one array, moved to a side of a turn that no sample has reached.

    Without them a tax of 10 % up to 10,000 and 20 % above would be 10 % of any income. Whole numbers are moved onto
    the turn and next to it as well, since n > 3 and n > 2 differ at one of them.
    """
    turns = list(dict.fromkeys(turn for body in bodies for turn in turns_in(body)))[:_MOST_TURNS]
    found: list[World] = []
    for one, other in turns:
        for name in sorted((names_in(one) | names_in(other)) & samples[0].free.keys()):
            found += _moved(one, other, name, samples)
        for side, rest in ((one, other), (other, one)):
            found += _shifted(side, rest, samples)
    return found[:_MOST_WORLDS]


def _moved(one: Expr, other: Expr, name: str, samples: Sequence[World]) -> Iterator[World]:
    base, domain = samples[0], samples[0].free[name]
    apart = Op("add", (one, Op("neg", (other,), other.place)), one.place)

    def at(moved: np.ndarray) -> np.ndarray | None:
        return numbers(apart, base.with_data({name: Value((POINT_AXIS,), moved)}), POINTS)

    known = np.concatenate([np.ravel(_data(world[name])) for world in samples]).astype(float)
    for root in zeros(at, np.zeros(POINTS)):
        if root is None:
            continue
        if domain.whole:
            yield from (base.with_data({name: number}) for number in _next_to(root, domain) if number not in known)
        else:
            yield from (
                base.with_data({name: Value((POINT_AXIS,), values)})
                for values in _beyond(root, _data(base[name]), known, domain)
            )


def _data(value: object) -> np.ndarray:
    return np.asarray(value.data if isinstance(value, Value) else value)


def _next_to(root: np.ndarray, domain: Domain) -> list[int]:
    """The whole numbers on both sides of the first turns, and one more, as far as they belong to the domain."""
    turns = np.unique(root[np.isfinite(root) & (np.abs(root) < _LARGEST_WHOLE)])[:2]
    near = {int(np.floor(turn)) + step for turn in turns for step in (-1, 0, 1, 2)}
    return sorted(number for number in near if domain.low <= number <= domain.high)


def _beyond(root: np.ndarray, values: np.ndarray, known: np.ndarray, domain: Domain) -> Iterator[np.ndarray]:
    """The drawn values, moved above and below the turns where no sample lies there yet."""
    inside = np.isfinite(root) & (root > domain.low) & (root < domain.high)
    if not inside.any():
        return
    size = np.abs(values)
    part = size / (1 + size)  # from 0 to 1
    if known.max() <= root[inside].max():
        step = size if np.isinf(domain.high) else (domain.high - root) * part
        yield np.where(inside, root + step, values)
    if known.min() >= root[inside].min():
        step = size if np.isinf(domain.low) else (root - domain.low) * part
        yield np.where(inside, root - step, values)


def _shifted(side: Expr, rest: Expr, samples: Sequence[World]) -> Iterator[World]:
    """An array all of whose elements lie on one side of a number, moved so that the number lies in their midst.

    Square ones are left alone: they may be declared to be orthogonal or positive definite, which this array is not.
    """
    base = side.base if isinstance(side, Index) else None
    if not isinstance(base, Name) or base.name not in samples[0].shapes or base.name in names_in(rest):
        return
    array = samples[0][base.name]
    try:
        number = np.asarray(evaluate(rest, samples[0].scope()).data, dtype=float)
    except (Unreadable, TypeError, ValueError):
        return
    if number.ndim or not np.isfinite(number) or array.shape[-1:] == array.shape[-2:-1]:
        return
    if not array.min() < number < array.max():
        yield samples[0].with_data({base.name: array + number})
