"""A declared array written with a small letter: `y[b,k] = x[b,s*k]` where the sheet has X."""

from __future__ import annotations

from collections.abc import Mapping

from grader.maths.repairs import rename
from grader.model.expressions import Expr, Index, Name, names_in, walk
from grader.notation.reading import Claim


def with_capitals(claims: tuple[Claim, ...], names: Mapping[str, int]) -> tuple[Claim, ...]:
    """The claims with X for x, where nobody declared an x, X has as many axes, and the answer writes no X beside it."""
    used = frozenset[str]().union(*(names_in(claim.expr) for claim in claims if claim.expr is not None))
    small = {name for name in used if name not in names and len(name) == 1 and name.upper() not in used}
    small = {name for name in small if names.get(name.upper(), 0) > 0}
    if not small:
        return claims
    elements = [node for claim in claims if claim.expr is not None for node in walk(claim.expr)]
    indexed = {name: _axes_of(name, elements) for name in small}
    meant = {name: name.upper() for name, axes in indexed.items() if axes == {names[name.upper()]}}
    if not meant:
        return claims
    return tuple(one if one.expr is None else one._replace(expr=rename(one.expr, meant)) for one in claims)


def _axes_of(name: str, nodes: list[Expr]) -> set[int]:
    """The numbers of indices with which a name is written; 0 where it stands alone."""
    found, bases = set(), set()
    for node in nodes:
        if isinstance(node, Index) and isinstance(node.base, Name) and node.base.name == name:
            found.add(len(node.indices))
            bases.add(node.base.place)
    alone = any(isinstance(node, Name) and node.name == name and node.place not in bases for node in nodes)
    return found | {0} if alone else found
