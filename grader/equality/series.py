"""Series that are given by their first terms, `1 - 1/2 + 1/3 - ...`, `1 + x + x^2/2! + ...`: how their terms go on.

The coefficients have to be those of one family alone: equal ratios, powers of numbers by equal steps below or above the
line, factorials below it. Where two families fit and go on differently, nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from itertools import pairwise
from math import factorial, isqrt

from grader.equality.roles import CONSTANTS
from grader.equality.scalars import exact_value
from grader.equality.slopes import substitute
from grader.equality.verdicts import NotScalar, Undefined
from grader.model.errors import Undecided
from grader.model.expressions import Expr, Name, Num, Op, names_in
from grader.model.records import NamedTuple

_NOWHERE = (0, 0)
_LEAST, _AHEAD, _MOST_POWER = 3, 4, 3
Term = Callable[[int], Fraction]


class _Family(NamedTuple):
    """How the coefficients go on: as numbers, and as a formula of the index."""

    at: Term
    body: Expr


def general_term(terms: list[Expr], index: str) -> Expr | None:
    """The term with a number, counted from 0; None where the terms show none for sure."""
    letters = {name for term in terms for name in names_in(term)} - CONSTANTS
    if len(terms) < _LEAST or len(letters) > 1:
        return None
    letter = next(iter(letters), "")
    parts = [_monomial(term, letter) for term in terms]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or any(not coefficient for coefficient, _ in known):
        return None
    powers = [power for _, power in known]
    if any(power != powers[0] + (powers[1] - powers[0]) * place for place, power in enumerate(powers)):
        return None
    if letter and powers[0] == powers[1]:
        return None
    body = _coefficient([coefficient for coefficient, _ in known], Name(index, _NOWHERE))
    if body is None or not letter:
        return body if body is None or _settles([value for value, _ in known], body, index) else None
    raised = _line(Fraction(powers[0]), Fraction(powers[1] - powers[0]), Name(index, _NOWHERE))
    return _mul(body, Op("pow", (Name(letter, _NOWHERE), raised), _NOWHERE))


def _settles(values: list[Fraction], body: Expr, index: str) -> bool:
    """Whether a series of numbers may have a value: 1 + 1/3 + 1/5 + ... has none."""
    late = _value(substitute(body, index, _num(Fraction(_LATE))))
    return min(values) < 0 or (late is not None and abs(late) * _LATE < abs(values[0]) / 10)


_LATE = 200


def _monomial(term: Expr, letter: str) -> tuple[Fraction, int] | None:
    """The coefficient and the power of the letter, from the values at 1, 2 and 3."""
    if not letter:
        value = _value(term)
        return None if value is None else (value, 0)
    values = [_value(substitute(term, letter, _num(Fraction(place)))) for place in (1, 2, 3)]
    if any(not value for value in values):
        return None
    one, two, three = (value for value in values if value is not None)
    power = next((power for power in range(0, 40) if two == one * 2**power), None)
    return (one, power) if power is not None and three == one * 3**power else None


def _value(expr: Expr) -> Fraction | None:
    try:
        return exact_value(expr)
    except (Undefined, NotScalar, Undecided, ArithmeticError):
        return None


def _coefficient(values: list[Fraction], index: Expr) -> Expr | None:
    """The formula of the coefficients, where all families that fit go on alike."""
    found: list[_Family] = []
    sign = -1 if values[0] * values[1] < 0 else 1
    if any((a * b < 0) != (sign < 0) for a, b in pairwise(values)):
        return None
    sizes = [abs(value) for value in values]
    for family in _families(sizes, index):
        if all(family.at(place) == size for place, size in enumerate(sizes)):
            found.append(family)
    ahead = range(len(sizes), len(sizes) + _AHEAD)
    if not found or len({tuple(family.at(place) for place in ahead) for family in found}) > 1:
        return None
    body = found[0].body
    if sign < 0:
        body = _mul(Op("pow", (_num(Fraction(-1)), index), _NOWHERE), body)
    return Op("neg", (body,), _NOWHERE) if values[0] < 0 else body


def _families(sizes: list[Fraction], index: Expr) -> Iterator[_Family]:
    first, ratio = sizes[0], sizes[1] / sizes[0]
    yield _Family(lambda k: first * ratio**k, _mul(_num(first), Op("pow", (_num(ratio), index), _NOWHERE)))
    for power in range(1, _MOST_POWER + 1):
        for below in (True, False):
            roots = [_root(1 / size if below else size, power) for size in sizes[:2]]
            if roots[0] is None or roots[1] is None:
                continue
            yield _of_powers(roots[0], roots[1] - roots[0], -power if below else power, index)
    if sizes[1] != sizes[0] and (start := 2 / (sizes[0] / sizes[1] - 1)).denominator == 1 and start > 0:
        product = _mul(_line(start, Fraction(1), index), _line(start + 1, Fraction(1), index))  # 1/2 + 1/6 + 1/12
        scale = first * start * (start + 1)
        yield _Family(lambda k: scale / ((start + k) * (start + k + 1)), _mul(_num(scale), _over(product)))
    for step in (1, 2):
        for begin in (0, 1, 2):
            whole = _line(Fraction(begin), Fraction(step), index)
            body = _mul(_num(first * factorial(begin)), _over(Op("factorial", (whole,), _NOWHERE)))
            yield _Family(partial(_over_factorial, first, begin, step), body)


def _over_factorial(first: Fraction, begin: int, step: int, place: int) -> Fraction:
    return first * Fraction(factorial(begin), factorial(begin + step * place))


def _of_powers(start: Fraction, step: Fraction, power: int, index: Expr) -> _Family:
    """`(a + b k)^m`, with m below zero for what stands below the line."""
    body: Expr = Op("pow", (_line(start, step, index), _num(Fraction(abs(power)))), _NOWHERE)

    def at(place: int) -> Fraction:
        base = start + step * place
        return base**power if base else Fraction(0)

    return _Family(at, _over(body) if power < 0 else body)


def _root(value: Fraction, power: int) -> Fraction | None:
    if power == 1:
        return value
    parts = [round(part ** (1 / power)) if power > 2 else isqrt(part) for part in (value.numerator, value.denominator)]
    root = Fraction(parts[0], parts[1]) if parts[1] else None
    return root if root is not None and root**power == value else None


def _num(value: Fraction) -> Num:
    return Num(value, _NOWHERE, str(value))


def _mul(one: Expr, other: Expr) -> Expr:
    return Op("mul", (one, other), _NOWHERE, "·")


def _over(below: Expr) -> Expr:
    return Op("div", (_num(Fraction(1)), below), _NOWHERE, "/")


def _line(start: Fraction, step: Fraction, index: Expr) -> Expr:
    return Op("add", (_num(start), _mul(_num(step), index)), _NOWHERE, "+")
