"""A slip that may explain a formula, and the credit that each kind of slip leaves."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from grader.model.expressions import Expr
from grader.model.results import Reason

CREDIT = {
    "missing-sum": Fraction(1, 2),
    "missing-some-sums": Fraction(3, 5),
    "wrong-shift-sign": Fraction(3, 5),
    "wrong-sign": Fraction(3, 5),
    "wrong-transpose": Fraction(3, 5),
    "indices-exchanged": Fraction(3, 5),
    "wrong-index": Fraction(3, 5),
    "sum-too-many": Fraction(3, 5),
}
EXCHANGED_SUM = Fraction(1, 2)  # one index summed in the place of another


class Slip(NamedTuple):
    """The formula with a slip undone, what the slip is, and the credit that is left."""

    body: Expr
    credit: Fraction
    reasons: tuple[Reason, ...]
