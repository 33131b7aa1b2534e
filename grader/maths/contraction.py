"""The sum of a product of arrays, without the array of all its terms."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from grader.maths import values
from grader.maths.values import Value, broadcast_size, combine, spread

_WORTH_PLANNING = 20_000  # terms of a sum from which a matrix product, with all its preparation, is faster


def contract(factors: Sequence[Value], summed: Mapping[str, int]) -> Value | None:
    """The product of all factors, summed over some axes, whose lengths are given.

    None if a factor is a whole array or not of floats: then the sum is no plain contraction, or must stay exact.
    """
    if any(value.rank or (value.axes and value.data.dtype.kind != "f") for value in factors):
        return None
    arrays = sorted((value for value in factors if value.axes), key=lambda value: value.data.ndim)
    while len(arrays) > 2:
        arrays = [combine(values.multiply, arrays[0], arrays[1]), *arrays[2:]]
    if not arrays:
        return None
    total = _einsum(arrays, summed)
    repeats = math.prod(length for axis, length in summed.items() if axis not in values.union(*arrays))
    for number in (*(value for value in factors if not value.axes), Value((), repeats)):
        if number.data != 1:
            total = combine(values.multiply, total, number)
    return total


def _einsum(arrays: Sequence[Value], summed: Mapping[str, int]) -> Value:
    axes = values.union(*arrays)
    left = [at for at, axis in enumerate(axes) if axis not in summed]
    operands = [item for value in arrays for item in (value.data, [axes.index(axis) for axis in value.axes])]
    terms = broadcast_size([np.asarray(spread(value, axes, 0)) for value in arrays])
    with np.errstate(all="ignore"):
        data = np.einsum(*operands, left, optimize=terms > _WORTH_PLANNING)
    return Value(tuple(axes[at] for at in left), data if left else data.item())
