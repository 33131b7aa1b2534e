"""A root sign before several letters without brackets, `√gL`: nobody says how far it reaches."""

from __future__ import annotations

from grader.kinds.kind import View, remark
from grader.model.patterns import later
from grader.model.results import Finding, Status

_OPEN_ROOT = later(r"√\s?(?:\d+(?:\.\d+)?[A-Za-zα-ω]|[A-Za-zα-ω]{2})", holds=("√",))


def with_open_roots(view: View, finding: Finding) -> Finding:
    """The finding, for a person where an answer that is not right has such a root."""
    if finding.status not in (Status.WRONG, Status.PARTIAL) or _OPEN_ROOT.search(view.answer.text) is None:
        return finding
    reason = remark("unreadable", message="how far the root reaches is not certain", what="a formula")
    return Finding(Status.REVIEW, None, (reason,), finding.read_as, finding.spans)
