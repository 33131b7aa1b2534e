"""Decimals as a computer prints them, for numbers that they only approach: 1.4142135623730951 x for sqrt(2) x."""

from __future__ import annotations

from itertools import islice
from typing import Any

from grader.equality import points
from grader.equality.decimals import Decimal, decimal_of
from grader.equality.precise import Precise
from grader.equality.roles import cast
from grader.equality.scalars import Habits
from grader.equality.verdicts import EQUAL, Found
from grader.equality.walker import Walker
from grader.model.errors import Undecided
from grader.model.expressions import Expr, Name, Num, rebuilt, walk

_DIGITS = 60
_LEAST_POINTS = 5
_LEAST_DIGITS = 15  # what a computer prints; in a formula, fewer digits are a number of their own
_DOUBLE = 2.3e-16  # relative, of a double beside the number that it stands for
_SAME = 1e-40  # relative, of what the decimal has to be at two points
_FEW_DECIMALS = 12
_PLACE = "the decimal"


def approximates(gold: Expr, answer: Expr, habits: Habits) -> Found | None:
    """Equality but for one decimal of fifteen digits or more, which is a number rounded; None where it is not that.

    At each of several points the number is computed that would have to stand in its place for both sides to be equal:
    it is the same at all of them, and a double away from what is written.
    """
    sides = [[node for node in walk(expr) if type(node) is Num and "." in node.text] for expr in (gold, answer)]
    if not sides[0] and not sides[1]:
        return None
    for one, other, found in ((gold, answer, sides[0]), (answer, gold, sides[1])):
        literals = [node for node in found if _is_long(node)]
        if len(literals) != 1 or any(decimal_of(node) for node in walk(other) if isinstance(node, Num)):
            continue
        literal = decimal_of(literals[0])
        if literal is not None and _fits(_with_name(one, literals[0]), other, literal, habits):
            return Found(
                EQUAL, "a decimal in one of them is the number in the other, rounded to fifteen digits or more"
            )
    return None


def _is_long(literal: Num) -> bool:
    mantissa = literal.text.lower().partition("e")[0].replace(".", "").lstrip("0")
    return decimal_of(literal) is not None and len(mantissa) >= _LEAST_DIGITS


def _with_name(expr: Expr, literal: Num) -> Expr:
    if expr is literal:
        return Name(_PLACE, literal.place)
    return rebuilt(expr, lambda child: _with_name(child, literal))


def _fits(one: Expr, other: Expr, literal: Decimal, habits: Habits) -> bool:
    casting = cast((one, other), habits.imaginary)
    roles = {name: role for name, role in casting.roles.items() if name != _PLACE}
    if casting.is_complex or not roles:
        return False
    values = points.values_of(roles)
    wanted = (_wanted(one, other, literal, values, place) for place in range(points.COUNT))
    found = list(islice((value for value in wanted if value is not None), _LEAST_POINTS))
    if len(found) < _LEAST_POINTS or any(abs(value - found[0]) > _SAME * abs(found[0]) for value in found):
        return False
    number = Precise(_DIGITS, frozenset(), False).number
    if _ends(found[0]):  # 0.5000000000000001 is no half
        return False
    apart = abs(found[0] - number(literal.value))
    return bool(_SAME * abs(found[0]) < apart <= _DOUBLE * abs(found[0]))


def _ends(value: Any) -> bool:
    """Whether a number has few decimals."""
    moved = value * 10**_FEW_DECIMALS
    return bool(abs(moved - round(moved)) <= _SAME * max(abs(moved), 1))


def _wanted(one: Expr, other: Expr, literal: Decimal, values: Any, place: int) -> Any | None:
    """The number that makes both equal at a point: by the secant through the literal, if one side is linear in it."""
    algebra = Precise(_DIGITS, frozenset(), False)
    mp = algebra.mp
    point = {name: mp.mpmathify(array[place].item()) for name, array in values.items()}
    start = algebra.number(literal.value)
    try:
        aim = Walker(algebra, point)(other)
        here, there, beyond = (Walker(algebra, {**point, _PLACE: start + step})(one) for step in (0, 1, 2))
    except (ArithmeticError, ValueError, Undecided):
        return None
    slope = there - here
    if not slope or abs(beyond - there - slope) > 1e-45 * max(abs(beyond), abs(slope)):
        return None
    return start + (aim - here) / slope
