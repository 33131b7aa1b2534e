"""Which of the things that came back stands for which of those that were expected, where their order says nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

_MOST = 500  # rows that are matched one by one
_MOST_SUMS = 200_000_000  # differences that are taken for it


def weight(value: Any) -> int:
    """How many things a list holds, those inside its lists too."""
    return sum(map(weight, value)) + 1 if isinstance(value, list | tuple | set) else 1


def shared(expected: Sequence[Any], found: Sequence[Any], change: Callable[[Any], Any]) -> int:
    """How many of the things expected are there, each as often as it is expected; things are what `change` gives."""
    return (Counter(map(change, expected)) & Counter(map(change, found))).total()


def matched(expected: Sequence[Any], found: Sequence[Any], equal: Callable[[Any, Any], bool]) -> list[int]:
    """For each expected thing the number of the one that stands for it, -1 for none; each stands for one alone."""
    places: list[int] = []
    free = dict.fromkeys(range(len(found)))
    for one in expected:
        place = next((number for number in free if equal(one, found[number])), -1)
        free.pop(place, None)
        places.append(place)
    return places


def aligned(expected: np.ndarray, found: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Two arrays of one shape: the rows of the second in the order in which they come nearest to those of the first.

    Long vectors of real numbers are both sorted instead; of other long arrays the order counts.
    """
    count = len(expected)
    if not count:
        return expected, found
    if count > _MOST or count * expected.size > _MOST_SUMS:
        plain = expected.ndim == 1 and expected.dtype.kind in "biuf" and found.dtype.kind in "biuf"
        return (np.sort(expected), np.sort(found)) if plain else (expected, found)
    rows, others = (np.asarray(one, dtype=complex).reshape(count, -1) for one in (expected, found))
    free, order = np.ones(count, dtype=bool), list[int]()
    with np.errstate(all="ignore"):
        for row in rows:
            far = np.nan_to_num(np.max(np.abs(others - row), axis=1, initial=0.0), nan=np.finfo(float).max)
            nearest = int(np.argmin(np.where(free, far, np.inf)))
            free[nearest] = False
            order.append(nearest)
    return expected, np.asarray(found[order])
