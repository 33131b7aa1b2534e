"""Derived gradients of the layers and losses that courses use, against central differences and complex steps.

A complex step, Im f(x + ih) / h, has no cancellation: it agrees to the last digits, where f is analytic (Squire and
Trapp, "Using complex variables to estimate derivatives of real functions", 1998). Data are generic: no two elements
of a maximum are alike, no argument of a corner is zero.
"""

from __future__ import annotations

import numpy as np
import pytest
from test_maths_gradients import build, close, differences, generic

from grader.maths.dependence import reaches
from grader.maths.differentiation import gradient
from grader.maths.pullbacks import WHOLE
from grader.maths.worlds import World
from grader.model.errors import Undecided

Data = dict[str, np.ndarray | int]
TINY = 1e-30

IMAGE: Data = {"X": generic(2, 6, 5, 2), "W": generic(3, 2, 2, 3), "b": generic(3), "s": 2}
SOUND: Data = {"x": generic(2, 9, 3), "w": generic(3, 3, 2), "b": generic(2), "s": 2}
BATCH: Data = {"X": generic(5, 3) / 2, "W": generic(3, 4) / 2, "b": generic(4), "Y": np.abs(generic(5, 4)), "N": 5}
ONE: Data = {"A": generic(4, 3), "x": generic(3), "b": generic(4), "y": generic(4), "S": generic(3, 3)}
LINE: Data = {"X": generic(6, 3), "w": generic(3), "y": generic(6), "N": 6, "lam": 2}
NORM: Data = {"x": generic(6, 3), "g": generic(3), "b": generic(3), "N": 6, "eps": 1}
ROW: Data = {"a": generic(7), "c": generic(7), "q": generic(4, 5), "z": np.array([2.0, 0, 3, -1, 0]), "v": generic(4)}
STEPS: Data = {
    "x1": generic(2), "x2": generic(2), "x3": generic(2), "h0": generic(3), "W": generic(3, 3), "V": generic(3, 2),
}  # fmt: skip

AFFINE = {"Z[i,k]": "sum[n] X[i,n]*W[n,k] + b[k]"}
SOFTMAX = AFFINE | {"P[i,k]": "exp(Z[i,k]) / sum[l] exp(Z[i,l])"}
ENTROPY = SOFTMAX | {"J": "-sum[i,k] Y[i,k]*log(P[i,k])"}
MATRIX = {"Z": "X @ W + b", "P": "softmax(Z)", "J": "-sum(Y * log(P)) / N"}
BATCH_NORM = {
    "mu[n]": "1/N * sum[i] x[i,n]",
    "v[n]": "1/N * sum[i] (x[i,n] - mu[n])^2",
    "h[i,n]": "(x[i,n] - mu[n]) / sqrt(v[n] + eps)",
    "y[i,n]": "g[n]*h[i,n] + b[n]",
}
CELL = "tanh(sum[k] W[j,k]*{h}[k] + sum[m] V[j,m]*{x}[m])"
RECURRENT = {f"h{t}[j]": CELL.format(h=f"h{t - 1}", x=f"x{t}") for t in (1, 2, 3)}

# A model: its equations, its data, what is derived, by what.
SMOOTH: dict[str, tuple[dict[str, str], Data, str, str]] = {
    "convolution in 1-D": ({"z[i,k,m]": "sum[j,n] w[j,n,m]*x[i,k+j,n] + b[m]"}, SOUND, "z", "x w b"),
    "with a stride": ({"z[i,k,m]": "sum[j,n] w[j,n,m]*x[i,s*k+j,n] + b[m]"}, SOUND, "z", "x w b"),
    "reversed": ({"z[i,k=0..6,m]": "sum[j,n] w[2-j,n,m]*x[i,k+j,n]"}, SOUND, "z", "x w"),
    "convolution in 2-D": (
        {"Z[i,j1,j2,m]": "sum[k1,k2,n] W[k1,k2,n,m]*X[i,j1+k1,j2+k2,n] + b[m]"}, IMAGE, "Z", "X W b",
    ),
    "in 2-D with a stride": (
        {"Z[i,j1,j2,m]": "sum[k1,k2,n] W[k1,k2,n,m]*X[i,s*j1+k1,s*j2+k2,n] + b[m]"}, IMAGE, "Z", "X W b",
    ),
    "correlate and convolve": ({"r": "correlate(A, B)", "t": "convolve(A, B)", "J": "sum(r*r*t)"},
                               {"A": generic(4, 5), "B": generic(2, 3)}, "J", "A B r"),
    "affine": (AFFINE, BATCH, "Z", "X W b"),
    "affine in matrix form": ({"Z": "X @ W + b"}, BATCH, "Z", "X W b"),
    "affine of one sample": ({"z": "A x + b"}, ONE, "z", "A x b"),
    "transposes": ({"Z": "W^T X^T", "R": "transpose(Z)[1:] @ W^T"}, BATCH, "R", "X W"),
    "row times matrix": ({"z": "b^T A"}, ONE, "z", "A b"),
    "column times row": ({"M": "b x^T"}, ONE, "M", "b x"),
    "quadratic form": ({"J": "x^T S x"}, ONE, "J", "x S"),
    "softmax and cross-entropy": (ENTROPY, BATCH, "J", "X W b Z P Y"),
    "softmax alone": (SOFTMAX, BATCH, "P", "W Z"),
    "softmax in matrix form": (MATRIX, BATCH, "J", "X W b Z P"),
    "an element of a softmax": ({"P[i,k]": "softmax(X)[i,k]^2"}, BATCH, "P", "X"),
    "softmax of a vector": ({"p": "softmax(x)", "J": "-log(p[1])"}, ONE, "J", "x p"),
    "logistic loss": (
        {"z[i]": "sum[k] X[i,k]*w[k]", "p[i]": "sigmoid(z[i])",
         "J": "-1/N sum[i] (y[i]*log(p[i]) + (1-y[i])*log(1-p[i]))"},
        LINE | {"y": np.array([0.0, 1, 1, 0, 1, 0])}, "J", "w z p X",
    ),
    "softplus": ({"J": "sum[i] log(1 + exp(-y[i]*sum[k] X[i,k]*w[k]))"}, LINE, "J", "w X y"),
    "ridge": ({"J": "1/(2*N) * sum[i] (y[i] - sum[k] X[i,k]*w[k])^2 + lam/2 * sum[k] w[k]^2"}, LINE, "J", "w X y"),
    "ridge in matrix form": ({"r": "X w - y", "J": "(r^T r)/(2*N) + lam/2 * (w^T w)"}, LINE, "J", "w X y r"),
    "elementwise": ({"Z": "X @ W", "U": "sigmoid(Z)", "V": "U ⊙ tanh(Z) - Z^2"}, BATCH, "V", "X W Z U"),
    "slopes as functions": ({"r[i]": "sigmoid'(a[i]) + tanh'(c[i])"}, ROW, "r", "a c"),
    "logarithms": ({"r[i]": "log2(2 + a[i]^2) + log10(3 + a[i]^2)"}, ROW, "r", "a"),
    "arcs": ({"r[i]": "arcsin(a[i]/9) + arccos(a[i]/9) + arctan(a[i]) + sinh(a[i])*cosh(a[i])"}, ROW, "r", "a"),
    "batch norm": (BATCH_NORM, NORM, "y", "x g b h mu v"),
    "batch norm, three deep": (BATCH_NORM | {"J": "sum[i,n] y[i,n]^3"}, NORM, "J", "x g b"),
    "average pooling": ({"r[k]": "1/2 * sum[j=0..1] a[2*k+j]"}, ROW, "r", "a"),
    "cumulated": ({"r[i=0..6]": "sum[k=0..i] a[k]*c[i-k]"}, ROW, "r", "a c"),
    "upper triangle": ({"r[i]": "sum[j=i+1..4] q[i,j]^2 * a[j]"}, ROW, "r", "q a"),
    "band": ({"r[i]": "sum[k=i-1..i+1] a[k]*a[i]"}, ROW, "r", "a"),
    "nested limits": ({"J": "sum[i=0..3] sum[j=0..i] q[i,j]*a[i-j]"}, ROW, "J", "q a"),
    "no value at what is left out": ({"r[i=1..4]": "sum[k=0..i-1] a[k]/(i-k)"}, ROW, "r", "a"),
    "product with dependent limits": ({"r[i=0..6]": "prod[k=0..i] a[k]"}, ROW, "r", "a"),
    "product with zeros": ({"r": "prod[k] z[k]", "t[i]": "(prod[k] z[k]+1)*z[i]", "J": "sum[i] t[i]^2 + r"},
                           ROW | {"z": np.array([2.0, 0, 3, -1, 4])}, "J", "z"),
    "product of all": ({"J": "prod(z)*sum(z)"}, ROW | {"z": np.array([2.0, 0, 3, -1, 4])}, "J", "z"),
    "product without the index": ({"r[i]": "prod[k=0..2] a[i]"}, ROW, "r", "a"),
    "quotient": ({"r[i]": "a[i]/(1 + c[i]^2) + c[i]^3/a[i]"}, ROW, "r", "a c"),
    "powers": ({"r[i]": "(1 + a[i]^2)^c[i] + a[i]^3 - 2^(-a[i])"}, ROW, "r", "a c"),
    "percent": ({"r[i]": "a[i]^2*50%"}, ROW, "r", "a"),
    "unit vectors": ({"r[i]": "a[i]/sqrt(sum[k] a[k]^2)"}, ROW, "r", "a"),
    "trace, det, inverse": ({"J": "trace(S @ S) + det(S)*sum(inv(S))"}, ONE, "J", "S"),
    "dot, outer, mean": ({"J": "dot(b, y)*mean(outer(b, x)) + dot(A, x)[1]"}, ONE, "J", "b y x A"),
    "flip, transpose, subsample": ({"r": "flip(transpose(A))", "t": "subsample(r, 2)"}, ONE, "t", "A"),
    "rows and slices": ({"t": "sum[k] q[k]*v[k]", "J": "sum(t*t) * sum(q[:,1:3]) + sum(q[2])^2"}, ROW, "J", "q v t"),
    "a list": ({"r": "[sum(v), v[1]^2, 3]", "J": "sum(r*r)"}, ROW, "J", "v"),
    "recurrent": (RECURRENT, STEPS, "h3", "W V h0 h1 x1 x2"),
    "shared weights": ({"z[i]": "sum[k] S[i,k]*x[k]", "t[i]": "sum[k] S[k,i]*z[k] + S[i,i]"}, ONE, "t", "S x"),
    "residual": ({"z[i]": "sum[k] S[i,k]*x[k]", "u[i]": "x[i] + tanh(z[i])"}, ONE, "u", "x S z"),
    "lengths are no values": ({"r[i]": "a[i]*size(a) + shape(q)[0]*a[i]^2"}, ROW, "r", "a"),
}  # fmt: skip
CORNERS: dict[str, tuple[dict[str, str], Data, str, str]] = {
    "relu": ({"Z": "X @ W + b", "U": "relu(Z)"}, BATCH, "U", "X W b Z"),
    "relu in words of max": ({"U[i,k]": "max(0, X[i,k])*X[i,k]"}, BATCH, "U", "X"),
    "relu by comparison": ({"U[i,k]": "X[i,k]*(X[i,k] > 0)"}, BATCH, "U", "X"),
    "three arguments": ({"U": "max(X, 2*X, X - 1)", "V": "min(U, X^2)"}, BATCH, "V", "X U"),
    "max pooling": ({"r[k]": "max[j=0..1] a[2*k+j]"}, ROW, "r", "a"),
    "max pooling in 2-D": (
        {"R[i,j1,j2,n]": "max[k1=0..1,k2=0..1] X[i,2*j1+k1,2*j2+k2,n]"}, IMAGE, "R", "X",
    ),
    "relu, then pooling: dead windows": ({"u[i]": "relu(a[i])", "r[k]": "max[j=0..1] u[2*k+j]"}, ROW, "r", "a"),
    "running maximum": ({"r[i=0..6]": "max[k=0..i] a[k]"}, ROW, "r", "a"),
    "maximum without the index": ({"r[i]": "max[k=0..2] a[i]"}, ROW, "r", "a"),
    "greatest of all": ({"J": "max(q)*min(q) + max(q[1])"}, ROW, "J", "q"),
    "norms": ({"J": "norm(v)^3 + norm(q)", "r[i]": "J*v[i]"}, ROW, "r", "v q"),
    "absolute values": ({"J": "sum(abs(v)) + sum[i,j] |q[i,j]|"}, ROW, "J", "v q"),
    "hinge": ({"J": "sum[i] max(0, 1 - y[i]*sum[k] X[i,k]*w[k])"}, LINE, "J", "w"),
    "stable softmax": ({"m[i]": "max[k] X[i,k]", "P[i,k]": "exp(X[i,k]-m[i])/sum[l] exp(X[i,l]-m[i])"},
                       BATCH, "P", "X"),
    "floor, where it is level": ({"r[i]": "a[i]*floor(a[i]) + sign(a[i])*a[i]^2"}, ROW, "r", "a"),
}  # fmt: skip

Case = tuple[dict[str, str], Data, str, str]


def cases(models: dict[str, Case]) -> list[object]:
    """Each variable of each model by itself."""
    return [
        pytest.param(equations, data, of, by, id=f"{name}, by {by}")
        for name, (equations, data, of, variables) in models.items()
        for by in variables.split()
    ]


def complex_steps(equations: dict[str, str], data: Data, of: str, by: str, given: np.ndarray) -> np.ndarray:
    """The gradient of `sum(given * of)` by complex steps, one element of `by` after the other."""
    point = np.array(build(equations, data)[by], dtype=complex)
    slopes = np.zeros(point.shape)
    for place in np.ndindex(*point.shape):
        moved = point.copy()
        moved[place] += 1j * TINY
        slopes[place] = np.sum(given * np.imag(build(equations, {**data, by: moved})[of])) / TINY
    return slopes


@pytest.mark.parametrize(("equations", "data", "of", "by"), cases(SMOOTH | CORNERS))
def test_differences(equations: dict[str, str], data: Data, of: str, by: str) -> None:
    """A derived gradient is what central differences of the forward equations give."""
    here = build(equations, data)
    given = np.asarray(generic(*np.shape(here[of])))
    wanted = differences(equations, data, of, by, given)
    assert np.any(wanted != 0)
    assert close(gradient(here, of, by, given), wanted)


@pytest.mark.parametrize(("equations", "data", "of", "by"), cases(SMOOTH))
def test_complex_steps(equations: dict[str, str], data: Data, of: str, by: str) -> None:
    """Where the equations are analytic, a complex step agrees to the last digits."""
    here = build(equations, data)
    given = np.asarray(generic(*np.shape(here[of])))
    wanted = complex_steps(equations, data, of, by, given)
    found = gradient(here, of, by, given)
    assert found.shape == wanted.shape
    assert np.max(np.abs(found - wanted)) <= 1e-12 * np.max(np.abs(wanted))


def test_softmax_with_cross_entropy_is_p_minus_y() -> None:
    """The gradient by the logits is P - Y where the rows of Y sum to one."""
    labels = np.eye(4)[[0, 2, 1, 3, 2]]
    here = build(ENTROPY, BATCH | {"Y": labels})
    assert np.allclose(gradient(here, "J", "Z", np.ones(())), here["P"] - labels, rtol=1e-13)


@pytest.mark.parametrize(
    ("equations", "of", "by", "message"),
    [
        ({"r[i]": "floor(a[i])"}, "r", "a", "in the equation of r: floor has no derivative"),
        ({"r[i]": "a[i] > 0"}, "r", "a", "in the equation of r: a comparison has no derivative"),
        ({"r[i]": "factorial(a[i])"}, "r", "a", "in the equation of r"),
        ({"u[i]": "0*a[i]", "J": "max[j] u[j]"}, "J", "u", "a maximum that two elements share"),
        ({"u[i]": "relu(a[i])", "r[i]": "relu(u[i])"}, "r", "u", "corner"),
        ({"u[i]": "0*a[i]", "J": "max(u) + a[0]"}, "J", "u", "corner"),
        ({"r[i]": "a[i]", "t[i]": "r[i] + u[i]", "u[i]": "t[i]*a[i]"}, "u", "a", "circle"),
        ({"M": "a a^T", "J": "det(M)"}, "J", "a", "in the equation of J"),
        ({"r[i]": "a[c[i]]"}, "r", "c", "not computed from"),
        ({"r[i]": "size(a)*c[i]"}, "r", "a", "not computed from"),
    ],
)
def test_no_derivative(equations: dict[str, str], of: str, by: str, message: str) -> None:
    """Where there is no derivative, the equation is named, and no number is given."""
    with pytest.raises(Undecided, match=message):
        gradient(build(equations, ROW), of, by, np.ones(() if of == "J" else 7))


def test_max_pool_as_a_function() -> None:
    """Each window's greatest element gets the gradient; a window past the end takes what there is."""
    samples, given = generic(7, 2), generic(3, 2)
    pulled = WHOLE["max_pool"](given, samples, np.array(2), np.array(3))[0]
    wanted = np.zeros(samples.shape)
    for k, column in np.ndindex(3, 2):
        window = samples[3 * k : 3 * k + 2, column]
        wanted[3 * k + np.argmax(window), column] += given[k, column]
    assert np.array_equal(pulled, wanted)


def test_paths_that_avoid_a_name() -> None:
    """A residual path leads around the middle equation; lengths and positions lead nowhere."""
    world: World = build({"z[i]": "x[i]^2", "u[i]": "x[i] + z[i]", "n": "size(x)"}, {"x": generic(3)})
    assert reaches(world, "u", "x", without="z")
    assert reaches(world, "u", "z")
    assert not reaches(build({"z[i]": "x[i]^2", "u[i]": "z[i]"}, {"x": generic(3)}), "u", "x", without="z")
    assert not reaches(world, "n", "x")
