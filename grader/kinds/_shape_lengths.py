"""The lengths that a rubric gives of a shape: a list, named axes, or an expression that is a shape."""

from __future__ import annotations

import numpy as np

from grader.kinds._near_shapes import Signature
from grader.kinds._numbers import scalar
from grader.kinds.kind import Setup
from grader.maths.evaluation import evaluate
from grader.model.errors import Unreadable
from grader.model.expressions import Num
from grader.model.rubrics import Mapping, Node, Scalar, Sequence
from grader.notation.printing import show


def lengths_of(node: Node, setup: Setup) -> tuple[tuple[Signature, ...], tuple[str, ...], tuple[str, ...]] | None:
    """Each length at every sample, how it is written, and the name of its axis; None where it cannot be computed."""
    axes: tuple[str, ...]
    if isinstance(node, Mapping):
        axes = tuple(key.text for key, _ in node.entries)
        nodes: tuple[Node, ...] = tuple(value for _, value in node.entries)
    elif isinstance(node, Sequence):
        axes, nodes = ("",) * len(node.items), node.items
    else:
        return _whole_shape(node, setup)
    exprs = [setup.parse(item) for item in nodes]
    columns = []
    for item, expr in zip(nodes, exprs, strict=True):
        if expr is None:
            return None
        try:
            if isinstance(expr, Num):
                columns.append((scalar(evaluate(expr, setup.world.scope()).data),) * len(setup.samples))
            else:
                columns.append(tuple(scalar(evaluate(expr, world.scope()).data) for world in setup.samples))
        except Unreadable as error:
            setup.fault(item.place, f"cannot compute this length: {error.message}")
            return None
    return tuple(columns), tuple(show(expr) for expr in exprs), axes


def _whole_shape(node: Scalar, setup: Setup) -> tuple[tuple[Signature, ...], tuple[str, ...], tuple[str, ...]] | None:
    expr = setup.parse(node)
    if expr is None:
        return None
    try:
        rows = [np.ravel(evaluate(expr, world.scope()).data).tolist() for world in setup.samples]
    except Unreadable as error:
        setup.fault(node.place, f"cannot compute the shape: {error.message}")
        return None
    columns = tuple(tuple(scalar(length) for length in column) for column in zip(*rows, strict=True))
    texts = (str(column[0]) if len(set(column)) == 1 else f"{show(expr)}[{k}]" for k, column in enumerate(columns))
    return columns, tuple(texts), ("",) * len(columns)


def words_of(node: Node | None, axes: tuple[str, ...], setup: Setup) -> tuple[tuple[str, ...], ...]:
    """For each axis the words by which students may call it, its own name last."""
    given: dict[str, tuple[str, ...]] = {}
    if isinstance(node, Mapping):
        for key, value in node.entries:
            if key.text not in axes:
                setup.fault(key.place, f"`{key.text}` is not an axis of this shape", f"axes: {', '.join(axes)}")
            items = value.items if isinstance(value, Sequence) else (value,)
            given[key.text] = tuple(item.text.lower() for item in items if isinstance(item, Scalar))
    return tuple((*given.get(axis, ()), axis.lower()) if axis else () for axis in axes)
