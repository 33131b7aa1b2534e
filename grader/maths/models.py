"""A sampled world made fit for derivatives: one point, labels that are labels, positive where it must be."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.maths.evaluation import evaluate
from grader.maths.values import Value, spread
from grader.maths.worlds import World
from grader.model.errors import Unreadable
from grader.model.expressions import Call, Expr, Index, Name, Op, walk

_SPECIAL = (0.0, 1.0, 2.0, 3.0)  # magnitudes at which many wrong formulas agree


def fit_for_derivatives(world: World) -> World:
    """The same world, computed anew, at one point, with labels."""
    single = world.with_data(_single_point(world))
    labels = _labels(single)
    return single.with_data(labels) if labels else single


def positive(world: World) -> World:
    """The same world with the magnitudes of its sampled arrays: a square root needs them, or a power."""
    arrays = {name: np.abs(world[name]) for name in world.shapes if "/d" not in name}
    return world.with_data(arrays)


def _single_point(world: World) -> dict[str, float]:
    """One generic value for each free number: a gradient is an array already, and has elements enough."""
    found = {}
    for name, definition in world.definitions.items():
        sampled = not isinstance(definition.body, Expr) and callable(definition.body) and name not in world.shapes
        value = world[name] if sampled and name not in world.data else None
        if isinstance(value, Value) and value.axes:
            points = [float(point) for point in value.data if abs(point) not in _SPECIAL]
            found[name] = min(points, key=lambda point: abs(np.log(abs(point))))
    return found


# -- labels ----------------------------------------------------------------------------------------------------


def _labels(world: World) -> dict[str, np.ndarray]:
    """Arrays that weigh logarithms of probabilities, `Y[i,k]*log(P[i,k])`, made to sum to one as labels do.

    The gradient of a cross-entropy is P - Y for labels only, and everybody writes it so. Along which axis the
    probabilities sum to one is seen from their values.
    """
    found: dict[str, np.ndarray] = {}
    for name, definition in world.definitions.items():
        nodes = walk(definition.body) if isinstance(definition.body, Expr) and name not in world.data else ()
        for node in nodes:
            for label, other in _weights(node, world):
                axis = _axis_of_probabilities(label, other, world)
                base = label.base if isinstance(label, Index) else label
                if axis is not None and isinstance(base, Name):
                    magnitudes = np.abs(world[base.name])
                    found[base.name] = magnitudes / np.sum(magnitudes, axis=axis, keepdims=True)
    return found


def _weights(node: Expr, world: World) -> Iterator[tuple[Expr, Expr]]:
    """In a product: each factor that is a sampled array, with each other factor."""
    factors = list(_factors(node))
    for at, label in enumerate(factors):
        base = label.base if isinstance(label, Index) else label
        if isinstance(base, Name) and base.name in world.shapes and base.name not in world.data:
            others = (*factors[:at], *factors[at + 1 :])
            yield from ((label, term) for other in others for term in _terms(other))


def _terms(node: Expr) -> Iterator[Expr]:
    """An expression, and what is added in it, signs aside: `log(Y) - log(P)`."""
    yield node
    for term in node.args if isinstance(node, Op) and node.op == "add" else ():
        yield term.args[0] if isinstance(term, Op) and term.op == "neg" else term


def _factors(node: Expr) -> Iterator[Expr]:
    """What is multiplied, signs and transposes aside; nothing unless it is a product."""
    products = (isinstance(node, Op) and node.op == "mul") or (isinstance(node, Call) and node.function == "dot")
    waiting = list(node.args) if products and isinstance(node, Op | Call) else []
    while waiting:
        factor = waiting.pop()
        if isinstance(factor, Op) and factor.op in ("mul", "neg", "transpose"):
            waiting.extend(factor.args)
        else:
            yield factor


def _axis_of_probabilities(label: Expr, other: Expr, world: World) -> int | None:
    """The axis of a label along which `exp(other)` sums to one; None if there is none, or more than one."""
    letters: tuple[str, ...] = ()
    shape = world.shapes[label.base.name if isinstance(label, Index) else label.name]  # type: ignore[union-attr]
    if isinstance(label, Index):
        letters = tuple(index.name for index in label.indices if isinstance(index, Name))
        if len(set(letters)) != len(shape):
            return None
    indices = {letter: np.arange(n) for letter, n in zip(letters, shape, strict=False)}
    try:
        value = evaluate(other, world.scope(indices))
    except Unreadable:
        return None
    if set(value.axes) != set(letters) or value.rank != len(shape) - len(letters):
        return None
    with np.errstate(all="ignore"):
        powers = np.exp(np.asarray(spread(value, letters, value.rank), dtype=float))
    axes = [at for at in range(powers.ndim) if powers.shape == shape and np.allclose(np.sum(powers, axis=at), 1)]
    return axes[0] if len(axes) == 1 else None
