"""The reference number as a student might write it, in the unit and form that are asked for."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from grader.kinds._agreement import Expected, number_text
from grader.kinds._forms import prime_factors
from grader.reference.functions import is_exact

_FIGURES = 6  # where a rubric asks for none


def written(expected: Expected) -> str:
    """A full answer: the number in its form, and its unit."""
    return _number(expected) + (f" {expected.rule.text}" if expected.rule is not None else "")


def _number(expected: Expected) -> str:
    value, demand = expected.value, expected.demand
    figures, decimals = demand.figures, demand.decimals
    if demand.form == "scientific" or (figures and abs(value) >= 10 ** figures[0]):
        return _scientific(value, figures[0] - 1 if figures else decimals[0] if decimals else _FIGURES - 1)
    if figures:
        return _rounded(value, figures[0] - 1 - _magnitude(value))
    if decimals:
        return _rounded(value, decimals[0])
    return _FORMS.get(demand.form, _plain)(expected)


def _magnitude(value: Any) -> int:
    """The power of ten of the first digit."""
    return math.floor(math.log10(abs(value))) if value else 0


def _rounded(value: Any, places: int) -> str:
    """Digits up to a place, by the exact value."""
    places = max(0, places)
    whole, behind = divmod(abs(round(Fraction(value) * 10**places)), 10**places)
    return ("-" if value < 0 else "") + str(whole) + (f".{behind:0{places}d}" if places else "")


def _scientific(value: Any, digits: int) -> str:
    return f"{float(value):.{digits}e}"


def _plain(expected: Expected) -> str:
    return number_text(expected.value)


def _decimal(expected: Expected) -> str:
    return f"{float(expected.value):.{_FIGURES - 1}f}" if not isinstance(expected.value, int) else str(expected.value)


def _exact(expected: Expected) -> str:
    return str(expected.value) if is_exact(expected.value) else expected.text


def _factored(expected: Expected) -> str:
    sign = "-" if expected.value < 0 else ""
    pieces = (f"{prime}^{power}" if power > 1 else f"{prime}" for prime, power in prime_factors(abs(expected.value)))
    return sign + "*".join(pieces)


def _polar(expected: Expected) -> str:
    return f"{abs(expected.value):.9g}∠{math.degrees(cmath.phase(expected.value)):.9g}°"


def _rectangular(expected: Expected) -> str:
    value = expected.value
    return f"{value.real:.9g} {'-' if value.imag < 0 else '+'} {abs(value.imag):.9g}i"


_FORMS: dict[str, Callable[[Expected], str]] = {
    "exact": _exact,
    "decimal": _decimal,
    "factored": _factored,
    "polar": _polar,
    "rectangular": _rectangular,
}
