"""Declared mistakes: the foreseen wrong answer that explains what the student wrote."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from grader.kinds.kind import COUNTS, IN_PART, View
from grader.model.expressions import Call, Expr, Group, Relation, walk
from grader.model.results import Finding, Reason, Status
from grader.model.rubrics import Scalar
from grader.prepare.parts import PreparedMistake, PreparedPart

# Undecided because of what stands there, not because of what the reference is.
_SETTLED_BY_NOBODY = frozenset(["several-answers", "unreadable", "range-left-out"])


def explain(prepared: PreparedPart, view: View, finding: Finding) -> Finding:
    """The finding, or a better explained one: the declared mistake that leaves the most credit.

    A mistake is matched as strictly as a right answer; one that is matched exactly says what it leaves, also where
    the kind itself would leave more. An answer that is a slip away from a declared mistake gets the product of the two
    credits. A match also settles an answer that the reference could not decide, one of
    another kind only where nothing else stands there.
    """
    best = finding
    if finding.credit is None and any(reason.id in _SETTLED_BY_NOBODY for reason in finding.reasons):
        return finding
    for entry in prepared.mistakes:
        if entry.expected is None:
            continue
        matched = entry.kind.judge(entry.expected, view)
        if (
            matched.credit is None
            or matched.credit == 0
            or not (matched.credit == 1 or entry.kind.compounds or entry.kind.decisive)
        ):
            continue
        if entry.kind is prepared.kind and _is_nearer_to_truth(prepared, entry, finding):
            continue
        if finding.credit is None and _asks_otherwise(prepared, entry):
            ends = [{high for _, high in one.spans} for one in (finding, matched)]
            same = len(ends[0]) == 1 and ends[0] == ends[1]  # both take the same for the answer
            if not same and not _is_all(prepared, entry, matched, view):
                continue
        declared = Reason(entry.mistake.id, (), entry.mistake.say, mistake=True)
        combined = _with_credit(matched, matched.credit * entry.mistake.credit, (declared, *matched.reasons), finding)
        if entry.kind.decisive:
            rest = tuple(one for one in finding.reasons if one not in matched.reasons and one.id not in COUNTS)
            reasons = (*combined.reasons, *rest)
            combined = replace(combined, reasons=reasons, read_as=finding.read_as, spans=finding.spans)
            if all(reason.id != IN_PART for reason in matched.reasons):
                return combined  # the values are those of the mistake, all of them: that is what it is
            if finding.credit is None:
                continue  # where not all are, a person has more to decide
        exact = (
            matched.credit == 1 and entry.kind is prepared.kind and finding.status is Status.PARTIAL and best is finding
        )
        told = exact or (matched.credit == 1 and any(reason.id in _BY_VALUES for reason in best.reasons))
        if told or _explains_better(combined, best):
            best = combined
    return best


# Slips that the values tell, whatever the formula: who declares the same mistake says what it leaves.
_BY_VALUES = frozenset(["wrong-length", "term-wrong-sign", "term-wrong-factor", "term-wrong-length"])


def _is_nearer_to_truth(prepared: PreparedPart, entry: PreparedMistake, finding: Finding) -> bool:
    """Whether an answer that only rounds to a foreseen value is nearer to the right one: [51.0, 53.0] for
    [51.02, 52.98], where [51.18, 52.82] is foreseen."""
    if finding.value is None:
        return False
    off, right = (_distance(finding.value, entry.kind.value(one)) for one in (entry.expected, prepared.expected))
    return off is not None and right is not None and right < off * (1 - _EXACT)


def nearer(prepared: PreparedPart, view: View, finding: Finding) -> Finding:
    """The finding of a right answer, or one for a person where the answer is nearer to a declared mistake that it
    agrees with as well: 0.106, within 1 % of 0.1071, where 0.1061 is foreseen."""
    kind, found = prepared.kind, finding.value
    if kind is None or found is None:
        return finding
    for entry in prepared.mistakes:
        if entry.kind is not kind or entry.expected is None or entry.mistake.credit == 1:
            continue
        off, right = (_distance(found, kind.value(expected)) for expected in (entry.expected, prepared.expected))
        if off is None or right is None or off >= right * (1 - _EXACT):
            continue
        if entry.kind.judge(entry.expected, view).status is Status.RIGHT:
            reason = Reason("nearer-to-mistake", (("say", entry.mistake.say or entry.mistake.id),))
            return Finding(Status.REVIEW, None, (reason,), finding.read_as, finding.spans, finding.value)
    return finding


_EXACT = 1e-9


def _distance(found: Any, value: Any) -> float | None:
    """How far apart two numbers or arrays are; None where that says nothing."""
    try:
        if np.iscomplexobj(found) or np.iscomplexobj(value):
            return None  # an amplitude may have its phase apart
        one, other = np.asarray(found, dtype=float), np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        return None
    return float(np.max(np.abs(one - other))) if one.shape == other.shape and one.size else None


def _asks_otherwise(prepared: PreparedPart, entry: PreparedMistake) -> bool:
    """Whether a mistake asks for another kind of answer, or for another property."""
    if entry.kind is not prepared.kind:
        return True
    asked = (entry.mistake.fields.get("property"), prepared.part.fields.get("property"))
    texts = [node.text if isinstance(node, Scalar) else "" for node in asked]
    return bool(texts[0]) and texts[0] != texts[1]


def _is_all(prepared: PreparedPart, entry: PreparedMistake, matched: Finding, view: View) -> bool:
    """Whether all mathematics of an answer is what a mistake read, or leads to it: "1, 2, 4", "det(A - λI) = ..., so
    1, 2, 4", and not "1, 2, 4. For 1: (1, -1, 1)"."""
    spans = () if entry.kind.in_code or entry.kind.own_words(entry.expected) else matched.spans
    reads = [entry.kind.reads, *([] if prepared.kind is None else [prepared.kind.reads])]
    claims = [claim for options in reads for claim in view.claims(view.reading(**dict(options)))]
    first = min((low for low, _ in spans), default=0)
    rest = [c for c in claims if not any(low <= c.place[0] and c.place[1] <= high for low, high in spans)]
    return all(claim.place[0] < first and _leads_to_values(claim.expr) for claim in rest)


def _leads_to_values(expr: Expr | None) -> bool:
    """Whether an equation only leads to eigenvalues: a determinant, and polynomials that it comes to."""
    if not isinstance(expr, Relation) or set(expr.ops) != {"="}:
        return False
    nodes = [node for operand in expr.operands if operand is not None for node in walk(operand)]
    listed = any(isinstance(node, Group) and len(node.items) > 1 for node in nodes)
    return not listed and any(isinstance(node, Call) and node.function == "det" for node in nodes)


def _explains_better(new: Finding, old: Finding) -> bool:
    """More credit, or the same credit in the instructor's own words; a decision beats no decision."""
    if old.credit is None:
        return True
    if new.credit is None or new.credit < old.credit:
        return False
    return new.credit > old.credit or (old.reasons[:1] != new.reasons[:1] and not _is_declared(old))


def _is_declared(finding: Finding) -> bool:
    return any(reason.mistake and reason.say for reason in finding.reasons)


def _with_credit(matched: Finding, credit: Fraction, reasons: tuple[Reason, ...], original: Finding) -> Finding:
    status = Status.WRONG if credit == 0 else Status.RIGHT if credit == 1 else Status.PARTIAL
    value = original.value if original.value is not None else matched.value
    return Finding(status, credit, reasons, matched.read_as, matched.spans, value)
