"""Which of the things that came back stands for which of those that were expected, where their order says nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

MOST_MATCHED = 500  # things to be matched one by one


def matched(expected: Sequence[Any], found: Sequence[Any], equal: Callable[[Any, Any], bool]) -> list[int]:
    """For each expected thing the number of the one that stands for it, -1 for none; each stands for one alone."""
    places: list[int] = []
    free = dict.fromkeys(range(min(len(found), MOST_MATCHED)))
    for one in expected[:MOST_MATCHED]:
        place = next((number for number in free if equal(one, found[number])), -1)
        free.pop(place, None)
        places.append(place)
    return places + [-1] * (len(expected) - len(places))


def aligned(expected: np.ndarray, found: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Two arrays of one shape: the rows of the second in the order in which they come nearest to those of the first.

    Long vectors of real numbers are both sorted instead; of other long arrays the order counts.
    """
    count = len(expected)
    if count > MOST_MATCHED:
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
