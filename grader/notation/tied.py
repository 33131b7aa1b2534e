"""Sums over indices that an equation ties to each other: `\\sum_{j+k=p} x[j] w[k]`."""

from __future__ import annotations

from collections.abc import Container

from grader.model.expressions import Expr, Name, Op, Relation


def with_tied_indices(
    specs: list[Expr], conditions: tuple[Expr, ...], names: Container[str]
) -> tuple[list[Expr], tuple[Expr, ...]]:
    """The indices that stand under a sum sign, and the equations that they must satisfy.

    Summed are the letters of a sum on the left side; what it equals is given: `j + k = p` sums over j and k.
    """
    found: list[Expr] = []
    for spec in specs:
        tied = _tied(spec, names)
        known = {one.name for one in found if isinstance(one, Name)}
        found += [name for name in tied if name.name not in known] if tied else [spec]
        conditions = (*conditions, spec) if tied else conditions
    return found, conditions


def _tied(spec: Expr, names: Container[str]) -> list[Name]:
    left = spec.operands[0] if isinstance(spec, Relation) and spec.ops == ("=",) else None
    if not isinstance(left, Op) or left.op != "add" or not all(isinstance(arg, Name) for arg in left.args):
        return []
    letters = [arg for arg in left.args if isinstance(arg, Name) and arg.name not in names]
    return letters if len(letters) == len(left.args) else []
