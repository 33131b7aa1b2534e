"""Two formulas of prose that say one thing together: "i is 1", "at 1, 3"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.expressions import Group, Name, Num, Relation
from grader.model.patterns import later

if TYPE_CHECKING:
    from grader.notation.reading import Claim

INDICES = frozenset("ijk")


def said_of_index(named: Claim, claim: Claim) -> Claim | None:
    """ "i is 1" says what `i = 1` says."""
    if not isinstance(named.expr, Name) or named.expr.name not in INDICES or not isinstance(claim.expr, Num):
        return None
    place = (named.place[0], claim.place[1])
    return named._replace(expr=Relation((named.expr, claim.expr), ("=",), place), place=place)


_AT = later(r"(\bat|@|\b(position|pixel|index|place|stelle|position))\s*$")


def pair_of_place(first: Claim, claim: Claim) -> Claim | None:
    """ "at 1, 3" says what `at (1, 3)` says."""
    one, other = first.expr, claim.expr
    if not isinstance(one, Num) or not isinstance(other, Num) or first.in_maths or not _AT.search(first.before):
        return None
    place = (first.place[0], claim.place[1])
    return first._replace(expr=Group("()", (one, other), place), place=place) if other.text.isdecimal() else None
