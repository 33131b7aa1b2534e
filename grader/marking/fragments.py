"""Formulas that are not right, and of which more stands in the answer than was read."""

from __future__ import annotations

import re

from grader.kinds.kind import View, remark
from grader.model.expressions import Index, Name, Num, Relation, base_name, walk
from grader.model.patterns import later
from grader.model.results import Finding, Reason, Status
from grader.prepare.parts import PreparedPart

_KINDS = frozenset(["formula", "equals"])
_INDEXED = frozenset(["formula", "gradient"])
_OPEN = later(  # V / (R e^(t/RC)), V (1/R) e^(-t/RC)
    r"[\w)\]]\s*[/*]\s*\(\s*(?:[A-Za-z]\s+){0,3}\Z|(?<![A-Za-z])[A-Za-z]\s*\([^()\n]{1,12}[/*][^()\n]{1,12}\)\s*\Z",
    holds=("/", "*"),
)


def fragment_doubt(prepared: PreparedPart, finding: Finding, view: View) -> Reason | None:
    """Why a formula that is not right may only be a part of what was written; None if nothing says so."""
    if prepared.kind is None or not finding.spans:
        return None
    if prepared.kind.name in _INDEXED and (short := _with_fewer(prepared, finding, view)):
        message = f"`{short}` has more axes than indices here"
        return remark("unreadable", message=message, what="a formula")
    if prepared.kind.name not in _KINDS:
        return None
    text, start = view.answer.document.text, view.base + finding.spans[0][0]
    if _OPEN.search(text[text.rfind("\n", 0, start) + 1 : start]):
        message = "directly before it stands mathematics that could not be read with it"
        return remark("unreadable", message=message, what="a formula")
    letters = _defined_beside(prepared, finding, view)
    return remark("unknown-letters", letters=letters) if letters else None


def _with_fewer(prepared: PreparedPart, finding: Finding, view: View) -> str:
    r"""An array that has fewer indices in a formula than axes: one may stand for several, `Z_{r \mathbf{i} m}`."""
    if finding.status is not Status.WRONG:
        return ""
    ranks = getattr(prepared.expected, "names", {})
    for claim in view.claims(view.reading()):
        if not any(low < claim.place[1] and claim.place[0] < high for low, high in finding.spans):
            continue
        nodes = [node for node in walk(claim.expr) if isinstance(node, Index)] if claim.expr is not None else []
        if any(isinstance(node.base, Index) for node in nodes):  # X[i][j][k], in several brackets
            continue
        for node in nodes:
            few = len(node.indices) < ranks.get(base_name(node), 0)
            if few and not all(isinstance(index, Num) for index in node.indices):  # but D_11
                return base_name(node)
    return ""


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
