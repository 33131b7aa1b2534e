"""Formulas that are written alike are compared once, whoever wrote them and wherever they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from grader.kinds._expected import Expected
from grader.kinds._trial import Points, Trial
from grader.kinds._verdict import judge_formula
from grader.kinds.kind import View, remark, review
from grader.maths.scope import Written
from grader.maths.worlds import Definition
from grader.model.expressions import Expr, Relation, spelled
from grader.model.results import Finding, Status
from grader.notation.reading import Claim

_MOST_TAKEN = 2000  # arrays with their indices of which it is remembered what they are at a few elements
_MOST_POINTS = 4000  # formulas and variants of them of which the same is remembered, six numbers of each
Local = Mapping[str, Definition]


def compared(
    expected: Expected, claim: Claim, left: Expr | None, body: Expr, local: Local, view: View
) -> tuple[Finding, Trial | None]:
    """The finding for a formula of a claim, and its trial where more is to be said of it than where it stands.

    A right one must be right where the cases of the reference meet, too: `x > 4` is not `x >= 4`; and at more samples,
    as far as these tell.
    """
    finding, trial = _compared(expected, claim, left, body, local, view)
    if finding.status is not Status.RIGHT:
        return finding, trial
    if expected.meeting is not None:
        again, _ = _compared(expected.meeting, claim, left, body, local, view)
        if again.status is not Status.RIGHT:
            return review((claim,), finding.read_as, remark("differs-where-cases-meet")), None
    for other in expected.further() if expected.further is not None else ():
        again, _ = _compared(other, claim, left, body, local, view)
        if again.status in (Status.WRONG, Status.PARTIAL):
            return review((claim,), finding.read_as, remark("differs-elsewhere")), None
    return finding, trial


def _compared(
    expected: Expected, claim: Claim, left: Expr | None, body: Expr, local: Local, view: View
) -> tuple[Finding, Trial | None]:
    """The same at the samples of one reference.

    What is said of a formula of whole arrays points at its pieces, so it is not moved from one answer to another.
    """
    own, _ = view.remember(
        ("spelled", id(claim)), lambda: (spelled(claim.expr), claim)
    )  # kept alive: its id is the key
    defined = tuple([(d.name, d.letters, spelled(d.body), spelled(d.highs)) for d in local.values()])
    stated = claim.expr.operands[-1] if isinstance(claim.expr, Relation) else claim.expr
    key = (id(expected), own, defined, None if body is stated else spelled(body))  # sigma'(z) may be worked out
    known: tuple[Expected, Finding | None] | None = view.shared.get(key)
    if known is not None and known[1] is not None:
        return replace(known[1], spans=(body.place,)), None
    trial = _trial(expected, claim, left, body, local, view)
    finding = judge_formula(expected, trial)
    moves = trial.matrix is None and finding.spans == (body.place,)
    view.shared[key] = (expected, finding if moves else None)  # kept alive: its id is the key
    return finding, None if moves else trial


def _trial(expected: Expected, claim: Claim, left: Expr | None, body: Expr, local: Local, view: View) -> Trial:
    """One formula's trial serves the right answer and all declared mistakes: they differ in the truth only."""
    key = ("trial", claim.place, id(expected.samples), id(body), tuple(local))
    found: tuple[Any, dict[Any, Written]] = view.shared.setdefault(("taken", id(expected.coordinates)), (expected, {}))
    alike = found[1]  # of all formulas that are compared at these coordinates, which are kept alive
    if sum(map(len, alike.values())) > _MOST_TAKEN:
        alike.clear()
    told: tuple[Any, dict[Any, Points]] = view.shared.setdefault(
        ("points", id(expected.coordinates), id(expected.samples)), (expected, {})
    )
    points = told[1]  # the same of what formulas, and the variants of them that were tried, are at a few elements
    if len(points) > _MOST_POINTS:
        points.clear()
    made: tuple[Trial, Expr] = view.remember(
        key, lambda: (Trial(expected, left, body, dict(local), claim, alike=alike, points=points), body)
    )
    return made[0]  # the body is kept alive: its id is the key
