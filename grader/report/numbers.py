"""Exact fractions as the numbers that people and programs read."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache


def json_number(value: Fraction) -> int | float:
    """An integer, an exact decimal if it is finite, and six decimals otherwise."""
    return _json_number(*value.as_integer_ratio())


@lru_cache(maxsize=1000)  # of two integers: the hash of a fraction takes as long as the rest
def _json_number(numerator: int, denominator: int) -> int | float:
    if denominator == 1:
        return numerator
    rest = denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    value = Fraction(numerator, denominator)
    return float(value) if rest == 1 else float(round(value, 6))


def decimal(value: Fraction) -> str:
    """At most four decimals, and no zeros at the end."""
    return _decimal(*value.as_integer_ratio())


@lru_cache(maxsize=1000)
def _decimal(numerator: int, denominator: int) -> str:
    text = f"{float(round(Fraction(numerator, denominator), 4)):.4f}"
    return text.rstrip("0").rstrip(".")


def shown(value: Fraction) -> str:
    """At most two decimals, for people: what is not whole is not shown as a whole number."""
    if value.denominator == 1:
        return decimal(value)
    near = round(value, 2)
    if near.denominator == 1:  # 4.999 of 5 is not all
        near += Fraction(1, 100) if near < value else -Fraction(1, 100)
    return decimal(near)


def percent(score: Fraction, most: Fraction) -> Fraction:
    """A score in percent; of nothing to be had, everything was earned."""
    return 100 * score / most if most else Fraction(100)
