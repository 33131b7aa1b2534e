"""Linear algebra on small matrices: exact where every entry is a fraction, otherwise with stated thresholds.

A matrix is an array of shape (rows, columns): of dtype object with `Fraction` entries if it is exact, float or
complex if not. Elimination is Gauss-Jordan; ranks of inexact matrices come from singular values (Golub and Van Loan,
Matrix Computations, 5.4.1).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from grader.model.records import NamedTuple

Matrix = np.ndarray[Any, Any]

_NEGLIGIBLE = 1e-9  # a singular value below this part of the largest one counts as zero
_SPREAD = 1e-5  # a k-fold eigenvalue of a defective matrix is computed with an error of about eps^(1/k)
_DENOMINATOR = 10_000  # of what a float may stand for: doubles are too dense to meet such a fraction by chance
_EIGENVALUE_DENOMINATOR = 1000


class Eigenvalue(NamedTuple):
    """An eigenvalue (a `Fraction` if that is exact) with its algebraic and its geometric multiplicity."""

    value: Any
    algebraic: int
    geometric: int


def is_exact_matrix(matrix: Matrix) -> bool:
    """Whether all entries are fractions."""
    return bool(matrix.dtype == object)


def as_exact(values: Any) -> Matrix:
    """Whole numbers and fractions as an exact matrix, of the same shape."""
    array = np.array(values, dtype=object)
    flat = [Fraction(value) for value in array.ravel().tolist()]
    result = np.empty(len(flat), dtype=object)
    result[:] = flat
    return np.asarray(result.reshape(array.shape))


def as_floats(matrix: Matrix) -> Matrix:
    """The nearest floats; complex stays complex."""
    return np.asarray(matrix.astype(float)) if is_exact_matrix(matrix) else matrix


def rational(values: Matrix) -> Matrix:
    """Data as an exact matrix if every float in it is the float of a fraction of small denominator; else as it is."""
    if values.dtype.kind in "iub":
        return as_exact(values.astype(int).tolist())
    if values.dtype.kind != "f":
        return values
    found = [Fraction(x).limit_denominator(_DENOMINATOR) for x in values.ravel().tolist()]
    if any(float(fraction) != x for fraction, x in zip(found, values.ravel().tolist(), strict=True)):
        return values
    result = np.empty(values.size, dtype=object)
    result[:] = found
    return np.asarray(result.reshape(values.shape))


def identity(size: int) -> Matrix:
    """The exact identity."""
    return as_exact(np.eye(size, dtype=int).tolist())


def reduced(matrix: Matrix) -> tuple[Matrix, list[int]]:
    """The reduced row echelon form of an exact matrix, and its pivot columns."""
    rows = [list(row) for row in matrix]
    pivots: list[int] = []
    for column in range(matrix.shape[1]):
        at = len(pivots)
        found = next((k for k in range(at, len(rows)) if rows[k][column] != 0), None)
        if found is None:
            continue
        rows[at], rows[found] = rows[found], rows[at]
        rows[at] = [entry / rows[at][column] for entry in rows[at]]
        for k, row in enumerate(rows):
            if k != at and row[column] != 0:
                rows[k] = [x - row[column] * y for x, y in zip(row, rows[at], strict=True)]
        pivots.append(column)
    return np.array(rows, dtype=object).reshape(matrix.shape), pivots


def rank(matrix: Matrix) -> int:
    """The number of independent columns: exact, or singular values above 1e-9 of the largest."""
    if matrix.size == 0:
        return 0
    if is_exact_matrix(matrix):
        return len(reduced(matrix)[1])
    sizes = np.linalg.svd(matrix, compute_uv=False)
    return int(np.sum(sizes > _NEGLIGIBLE * max(sizes[0], 1e-300)))


def null_space(matrix: Matrix) -> Matrix:
    """A basis of all x with M x = 0, as columns: shape (columns of M, nullity)."""
    columns = matrix.shape[1]
    if not is_exact_matrix(matrix):
        _, sizes, right = np.linalg.svd(matrix)
        used = int(np.sum(sizes > _NEGLIGIBLE * max(1e-300, float(sizes[0])))) if sizes.size else 0
        return np.asarray(right[used:].conj().T)
    echelon, pivots = reduced(matrix)
    free = [column for column in range(columns) if column not in pivots]
    basis = as_exact(np.zeros((columns, len(free)), dtype=int).tolist()).reshape(columns, len(free))
    for number, column in enumerate(free):
        basis[column, number] = Fraction(1)
        for row, pivot in enumerate(pivots):
            basis[pivot, number] = -echelon[row, column]
    return basis


def column_basis(matrix: Matrix) -> Matrix:
    """A basis of the span of the columns, as columns: some of the columns, or left singular vectors."""
    if is_exact_matrix(matrix):
        return np.asarray(matrix[:, reduced(matrix)[1]])
    left, _, _ = np.linalg.svd(matrix)
    return np.asarray(left[:, : rank(matrix)])


def solve(matrix: Matrix, right: Matrix) -> Matrix | None:
    """One solution of M x = b, for b of shape (rows,) or (rows, k); None if there is none."""
    columns = right.reshape(len(right), -1)
    if is_exact_matrix(matrix) and is_exact_matrix(right):
        echelon, pivots = reduced(np.hstack([matrix, columns]))
        if pivots and pivots[-1] >= matrix.shape[1]:
            return None
        solution = as_exact(np.zeros((matrix.shape[1], columns.shape[1]), dtype=int).tolist())
        for row, pivot in enumerate(pivots):
            solution[pivot] = echelon[row, matrix.shape[1] :]
        return np.asarray(solution.reshape(matrix.shape[1], *right.shape[1:]))
    m, b = as_floats(matrix), as_floats(columns)
    found = np.linalg.lstsq(m, b, rcond=_NEGLIGIBLE)[0]
    if np.max(np.abs(m @ found - b)) > _NEGLIGIBLE * max(1.0, float(np.max(np.abs(b)))):
        return None
    return np.asarray(found.reshape(matrix.shape[1], *right.shape[1:]))


def eigenvalues(matrix: Matrix) -> tuple[Eigenvalue, ...]:
    """All different eigenvalues of a square matrix, the real ones first, each kind from large to small.

    Computed values nearer to each other than 1e-5 of the largest are one; it is exact if a fraction of small
    denominator is an eigenvalue by exact elimination. Values with an imaginary part below that size are real.
    """
    size = len(matrix)
    computed = np.linalg.eigvals(as_floats(matrix)).astype(complex)
    scale = _SPREAD * max(1.0, float(np.max(np.abs(computed), initial=0.0)))
    clusters: list[list[complex]] = []
    for value in sorted(computed.tolist(), key=lambda x: (-round(x.real, 6), -x.imag)):
        near = next((cluster for cluster in clusters if abs(cluster[0] - value) < scale), None)
        clusters.append([value]) if near is None else near.append(value)
    found = []
    for cluster in clusters:
        value = _improved(matrix, sum(cluster) / len(cluster), scale)
        found.append(Eigenvalue(value, len(cluster), size - _rank_near(shifted(matrix, value))))
    return tuple(sorted(found, key=lambda e: isinstance(e.value, complex)))


def _improved(matrix: Matrix, value: complex, scale: float) -> Any:
    if abs(value.imag) >= scale:
        return value
    guess = Fraction(value.real).limit_denominator(_EIGENVALUE_DENOMINATOR)
    near = abs(float(guess) - value.real) < scale
    if near and is_exact_matrix(matrix) and rank(shifted(matrix, guess)) < len(matrix):
        return guess
    return value.real


def shifted(matrix: Matrix, value: Any) -> Matrix:
    """M - c I; exact if both are."""
    if is_exact_matrix(matrix) and isinstance(value, Fraction):
        return np.asarray(matrix - identity(len(matrix)) * value)
    plain = complex(value) if isinstance(value, complex) else float(value)
    return np.asarray(as_floats(matrix) - plain * np.eye(len(matrix)))


def _rank_near(matrix: Matrix) -> int:
    """The rank, where an inexact eigenvalue was taken off: its own error must not count."""
    if is_exact_matrix(matrix):
        return rank(matrix)
    sizes = np.linalg.svd(matrix, compute_uv=False)
    return min(len(matrix) - 1, int(np.sum(sizes > 1e-7 * max(1.0, float(sizes[0])))))
