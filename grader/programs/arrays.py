"""Plain data of the sandbox as arrays of numpy: what was sent as one, and lists of numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.sandbox.values import Array

_MOST_AXES = 32  # of a list of lists; numpy itself ends at 64
_MOST = 1_000_000  # numbers in a list that is compared as an array


def array_of(value: Array) -> np.ndarray:
    """The array that the data stand for."""
    return np.frombuffer(value.data, value.dtype).reshape(value.shape)


def from_plain(value: Any) -> Any:
    """What a reference gave back, as it is compared with."""
    if isinstance(value, Array):
        return array_of(value).copy()
    if isinstance(value, list | tuple):
        return type(value)(from_plain(item) for item in value)
    return {key: from_plain(item) for key, item in value.items()} if isinstance(value, dict) else value


def from_list(found: Any) -> np.ndarray | None:
    """A list of numbers, or of lists of equal length, as an array."""
    if all(type(item) is float for item in found[:_MOST]) and len(found) <= _MOST:
        return np.array(found, dtype=float)
    rows = [_unlisted(item) for item in found[:_MOST]]
    if len(found) > _MOST or any(row is None for row in rows):
        return None
    arrays = [row for row in rows if row is not None]
    if len({row.shape for row in arrays}) > 1 or (arrays and arrays[0].ndim >= _MOST_AXES):
        return None
    return np.array(arrays) if arrays else np.zeros(0)


def _unlisted(item: Any) -> np.ndarray | None:
    if isinstance(item, list | tuple):
        return from_list(item)
    if isinstance(item, Array):
        return array_of(item)
    if isinstance(item, np.ndarray | np.generic):
        return np.asarray(item)
    if isinstance(item, bool | int | float | complex):
        return np.asarray(float_of(item) if isinstance(item, int) and abs(item) >= 2**62 else item)
    return None


def float_of(value: int) -> float:
    """A float, infinite where there is none so large."""
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")
