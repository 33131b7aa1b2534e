"""Samples of matrices with a declared structure: symmetric, positive definite, orthogonal. Generic but for that."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.maths.sampling import generic_array


def _orthogonal(value: np.ndarray) -> np.ndarray:
    return np.asarray(np.linalg.qr(value)[0])


def _projection(value: np.ndarray) -> np.ndarray:
    part = value[:, : max(1, len(value) - 2)]
    return np.asarray(part @ np.linalg.pinv(part))


MADE: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "square": lambda value: value,
    "invertible": lambda value: value,
    "symmetric": lambda value: np.asarray(value + value.T),
    "antisymmetric": lambda value: np.asarray(value - value.T),
    "skew-symmetric": lambda value: np.asarray(value - value.T),
    "positive definite": lambda value: np.asarray(value @ value.T + np.eye(len(value))),
    "orthogonal": _orthogonal,
    "diagonal": lambda value: np.diag(np.diag(value)),
    "upper triangular": np.triu,
    "lower triangular": np.tril,
    "projection": _projection,
}


def structured_array(structure: str, seed: str, size: int, reflects: bool = False) -> np.ndarray:
    """A square matrix of a structure in MADE, with no other property.

    `reflects`: the sign of the determinant of an orthogonal matrix; samples of both signs show `det(Q) = 1` false.
    """
    made = MADE[structure](generic_array(seed, (size, size)))
    if structure == "orthogonal" and (np.linalg.det(made) < 0) != reflects:
        made[:, 0] = -made[:, 0]
    return made
