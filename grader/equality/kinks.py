"""Where a formula may change its course: at the numbers written in it, if it rounds or distinguishes cases."""

from __future__ import annotations

from grader.model.expressions import Call, Cases, Expr, Num, Op, Reduce, walk

_BENT = frozenset(["abs", "sign", "floor", "ceil", "max", "min", "relu", "mod", "norm", "delta"])
_MOST_EDGES = 4
_LARGEST = 1e9


def kinks_of(*exprs: Expr) -> tuple[float, ...]:
    """Sizes of the numbers in expressions that have kinks; none if they have no kinks."""
    bent = False
    sizes: set[float] = set()
    for expr in exprs:
        for node in walk(expr):
            if isinstance(node, Num):
                size = abs(float(node.value)) if -_LARGEST < node.value < _LARGEST else 0.0
                sizes.add(size)
            elif isinstance(node, Call):
                bent = bent or node.function in _BENT
            elif isinstance(node, Cases) or (isinstance(node, Op) and node.op == "mod"):
                bent = True
            elif isinstance(node, Reduce):
                bent = bent or node.op in ("max", "min")
    return tuple(sorted(sizes - {0.0})[-_MOST_EDGES:]) if bent else ()
