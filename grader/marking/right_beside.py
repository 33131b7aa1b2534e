"""Right values beside one that was taken and is not right: which of them answers is for a person to say."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from fractions import Fraction

from grader.kinds._choosing import corrects
from grader.kinds.kind import View, remark
from grader.marking.fragments import fragment_doubt
from grader.model.expressions import Place
from grader.model.patterns import later
from grader.model.results import Finding, Mark, Reason, Status
from grader.notation.remarks import holds_remark
from grader.prepare.parts import PreparedPart

_KINDS = frozenset(["array", "property", "set"])  # others look at their rivals themselves
_MOST = 8  # values that are looked at one by one


def doubt_below(prepared: PreparedPart, finding: Finding, view: View) -> Reason | None:
    """Why an answer that is not right may be more than what was read of it; None if nothing says so."""
    if _is_quoted(view):
        return remark("may-be-the-question")
    if prepared.kind is not None and prepared.kind.name == "equals" and holds_remark(view.answer.text):
        message = "a remark in brackets was read as a second value"
        return remark("unreadable", message=message, what="a formula")
    return fragment_doubt(prepared, finding, view) or right_beside(prepared, finding, view)


def _is_quoted(view: View) -> bool:
    """Whether an answer stands in a quotation, `> (a) x = [1, 2, 3]`, of a document that says more outside of any."""
    written = [block for block in view.answer.document.blocks if block.text.strip() and block.kind != "heading"]
    quoted = sum(block.quoted > 0 for block in written)
    outside = sum(not block.quoted and len(block.text.strip()) > _LABEL for block in written)
    return all(block.quoted for block in view.answer.blocks) and 0 < quoted <= outside


_LABEL = 8  # characters: "(a)" before a quotation is none of its own


_ALIKE = later(
    r"\b(?:both|same|alike|identical|equal|each|unchanged|(?:not|n.t) (?:change|alter)|keeps?|preserves?|either"
    r"|likewise)\b",
    re.IGNORECASE,
)


def is_told_elsewhere(member: PreparedPart, view: View, views: Sequence[View | None]) -> bool:
    """Whether an answer has the right value of a part that was given another: "(1,1), (3,2), mean (2, 1.33)".

    Values that were given to any part, `views`, are those of this part; shapes of two arrays may be told by one.
    """
    kind = member.kind
    alike = kind is not None and kind.name == "shape" and _ALIKE.search(view.answer.text) is not None
    if kind is None or not (alike or kind.name in _KINDS):
        return False
    given = {place for own in views if own is not None for place in own.places or ()}
    claims = [claim for claim in kind.find(member.expected, view) if alike or claim.place not in given]
    alone = (kind.judge(member.expected, view.limited((claim.place,))) for claim in claims[:_MOST])
    return any(finding.status is Status.RIGHT for finding in alone)


def review_told(mark: Mark) -> Mark:
    """The mark of a part of which a person has to say which value answers it."""
    reasons = (remark("several-answers"),)
    return mark._replace(status=Status.REVIEW, credit=None, least=Fraction(0), most=Fraction(1), reasons=reasons)


def right_beside(prepared: PreparedPart, finding: Finding, view: View, others: Collection[Place] = ()) -> Reason | None:
    """Why a value that is not right may not be the answer: another one in it is right, "(3, 2), mean (2, 1.33)".

    Not what corrects itself, and not the values at `others`, which are those of other parts.
    """
    kind = prepared.kind
    if kind is None or kind.name not in _KINDS or finding.status not in (Status.WRONG, Status.PARTIAL):
        return None
    claims = [claim for claim in kind.find(prepared.expected, view) if claim.place not in others]
    taken = [claim for claim in claims if _is_within(claim.place, finding.spans)]
    if any(map(corrects, taken)) or not len(taken) < len(claims) <= _MOST:
        return None
    concluded = [claim.place for claim in taken if _CONCLUDES.search(claim.before)]
    for claim in claims:
        if claim not in taken and not any(claim.place < place for place in concluded):
            alone = kind.judge(prepared.expected, view.limited((claim.place,)))
            if alone.status is Status.RIGHT:
                return remark("several-answers")
    return None


_CONCLUDES = later(  # "Steps: ... Result: ..."
    r"\b(?:results?|answers?|gives?|yields?|finally|so|thus|hence|therefore|ergebnis|also)\b[^.;\d]{0,20}\Z",
    re.IGNORECASE,
)


def _is_within(place: Place, spans: Sequence[Place]) -> bool:
    return any(low < place[1] and place[0] < high for low, high in spans)
