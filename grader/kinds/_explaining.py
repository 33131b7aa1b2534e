"""Claims that only say why another one is right: "5133600, since there are 57040 outputs of 90 products each"."""

from __future__ import annotations

from collections.abc import Sequence

from grader.model.patterns import later
from grader.notation.reading import Claim

_BEGINS_REASON = later(
    r"\b(since|because|when|as each|as every|where|denn|weil)\b|\A\s*[,(;]\s*(from|via|namely|by|through)\s*\Z",
    holds="since because when as each where denn weil from via namely by through".split(),
)
_SO = later(r"\b(?:so|therefore|thus|hence|total|together|result|answer)\b|[-=]>")  # but "since A times it gives"
_ENDS_REASON = later(r"\b(so|therefore|thus|hence|total|together|gives?|get|answer|result|we (have|need))\b|[-=]>")


def explaining(claims: Sequence[Claim], concluded: bool = True) -> set[tuple[int, int]]:
    """Where claims stand that only say why: behind "since" in the sentence of an earlier claim, up to a "so".

    Not `concluded`: "since B times it gives" goes on to be a reason behind "gives".
    """
    found: set[tuple[int, int]] = set()
    begun, sentence = False, -1
    for claim in claims:
        same = claim.sentence == sentence
        words = claim.before
        opens = _BEGINS_REASON.search(words)
        ends = (
            _ENDS_REASON.search(words)
            if opens is None and concluded
            else _SO.search(words, opens.end() if opens is not None else 0)
        )
        begun = same and (begun or opens is not None) and not ends
        if begun:
            found.add(claim.place)
        sentence = claim.sentence
    return found
