"""Numbers from which one is only chosen, or with which it is only compared."""

from __future__ import annotations

from grader.kinds._choosing import Candidate
from grader.model.patterns import later


def without_material(candidates: list[Candidate]) -> list[Candidate]:
    """The numbers without those that one of them is only chosen from or compared with.

    "The negative values are -6, -3, -2 and -1. The largest of them is -1", "-1, because -1 is more than -2 and -6".
    """
    for place, one in enumerate(candidates):
        earlier = [other.value.value for other in candidates[:place]]
        if len(earlier) > 1 and one.value.value in earlier and _OF_THEM.search(one.claim.before):
            return candidates[place:]
        if place and _COMPARED.search(one.claim.before) and one.claim.sentence == candidates[0].claim.sentence:
            told = candidates[: place - ("because" not in one.claim.before)]
            return told or candidates
    said = [one.value.value for one in candidates]
    reasons = [
        one
        for place, one in enumerate(candidates)
        if place and (_REASONED.search(one.claim.before) or (said[place] in said[:place] and _is_said_again(one)))
    ]
    return [one for one in candidates if one not in reasons]


def _is_said_again(one: Candidate) -> bool:
    """Whether a number is said again as what nothing is beyond: "6 at (2, 3). More than 6 is not possible"."""
    return _THAN.search(one.claim.before) is not None


_THAN = later(r"\b(?:more|larger|bigger|greater|less|smaller|higher|lower) than\s*\Z", holds=("than",))
_REASONED = later(  # "More than 6 is not possible because no pixel is above 3"
    r"\b(?:because|since|as)\b[^.;]{0,60}\b(?:above|below|over|under|exceeds?|at (?:most|least)|up to"
    r"|(?:more|larger|bigger|greater|less|smaller|higher|lower) than)\s*\Z",
    holds=("because", "since", "as"),
)
_OF_THEM = later(
    r"\b(?:largest|biggest|greatest|highest|smallest|least|lowest|maximum|minimum|first|last)(?: one)? of"
    r" (?:them|these|those|all(?: of (?:them|these|those))?)(?: numbers| values)? (?:is|=|:)\s*\Z",
    holds=("of them", "of these", "of those", "of all"),
)
_COMPARED = later(
    r"(?:\A|\bbecause\b[^.;]*\b)(?:is|are) (?:more|less|larger|bigger|greater|smaller|lower|higher|closer)"
    r"(?: to zero)? than\s*\Z",
    holds=("than",),
)
