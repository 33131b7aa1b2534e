"""Units in expressions: each multiplies what it stands behind, and degrees belong to the angle of a function."""

from __future__ import annotations

from grader.kinds._measured import ANGLE, Sheet
from grader.model.expressions import Call, Expr, Group, Op, Relation, Unit, children, rebuilt, walk


def attached(expr: Expr, sheet: Sheet, called: bool = False) -> Expr:
    """An expression with its units: each one multiplies what it stands behind.

    `1/2 m` is half a metre, but `3 m / 2 s` a speed: a unit belongs to the whole quotient or sum before it, unless
    an earlier part of that has a unit of its own. Degrees in what is `called` with a function are its angle.
    """
    if not sheet.units:
        return expr
    found = sheet.behind(expr.place[1]) if not isinstance(expr, Relation) else None
    if found is not None and ANGLE.fullmatch(found.text) and _ends_in_call(expr):  # of 30, in `4 sin 30° s`
        found = sheet.behind(found.place[1])
    inner = sheet if found is None else sheet._replace(units=tuple(u for u in sheet.units if u is not found))
    called = called or isinstance(expr, Call)
    if found is None or (_shares(expr) and _has_units(expr, inner)):
        return rebuilt(expr, lambda part: attached(part, sheet, called))
    whole = rebuilt(expr, lambda part: attached(part, inner, called)) if inner.units else expr
    place = (expr.place[0], max(expr.place[1], found.place[1]))
    if called and ANGLE.fullmatch(found.text):
        return Op("degree", (whole,), place)
    return Op("mul", (whole, Unit(found.text, found.place)), place, "")


def _ends_in_call(expr: Expr) -> bool:
    """Whether the last of what stands here is the argument of a function, without brackets around it."""
    last = expr
    while isinstance(last, Op | Group) and children(last) and children(last)[-1].place[1] == expr.place[1]:
        last = children(last)[-1]
    return isinstance(last, Call) and bool(last.args) and last.args[-1].place[1] == expr.place[1]


def _has_units(expr: Expr, sheet: Sheet) -> bool:
    """Whether something in it has a unit of its own; the angle that a function takes is none."""
    within = sheet.within(*expr.place)
    calls = [node.place for node in walk(expr) if isinstance(node, Call)] if within else []
    return any(
        not (ANGLE.fullmatch(unit.text) and any(low <= unit.place[0] <= high for low, high in calls)) for unit in within
    )


def _shares(expr: Expr) -> bool:
    return (isinstance(expr, Op) and expr.op in ("add", "div", "mul")) or (
        isinstance(expr, Group) and expr.brackets == ""
    )
