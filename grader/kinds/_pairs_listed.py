"""Ranges told by all their pairs, `(k_1, k_2) \\in \\{(0,0), (0,1), (1,0), (1,1)\\}`."""

from __future__ import annotations

from itertools import product

from grader.model.expressions import Expr, Group, Name, Num, Op, Relation
from grader.notation.reading import Claim

_MOST = 64  # pairs


def of_pairs_listed(claim: Claim, wanted: tuple[str, ...]) -> tuple[Claim, ...]:
    """The range of each index, where the pairs are all that such ranges have; () for anything else."""
    expr = claim.expr
    names, pairs = expr.operands if isinstance(expr, Relation) and expr.ops in (("in",), ("=",)) else (None, None)
    indices = _names(names)
    listed = _listed(pairs, len(indices))
    if len(indices) < 2 or not {*indices} <= {*wanted} or not listed or not isinstance(names, Group):
        return ()
    values = [sorted({row[axis] for row in listed}) for axis in range(len(indices))]
    if any(axis != list(range(axis[0], axis[-1] + 1)) for axis in values) or {*product(*values)} != {*listed}:
        return ()
    place = claim.place
    return tuple(
        claim._replace(expr=Relation((name, _range(axis, place)), ("=",), place), joined=claim.joined and not at)
        for at, (name, axis) in enumerate(zip(names.items, values, strict=True))
    )


def _names(group: Expr | None) -> list[str]:
    items = group.items if isinstance(group, Group) and group.brackets == "()" else ()
    return [item.name for item in items if isinstance(item, Name)] if all(isinstance(i, Name) for i in items) else []


def _listed(pairs: Expr | None, count: int) -> list[tuple[int, ...]]:
    """The pairs of whole numbers in a set; none where something else is in it, or one of them twice."""
    items = pairs.items if isinstance(pairs, Group) and len(pairs.items) <= _MOST else ()
    rows = [item.items for item in items if isinstance(item, Group) and len(item.items) == count]
    found = [tuple(one.value for one in row if isinstance(one, Num) and isinstance(one.value, int)) for row in rows]
    whole = len(rows) == len(items) and all(len(row) == count for row in found)
    return found if whole and len({*found}) == len(found) else []


def _range(values: list[int], place: tuple[int, int]) -> Expr:
    return Op("range", tuple(Num(end, place, str(end)) for end in (values[0], values[-1])), place)
