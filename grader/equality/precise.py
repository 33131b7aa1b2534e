"""Arithmetic to many digits at one point: what confirms that two formulas agree, and that they do not.

Works on a context of mpmath per thread (Johansson et al., "mpmath: a Python library for arbitrary-precision
floating-point arithmetic"). Huge arguments are refused before they are computed.
"""

from __future__ import annotations

from contextvars import ContextVar
from fractions import Fraction
from typing import Any

from grader.equality.exact import HOLDS
from grader.equality.special import FUNCTIONS, LARGEST_EXPONENT
from grader.equality.verdicts import Undefined, Unsupported
from grader.equality.walker import MOST_TERMS, Body
from grader.model.errors import Undecided

Real = Any  # a number of mpmath
_LONG = 50  # an interval in which a peak may hide
_LIMIT_DIGITS = 110
_MOST_OF_SERIES = 400
_CONTEXT: ContextVar[Any] = ContextVar("mpmath")  # one a thread: the number of digits is set in it


def context(digits: int) -> Any:
    """This thread's arithmetic, set to a number of digits."""
    found = _CONTEXT.get(None)
    if found is None:
        from mpmath.ctx_mp import MPContext  # 60 ms: only where a formula has to be confirmed

        found = MPContext()
        _CONTEXT.set(found)
    found.dps = digits
    return found


class Precise:
    """Numbers of a given number of digits, complex where the imaginary unit occurs."""

    def __init__(self, digits: int, imaginary: frozenset[str], is_complex: bool) -> None:
        self.mp = context(digits)
        self.digits = digits
        self.imaginary = imaginary
        self.is_complex = is_complex
        self.error = 0.0  # relative, of what can only be approached: limits, integrals
        self.contradicted = False  # two cases applied, with different values
        self.absorbed = False  # a term was too small beside the others to leave a trace in their sum

    def _real(self, value: Real) -> Real:
        """A complex number is no value among the reals."""
        if type(value) is self.mp.mpc:
            if value.imag == 0:
                return value.real if not self.is_complex else value
            if not self.is_complex:
                raise Undefined("no real number")
        elif self.mp.isnan(value):
            raise Undefined("no number")
        return value

    def number(self, value: int | Fraction) -> Real:
        if type(value) is int:
            return self.mp.mpf(value)
        if type(value) is Fraction:
            return self.mp.mpf(value.numerator) / value.denominator
        return self.mp.mpmathify(value)

    def constant(self, name: str) -> Real | None:
        if name == "pi":
            return +self.mp.pi
        if name == "e":
            return +self.mp.e
        if name in self.imaginary:
            return self.mp.mpc(0, 1)
        if name == "infty":
            return self.mp.inf
        return +self.mp.euler if name == "EulerGamma" else None

    def add(self, terms: list[Real]) -> Real:
        total = terms[0]
        for term in terms[1:]:
            before, total = total, total + term
            if (total == before and term != 0) or (total == term and before != 0):
                self.absorbed = True
        return total

    def negate(self, value: Real) -> Real:
        return -value

    def multiply(self, one: Real, other: Real) -> Real:
        return one * other

    def divide(self, one: Real, other: Real) -> Real:
        if other == 0:
            raise Undefined("a division by zero")
        return one / other

    def power(self, base: Real, exponent: Real, fraction: Fraction | None) -> Real:
        mp = self.mp
        if base == 0:
            if not mp.re(exponent) > 0:
                raise Undefined("zero to this power")
            return base
        if base == 1:
            return base
        if mp.isinf(base) or mp.isinf(exponent) or abs(exponent) * _length(mp, base) > LARGEST_EXPONENT:
            raise Undecided("a power too large to be evaluated")
        if not self.is_complex and fraction is not None and fraction.denominator % 2 and base < 0:
            size = mp.power(-base, exponent)
            return -size if fraction.numerator % 2 else size
        return self._real(mp.power(base, exponent))

    def call(self, function: str, args: list[Real]) -> Real | None:
        found = FUNCTIONS.get(function)
        if found is None:
            return None
        if any(self.mp.isinf(arg) for arg in args):
            raise Undecided("a function of an infinite number")
        if function == "exp" and type(args[0]) is self.mp.mpf and args[0] < -LARGEST_EXPONENT:
            self.absorbed = True  # what no number of digits shows
        try:
            value = self._real(found(self.mp, *args))
            if function in _SATURATED and value in (-1, 0, 1) and args[0] != 0:  # tanh(1000) is not one
                self.absorbed = True
            return value
        except (ValueError, ZeroDivisionError):
            raise Undefined(function) from None

    def accumulate(self, op: str, low: Real, high: Real, body: Body) -> Real:
        mp = self.mp
        if mp.isinf(high) or mp.isinf(low):
            return self._series(op, low, high, body)
        if type(low) is mp.mpc or type(high) is mp.mpc:
            raise Undefined("limits that are no real numbers")
        start, stop = int(mp.ceil(low)), int(mp.floor(high))
        if stop - start > MOST_TERMS:
            raise Undecided(f"more than {MOST_TERMS} terms")
        terms = [body(mp.mpf(number)) for number in range(start, stop + 1)]
        if op in ("max", "min"):
            if not terms:
                raise Undefined("nothing to choose from")
            return max(terms) if op == "max" else min(terms)
        total = mp.mpf(op == "prod")
        for term in terms:
            total = total + term if op == "sum" else total * term
        return total

    def _series(self, op: str, low: Real, high: Real, body: Body) -> Real:
        """An infinite sum: term by term where it settles quickly, by extrapolation where it settles slowly."""
        mp = self.mp
        if op != "sum" or mp.isinf(low):
            raise Undecided("an infinite product or a sum without a beginning")
        start, terms = int(mp.ceil(low)), []
        for number in range(start, start + _MOST_OF_SERIES):
            terms.append(body(mp.mpf(number)))
            if len(terms) > 30 and len(terms) % 8 == 0:
                least = mp.mpf(10) ** (-self.digits - 2) * max(abs(term) for term in terms)
                if all(abs(term) < least for term in terms[-12:]):
                    total = mp.fsum(terms)
                    lost = max(abs(term) for term in terms) / abs(total) if total else 1  # e^-13, of terms up to e^13
                    self.error = max(self.error, float(min(lost, 1e30)) * 10.0 ** (4 - self.digits))
                    return total
                if len(terms) > 60 and max(abs(term) for term in terms[-12:]) > max(abs(term) for term in terms[:12]):
                    raise Undefined("an infinite sum that grows")
        return self._extrapolated(start, body)

    def _extrapolated(self, start: int, body: Body) -> Real:
        """By Richardson's and Shanks's transformations, which must agree with themselves at two numbers of digits."""
        mp, digits = self.mp, self.mp.dps
        found = []
        try:
            for count in (16, 24):
                mp.dps = count
                found.append(mp.nsum(lambda k: body(mp.mpf(k)), [start, mp.inf]))
        except (ValueError, ZeroDivisionError, mp.NoConvergence):
            raise Undecided("an infinite sum that does not settle") from None
        finally:
            mp.dps = digits
        if not abs(found[0] - found[1]) < mp.mpf("1e-11") * abs(found[1]):
            raise Undecided("an infinite sum that does not settle")
        self.error = max(self.error, 1e-11)
        return found[1]

    def integrate(self, low: Real, high: Real, body: Body, near: tuple[float, ...] = ()) -> Real:
        """Tanh-sinh quadrature at half the digits, which has to report a small error.

        A long interval, or one where the integrand may bend, is cut at the numbers `near` which it may have a peak.
        """
        mp, digits = self.mp, self.mp.dps
        ends = [low, high]
        if not (mp.isinf(low) or mp.isinf(high)) and (abs(high - low) > _LONG or 0.0 in near):
            ends = [low, *(mp.mpf(place) for place in near if low < place < high), high]
        try:
            mp.dps = 24
            value, error = mp.quad(lambda x: body(mp.mpf(x)), ends, error=True, maxdegree=6)
        except (ValueError, ZeroDivisionError):
            raise Undefined("integral") from None
        finally:
            mp.dps = digits
        if not error < mp.mpf("1e-17") * max(mp.mpf("1e-3"), abs(value)):
            raise Undecided("an integral that does not settle")
        self.error = max(self.error, 1e-15)
        return self._real(value)

    def approach(self, target: Real, side: str, body: Body) -> Real:
        """A limit, by two points closer and closer to it; from both sides unless one is named."""
        mp, digits = self.mp, self.mp.dps
        found = []
        try:
            mp.dps = _LIMIT_DIGITS
            for sign in {"+": (1,), "-": (-1,)}.get(side, (1, -1)):
                far, near = (body(self._near(target, sign, exponent)) for exponent in (19, 25))
                if abs(near) < mp.mpf("1e-15") and abs(near) < abs(far) * mp.mpf("0.01"):
                    near = mp.mpf(0)
                elif abs(far - near) > mp.mpf("1e-15") * abs(near):
                    raise Undecided("a limit that does not settle")
                found.append(near)
                if mp.isinf(target):
                    break
        finally:
            mp.dps = digits
        if abs(found[0] - found[-1]) > mp.mpf("1e-14") * max(abs(found[0]), mp.mpf("1e-3")):
            raise Undefined("a limit from two sides that differ")
        self.error = max(self.error, 1e-14)
        return found[0]

    def _near(self, target: Real, sign: int, exponent: int) -> Real:
        mp = self.mp
        if mp.isinf(target):  # no whole numbers: a wave may take one value at all of them
            return (mp.mpf(10) ** exponent + mp.mpf("0.31830988618")) * (1 if target > 0 else -1)
        return target + sign * mp.mpf(10) ** -exponent

    def holds(self, op: str, one: Real, other: Real) -> bool:
        if op not in HOLDS or type(one) is self.mp.mpc or type(other) is self.mp.mpc:
            raise Unsupported(op)
        return bool(HOLDS[op](one, other))

    def choose(self, pieces: list[tuple[Real, bool | None]]) -> Real:
        applying = [value for value, held in pieces if held]
        if applying:
            first = applying[0]
            self.contradicted |= any(abs(value - first) > 1e-9 * (abs(value) + abs(first)) for value in applying[1:])
            return first
        for value, held in pieces:
            if held is None:
                return value
        raise Undefined("no case applies")


_SATURATED = frozenset(["tanh", "coth", "erf", "sigmoid"])


def _length(mp: Any, base: Real) -> Real:
    """The size of the logarithm of a number: that of its powers grows with it."""
    return abs(mp.log(abs(base))) if abs(mp.mag(base)) < 10**6 else abs(mp.mag(base))
