"""Claims that only say why another one is right: "5133600, since there are 57040 outputs of 90 products each"."""

from __future__ import annotations

from collections.abc import Sequence

from grader.model.patterns import later
from grader.notation.reading import Claim

_BEGINS_REASON = later(
    r"\b(since|because|when|as each|as every|where|denn|weil)\b|\A\s*[,(;]\s*(from|via|namely|by|through)\s*\Z",
    holds="since because when as each where denn weil from via namely by through".split(),
)
_ENDS_REASON = later(r"\b(so|therefore|thus|hence|total|together|gives?|get|answer|result|we (have|need))\b|[-=]>")


def explaining(claims: Sequence[Claim]) -> set[tuple[int, int]]:
    """Where claims stand that only say why: behind "since" in the sentence of an earlier claim, up to a "so"."""
    found: set[tuple[int, int]] = set()
    begun, sentence = False, -1
    for claim in claims:
        same = claim.sentence == sentence
        words = claim.before
        begun = same and (begun or bool(_BEGINS_REASON.search(words))) and not _ENDS_REASON.search(words)
        if begun:
            found.add(claim.place)
        sentence = claim.sentence
    return found
