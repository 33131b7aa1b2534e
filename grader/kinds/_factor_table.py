"""Factorisations: what each factor must be, and that their product is the matrix.

Definitions as in Golub and Van Loan, Matrix Computations, 4th edition: LU 3.2, Cholesky 4.2, QR 5.2, Schur and
diagonalisation 7.1, SVD 2.4. Reduced forms of QR and SVD count as well as full ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from grader.kinds._factor_alone import d_is_right, l_is_right, p_is_right, q_is_right, s_is_right
from grader.kinds._verdicts import (
    amount,
    size_text,
)
from grader.maths.balls import Equations
from grader.maths.linear import Matrix, as_floats, eigenvalues, identity
from grader.model.records import NamedTuple


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
        alone={"Q": q_is_right},
    ),
    "LU": Factorisation(_TRIANGULAR, _times(1, 2), "L U", _lu, _square, _has_lu, alone={"L": l_is_right}),
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
        alone={"P": p_is_right, "D": d_is_right},
    ),
    "QDQ": Factorisation(
        {"Q": ("orthonormal",), "D": ("diagonal",)}, _times(1, 2, -1), "Q D Q^T", _orthogonally, _square,
        _is_symmetric, others={**_LAMBDA, "P": "Q", "U": "Q", "V": "Q", "S": "Q"},
        alone={"D": d_is_right},
    ),
    "SVD": Factorisation(
        {"U": ("orthonormal",), "S": ("diagonal",), "V": ("orthonormal",)}, _times(1, 2, -3), "U S V^T", _svd,
        _svd_sizes, lambda a: "", others={"Sigma": "S", "Σ": "S", "D": "S"}, alone={"S": s_is_right},
    ),
}  # fmt: skip
