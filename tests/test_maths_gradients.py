"""Derived gradients against central differences of the same forward equations."""

from __future__ import annotations

import numpy as np
import pytest

from grader.maths.dependence import reaches
from grader.maths.differentiation import gradient
from grader.maths.worlds import Definition, World, read_definition
from grader.model.errors import Undecided
from grader.model.expressions import Expr
from grader.notation.reading import parse_expression

RANDOM = np.random.default_rng(4)
STEP = 1e-5


def generic(*shape: int) -> np.ndarray:
    """Numbers of both signs, none near zero, no two alike: no corner of a maximum is near."""
    return np.asarray(RANDOM.uniform(0.5, 1.5, shape) * RANDOM.choice([-1.0, 1.0], shape))


def build(equations: dict[str, str], data: dict[str, np.ndarray | int]) -> World:
    """A world of data and forward equations."""
    axes = {name: np.ndim(values) for name, values in data.items()}
    lefts = {left: parse_expression(left, {}) for left in equations}
    for left in lefts.values():
        base = read_definition(left, left)
        assert base is not None
        axes[base.name] = len(base.letters)
    definitions: dict[str, Definition] = {}
    for text, body in equations.items():
        definition = read_definition(lefts[text], parse_expression(body, axes))
        assert definition is not None
        assert isinstance(definition.body, Expr)
        definitions[definition.name] = definition
    return World(definitions, dict(data))


def differences(
    equations: dict[str, str], data: dict[str, np.ndarray | int], of: str, by: str, given: np.ndarray
) -> np.ndarray:
    """The gradient of `sum(given * of)`, one element of `by` after the other."""
    here = build(equations, data)
    point = np.array(here[by], dtype=float)
    slopes = np.zeros(point.shape)
    for place in np.ndindex(*point.shape):
        values = []
        for sign in (1, -1):
            moved = point.copy()
            moved[place] += sign * STEP
            values.append(np.sum(given * np.asarray(build(equations, {**data, by: moved})[of])))
        slopes[place] = (values[0] - values[1]) / (2 * STEP)
    return slopes


def close(found: np.ndarray, wanted: np.ndarray) -> bool:
    """Whether two gradients agree as well as central differences can tell."""
    return found.shape == wanted.shape and np.allclose(found, wanted, rtol=1e-6, atol=1e-7)


LAYER = {"Z[i,j1,j2,m]": "sum[k1,k2,n] W[k1,k2,n,m] * X[i,j1+k1,j2+k2,n] + b[m]"}
LAYER_DATA: dict[str, np.ndarray | int] = {"X": generic(2, 4, 5, 2), "W": generic(2, 3, 2, 3), "b": generic(3)}
SIGMOID = LAYER | {"U[i,j1,j2,m]": "1 / (1 + exp(-Z[i,j1,j2,m]))"}
DENSE = {"z[i,m]": "sum[j] x[i,j]*v[j,m] + c[m]"}
DENSE_DATA: dict[str, np.ndarray | int] = {"x": generic(4, 3), "v": generic(3, 2), "c": generic(2), "y": generic(4, 2)}
LOSS = DENSE | {"J": "sum[i,m] (y[i,m] - z[i,m])^2 / 2"}
SIGNAL: dict[str, np.ndarray | int] = {"a": generic(9), "h": generic(3), "s": 2, "p": 3}
POSITIVE: dict[str, np.ndarray | int] = {"a": np.abs(generic(6)), "e": generic(6), "q": generic(4, 3)}

MODELS: list[tuple[str, dict[str, str], dict[str, np.ndarray | int], str, list[str]]] = [
    ("convolution layer", LAYER, LAYER_DATA, "Z", ["X", "W", "b"]),
    ("sigmoid on top", SIGMOID, LAYER_DATA, "U", ["X", "W", "b", "Z"]),
    ("relu on top", LAYER | {"U[i,j1,j2,m]": "max(0, Z[i,j1,j2,m])"}, LAYER_DATA, "U", ["X", "W", "Z"]),
    ("leaky relu", LAYER | {"U[i,j1,j2,m]": "max(Z[i,j1,j2,m]/10, Z[i,j1,j2,m])"}, LAYER_DATA, "U", ["W", "Z"]),
    ("dense layer", DENSE, DENSE_DATA, "z", ["x", "v", "c"]),
    ("squared loss", LOSS, DENSE_DATA, "J", ["x", "v", "c", "y", "z"]),
    ("softmax", DENSE | {"P[i,m]": "exp(z[i,m]) / sum[l] exp(z[i,l])"}, DENSE_DATA, "P", ["v", "z"]),
    ("log softmax", DENSE | {"P[i,m]": "z[i,m] - log(sum[l] exp(z[i,l]))"}, DENSE_DATA, "P", ["v", "x"]),
    (
        "two layers",
        DENSE | {"t[i,m]": "tanh(z[i,m])", "o[i,k]": "sum[m] t[i,m]*v[k,m]"},
        DENSE_DATA,
        "o",
        ["x", "v", "t"],
    ),
    ("used twice", {"r[i]": "a[i]*a[i+1] + a[i]^2"}, POSITIVE, "r", ["a"]),
    ("quotient", {"r[i]": "(a[i] + 2) / (1 + a[i]^2)"}, POSITIVE, "r", ["a"]),
    ("powers", {"r[i]": "a[i]^e[i] + 2^a[i] - a[i]^(-1/2)"}, POSITIVE, "r", ["a", "e"]),
    ("functions", {"r[i]": "sin(a[i])*cos(a[i]) + log(a[i]) - sqrt(a[i])*exp(-a[i])"}, POSITIVE, "r", ["a"]),
    (
        "more functions",
        {"r[i]": "sigmoid(e[i]) + tanh(e[i]) + relu(e[i]) + abs(e[i]) + arctan(e[i])"},
        POSITIVE,
        "r",
        ["e"],
    ),
    ("product over an index", {"r[i]": "prod[j] q[i,j]"}, POSITIVE, "r", ["q"]),
    ("norm of rows", {"r[i]": "sqrt(sum[j] q[i,j]^2)"}, POSITIVE, "r", ["q"]),
    ("maximum over an index", {"r[i]": "max[j] q[i,j]"}, POSITIVE, "r", ["q"]),
    ("minimum over an index", {"r[i]": "min[j] q[i,j]^2"}, POSITIVE, "r", ["q"]),
    ("stride", {"r[k]": "a[s*k]"}, SIGNAL, "r", ["a"]),
    ("pooling past the end", {"r[k=0..floor((9-1)/s)]": "max[j=0..p-1] a[s*k+j]^2"}, SIGNAL, "r", ["a"]),
    ("strided filter", {"r[k]": "sum[j] h[j]*a[s*k+j]"}, SIGNAL, "r", ["a", "h"]),
    ("full convolution, outside is zero", {"r[k=0..10]": "sum[j] h[j]*a[k-j]"}, SIGNAL, "r", ["a", "h"]),
    ("window past the end", {"r[k=0..8]": "sum[j] h[j]*a[k+j]"}, SIGNAL, "r", ["a", "h"]),
    ("mean of squares", {"r[i]": "a[i] - sum[k] a[k]/9", "J": "sum[i] r[i]^2/9"}, SIGNAL, "J", ["a", "r"]),
    ("nothing but the index", {"r[i]": "i*a[i]"}, SIGNAL, "r", ["a"]),
]
CASES = [(name, eqs, data, of, by) for name, eqs, data, of, variables in MODELS for by in variables]


@pytest.mark.parametrize(
    ("name", "equations", "data", "of", "by"), CASES, ids=[f"{case[0]}, by {case[4]}" for case in CASES]
)
def test_gradient(name: str, equations: dict[str, str], data: dict[str, np.ndarray | int], of: str, by: str) -> None:
    """A derived gradient is what central differences of the forward equations give."""
    here = build(equations, data)
    given = np.asarray(generic(*np.shape(here[of])))
    found = gradient(here, of, by, given)
    wanted = differences(equations, data, of, by, given)
    assert np.any(wanted != 0)
    assert close(found, wanted)


def test_shifts_reach_the_border() -> None:
    """Elements read outside the array receive nothing, those at the border only what reaches them."""
    here = build({"r[k=0..8]": "a[k+2]"}, {"a": np.arange(9.0)})
    assert gradient(here, "r", "a", np.ones(9)).tolist() == [0, 0, 1, 1, 1, 1, 1, 1, 1]


def test_the_world_is_not_changed() -> None:
    """Deriving a gradient twice gives the same bits and leaves the data alone."""
    here, given = build(SIGMOID, LAYER_DATA), generic(2, 3, 3, 3)
    before = np.array(LAYER_DATA["W"])
    first, second = (gradient(here, "U", "W", given) for _ in range(2))
    assert np.array_equal(first, second)
    assert np.array_equal(before, here["W"])


@pytest.mark.parametrize(
    ("equations", "of", "by", "message"),
    [
        ({"r[i]": "a[i]"}, "r", "h", "not computed from"),
        ({"r[i]": "floor(a[i])"}, "r", "a", "floor has no derivative"),
        ({"r[i]": "a[i] > 0"}, "r", "a", "no derivative"),
        ({"r[i]": "ceil(a[i])"}, "r", "a", "ceil has no derivative"),
    ],
)
def test_no_derivative(equations: dict[str, str], of: str, by: str, message: str) -> None:
    """What has no derivative here is undecided, never a wrong number."""
    here = build(equations, SIGNAL)
    with pytest.raises(Undecided, match=message):
        gradient(here, of, by, np.ones(np.shape(here[of])))


def test_what_reaches_what() -> None:
    """Equations are followed through others, not through data."""
    here = build(SIGMOID, LAYER_DATA)
    assert reaches(here, "U", "W")
    assert reaches(here, "U", "Z")
    assert not reaches(here, "Z", "U")
    assert not reaches(here.with_data({"Z": np.zeros((2, 3, 3, 3))}), "U", "W")


@pytest.mark.parametrize(
    ("right", "slip"),
    [
        ("h[j]*a[k-j]", "h[j]*a[k+j]"), ("h[j]*a[k-j]", "-h[j]*a[k-j]"), ("h[j]*a[k-j]", "2*h[j]*a[k-j]"),
        ("h[j]*a[k-j]", "h[j]*a[k-j-1]"), ("h[j]*a[k-j]", "h[j]*a[k-j]^2"), ("h[j]*a[k-j]", "h[2-j]*a[k-j]"),
    ],
)  # fmt: skip
def test_comparison_can_fail(right: str, slip: str) -> None:
    """The comparison of this file sees a slip in the equations: a shift, a sign, a factor, a power, a reversal."""
    given = generic(11)
    found = gradient(build({"r[k=0..10]": f"sum[j] {slip}"}, SIGNAL), "r", "a", given)
    assert not close(found, differences({"r[k=0..10]": f"sum[j] {right}"}, SIGNAL, "r", "a", given))
