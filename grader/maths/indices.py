"""Which names of a formula are indices, by the places where they stand."""

from __future__ import annotations

from collections import Counter

from grader.maths.repairs import index_positions
from grader.model.expressions import Expr, Index, Name, children, names_in, walk


def only_indices(expr: Expr) -> frozenset[str]:
    """Names that occur inside the brackets of arrays and nowhere else: the b of `X[b, i]` is no array called b."""
    outside: set[str] = set()
    waiting: list[Expr] = [expr]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Name):
            outside.add(node.name)
        waiting.extend([node.base] if isinstance(node, Index) else children(node))
    return index_positions(expr) - outside


def repeated_indices(expr: Expr) -> frozenset[str]:
    """Names that occur inside the brackets of more than one element: the r of `D[r] X[r + u]`."""
    elements = [node for node in walk(expr) if isinstance(node, Index)]
    counts = Counter(name for node in elements for name in set().union(*map(names_in, node.indices)))
    return frozenset(name for name, count in counts.items() if count > 1)
