"""Where the cases of a formula meet: x > 0 and x >= 0 differ at one number, which no sampled point hits by chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from grader.equality import points
from grader.equality.edges import edges_of, sides_of
from grader.equality.keys import key
from grader.equality.precise import Precise
from grader.equality.roles import CONSTANTS, Cast
from grader.equality.verdicts import DIFFERENT, UNDECIDED, Found
from grader.equality.walker import Walker
from grader.maths.conditions import conditions_in
from grader.model.errors import Undecided
from grader.model.expressions import Expr, Op, names_in
from grader.model.records import NamedTuple

_MOST, _MOST_LETTERS, _MOST_ROOTS = 10, 6, 8
_DIGITS, _STEPS = 60, 4_000
_PLACES = (0, 4, 6, 9)  # points at which the other letters stay: small, of both signs
_TOUCHES = 1e-40
_CLOSE = 1e-30


class _Touching(Precise):
    """Arithmetic in which two numbers that differ by rounding alone are equal."""

    def holds(self, op: str, one: Any, other: Any) -> bool:
        if self.mp.isfinite(one) and self.mp.isfinite(other):
            size = max(abs(one), abs(other), self.mp.mpf(1))
            if abs(one - other) <= _TOUCHES * size:
                other = one
        return super().holds(op, one, other)


class _Boundary(NamedTuple):
    """The two sides of a condition, and the letters that may be moved to where they are equal."""

    one: Expr
    other: Expr
    letters: tuple[str, ...]


def differ_where_cases_meet(gold: Expr, answer: Expr, casting: Cast) -> Found | None:
    """What a pair that agrees at sampled points says where the two sides of a condition in it are equal.

    None where there is no condition, or both say the same there as well.
    """
    if casting.is_complex:
        return None
    boundaries = {key(found.one) + key(found.other): found for found in _conditions(gold, answer, casting)}
    lonely = ""
    for boundary in list(boundaries.values())[:_MOST]:
        for point in _points_on(boundary, casting):
            one, other = _value(gold, point), _value(answer, point)
            if one is None and other is None:
                continue
            where = ", ".join(f"{name} = {float(point[name]):.6g}" for name in sorted(point)[:4])
            if one is None or other is None:
                lonely = lonely or f"they agree where both have a value, but only one has one at {where}"
            elif abs(one - other) > _CLOSE * max(abs(one), abs(other), _CLOSE):
                return Found(DIFFERENT, f"they differ at {where}")
    return Found(UNDECIDED, lonely) if lonely else None


def _conditions(gold: Expr, answer: Expr, casting: Cast) -> Iterator[_Boundary]:
    """The sides of all single relations, with their letters that stand for numbers and are bound by no sum."""
    for one, other in chain(conditions_in(gold), conditions_in(answer)):
        letters = tuple(sorted((names_in(one) | names_in(other)) - CONSTANTS))
        if 0 < len(letters) <= _MOST_LETTERS and all(name in casting.roles for name in letters):
            yield _Boundary(one, other, letters)


def _points_on(boundary: _Boundary, casting: Cast) -> Iterator[dict[str, Any]]:
    """Points at which both sides are equal: each letter in turn is moved there, the others stay."""
    values = points.values_of(casting.roles)
    mp = Precise(_DIGITS, casting.imaginary, False).mp
    for place in _PLACES if len(casting.roles) > 1 else _PLACES[:1]:
        base = {name: mp.mpf(array[place].item()) for name, array in values.items()}
        for letter in boundary.letters:
            for root in _roots(boundary, letter, base):
                if _may_be(root, casting.roles[letter]):
                    yield {**base, letter: root}


def _may_be(value: Any, role: str) -> bool:
    """Whether a letter of this kind may have this value."""
    whole, positive = role in (points.WHOLE, points.COUNTING), role in (points.POSITIVE, points.COUNTING)
    return (not whole or bool(value == int(value))) and (not positive or bool(value > 0))


def _roots(boundary: _Boundary, letter: str, base: dict[str, Any]) -> list[Any]:
    """The values of a letter at which the two sides are equal: by a parabola through them, else by a search."""
    apart = Op("add", (boundary.one, Op("neg", (boundary.other,), boundary.other.place)), boundary.one.place)

    def at(value: Any) -> Any | None:
        return _value(apart, {**base, letter: base[letter] * 0 + value})

    if (found := [root for root in _zeros_of_parabola(at) if _is_zero(at(root))]) or len(boundary.letters) > 1:
        return found
    try:
        edges, roots = edges_of(boundary.one, boundary.other, letter, sides_of(boundary.one, boundary.other, letter))
    except (Undecided, ArithmeticError, ValueError):
        return []
    return list(roots or edges)[:_MOST_ROOTS]


def _zeros_of_parabola(at: Callable[[Any], Any | None]) -> list[Any]:
    """Where the parabola through three points is zero; one that is a line has one zero."""
    mp = Precise(_DIGITS, frozenset(), False).mp
    low, middle, high = at(-1), at(0), at(1)
    if low is None or middle is None or high is None:
        return []
    square, slope = (high + low) / 2 - middle, (high - low) / 2
    if abs(square) <= _CLOSE * max(abs(slope), abs(middle)):
        return [-middle / slope] if slope else []
    inside = slope * slope - 4 * square * middle
    if inside < 0:
        return []
    return [(-slope + sign * mp.sqrt(inside)) / (2 * square) for sign in (1, -1)]


def _is_zero(value: Any | None) -> bool:
    return value is not None and bool(abs(value) <= _TOUCHES)


def _value(expr: Expr, point: dict[str, Any]) -> Any | None:
    algebra = _Touching(_DIGITS, frozenset(), False)
    try:
        value = Walker(algebra, point, _STEPS)(expr)
    except (ArithmeticError, ValueError, Undecided):
        return None
    return value if algebra.mp.isfinite(value) else None
