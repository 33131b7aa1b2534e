"""Factorisations: what each factor must be, and that their product is the matrix.

Definitions as in Golub and Van Loan, Matrix Computations, 4th edition: LU 3.2, Cholesky 4.2, QR 5.2, Schur and
diagonalisation 7.1, SVD 2.4. Reduced forms of QR and SVD count as well as full ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from grader.kinds._verdicts import (
    amount,
    shown,
    size_text,
)
from grader.kinds._written import Written
from grader.kinds.kind import mistake
from grader.maths.balls import Equations
from grader.maths.linear import Matrix, as_floats, eigenvalues, identity, rank
from grader.model.results import Reason


class Shape(NamedTuple):
    """What one factor must be: equations on it alone, and the sentence if they do not hold."""

    zero: Callable[[Any], list[Any]]
    reason: Callable[[str, Written], Reason]


class Factorisation(NamedTuple):
    """A way to take a matrix apart.

    `names` are the factors in order, each with what it must be; `others` further letters for them. `product` gives
    what must be zero, from A and the factors; `written` is the product in words. `sizes` says whether the factors'
    shapes fit a matrix of m rows and n columns; `exists` is empty, or says why a matrix has none. `alone` decides
    for some factors whether they are right by themselves, which earns half.
    """

    names: Mapping[str, tuple[str, ...]]
    product: Equations
    written: str
    compute: Callable[[Matrix], dict[str, Matrix]]
    sizes: Callable[..., bool]
    exists: Callable[[Matrix], str]
    others: Mapping[str, str] = {}
    alone: Mapping[str, Callable[[Matrix, Matrix, float], bool]] = {}


# -- what one factor must be ---------------------------------------------------------------------------------------


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


# -- the factorisations --------------------------------------------------------------------------------------------


def _eliminated(matrix: Matrix, pivoting: bool) -> tuple[Matrix, Matrix, Matrix] | None:
    """P, L and U with P A = L U by Doolittle's elimination; None where a pivot is zero and rows may not change."""
    size = len(matrix)
    upper, lower, order = matrix.copy(), identity(size), list(range(size))
    lower = lower if matrix.dtype == object else as_floats(lower)
    for k in range(size):
        best = max(range(k, size), key=lambda row: abs(upper[row, k])) if pivoting else k
        upper[[k, best]], lower[[k, best], :k] = upper[[best, k]], lower[[best, k], :k]
        order[k], order[best] = order[best], order[k]
        for row in range(k + 1, size):
            if upper[row, k] == 0:
                continue
            if upper[k, k] == 0:
                return None
            lower[row, k] = upper[row, k] / upper[k, k]
            upper[row] = upper[row] - lower[row, k] * upper[k]
    return identity(size)[order], lower, upper


def _qr(matrix: Matrix) -> dict[str, Matrix]:
    q, r = np.linalg.qr(as_floats(matrix))
    return {"Q": q, "R": r}


def _lu(matrix: Matrix) -> dict[str, Matrix]:
    found = _eliminated(matrix, pivoting=False)
    return {} if found is None else {"L": found[1], "U": found[2]}


def _plu(turned: bool) -> Callable[[Matrix], dict[str, Matrix]]:
    def compute(matrix: Matrix) -> dict[str, Matrix]:
        found = _eliminated(matrix, pivoting=True)
        return {} if found is None else {"P": found[0].T if turned else found[0], "L": found[1], "U": found[2]}

    return compute


def _svd(matrix: Matrix) -> dict[str, Matrix]:
    left, sizes, right = np.linalg.svd(as_floats(matrix), full_matrices=False)
    return {"U": left, "S": np.diag(sizes), "V": right.T}


def _diagonalised(matrix: Matrix) -> dict[str, Matrix]:
    """P from bases of the eigenspaces, D from the eigenvalues; columns orthonormal if the matrix is symmetric."""
    from grader.kinds._subspaces import eigenspace

    values = eigenvalues(matrix)
    columns, numbers = [], []
    for value in values:
        basis = eigenspace(matrix, value).basis
        columns.append(basis)
        numbers += [value.value] * basis.shape[1]
    if all(basis.dtype == object for basis in columns):
        diagonal = identity(len(matrix)) * np.array(numbers, dtype=object)
        return {"P": np.hstack(columns), "D": diagonal}
    plain = [complex(n) if isinstance(n, complex) else float(n) for n in numbers]
    return {"P": np.hstack([as_floats(basis) for basis in columns]), "D": np.diag(plain)}


def _orthogonally(matrix: Matrix) -> dict[str, Matrix]:
    values, vectors = np.linalg.eigh(as_floats(matrix))
    return {"Q": vectors, "D": np.diag(values)}


def _is_square(matrix: Matrix) -> str:
    return "" if matrix.shape[0] == matrix.shape[1] else f"the matrix is not square, but {size_text(matrix.shape)}"


def _has_lu(matrix: Matrix) -> str:
    return _is_square(matrix) or ("" if _lu(matrix) else "elimination without exchanging rows meets a pivot 0")


def _is_symmetric(matrix: Matrix) -> str:
    if _is_square(matrix):
        return _is_square(matrix)
    return "" if np.allclose(as_floats(matrix), as_floats(matrix).T, 1e-12, 1e-12) else "the matrix is not symmetric"


def _is_definite(matrix: Matrix) -> str:
    if _is_symmetric(matrix):
        return _is_symmetric(matrix)
    least = float(np.linalg.eigvalsh(as_floats(matrix))[0])
    return "" if least > 1e-12 else f"the matrix is not positive definite: its least eigenvalue is {amount(least)}"


def _is_diagonalisable(matrix: Matrix) -> str:
    if _is_square(matrix):
        return _is_square(matrix)
    count = sum(value.geometric for value in eigenvalues(matrix))
    return "" if count == len(matrix) else f"the matrix is defective: {count} of {len(matrix)} independent eigenvectors"


def _square(rows: int, columns: int, *shapes: tuple[int, ...]) -> bool:
    return all(shape == (rows, rows) for shape in shapes)


def _qr_sizes(rows: int, columns: int, q: tuple[int, ...], r: tuple[int, ...]) -> bool:
    return q[0] == rows and r[1] == columns and q[1] == r[0] and q[1] in (rows, min(rows, columns))


def _svd_sizes(rows: int, columns: int, *shapes: tuple[int, ...]) -> bool:
    u, s, v = shapes
    return u[0] == rows and v[0] == columns and s == (u[1], v[1])


# Whether one factor is right whatever the others are, up to an absolute tolerance.


def _zero(matrix: Matrix, tolerance: float) -> bool:
    return bool(np.all(np.abs(matrix) <= tolerance))


def _q_is_right(a: Matrix, q: Matrix, tolerance: float) -> bool:
    """Q^T A is upper triangular, and nothing of A is lost by it."""
    product = q.T @ a
    parts = (q.T @ q - np.eye(q.shape[1]), np.tril(product, -1), q @ product - a)
    return all(_zero(part, tolerance) for part in parts)


def _l_is_right(a: Matrix, lower: Matrix, tolerance: float) -> bool:
    """L has its form, and the inverse of L times A is upper triangular."""
    if not _zero(np.triu(lower, 1), tolerance) or not _zero(np.diag(lower) - 1, tolerance):
        return False
    return _zero(np.tril(np.linalg.solve(lower, a), -1), tolerance)


def _p_is_right(a: Matrix, p: Matrix, tolerance: float) -> bool:
    """P can be inverted, and takes A to a diagonal matrix."""
    if rank(p) < len(p):
        return False
    found = np.linalg.solve(p, a @ p)
    return _zero(found - np.diag(np.diag(found)), tolerance)


def _d_is_right(a: Matrix, d: Matrix, tolerance: float) -> bool:
    """D is diagonal and holds the eigenvalues."""
    return _zero(d - np.diag(np.diag(d)), tolerance) and _same(np.diag(d), np.linalg.eigvals(a), tolerance)


def _s_is_right(a: Matrix, s: Matrix, tolerance: float) -> bool:
    """S is diagonal and holds the singular values; zeros may be left out."""
    wanted, given = np.linalg.svd(a, compute_uv=False), np.diag(s)
    size = max(len(given), len(wanted))
    pad = [np.concatenate([x, np.zeros(size - len(x))]) for x in (given, wanted)]
    off = s.astype(float)
    np.fill_diagonal(off, 0)
    return _zero(off, tolerance) and bool(np.all(given >= 0)) and _same(pad[0], pad[1], tolerance)


def _same(found: np.ndarray, wanted: np.ndarray, tolerance: float) -> bool:
    if len(found) != len(wanted):
        return False
    return _zero(np.sort_complex(found) - np.sort_complex(wanted), max(tolerance, 1e-7))


def _times(*indices: int) -> Equations:
    """A minus a product of factors; a negative index is the transpose."""

    def zero(given: Sequence[Any]) -> list[Any]:
        result = given[indices[0]]
        for index in indices[1:]:
            result = result @ (given[index] if index > 0 else given[-index].T.conj())
        return [result - given[0]]

    return zero


_TRIANGULAR = {"L": ("lower", "ones"), "U": ("upper",)}
_LAMBDA = {"Lambda": "D", "Λ": "D"}
FACTORISATIONS: Mapping[str, Factorisation] = {
    "QR": Factorisation(
        {"Q": ("orthonormal",), "R": ("upper",)}, _times(1, 2), "Q R", _qr, _qr_sizes, lambda a: "",
        alone={"Q": _q_is_right},
    ),
    "LU": Factorisation(_TRIANGULAR, _times(1, 2), "L U", _lu, _square, _has_lu, alone={"L": _l_is_right}),
    "any LU": Factorisation({"L": ("lower",), "U": ("upper",)}, _times(1, 2), "L U", _lu, _square, _has_lu),
    "PA = LU": Factorisation(
        {"P": ("permutation",), **_TRIANGULAR}, lambda g: [g[1] @ g[0] - g[2] @ g[3]], "P^T L U", _plu(False),
        _square, _is_square,
    ),
    "A = PLU": Factorisation(
        {"P": ("permutation",), **_TRIANGULAR}, _times(1, 2, 3), "P L U", _plu(True), _square, _is_square,
    ),
    "Cholesky": Factorisation(
        {"L": ("lower",)}, _times(1, -1), "L L^T",
        lambda a: {"L": np.linalg.cholesky(as_floats(a))}, _square, _is_definite,
    ),
    "PDP": Factorisation(
        {"P": (), "D": ("diagonal",)}, lambda g: [g[0] @ g[1] - g[1] @ g[2]], "P D P^-1", _diagonalised, _square,
        _is_diagonalisable, others={**_LAMBDA, "S": "P", "V": "P", "X": "P", "T": "P"},
        alone={"P": _p_is_right, "D": _d_is_right},
    ),
    "QDQ": Factorisation(
        {"Q": ("orthonormal",), "D": ("diagonal",)}, _times(1, 2, -1), "Q D Q^T", _orthogonally, _square,
        _is_symmetric, others={**_LAMBDA, "P": "Q", "U": "Q", "V": "Q", "S": "Q"},
        alone={"D": _d_is_right},
    ),
    "SVD": Factorisation(
        {"U": ("orthonormal",), "S": ("diagonal",), "V": ("orthonormal",)}, _times(1, 2, -3), "U S V^T", _svd,
        _svd_sizes, lambda a: "", others={"Sigma": "S", "Σ": "S", "D": "S"}, alone={"S": _s_is_right},
    ),
}  # fmt: skip
