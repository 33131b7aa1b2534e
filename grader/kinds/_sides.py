"""Samples on both sides of whatever a reference distinguishes: an income above 10,000, a whole number below 3."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from grader.kinds._roots import apart, apart_from_order, roots_of
from grader.maths.conditions import turns_in
from grader.maths.evaluation import evaluate
from grader.maths.sampling import POINT_AXIS
from grader.maths.values import Value
from grader.maths.worlds import Domain, World
from grader.model.errors import Undecided, Unreadable
from grader.model.expressions import Expr, Index, Name, names_in

_MOST_TURNS, _MOST_WORLDS = 60, 120
_LARGEST_WHOLE = 100_000  # a sum up to a larger number takes long


def worlds_on_both_sides(bodies: Iterable[Expr], samples: Sequence[World]) -> list[World]:
    """The first sample with one number, or one array, moved between all turns between which no sample lies.

    Without them a tax of 10 % up to 10,000 and 20 % above would be 10 % of any income. Whole numbers are moved onto
    the turns and next to them as well, since n > 3 and n > 2 differ at one of them. Raises Undecided where there are
    more than can be looked at: what is not compared must not pass.
    """
    turns = apart_from_order(turn for body in bodies for turn in turns_in(body))
    found: list[World] = []
    for name in sorted({name for turn in turns for side in turn for name in names_in(side)} & samples[0].free.keys()):
        found += _moved(turns, name, samples)
    for one, other in turns:
        for side, rest in ((one, other), (other, one)):
            found += _shifted(side, rest, samples)
    if len(turns) > _MOST_TURNS or len(found) > _MOST_WORLDS:
        raise Undecided("it distinguishes more cases than can be compared", 0, 0)
    return found


def _moved(turns: Sequence[tuple[Expr, Expr]], name: str, samples: Sequence[World]) -> Iterator[World]:
    base, domain = samples[0], samples[0].free[name]
    own = [turn for turn in turns if name in names_in(turn[0]) | names_in(turn[1])][:_MOST_TURNS]
    roots = [root for one, other in own for root in roots_of(apart(one, other, name, base), domain)]
    if not roots:
        return
    known = np.concatenate([np.ravel(_data(world[name])) for world in samples]).astype(float)
    if domain.whole:
        near = sorted({number for root in roots for number in _next_to(root, domain)} - set(known.tolist()))
        yield from (base.with_data({name: number}) for number in near)
    else:
        for values in _between(np.sort(np.stack(roots), axis=0), _data(base[name]), known, domain):
            yield base.with_data({name: Value((POINT_AXIS,), values)})


def _data(value: object) -> np.ndarray:
    return np.asarray(value.data if isinstance(value, Value) else value)


def _next_to(root: np.ndarray, domain: Domain) -> list[int]:
    """The whole numbers on both sides of the first turns, and one more, as far as they belong to the domain."""
    turns = np.unique(root[np.isfinite(root) & (np.abs(root) < _LARGEST_WHOLE)])[:2]
    near = {int(np.floor(turn)) + step for turn in turns for step in (-1, 0, 1, 2)}
    return [number for number in near if domain.low <= number <= domain.high]


def _between(roots: np.ndarray, values: np.ndarray, known: np.ndarray, domain: Domain) -> Iterator[np.ndarray]:
    """The drawn values, moved below, between and above the sorted turns (turns x points, NaN last) of each point."""
    size = np.abs(values)
    part = 0.02 + 0.96 * size / (1 + size)  # inside of 0 to 1
    below = np.full((1, roots.shape[1]), float(domain.low))
    edges = np.concatenate([below, np.where(np.isnan(roots), domain.high, roots), np.full_like(below, domain.high)])
    for low, high in pairwise(edges):
        open_ = low < high
        if not open_.any() or _is_reached(low[open_], high[open_], known):
            continue
        with np.errstate(invalid="ignore"):  # inf - inf, where neither end is one
            step = np.where(np.isinf(high), size, (high - low) * part)
            moved = np.where(np.isinf(low), np.where(np.isinf(high), values, high - size), low + step)
        yield np.where(open_, moved, values)


def _is_reached(low: np.ndarray, high: np.ndarray, known: np.ndarray) -> bool:
    """Whether a sample lies between two turns; of turns that differ from point to point nobody says so."""
    alike = bool((low == low[0]).all() and (high == high[0]).all())
    return alike and bool(((known > low[0]) & (known < high[0])).any())


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
    except (Unreadable, TypeError, ValueError, OverflowError):
        return
    if number.ndim or not np.isfinite(number) or array.shape[-1:] == array.shape[-2:-1]:
        return
    if not array.min() < number < array.max():
        yield samples[0].with_data({base.name: array + number})
