"""Numbers beside spoken lengths that count them: "4 axes, first 1000 images", "height and width (256 both)"."""

from __future__ import annotations

from collections.abc import Sequence

from grader.model.expressions import Num, Relation
from grader.model.patterns import later
from grader.notation.reading import Claim

_AXES_FOLLOW = later(r"\A[\s-]*(axes|axis|dim(ension)?s?|d|indices)\b", holds=("ax", "d", "indices"))
_SIDE = r"(?:heights?|widths?|rows?|col(?:umn)?s?)"
_TWO_NAMED = later(rf"\b{_SIDE} and (?:the )?{_SIDE}\W*\Z", holds=(" and ",))
_FOR_BOTH = later(r"\A[\s,]*(both|each)\b(?! (of|other|axis|image|pixel|with|has|have))", holds=("both", "each"))
_NEAR = 20


def without_counts(claims: Sequence[Claim], text: str) -> tuple[int, tuple[Claim, ...]]:
    """How many axes are spoken of, 0 where nobody says, and the claims that are left, each length as often as it holds.

    "4 axes, first the number of images (1000), then color (3), then height and width (256 both)". `text` is that which
    the claims stand in.
    """
    counted, kept = 0, list(claims)
    first = claims[0].expr if len(claims) > 1 else None
    if isinstance(first, Num) and isinstance(first.value, int):
        found = _AXES_FOLLOW.search(claims[1].before)
        if found is not None and claims[1].expr is not None:
            counted, kept = first.value, [claims[1]._replace(before=claims[1].before[found.end() :]), *claims[2:]]
    kept = [claim for claim in kept if not _is_worked_out(claim)]
    lengths: list[Claim] = []
    pair = 1
    for claim in kept:
        behind = text[claim.place[1] : claim.place[1] + _NEAR]
        twice = isinstance(claim.expr, Num) and _TWO_NAMED.search(claim.before) and _FOR_BOTH.search(behind)
        if pair == 1 and _is_pair(claim, behind):
            pair = 2
            continue
        lengths += [claim] * (2 if twice else pair)
        pair = 1
    return counted, tuple(lengths)


def _is_worked_out(claim: Claim) -> bool:
    """How a length beside it was found, in brackets: "sample 2400 (= 10 * 240)"."""
    return claim.aside and isinstance(claim.expr, Relation) and claim.expr.operands[0] is None


def _is_pair(claim: Claim, behind: str) -> bool:
    """Whether a number counts axes of one length: "the next two have length 256 each"."""
    two = isinstance(claim.expr, Num) and claim.expr.value == 2
    return two and _NEXT.search(claim.before) is not None and _HAVE.search(behind) is not None


_NEXT = later(r"\b(?:next|last|other|first|remaining|following|middle)\s*\Z")
_HAVE = later(r"\A\s*(?:axes |dim\w* |ones |of them )?(?:have|are|both|has|with)\b")
