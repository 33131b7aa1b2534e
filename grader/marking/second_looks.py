"""Other readings of an answer that is not right at first sight: decimal commas, and the letter asked for."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.kinds._equal_delimited import says_only, with_formulas_set
from grader.kinds.kind import View, remark
from grader.marking.commas import with_commas_read
from grader.marking.own_labels import of_quantity
from grader.model.patterns import later
from grader.model.results import Finding, Status
from grader.prepare.parts import PreparedPart


def _unless_given(prepared: PreparedPart, finding: Finding) -> Finding:
    """The finding, or a person's where the list compared is a point of the question: "the gradient at (1, 2)"."""
    title, value = prepared.part.title, finding.value
    listed: object = getattr(value, "tolist", list)()
    if finding.status is not Status.WRONG or not isinstance(listed, list) or not listed or "(" not in title:
        return finding
    told = [[float(number) for number in _NUMBER.findall(point)] for point in _POINT.findall(title)]
    if listed not in told:
        return finding
    reason = remark("no-answer-found", what=prepared.kind.doc if prepared.kind is not None else "a list")
    return Finding(Status.REVIEW, None, (reason,), finding.read_as, finding.spans)


_POINT = later(r"\([-−\d.,\s]+\)", holds=("(",))
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def looked_at(prepared: PreparedPart, view: View, judge: Callable[[PreparedPart, View], Finding]) -> Finding:
    """The finding of an answer, or that of a reading which says more."""
    finding = _unless_given(prepared, of_quantity(prepared, view, with_commas_read(prepared, view, judge), judge))
    if prepared.kind is None or prepared.kind.name != "equals" or finding.status not in (Status.REVIEW, Status.WRONG):
        return finding
    for letters in (False, True):
        told = with_formulas_set(view, letters)
        if told is None or not says_only(told, f"{prepared.part.title} {prepared.part.about}"):
            continue
        again = judge(prepared, told)
        if again.status is Status.RIGHT:
            return again
    return finding
