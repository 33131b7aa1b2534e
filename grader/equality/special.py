"""The functions that can be computed to many digits. Huge arguments are refused before anything is computed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from grader.equality.verdicts import Undefined
from grader.model.errors import Undecided

Real = Any  # a number of mpmath
LARGEST_EXPONENT = 10**9  # of e
_LARGEST_ANGLE = 10**30
_LARGEST_FACTORIAL = 10**9


def _bounded(name: str, largest: int) -> Callable[..., Real]:
    def call(mp: Any, value: Real) -> Real:
        if abs(value) > largest:
            raise Undecided(f"{name} of a number too large to be evaluated")
        return getattr(mp, name)(value)

    return call


def _exponential(mp: Any, value: Real) -> Real:
    if type(value) is mp.mpf and value < -LARGEST_EXPONENT:
        return mp.mpf(0)  # what no number of digits shows
    return _bounded("exp", LARGEST_EXPONENT)(mp, value)


def _inverse_of(name: str) -> Callable[..., Real]:
    return lambda mp, value: getattr(mp, name)(1 / value)


def _logarithm(mp: Any, value: Real) -> Real:
    if value == 0:
        raise Undefined("the logarithm of zero")
    return mp.log(value)


def _whole(mp: Any, value: Real) -> Real:
    if type(value) is mp.mpc:
        raise Undefined("a complex number has no rounding")
    return value


def _factorial(mp: Any, value: Real) -> Real:
    if abs(value) > _LARGEST_FACTORIAL:
        raise Undecided("a factorial too large to be evaluated")
    if mp.isint(value) and mp.re(value) < 0:
        raise Undefined("a factorial of a negative whole number")
    return mp.factorial(value)


def _extreme(pick: Callable[..., Real]) -> Callable[..., Real]:
    return lambda mp, *values: pick(_whole(mp, value) for value in values)


def _exact_whole(function: str) -> Callable[..., Real]:
    def call(mp: Any, *values: Real) -> Real:
        from grader.equality.exact import Exact

        whole = [Fraction(int(value)) for value in values if mp.isint(value)]
        if len(whole) < len(values):
            raise Undefined(f"{function} of numbers that are not whole")
        return mp.mpf(int(Exact().call(function, whole) or 0))

    return call


FUNCTIONS: dict[str, Callable[..., Real]] = {
    "exp": _exponential,
    "log": _logarithm,
    "log1p": lambda mp, value: _logarithm(mp, 1 + value),
    "expm1": lambda mp, value: mp.expm1(value),
    "erf": lambda mp, value: mp.erf(value),
    "erfc": lambda mp, value: mp.erfc(value),
    "log2": lambda mp, value: _logarithm(mp, value) / mp.log(2),
    "log10": lambda mp, value: _logarithm(mp, value) / mp.log(10),
    "sqrt": lambda mp, value: mp.sqrt(value),
    **{name: _bounded(name, _LARGEST_ANGLE) for name in ("sin", "cos", "tan", "cot", "sec", "csc")},
    **{name: _bounded(name, LARGEST_EXPONENT) for name in ("sinh", "cosh", "tanh", "coth", "sech", "csch")},
    "arcsin": lambda mp, value: mp.asin(value),
    "arccos": lambda mp, value: mp.acos(value),
    "arctan": lambda mp, value: mp.atan(value),
    "arccot": _inverse_of("atan"),
    "arcsec": _inverse_of("acos"),
    "arccsc": _inverse_of("asin"),
    "arcsinh": lambda mp, value: mp.asinh(value),
    "arccosh": lambda mp, value: mp.acosh(value),
    "arctanh": lambda mp, value: mp.atanh(value),
    "arccoth": _inverse_of("atanh"),
    "arcsech": _inverse_of("acosh"),
    "arccsch": _inverse_of("asinh"),
    "sigmoid": lambda mp, value: 1 / (1 + mp.exp(-value)),
    "relu": lambda mp, value: max(_whole(mp, value), mp.mpf(0)),
    "abs": lambda mp, value: abs(value),
    "norm": lambda mp, value: abs(value),
    "conjugate": lambda mp, value: mp.conj(value),
    "re": lambda mp, value: mp.re(value),
    "im": lambda mp, value: mp.im(value),
    "arg": lambda mp, value: mp.arg(value),
    "floor": lambda mp, value: mp.floor(_whole(mp, value)),
    "ceil": lambda mp, value: mp.ceil(_whole(mp, value)),
    "sign": lambda mp, value: mp.sign(_whole(mp, value)),
    "mod": lambda mp, value, by: _whole(mp, value) % _whole(mp, by),
    "max": _extreme(max),
    "min": _extreme(min),
    "factorial": _factorial,
    "factorial2": lambda mp, value: mp.fac2(value),
    "Gamma": lambda mp, value: _factorial(mp, value - 1),
    "binomial": lambda mp, n, k: mp.binomial(n, k),
    "zeta": lambda mp, value: mp.zeta(value),
    "gcd": _exact_whole("gcd"),
    "lcm": _exact_whole("lcm"),
}
