"""A slip of arithmetic on the way, which the rest of the working carries on: "46·62 = 2842, 2842·20 = ..."."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isclose
from typing import Any

from grader.kinds._choosing import Candidate
from grader.kinds._numbers import value_of
from grader.model.expressions import Expr, Num, Op, Relation, rebuilt, walk

_ROUNDED = 2e-3  # relative: what is lost where values on the way are written with three figures


def carries_slip(chosen: Candidate, candidates: Sequence[Candidate], truth: Any) -> bool:
    """Whether the working of a wrong number is right but for one value, which an equation before it has wrong.

    With `46·62 = 2842` before it, `2842·20·90 = 5115600` is the right product of what was worked out wrongly.
    """
    expr = chosen.claim.expr
    if not isinstance(expr, Relation) or not isinstance(truth, int | float):
        return False
    working = [one for one in expr.operands if isinstance(one, Op) and _close(value_of(one), chosen.value.value)]
    slips = list(_slips([one for one in candidates if one.claim.place < chosen.claim.place]))
    return any(_close(value_of(_replaced(one, *slip)), truth) for one in working for slip in slips)


def _slips(candidates: Sequence[Candidate]) -> Iterator[tuple[Num, Any]]:
    """The numbers that equations of plain numbers come to wrongly, each with what it should have been."""
    for one in candidates:
        expr, last = one.claim.expr, one.value.expr
        if not isinstance(expr, Relation) or not isinstance(last, Num):
            continue
        for member in one.value.earlier:
            if isinstance(member.expr, Op) and not _close(member.value, last.value):
                yield last, member.value


def _replaced(expr: Expr, wrong: Num, value: Any) -> Expr:
    """The working with the right value in place of the wrong one; the same where that does not stand in it."""
    if not any(isinstance(node, Num) and node.value == wrong.value for node in walk(expr)):
        return expr

    def change(node: Expr) -> Expr:
        if isinstance(node, Num) and node.value == wrong.value:
            return node._replace(value=value, text=str(value))
        return rebuilt(node, change)

    return change(expr)


def _close(one: Any, other: Any) -> bool:
    if not isinstance(one, int | float) or not isinstance(other, int | float):
        return bool(one == other)
    return one == other if isinstance(one, int) and isinstance(other, int) else isclose(one, other, rel_tol=_ROUNDED)
