"""Elements of a set that are no whole numbers: 8/3 as a double, and 2.67 for it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import isclose
from typing import Any

from grader.kinds._arrays import last_unit

_SAME = 1e-9  # relative: what a computer loses
_NEAR = 5e-3  # relative: three figures
_COARSE = 10  # units of the last decimal: two digits

Element = Any  # a number, or a tuple of numbers


def snapped(elements: frozenset[Element], wanted: frozenset[Element]) -> frozenset[Element]:
    """The elements, those that are a wanted one but for what a computer loses as that one."""
    return frozenset(
        next((one for one in wanted if one == element or _alike(element, one, _is_same)), element)
        for element in elements
    )


def rounding_of(elements: frozenset[Element], wanted: frozenset[Element]) -> str:
    """ "fine" if all elements are wanted ones or decimals of them, "coarse" if some have few digits; "" otherwise."""
    if len(elements) != len(wanted) or elements == wanted:
        return ""
    told = "fine"
    left = set(wanted)
    for element in elements:
        fits = [one for one in left if one == element or _alike(element, one, _is_fine)]
        coarse = [one for one in left if _alike(element, one, _is_coarse)] if not fits else []
        if not fits and not coarse:
            return ""
        told = "coarse" if coarse else told
        left.discard((fits or coarse)[0])
    return told


def _alike(one: Element, other: Element, close: Callable[[float, float], bool]) -> bool:
    if isinstance(one, tuple) or isinstance(other, tuple):
        both = isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other)
        return both and all(_alike(a, b, close) for a, b in zip(one, other, strict=True))
    numbers = all(isinstance(value, int | float | Fraction) for value in (one, other))
    return numbers and close(float(one), float(other))


def _is_same(own: float, asked: float) -> bool:
    return isclose(own, asked, rel_tol=_SAME, abs_tol=1e-12)


def _is_fine(own: float, asked: float) -> bool:
    """A whole number asked for is exact; 2.67 is 8/3, and 2.68 is not."""
    if asked.is_integer():
        return _is_same(own, asked)
    return abs(own - asked) <= min(last_unit(own), _NEAR * abs(asked))


def _is_coarse(own: float, asked: float) -> bool:
    if asked.is_integer():
        return _is_same(own, asked)
    unit = last_unit(own)
    digits = abs(own) >= _COARSE * unit or (unit < 1 and own)
    return bool(digits) and abs(own - asked) <= max(0.5000001 * unit, _NEAR * abs(asked))
