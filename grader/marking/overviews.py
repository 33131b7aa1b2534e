"""Sets that an answer lists before it says which part has each element: "(0, 0) and (1, 1). (0, 0) is a saddle"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from grader.model.expressions import Group, Relation
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.notation.printing import show
from grader.notation.reading import Claim

_ENDS = re.compile(r"[.;\n]")


def elements_said(claim: Claim) -> frozenset[str]:
    """The elements of a set as they are shown; what is no set is an element itself."""
    expr = claim.expr.operands[-1] if isinstance(claim.expr, Relation) else claim.expr
    if isinstance(expr, Group) and expr.brackets != "()":
        return frozenset(map(show, expr.items))
    return frozenset() if expr is None else frozenset([show(expr)])


class Words(NamedTuple):
    """The words around the candidates: all claims, the candidates among them, and the words behind the last claim."""

    claims: Sequence[Claim]
    candidates: Sequence[Claim]
    after: str
    said: Callable[[str], set[int]]

    def labels(self, claim: Claim) -> bool:
        """Whether the words of a claim's own sentence say its part: before it, or alone behind it, ": minima"."""
        if self.said(_ENDS.split(claim.before)[-1]):
            return True
        words = self._behind(claim)
        return len(self.said(words)) == 1 and _ONE_OF_THEM.search(words) is None

    def _behind(self, claim: Claim) -> str:
        """The words behind a claim in its sentence, up to the next candidate: "at (1, 1): f = 2 > 0, so a minimum"."""
        found: list[str] = []
        starts = {candidate.place[0] for candidate in self.candidates}
        others_behind = [other for other in self.claims if other.place[0] >= claim.place[1]]
        for words, stops in [*((one.before, one.place[0] in starts) for one in others_behind), (self.after, True)]:
            first, *others = _ENDS.split(words if found else words.lstrip(" :–—-"))
            found.append(first)
            if others or stops:
                break
        return " ".join(found)


def without_overviews(words: Words, sets: bool) -> tuple[list[Claim], bool]:
    """The candidates but for those that only list what others say again, and whether another may be such a list.

    That is a set of several elements in a sentence without a label, where labels stand elsewhere or sets are missing.
    Nothing is left out without `sets`.
    """
    candidates = words.candidates
    if not sets:
        return list(candidates), False
    kept: list[Claim] = []
    doubtful = False
    labelled = bool(words.said(" ".join([*(claim.before for claim in words.claims), words.after])))
    for claim in candidates:
        elements, own = elements_said(claim), words.labels(claim)
        behind = [other for other in candidates if other.place > claim.place]
        if not own and any(elements_said(other) == elements and words.labels(other) for other in behind):
            continue  # "x = 1, y = 1, so (1, 1) is a minimum"
        doubtful = doubtful or _begins_again(claim)
        if own or len(elements) < 2:
            kept.append(claim)
            continue
        others = [elements_said(other) for other in candidates if other is not claim]
        if labelled and elements <= frozenset().union(*[one for one in others if one < elements]):
            continue
        kept.append(claim)
        doubtful = doubtful or labelled or len(candidates) == 1
    return kept, doubtful


def _begins_again(claim: Claim) -> bool:
    """Whether what was read as one set is two of which the second repeats elements: "1, 2, 3, 4; 1 and 4 are roots"."""
    items = list(map(show, claim.expr.items)) if isinstance(claim.expr, Group) and claim.expr.brackets == "{}" else []
    return sum(items.count(item) > 1 for item in set(items)) > 1


def differing(claims: Sequence[Claim]) -> bool:
    """Whether a part was given several sets of which none has all elements: "(1, 1): minimum, (2, 2): minimum"."""
    sets = [elements_said(claim) for claim in claims]
    return len(sets) > 1 and frozenset().union(*sets) not in sets


_ONE_OF_THEM = later(r"\b(?:first|second|third|last|former|latter|other|one|neither)\b")
