"""Whether one factor is right whatever the others are, up to an absolute tolerance; it earns a part of the credit."""

from __future__ import annotations

import numpy as np

from grader.maths.linear import Matrix, rank


def _zero(matrix: Matrix, tolerance: float) -> bool:
    return bool(np.all(np.abs(matrix) <= tolerance))


def q_is_right(a: Matrix, q: Matrix, tolerance: float) -> bool:
    """Q^T A is upper triangular, and nothing of A is lost by it."""
    product = q.T @ a
    parts = (q.T @ q - np.eye(q.shape[1]), np.tril(product, -1), q @ product - a)
    return all(_zero(part, tolerance) for part in parts)


def l_is_right(a: Matrix, lower: Matrix, tolerance: float) -> bool:
    """L has its form, and the inverse of L times A is upper triangular."""
    if not _zero(np.triu(lower, 1), tolerance) or not _zero(np.diag(lower) - 1, tolerance):
        return False
    return _zero(np.tril(np.linalg.solve(lower, a), -1), tolerance)


def p_is_right(a: Matrix, p: Matrix, tolerance: float) -> bool:
    """P can be inverted, and takes A to a diagonal matrix."""
    if rank(p) < len(p):
        return False
    found = np.linalg.solve(p, a @ p)
    return _zero(found - np.diag(np.diag(found)), tolerance)


def d_is_right(a: Matrix, d: Matrix, tolerance: float) -> bool:
    """D is diagonal and holds the eigenvalues."""
    return _zero(d - np.diag(np.diag(d)), tolerance) and _same(np.diag(d), np.linalg.eigvals(a), tolerance)


def s_is_right(a: Matrix, s: Matrix, tolerance: float) -> bool:
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
