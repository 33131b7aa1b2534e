"""Two sides told alike before they are compared, where only the pair shows what is meant: samples of a signal."""

from __future__ import annotations

from grader.equality.samples import samples_alike
from grader.model.expressions import Expr


def told_alike(gold: tuple[Expr, str], answer: tuple[Expr, str]) -> tuple[Expr, Expr]:
    """Both formulas, each given with the text it was read from, in one way of telling them."""
    return samples_alike(gold, answer)
