"""Equations without what divides: `1/f = 1/a + 1/b` is f(a + b) = ab, where f, a and b are not zero.

Two equations with the same products say the same where nothing that divides in one alone can be zero. Where it can,
they do for quantities: nobody divides by a mass or a focal length of zero.
"""

from __future__ import annotations

from collections.abc import Mapping

from grader.equality.keys import key
from grader.equality.precise import Precise
from grader.equality.roles import CONSTANTS
from grader.equality.slopes import substitute
from grader.equality.verdicts import Undefined
from grader.equality.walker import Walker, constant_exponent
from grader.model.errors import Undecided
from grader.model.expressions import Call, Expr, Name, Num, Op, names_in, walk
from grader.model.records import NamedTuple
from grader.reference.functions import FUNCTIONS

_MOST_TIMES = 5
_MOST_DIVISORS = 8
_LEAST = 1e-20
_NUMBERS = frozenset("xyz")  # letters of numbers, not of quantities
_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19)
_LEAST_LETTERS = 4  # of a law that is a proportion: n_1 sin a_1 = n_2 sin a_2
Divisors = dict[str, tuple[Expr, int]]  # each by its key, and how often it divides
Sides = tuple[Expr, Expr]


class Cleared(NamedTuple):
    """An expression as a quotient: what is divided, and by which factors."""

    top: Expr
    below: Divisors


def cleared(expr: Expr) -> Cleared | None:
    """An expression over one denominator; None where something divides below a root or in an exponent."""
    found = _quotient(expr)
    if found is None or len(found.below) > _MOST_DIVISORS:
        return None
    return found if all(times < _MOST_TIMES for _, times in found.below.values()) else None


def divide_alike(one: Cleared, other: Cleared, equations: tuple[Sides, Sides]) -> bool:
    """Whether what divides in one equation alone takes no solution from it: it is not zero, or stands for a quantity.

    The other is then left with a number other than zero. Where one equation is solved for a letter, `a = F/m`, or is
    a proportion of several quantities, what is left must only say something, F = 0.
    """
    alone = [one.below[name][0] for name in one.below.keys() - other.below.keys()]
    alone += [other.below[name][0] for name in other.below.keys() - one.below.keys()]
    law = any(map(_is_solved, equations)) or _is_law(equations[0])
    for divisor in alone:
        left = _without(one.top, divisor)
        if left is None or not (_is_nonzero(left) or (law and _says_something(left))):
            return False
    return True


# -- one denominator -------------------------------------------------------------------------------------------


def _quotient(expr: Expr) -> Cleared | None:
    if isinstance(expr, Op) and expr.op in ("add", "neg", "mul", "div"):
        parts = [_quotient(arg) for arg in expr.args]
        known = [part for part in parts if part is not None]
        return _RULES[expr.op](known, expr) if len(known) == len(parts) else None
    if isinstance(expr, Op) and expr.op == "pow":
        return _raised(expr)
    divides = any(
        isinstance(node, Op) and node.op == "div" and names_in(node.args[1]) - CONSTANTS for node in walk(expr)
    )
    return None if divides else Cleared(expr, {})


def _raised(expr: Op) -> Cleared | None:
    """A whole power of a quotient, below 0 the other way up."""
    base, power = expr.args[0], constant_exponent(expr.args[1])
    inner = _quotient(base)
    if power is None or power.denominator != 1 or not 0 < abs(power) < _MOST_TIMES:
        free = inner is not None and not inner.below and not names_in(expr.args[1]) - CONSTANTS
        return Cleared(expr, {}) if free else None
    if inner is None:
        return None
    if power < 0:
        one = Num(1, expr.place, "1")
        inner = _divided([Cleared(one, {}), inner], expr)
    times = int(abs(power))
    below = {name: (one, often * times) for name, (one, often) in inner.below.items()}
    return Cleared(Op("pow", (inner.top, Num(times, expr.place, str(times))), expr.place), below)


def _sum(parts: list[Cleared], expr: Op) -> Cleared:
    below: Divisors = {}
    for part in parts:
        for name, (one, times) in part.below.items():
            below[name] = (one, max(times, below.get(name, (one, 0))[1]))
    tops = [_times(part.top, _missing(part.below, below)) for part in parts]
    return Cleared(Op("add", tuple(tops), expr.place, expr.sign), below)


def _product(parts: list[Cleared], expr: Op) -> Cleared:
    below: Divisors = {}
    for part in parts:
        below = _joined(below, part.below)
    return Cleared(Op("mul", tuple(part.top for part in parts), expr.place, "·"), below)


def _opposite(parts: list[Cleared], expr: Op) -> Cleared:
    return Cleared(Op("neg", (parts[0].top,), expr.place), parts[0].below)


def _divided(parts: list[Cleared], expr: Op) -> Cleared:
    above, under = parts
    numbers, divisors = _factors(under.top)
    top = _times(above.top, under.below)
    for number in numbers:
        top = Op("div", (top, number), expr.place, "/")
    return Cleared(top, _joined(above.below, divisors))


_RULES = {
    "add": _sum, "mul": _product, "div": _divided,
    "neg": _opposite,
}  # fmt: skip


def _factors(expr: Expr) -> tuple[list[Expr], Divisors]:
    """The numbers of a product, and its other factors."""
    if isinstance(expr, Op) and expr.op == "mul":
        numbers: list[Expr] = []
        below: Divisors = {}
        for arg in expr.args:
            more, divisors = _factors(arg)
            numbers, below = numbers + more, _joined(below, divisors)
        return numbers, below
    if isinstance(expr, Op) and expr.op == "neg":
        numbers, below = _factors(expr.args[0])
        return [*numbers, Num(-1, expr.place, "-1")], below
    if not names_in(expr) - CONSTANTS:
        return [expr], {}
    if isinstance(expr, Op) and expr.op == "pow" and isinstance(expr.args[1], Num):
        base, power = expr.args[0], expr.args[1].value
        if isinstance(power, int) and power > 0:
            return [], {key(base): (base, power)}
    return [], {key(expr): (expr, 1)}


def _joined(one: Divisors, other: Divisors) -> Divisors:
    return one | {name: (expr, times + one.get(name, (expr, 0))[1]) for name, (expr, times) in other.items()}


def _missing(own: Divisors, below: Divisors) -> Divisors:
    return {name: (expr, times - own.get(name, (expr, 0))[1]) for name, (expr, times) in below.items()}


def _times(expr: Expr, below: Mapping[str, tuple[Expr, int]]) -> Expr:
    for factor, times in below.values():
        if times:
            power = Op("pow", (factor, Num(times, expr.place, str(times))), expr.place)
            expr = Op("mul", (expr, power), expr.place, "·")
    return expr


# -- where a divisor is zero -----------------------------------------------------------------------------------


def _without(expr: Expr, divisor: Expr) -> Expr | None:
    """What is left of an expression where a divisor is zero: a letter, or a sum or product solved for one."""
    if isinstance(divisor, Name):
        return substitute(expr, divisor.name, Num(0, expr.place, "0"))
    terms = divisor.args if isinstance(divisor, Op) and divisor.op == "add" else ()
    for term in terms:
        sign = isinstance(term, Op) and term.op == "neg"
        letter = term.args[0] if isinstance(term, Op) and sign else term
        rest = Op("add", tuple(one for one in terms if one is not term), divisor.place, "+")
        if isinstance(letter, Name) and letter.name not in names_in(rest):
            return substitute(expr, letter.name, rest if sign else Op("neg", (rest,), divisor.place))
    if isinstance(divisor, Call) and len(divisor.args) == 1:  # sin a is zero for a = 0, for one
        inner = divisor.args[0]
        at_zero = isinstance(inner, Name) and divisor.function in ("sin", "tan", "sinh", "tanh", "sqrt")
        return substitute(expr, inner.name, Num(0, expr.place, "0")) if isinstance(inner, Name) and at_zero else None
    return None


def _is_solved(equation: Sides) -> bool:
    """Whether an equation is solved for a letter, or a function of one, which the other side is free of."""
    for left, right in (equation, equation[::-1]):
        letter = left.args[0] if isinstance(left, Call) and left.function in FUNCTIONS and left.args else left
        divides = any(isinstance(node, Op) and node.op == "div" for node in walk(right))
        if isinstance(letter, Name) and letter.name not in names_in(right) and divides:
            return True
    return False


def _is_law(equation: Sides) -> bool:
    """Whether an equation is one of several quantities, with indices, capitals or Greek letters among them."""
    letters = frozenset(name for side in equation for name in names_in(side)) - CONSTANTS
    marked = any(len(name) > 1 or name.isupper() for name in letters)
    return len(letters) >= _LEAST_LETTERS and marked and letters.isdisjoint(_NUMBERS)


def _is_nonzero(expr: Expr) -> bool:
    """Whether an expression without letters, but for products with zero, is another number than zero."""
    letters = _letters(expr)
    try:
        value = Walker(Precise(40, frozenset(), False), dict.fromkeys(letters, 1))(expr)
        other = Walker(Precise(40, frozenset(), False), dict.fromkeys(letters, 3))(expr)
    except (Undefined, Undecided, ValueError, ArithmeticError):
        return False
    return bool(value != 0 and value == other)


def _says_something(left: Expr) -> bool:
    """Whether an expression is not zero whatever its letters are."""
    letters = _letters(left)
    if len(letters) > len(_PRIMES):
        return False
    numbers = dict(zip(sorted(letters), _PRIMES, strict=False))
    try:
        return bool(abs(Walker(Precise(40, frozenset(), False), numbers)(left)) > _LEAST)
    except (Undefined, Undecided, ValueError, ArithmeticError):
        return False


def _letters(expr: Expr) -> frozenset[str]:
    return names_in(expr) - CONSTANTS
