"""Sets that an answer lists before it says which part has each element: "(0, 0) and (1, 1). (0, 0) is a saddle"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from grader.model.expressions import Group, Relation
from grader.notation.printing import show
from grader.notation.reading import Claim

_ENDS, _STOPS = re.compile(r"[.;\n]"), re.compile(r"[.;:\n]")


def elements_said(claim: Claim) -> frozenset[str]:
    """The elements of a set as they are shown; what is no set is an element itself."""
    expr = claim.expr.operands[-1] if isinstance(claim.expr, Relation) else claim.expr
    if isinstance(expr, Group) and expr.brackets != "()":
        return frozenset(map(show, expr.items))
    return frozenset() if expr is None else frozenset([show(expr)])


def without_overviews(
    candidates: Sequence[Claim], claims: Sequence[Claim], after: str, said: Callable[[str], set[int]], sets: bool
) -> tuple[list[Claim], bool]:
    """The candidates but for those that only list what others say again, and whether another may be such a list.

    That is a set of several elements in a sentence without a label, where labels stand elsewhere or sets are missing;
    `said` gives the parts that words name, `after` are the words behind all claims; nothing is left out without `sets`.
    """
    if not sets:
        return list(candidates), False
    kept: list[Claim] = []
    doubtful = False
    labelled = bool(said(" ".join([*(claim.before for claim in claims), after])))
    for claim in candidates:
        elements = elements_said(claim)
        if len(elements) < 2 or said(_own_words(claim, claims, after)):
            kept.append(claim)
            continue
        others = [elements_said(other) for other in candidates if other is not claim]
        if labelled and elements <= frozenset().union(*[one for one in others if one < elements]):
            continue
        kept.append(claim)
        doubtful = doubtful or labelled or len(candidates) == 1
    return kept, doubtful


def differing(claims: Sequence[Claim]) -> bool:
    """Whether a part was given several sets of which none has all elements: "(1, 1): minimum, (2, 2): minimum"."""
    sets = [elements_said(claim) for claim in claims]
    return len(sets) > 1 and frozenset().union(*sets) not in sets


def _own_words(claim: Claim, claims: Sequence[Claim], after: str) -> str:
    """The words of a claim's own sentence: before it, and directly behind."""
    behind = next((other.before for other in claims if other.place[0] >= claim.place[1]), after)
    return f"{_ENDS.split(claim.before)[-1]} {_STOPS.split(behind)[0]}"
