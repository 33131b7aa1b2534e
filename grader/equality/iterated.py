"""Iterated integrals of a function that nobody knows, over regions of the plane: in both orders they are the same."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from grader.equality.edges import value_of
from grader.equality.slopes import substitute
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found
from grader.model.errors import Undecided
from grader.model.expressions import Call, Expr, Integral, Name, Num, names_in
from grader.reference.functions import FUNCTIONS

_NODES = 48  # of Gauss and Legendre in each direction: exact for polynomials, six digits beside a root
_ALIKE, _APART = 1e-5, 1e-3  # relative differences
_POWERS = ((0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (0, 2), (3, 1), (1, 3))


def compare_iterated(gold: Expr, answer: Expr) -> Found | None:
    """Whether two double integrals of `f(x, y)` are over one region: so they are equal for every monomial in its place.

    None for anything else, and where a limit holds other letters.
    """
    wanted, found = _parts(gold), _parts(answer)
    if wanted is None or found is None or wanted[:2] != found[:2]:
        return None
    (_, names, one), other = wanted, found[2]
    try:
        moments = [_moments(side, names) for side in (one, other)]
    except (Undecided, ArithmeticError, ValueError):
        return None
    if not all(np.all(np.isfinite(values)) for values in moments):
        return None
    apart = np.max(np.abs(moments[0] - moments[1]) / np.maximum(np.abs(moments[0]), np.abs(moments[1]) + 1e-12))
    if apart < _ALIKE:
        return Found(EQUAL, "both integrate over the same region")
    if apart > _APART:
        return Found(DIFFERENT, "they integrate over different regions")
    return Found(UNDECIDED, "their regions are too much alike")


def _parts(expr: Expr) -> tuple[str, tuple[str, ...], Integral] | None:
    """The function, its arguments, and the integral; None for what is no double integral of one."""
    inner = expr.body if isinstance(expr, Integral) else None
    if not isinstance(expr, Integral) or not isinstance(inner, Integral) or not isinstance(inner.body, Call):
        return None
    call, limits = inner.body, (expr.low, expr.high, inner.low, inner.high)
    names = tuple(arg.name for arg in call.args if isinstance(arg, Name))
    known = call.function in FUNCTIONS or len(names) != len(call.args)
    if known or {*names} != {expr.variable, inner.variable} or len(names) != 2 or None in limits:
        return None
    free = [names_in(limit) - {expr.variable} for limit in limits if not isinstance(limit, Num | None)]
    return None if any(one - {"pi", "e"} for one in free) else (call.function, names, expr)


def _moments(outer: Integral, names: tuple[str, ...]) -> np.ndarray:
    """The integrals of the monomials x^a y^b."""
    inner: Any = outer.body
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    low, high = _number(outer.low), _number(outer.high)
    places = low + (high - low) * (nodes + 1) / 2
    below, above = (
        np.asarray([_number(limit, outer.variable, at) for at in places]) for limit in (inner.low, inner.high)
    )
    half = (above - below) / 2
    grid = {outer.variable: places[:, None], inner.variable: below[:, None] + half[:, None] * (nodes + 1)}
    x, y = grid[names[0]], grid[names[1]]
    measure = weights[:, None] * weights * half[:, None] * (high - low) / 2
    return np.asarray([float(np.sum(measure * x**a * y**b)) for a, b in _POWERS])


def _number(limit: Any, variable: str = "", at: float = 0.0) -> float:
    if isinstance(limit, Num):
        return float(limit.value)
    if isinstance(limit, Name) and limit.name == variable:
        return at
    placed = substitute(limit, variable, Num(Fraction(at), limit.place, repr(at))) if variable else limit
    return float(value_of(placed))
