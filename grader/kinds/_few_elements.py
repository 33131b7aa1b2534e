"""A few elements of an answer, at which a formula is tried first: only one that agrees there is computed in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

import numpy as np

from grader.maths.values import Value, spread

COUNT = 6
AXIS = "at"
LOOSE = 1e-6  # looser than the full comparison, which decides
Coordinates = Mapping[str, np.ndarray]


def letters_at(mine: Sequence[str], theirs: Sequence[str], coordinates: Coordinates) -> dict[str, Any]:
    """What the letters of a student are there, which stand for those of the truth, one by one."""
    return {
        own: Value((AXIS,), coordinates[letter][_places(len(coordinates[letter]), k)])
        for k, (own, letter) in enumerate(zip(mine, theirs, strict=True))
    }


def taken_from(value: Value, letters: Sequence[str], coordinates: Coordinates) -> list[float]:
    """What a value that is known in full is there."""
    at = tuple(_places(len(coordinates[letter]), k) for k, letter in enumerate(letters))
    shape = tuple(len(coordinates[letter]) for letter in letters)
    whole = np.broadcast_to(np.asarray(spread(value, tuple(letters), 0), dtype=float), shape)
    return cast("list[float]", whole[at].tolist())


def are_near(found: Sequence[float], wanted: Sequence[float]) -> bool:
    """Whether two formulas may be equal, as far as these elements tell."""
    return all(abs(f - w) <= LOOSE * (abs(w) + LOOSE) for f, w in zip(found, wanted, strict=True))


@lru_cache(maxsize=500)
def _places(length: int, axis: int) -> np.ndarray:
    """Places along an axis of the answer, different from axis to axis."""
    return np.asarray((np.arange(COUNT) * (2 * axis + 3) + axis) % length)
