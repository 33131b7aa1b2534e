"""Decimals that stand for a number they only approach: 3.141592653 for pi, 0.333333333333 for a third."""

from __future__ import annotations

import math
from fractions import Fraction

from grader.model.expressions import Expr, Num, Op
from grader.model.records import NamedTuple

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
    mantissa = expr.text.lower().partition("e")[0]
    digits = mantissa.replace(".", "").lstrip("0")
    return literal_of(expr) if len(digits) >= LEAST_DIGITS else None


def is_double_of(literal: Decimal, value: float) -> bool:
    """Whether a literal is a number as Python prints it, or a double beside it: 0.30000000000000004."""
    digits = len(str(abs(literal.value / literal.unit)))
    printed = float(literal.value)
    if digits < _DOUBLE or value.is_integer() or Fraction(repr(printed)) != literal.value:
        return False  # 0.9999999999999999 is not 1, and no double is printed as 0.66666666666666668
    return abs(printed - value) <= math.ulp(value)


_DOUBLE = 16  # digits with which a double is printed if it has no shorter form


def literal_of(expr: Expr) -> Decimal | None:
    """A literal of any length, perhaps with a sign or hundredths: its last digit's unit."""
    if isinstance(expr, Op) and expr.op in ("neg", "percent"):
        inner = literal_of(expr.args[0])
        factor = Fraction(-1) if expr.op == "neg" else Fraction(1, 100)
        return None if inner is None else Decimal(inner.value * factor, inner.unit * abs(factor))
    if isinstance(expr, Op) and expr.op == "mul" and isinstance(expr.args[1], Op):  # 1.41 \times 10^3
        inner, power = literal_of(expr.args[0]), _power_of_ten(expr.args[1])
        return None if inner is None or power is None else Decimal(inner.value * power, inner.unit * power)
    if not isinstance(expr, Num) or "(" in expr.text or "/" in expr.text:
        return None
    mantissa, _, exponent = expr.text.lower().partition("e")
    return Decimal(Fraction(expr.value), Fraction(10) ** (int(exponent or 0) - len(mantissa.partition(".")[2])))


def _power_of_ten(expr: Op) -> Fraction | None:
    if expr.op != "pow" or not (isinstance(expr.args[0], Num) and expr.args[0].value == 10):
        return None
    exponent = expr.args[1]
    sign = 1
    if isinstance(exponent, Op) and exponent.op == "neg":
        exponent, sign = exponent.args[0], -1
    known = isinstance(exponent, Num) and isinstance(exponent.value, int) and exponent.value <= _LARGEST
    return Fraction(10) ** (sign * int(exponent.value)) if known and isinstance(exponent, Num) else None


_LARGEST = 400


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
