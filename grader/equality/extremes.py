"""Extremes over all values of a letter, `min_x f(x)` and `argmin_x f(x)`: they are kept as they stand."""

from __future__ import annotations

from grader.equality.keys import key
from grader.model.expressions import Expr, Index, Reduce, names_in, walk

_PLACES = frozenset(["argmin", "argmax"])
_VALUES = frozenset(["min", "max"])


def extremes(expr: Expr) -> tuple[str, ...]:
    """The extremes of an expression that no evaluation here can find, by what they say.

    A maximum over an index, `max_j x_j`, is one over the entries of an array, and is evaluated.
    """
    return tuple(sorted(key(node) for node in walk(expr) if isinstance(node, Reduce) and _is_open(node)))


def _is_open(node: Reduce) -> bool:
    if node.op in _PLACES:
        return True
    counted = {
        name
        for inner in walk(node.body)
        if isinstance(inner, Index)
        for place in inner.indices
        for name in names_in(place)
    }
    return node.op in _VALUES and any(bound.high is None and bound.index not in counted for bound in node.bounds)
