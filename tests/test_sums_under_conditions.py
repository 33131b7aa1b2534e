"""An index of a sum that an equation below it gives is put in: the sum is the same, with fewer terms."""

from __future__ import annotations

import numpy as np
import pytest

from grader.maths.conditioned import resolved
from grader.maths.evaluation import evaluate
from grader.maths.worlds import Definition, World
from grader.model.expressions import Reduce, nodes_of
from grader.notation.reading import parse_expression

NAMES = {"a": 1, "b": 1, "p": 0}
DATA = {"a": np.array([1.0, 2.0, 5.0]), "b": np.array([3.0, -1.0, 4.0, 7.0])}


@pytest.mark.parametrize(
    ("text", "left"),
    [(r"\sum_{j+k=p} a[j] b[k]", 1), (r"\sum_{j+k=p} a[2j] b[k]", 1), (r"2 + \sum_{j+k=p} b[j] b[k]", 1)],
)
def test_a_condition_takes_one_index_out_of_a_sum(text: str, left: int) -> None:
    """Its value at every p is that of the sum over all pairs that meet the condition."""
    expr = parse_expression(text, NAMES)
    fewer = resolved(expr)
    bounds = [bound for node in nodes_of(Reduce, fewer) for bound in node.bounds]
    assert len(bounds) == left
    for p in range(-3, 9):
        world = World({**{n: Definition(n, v) for n, v in DATA.items()}, "p": Definition("p", p)})
        assert float(evaluate(fewer, world.scope()).data) == float(evaluate(expr, world.scope()).data)


def test_a_condition_that_gives_no_index_stays() -> None:
    """Where an index stands in no place of an array by itself, its range is not known."""
    expr = parse_expression(r"\sum_{j+k=p} a[2j] b[2k]", NAMES)
    assert len([bound for node in nodes_of(Reduce, resolved(expr)) for bound in node.bounds]) == 2
