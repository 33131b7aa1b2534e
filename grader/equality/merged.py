"""Unions of sets whose members are written out: `{a, b} ∪ {b, c}` is {a, b, c}."""

from __future__ import annotations

from collections.abc import Iterator

from grader.equality.keys import key
from grader.model.expressions import Expr, Group, Op


def merged_sets(expr: Op) -> Expr:
    """A union of listed sets as one set, each member once; any other union as it is."""
    sets = list(_sets(expr))
    if not all(isinstance(one, Group) and one.brackets == "{}" for one in sets):
        return expr
    members = [item for one in sets if isinstance(one, Group) for item in one.items]
    once = {str(key(item)): item for item in members}
    return Group("{}", tuple(once.values()), expr.place)


def _sets(expr: Expr) -> Iterator[Expr]:
    if isinstance(expr, Op) and expr.op == "union":
        for arg in expr.args:
            yield from _sets(arg)
    else:
        yield expr
