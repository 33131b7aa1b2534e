"""Arithmetic in doubles at many points at once: fast, and trusted only to say where to look closer.

Every value is an array whose last axis runs over the points, or a number. Undefined is NaN.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from grader.equality.verdicts import Unsupported
from grader.equality.walker import MOST_TERMS, Body
from grader.model.errors import Undecided

Array = Any  # an array of points, or a number
_NODES = 32
_CONSTANTS = {"pi": math.pi, "e": math.e, "EulerGamma": 0.5772156649015329}


_FUNCTIONS: dict[str, Callable[..., Array]] = {
    "exp": np.exp,
    "log": np.log,
    "log2": np.log2,
    "log10": np.log10,
    "sqrt": np.sqrt,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "cot": lambda z: 1 / np.tan(z),
    "sec": lambda z: 1 / np.cos(z),
    "csc": lambda z: 1 / np.sin(z),
    "arcsin": np.arcsin,
    "arccos": np.arccos,
    "arctan": np.arctan,
    "arccot": lambda z: np.arctan(1 / z),
    "arcsec": lambda z: np.arccos(1 / z),
    "arccsc": lambda z: np.arcsin(1 / z),
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "coth": lambda z: 1 / np.tanh(z),
    "sech": lambda z: 1 / np.cosh(z),
    "csch": lambda z: 1 / np.sinh(z),
    "arcsinh": np.arcsinh,
    "arccosh": np.arccosh,
    "arctanh": np.arctanh,
    "arccoth": lambda z: np.arctanh(1 / z),
    "arcsech": lambda z: np.arccosh(1 / z),
    "arccsch": lambda z: np.arcsinh(1 / z),
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "relu": lambda z: np.maximum(z, 0),
    "abs": np.abs,
    "conjugate": np.conjugate,
    "re": np.real,
    "im": np.imag,
    "arg": np.angle,
    "norm": np.abs,
}
_REAL: dict[str, Callable[..., Array]] = {
    "floor": np.floor,
    "ceil": np.ceil,
    "sign": np.sign,
    "mod": np.mod,
}


class Doubles:
    """Doubles, complex where the imaginary unit occurs."""

    def __init__(self, imaginary: frozenset[str], is_complex: bool, count: int) -> None:
        self.imaginary = imaginary
        self.is_complex = is_complex
        self.count = count
        self._axes = 1

    def number(self, value: int | Fraction) -> Array:
        try:
            return np.float64(value)
        except OverflowError:
            return np.float64(math.copysign(math.inf, value))

    def constant(self, name: str) -> Array | None:
        if name in _CONSTANTS:
            return np.float64(_CONSTANTS[name])
        if name in self.imaginary:
            return np.complex128(1j)
        if name == "infty":
            return np.float64(math.inf)
        return None

    def add(self, terms: list[Array]) -> Array:
        total = terms[0]
        for term in terms[1:]:
            total = total + term
        return total

    def negate(self, value: Array) -> Array:
        return -value

    def multiply(self, one: Array, other: Array) -> Array:
        return one * other

    def divide(self, one: Array, other: Array) -> Array:
        return one / other

    def power(self, base: Array, exponent: Array, fraction: Fraction | None) -> Array:
        if self.is_complex:
            return np.power(base + 0j, exponent)
        if fraction is not None and fraction.denominator % 2 and fraction.denominator > 1:  # a real odd root
            sign = np.sign(base) if fraction.numerator % 2 else 1.0
            return sign * np.power(np.abs(base), float(fraction))
        return np.power(base, exponent)

    def call(self, function: str, args: list[Array]) -> Array | None:
        found = _FUNCTIONS.get(function)
        if found is not None and len(args) == 1:
            return found(args[0] + 0j if self.is_complex else args[0])
        if (found := _REAL.get(function)) is not None:
            if self.is_complex:
                raise Unsupported(function)
            return found(*args)
        if function in ("max", "min") and not self.is_complex:
            pick = np.maximum if function == "max" else np.minimum
            result = args[0]
            for arg in args[1:]:
                result = pick(result, arg)
            return result
        if function in _ELSEWHERE:
            raise Unsupported(function)
        return None

    def accumulate(self, op: str, low: Array, high: Array, body: Body) -> Array:
        if self.is_complex and (np.iscomplexobj(low) or np.iscomplexobj(high)):
            raise Unsupported(op)
        if not (np.all(np.isfinite(low)) and np.all(np.isfinite(high))):
            raise Unsupported(op)
        start, stop = int(np.min(np.ceil(low))), int(np.max(np.floor(high)))
        if stop - start > MOST_TERMS:
            raise Unsupported(op)
        neutral = {"sum": 0.0, "prod": 1.0, "max": -math.inf, "min": math.inf}[op]
        fold = {"sum": np.add, "prod": np.multiply, "max": np.maximum, "min": np.minimum}[op]
        total: Array = np.float64(neutral)
        fixed = np.ndim(low) == 0 and np.ndim(high) == 0
        for number in range(start, stop + 1):
            term = body(np.float64(number))
            if not fixed:
                term = np.where((low <= number) & (number <= high), term, neutral)
            total = fold(total, term)
        return total

    def integrate(self, low: Array, high: Array, body: Body, near: tuple[float, ...] = ()) -> Array:
        """Gauss-Legendre along a new first axis."""
        if not (np.all(np.isfinite(low)) and np.all(np.isfinite(high))):
            raise Unsupported("integral")
        if self._axes >= 4:
            raise Undecided("integrals inside each other cannot be evaluated here")
        nodes, weights = _rule()
        shape = (_NODES,) + (1,) * self._axes
        self._axes += 1
        try:
            half, middle = (high - low) / 2, (high + low) / 2
            values = body(middle + half * nodes.reshape(shape))
            summed = np.sum(
                np.broadcast_to(values * weights.reshape(shape), np.broadcast_shapes(np.shape(values), shape)), axis=0
            )
        finally:
            self._axes -= 1
        return half * summed

    def approach(self, target: Array, side: str, body: Body) -> Array:
        raise Unsupported("limit")

    def holds(self, op: str, one: Array, other: Array) -> Array:
        if op not in _HOLDS or self.is_complex:
            raise Unsupported(op)
        return _HOLDS[op](one, other)

    def choose(self, pieces: list[tuple[Array, Array | None]]) -> Array:
        result: Array = np.float64(math.nan)
        for value, held in reversed(pieces):
            result = value if held is None else np.where(held, value, result)
        return result


_HOLDS: dict[str, Callable[[Array, Array], Array]] = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "=": np.equal,
    "!=": np.not_equal,
}
_ELSEWHERE = frozenset(["factorial", "factorial2", "Gamma", "gcd", "lcm", "binomial", "zeta", "erf"])


@lru_cache(maxsize=1)
def _rule() -> tuple[np.ndarray, np.ndarray]:
    """Nodes and weights of Gauss and Legendre on (-1, 1)."""
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    return nodes, weights
