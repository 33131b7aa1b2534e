"""Takes elements out of an array at computed positions; outside the array there are zeros."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from grader.maths import values
from grader.maths.values import Value
from grader.model.errors import Undecided
from grader.model.expressions import Expr, Index, Reduce

_LEAST, _MOST = np.minimum.reduce, np.maximum.reduce  # what the methods call in the end


def gather(data: np.ndarray, positions: list[Value]) -> Value:
    """Elements of an array at computed positions, zero outside it."""
    axes = values.union(*positions)
    coordinates = [integers(values.spread(position, axes, 0)) for position in positions]
    size = values.broadcast_size(coordinates)
    if size > values.LARGEST:
        raise Undecided("this needs too large an array")
    lengths = data.shape[: len(coordinates)]
    if 0 in lengths:
        raise Undecided("this array is empty")
    inside: Any = True
    for at, (length, places) in enumerate(zip(lengths, coordinates, strict=True)):
        if size and (_LEAST(places, axis=None) < 0 or _MOST(places, axis=None) >= length):
            inside = inside & (places >= 0) & (places < length)
            coordinates[at] = np.minimum(np.maximum(places, 0), length - 1)
    picked = data[tuple(coordinates)]
    if not isinstance(picked, np.ndarray):  # one element: a plain number, so that counts stay exact
        if not np.all(inside):
            raise Undecided("this index lies outside the array")
        return Value(axes, picked.item())
    if inside is True:
        return Value(axes, picked)
    mask = np.reshape(inside, np.shape(inside) + (1,) * (data.ndim - len(coordinates)))
    return Value(axes, np.where(mask, picked, 0))


def inside_of(expr: Reduce, body: Value, value: Callable[[Expr], Value]) -> list[Value]:
    """Where the elements lie of which a largest or smallest is taken: what is not there is not zero, but no candidate.

    `max[j=0..p-1] x[s*k+j]` of a last window that reaches past the end is that of the elements it still has; of one
    that holds none it is zero, as outside of an array.
    """
    if body.rank:
        raise Undecided(f"{expr.op} of whole arrays over an index is not understood", *expr.place)
    array = expr.body
    if not isinstance(array, Index) or isinstance(array.base, Index):
        return []
    found, reduced = [], {bound.index for bound in expr.bounds}
    for length, index in zip(np.shape(value(array.base).data), array.indices, strict=False):
        at = value(index)
        places = integers(at.data)
        over = tuple(axis for axis, name in enumerate(at.axes) if name in reduced)
        if over and places.size and (_LEAST(places, axis=None) < 0 or _MOST(places, axis=None) >= length):
            inside = (places >= 0) & (places < length)
            found.append(Value(at.axes, inside | ~inside.any(axis=over, keepdims=True)))
    return found


def integers(data: Any) -> np.ndarray:
    """Positions as integers; raises Undecided if they are not whole numbers."""
    if type(data) is not np.ndarray and isinstance(data, Fraction | float | int):
        number = float(data)
        if not np.isfinite(number) or abs(number) > 2**53 or number != int(number):
            raise Undecided("an index must be a whole number")
        return np.asarray(int(number))
    array = np.asarray(data)
    if array.dtype.kind == "f":
        rounded = np.round(array)
        if not np.all(np.isfinite(array)) or np.any(np.abs(array - rounded) > 1e-9):
            raise Undecided("an index must be a whole number")
        return rounded.astype(int)
    if array.dtype.kind not in "iu":
        raise Undecided("an index must be a whole number")
    return array


def whole_number(value: Value, expr: Expr) -> int:
    """A value as an int; raises Undecided if it is not one whole number."""
    data = value.data.item() if isinstance(value.data, np.ndarray) and value.data.size == 1 else value.data
    if isinstance(data, np.ndarray) or value.axes or isinstance(data, complex):
        raise Undecided("a whole number is needed here", *expr.place)
    if not abs(data) <= 2**53 or data != int(data):  # NaN compares with nothing
        raise Undecided("a whole number is needed here", *expr.place)
    return int(data)
