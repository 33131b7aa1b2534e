"""A value over named index axes: what an expression with free indices means."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from itertools import zip_longest
from math import prod
from typing import Any

import numpy as np

from grader.model.errors import Undecided
from grader.model.records import NamedTuple
from grader.reference.functions import is_exact, to_array

LARGEST = 4_000_000  # elements of one intermediate array
LONGEST_INTEGER = 4096  # bits of an exact number


class Value(NamedTuple):
    """Data over named axes.

    `data` is a Python number (kept exact where possible) or an array whose first axes are the named index
    axes, in order; the axes that follow are those of a whole array (a matrix that was not indexed).
    """

    axes: tuple[str, ...]
    data: Any

    @property
    def rank(self) -> int:
        """The number of axes that are not named."""
        return getattr(self.data, "ndim", 0) - len(self.axes)

    @property
    def shape(self) -> tuple[int, ...]:
        """Lengths of the axes that are not named."""
        return tuple(getattr(self.data, "shape", ())[len(self.axes) :])


def spread(value: Value, axes: tuple[str, ...], rank: int) -> Any:
    """Data of a value so that it broadcasts over `axes` and `rank` further axes; missing axes have length 1."""
    own, data = value
    if not isinstance(data, np.ndarray) or (own == axes and data.ndim == len(axes) + rank):
        return data
    order, kept = _places(own, axes)
    if order is not None:
        data = data.transpose((*order, *range(len(order), data.ndim)))
    lengths = data.shape
    named = [1 if place is None else lengths[place] for place in kept]
    if rank == 0 and len(lengths) == len(own):  # by far the most common case
        return data.reshape(named)
    return data.reshape((*named, *[1] * (rank - len(lengths) + len(own)), *lengths[len(own) :]))


@lru_cache(maxsize=2000)
def _places(mine: tuple[str, ...], axes: tuple[str, ...]) -> tuple[tuple[int, ...] | None, tuple[int | None, ...]]:
    """How to reorder my axes as they stand in `axes` (None: they do already), and where each of those then is."""
    named = [axis for axis in axes if axis in mine]
    order = tuple(mine.index(axis) for axis in named)
    kept = tuple(named.index(axis) if axis in mine else None for axis in axes)
    return None if order == tuple(range(len(mine))) else order, kept


def union(*values: Value) -> tuple[str, ...]:
    """The named axes of several values, in order of appearance."""
    return tuple(dict.fromkeys([axis for value in values for axis in value.axes]))


def combine(function: Callable[..., Any], *values: Value) -> Value:
    """A function applied element by element. Raises Undecided where shapes do not fit or grow too large."""
    numbers = [data for axes, data in values if not axes and type(data) is not np.ndarray]
    if len(numbers) == len(values):  # plain numbers, by far the most common case
        return Value((), function(*numbers))
    first = values[0].axes
    axes = first if all([own == first or not own for own, _ in values]) else union(*values)
    rank = max([getattr(data, "ndim", 0) - len(own) for own, data in values])
    if not axes and rank == 0:
        return Value((), function(*(_scalar(value.data) for value in values)))
    parts = [to_array(spread(value, axes, rank)) for value in values]
    if prod([part.size or 1 for part in parts]) > LARGEST and broadcast_size(parts) > LARGEST:
        raise Undecided("this needs too large an array")
    try:
        with np.errstate(all="ignore"):
            return Value(axes, np.asarray(_ON_ARRAYS.get(function, function)(*parts)))
    except ValueError:
        shapes = " and ".join(str(value.shape) for value in values)
        raise Undecided(f"arrays of shapes {shapes} do not fit together") from None


def broadcast_size(parts: list[np.ndarray]) -> int:
    """The number of elements that several arrays have together; shapes that do not fit are found elsewhere."""
    size = 1
    for lengths in zip_longest(*[part.shape[::-1] for part in parts], fillvalue=1):
        size *= max(lengths)
    return size


def _scalar(data: Any) -> Any:
    return data.item() if isinstance(data, np.ndarray) else data


def add(a: Any, b: Any) -> Any:
    """Sum; exact for exact numbers."""
    return _exactly(operator.add, a, b)


def multiply(a: Any, b: Any) -> Any:
    """Product; exact for exact numbers. Raises Undecided if it grows too long."""
    if is_exact(a) and is_exact(b) and _bits(a) + _bits(b) > LONGEST_INTEGER:
        raise Undecided("this number is too large")
    return _exactly(operator.mul, a, b)


def divide(a: Any, b: Any) -> Any:
    """Quotient; exact for exact numbers, nan or inf for a division by zero (never an agreement)."""
    if is_exact(a) and is_exact(b):
        if b == 0:
            return float("nan")
        quotient = Fraction(a) / Fraction(b)
        return int(quotient) if quotient.denominator == 1 else quotient
    with np.errstate(all="ignore"):
        return _number(np.true_divide(to_array(a), to_array(b)), a, b)


def power(a: Any, b: Any) -> Any:
    """Power; exact for exact numbers with a whole exponent. Raises Undecided if it grows too large."""
    if is_exact(a) and is_exact(b) and b == int(b):
        if abs(b) > LONGEST_INTEGER or _bits(a) * abs(int(b)) > LONGEST_INTEGER:
            if abs(a) not in (0, 1):
                raise Undecided("this number is too large")
            b = (int(b) % 2 + 2) * (1 if b > 0 else -1)
        if a == 0 and b < 0:
            return float("nan")
        result = Fraction(a) ** int(b)
        return int(result) if result.denominator == 1 else result
    base, exponent = to_array(a), to_array(b)
    with np.errstate(all="ignore"):
        return _number(_power_of_arrays(base, exponent), a, b)


def _exactly(function: Callable[[Any, Any], Any], a: Any, b: Any) -> Any:
    if is_exact(a) and is_exact(b):
        return function(a, b)
    with np.errstate(all="ignore"):
        return _number(function(_counted(to_array(a)), _counted(to_array(b))), a, b)


def _counted(array: np.ndarray) -> np.ndarray:
    """Truth as 0 and 1."""
    return array.astype(int) if array.dtype.kind == "b" else array


def _number(result: Any, *inputs: Any) -> Any:
    return result if any(isinstance(value, np.ndarray) for value in inputs) else np.asarray(result).item()


def _power_of_arrays(base: np.ndarray, exponent: np.ndarray) -> Any:
    return np.power(base.astype(float) if base.dtype.kind in "iub" else base, exponent)


# The same operations where both sides are arrays already.
_ON_ARRAYS: dict[Callable[..., Any], Callable[..., Any]] = {
    add: lambda a, b: operator.add(_counted(a), _counted(b)),
    multiply: lambda a, b: operator.mul(_counted(a), _counted(b)),
    divide: np.true_divide,
    power: _power_of_arrays,
}


def _bits(value: int | Fraction) -> int:
    if type(value) is int:
        return value.bit_length() + 1
    exact = Fraction(value)
    return exact.numerator.bit_length() + exact.denominator.bit_length()


def may_overflow(op: str, data: np.ndarray) -> bool:
    """Whether a sum or product of these integers may not fit into 64 bits."""
    largest = float(np.max(np.abs(data), initial=0))
    return largest * data.size > 2.0**62 if op == "sum" else bool(largest > 1 and data.size * np.log2(largest) > 62)
