"""More samples at which a right formula must be right as well: other lengths, other signs, other magnitudes.

Most formulas are told apart by the first samples. Some are not: `|w^T x|` where the product happens to be positive,
x[2*k] where the stride happens to be 2 in both, [n = m] where two whole numbers are never the same. These samples are
made, and the reference is evaluated there, only when an answer agrees with it at the first ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import combinations, islice
from typing import Any

import numpy as np

from grader.kinds._expected import Expected
from grader.kinds._references import Evaluated
from grader.maths.worlds import Definition, World
from grader.model.errors import Unreadable

OTHERS = 5  # samples with other lengths
_MOST_ARRAYS = 3  # that are turned to the other sign, one at a time
_MOST_NUMBERS = 3  # whole numbers that are made equal, and set to the ends of their ranges
_STRETCHED = 4.0  # by which an array is stretched: what a clip at 6 leaves alone lies within
_SHRUNK = 0.1
_BESIDE = (0, 1, -1, -2)  # values of a whole number without a range


class Further:
    """A reference at more samples, evaluated when it is first asked for."""

    def __init__(self, expected: Expected, samples: Sequence[World], evaluate: Callable[[World], Evaluated]) -> None:
        self._samples, self._evaluate = samples, evaluate
        self._expected: Expected | None = expected
        self._made: tuple[Expected, ...] = ()

    def __call__(self) -> tuple[Expected, ...]:
        """One reference for each sample, so that one of which nobody can tell hides no other."""
        if self._expected is not None:
            first, self._expected = self._expected._replace(meeting=None), None
            made: list[Expected] = []
            for world in _worlds(first.samples, self._samples):
                with suppress(Unreadable, ArithmeticError, ValueError, np.linalg.LinAlgError):
                    truth, coordinates, sample = self._evaluate(world)
                    if np.all(np.isfinite(np.asarray(truth.data, dtype=complex))):
                        made.append(
                            first._replace(
                                truths=(truth,),
                                coordinates=(coordinates,),
                                samples=(sample,),
                                likely=True,
                                further=None,
                            )
                        )
            self._made = tuple(made)
        return self._made


def _worlds(first: Sequence[World], samples: Sequence[World]) -> Iterator[World]:
    for at in range(len(first), len(first) + OTHERS):
        try:
            yield samples[at]
        except IndexError:
            break
    for world in samples[:1]:  # which all questions of a problem share, and with it what is computed in these
        yield from world.remember("turned worlds", lambda: (*_turned(world), *_with_whole_numbers(world)))  # noqa: B023


def _turned(world: World) -> Iterator[World]:
    """The world with each of its arrays turned to the other sign and larger, and with all of them smaller.

    Square arrays are left alone: they may be declared to have a structure. One at a time is stretched, for a sigmoid of
    large sums is 1 to the last digit.
    """
    free = {
        name: np.asarray(world[name])
        for name, lengths in world.shapes.items()
        if lengths and (len(lengths) < 2 or lengths[-1] != lengths[-2]) and name not in world.data
    }
    for name, array in islice(sorted(free.items()), _MOST_ARRAYS):
        yield _redrawn(world, {name: -_STRETCHED * array})
    if free:
        yield _redrawn(world, {name: array * _SHRUNK for name, array in free.items()})


def _redrawn(world: World, arrays: dict[str, np.ndarray]) -> World:
    """The world with other samples: what is made of labels there is made of them again."""
    return world.with_definitions({name: Definition(name, lambda array=array: array) for name, array in arrays.items()})


def _with_whole_numbers(world: World) -> Iterator[World]:
    """The world with two whole numbers the same, and with each at the ends of its range, at zero and below."""
    whole = {name: domain for name, domain in sorted(world.free.items()) if domain.whole}
    names = list(whole)[:_MOST_NUMBERS]
    for one, other in combinations(names, 2):
        low = max(whole[one].low, whole[other].low, 2)
        if low <= min(whole[one].high, whole[other].high):
            yield world.with_data({one: int(low), other: int(low)})
    for name in names:
        low, high = whole[name].low, whole[name].high
        ends: list[Any] = [int(end) for end in (low, high) if np.isfinite(end)]
        beside = [value for value in _BESIDE if low <= value <= high]
        for value in dict.fromkeys((*ends, *beside)):
            yield world.with_data({name: value})
