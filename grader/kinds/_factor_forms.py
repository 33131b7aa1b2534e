"""What one factor of a factorisation must be: triangular, diagonal, orthonormal, a permutation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from grader.kinds._vectors_written import Written
from grader.kinds._verdicts import amount, shown
from grader.kinds.kind import mistake
from grader.maths.linear import identity
from grader.model.records import NamedTuple
from grader.model.results import Reason


class Shape(NamedTuple):
    """What one factor must be: equations on it alone, and the sentence if they do not hold."""

    zero: Callable[[Any], list[Any]]
    reason: Callable[[str, Written], Reason]


def _where(entries: np.ndarray, name: str, matrix: Written, id: str, what: str) -> Reason:
    """The first of the entries that must not be."""
    row, column = (int(k) for k in np.argwhere(entries)[0])
    entry = amount(shown(matrix)[row, column])
    return mistake(id, name=name, what=what, entry=entry, where=f"({row + 1}, {column + 1})")


def _must_be_zero(keep: Callable[[Any], np.ndarray], what: str) -> Shape:
    """Entries outside a pattern are zero."""

    def zero(m: Any) -> list[Any]:
        outside = ~keep(np.ones(m.shape, dtype=bool))
        return [m[outside][None, :]] if outside.any() else []

    def reason(name: str, m: Written) -> Reason:
        outside = ~keep(np.ones(m.shape, dtype=bool)) & (np.abs(m.ball.mid) > m.ball.rad)
        return _where(outside, name, m, "factor-not-of-the-form", what)

    return Shape(zero, reason)


def _ones_on_diagonal(m: Any) -> list[Any]:
    size = min(m.shape)
    return [m[range(size), range(size)][None, :] - np.array([[Fraction(1)] * size], dtype=object)]


def _ones_reason(name: str, m: Written) -> Reason:
    wrong = np.diag(np.abs(np.diag(m.ball.mid) - 1) > np.diag(m.ball.rad))
    return _where(wrong, name, m, "diagonal-not-one", "")


def _orthonormal(m: Any) -> list[Any]:
    return [m.T.conj() @ m - identity(m.shape[1])]


def _orthonormal_reason(name: str, m: Written) -> Reason:
    """The pair of columns, or the column, that is furthest from what it must be."""
    columns = shown(m)
    products = m.ball.mid.conj().T @ m.ball.mid
    away = np.abs(products - np.eye(len(products)))
    j, k = sorted(int(i) for i in np.unravel_index(int(np.argmax(away)), away.shape))
    if j == k:
        length = amount(float(np.sqrt(abs(products[j, j]))))
        return mistake("column-not-unit", name=name, column=j + 1, length=length)
    product = amount(columns[:, j].conj() @ columns[:, k])
    return mistake("columns-not-orthogonal", name=name, first=j + 1, second=k + 1, product=product)


def _permutation(m: Any) -> list[Any]:
    """Entries are 0 or 1, and so are the sums: m_ij (m_ij - 1) = 0 and P^T P = I."""
    return [m.T @ m - identity(m.shape[1]), _squares(m) - m]


def _squares(m: Any) -> Any:
    return m * m if isinstance(m, np.ndarray) else type(m)(m.mid**2, 2 * np.abs(m.mid) * m.rad + m.rad**2)


LOWER = _must_be_zero(np.tril, "lower triangular")
UPPER = _must_be_zero(np.triu, "upper triangular")
DIAGONAL = _must_be_zero(lambda m: np.tril(np.triu(m)), "diagonal")
SHAPES: Mapping[str, Shape] = {
    "lower": LOWER,
    "upper": UPPER,
    "diagonal": DIAGONAL,
    "ones": Shape(_ones_on_diagonal, _ones_reason),
    "orthonormal": Shape(_orthonormal, _orthonormal_reason),
    "permutation": Shape(_permutation, lambda name, m: mistake("no-permutation", name=name)),
}
