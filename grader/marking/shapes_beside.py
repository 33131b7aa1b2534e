"""A number asked for beside a shape: "the shape is 12 x 16 x 16 and there are 912 parameters" tells one number."""

from __future__ import annotations

from collections.abc import Sequence

from grader.kinds.kind import View
from grader.model.results import Mark, Status
from grader.prepare.parts import PreparedPart


def without_shapes(parts: Sequence[PreparedPart], member: PreparedPart, view: View, mark: Mark) -> View | None:
    """A view without what answers a part that asks for a shape; None where several values are not the doubt."""
    if member.kind is None or member.kind.name != "number" or mark.status is not Status.REVIEW:
        return None
    if not any(reason.id == "several-answers" for reason in mark.reasons):
        return None
    shapes = [
        claim.place
        for part in parts
        if part.kind is not None and part.kind.name == "shape"
        for claim in part.kind.find(part.expected, view)
    ]
    own = [claim.place for claim in member.kind.find(member.expected, view)]
    kept = tuple(place for place in own if not any(low < place[1] and place[0] < high for low, high in shapes))
    return view.limited(kept, view.reasons) if kept and len(kept) < len(own) else None
