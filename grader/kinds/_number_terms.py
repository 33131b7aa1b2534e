"""The factors and addends of a reference number: which one a student forgot, or took for another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.model.expressions import Expr, Op
from grader.notation.printing import show


def factors_of(expr: Expr, compute: Callable[[Expr], Any]) -> tuple[tuple[str, Any], ...]:
    """The factors of a product as text and value, but for those that are 0 or 1; none of anything else."""
    if not (isinstance(expr, Op) and expr.op == "mul"):
        return ()
    found: list[tuple[str, Any]] = []
    waiting: list[Expr] = [expr]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Op) and node.op == "mul":
            waiting.extend(node.args)
        else:
            value = compute(node)
            if value is not None and not isinstance(value, complex) and abs(value) not in (0, 1):
                found.append((show(node), value))
    return tuple(found)


def addends_of(expr: Expr, compute: Callable[[Expr], Any]) -> tuple[Any, ...]:
    """The values of the two addends of a sum; none of anything else."""
    if not (isinstance(expr, Op) and expr.op == "add") or len(expr.args) != _TWO:
        return ()
    return tuple([compute(node) for node in expr.args])


_TWO = 2
