"""Gradients of random models against central differences: rules that are right alone must be right together."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from test_maths_gradients import build, differences

from grader.maths.dependence import reaches
from grader.maths.differentiation import gradient
from grader.maths.pullbacks import LEVEL, WHOLE
from grader.reference.functions import FUNCTIONS

SEEDS, MODELS = range(8), 30
LEAVES = ("a[{i}]", "S[{i},{k}]", "a[{i}+1]", "c", "2", "U[{i}]", "transpose(S)[{i},0]*U[{k}]", "softmax(S)[{i},1]")
ALONE = ("a[1]", "S[0,2]", "(a^T S a)", "norm(a)", "sum(S)", "c", "U[2]")
NODES = (
    "({x} + {y})", "({x} - {y})", "(-{x})", "({x} * {y})", "({x} / (2 + {y}^2))", "(1 + {x}^2)^({y}/5)",
    "max({x}, {y})", "sigmoid({x}/3)", "tanh({x}/3)", "sin({x})", "relu({x})", "abs({x})",
)  # fmt: skip
OVER = ("(sum[{n}=0..3] {z})", "(max[{n}=0..3] {z})", "(sum[{n}=0..{i}] {z})", "(prod[{n}={i}..3] {z})")


def expression(draw: Random, depth: int, indices: str) -> str:
    """An expression with some of these indices free."""
    i, k = (draw.choice(indices), draw.choice(indices)) if indices else ("0", "1")
    if depth == 0:
        return draw.choice(LEAVES if indices else ALONE).format(i=i, k=k)
    if indices and draw.random() < 0.4:
        new = "ijklm"[len(indices)]
        return draw.choice(OVER).format(n=new, i=i, z=expression(draw, depth - 1, indices + new))
    return draw.choice(NODES).format(x=expression(draw, depth - 1, indices), y=expression(draw, depth - 1, indices))


@pytest.mark.parametrize("seed", SEEDS)
def test_random_models(seed: int) -> None:
    """Three equations on top of one another, by each variable they are made of."""
    draw, compared = Random(seed), 0
    for _ in range(MODELS):
        numbers = [draw.uniform(0.5, 1.5) * draw.choice((-1, 1)) for _ in range(21)]
        data = {"a": np.array(numbers[:4]), "S": np.reshape(numbers[4:20], (4, 4)), "c": np.array(numbers[20])}
        last = expression(draw, 2, "").replace("U", "V")
        equations = {"U[i]": "tanh(a[i])*c + S[i,i]", "V[i=0..3]": expression(draw, 3, "i"), "J": f"{last} + V[1]*V[3]"}
        here = build(equations, data)
        if not abs(float(here["J"])) < 1e4:  # differences of large numbers tell nothing
            continue
        for by in ("a", "S", "c", "U"):
            if reaches(here, "J", by):
                found = gradient(here, "J", by, np.ones(()))
                wanted = differences(equations, data, "J", by, np.ones(()))
                assert np.allclose(found, wanted, rtol=1e-4, atol=1e-5 * (1 + abs(float(here["J"])))), (equations, by)
                compared += 1
    assert compared > MODELS


# Sizes, not values, go into these; a factorial is of whole numbers.
# Those of complex and of whole numbers stand in no forward equation.
NONE = frozenset(
    {"zeros", "ones", "factorial", "conjugate", "re", "im", "arg", "Gamma", "mod", "gcd", "lcm", "binomial"}
)


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if "." not in name])  # conv.shape counts, and is no map
def test_every_function_has_a_rule(name: str) -> None:
    """A function has a slope, a pull-back or jumps, or is one of the few without; a new row of the table chooses."""
    rules = (FUNCTIONS[name].slope is not None, name in WHOLE, name in LEVEL, name in NONE, name in ("max", "min"))
    assert sum(rules) == 1
