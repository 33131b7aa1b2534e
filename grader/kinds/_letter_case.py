"""A declared array written in the other case: `y[b,k] = x[b,s*k]` where the sheet has X; sums of X_i for x_i."""

from __future__ import annotations

from collections.abc import Mapping

from grader.maths.repairs import rename, rewrite
from grader.model.expressions import Expr, Index, Name, names_in, walk
from grader.model.patterns import later
from grader.notation.glued import SMALL_WORDS
from grader.notation.reading import Claim


def with_capitals(claims: tuple[Claim, ...], names: Mapping[str, int]) -> tuple[Claim, ...]:
    """The claims with X for x, where nobody declared an x, X has as many axes, and the answer writes no X beside it.

    The same the other way round, with the mean: `1/\\bar X` where the sheet has samples x and their mean x_bar.
    """
    used = frozenset[str]().union(*(names_in(claim.expr) for claim in claims if claim.expr is not None))
    strange = {name: name.swapcase() for name in used if name not in names and len(name) == 1}
    strange = {name: other for name, other in strange.items() if other not in used and names.get(other, 0) > 0}
    means = {name: name[0].lower() + name[1:] for name in used if name[1:] == "_bar" and name not in names}
    meant = {name: other for name, other in means.items() if other in names and other not in used}
    rows = {name: row for name in used - names.keys() if (row := _element(name, used, names)) is not None}
    derivatives = {name: other for name in used - names.keys() if (other := _derivative(name, used, names))}
    if not strange and not meant and not rows and not derivatives:
        return claims
    elements = [node for claim in claims if claim.expr is not None for node in walk(claim.expr)]
    meant |= {name: other for name, other in strange.items() if _axes_of(name, elements) == {names[other]}}
    meant |= derivatives
    if not meant and not rows:
        return claims

    def told(expr: Expr) -> Expr:
        return rewrite(rename(expr, meant), lambda node: rows.get(node.name) if isinstance(node, Name) else None)

    return tuple(one if one.expr is None else one._replace(expr=told(one.expr)) for one in claims)


_SMALL = later(r"d[a-z]/d([a-z])")


def _derivative(name: str, used: frozenset[str], names: Mapping[str, int]) -> str:
    """`dJ/dZ` for `dj/dz`, where the sheet has that one alone, no z, and the answer does not write both."""
    small = _SMALL.fullmatch(name)
    if small is None or small[1] in names:
        return ""
    meant = [other for other in names if "/d" in other and other.lower() == name]
    return meant[0] if len(meant) == 1 and meant[0] not in used else ""


_ROW = later(r"([A-Za-z])_([a-z]{1,4})")


def _element(name: str, used: frozenset[str], names: Mapping[str, int]) -> Index | None:
    """`X_i`, which was read as one name, as an element of x, if that has as many axes and is not written as well."""
    row = _ROW.fullmatch(name)
    if row is None or row[2] in SMALL_WORDS or row[1] in names:
        return None
    other = row[1].swapcase()
    if other in used or names.get(other) != len(row[2]):
        return None
    return Index(Name(other, _NOWHERE), tuple([Name(letter, _NOWHERE) for letter in row[2]]), _NOWHERE)


_NOWHERE = (0, 0)


def _axes_of(name: str, nodes: list[Expr]) -> set[int]:
    """The numbers of indices with which a name is written; 0 where it stands alone."""
    found, bases = set(), set()
    for node in nodes:
        if isinstance(node, Index) and isinstance(node.base, Name) and node.base.name == name:
            found.add(len(node.indices))
            bases.add(node.base.place)
    alone = any(isinstance(node, Name) and node.name == name and node.place not in bases for node in nodes)
    return found | {0} if alone else found
