"""Values of a function where points of its graph are asked for: `g(-1) = 10` is the point (-1, 10)."""

from __future__ import annotations

from collections.abc import Sequence

from grader.kinds._numbers import value_of
from grader.model.expressions import Call, Expr, Group, Name, Op, Relation
from grader.notation.reading import Claim


def with_values_as_points(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims with such equations as points; the same where none says one, or those of two functions."""
    found = [(claim, _point(claim.expr)) for claim in claims]
    names = {point[0] for _, point in found if point is not None}
    if len(names) != 1:
        return tuple(claims)
    return tuple(claim if point is None else claim._replace(expr=point[1]) for claim, point in found)


def _point(expr: Expr | None) -> tuple[str, Expr] | None:
    """The name of the function, and the point that an equation says of it."""
    if not isinstance(expr, Relation) or set(expr.ops) != {"="} or expr.operands[0] is None:
        return None
    called, value = _called(expr.operands[0]), expr.operands[-1]
    if called is None or value is None or value_of(value) is None or value_of(called[1]) is None:
        return None
    return called[0], Group("()", (called[1], value), expr.place)


def _called(left: Expr) -> tuple[str, Expr] | None:
    """The function and its argument, also where that is read as a product."""
    if isinstance(left, Call) and len(left.args) == 1:
        return left.function, left.args[0]
    if isinstance(left, Op) and left.op == "mul" and left.sign == "" and len(left.args) == 2:
        name, argument = left.args
        argument = argument.items[0] if isinstance(argument, Group) and len(argument.items) == 1 else argument
        return (name.name, argument) if isinstance(name, Name) and len(name.name) == 1 else None
    return None
