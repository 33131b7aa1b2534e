"""Comparisons behind a value, which only say what it is compared with: `p = 0.03 < 0.05`, `\\det A = 6 \\neq 0`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.maths.orders import COMPARISONS
from grader.model.expressions import Expr, Relation

_TESTS = frozenset(["<", ">", "<=", ">=", "!="])


def without_test(expr: Expr | None, evaluate: Callable[[Expr], Any]) -> Expr | None:
    """An equation without such a comparison, if its value passes it, or nobody can tell; anything else as it is."""
    if not isinstance(expr, Relation) or expr.ops[-1] not in _TESTS or set(expr.ops[:-1]) != {"="}:
        return expr
    value, limit = (None if side is None else evaluate(side) for side in expr.operands[-2:])
    if value is None or isinstance(value, complex):
        return expr
    if limit is not None and (isinstance(limit, complex) or not COMPARISONS[expr.ops[-1]](float(value), float(limit))):
        return expr
    return Relation(expr.operands[:-1], expr.ops[:-1], expr.place)
