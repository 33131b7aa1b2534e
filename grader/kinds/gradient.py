"""The gradient of a loss through the rubric's forward equations, derived by the grader itself."""

from __future__ import annotations

import numpy as np

from grader.kinds import formula
from grader.kinds._trial import Expected
from grader.kinds.kind import Example, Kind, Setup
from grader.maths.dependence import reaches
from grader.maths.differentiation import gradient
from grader.maths.sampling import generic_array
from grader.maths.values import Value
from grader.maths.worlds import World, read_definition
from grader.model.errors import Unreadable
from grader.model.rubrics import Mapping, Scalar
from grader.model.vocabulary import Field


def prepare(fields: Mapping, setup: Setup) -> Expected | None:
    """Derives the gradient at every sample; records a fault where the equations do not lead to it."""
    node = fields.get("gradient")
    left = setup.parse(node)
    if left is None or not isinstance(node, Scalar):
        return None
    target = read_definition(left, left)
    if target is None or "/d" not in target.name or not target.letters:
        setup.fault(node.place, "a gradient is written as a derivative with index letters", "gradient: dJ/dW[i,j]")
        return None
    loss, by = target.name[1:].split("/d", 1)
    terms = fields.get("in terms of")
    of = terms.text.split("/d", 1)[-1].strip() if isinstance(terms, Scalar) else _last_equation(setup.world, by)
    if of is None or by not in setup.samples[0]:
        setup.fault(node.place, f"no forward equation leads to {by}", "give the equations under `let`")
        return None
    truths, coordinates, samples = [], [], []
    try:
        for number, world in enumerate(setup.samples[: formula.FORMULA_SAMPLES]):
            truth, filled = _derive(world, loss, of, by, f"{setup.digest}/{number}")
            truths.append(Value(target.letters, truth))
            coordinates.append({letter: np.arange(n) for letter, n in zip(target.letters, truth.shape, strict=True)})
            samples.append(filled)
    except (Unreadable, KeyError, ValueError) as error:
        setup.fault(node.place, f"cannot derive this gradient: {error}")
        return None
    derivatives = {name: np.ndim(samples[0][name]) for name in samples[0].data if "/d" in name}
    sizes = formula.public_sizes(target, setup)
    names = {**setup.names, **derivatives, **sizes, target.name: len(target.letters)}
    text = f"{node.text}, the gradient through {of}"
    return Expected(target.name, target.letters, tuple(truths), tuple(coordinates), tuple(samples), names, text)


def _last_equation(world: World, by: str) -> str | None:
    """The equation that everything else leads to."""
    above = [name for name in world.definitions if reaches(world, name, by)]
    return above[-1] if above else None


def _derive(world: World, loss: str, of: str, by: str, seed: str) -> tuple[np.ndarray, World]:
    """The gradient, and the world with every derivative on the way, all consistent with one another.

    The derivative by the last equation is free; those below it follow, so that an answer may use any of them.
    """
    tops = [name for name in world.definitions if reaches(world, name, of)]
    top = tops[-1] if tops else of
    name = f"d{loss}/d{top}"
    if top == loss:  # the loss itself is an equation
        given: np.ndarray = np.ones(np.shape(world[top]))
    else:
        given = world[name] if name in world else generic_array(f"{seed}/{name}", np.shape(world[top]))
    data = {name: np.asarray(given)}
    between = [n for n in (*world.definitions, *world.data) if n not in (top, by) and reaches(world, top, n)]
    for middle in between:
        if reaches(world, middle, by) or middle == of:
            data[f"d{loss}/d{middle}"] = world.remember(
                f"d{top}/d{middle}",
                lambda middle=middle: gradient(world, top, middle, given),  # type: ignore[misc]
            )
    filled = world.filled(data)
    return gradient(filled, top, by, given) if of == top else gradient(filled, of, by, data[f"d{loss}/d{of}"]), filled


def describe(expected: Expected) -> str:
    """The reference as text."""
    return expected.text


_RUBRIC = """
gradient: dJ/dw[k]
in terms of: dJ/dz
symbols: {"x[i,k]": [n, p], "w[k]": [p]}
let: {"z[i]": "sum[k] x[i,k]*w[k]"}
"""

KIND = Kind(
    name="gradient",
    doc="the gradient of a loss, derived by the grader from the forward equations",
    fields=(
        Field("gradient", "expression", "what is asked, with its index letters: dJ/dW[k,n]", required=True),
        Field("in terms of", "text", "the derivative that is given: dJ/dZ"),
    ),
    prepare=prepare,
    judge=formula.judge,
    describe=describe,
    find=formula.find,
    compounds=True,
    for_mistakes=formula.mistake_setup,
    in_words="",
    examples=(
        Example(
            _RUBRIC,
            "$\\frac{\\partial J}{\\partial w_k} = \\sum_i \\frac{\\partial J}{\\partial z_i} x_{i,k}$",
            "right",
        ),
        Example(
            _RUBRIC,
            "$\\frac{\\partial J}{\\partial w_k} = \\frac{\\partial J}{\\partial z_i} x_{i,k}$",
            "partial",
        ),
        Example(
            _RUBRIC,
            "$\\sum_i x_{i,k}$",
            "wrong",
        ),
        Example(_RUBRIC, "$\\frac{\\partial J}{\\partial w_k} = \\sum_i q_i$", "review"),
    ),
)
