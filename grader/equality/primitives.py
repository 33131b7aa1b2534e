"""Antiderivatives that a rule gives: of polynomials and of exponentials and waves of a linear argument.

What such a rule gives is exact, and computed at once; inside another integral a quadrature would take too long.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice

from grader.equality.slopes import differentiate, substitute
from grader.model.errors import Undecided
from grader.model.expressions import Call, Expr, Integral, Name, Num, Op, names_in, walk

_NOWHERE = (0, 0)
_MOST_DEGREE = 12
_LARGEST = 600  # nodes
_Polynomial = dict[int, Expr]  # coefficients by their powers
_WAVES = {"sin": "cos", "cos": "sin", "exp": "exp"}


@lru_cache(maxsize=256)
def primitive_of(body: Expr, variable: str) -> Expr | None:
    """An antiderivative by a variable; None where no rule gives one."""
    if not _is_short(body):
        return None
    found = _primitive(_with_inner(body), variable)
    return found if found is not None and _is_short(found) else None


def _is_short(expr: Expr) -> bool:
    return sum(1 for _ in islice(walk(expr), _LARGEST + 1)) <= _LARGEST


def _primitive(body: Expr, variable: str) -> Expr | None:
    if (polynomial := _polynomial(body, variable)) is not None:
        raised = ((power + 1, _over(coefficient, _number(power + 1))) for power, coefficient in polynomial.items())
        return _sum([_times(coefficient, _raised(variable, power)) for power, coefficient in raised])
    if isinstance(body, Op) and body.op in ("add", "neg"):
        found = [_primitive(arg, variable) for arg in body.args]
        kept = tuple(one for one in found if one is not None)
        return Op(body.op, kept, body.place) if len(kept) == len(found) else None
    if isinstance(body, Op) and body.op == "mul":
        for factor, rest in (body.args, body.args[::-1]):
            if variable not in names_in(factor):
                inner = _primitive(rest, variable)
                return None if inner is None else _times(factor, inner)
        return None
    if isinstance(body, Op) and body.op == "div" and variable not in names_in(body.args[1]):
        inner = _primitive(body.args[0], variable)
        return None if inner is None else _over(inner, body.args[1])
    return _of_wave(body, variable)


def _of_wave(body: Expr, variable: str) -> Expr | None:
    """The antiderivative of `e^{ax+b}`, `\\sin(ax+b)` and `\\cos(ax+b)`; None for all else."""
    if isinstance(body, Op) and body.op == "pow" and isinstance(body.args[0], Name) and body.args[0].name == "e":
        function, argument = "exp", body.args[1]
    elif isinstance(body, Call) and body.function in _WAVES and len(body.args) == 1:
        function, argument = body.function, body.args[0]
    else:
        return None
    linear = _polynomial(argument, variable)
    if linear is None or max(linear) != 1:
        return None
    found = _over(Call(_WAVES[function], (argument,), _NOWHERE), linear[1])
    return Op("neg", (found,), _NOWHERE) if function == "sin" else found


def _with_inner(body: Expr) -> Expr:
    """A body with the integrals that it is made of evaluated by their rules, where these have finite limits."""
    if isinstance(body, Integral):
        return _between(body) or body
    if isinstance(body, Op) and body.op in ("add", "neg", "mul", "div"):
        return body._replace(args=tuple(_with_inner(arg) for arg in body.args))
    return body


def _between(expr: Integral) -> Expr | None:
    low, high = expr.low, expr.high
    if low is None or high is None or not is_finite(expr) or expr.variable in names_in(low) | names_in(high):
        return None
    inner = primitive_of(expr.body, expr.variable)
    if inner is None:
        return None
    one, other = (substitute(inner, expr.variable, limit) for limit in (high, low))
    return _minus(one, other)


@lru_cache(maxsize=64)
def in_other_order(expr: Integral) -> Expr | None:
    """An integral of an integral by parts, so that none stands inside the other: `\\int_0^1 \\int_x^1 e^{y^2} dy dx`.

    None unless the inner one is of a function of its own letter alone, between limits that have a slope.
    """
    factor, inner = _number(1), expr.body
    if isinstance(inner, Op) and inner.op == "mul" and isinstance(inner.args[1], Integral):
        factor, inner = inner.args
    if not isinstance(inner, Integral) or not (is_finite(expr) and is_finite(inner)) or not _is_short(expr):
        return None
    x, y = expr.variable, inner.variable
    low, high = inner.low, inner.high
    raised = _polynomial(factor, x)
    if (
        low is None
        or high is None
        or expr.low is None
        or expr.high is None
        or raised is None
        or x in names_in(inner.body)
    ):
        return None
    if y in names_in(low) | names_in(high) | names_in(factor) or x in names_in(expr.low) | names_in(expr.high):
        return None
    primitive = _primitive(factor, x)
    if primitive is None:
        return None
    whole = _times(primitive, inner)
    try:
        moved = [_times(substitute(inner.body, y, end), differentiate(end, x)) for end in (high, low)]
    except Undecided:
        return None
    rest = Integral(_times(primitive, _minus(*moved)), x, expr.low, expr.high, expr.place)
    return _minus(_minus(substitute(whole, x, expr.high), substitute(whole, x, expr.low)), rest)


def is_finite(expr: Integral) -> bool:
    """Whether both limits of an integral are written, and none of them is infinite."""
    return all(limit is not None and "infty" not in names_in(limit) for limit in (expr.low, expr.high))


# -- polynomials -----------------------------------------------------------------------------------------------


def _polynomial(expr: Expr, variable: str) -> _Polynomial | None:
    """The coefficients of a polynomial in a variable, which none of them holds; None for anything else."""
    if variable not in names_in(expr):
        return {0: expr}
    if isinstance(expr, Name):
        return {1: _number(1)}
    if not isinstance(expr, Op) or expr.op not in ("add", "neg", "mul", "div", "pow"):
        return None
    if expr.op == "pow":
        return _power(expr, variable)
    if expr.op == "div" and variable in names_in(expr.args[1]):
        return None
    parts = [_polynomial(arg, variable) for arg in expr.args[: 1 if expr.op == "div" else None]]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    if expr.op == "div":
        return {power: _over(coefficient, expr.args[1]) for power, coefficient in known[0].items()}
    if expr.op == "neg":
        return {power: Op("neg", (coefficient,), _NOWHERE) for power, coefficient in known[0].items()}
    return _product(known[0], known[1]) if expr.op == "mul" else _total(known)


def _power(expr: Op, variable: str) -> _Polynomial | None:
    base, exponent = expr.args
    inner = _polynomial(base, variable)
    whole = isinstance(exponent, Num) and isinstance(exponent.value, int) and 0 < exponent.value <= _MOST_DEGREE
    if inner is None or not whole or not isinstance(exponent, Num):
        return None
    found: _Polynomial | None = inner
    for _ in range(int(exponent.value) - 1):
        found = None if found is None else _product(found, inner)
    return found


def _product(one: _Polynomial, other: _Polynomial) -> _Polynomial | None:
    if max(one) + max(other) > _MOST_DEGREE:
        return None
    terms = [{p + q: _times(a, b)} for p, a in one.items() for q, b in other.items()]
    return _total(terms)


def _total(parts: list[_Polynomial]) -> _Polynomial | None:
    found: dict[int, list[Expr]] = {}
    for part in parts:
        for power, coefficient in part.items():
            found.setdefault(power, []).append(coefficient)
    summed = {power: _sum(coefficients) for power, coefficients in found.items()}
    return summed if all(_is_short(coefficient) for coefficient in summed.values()) else None


def _number(value: int) -> Expr:
    return Num(value, _NOWHERE, str(value))


def _raised(variable: str, power: int) -> Expr:
    return Op("pow", (Name(variable, _NOWHERE), _number(power)), _NOWHERE)


def _times(one: Expr, other: Expr) -> Expr:
    return Op("mul", (one, other), _NOWHERE)


def _minus(one: Expr, other: Expr) -> Expr:
    return Op("add", (one, Op("neg", (other,), _NOWHERE)), _NOWHERE)


def _over(one: Expr, other: Expr) -> Expr:
    return Op("div", (one, other), _NOWHERE)


def _sum(terms: list[Expr]) -> Expr:
    return terms[0] if len(terms) == 1 else Op("add", tuple(terms), _NOWHERE)
