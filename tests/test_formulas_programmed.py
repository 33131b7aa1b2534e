"""Gradients given as programs: each is read as the formula that it computes, or not at all."""

from __future__ import annotations

import pytest

from grader.grade import grade
from grader.model.documents import Submission
from grader.notation.loop_code import formulas_of
from grader.prepare.parts import PreparedRubric
from grader.read import READERS

RANKS = {"X": 4, "W": 4, "Z": 4, "U": 4, "b": 1, "dJ/dZ": 4, "dJ/dU": 4}

READ = [
    ("dZ = dU * U * (1 - U)", "dJ/dZ[p, q, r, t] = (dJ/dU[p, q, r, t] * U[p, q, r, t]) * (1 - U[p, q, r, t])"),
    (
        "for all i, j, k:\n    dX[i, j+k, 0*j] += dZ[i, j]",
        None,  # one element, again and again
    ),
    (
        "dW = np.zeros_like(W)\nfor i in range(B):\n    for a in range(H):\n        dW[k, l, n, m] += dZ[i, a, c, m]",
        "dJ/dW[k, l, n, m] = (sum_{i=0}^{B-1} sum_{a=0}^{H-1} dJ/dZ[i, a, c, m])",
    ),
    (
        "dX = np.zeros(X.shape)\nfor k in range(W.shape[0]):\n    for l in range(W.shape[1]):\n"
        "        dX[:, k:k+H, l:l+V, :] += dZ @ W[k, l].T",
        "dJ/dX[p, q, r, t] = (sum_{k, l} (sum_{u} (dJ/dZ[p, q-k, r-l, u] * W[k, l, t, u])))",
    ),
    (
        "dW[k, l] = np.einsum('ijkn,ijkm->nm', X[:, k:k+H, l:l+V], dZ)",
        "dJ/dW[k, l, p, q] = (sum_{r, t, u} (X[r, k+t, l+u, p] * dJ/dZ[r, t, u, q]))",
    ),
    (
        "s = 0\nfor i in range(B):\n    s += dZ[i, j, k, m] * X[i, j, k, n]\ndW[j, k, n, m] = s",
        "dJ/dW[j, k, n, m] = (sum_{i=0}^{B-1} (dJ/dZ[i, j, k, m] * X[i, j, k, n]))",
    ),
    (
        "dW = np.zeros_like(W)\nfor i, j, l, m in np.ndindex(*dZ.shape):\n    dW[k, k1, n, m] -= dZ[i, j, l, m]",
        "dJ/dW[k, k1, n, m] = (sum_{i, j, l} (-dJ/dZ[i, j, l, m]))",
    ),
    ("dW[k, l, n, m] = (X[:, k, l, n] * dZ[:, k, l, m]).sum()",
     "dJ/dW[k, l, n, m] = (sum_{p} (X[p, k, l, n] * dJ/dZ[p, k, l, m]))"),
    ("dX = np.zeros_like(X)\nfor i in range(B):\n    dX[i] = dZ[i] * 2",
     "dJ/dX[i, p, q, r] = dJ/dZ[i, p, q, r] * 2"),
    (
        "dX = 0 * X\nfor i in range(B):\n  for k in range(K):\n    if 0 <= i - k < H and n > i - k >= 0:\n"
        "      dX[i] += dZ[i-k] * W[k, 0, 0, 0]",
        "dJ/dX[i, p, q, r] = (sum_{k=0}^{K-1} (dJ/dZ[i-k, p, q, r] * W[k, 0, 0, 0]))",
    ),
    (
        "H, V = dZ.shape[1:3]\ndX = np.zeros_like(X)\ndX[i, :H] = dZ[i]",
        "dJ/dX[i, p, q, r] = dJ/dZ[i, p, q, r]",
    ),
    ("def grad_Z(dU, U):\n    return dU * U", "dJ/dZ[p, q, r, t] = dJ/dU[p, q, r, t] * U[p, q, r, t]"),
    (
        "def dW(dZ, X, k, l):\n    H, V = dZ.shape[1:3]\n"
        "    return np.tensordot(X[:, k:k+H, l:l+V], dZ, ((0, 1, 2), (0, 1, 2)))",
        "dJ/dW[k, l, p, q] = (sum_{r, t, u} (X[r, k+t, l+u, p] * dJ/dZ[r, t, u, q]))",
    ),
]  # fmt: skip

NOT_READ = [
    "dX = np.ones_like(X)\nfor i in range(B):\n    dX[i] *= dZ[i]",  # another operator
    "dW = np.zeros_like(W)\nfor i in range(B):\n    dW[k, l, n, m] = dZ[i, k, l, m]",  # overwritten by each i
    "for i in range(B):\n    dW[k, l, n, m] = 0\n    dW[k, l, n, m] += dZ[i, k, l, m]",  # zero again for each i
    "dX = np.zeros_like(X)\nfor i in range(1, B):\n    dX[i] += dZ[i]",  # the first is left out
    "dX = np.zeros_like(X)\nfor i in range(B):\n    if i % 2 == 0:\n        dX[i] += dZ[i]",
    "dX = np.zeros_like(X)\nwhile True:\n    dX += dZ",
    "dX = np.zeros_like(X)\nfor i in range(B):\n    dX[i] += f(dZ[i])",
    "dX = np.zeros_like(X)\nfor i in range(B):\n    dX[i, j:] += dZ[i]",  # how much is that?
    "dX = np.zeros_like(X)\nfor k in range(K):\n    dX[:, k:k+dZ.shape[2]] += dZ[:, :, :, :]\ndX += 1",
    "dX = X.copy()\nfor i in range(B):\n    dX[i] += dZ[i]",
    "dX = np.empty_like(X)\nfor i in range(B):\n    dX[i] += dZ[i]",
    "dX = np.empty_like(X)\ndX[:, :H] = dZ",
    "dX = np.zeros(X.shape, dtype=int)\nfor i in range(B):\n    dX[i] += dZ[i]",
    "def f(dZ):\n    dX = np.zeros_like(X)\n    for i in range(B):\n        dX[i] += dZ[i]\n    return dX / B",
    "dX = 0 * X\nfor i in range(B):\n  for k in range(K):\n    if i - k < 0:\n      dX[i] += dZ[i-k]",
    "dX = 0 * X\nfor i in range(B):\n  for k in range(K):\n    if i - k > 0:\n      dX[i] += dZ[i-k]",
    "dX = np.zeros_like(X)\nfor k in range(K):\n    dX[:, k:k+K] += dZ[:, :K] * W[k]",  # as long as the kernel
    "def f(dU, U):\n    return dU * U",  # of what?
    "def grad_Z(dU, U):\n    if U.any():\n        return dU\n    return dU * U",
    "for k in range(K - 1):\n    dW[k] = dZ[k]",  # the last is left out
    "dW[k] = np.sum(dZ * X[:, k:H])",  # as long as it may be
    "(" * 300,
    "dX = " + "-" * 3000 + "dZ",
    "dX = dZ\nexec('x')",
]


@pytest.mark.parametrize(("code", "formula"), READ)
def test_a_program_is_the_formula_that_it_computes(code: str, formula: str | None) -> None:
    """Loops and slices are sums over letters; where an element shifts, the others shift against it."""
    assert [one.text for one in formulas_of(code, RANKS, "J")] == ([formula] if formula else [])


@pytest.mark.parametrize("code", NOT_READ)
def test_what_is_not_understood_is_no_formula(code: str) -> None:
    """A program of which any statement is unclear says nothing."""
    assert [one.text for one in formulas_of(code, RANKS, "J")] == []


SCATTERS = """dX = np.zeros_like(X)
for k1 in range(W.shape[0]):
    for k2 in range(W.shape[1]):
        dX[:, k1:k1+H, k2:k2+V, :] += {value}
"""
MARKED = [
    ("4a", "dZ = dU * U * (1 - U)", "right"),
    ("4a", "dZ = dU * Z * (1 - Z)", "partial"),
    ("4c", SCATTERS.format(value="np.einsum('ijkm,nm->ijkn', dZ, W[k1, k2])"), "right"),
    ("4c", SCATTERS.format(value="dZ @ W[k1, k2].T"), "right"),
    ("4c", SCATTERS.format(value="dZ @ W[-1-k1, -1-k2].T"), "wrong"),
    ("4c", SCATTERS.format(value="np.einsum('ijkm,nm->ijkn', dU, W[k1, k2])"), "partial"),
    ("4c", "dX = np.zeros_like(X)\nfor all i, j1, j2, k1, k2, n, m:\n    dX[i,j1,j2,n] += dZ[i,j1,j2,m]*W[k1,k2,n,m]",
     "partial"),
    ("4b", "dW = np.zeros_like(W)\nfor j1 in range(H1):\n    for j2 in range(H2):\n"
     "        dW[k1,k2,n,m] += dZ[i,j1,j2,m] * X[i,j1+k1,j2+k2,n]", "partial"),
    ("4b", "dW = np.ones_like(W)\nfor i, j1, j2, m in np.ndindex(*dZ.shape):\n"
     "    for k1, k2, n in np.ndindex(*W.shape[:3]):\n"
     "        dW[k1, k2, n, m] += dZ[i, j1, j2, m] * X[i, j1 + k1, j2 + k2, n]", "review"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "code", "status"), MARKED)
@pytest.mark.parametrize("words", ["", "As a program:\n\n"])
def test_a_program_earns_what_its_formula_earns(
    words: str, question: str, code: str, status: str, homework: PreparedRubric
) -> None:
    """In a fence, alone or below words; what it comes to is compared like any formula."""
    text = f"## {question}\n\n{words}```python\n{code}\n```\n"
    graded = grade(homework, Submission("answer", (READERS.load("markdown").read(text, "answer.md"),)))
    mark = next(mark for mark in graded.marks if mark.id == question)
    assert (graded.log, mark.status.value) == ((), status), mark.read_as


def test_a_statement_outside_of_loops_tells_no_formula() -> None:
    """What runs over its indices may stand in the words above: "for all i, j1, j2 do"."""
    ranks = {"X": 4, "dJ/dZ": 4, "dJ/dW": 4, "Z": 4, "W": 4}
    body = "dW[k1,k2,n,m] += dZ[i,j1,j2,m] * X[i,j1+k1,j2+k2,n]\n"
    assert formulas_of(body, ranks, "J") == ()
    assert formulas_of(f"for i in range(B):\n  {body}", ranks, "J") != ()
