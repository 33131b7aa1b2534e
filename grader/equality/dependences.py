"""Letters that depend on what they are derived by: where one side says dZ/db, the other derives ln Z by b."""

from __future__ import annotations

import re

from grader.model.expressions import Call, Derivative, Expr, Name, names_in, rebuilt, walk

_QUOTIENT = re.compile(r"d([A-Za-z]+\d?)/d([A-Za-z]+\d?)")
Slope = tuple[str, str]  # of which letter, by which


def with_dependence(gold: Expr, answer: Expr) -> tuple[Expr, Expr]:
    """Both with `Z(b)` for Z, where one derives Z by b and one derives a formula of Z; as they were without any."""
    written = {slope for side in (gold, answer) for node in walk(side) if (slope := _slope(node)) is not None}
    derived = {
        (name, node.variables[0])
        for side in (gold, answer)
        for node in walk(side)
        if isinstance(node, Derivative) and len(node.variables) == 1 and not isinstance(node.body, Name)
        for name in names_in(node.body)
    }
    depend = dict(slope for slope in written & derived if slope[0] != slope[1])
    if not depend or set(depend) & set(depend.values()) or len(depend) != len(written & derived):
        return gold, answer
    return _told(gold, depend), _told(answer, depend)


def _slope(node: Expr) -> Slope | None:
    """Which slope of a letter a node is."""
    if isinstance(node, Name) and (found := _QUOTIENT.fullmatch(node.name)) is not None:
        return found[1], found[2]
    if isinstance(node, Derivative) and isinstance(node.body, Name) and len(node.variables) == 1:
        return node.body.name, node.variables[0]
    return None


def _told(expr: Expr, depend: dict[str, str]) -> Expr:
    slope = _slope(expr)
    if slope is not None and depend.get(slope[0]) == slope[1]:
        return Call(f"{slope[0]}'", (Name(slope[1], expr.place),), expr.place)
    if isinstance(expr, Name) and expr.name in depend:
        return Call(expr.name, (Name(depend[expr.name], expr.place),), expr.place)
    return rebuilt(expr, lambda child: _told(child, depend))
