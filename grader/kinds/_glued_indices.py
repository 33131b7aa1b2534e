"""Indices glued to a letter of the student's own: `\\delta_{buvo} := dJ/dZ_{buvo}` says what delta[b,u,v,o] is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from grader.maths.repairs import rewrite
from grader.model.expressions import Expr, Index, Name, Relation
from grader.notation.reading import Claim


def with_indices_apart(
    claims: tuple[Claim, ...], context: tuple[Relation, ...], names: Mapping[str, int]
) -> tuple[tuple[Claim, ...], tuple[Relation, ...]]:
    """The claims and the relations above them, with such letters as arrays of as many axes as they have indices."""
    own = [one.expr for one in claims if isinstance(one.expr, Relation)]
    ranks = dict(_defined((*context, *own), names))
    if not ranks:
        return claims, context
    apart = tuple([one if one.expr is None else one._replace(expr=_apart(one.expr, ranks)) for one in claims])
    above = [_apart(relation, ranks) for relation in context]
    return apart, tuple([one for one in above if isinstance(one, Relation)])


def _defined(relations: Iterable[Relation], names: Mapping[str, int]) -> Iterable[tuple[str, int]]:
    """Each letter that is said to be an array at the indices that are glued to it, with their number."""
    for relation in relations:
        left, body = relation.operands[0], relation.operands[1] if len(relation.operands) > 1 else None
        if not isinstance(left, Name) or set(relation.ops) != {"="} or left.name in names:
            continue
        letter, _, glued = left.name.rpartition("_")
        if not isinstance(body, Index) or not isinstance(body.base, Name) or not letter or letter in names:
            continue
        told = [index.name if isinstance(index, Name) else "" for index in body.indices]
        if len(glued) > 1 and [*glued] == told:
            yield letter, len(glued)


def _apart(expr: Expr, ranks: Mapping[str, int]) -> Expr:
    def change(node: Expr) -> Expr | None:
        if not isinstance(node, Name):
            return None
        letter, _, glued = node.name.rpartition("_")
        if ranks.get(letter) != len(glued) or not glued.isalpha():
            return None
        indices = tuple(Name(one, node.place) for one in glued)
        return Index(Name(letter, node.place), indices, node.place)

    return rewrite(expr, change)
