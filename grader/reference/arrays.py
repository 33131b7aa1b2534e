"""Arrays as a rubric handles them: totals, positions, filled arrays."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

LARGEST = 5_000_000  # elements; a rubric or an answer that asks for more is not computed


def total(values: Any) -> Any:
    """The sum of all elements; exact for whole numbers."""
    return np.sum(values).item()


def product(values: Any) -> Any:
    """The product of all elements; exact, without wrap-around, for whole numbers."""
    flat = np.ravel(values)
    return math.prod(int(v) for v in flat) if flat.dtype.kind in "iub" else np.prod(flat).item()


def mean(values: Any) -> Any:
    """The mean of all elements."""
    return np.mean(values).item()


def where(condition: Any) -> np.ndarray:
    """Positions at which a condition holds: shape (count, number of axes), in row-major order, from 0."""
    return np.argwhere(np.asarray(condition, dtype=bool))


def filled(value: int, *sizes: Any) -> np.ndarray:
    """An array of one value; sizes as numbers or as one sequence. Raises ValueError if it would be huge."""
    lengths = [int(size) for size in np.ravel(np.array(sizes if len(sizes) > 1 else sizes[0]))]
    if any(length < 0 for length in lengths) or math.prod(lengths) > LARGEST:
        raise ValueError(f"an array of shape {tuple(lengths)}")
    return np.full(lengths, value)


def rank(matrix: Any) -> int:
    """How many singular values are above 1e-9 of the largest; of anything but a matrix ValueError."""
    array = np.asarray(matrix, dtype=complex)
    if array.ndim != 2:
        raise ValueError("rank of what is no matrix")
    sizes = np.linalg.svd(array, compute_uv=False) if array.size else np.zeros(0)
    return int(np.sum(sizes > 1e-9 * np.max(sizes, initial=0)))


def nullity(matrix: Any) -> int:
    """The dimension of the space that a matrix makes 0: its columns without its rank."""
    return int(np.asarray(matrix).shape[-1]) - rank(matrix)
