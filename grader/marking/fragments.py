"""Formulas that are not right, and of which more stands in the answer than was read."""

from __future__ import annotations

import re

from grader.kinds.kind import View, remark
from grader.model.expressions import Name, Relation
from grader.model.patterns import later
from grader.model.results import Finding, Reason
from grader.prepare.parts import PreparedPart

_KINDS = frozenset(["formula", "equals"])
_OPEN = later(  # V / (R e^(t/RC)), V (1/R) e^(-t/RC)
    r"[\w)\]]\s*[/*]\s*\(\s*(?:[A-Za-z]\s+){0,3}\Z|(?<![A-Za-z])[A-Za-z]\s*\([^()\n]{1,12}[/*][^()\n]{1,12}\)\s*\Z",
    holds=("/", "*"),
)


def fragment_doubt(prepared: PreparedPart, finding: Finding, view: View) -> Reason | None:
    """Why a formula that is not right may only be a part of what was written; None if nothing says so."""
    if prepared.kind is None or prepared.kind.name not in _KINDS or not finding.spans:
        return None
    text, start = view.answer.document.text, view.base + finding.spans[0][0]
    if _OPEN.search(text[text.rfind("\n", 0, start) + 1 : start]):
        message = "directly before it stands mathematics that could not be read with it"
        return remark("unreadable", message=message, what="a formula")
    letters = _defined_beside(prepared, finding, view)
    return remark("unknown-letters", letters=letters) if letters else None


def _defined_beside(prepared: PreparedPart, finding: Finding, view: View) -> str:
    """The letters of a formula that the answer defines and the reference has not: "Let u = x + 1. Then f = u^2 - 1"."""
    formula = finding.read_as.rpartition(" = ")[2]
    asked = prepared.kind.describe(prepared.expected) if prepared.kind is not None else ""
    found = []
    for claim in view.reading().claims:
        left = claim.expr.operands[0] if isinstance(claim.expr, Relation) and claim.expr.ops[0] == "=" else None
        name = left.name if isinstance(left, Name) and len(left.name) == 1 else ""
        own = rf"(?<![A-Za-z_]){name}(?![A-Za-z_0-9'])"
        if name and re.search(own, formula) and not re.search(own, asked) and name not in view.names:
            found.append(name)
    return ", ".join(dict.fromkeys(found))
