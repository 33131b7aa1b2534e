"""Parts that expect the same: whose value is whose does not matter where all values of an answer come to the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.kinds.kind import View
from grader.marking.naming import labels_of
from grader.model.expressions import Place
from grader.model.results import Reason, Status
from grader.prepare.parts import PreparedPart

Assigned = tuple[tuple[Place, ...], tuple[Reason, ...]]
_MOST = 4  # values that are looked at one by one
_WHOSE = "part-named-otherwise"


def expect_the_same(parts: Sequence[PreparedPart]) -> bool:
    """Whether the same answer is right for all of the parts."""
    return len({part.kind.describe(part.expected) for part in parts if part.kind is not None}) == 1


def settled_alike(parts: Sequence[PreparedPart], view: View, split: list[Assigned | None]) -> list[Assigned | None]:
    """The values of each part without a doubt whose they are, where it is moot.

    "(48-3+1) x (64-3+1) x 20, hence shape(Z) = shape(U) = (46, 62, 20)": both values are those of Z and of U.
    """
    kind = parts[0].kind
    doubted = any(own is not None and any(reason.id == _WHOSE for reason in own[1]) for own in split)
    if not doubted or kind is None or kind.compounds or not expect_the_same(parts):
        return split
    if not all(_is_named(labels_of(part), view.answer.text.casefold()) for part in parts):
        return split
    places = sorted({claim.place for claim in kind.find(parts[0].expected, view)})
    if not 1 < len(places) <= _MOST:
        return split
    found = [kind.judge(parts[0].expected, view.limited((place,))) for place in places]
    told = {(one.status, one.credit, tuple(reason.id for reason in one.reasons)) for one in found}
    if len(told) > 1 or found[0].status not in (Status.RIGHT, Status.PARTIAL, Status.WRONG):
        return split
    return [
        None if own is None else (own[0], tuple(reason for reason in own[1] if reason.id != _WHOSE)) for own in split
    ]


def _is_named(labels: Sequence[str], text: str) -> bool:
    """Whether one of the labels stands in a text, in words or in mathematics: `shape(U)`."""
    return any(re.search(rf"(?<![a-z]){re.escape(label.casefold())}", text) for label in labels if label)
