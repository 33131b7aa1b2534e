"""The gradient of a loss through the rubric's forward equations, derived by the grader itself."""

from __future__ import annotations

from functools import partial

import numpy as np

from grader.kinds import formula
from grader.kinds._expected import ANONYMOUS, Expected
from grader.kinds._formula_choice import find_formulas
from grader.kinds._formula_doubts import unread_beside
from grader.kinds._further import Further
from grader.kinds._references import FORMULA_SAMPLES, Evaluated
from grader.kinds.kind import Example, Kind, Setup
from grader.maths.dependence import backward_order, reaches
from grader.maths.differentiation import gradient
from grader.maths.models import fit_for_derivatives, positive
from grader.maths.sampling import generic_array
from grader.maths.values import Value
from grader.maths.worlds import Definition, World, read_definition
from grader.model.errors import Undecided, Unreadable
from grader.model.expressions import Expr
from grader.model.records import NamedTuple
from grader.model.rubrics import Mapping, Node, Scalar
from grader.model.vocabulary import Field


class Asked(NamedTuple):
    """What is asked for: the gradient of `loss` by `by`, in terms of the gradient by `of`, over index letters."""

    loss: str
    by: str
    of: str
    letters: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the derivative."""
        return f"d{self.loss}/d{self.by}"


def prepare(fields: Mapping, setup: Setup) -> Expected | None:
    """Derives the gradient at every sample; records a fault where the equations do not lead to it."""
    node = fields.get("gradient")
    asked = _asked(node, fields.get("in terms of"), setup)
    if asked is None or not isinstance(node, Scalar):
        return None
    truths, coordinates, samples = [], [], []
    try:
        for number, world in enumerate(setup.samples[:FORMULA_SAMPLES]):
            truth, filled = _derive(world, asked, f"{setup.digest}/{number}")
            truths.append(Value(asked.letters, truth) if asked.letters else Value((), float(truth)))
            coordinates.append({letter: np.arange(n) for letter, n in zip(asked.letters, truth.shape, strict=True)})
            samples.append(filled)
    except Unreadable as error:
        setup.fault(node.place, f"cannot derive this gradient: {error.message}")
        return None
    if not samples:
        setup.fault(node.place, "cannot derive this gradient: no lengths were found at which the equations hold")
        return None
    expected = Expected(
        asked.name,
        asked.letters,
        tuple(truths),
        tuple(coordinates),
        tuple(samples),
        _names(asked, samples[0], setup),
        f"{node.text} in terms of d{asked.loss}/d{asked.of}" if asked.of != asked.loss else node.text,
        setup.shapes,
        setup.shapes.get(asked.by),
    )
    return expected._replace(further=Further(expected, setup.samples, partial(_derived, asked, setup.digest)))


def _derived(asked: Asked, digest: str, world: World) -> Evaluated:
    """The gradient in one more world, as `_derive` gives it."""
    truth, filled = _derive(world, asked, f"{digest}/further")
    value = Value(asked.letters, truth) if asked.letters else Value((), float(truth))
    return value, {letter: np.arange(n) for letter, n in zip(asked.letters, truth.shape, strict=True)}, filled


def _names(asked: Asked, world: World, setup: Setup) -> dict[str, int]:
    """The names that an answer may use, with their numbers of axes: derivatives on the way, and arrays that
    equations of whole arrays define, as well."""
    wholes = [name for name, d in world.definitions.items() if isinstance(d.body, Expr) and not d.letters]
    between = [name for name in wholes if reaches(world, name, asked.by) or reaches(world, asked.of, name)]
    computed = {name: np.ndim(world[name]) for name in (*between, *(name for name in world.data if "/d" in name))}
    written = Definition(asked.name, None, asked.letters)
    return {**setup.names, **computed, **formula.public_sizes(written, setup), asked.name: len(asked.letters)}


# -- what is asked -----------------------------------------------------------------------------------------------


def _asked(node: Node | None, terms: Node | None, setup: Setup) -> Asked | None:
    """What the fields say; None after recording a fault."""
    target = _derivative(node, setup)
    if target is None or node is None:
        return None
    loss, by = target.name[1:].split("/d", 1)
    world = setup.samples[0] if setup.samples else setup.world
    given = _derivative(terms, setup) if terms is not None else None
    if terms is not None and given is None:
        return None
    try:
        of = _last_equation(world, loss, by) if given is None else given.name[1:].split("/d", 1)[1]
        if given is not None and terms is not None and (of not in world or not given.name.startswith(f"d{loss}/d")):
            setup.fault(terms.place, f"{given.name} belongs to no forward equation here", f"in terms of: d{loss}/dZ")
            return None
        if by not in world:
            raise Undecided(f"no forward equation leads to {by}")
        letters = _letters(target, by, fit_for_derivatives(world))
    except Unreadable as error:
        hint = "give the equations under `let`" if "no forward equation" in error.message else ""
        setup.fault(node.place, error.message, hint)
        return None
    return Asked(loss, by, of, letters)


def _derivative(node: Node | None, setup: Setup) -> Definition | None:
    """A field as a derivative, perhaps with index letters; None after recording a fault."""
    left = setup.parse(node)
    if left is None or node is None:
        return None
    target = read_definition(left, left)
    if target is None or "/d" not in target.name:
        setup.fault(node.place, "a gradient is written as a derivative with index letters", "gradient: dJ/dW[i,j]")
        return None
    return target


def _letters(target: Definition, by: str, world: World) -> tuple[str, ...]:
    """The index letters of the answer: those written, or those with which the variable was declared.

    Raises Undecided if there are too many or too few; a single number has none.
    """
    axes = np.ndim(world[by])
    letters = target.letters or world.usual_letters().get(by, ()) or ANONYMOUS[:axes]
    if len(letters) != axes:
        raise Undecided(f"number of axes of {by}: {axes}, but {len(letters)} index letters are written")
    return letters


def _last_equation(world: World, loss: str, by: str) -> str:
    """The equation that everything else leads to. Raises Undecided if there is none, or more than one."""
    if reaches(world, loss, by):
        return loss
    heads = _heads(world, by)
    if not heads:
        raise Undecided(f"no forward equation leads to {by}")
    if len(heads) > 1:
        names = ", ".join(heads)
        raise Undecided(f"several equations lead from {by}, none of them last: {names}; say which with `in terms of`")
    return heads[0]


def _heads(world: World, by: str) -> list[str]:
    """What is computed from a name, and not used by anything else that is."""
    above = [name for name in world.definitions if reaches(world, name, by)]
    return [name for name in above if not any(reaches(world, other, name) for other in above)]


# -- deriving it -------------------------------------------------------------------------------------------------


def _derive(world: World, asked: Asked, seed: str) -> tuple[np.ndarray, World]:
    """The gradient, and the world in which it holds. Raises Undecided rather than give a number that is none."""
    usual: World = world.remember("fit for derivatives", lambda: fit_for_derivatives(world))
    for make in (lambda: usual, lambda: usual.remember("positive", lambda: positive(usual))):
        truth, filled = _derive_at(make(), asked, seed)
        on_the_way = [filled[name] for name in filled.definitions if reaches(filled, name, asked.by)]
        if all(np.all(np.isfinite(np.asarray(value, dtype=float))) for value in (truth, *on_the_way)):
            return truth, filled
    if not np.all(np.isfinite(truth)):
        raise Undecided("it is not a finite number at sampled values (a logarithm or a root of a negative number?)")
    return truth, filled


def _derive_at(world: World, asked: Asked, seed: str) -> tuple[np.ndarray, World]:
    """The gradient, and the world with every derivative on the way, all consistent with one another.

    The derivative by the last equation is free; those below it follow, so that an answer may use any of them.
    """
    loss, by, of, _ = asked
    if not reaches(world, of, by):
        raise Undecided(f"{of} is not computed from {by}")
    top = _top(world, asked)
    _compute(world, top, by)
    name = f"d{loss}/d{top}"
    if top == loss:  # the loss itself is an equation
        given: np.ndarray = np.ones(np.shape(world[top]))
    else:
        given = world[name] if name in world else generic_array(f"{seed}/{name}", np.shape(world[top]))
    data = {name: np.asarray(given)}
    through = f"gradient of {loss} through {top} by"
    between = [n for n in (*world.definitions, *world.data) if n not in (top, by) and reaches(world, top, n)]
    for middle in between:
        if reaches(world, middle, by) or middle == of:
            data[f"d{loss}/d{middle}"] = world.remember(
                f"{through} {middle}",
                lambda middle=middle: gradient(world, top, middle, given),  # type: ignore[misc]
            )
    filled = world.filled(data)
    if reaches(world, top, by, without=of):  # a residual path, shared weights: J depends on `by` in other ways too
        return gradient(filled, top, by, given), filled
    if of == top:  # another question may have asked for it on its way
        found: np.ndarray = world.remember(f"{through} {by}", lambda: gradient(filled, top, by, given))
        return found, filled
    return gradient(filled, of, by, data[f"d{loss}/d{of}"]), filled


def _compute(world: World, top: str, by: str) -> None:
    """Computes the equations on the way, from below. Raises Undecided with the name of the first that fails."""
    for name in reversed(backward_order(world, top, by)):
        try:
            world[name]
        except Unreadable as error:
            raise Undecided(f"in the equation of {name}: {error.message}") from None


def _top(world: World, asked: Asked) -> str:
    """The last equation above the one in whose terms it is asked.

    Raises Undecided where the answer would depend on how the loss is made of several last equations.
    """
    loss, by, of, _ = asked
    if loss == of or reaches(world, loss, of):
        return loss
    heads = _heads(world, of) or [of]
    around = [head for head in heads if reaches(world, head, by, without=of)]
    if len(heads) > 1 and around:
        raise Undecided(f"{' and '.join(heads)} come last, and {by} leads to them around {of}: give {loss} itself")
    return heads[-1]


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
    find=find_formulas,
    compounds=True,
    for_mistakes=formula.mistake_setup,
    in_words="",
    doubt=unread_beside,
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
        Example(_RUBRIC, "dJ/dw_k = sum_i dJ/dz_i * x_ik", "right"),
        Example(_RUBRIC, "dJ/dw_k = sum_i dJ/dz_i * x_ki", "partial"),
        Example(
            _RUBRIC,
            "$\\sum_i x_{i,k}$",
            "wrong",
        ),
        Example(_RUBRIC, "$\\frac{\\partial J}{\\partial w_k} = \\sum_i q_i$", "review"),
    ),
)
