"""A reference formula in one sampled world."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.maths.evaluation import evaluate
from grader.maths.values import Value
from grader.maths.worlds import Definition, World
from grader.model.expressions import Reduce, walk

Evaluated = tuple[Value, dict[str, np.ndarray], World]


def evaluated(definition: Definition, world: World) -> Evaluated:
    """The reference in one world, the values of its letters, and the world in which these letters are known."""
    named = world.with_letters(_bound_ranges(definition.body, world, definition))
    scope = named.coordinates(definition)
    return evaluate(definition.body, named.scope(scope)), scope, named


def _bound_ranges(expr: Any, world: World, definition: Definition) -> dict[str, tuple[int, int]]:
    """The limits that the reference itself writes are the usual ranges of these letters."""
    found: dict[str, tuple[int, int]] = {}
    scope = world.scope(world.coordinates(definition))
    for node in walk(expr):
        if isinstance(node, Reduce):
            for bound in node.bounds:
                if bound.low is not None and bound.high is not None:
                    low, high = (evaluate(limit, scope).data for limit in (bound.low, bound.high))
                    if isinstance(low, int) and isinstance(high, int):
                        found[bound.index] = (low, high)
    return found
