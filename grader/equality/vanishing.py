"""What doubles lose beside matrices: numbers so small or large that they leave no trace, and values that vanish."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import numpy as np

from grader.equality.kinks import constants_in
from grader.model.expressions import Expr

_MOST_BELOW = 100_000
_LEAST, _MOST = 1e-5, 1e5
TINY = 1e-6  # what a cancellation may leave
_WHOLE = 64  # times a sample, rounded: whole numbers, of which doubles lose nothing

Values = list[np.ndarray]
Valued = Callable[[Expr, Mapping[str, np.ndarray]], Values]


def is_moderate(*exprs: Expr) -> bool:
    """Whether no number is so small, so large or so near to another that a double would lose it beside others."""
    values = [value for expr in exprs for value in constants_in(expr) if value]
    return all(_LEAST < abs(value) < _MOST and _is_simple(value) for value in values)


def _is_simple(value: float) -> bool:
    """Whether a number is a fraction that is not nearly another one: 1.000000000001 is nearly 1."""
    return abs(float(Fraction(value).limit_denominator(_MOST_BELOW)) - value) < 1e-15 * abs(value)


def of_one_shape(wanted: Values, found: Values) -> tuple[Values, Values]:
    """Both values with a plain 0 as zeros of the other's shape: `A^T A - (A^T A)^T` is 0."""
    if len(wanted) != 1 or len(found) != 1 or wanted[0].shape == found[0].shape:
        return wanted, found
    one, other = wanted[0], found[0]
    if not one.ndim and not one:
        return [np.zeros(other.shape)], found
    return (wanted, [np.zeros(one.shape)]) if not other.ndim and not other else (wanted, found)


def without_noise(
    gold: Expr, answer: Expr, values: Mapping[str, np.ndarray], seen: tuple[Values, Values], valued: Valued
) -> tuple[Values, Values]:
    """The values of two expressions, as zeros where they are so small and vanish for matrices of whole numbers.

    x^T A x of an antisymmetric A is what rounding leaves of it; among whole numbers nothing is rounded.
    """
    if not all(value.size and np.max(np.abs(value)) <= TINY for side in seen for value in side):
        return seen
    whole = {name: np.rint(_WHOLE * value) for name, value in values.items()}
    again = [of_one_shape(*seen), of_one_shape(valued(gold, whole), valued(answer, whole))]
    vanish = again[1][0] and again[1][1] and not any(np.any(value) for side in again[1] for value in side)
    if not vanish:
        return seen
    return [np.zeros(value.shape) for value in again[0][0]], [np.zeros(value.shape) for value in again[0][1]]
