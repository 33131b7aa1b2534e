"""Decides whether two numbers, or two formulas for a number, are equal.

Cheapest first: the same tree; both rational, decided exactly; a look in doubles at many points, which only says where
to look closer; then the truth, to many digits, at a point where they differ or at several where they agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import numpy as np

from grader.equality import points
from grader.equality.boundaries import differ_where_cases_meet
from grader.equality.decimals import Decimal, decimal_of, is_double_of, literal_of, rounds_to
from grader.equality.digits import (
    DIGITS,
    LEAST_VALID,
    NOT_FAR,
    ZERO,
    agree,
    agree_far,
    evaluate,
    has_series,
    one_sided,
)
from grader.equality.doubles import Doubles
from grader.equality.entry_signs import is_hidden, roles_of_entries
from grader.equality.exact import Exact
from grader.equality.growth import infinite_sign
from grader.equality.keys import key
from grader.equality.kinks import kinks_of, runs_up
from grader.equality.precise import Precise
from grader.equality.roles import Cast, cast
from grader.equality.structures import role_of
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found, Inexact, Undefined, Unsupported
from grader.equality.walker import Walker
from grader.model.errors import Undecided
from grader.model.expressions import Expr, Integral, Limit, Name, walk
from grader.model.records import NamedTuple

_CLOSE_DOUBLES = 1e-9
_CONFIRMATIONS = 4  # points at which an agreement is confirmed
_MORE_CONFIRMATIONS = 7  # where doubles could not look at the other points
_MOST_FAILURES = 2  # points at which a value is too large to be computed


NOTHING: Mapping[str, str] = MappingProxyType({})


class Habits(NamedTuple):
    """What a pair itself says about its letters."""

    imaginary: frozenset[str] = frozenset(["i"])
    structures: Mapping[str, str] = NOTHING  # what is declared of letters
    several: bool = False  # the formula is one of several, which share their constants


def compare_scalars(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """Whether two expressions for a number are equal wherever both have a value."""
    casting = casting_of(gold, answer, habits)
    if casting.roles and key(gold) == key(answer):
        return Found(EQUAL, "both are the same formula")
    if "..." in casting.roles:
        return Found(UNDECIDED, "what the dots stand for is not certain")
    if not casting.roles:
        return _compare_constants(gold, answer, casting)
    return _compare_formulas(gold, answer, casting)


def casting_of(gold: Expr, answer: Expr, habits: Habits) -> Cast:
    """The letters of two expressions with what is declared of them, and those that scale and turn their arrays."""
    casting = cast((gold, answer), habits.imaginary)
    entries = roles_of_entries((gold, answer), habits.structures)
    if not habits.structures and not entries:
        return casting
    roles = {name: role_of(habits.structures.get(name, "")) or role for name, role in casting.roles.items()} | entries
    return casting._replace(roles=roles, is_complex=casting.is_complex or points.COMPLEX in roles.values())


# -- constants -------------------------------------------------------------------------------------------------


def exact_value(expr: Expr) -> Fraction | None:
    """The value of an expression where it is a rational number. Raises Undefined where it has none."""
    try:
        found = Walker(Exact(), {})(expr)
    except Inexact:
        return None
    return found if isinstance(found, Fraction) else None


def _compare_constants(gold: Expr, answer: Expr, casting: Cast) -> Found:
    try:
        exact_gold, exact_answer = exact_value(gold), exact_value(answer)
    except Undefined:
        exact_gold = exact_answer = None
    if exact_gold is not None and exact_answer is not None:
        if exact_gold == exact_answer:
            return Found(EQUAL, "both are the same number")
        if _rounds(gold, answer, exact_gold, exact_answer):
            return Found(EQUAL, "one is the other, rounded to ten digits or more")
        return Found(DIFFERENT, "these are two different numbers")
    if key(gold) == key(answer):
        return _has_value(gold, casting)
    return _compare_roots(gold, answer, casting)


def _rounds(gold: Expr, answer: Expr, one: Fraction, other: Fraction) -> bool:
    first, second = decimal_of(gold), decimal_of(answer)
    pairs = ((literal, value) for literal, value in ((first, other), (second, one)) if literal is not None)
    return any(rounds_to(value, literal) or is_double_of(literal, float(value)) for literal, value in pairs)


def _has_value(expr: Expr, casting: Cast) -> Found:
    found = evaluate(expr, casting, {}, DIGITS)
    if found is None:
        found = evaluate(expr, casting._replace(is_complex=True), {}, DIGITS)
    if found is None:
        return Found(UNDECIDED, "this has no value")
    return Found(EQUAL, "both are the same formula")


def _compare_roots(gold: Expr, answer: Expr, casting: Cast) -> Found:
    """Two numbers that are not both rational."""
    if (infinite := _compare_infinite(gold, answer, casting)) is not None:
        return infinite
    for tried in (casting, casting._replace(is_complex=True)):
        agreed = agree(gold, answer, tried, {})
        if agreed is None:
            continue
        if agreed:
            if (far := agree_far(gold, answer, tried, [{}])) is not True:
                return NOT_FAR[far]
            return Found(
                EQUAL, "both have the same value" + ("" if _is_approached(gold, answer) else ", to 116 digits")
            )
        literal = decimal_of(answer) or decimal_of(gold)
        if literal is not None and _near(gold, answer, tried, literal):
            return Found(EQUAL, "one is the other, rounded to ten digits or more")
        return Found(DIFFERENT, "these are two different numbers")
    return Found(UNDECIDED, "one of the two has no value")


def _compare_infinite(gold: Expr, answer: Expr, casting: Cast) -> Found | None:
    """The verdict where one of two is infinite; None where none is, or the other may have no value."""
    signs = infinite_sign(gold), infinite_sign(answer)
    if not any(signs):
        return None
    if all(signs):
        same = signs[0] == signs[1]
        return Found(EQUAL, "both are infinite") if same else Found(DIFFERENT, "they are infinite with different signs")
    finite = answer if signs[0] else gold
    valued = evaluate(finite, casting, {}, DIGITS) is not None
    return Found(DIFFERENT, "one of the two is infinite") if valued else None


def _is_approached(*exprs: Expr) -> bool:
    """Whether an integral, a limit or an infinite sum stands in an expression: fewer digits of these are known."""
    nodes = [node for expr in exprs for node in walk(expr)]
    return any(
        isinstance(node, Integral | Limit) or (isinstance(node, Name) and node.name == "infty") for node in nodes
    )


def is_rounded(value: Expr, literal: Expr) -> bool:
    """Whether a literal decimal is a number, rounded or cut to as many digits as it has."""
    typed = literal_of(literal)
    found = None if typed is None else evaluate(value, cast((value,), frozenset()), {}, DIGITS)
    if typed is None or found is None:
        return False
    number = Precise(DIGITS, frozenset(), False).number
    steps = found.value / number(typed.unit)
    return typed.value / typed.unit in (int(steps), round(steps))


def _near(gold: Expr, answer: Expr, casting: Cast, literal: Decimal) -> bool:
    one, other = (evaluate(expr, casting, {}, DIGITS) for expr in (gold, answer))
    if one is None or other is None:
        return False
    value = other.value if decimal_of(gold) is not None else one.value
    if abs(value.imag if hasattr(value, "imag") else 0) > 0:
        return False
    if is_double_of(literal, float(value.real if hasattr(value, "real") else value)):
        return True
    steps = value / Precise(DIGITS, casting.imaginary, casting.is_complex).number(literal.unit)
    typed = literal.value / literal.unit
    return typed in (int(steps), round(steps))


# -- formulas --------------------------------------------------------------------------------------------------


def _compare_formulas(gold: Expr, answer: Expr, casting: Cast) -> Found:
    found = _at_points(gold, answer, casting)
    if found.verdict != UNDECIDED or points.ONCE not in casting.roles.values():
        return found
    kept = {name: role for name, role in casting.roles.items() if role != points.ONCE}
    return _at_points(gold, answer, casting._replace(roles=kept))


def _at_points(gold: Expr, answer: Expr, casting: Cast) -> Found:
    for tried in _castings(casting):
        values = points.values_of(tried.roles)
        if (edges := kinks_of(gold, answer)) is not None and not tried.is_complex:
            values = points.near(values, tried.roles, edges, far=not (runs_up(gold) or runs_up(answer)))
        found = _look(gold, answer, tried, values)
        if found is not None:
            checks_edges = edges is not None and found.verdict == EQUAL
            return (differ_where_cases_meet(gold, answer, tried) if checks_edges else None) or found
    return Found(UNDECIDED, "no points were found at which both have a value")


def _castings(casting: Cast) -> list[Cast]:
    """As it is; with positive numbers, for what is defined for them alone; with complex ones.

    Before these with numbers between 0 and 1: n logarithms of 1 - p_i are defined together for hardly any others.
    """
    tries = [casting, *(casting._replace(roles=_restricted(casting.roles, to)) for to in _RESTRICTED)]
    return tries[:2] if casting.is_complex else [*tries, casting._replace(is_complex=True)]


def _restricted(roles: Mapping[str, str], to: Mapping[str, str]) -> dict[str, str]:
    return {name: to.get(role, role) for name, role in roles.items() if role not in (points.TURN, points.ONCE)}


_RESTRICTED = (
    {points.ANY: points.POSITIVE, points.SCALE: points.SIZE},
    {points.ANY: points.UNIT, points.SCALE: points.SMALL, points.SIZE: points.SMALL},
)


class _Look(NamedTuple):
    """What doubles say: the points to look at closely, and whether they agree there."""

    order: list[int]
    agree: bool
    one_sided: int | None  # a point at which only one of the two has a value


def _look(gold: Expr, answer: Expr, casting: Cast, values: dict[str, np.ndarray]) -> Found | None:
    """The verdict at these points; None where too few of them give both a value."""
    look = _doubles(gold, answer, casting, values)
    if look is not None and len(look.order) < LEAST_VALID:
        return None
    order = _spread(list(range(points.COUNT)), _MORE_CONFIRMATIONS) if look is None else look.order
    wanted = _MORE_CONFIRMATIONS if look is None else _CONFIRMATIONS
    tried = [{n: v[place].item() for n, v in values.items()} for place in order]
    agreed = _confirmed(gold, answer, casting, tried, wanted)
    if agreed is None or isinstance(agreed, Found):
        return agreed
    if (far := agree_far(gold, answer, casting, tried)) is not True:
        return NOT_FAR[far]
    if look is None and has_series(gold, answer) and (place := _alone(gold, answer, casting, values)) is not None:
        where = _where({name: array[place].item() for name, array in values.items()})
        return Found(UNDECIDED, f"they agree where both have a value, but only one has one {where}")
    if look is not None and look.one_sided is not None:
        point = {name: array[look.one_sided].item() for name, array in values.items()}
        if one_sided(gold, answer, casting, point):
            return Found(UNDECIDED, f"they agree where both have a value, but only one has one {_where(point)}")
    if look is None:
        return Found(EQUAL, f"they agree at {agreed} points")
    return Found(EQUAL, f"they agree at {points.COUNT} points, at {agreed} of them to {DIGITS - 4} digits")


def _alone(gold: Expr, answer: Expr, casting: Cast, values: dict[str, np.ndarray]) -> int | None:
    """A point of the first at which only one of the two has a value."""
    for place in range(_FIRST_POINTS):
        try:
            if one_sided(gold, answer, casting, {name: array[place].item() for name, array in values.items()}):
                return place
        except Undecided:
            continue
    return None


_FIRST_POINTS = 9


def _confirmed(gold: Expr, answer: Expr, casting: Cast, tried: list[dict[str, Any]], wanted: int) -> Found | int | None:
    """At how many points both agree to many digits; the verdict where they differ, None where too few tell.

    Raises Undecided where too many points cannot be computed.
    """
    agreed = zeros = 0
    failures: list[Undecided] = []
    for point in tried:
        try:
            found = agree(gold, answer, casting, point, thorough=agreed == 0)
        except Undecided as error:  # sin(e^3000) cannot be computed; at other points it can
            failures.append(error)
            if len(failures) > _MOST_FAILURES:
                raise
            continue
        if found is None:
            continue
        if not found:
            return Found(DIFFERENT, f"they differ {_where(point)}")
        agreed += 1
        zeros += found is ZERO
        if agreed - zeros >= wanted:
            return agreed
    if agreed < LEAST_VALID and failures:
        raise failures[0]
    return None if agreed < LEAST_VALID or 0 < agreed - zeros < LEAST_VALID else agreed


def _where(point: dict[str, Any]) -> str:
    letters = [f"{name} = {value:.6g}" for name, value in point.items() if not is_hidden(name)]
    return "at " + ", ".join(letters[:4]) if letters else "for some entries"


_NOISE = 1e-12


def _doubles(gold: Expr, answer: Expr, casting: Cast, values: dict[str, np.ndarray]) -> _Look | None:
    """A look at all points in doubles; None where they cannot evaluate the pair."""
    algebra = Doubles(casting.imaginary, casting.is_complex, points.COUNT)
    try:
        with np.errstate(all="ignore"):
            one, other = (
                np.broadcast_to(np.asarray(Walker(algebra, values)(expr)), (points.COUNT,)) for expr in (gold, answer)
            )
            difference = np.abs(one - other)
            size = np.maximum(np.abs(one), np.abs(other))
            valid = np.isfinite(difference) & np.isfinite(size)
            apart = valid & (difference > _CLOSE_DOUBLES * size)
            lonely = (np.isnan(one) & np.isfinite(other)) | (np.isnan(other) & np.isfinite(one))
    except (Unsupported, Undefined):
        return None
    far, close = np.flatnonzero(apart).tolist(), np.flatnonzero(valid & ~apart).tolist()
    if far:  # where both are 0, as sin(n pi / 2) at n = 6, they differ by noise
        far = [place for place in far if size[place] > _NOISE] or far
        return _Look(far[:3] + _spread(close), False, None)
    alone = np.flatnonzero(lonely).tolist()
    return _Look(_spread(close), True, alone[0] if alone else None)


def _spread(places: list[int], count: int = _CONFIRMATIONS) -> list[int]:
    """A few places from all bands first, then the others."""
    if len(places) <= count:
        return places
    step = (len(places) - 1) / (count - 1)
    first = [places[round(step * number)] for number in range(count)]
    return first + [place for place in places if place not in first]
