"""Shapes that words announce one by one, and of which not all were read: "shape unknown ... shape (B, N, C)"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from grader.model.expressions import names_in
from grader.model.patterns import later
from grader.notation.reading import Claim

_ANNOUNCED = later(  # not of shape(Z) = shape(U) = ..., Z.shape, "the shape of Z", "U has this shape too"
    r"(?<![.\w{])(?<!this )(?<!that )shape\b(?!\}?\s*\(\s*[a-z]\s*\))(?! (?:too|of\b))", holds=("shape",)
)
_SHARED = later(r"\b(?:both|same|each|either|all|equal|beide|gleich)\b|\bas (?:above|below|before)\b")
_LED = later(r"(?:\A|[\s,;.($])(?:(?P<first>[a-z])\$? and \$?)?(?P<name>[a-z])\$? ?: ?\$?\Z")


def tells_more_shapes(
    text: str, candidates: Sequence[Claim], names: Collection[str], labels: Sequence[Collection[str]]
) -> bool:
    """Whether an only shape of several parts is not the only one that is announced, or is that of another array.

    "shape (B, N/s) ... shape (B, ceil(N/s), C)", where the first could not be one; "X: (46, 62, 20)" for Z.
    """
    told = text.casefold()
    lettered = len(candidates) == 1 and candidates[0].expr is not None and bool(names_in(candidates[0].expr))
    if lettered and len(_ANNOUNCED.findall(told)) > 1 and not _SHARED.search(told):
        return True
    known = {label.casefold() for own in labels for label in own}
    arrays = {name.casefold() for name in names if len(name) == 1} - known
    led = (_LED.search(told[max(0, claim.place[0] - _NEAR) : claim.place[0]]) for claim in candidates)
    return any(found is not None and found["name"] in arrays for found in led)


_NEAR = 16  # characters before a shape
