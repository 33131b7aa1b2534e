"""What a unit is, and how units multiply and convert."""

from __future__ import annotations

import math
from fractions import Fraction

from grader.model.records import NamedTuple
from grader.reference._unit_table import NUMBER, Exponents

Number = int | Fraction | float

MOST_EXPONENT = 20
_MOST_DIMENSION = 100  # powers of powers
_MOST_BITS = 8192  # of a numerator or denominator: (ym^20)^5 is no unit that a student means


class Unit(NamedTuple):
    """A unit as a multiple of the coherent SI unit of its dimension.

    `dimension` holds the exponents of `DIMENSIONS`. `x` of a unit is `factor * x + offset` in coherent units; only
    degrees Celsius and Fahrenheit have an offset. `logarithmic` is empty, or the multiplier k of the level
    `k lg(quantity/factor)`: "10" for dBm and dBW, "20" for dBV; their `factor` is the quantity at level 0.
    """

    factor: Fraction | float
    dimension: Exponents
    offset: Fraction = Fraction(0)
    logarithmic: str = ""


ONE = Unit(Fraction(1), NUMBER)


def _whole(exponent: int | Fraction) -> int | Fraction:
    return exponent.numerator if exponent.denominator == 1 else exponent


def _product(a: Fraction | float, b: Fraction | float) -> Fraction | float:
    """The product, exact if both are; ValueError for what no float can hold."""
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return a * b
    try:
        result = float(a) * float(b)
    except OverflowError:
        result = math.inf
    if not 0 < result < math.inf:
        raise ValueError("a unit of this size is beyond every number")
    return result


def times(a: Unit, b: Unit) -> Unit:
    """The product of two units.

    A degree in a product is a difference of temperatures: J/°C is J/K. A level keeps its scale, with a new quantity
    at level 0: dBm/Hz is the level of 1 mW/Hz. Raises ValueError for the product of two levels.
    """
    if ONE in (a, b):
        return b if a == ONE else a
    if a.logarithmic and b.logarithmic:
        raise ValueError("two levels such as dBm cannot be multiplied")
    dimension = tuple(_whole(x + y) for x, y in zip(a.dimension, b.dimension, strict=True))
    return Unit(_product(a.factor, b.factor), dimension, logarithmic=a.logarithmic or b.logarithmic)


def _root(number: int, degree: int) -> int:
    """The whole part of a root of a positive integer, by Newton's method from above."""
    guess = 1 << -(-number.bit_length() // degree)
    while (better := ((degree - 1) * guess + number // guess ** (degree - 1)) // degree) < guess:
        guess = better
    return guess


def _raised(factor: Fraction | float, exponent: Fraction) -> Fraction | float:
    """A power of a positive number, exact where it is rational."""
    if isinstance(factor, Fraction):
        bits = max(factor.numerator.bit_length(), factor.denominator.bit_length())
        if bits * max(1, abs(exponent.numerator)) > _MOST_BITS:
            raise ValueError("a unit of this size is beyond every number")
        top, bottom = (_root(part, exponent.denominator) for part in (factor.numerator, factor.denominator))
        if Fraction(top, bottom) ** exponent.denominator == factor:
            return Fraction(top, bottom) ** exponent.numerator
    try:
        return _product(float(factor) ** float(exponent), 1.0)
    except OverflowError:
        raise ValueError("a unit of this size is beyond every number") from None


def power(unit: Unit, exponent: int | Fraction) -> Unit:
    """A power of a unit; degrees become differences of temperatures, as in `times`.

    Raises ValueError for an exponent beyond 20, and for powers of a level such as dBm.
    """
    exponent = Fraction(exponent)
    if exponent == 1:
        return unit
    if abs(exponent) > MOST_EXPONENT or exponent.denominator > MOST_EXPONENT:
        raise ValueError(f"the exponent {str(exponent)[:20]} is beyond {MOST_EXPONENT}")
    if unit.logarithmic:
        raise ValueError("a level such as dBm has no powers")
    dimension: Exponents = tuple(_whole(x * exponent) for x in unit.dimension)
    if not all(-_MOST_DIMENSION <= x <= _MOST_DIMENSION for x in dimension):
        raise ValueError("a unit with powers this high measures nothing")
    return Unit(_raised(unit.factor, exponent), dimension)


def convertible(a: Unit, b: Unit) -> bool:
    """Whether a quantity in one unit can be told in the other: whether their dimensions are the same.

    Angles are pure numbers (SI Brochure, 5.4.8), so rad/s, 1/s, Hz and Bq pass for one another. A bit and a decibel are
    not pure numbers here, and no currency converts to another. dBm converts to mW, since its level 0 is known.
    """
    return a.dimension == b.dimension


def _linear(value: Number, unit: Unit) -> float:
    """A quantity in coherent units, from a level."""
    return float(unit.factor) * math.pow(10, float(value) / int(unit.logarithmic))


def _convert(value: Number, source: Unit, target: Unit) -> Number:
    coherent = Unit(Fraction(1), source.dimension)
    if target.logarithmic and source.logarithmic == target.logarithmic:
        steps = math.log10(Fraction(source.factor) / Fraction(target.factor))
        return float(value) + int(target.logarithmic) * steps
    if source.logarithmic:
        return _convert(_linear(value, source), coherent, target)
    if target.logarithmic:
        ratio = _convert(value, source, Unit(target.factor, source.dimension))
        return int(target.logarithmic) * math.log10(ratio)
    if isinstance(source.factor, Fraction) and isinstance(target.factor, Fraction):
        ratio, shift = source.factor / target.factor, (source.offset - target.offset) / target.factor
        if isinstance(value, int | Fraction):
            return value * ratio + shift
        return value * float(ratio) + float(shift)
    ratio = float(source.factor) / float(target.factor)
    return float(value) * ratio + float(source.offset - target.offset) / float(target.factor)


def convert(value: Number, source: Unit, target: Unit) -> Number:
    """The number that tells the same quantity in another unit.

    Exact while the number and both factors are: an integer becomes a `Fraction`. A temperature cannot be told from a
    difference of temperatures, so degrees that stand alone are always points of their scale: 10 °C is 283.15 K.
    Raises ValueError when the dimensions differ, for the level of what is not positive, and for what no float holds.
    """
    if not convertible(source, target):
        raise ValueError("the two units measure different things")
    try:
        return _convert(value, source, target)
    except ArithmeticError:
        raise ValueError("a number of this size is beyond every float") from None
