"""Values of an index as an answer writes them: `range(2)`, `{0, ..., p-1}`, `0..n`."""

from __future__ import annotations

import re

from grader.model.expressions import Expr, Group, Name, Num, Op, Relation
from grader.notation.reading import Claim

_RANGE = re.compile(r"\brange\s*$")


def of_python(expr: Expr | None, claim: Claim) -> Expr | None:
    """`range(2)` and `range(0, 2)` end before their last number."""
    items = expr.items if isinstance(expr, Group) else (expr,)
    if not _RANGE.search(claim.before) or expr is None or not 1 <= len(items) <= 2:
        return expr
    last = items[-1]
    assert last is not None
    before = Op("add", (last, Op("neg", (Num(1, last.place, "1"),), last.place)), last.place)
    return Op("range", (items[0] if len(items) == 2 else Num(0, last.place, "0"), before), expr.place)


def result_of(expr: Expr | None) -> Expr | None:
    """The number that a chain ends with: "from 0 to kh - 1 = 1"."""
    if isinstance(expr, Relation) and set(expr.ops) == {"="} and isinstance(expr.operands[-1], Num):
        return expr.operands[-1]
    return expr


def index_name(expr: Expr | None) -> str:
    """The name of a lone letter, "" for anything else."""
    return expr.name if isinstance(expr, Name) else ""


def is_range(expr: Expr) -> bool:
    """Whether an expression holds two ends."""
    if isinstance(expr, Relation) and expr.operands[0] is None:
        return expr.operands[-1] is not None and is_range(expr.operands[-1])
    return (isinstance(expr, Op) and expr.op == "range") or (isinstance(expr, Group) and len(expr.items) >= 2)


def ends_of(expr: Expr) -> tuple[Expr, Expr]:
    """The first and the last value; of `[0, 2)` the last is before 2."""
    if isinstance(expr, Relation):
        assert expr.operands[-1] is not None
        return ends_of(expr.operands[-1])
    if isinstance(expr, Op):
        return expr.args[0], expr.args[1]
    assert isinstance(expr, Group)
    last = expr.items[-1]
    if expr.brackets == "[)":
        last = Op("add", (last, Op("neg", (Num(1, last.place, "1"),), last.place)), last.place)
    return expr.items[0], last
