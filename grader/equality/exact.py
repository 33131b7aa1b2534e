"""Arithmetic in fractions: what is decided here is decided for good."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from grader.equality.verdicts import Inexact, Undefined
from grader.equality.walker import MOST_TERMS, Body
from grader.model.errors import Undecided

LONGEST = 40_000  # bits of a numerator
_LARGEST_FACTORIAL = 3_000


class Exact:
    """Rational numbers; anything else is Inexact."""

    def number(self, value: int | Fraction) -> Fraction:
        return _kept(Fraction(value))

    def constant(self, name: str) -> Fraction | None:
        raise Inexact(name)

    def add(self, terms: list[Fraction]) -> Fraction:
        return _kept(sum(terms, Fraction(0)))

    def negate(self, value: Fraction) -> Fraction:
        return -value

    def multiply(self, one: Fraction, other: Fraction) -> Fraction:
        return _kept(one * other)

    def divide(self, one: Fraction, other: Fraction) -> Fraction:
        if other == 0:
            raise Undefined("a division by zero")
        return _kept(one / other)

    def power(self, base: Fraction, exponent: Fraction, fraction: Fraction | None) -> Fraction:
        if base == 0:
            if exponent <= 0:
                raise Undefined("zero to this power")
            return base
        if exponent.denominator > 1:
            base, exponent = _root(base, exponent.denominator), Fraction(exponent.numerator)
        size = max(base.numerator.bit_length(), base.denominator.bit_length())
        if abs(base) != 1 and size * abs(exponent) > LONGEST:
            raise Inexact("a long power")
        if abs(base) == 1:
            return base if exponent % 2 else Fraction(1)
        return Fraction(base ** int(exponent))

    def call(self, function: str, args: list[Fraction]) -> Fraction | None:
        found = _FUNCTIONS.get(function)
        if found is None:
            raise Inexact(function)
        return Fraction(found(*args))

    def accumulate(self, op: str, low: Fraction, high: Fraction, body: Body) -> Fraction:
        start, stop = math.ceil(low), math.floor(high)
        if stop - start > MOST_TERMS:
            raise Undecided(f"more than {MOST_TERMS} terms")
        terms = [body(Fraction(number)) for number in range(start, stop + 1)]
        if op in ("max", "min") and terms:
            return Fraction(max(terms) if op == "max" else min(terms))
        if op == "sum":
            return self.add(terms)
        if op != "prod":
            raise Undefined("nothing to choose from")
        total = Fraction(1)
        for term in terms:
            total = _kept(total * term)
        return total

    def integrate(self, low: Fraction, high: Fraction, body: Body, near: tuple[float, ...] = ()) -> Fraction:
        raise Inexact("integral")

    def approach(self, target: Fraction, side: str, body: Body) -> Fraction:
        raise Inexact("limit")

    def holds(self, op: str, one: Fraction, other: Fraction) -> bool:
        if op not in HOLDS:
            raise Inexact(op)
        return HOLDS[op](one, other)

    def choose(self, pieces: list[tuple[Fraction, bool | None]]) -> Fraction:
        for value, held in pieces:
            if held is None or held:
                return value
        raise Undefined("no case applies")


HOLDS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def _kept(value: Fraction) -> Fraction:
    if value.numerator.bit_length() > LONGEST or value.denominator.bit_length() > LONGEST:
        raise Inexact("a long fraction")
    return value


def _root(value: Fraction, degree: int) -> Fraction:
    """The real root where it is rational."""
    if value < 0:
        if degree % 2 == 0:
            raise Undefined("an even root of a negative number")
        return -_root(-value, degree)
    if degree > 64:
        raise Inexact("a root")
    parts = [_whole_root(part, degree) for part in (value.numerator, value.denominator)]
    return Fraction(parts[0], parts[1])


def _whole_root(value: int, degree: int) -> int:
    root = math.isqrt(value) if degree == 2 else round(value ** (1 / degree)) if value < 2**50 else 0
    if root**degree != value:
        raise Inexact("a root")
    return root


def _natural(value: Fraction, most: int) -> int:
    if value.denominator != 1:
        raise Inexact("not a whole number")
    if value < 0:
        raise Undefined("a factorial of a negative number")
    if value > most:
        raise Inexact("a large number")
    return int(value)


def _double_factorial(value: Fraction) -> int:
    return math.prod(range(_natural(value, _LARGEST_FACTORIAL), 0, -2))


def _binomial(n: Fraction, k: Fraction) -> int:
    return math.comb(_natural(n, _LARGEST_FACTORIAL), _natural(k, _LARGEST_FACTORIAL))


def _modulo(value: Fraction, by: Fraction) -> Fraction:
    if by == 0:
        raise Undefined("a remainder of a division by zero")
    return value % by


def _folded(function: Callable[..., int]) -> Callable[..., Fraction]:
    """For fractions as well: gcd(3/2, 618) is 3/2."""

    def call(*values: Fraction) -> Fraction:
        common = math.lcm(*(value.denominator for value in values))
        return Fraction(function(*(int(value * common) for value in values)), common)

    return call


_FUNCTIONS: dict[str, Callable[..., Fraction | int]] = {
    "sqrt": lambda value: _root(value, 2),
    "abs": abs,
    "norm": abs,
    "floor": math.floor,
    "ceil": math.ceil,
    "sign": lambda value: (value > 0) - (value < 0),
    "max": lambda *values: max(values),
    "min": lambda *values: min(values),
    "mod": _modulo,
    "gcd": _folded(math.gcd),
    "lcm": _folded(math.lcm),
    "factorial": lambda value: math.factorial(_natural(value, _LARGEST_FACTORIAL)),
    "factorial2": _double_factorial,
    "binomial": _binomial,
    "conjugate": lambda value: value,
    "re": lambda value: value,
    "im": lambda value: 0,
    "relu": lambda value: max(value, 0),
}
