"""Exact fractions as the numbers that people and programs read."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache


@lru_cache(maxsize=1000)
def json_number(value: Fraction) -> int | float:
    """An integer, an exact decimal if it is finite, and six decimals otherwise."""
    if value.denominator == 1:
        return value.numerator
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return float(value) if rest == 1 else float(round(value, 6))


@lru_cache(maxsize=1000)
def decimal(value: Fraction) -> str:
    """At most four decimals, and no zeros at the end."""
    text = f"{float(round(value, 4)):.4f}"
    return text.rstrip("0").rstrip(".")


def percent(score: Fraction, most: Fraction) -> Fraction:
    """A score in percent; of nothing to be had, everything was earned."""
    return 100 * score / most if most else Fraction(100)
