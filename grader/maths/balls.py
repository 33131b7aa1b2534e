"""Matrices whose entries are known up to a radius, and what can be said of them for certain.

Midpoint-radius arithmetic (S. M. Rump, Fast and parallel interval arithmetic, BIT 39, 1999): the result of an
operation holds every result for entries inside the radii. What all of these refute is false; what an exact witness
inside the radii fulfils is possible. Between the two nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.maths.linear import as_floats, is_exact_matrix

_ROUNDING = 1e-13  # relative, above what a sum of a few dozen products of doubles loses
_STEPS = 30  # of Newton's method; it doubles its digits with each
_MOST_UNKNOWNS = 200  # entries with a radius; more would take seconds
_TINY = 1e-9  # relative radii below this come from roots in double precision, and not from rounded digits

Equations = Callable[[Sequence[Any]], list[Any]]  # of matrices; what must be zero


@dataclass(frozen=True, slots=True)
class Ball:
    """All matrices that differ from `mid` by at most `rad`, entry by entry; both of the same shape."""

    mid: np.ndarray
    rad: np.ndarray
    __array_ufunc__ = None  # so that `array @ ball` comes here

    def __add__(self, other: Any) -> Ball:
        b = ball(other)
        return Ball(self.mid + b.mid, self.rad + b.rad + _ROUNDING * (np.abs(self.mid) + np.abs(b.mid)))

    def __neg__(self) -> Ball:
        return Ball(-self.mid, self.rad)

    def __sub__(self, other: Any) -> Ball:
        return self + (-ball(other))

    def __rsub__(self, other: Any) -> Ball:
        return ball(other) - self

    def __matmul__(self, other: Any) -> Ball:
        b = ball(other)
        size_a, size_b = np.abs(self.mid), np.abs(b.mid)
        rad = size_a @ b.rad + self.rad @ size_b + self.rad @ b.rad
        return Ball(self.mid @ b.mid, rad + _ROUNDING * (size_a @ size_b))

    def __rmatmul__(self, other: Any) -> Ball:
        return ball(other) @ self

    def __getitem__(self, key: Any) -> Ball:
        return Ball(np.asarray(self.mid[key]), np.asarray(self.rad[key]))

    @property
    def shape(self) -> tuple[int, ...]:
        """The lengths of the axes."""
        return self.mid.shape

    @property
    def T(self) -> Ball:
        """The transpose."""
        return Ball(self.mid.T, self.rad.T)

    def conj(self) -> Ball:
        """The complex conjugate."""
        return Ball(self.mid.conj(), self.rad)


def ball(value: Any) -> Ball:
    """A matrix as a ball: a plain one is known up to the rounding of its floats."""
    if isinstance(value, Ball):
        return value
    exact = is_exact_matrix(np.asarray(value))
    mid = as_floats(np.asarray(value))
    return Ball(mid, (0.0 if exact else 1.0) * _ROUNDING * np.abs(mid))


def refuted(equations: Equations, values: Sequence[Ball]) -> bool:
    """Whether some equation is not zero for any matrices inside the balls."""
    return any(
        bool(np.any(np.abs(found.mid) > found.rad * (1 + 1e-9) + 1e-15)) for found in map(ball, equations(values))
    )


def possible(equations: Equations, values: Sequence[Ball]) -> bool:
    """Whether matrices inside the balls make every equation zero: a witness is looked for and checked.

    Newton's method from the midpoints, with the smallest correction in units of the radii; so an entry of radius 0
    stays as it is. A witness on the very edge of a ball does not count, and none is looked for among very many entries.
    """
    inexact = [value for value in values if np.any(value.rad > _TINY * max(1.0, float(np.max(np.abs(value.mid)))))]
    if not inexact:
        return not refuted(equations, values)
    start, radii = _packed(values)
    if np.count_nonzero(radii) > _MOST_UNKNOWNS:
        return False
    point = start.copy()
    for _ in range(_STEPS):
        found = _residual(equations, values, point)
        if np.max(np.abs(found), initial=0.0) < 1e-11 * max(1.0, float(np.max(np.abs(point)))):
            return bool(np.all(np.abs(point - start) <= radii * (1 - 1e-6)))
        slopes = _slopes(equations, values, point, radii)
        step = np.linalg.lstsq(slopes, -found, rcond=1e-10)[0]
        point = point + radii * step
        if not np.all(np.isfinite(point)) or np.any(np.abs(point - start) > 1e3 * radii + 1e-300):
            return False
    return False


def _packed(values: Sequence[Ball]) -> tuple[np.ndarray, np.ndarray]:
    """All real and imaginary parts in one vector, and their radii."""
    points, radii = [], []
    for value in values:
        parts = [value.mid.real, value.mid.imag] if np.iscomplexobj(value.mid) else [value.mid]
        points += [part.ravel() for part in parts]
        radii += [value.rad.ravel()] * len(parts)
    return np.concatenate(points).astype(float), np.concatenate(radii).astype(float)


def _unpacked(values: Sequence[Ball], point: np.ndarray) -> list[np.ndarray]:
    found, at = [], 0
    for value in values:
        size, shape = value.mid.size, value.mid.shape
        part = point[at : at + size].reshape(shape)
        at += size
        if np.iscomplexobj(value.mid):
            part = part + 1j * point[at : at + size].reshape(shape)
            at += size
        found.append(part)
    return found


def _residual(equations: Equations, values: Sequence[Ball], point: np.ndarray) -> np.ndarray:
    found = [np.asarray(as_floats(np.asarray(x))).ravel() for x in equations(_unpacked(values, point))]
    parts = [part for x in found for part in ((x.real, x.imag) if np.iscomplexobj(x) else (x,))]
    return np.concatenate(parts) if parts else np.zeros(0)


def _slopes(equations: Equations, values: Sequence[Ball], point: np.ndarray, radii: np.ndarray) -> np.ndarray:
    """The slopes of all equations in units of the radii; central differences are exact for quadratic equations."""
    columns = []
    nothing = np.zeros_like(_residual(equations, values, point))
    for k, radius in enumerate(radii.tolist()):
        if radius == 0:
            columns.append(nothing)
            continue
        step = np.zeros_like(point)
        step[k] = max(radius, 1e-6)
        rise = _residual(equations, values, point + step) - _residual(equations, values, point - step)
        columns.append(rise * (radius / (2 * step[k])))
    return np.stack(columns, axis=1)
