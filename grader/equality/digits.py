"""The value of a formula at a point to many digits, and whether two formulas have the same one."""

from __future__ import annotations

from typing import Any

from grader.equality import points
from grader.equality.kinks import has_fine_numbers, kinks_of, reach_of
from grader.equality.precise import Precise
from grader.equality.roles import Cast, cast
from grader.equality.verdicts import DIFFERENT, UNDECIDED, Found, Undefined
from grader.equality.walker import Walker
from grader.model.errors import Undecided
from grader.model.expressions import Cases, Expr, Name, Reduce, walk
from grader.model.records import NamedTuple

DIGITS, MORE_DIGITS, _MOST_DIGITS = 40, 120, 360
_REACH, _FARTHEST = 25, 800  # digits between one and a number that call for more digits, and that are too many
_STEPS = 12_000
LEAST_VALID = 3  # points at which both have to have a value


def has_series(*exprs: Expr) -> bool:
    """Whether a sum without an end stands in an expression: it may have a value for some numbers only."""
    return any(
        isinstance(node, Reduce) and any(isinstance(b.high, Name) and b.high.name == "infty" for b in node.bounds)
        for expr in exprs
        for node in walk(expr)
    )


def contradicts_itself(expr: Expr) -> bool:
    """Whether two cases of an expression apply at some point and have different values there."""
    if not any(isinstance(node, Cases) for node in walk(expr)):
        return False
    casting = cast((expr,), frozenset())
    values = points.values_of(casting.roles)
    values = points.near(values, casting.roles, kinks_of(expr) or ())
    algebra = Precise(DIGITS, casting.imaginary, casting.is_complex)
    for place in range(points.COUNT):
        point = {name: algebra.mp.mpmathify(array[place].item()) for name, array in values.items()}
        try:
            Walker(algebra, point, _STEPS)(expr)
        except (ArithmeticError, ValueError, Undecided):
            continue
    return algebra.contradicted


# -- to many digits --------------------------------------------------------------------------------------------


class _Value(NamedTuple):
    value: Any
    error: float  # relative, of what was approached
    absorbed: bool  # a term left no trace in a sum


def evaluate(expr: Expr, casting: Cast, point: dict[str, Any], digits: int) -> _Value | None:
    """The value of an expression at a point; None where there is none."""
    algebra = Precise(digits, casting.imaginary, casting.is_complex)
    values = {name: algebra.mp.mpmathify(value) for name, value in point.items()}
    try:
        value = Walker(algebra, values, _STEPS)(expr)
    except (Undefined, ArithmeticError, ValueError):
        return None
    if algebra.mp.isnan(value) or (algebra.mp.isinf(value) and type(value) is not algebra.mp.mpf):
        return None
    return _Value(value, algebra.error, algebra.absorbed)


NOT_FAR = {
    False: Found(DIFFERENT, "they agree to many digits, but not to all"),
    None: Found(UNDECIDED, "a number so small or large may hide a difference"),
}
ZERO = 1  # true, but both are zero: there they may agree by chance


def agree(gold: Expr, answer: Expr, casting: Cast, point: dict[str, Any], thorough: bool = True) -> bool | int | None:
    """Whether both have the same value at a point; None where one of them has none, or nothing can be said.

    A difference that shrinks with every digit more is none. `thorough`: an agreement is looked at again to 120 digits.
    """
    before: Any = None
    for digits in (DIGITS, MORE_DIGITS, _MOST_DIGITS):
        one, other = (evaluate(expr, casting, point, digits) for expr in (gold, answer))
        if one is None or other is None or _is_infinite(one.value) or _is_infinite(other.value):
            return None
        difference, size = abs(one.value - other.value), max(abs(one.value), abs(other.value))
        error = max(one.error, other.error)
        if error:
            agrees = bool(difference <= max(size, 1e-6) * error)
            return None if agrees and has_fine_numbers(gold, answer) else agrees
        close = difference <= size * 10.0 ** (4 - digits)
        if close and (digits >= MORE_DIGITS or not (thorough or one.absorbed or other.absorbed)):
            if one.absorbed or other.absorbed:
                return None
            return ZERO if not one.value and not other.value else True
        if not close and difference > size * 1e-12 and not _cancels(one.value, other.value):
            return False
        if before is not None:
            if one.absorbed or other.absorbed:  # e^-1300 + y - y: what was lost says nothing
                return None
            if difference < before * 1e-60:  # with what is left, where both are zero: the slope of log_x(x^2)
                return ZERO if size < before * 1e-60 else True
            if digits == _MOST_DIGITS or difference > size * 1e-12:  # 1 - sigmoid(174) loses 75 digits
                return False
        before = difference
    return False


def agree_far(gold: Expr, answer: Expr, casting: Cast, tried: list[dict[str, Any]]) -> bool | None:
    """Whether an agreement holds with three times the digits that the smallest or largest number has.

    A cosine of 10^-100 is one to 200 digits. None where nothing can be said.
    """
    if (reach := reach_of(gold, answer)) <= _REACH:
        return True
    if reach > _FARTHEST:
        return None
    digits = MORE_DIGITS + 3 * reach
    seen = False
    for point in tried[:LEAST_VALID]:
        one, other = (evaluate(expr, casting, point, digits) for expr in (gold, answer))
        if one is None or other is None or one.absorbed or other.absorbed:
            continue
        if one.error or other.error:
            return None
        near = Precise(digits, casting.imaginary, casting.is_complex).mp.mpf(10) ** (20 - digits)
        if not abs(one.value - other.value) <= max(abs(one.value), abs(other.value)) * near:
            return False
        seen = True
    return seen or None


def _is_infinite(value: Any) -> bool:
    return bool(value - value != 0)


def _cancels(one: Any, other: Any) -> bool:
    """Whether a value so small may be what is left of a cancellation."""
    return bool(abs(one) < 1e-15 or abs(other) < 1e-15)


def one_sided(gold: Expr, answer: Expr, casting: Cast, point: dict[str, Any]) -> bool:
    """Whether only one of the two has a value at a point."""
    one, other = (evaluate(expr, casting, point, DIGITS) for expr in (gold, answer))
    return (one is None) != (other is None)
