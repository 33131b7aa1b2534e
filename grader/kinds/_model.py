"""One answer that has a property, written as a student might: what `lint` marks to see that a rubric can be met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from grader.maths.linear import Eigenvalue, Matrix, as_floats


def shaped(columns: Matrix, wanted: str) -> Matrix:
    """Columns of the same span, with the lengths and angles that are wanted."""
    if wanted == "any":
        return columns
    plain = as_floats(columns)
    if wanted == "unit":
        return np.asarray(plain / np.linalg.norm(plain, axis=0))
    return np.asarray(np.linalg.qr(plain)[0])


def number_text(value: Any) -> str:
    """A number with all its digits."""
    plain = value.item() if isinstance(value, np.generic) else value
    if isinstance(plain, int | Fraction):
        return str(plain)
    if isinstance(plain, complex):
        sign = "-" if plain.imag < 0 else "+"
        imaginary = f" {sign} {number_text(abs(plain.imag))}i" if plain.imag else ""
        return number_text(plain.real) + imaginary
    rounded = round(float(plain), 10)
    return f"{rounded:.10f}".rstrip("0").rstrip(".") if rounded != int(rounded) else str(int(rounded))


def vector_text(vector: Matrix) -> str:
    """(1, 2)"""
    return "(" + ", ".join(number_text(entry) for entry in vector) + ")"


def basis_text(columns: Matrix) -> str:
    """(1, 0), (0, 1)"""
    return ", ".join(vector_text(columns[:, k]) for k in range(columns.shape[1]))


def pairs_text(values: Sequence[Eigenvalue], bases: Sequence[Matrix]) -> str:
    """lambda = 3: (1, 1); lambda = 1: (1, -1)"""
    return "; ".join(
        f"lambda = {number_text(value.value)}: {basis_text(basis)}" for value, basis in zip(values, bases, strict=True)
    )


def factors_text(factors: Mapping[str, Matrix]) -> str:
    """Q = [[1, 0], [0, 1]], R = [[1, 0], [0, 1]]"""
    return ", ".join(
        f"{name} = [" + ", ".join("[" + ", ".join(map(number_text, row)) + "]" for row in matrix) + "]"
        for name, matrix in factors.items()
    )
