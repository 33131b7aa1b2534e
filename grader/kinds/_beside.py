"""Mathematics that stands side by side and belongs together: `t` and `(1, 2)`, two matrices, a sum and a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from grader.model.expressions import Call, Expr, Group, Name, Num, Op, Relation
from grader.notation.reading import Claim


def glued(
    claims: Iterable[Claim], numbers: Callable[[Claim], bool] = lambda claim: True, matrices: bool = False
) -> tuple[Claim, ...]:
    """The claims, with `t` and `(1, 2)` that touch made one product, as a reader of the page sees it.

    `numbers` tells where a number before a list is its factor; with `matrices` two matrices are a product.
    """
    found: list[Claim] = []
    for claim in claims:
        left = found[-1] if found else None
        if left is not None and _touches(left, claim) and _is_factor(_last(left.expr), numbers(left), matrices):
            expr = _times(left.expr, claim.expr)
            found[-1] = left._replace(expr=expr, place=(left.place[0], claim.place[1]))
        else:
            found.append(claim)
    return tuple(found)


def _touches(left: Claim, right: Claim) -> bool:
    beside = "\n" not in right.before and not right.before.strip(" *")
    return beside and right.joined and left.block == right.block and left.expr is not None and begins_list(right.expr)


def begins_list(expr: Expr | None) -> bool:
    """Whether the first thing in an expression is a list."""
    while isinstance(expr, Op) and expr.op in ("add", "mul", "transpose", "div"):
        expr = expr.args[0]
    return isinstance(expr, Group)


def _last(expr: Expr | None) -> Expr | None:
    while True:
        if isinstance(expr, Relation):
            expr = expr.operands[-1]
        elif isinstance(expr, Op) and expr.op == "add":
            expr = expr.args[-1]
        elif isinstance(expr, Op) and expr.op == "neg":
            expr = expr.args[0]
        else:
            return expr


def _is_factor(expr: Expr | None, numbers: bool, matrices: bool) -> bool:
    if isinstance(expr, Name):
        return True
    if begins_list(expr):
        return matrices
    return numbers and isinstance(expr, Num | Op | Call)


def _times(left: Expr | None, right: Expr | None) -> Expr:
    """`x = a + t` and `(1, 2) + s` as `x = a + t (1, 2) + s`."""
    assert left is not None and right is not None
    place = (left.place[0], right.place[1])
    if isinstance(left, Relation):
        return Relation((*left.operands[:-1], _times(left.operands[-1], right)), left.ops, place)
    if isinstance(left, Op) and left.op in ("add", "neg"):
        return Op(left.op, (*left.args[:-1], _times(left.args[-1], right)), place)
    if isinstance(right, Op) and right.op == "add":
        return Op("add", (_times(left, right.args[0]), *right.args[1:]), place)
    return Op("mul", (left, right), place)
