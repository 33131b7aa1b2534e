"""Formulas whose numbers are rounded: `1.155 sqrt(gh)` for `sqrt(4gh/3)`."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.equality.rounding import moved, rounded_numbers
from grader.kinds._expected import Expected
from grader.kinds._trial import Trial
from grader.maths.evaluation import CONSTANTS, evaluate
from grader.model.errors import Unreadable
from grader.model.expressions import Expr, Num, Relation

_MOST = 4  # rounded numbers in a formula
_SLACK = 1.001


def is_rounded(trial: Trial, expected: Expected) -> bool:
    """Whether the formula is the truth as far as the digits of its decimals go, at every sample."""
    numbers = rounded_numbers(trial.body)
    if expected.letters or trial.free or not 0 < len(numbers) <= _MOST:
        return False
    try:
        base, *others = (_values(expr, trial, expected) for expr in _versions(trial.body, numbers))
    except (Unreadable, TypeError, ValueError):
        return False
    truths = np.array([np.asarray(truth.data, dtype=float).ravel() for truth in expected.truths])
    if base.shape != truths.shape:
        return False
    reach = sum((np.abs(other - base) for other in others), np.zeros(base.shape))
    return bool(np.all(np.abs(base - truths) <= reach * _SLACK))


def _versions(body: Expr, numbers: list[Num]) -> Iterator[Expr]:
    yield body
    for number in numbers:
        yield moved(body, number)


def _values(expr: Expr, trial: Trial, expected: Expected) -> np.ndarray:
    known = frozenset(expected.names) | CONSTANTS.keys() | trial.local.keys()
    found = []
    for world in expected.samples:
        scope = world.with_definitions(trial.local).student_scope({}, None, known)
        found.append(np.asarray(evaluate(expr, scope).data, dtype=float).ravel())
    return np.array(found)


def rounds_member(trial: Trial, expected: Expected) -> bool:
    """Whether the formula is the right one before it in its chain, rounded: `2 sqrt(gh/3) ≈ 1.155 sqrt(gh)`."""
    expr = trial.claim.expr
    if not isinstance(expr, Relation) or expr.ops[-1] not in ("~", "=") or len(expr.operands) < 2:
        return False
    before = expr.operands[-2]
    if before is None or before is trial.left:
        return False
    return bool(Trial(expected, trial.left, before, trial.local, trial.claim).verdict(expected.truths))
