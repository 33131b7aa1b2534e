"""Values that a student only reports: those of another question, or what one might think."""

from __future__ import annotations

import re

from grader.kinds.kind import View
from grader.model.patterns import later
from grader.model.results import Finding

_IS = r"(?:\s+(?:that|it|this|is|are|was|equals?|says?|has|have|had|got|gets?|gives?|to|be))*"
_WHAT = r"question|part|problem|exercise|matrix|vector|function|case|task|system|sequence|signal|layer|array"
_REPORTED = later(
    r"\b(?P<words>(?:one|someone|somebody|you|people) (?:might|may|could|would|wrongly) (?:think|say|expect|guess)"
    rf"|(?:i|we) (?:first|wrongly) (?:thought|guessed|believed)"
    rf"|(?<!than )(?<!as )(?:previous|other|next|wrong) (?:{_WHAT})s?){_IS}[\s:=({{\[$]*\Z",
    re.IGNORECASE,
)
_NEAR = 120  # characters


def reported(finding: Finding, view: View) -> str:
    """The words right before a value that say so; "" where there are none."""
    if not finding.spans:
        return ""
    start = view.base + finding.spans[0][0]
    found = _REPORTED.search(view.answer.document.text[max(view.base, start - _NEAR) : start])
    return found["words"] if found is not None else ""
