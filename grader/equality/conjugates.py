"""Bars that are conjugates: `\\overline{x}` where the other side says so, `\\overline{zw}` beside `\\bar z \\bar w`."""

from __future__ import annotations

import re

from grader.model.expressions import Call, Expr, Name, Op, names_in, rebuilt, walk

_OF_COMPLEX, _CONJUGATES = frozenset(["re", "im", "abs"]), frozenset(["z_bar", "w_bar"])  # a mean of x has bars too
_BARRED = re.compile(r"_bar(\d*)\Z")  # \bar{z}_1 is z_bar1
_SEVERAL = re.compile(r"([a-z])([a-z])_bar\Z")


def with_conjugates(one: Expr, other: Expr) -> tuple[Expr, Expr]:
    """Both sides with bars as conjugates, where one of them has a conjugate or the usual letters of complex numbers."""
    names = names_in(one) | names_in(other)
    calls = {node.function for expr in (one, other) for node in walk(expr) if isinstance(node, Call)}
    spread = any(found and {f"{letter}_bar" for letter in found.groups()} <= names for found in _several(names))
    if "conjugate" in calls or spread or (calls & _OF_COMPLEX and names & _CONJUGATES):
        return _conjugated(one), _conjugated(other)
    return one, other


def _several(names: frozenset[str]) -> list[re.Match[str] | None]:
    return [_SEVERAL.fullmatch(name) for name in names]


def _conjugated(expr: Expr) -> Expr:
    if not isinstance(expr, Name) or not (barred := _BARRED.search(expr.name)):
        return rebuilt(expr, _conjugated)
    letters = expr.name[: barred.start()]
    whole: Expr = Name(letters + barred[1], expr.place)
    if (several := _SEVERAL.fullmatch(expr.name)) is not None:
        first, second = (Name(letter, expr.place) for letter in several.groups())
        whole = Op("mul", (first, second), expr.place)
    return Call("conjugate", (whole,), expr.place)
