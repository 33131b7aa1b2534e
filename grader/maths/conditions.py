"""Values that depend on conditions: an expression by cases, and Iverson's bracket [z > 0]."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from grader.maths.values import Value, combine
from grader.model.errors import Undecided
from grader.model.expressions import Call, Cases, Expr, Num, Op, Relation, walk
from grader.reference.functions import to_array

_ASKED = frozenset(["<", "<=", ">", ">=", "=", "!="])


def by_cases(expr: Cases, evaluate: Callable[[Any], Value]) -> Value:
    """The value of the first case whose condition holds, element by element.

    Raises Undecided where no condition holds: "otherwise" is often left out, and nothing says what it would be.
    """
    *pieces, (last, closing) = expr.pieces
    found = evaluate(last)
    holds = _truth(closing, evaluate)
    for value, condition in reversed(pieces):
        truth = _truth(condition, evaluate)
        found = combine(_choose, truth, evaluate(value), found)
        holds = combine(np.logical_or, truth, holds)
    if not np.all(holds.data):
        raise Undecided("none of these cases holds everywhere", *expr.place)
    return found


def _truth(condition: Any, evaluate: Callable[[Any], Value]) -> Value:
    return Value((), True) if condition is None else evaluate(condition)


def _choose(truth: Any, yes: Any, no: Any) -> Any:
    return np.where(truth, to_array(yes), to_array(no))


def is_condition(expr: Expr) -> bool:
    """Whether an expression is an equation or inequality, which an indicator can ask for."""
    return isinstance(expr, Relation) and None not in expr.operands and set(expr.ops) <= _ASKED


def conditions_in(expr: Expr) -> Iterator[tuple[Expr, Expr]]:
    """Both sides of every single comparison in an expression; a chain, 0 <= x < 4, holds two."""
    for node in walk(expr):
        if isinstance(node, Relation):
            for op, (one, other) in zip(node.ops, pairwise(node.operands), strict=True):
                if op in _ASKED and one is not None and other is not None:
                    yield one, other


def turns_in(expr: Expr) -> Iterator[tuple[Expr, Expr]]:
    """Both sides of whatever decides which course an expression takes: comparisons, max(a, b), |a|, relu(a).

    What is rounded takes another at 1, a remainder at its modulus.
    """
    yield from conditions_in(expr)
    for node in walk(expr):
        if not isinstance(node, Call | Op):
            continue
        called = node.function if isinstance(node, Call) else node.op
        if called in ("max", "min", "mod"):
            yield from pairwise(node.args)
        elif called in _TURNS:
            yield from ((arg, Num(_TURNS[called], node.place, str(_TURNS[called]))) for arg in node.args[:1])


_TURNS = {"abs": 0, "relu": 0, "relu'": 0, "sign": 0, "floor": 1, "ceil": 1, "round": 1}


def indicator(truth: Value) -> Value:
    """1 where a condition holds, 0 elsewhere (Iverson's bracket: Knuth, Two notes on notation, 1992)."""
    return combine(lambda a: np.asarray(a).astype(int) if np.ndim(a) else int(a), truth)
