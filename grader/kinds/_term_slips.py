"""Slips that one term of a sum explains, or a length: a wrong sign, a factor of 2, 1/N forgotten.

Told by values alone: if the truth is the formula with one term c times as large, then c is the same everywhere, and it
is 1 plus what is missing over that term.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from typing import Any

import numpy as np

from grader.kinds._slips import CREDIT, Slip
from grader.kinds._trial import Trial
from grader.kinds.kind import mistake
from grader.maths.values import Value, combine
from grader.maths.wholes import as_matrix_algebra
from grader.model.errors import Unreadable
from grader.model.expressions import Expr, Op
from grader.model.results import Reason

_FACTORS = (2, 3, 4, Fraction(1, 2), Fraction(1, 3), Fraction(1, 4))
_MOST_TERMS, _LEAST_SAMPLES, _SAME = 5, 2, 1e-8


def term_slip(trial: Trial, truths: Sequence[Value]) -> Slip | None:
    """The slip in one term of a formula that explains its difference from the truth; None for none."""
    if (trial.free and trial.whole is None) or not trial.frame.letters:
        return None
    with suppress(Unreadable, ArithmeticError, ValueError, TypeError), np.errstate(all="ignore"):
        for body in dict.fromkeys(_readings(trial)):
            terms = list(_terms(body))
            if len(terms) > _MOST_TERMS:
                continue
            sampled = [_sampled(trial, terms, truth, sample) for sample, truth in enumerate(truths)]
            for at in range(len(terms)):
                ratios = [_ratio(truth, values, at) for truth, values in sampled]
                if (said := _told(trial, ratios, len(terms) > 1)) is not None:
                    return Slip(body, CREDIT["wrong-factor"], (said,))
    return None


def _readings(trial: Trial) -> Iterator[Expr]:
    if trial.whole is None:
        yield trial.body
        return
    yield as_matrix_algebra(trial.whole, trial.frame.samples[0].student_scope())
    yield trial.whole


def _terms(expr: Expr, negative: bool = False) -> Iterator[Expr]:
    """The terms of a sum, each with its sign."""
    if isinstance(expr, Op) and expr.op == "add":
        for arg in expr.args:
            yield from _terms(arg, negative)
    elif isinstance(expr, Op) and expr.op == "neg":
        yield from _terms(expr.args[0], not negative)
    else:
        yield Op("neg", (expr,), expr.place) if negative else expr


def _sampled(trial: Trial, terms: Sequence[Expr], truth: Value, sample: int) -> tuple[np.ndarray, list[np.ndarray]]:
    """The truth, and what each term adds to the formula, along the same axes."""
    value = trial.value if trial.whole is None else trial.whole_value
    told = [combine(_spread, truth, value(term, sample)) for term in terms]
    return np.asarray(truth.data, dtype=float), [np.asarray(one.data, dtype=float) for one in told]


def _spread(truth: Any, value: Any) -> Any:
    return value + 0 * truth


def _ratio(truth: np.ndarray, values: Sequence[np.ndarray], at: int) -> float | None:
    """How many times as large one term must be for the formula to be the truth; None where no one number is."""
    term = values[at]
    if any(one.shape != truth.shape for one in values):
        return None
    if not (np.all(np.isfinite(truth)) and all(np.all(np.isfinite(one)) for one in values)):
        return None
    rest = truth - sum(one for k, one in enumerate(values) if k != at)
    scale = float(np.max(np.abs(term), initial=0.0))
    if not scale:
        return None
    ratio = float(np.sum(rest * term) / np.sum(term * term))
    return ratio if np.max(np.abs(rest - ratio * term)) <= _SAME * max(scale, float(np.max(np.abs(rest)))) else None


def _told(trial: Trial, ratios: Sequence[float | None], is_term: bool) -> Reason | None:
    """What such a ratio means, the same in every sample; None for a number that is no slip."""
    known = [ratio for ratio in ratios if ratio]
    if len(known) < len(ratios) or len(known) < _LEAST_SAMPLES:
        return None
    one = "term-" if is_term else ""
    if all(abs(ratio + 1) <= _SAME for ratio in known):
        return mistake(f"{one}wrong-sign")
    for factor in _FACTORS:
        if all(abs(ratio * factor - 1) <= _SAME for ratio in known):
            return mistake(f"{one}wrong-factor", factor=str(factor))
    for name, power in ((name, power) for name in _lengths(trial) for power in (1, -1)):
        lengths = [world.shapes[name[0]][name[1]] for world in trial.frame.samples]
        if all(abs(ratio * length**power - 1) <= _SAME for ratio, length in zip(known, lengths, strict=False)):
            return mistake(f"{one}wrong-length")
    return None


def _lengths(trial: Trial) -> Iterator[tuple[str, int]]:
    """The axes of arrays whose lengths tell one sample from another."""
    first, *others = trial.frame.samples
    for name, lengths in first.shapes.items():
        for axis, length in enumerate(lengths):
            if all(name in world.shapes and world.shapes[name][axis] != length for world in others):
                yield name, axis
