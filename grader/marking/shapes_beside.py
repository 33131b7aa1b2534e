"""A number asked for beside a shape: "the shape is 12 x 16 x 16 and there are 912 parameters" tells one number."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from grader.kinds.kind import View
from grader.model.expressions import Num, Relation, walk
from grader.model.results import Mark, Status
from grader.notation.reading import Claim
from grader.prepare.parts import PreparedPart


def without_shapes(parts: Sequence[PreparedPart], member: PreparedPart, view: View, mark: Mark) -> View | None:
    """A view without what answers a part that asks for a shape; None where several values are not the doubt."""
    if member.kind is None or member.kind.name != "number" or mark.status is not Status.REVIEW:
        return None
    if not any(reason.id == "several-answers" for reason in mark.reasons):
        return None
    shapes = [
        claim
        for part in parts
        if part.kind is not None and part.kind.name == "shape"
        for claim in part.kind.find(part.expected, view)
    ]
    own = member.kind.find(member.expected, view)
    exprs = [shape.expr for shape in shapes if shape.expr is not None]
    lengths = {node.value for expr in exprs for node in walk(expr) if isinstance(node, Num)}
    kept = tuple(
        claim.place
        for claim in own
        if not any(_overlaps(claim, shape) for shape in shapes) and not _works_out(claim, lengths)
    )
    return view.limited(kept, view.reasons) if kept and len(kept) < len(own) else None


def _overlaps(one: Claim, other: Claim) -> bool:
    return one.place[0] < other.place[1] and other.place[0] < one.place[1]


def _works_out(claim: Claim, lengths: Collection[object]) -> bool:
    """Whether an equation works out a length of the shape: "(35-5)/2 + 1 = 16, so it has shape 12 x 16 x 16"."""
    last = claim.expr.operands[-1] if isinstance(claim.expr, Relation) else None
    return isinstance(last, Num) and last.value in lengths
