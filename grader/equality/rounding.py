"""Whether two formulas agree as far as the digits of their decimals go: `1.155 sqrt(gh)` and `sqrt(4gh/3)`."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from typing import Any

from grader.equality import points
from grader.equality.normal import normalised
from grader.equality.precise import Precise
from grader.equality.roles import CONSTANTS, cast
from grader.equality.walker import Walker
from grader.model.errors import Undecided, Unreadable
from grader.model.expressions import Expr, Group, Num, Relation, names_in, rebuilt, walk
from grader.notation.dialect import Dialect
from grader.notation.formula import read_formula

_LEAST, _MOST = 2, 4  # digits of a rounded number; such numbers in a formula
_LEAST_POINTS = 5
_SLACK = 1.001
_DIGITS = 30


def rounded_numbers(expr: Expr) -> list[Num]:
    """The decimals of a formula that may be rounded."""
    found = [node for node in walk(expr) if isinstance(node, Num) and "." in node.text and "(" not in node.text]
    return [node for node in found if len(node.text.replace(".", "").lstrip("0")) >= _LEAST]


def moved(expr: Expr, number: Num, by: int = 1) -> Expr:
    """The formula with half a unit more, or less, in the last digit of one of its numbers."""
    if expr is number:
        places = len(number.text.lower().partition("e")[0].partition(".")[2])
        return number._replace(value=Fraction(number.value) + Fraction(by, 2 * 10**places))
    return rebuilt(expr, lambda part: moved(part, number, by))


def agree_when_rounded(gold: str, answer: str) -> bool:
    """Whether an answer is within reach of the gold formula at every point: each decimal may be off by half a unit."""
    sides = [_side(text) for text in (gold, answer)]
    one, other = sides
    if one is None or other is None:
        return False
    if (members := _members(one)) is not None:
        return _have_partners(members, _members(other))
    numbers = rounded_numbers(other)
    casting = cast((one, other), frozenset())
    if not 0 < len(numbers) <= _MOST or casting.is_complex or not casting.roles:
        return False
    versions = (one, other, *(moved(other, number, by) for number in numbers for by in (1, -1)))
    tried = 0
    for place in range(points.COUNT):
        found = _values_at(versions, points.values_of(casting.roles), place)
        if found is None:
            continue
        truth, base, *others = found
        reach = sum(max(abs(up - base), abs(down - base)) for up, down in zip(others[::2], others[1::2], strict=True))
        if abs(base - truth) > reach * _SLACK:  # in an exponent, less may reach further than more
            return False
        tried += 1
    return tried >= _LEAST_POINTS


def _side(text: str) -> Expr | None:
    with suppress(Unreadable, Undecided, RecursionError):
        expr = read_formula(text, Dialect(free=True)).expr
        return expr.operands[-1] if isinstance(expr, Relation) and set(expr.ops) <= {"=", "~"} else expr
    return None


def _members(expr: Expr) -> tuple[Expr, ...] | None:
    """The numbers of a set or a list; None for anything else."""
    found = normalised(expr)
    items = found.items if isinstance(found, Group) else ()
    values = [item.operands[-1] if isinstance(item, Relation) else item for item in items]
    plain = [value for value in values if value is not None and names_in(value) <= CONSTANTS | _IMAGINARY]
    return tuple(plain) if 1 < len(plain) == len(items) <= _MOST_MEMBERS else None


def _have_partners(gold: tuple[Expr, ...], answer: tuple[Expr, ...] | None) -> bool:
    """Whether each number of a list is within reach of another one of the gold list, and one of them is rounded."""
    if answer is None or len(answer) != len(gold) or not any(map(rounded_numbers, answer)):
        return False
    left = list(gold)
    for member in answer:
        partner = next((one for one in left if _is_near(one, member)), None)
        if partner is None:
            return False
        left.remove(partner)
    return True


def _is_near(gold: Expr, member: Expr) -> bool:
    algebra = Precise(_DIGITS, _IMAGINARY, True)
    versions = (gold, member, *(moved(member, number) for number in rounded_numbers(member)[:_MOST]))
    try:
        truth, base, *others = (Walker(algebra, {})(expr) for expr in versions)
    except (ArithmeticError, ValueError, TypeError, Undecided):
        return False
    reach = sum((abs(value - base) for value in others), algebra.mp.mpf(10) ** (-_DIGITS // 2))
    return bool(abs(base - truth) <= reach * _SLACK)


_IMAGINARY = frozenset(["i", "j"])
_MOST_MEMBERS = 12


def _values_at(versions: tuple[Expr, ...], values: Any, place: int) -> list[Any] | None:
    """The values of some formulas at one point; None where one of them has none."""
    algebra = Precise(_DIGITS, frozenset(), False)
    point = {name: algebra.mp.mpmathify(array[place].item()) for name, array in values.items()}
    try:
        found = [Walker(algebra, point)(expr) for expr in versions]
        return found if all(algebra.mp.isfinite(value) for value in found) else None
    except (ArithmeticError, ValueError, TypeError, Undecided):
        return None
