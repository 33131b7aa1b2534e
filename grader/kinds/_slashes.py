"""Formulas of which nobody can tell how far a slash goes, and `t/RC`, of which everybody can."""

from __future__ import annotations

from functools import partial

from grader.kinds._expected import Expected
from grader.kinds._formula_choice import Chosen, choose
from grader.kinds._knowing import knowing
from grader.kinds._left_sides import typed_between
from grader.kinds._trial import Trial
from grader.kinds.kind import View
from grader.maths.customs import all_below, tight_below
from grader.model.expressions import Expr
from grader.model.results import Finding

SLASH = "what follows the slash may stand below it, or beside the quotient"


def with_slashes(chosen: Chosen, expected: Expected, view: View) -> tuple[Chosen, bool]:
    """The formula with letters that are typed as one behind a slash below it, and whether it is right without that."""
    if "/" not in view.answer.text:
        return chosen, False
    below = tight_below(chosen.body, partial(typed_between, view.answer.blocks))
    if below == chosen.body:
        return chosen, False
    return chosen._replace(body=below), _is_right(chosen, chosen.body, expected)


def is_right_below(expected: Expected, view: View) -> bool:
    """Whether a formula is right if all that follows a slash stands below it: `v^2/2 mu g`."""
    if "/" not in view.answer.text:
        return False
    chosen = choose(expected, knowing(expected, view))
    if isinstance(chosen, Finding):
        return False
    below = all_below(chosen.body)
    return below != chosen.body and _is_right(chosen, below, expected)


def _is_right(chosen: Chosen, body: Expr, expected: Expected) -> bool:
    return bool(Trial(expected, chosen.left, body, chosen.local, chosen.claim).verdict(expected.truths))
