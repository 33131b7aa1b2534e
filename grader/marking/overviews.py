"""Sets that an answer lists before it says which part has each element: "(0, 0) and (1, 1). (0, 0) is a saddle"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from grader.model.expressions import Group, Relation
from grader.model.patterns import later
from grader.notation.printing import show
from grader.notation.reading import Claim

_ENDS = re.compile(r"[.;\n]")


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
        if len(elements) < 2 or _is_labelled(claim, claims, after, said):
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


def _is_labelled(claim: Claim, claims: Sequence[Claim], after: str, said: Callable[[str], set[int]]) -> bool:
    """Whether the words of a claim's own sentence say its part: before it, or alone behind it, ": minima"."""
    if said(_ENDS.split(claim.before)[-1]):
        return True
    behind = next((other.before for other in claims if other.place[0] >= claim.place[1]), after)
    words = _ENDS.split(behind.lstrip(" :–—-"))[0]
    return len(said(words)) == 1 and _ONE_OF_THEM.search(words) is None


_ONE_OF_THEM = later(r"\b(?:first|second|third|last|former|latter|other|one|neither)\b")
