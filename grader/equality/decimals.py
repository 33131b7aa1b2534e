"""Decimals that stand for a number they only approach: 3.141592653 for pi, 0.333333333333 for a third."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import NamedTuple

from grader.model.expressions import Expr, Num, Op

LEAST_DIGITS = 10  # fewer digits are a number of their own: 0.33 is no third


class Decimal(NamedTuple):
    """A literal with its last digit's unit."""

    value: Fraction
    unit: Fraction


def decimal_of(expr: Expr) -> Decimal | None:
    """A literal decimal of ten significant digits or more, perhaps with a sign."""
    if isinstance(expr, Op) and expr.op == "neg":
        inner = decimal_of(expr.args[0])
        return None if inner is None else Decimal(-inner.value, inner.unit)
    if not isinstance(expr, Num) or "." not in expr.text or "(" in expr.text:
        return None
    mantissa, _, exponent = expr.text.lower().partition("e")
    digits = mantissa.replace(".", "").lstrip("0")
    if len(digits) < LEAST_DIGITS:
        return None
    return Decimal(Fraction(expr.value), Fraction(10) ** (int(exponent or 0) - len(mantissa.partition(".")[2])))


def rounds_to(value: Fraction, literal: Decimal) -> bool:
    """Whether a literal is a number with no end, rounded or cut; what ends somewhere is its own number."""
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    if rest == 1:
        return False
    steps = value / literal.unit
    typed = literal.value / literal.unit
    return typed in (math.trunc(steps), round(steps))
