"""What expressions mean, against plain numpy written from the definitions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest

from grader.maths.agreement import agree
from grader.maths.evaluation import evaluate
from grader.maths.values import Value, spread
from grader.maths.worlds import Definition, World, read_definition
from grader.model.errors import Undecided
from grader.notation.reading import parse_expression

RANDOM = np.random.default_rng(20)
A, B = RANDOM.normal(size=(3, 5)), RANDOM.normal(size=(5, 4))
M = RANDOM.normal(size=(4, 4))
V, W, X = RANDOM.normal(size=5), RANDOM.normal(size=3), RANDOM.normal(size=11)
DATA: dict[str, Any] = {"A": A, "B": B, "M": M, "v": V, "w": W, "x": X, "s": 2, "p": 3, "N": 11, "c": Fraction(1, 3)}


def world(**data: Any) -> World:
    """The data of this file, some of it replaced."""
    return World({}, DATA | data)


def value(text: str, letters: str = "", sizes: tuple[int, ...] = (), **data: Any) -> Any:
    """The value of an expression over free indices with these sizes, axes in the order of the letters."""
    here = world(**data)
    expr = parse_expression(text, {name: np.ndim(here[name]) for name in here})
    indices = {letter: np.arange(size) for letter, size in zip(letters, sizes, strict=True)}
    found = evaluate(expr, here.scope(indices))
    assert set(found.axes) <= set(letters)
    if not letters:
        return found.data
    return np.broadcast_to(spread(found, tuple(letters), 0), sizes)


def close(found: Any, wanted: Any) -> bool:
    """Whether two arrays have the same shape and, up to rounding, the same elements."""
    return np.shape(found) == np.shape(wanted) and np.allclose(found, wanted, rtol=1e-12, atol=1e-12)


def at(array: np.ndarray, *position: int) -> float:
    """An element, 0 outside the array."""
    inside = all(0 <= k < n for k, n in zip(position, array.shape, strict=True))
    return float(array[position]) if inside else 0.0


def table(function: Callable[..., float], *sizes: int) -> np.ndarray:
    """An array from a function of its indices."""
    return np.array([function(*place) for place in product(*map(range, sizes))]).reshape(sizes)


INDEXED: list[tuple[str, str, tuple[int, ...], np.ndarray]] = [
    ("sum[k] A[i,k]*B[k,j]", "ij", (3, 4), np.einsum("ik,kj->ij", A, B)),
    ("sum[k] B[k,j]*A[i,k]", "ji", (4, 3), np.einsum("ik,kj->ji", A, B)),
    ("sum[i,k] A[i,k]", "", (), np.asarray(A.sum())),
    ("sum[i] sum[k] A[i,k]*w[i]", "", (), np.einsum("ik,i->", A, W)),
    ("sum[k=0..4] A[i,k]", "i", (3,), A.sum(axis=1)),
    ("sum[k=1..3] v[k]", "", (), V[1:4].sum()),
    ("sum[k=0..s] v[k]", "", (), V[:3].sum()),
    (r"\sum_{k=0}^{N-1} x[k]", "", (), X.sum()),
    (r"\sum_{k=1}^{N} x[k]", "", (), X.sum()),
    ("sum[1<=k<3] v[k]", "", (), V[1:3].sum()),
    ("sum[k] v[k] + 1", "", (), V.sum() + 1),
    ("sum[k] (v[k] + 1)", "", (), (V + 1).sum()),
    ("sum[k=0..4] 2", "", (), np.asarray(10)),
    ("sum[k=0..4] k^2", "", (), np.asarray(30)),
    ("sum[k=3..2] k", "", (), np.asarray(0)),
    ("prod[k=3..2] k", "", (), np.asarray(1)),
    ("prod[k] v[k]", "", (), V.prod()),
    ("prod[k=1..5] k", "", (), np.asarray(120)),
    ("max[k] A[i,k]", "i", (3,), A.max(axis=1)),
    ("min[k] A[i,k]", "i", (3,), A.min(axis=1)),
    ("max[i,k] A[i,k]*w[i]", "", (), (A * W[:, None]).max()),
    ("max[j=0..p-1] x[s*k+j]", "k", (5,), np.array([max(at(X, 2 * k + j) for j in range(3)) for k in range(5)])),
    ("x[s*k]", "k", (6,), X[::2]),
    ("x[2*k+1]", "k", (5,), X[1::2]),
    ("x[k-3]", "k", (14,), np.array([at(X, k - 3) for k in range(14)])),
    ("x[k+9]", "k", (4,), np.array([X[9], X[10], 0, 0])),
    ("x[-k]", "k", (3,), np.array([X[0], 0, 0])),
    ("A[i,k]*A[k,i]", "ik", (3, 5), table(lambda i, k: at(A, i, k) * at(A, k, i), 3, 5)),
    ("sum[k] w[k]*x[i+k]", "i", (9,), np.array([sum(W[k] * X[i + k] for k in range(3)) for i in range(9)])),
    ("sum[k] w[k]*x[i-k]", "i", (13,), np.convolve(X, W)),
    ("sum[u] w[i-u]*x[u]", "i", (13,), np.convolve(X, W)),
    ("sum[u] x[u]*w[u-i]", "i", (9,), np.correlate(X, W)),
    ("sum[k=0..i] v[k]", "i", (5,), V.cumsum()),
    ("sum[k=i..4] v[k]", "i", (5,), V[::-1].cumsum()[::-1]),
    ("max[k=0..i] v[k]", "i", (5,), np.maximum.accumulate(V)),
    ("sum[i=0..4] sum[k=0..i] v[i]*v[k]", "", (), np.tril(np.outer(V, V)).sum()),
    ("prod[k=0..i] 2", "i", (4,), np.array([2, 4, 8, 16])),
    ("delta(i,k)", "ik", (3, 4), np.eye(3, 4)),
    ("i - k", "ik", (3, 4), table(lambda i, k: i - k, 3, 4)),
    ("v[k]^2/(1+v[k]^2)", "k", (5,), V**2 / (1 + V**2)),
    ("exp(-v[k])", "k", (5,), np.exp(-V)),
    ("max(0, v[k])", "k", (5,), np.maximum(V, 0)),
    ("sigmoid(v[k])", "k", (5,), 1 / (1 + np.exp(-V))),
    ("tanh'(v[k])", "k", (5,), 1 - np.tanh(V) ** 2),
    ("(A[i,k] > 0)*A[i,k]", "ik", (3, 5), np.where(A > 0, A, 0)),
]


@pytest.mark.parametrize(("text", "letters", "sizes", "wanted"), INDEXED, ids=[row[0] for row in INDEXED])
def test_indexed(text: str, letters: str, sizes: tuple[int, ...], wanted: np.ndarray) -> None:
    """Indexed expressions are their definition, element by element; outside an array there are zeros."""
    assert close(value(text, letters, sizes), wanted)


WHOLE: list[tuple[str, Any]] = [
    ("A B", A @ B),
    ("A A", None),  # shapes 3 x 5 and 3 x 5: no matrix product
    ("A*A", A * A),  # a star is a product element by element
    ("A^T A", A.T @ A),
    ("A@B", A @ B),
    ("B^T A^T", (A @ B).T),
    ("A v", A @ V),
    ("v^T v", V @ V),
    ("(A v)^T w", A @ V @ W),
    ("inv(M) M", np.eye(4)),
    ("trace(M)", np.trace(M)),
    ("det(M)", np.linalg.det(M)),
    ("transpose(A)", A.T),
    ("A[1,:]", A[1]),
    ("A[:,1:]", A[:, 1:]),
    ("A[0:2,::2]", A[0:2, ::2]),
    ("x[::-1]", X[::-1]),
    ("x[s:p+s]", X[2:5]),
    ("2*A - A/2", 1.5 * A),
    ("[[1,2],[3,4]]*2", np.array([[2, 4], [6, 8]])),
    ("outer(w, v)", np.outer(W, V)),
    ("dot(v, v)", V @ V),
    ("sum(A)", A.sum()),
    ("max(A)", A.max()),
    ("mean(v)", V.mean()),
    ("where(v == max(v))", np.argwhere(V.max() == V)),
    ("argmin(A)", np.argwhere(A.min() == A)),
    ("shape(A)", np.array([3, 5])),
    ("size(A)", 15),
    ("zeros(2,3)", np.zeros((2, 3))),
    ("ones(4)", np.ones(4)),
    ("norm(v)", np.sqrt((V**2).sum())),
    ("correlate(x, w)", np.correlate(X, W)),
]


@pytest.mark.parametrize(("text", "wanted"), WHOLE, ids=[row[0] for row in WHOLE])
def test_whole_arrays(text: str, wanted: Any) -> None:
    """Arrays without indices multiply as matrices, transpose, and slice as in Python."""
    if wanted is None:
        with pytest.raises(Undecided, match="does not exist"):
            value(text)
    else:
        assert close(value(text), wanted)


EXACT: list[tuple[str, int | Fraction]] = [
    ("1/3 + 1/6", Fraction(1, 2)),
    ("c*3", 1),
    ("0.1 + 0.2", Fraction(3, 10)),
    ("2^100", 2**100),
    ("2^100 + 1 - 2^100", 1),
    ("2^-3", Fraction(1, 8)),
    ("(2/3)^4", Fraction(16, 81)),
    ("30!", 265252859812191058636308480000000),
    ("10^18*10^18", 10**36),
    ("46*62*20*3*3*10", 5133600),
    ("50%", Fraction(1, 2)),
    ("floor(7/2)", 3),
    ("ceil(7/2)", 4),
    ("ceil(6/2)", 3),
    ("floor(-7/2)", -4),
    ("sqrt(16/9)", Fraction(4, 3)),
    ("abs(-7/2)", Fraction(7, 2)),
    ("max(1/3, 0.3)", Fraction(1, 3)),
    ("0^0", 1),
    ("(-1)^1000001", -1),
    ("sum[k=1..4] 1", 4),
]


@pytest.mark.parametrize(("text", "wanted"), EXACT, ids=[row[0] for row in EXACT])
def test_exact(text: str, wanted: int | Fraction) -> None:
    """Whole numbers and fractions stay exact, however large."""
    found = value(text.replace("30!", "factorial(30)"))
    assert isinstance(found, int | Fraction)
    assert found == wanted


UNDECIDED: list[tuple[str, str]] = [
    ("q + 1", "the name q is not known here"),
    ("A + B", "do not fit together"),
    ("A A", "does not exist"),
    ("A[0,0,0]", "3 indices, but 2 axes"),
    ("s[0]", "1 indices, but 0 axes"),
    ("x[1/2]", "whole number"),
    ("sum[q] 2", "the limits of q are not known"),
    ("max[q] s", "the limits of q are not known"),
    ("sum[k=0..10^9] k", "too many values"),
    ("9^9^9^9", "too large"),
    ("factorial(-1)", "cannot be computed"),
    ("factorial(1/2)", "cannot be computed"),
    ("factorial(10^6)", "cannot be computed"),
    ("zeros(10^6, 10^6)", "cannot be computed"),
    ("inv(A)", "cannot be computed"),
    ("inv(zeros(2,2))", "cannot be computed"),
    ("exp(1, 2)", "does not take 2 arguments"),
    ("multiplications(A)", "forward equation"),
    ("[[1,2],[3]]", "rows of different lengths"),
    ("x[sum(x)]", "whole number"),
    ("correlate(w, x)", "does not fit"),
]


@pytest.mark.parametrize(("text", "message"), UNDECIDED, ids=[row[0] for row in UNDECIDED])
def test_undecided(text: str, message: str) -> None:
    """What has no value is undecided, and says why and where."""
    with pytest.raises(Undecided, match=message) as caught:
        value(text)
    assert 0 <= caught.value.start <= caught.value.stop <= len(text)


@pytest.mark.parametrize(
    "text", ["1/0", "0/0", "s/(s-2)", "0^-1", "v[0]/0", "log(0)", "sqrt(-1)", "log(-1)", "1/0 - 1/0"]
)
def test_undefined_values_never_agree(text: str) -> None:
    """A division by zero agrees with nothing, not even with itself."""
    undefined = Value((), value(text))
    assert agree(undefined, undefined) is None
    assert agree(undefined, Value((), 1)) is not True
    assert agree(Value((), 1), undefined) is not True


AGREEMENT: list[tuple[Value, Value, bool | None]] = [
    (Value(("i", "j"), A), Value(("j", "i"), A.T), True),
    (Value(("i", "j"), A), Value(("i", "j"), A), True),
    (Value(("i", "j"), M), Value(("j", "i"), M), False),
    (Value(("i",), np.ones(3)), Value((), 1), True),
    (Value(("i",), V), Value(("i",), V * (1 + 1e-12)), True),
    (Value(("i",), V), Value(("i",), V * (1 + 1e-6)), False),
    (Value(("i",), V), Value(("j",), V), False),
    (Value((), 2**70), Value((), 2**70), True),
    (Value((), Fraction(1, 3)), Value((), 1 / 3), True),
    (Value((), A), Value((), A.T), False),
    (Value((), A), Value((), 1), False),
    (Value(("*",), np.array([1, np.nan, 3, 4, 5, 6])), Value(("*",), np.array([1, np.nan, 3, 4, 5, 6])), True),
    (Value(("*",), np.array([1, np.nan, 3, 4, 5, 6])), Value(("*",), np.array([1, 2.0, 3, 4, 5, 6])), None),
    (Value(("*",), np.array([1, np.nan, 3, 4, 5, 7])), Value(("*",), np.array([1, 2.0, 3, 4, 5, 6])), False),
    (Value(("*",), np.full(9, np.nan)), Value(("*",), np.full(9, np.nan)), None),
    (Value(("*",), np.array([np.nan] * 20 + [1.0])), Value(("*",), np.array([np.nan] * 20 + [1.0])), None),
    (Value((), 1e-15), Value((), 0), True),  # sin(6 pi)
    (Value((), 1e-9), Value((), 0), False),
    (Value(("i",), np.array([1.0, 1e-15])), Value(("i",), np.array([1.0, 0])), True),
]


@pytest.mark.parametrize(("found", "wanted", "verdict"), AGREEMENT)
def test_agreement(found: Value, wanted: Value, verdict: bool | None) -> None:
    """Values agree by axis name, within rounding; too few defined points, or other ones, decide nothing."""
    assert agree(found, wanted) is verdict


CONVOLUTION = {
    "Z[i,j,m]": "sum[k1,k2,n] K[k1,k2,n,m] * P[i+k1,j+k2,n] + b[m]",
    "Y[k]": "x[s*k]",
    "T[k=0..floor((N-1)/s)]": "max[j=0..p-1] x[s*k+j]",
    "U[i,j,m]": "1 / (1 + exp(-Z[i,j,m]))",
    "copy": "Z",
    "D[i]": "x[i+2] - x[i]",
    "E": "F",
    "F": "E",
    "G[i]": "3",
    "H[i]": "R[i+5]",
}
LAYER = {
    "P": RANDOM.normal(size=(7, 6, 2)),
    "K": RANDOM.normal(size=(3, 2, 2, 4)),
    "b": RANDOM.normal(size=4),
    "R": np.ones(3),
}


def forward() -> World:
    """A world with forward equations, nothing of it computed yet."""
    axes = {name: np.ndim(data) for name, data in (DATA | LAYER).items()} | dict(Z=3, U=3, Y=1, T=1)
    definitions: dict[str, Definition] = {}
    for left, right in CONVOLUTION.items():
        definition = read_definition(parse_expression(left, axes), parse_expression(right, axes))
        assert definition is not None
        definitions[definition.name] = definition
    return World(definitions, DATA | LAYER)


def naive_layer() -> np.ndarray:
    """The convolution layer as five loops."""
    P, K, b = LAYER["P"], LAYER["K"], LAYER["b"]
    out = np.zeros((5, 5, 4))
    for i, j, m in np.ndindex(*out.shape):
        out[i, j, m] = b[m] + sum(K[a, c, n, m] * P[i + a, j + c, n] for a, c, n in np.ndindex(3, 2, 2))
    return out


def test_forward_equations() -> None:
    """An equation runs over the valid values of its indices, or over the range it writes."""
    here = forward()
    assert close(here["Z"], naive_layer())
    assert close(here["U"], 1 / (1 + np.exp(-naive_layer())))
    assert close(here["Y"], X[::2])
    assert close(here["T"], [max(X[2 * k : 2 * k + 3]) for k in range(6)])
    assert close(here["D"], X[2:] - X[:-2])
    assert close(here["copy"], naive_layer())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("shape(Z)", [5, 5, 4]), ("shape(U)", [5, 5, 4]), ("size(Z)", 100), ("shape(copy)", [5, 5, 4]),
        ("shape(P)", [7, 6, 2]),
        ("multiplications(Z)", 100 * 12), ("shape(Z)[2]", 4), ("shape(Y)", [6]), ("size(Y)", 6), ("shape(K)[0]*2", 6),
    ],
)  # fmt: skip
def test_measures(text: str, wanted: Any) -> None:
    """Shapes and counts of an equation are those of what it computes, without computing it."""
    here = forward()
    expr = parse_expression(text, {name: 1 for name in here})
    assert np.array_equal(evaluate(expr, here.scope()).data, wanted)
    assert "Z" not in here._cache


@pytest.mark.parametrize(
    ("name", "message"),
    [("E", "circle"), ("G", "no array tells how far"), ("H", "no valid values")],
)
def test_faulty_equations(name: str, message: str) -> None:
    """An equation that cannot be computed says so."""
    with pytest.raises(Undecided, match=message):
        forward()[name]


@pytest.mark.parametrize(
    ("found", "wanted"),
    [(A, A.T), (A, A + 1e-9), (A, A[:2]), (np.ones(3), np.asarray(1.0)), (np.array([np.nan]), np.array([np.nan]))],
)
def test_comparison_can_fail(found: np.ndarray, wanted: np.ndarray) -> None:
    """The comparison of this file sees a transpose, a small difference, a shape, and an undefined value."""
    assert close(wanted, wanted) or np.isnan(wanted).any()
    assert not close(found, wanted)
