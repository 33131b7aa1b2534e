"""Shapes of arrays that the question gives, said beside the one that it asks for: "5x4, as X is 6x5 and W is 2x2"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.kinds._choosing import Candidate
from grader.maths.worlds import StudentNames, World
from grader.model.errors import Unreadable
from grader.model.expressions import Name, Num
from grader.model.patterns import later
from grader.notation.reading import Claim

STATED = later(r"(is|are|has|with|of|=)?( (the )?(size|shape|dimensions?))?")
_REASON = later(r"[\s,;:(]*(?:as|since|because|where|when|given(?: that)?|if|denn|da|weil|and|:)?[\s,;:(]*")


def shape_of(name: str, given: Mapping[str, Any]) -> tuple[int, ...]:
    """The lengths of an array of the question, without its elements: those of a layer may be too many to compute."""
    measured = given.measure(name, "shape") if isinstance(given, StudentNames | World) else None
    if measured is not None:
        return tuple(int(length) for length in measured)
    try:
        return np.shape(given[name])
    except Unreadable:
        return ()


def told_of_given(found: list[Candidate], claims: tuple[Claim, ...], given: Mapping[str, Any]) -> list[Candidate]:
    """ "X is 6x5, so 6-2+1 = 5 rows and 4 columns, 5x4": what is said by name of an array that the question gives.

    Only where another shape of as many lengths stands beside it. `given` maps the names of arrays to their values.
    """
    told: list[Candidate] = []
    for one in found:
        at = next((k for k, claim in enumerate(claims) if claim.place == one.claim.place), 0)
        name = claims[at - 1].expr if at and STATED.fullmatch(one.claim.before.strip()) else None
        lengths = tuple(length.value if isinstance(length, Num) else None for length in one.value)
        beside = any(o.claim.place > one.claim.place and len(o.value) == len(one.value) for o in found)
        if not beside and at and _REASON.fullmatch(claims[at - 1].before):  # "5x4, as X is 6x5 and W is 2x2"
            beside = any(o is not one and o not in told and len(o.value) == len(one.value) for o in found)
        if not isinstance(name, Name) and len(found) > 1:  # "5 by 4, one row and one column less than the 6 by 5 of X"
            after = next((other for other in claims if other.place[0] >= one.claim.place[1]), None)
            of = after is not None and after.before.strip() in ("of", "of the", "of image", "of the image")
            name, beside = (after.expr, True) if of and after is not None else (name, beside)
        if beside and isinstance(name, Name) and name.name in given and shape_of(name.name, given) == lengths:
            told.append(one)
    return told if len(told) < len(found) else told[:-1]
