"""Values for every whole number: `x = \\pi n, n \\in \\mathbb Z` is the same set whatever the letter is called.

Each value is an arithmetic progression, or several if it only repeats after a few steps (an alternating sign). Two
unions of progressions are equal when they hold the same rests for a common period.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from grader.equality.kinks import has_fine_numbers
from grader.equality.precise import Precise
from grader.equality.roles import CONSTANTS
from grader.equality.scalars import Habits
from grader.equality.slopes import substitute
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found, NotScalar, Undefined, Unsupported
from grader.equality.walker import Walker
from grader.model.errors import Undecided
from grader.model.expressions import Expr, Group, Name, Op, Relation, names_in
from grader.model.records import NamedTuple

COUNTERS = frozenset("nkmljpqrst")
_SETS = ("ℤ", "ℕ")
_Decide = Callable[[Expr, Expr, Habits], Found]
_REACH, _MOST_STEPS, _MOST_RESTS, _MOST_PERIOD = 7, 4, 200, 1000
_NOWHERE = (0, 0)


class _Family(NamedTuple):
    label: str  # the letter that has these values, "" if none is named
    values: tuple[Expr, ...]
    counter: str
    members: str  # the set of the counter, "" if nothing is said


def compare_families(gold: Expr, answer: Expr, habits: Habits, decide: _Decide) -> Found | None:
    """Two sets of values with a whole number in them; None where neither side says that a letter is one."""
    one, other = _family(gold), _family(answer)
    if one is None and other is None:
        return None
    if one is None:
        one = _undeclared(gold)
    if other is None:
        other = _undeclared(answer)
    if one is None or other is None:
        if all(any(tells_counter(item) for item in statements_in(expr)) for expr in (gold, answer)):
            return Found(UNDECIDED, "which letter is a whole number is not certain")
        return None
    if one.label and other.label and one.label != other.label:
        return Found(UNDECIDED, "they give values to different letters")
    members = {one.members or other.members, other.members or one.members}
    renamed = [substitute(value, other.counter, Name(one.counter, _NOWHERE)) for value in other.values]
    same = [_bare(values) for values in (one.values, tuple(renamed))]
    alike = decide(same[0], same[1], habits)
    if alike.verdict == EQUAL:
        if len(members) > 1:
            return Found(UNDECIDED, "their letters run through different sets of whole numbers")
        return Found(EQUAL, "both have the same values for every whole number")
    if members != {"ℤ"} or any(_letters(family) for family in (one, other)):
        return Found(UNDECIDED, "whether they have the same values for all whole numbers is not certain")
    if has_fine_numbers(*one.values, *other.values):
        return Found(UNDECIDED, "numbers this small or large may hide a difference")
    return _compare_unions(one, other)


class Rests(NamedTuple):
    """Values for every whole number that are whole themselves: each rest, and what it repeats after."""

    label: str
    counter: str
    members: str
    rows: tuple[tuple[int, int], ...]  # none where some of the values are no whole numbers


def has_family(expr: Expr) -> bool:
    """Whether an expression gives values for every whole number, whether or not it says so of a letter."""
    return (_family(expr) or _undeclared(expr)) is not None


def whole_rests(expr: Expr) -> Rests | None:
    """The values of `x = 3 + 7k`, whether or not k is said to be a whole number; None for anything else.

    Raises Undecided where they are no arithmetic progressions of numbers.
    """
    family = _family(expr) or _undeclared(expr)
    if family is None:
        return None
    if has_fine_numbers(*family.values) or _letters(family):
        raise Undecided("whether these are whole numbers is not certain", *expr.place)
    rows = _rows(family)
    near = _algebra().mp.mpf(10) ** -25
    whole = all(step and abs(part - round(part)) < near for row in rows for step in row[1:] for part in row)
    found = tuple((round(start), abs(round(step))) for start, step in rows) if whole else ()
    return Rests(family.label, family.counter, family.members, found)


def equal_when_renamed(gold: Expr, answer: Expr, habits: Habits, decide: _Decide) -> bool:
    """Whether two formulas differ only in what a letter is called that may be a whole number: pi n and pi k."""
    mine, theirs = names_in(gold) - names_in(answer), names_in(answer) - names_in(gold)
    if "pi" not in names_in(gold) or not (len(mine) == len(theirs) == 1 and mine | theirs <= COUNTERS):
        return False
    renamed = substitute(answer, next(iter(theirs)), Name(next(iter(mine)), _NOWHERE))
    return decide(gold, renamed, habits).verdict == EQUAL


def other_parameter(gold: Expr, answer: Expr, habits: Habits, decide: _Decide) -> bool:
    """Whether two points that move along a line or a plane differ only in what the parameter is called."""
    mine = names_in(gold) - names_in(answer) - CONSTANTS
    theirs = names_in(answer) - names_in(gold) - CONSTANTS
    if not (len(mine) == len(theirs) == 1 and mine | theirs <= _PARAMETERS):
        return False
    if not any(isinstance(side, Group) and side.brackets in ("()", "[]") for side in (gold, answer)):
        return False
    renamed = substitute(answer, next(iter(theirs)), Name(next(iter(mine)), _NOWHERE))
    return decide(gold, renamed, habits).verdict == EQUAL


_PARAMETERS = frozenset(["t", "s", "r", "u", "k", "lambda", "mu", "tau"])


def _letters(family: _Family) -> frozenset[str]:
    return frozenset().union(*(names_in(value) for value in family.values)) - CONSTANTS - {family.counter}


def _bare(values: tuple[Expr, ...]) -> Expr:
    return values[0] if len(values) == 1 else Group("", values, values[0].place)


# -- reading ---------------------------------------------------------------------------------------------------


def _family(expr: Expr) -> _Family | None:
    """`x = pi n, n in Z`; `{pi n | n in Z}`; `x in {pi n | n in Z}`."""
    if isinstance(expr, Relation) and expr.ops == ("in",) and isinstance(expr.operands[0], Name):
        described = expr.operands[1]
        family = _family(described) if isinstance(described, Group) and described.brackets == "{|}" else None
        return family and family._replace(label=family.label or expr.operands[0].name)
    items = statements_in(expr)
    counters = [item for item in items if tells_counter(item)]
    if len(counters) != 1 or len(items) < 2:
        return None
    (counting,) = counters
    assert isinstance(counting, Relation)
    counter, members = counting.operands
    assert isinstance(counter, Name) and isinstance(members, Name)
    return _of_values(
        [item for item in items if item is not counting], counter.name, _NAMED.get(members.name, members.name)
    )


_NAMED = {"Z": "ℤ", "N": "ℕ"}


def statements_in(expr: Expr) -> list[Expr]:
    """What a list, a described set or statements joined by "and" and "or" are made of."""
    if isinstance(expr, Group) and expr.brackets in ("", "{|}"):
        return [inner for item in expr.items for inner in statements_in(item)]
    if isinstance(expr, Op) and expr.op in ("and", "or"):
        return [inner for arg in expr.args for inner in statements_in(arg)]
    return [expr]


def tells_counter(item: Expr) -> bool:
    """`n \\in \\mathbb Z`: says that a letter is a whole number."""
    if not isinstance(item, Relation) or item.ops != ("in",):
        return False
    name, members = item.operands
    return isinstance(name, Name) and isinstance(members, Name) and _NAMED.get(members.name, members.name) in _SETS


def _of_values(items: list[Expr], counter: str, members: str) -> _Family | None:
    labels: set[str] = set()
    values: list[Expr] = []
    for item in items:
        if isinstance(item, Relation):
            name, value = item.operands[0], item.operands[-1]
            if item.ops != ("=",) or not isinstance(name, Name) or value is None:
                return None
            labels.add(name.name)
            values.append(value)
        else:
            values.append(item)
    if len(labels) > 1 or not any(counter in names_in(value) for value in values):
        return None
    return _Family(next(iter(labels), ""), tuple(_unfolded(values)), counter, members)


def _unfolded(values: list[Expr]) -> list[Expr]:
    """Both signs of ±, each as a value of its own."""
    from grader.equality.normal import normalised

    found: list[Expr] = []
    for value in values:
        plain = normalised(value)
        found += plain.items if isinstance(plain, Group) and plain.brackets == "" else [plain]
    return found


def _undeclared(expr: Expr) -> _Family | None:
    """The same without a word about the letter, which has to be the only one."""
    items = statements_in(expr)
    values = [item.operands[-1] if isinstance(item, Relation) else item for item in items]
    letters = {name for value in values if value is not None for name in names_in(value)} - CONSTANTS
    if len(letters) != 1 or not letters <= COUNTERS:
        return None
    return _of_values(items, next(iter(letters)), "")


# -- comparing -------------------------------------------------------------------------------------------------


def _compare_unions(one: _Family, other: _Family) -> Found:
    rows = [_rows(family) for family in (one, other)]
    if any(not step for row in rows for _, step in row):
        return Found(UNDECIDED, "whether they have the same values for all whole numbers is not certain")
    mp = _algebra().mp
    base = abs(rows[0][0][1])
    steps = [_ratio(abs(step), base) for row in rows for _, step in row]
    if any(step is None for step in steps):
        return Found(DIFFERENT, "they repeat after different steps")
    known = [step for step in steps if step is not None]
    period = base * lcm(*(step.numerator for step in known)) / gcd(*(step.denominator for step in known))
    rests = [_rests(row, period) for row in rows]
    if any(len(rest) > _MOST_RESTS for rest in rests):
        return Found(UNDECIDED, "these values repeat too slowly to be compared")
    near = period * mp.mpf(10) ** -25
    for mine, theirs in (rests, rests[::-1]):
        for rest in mine:
            if not any(min(abs(rest - one), period - abs(rest - one)) < near for one in theirs):
                return Found(DIFFERENT, "one has a value that the other has for no whole number")
    return Found(EQUAL, "both have the same values for all whole numbers")


def _algebra() -> Precise:
    return Precise(40, frozenset(), False)


def _rows(family: _Family) -> list[tuple[Any, Any]]:
    """Start and step of every progression. Raises Undecided where a value is none."""
    found: list[tuple[Any, Any]] = []
    algebra = _algebra()
    mp = algebra.mp
    for value in family.values:
        try:
            at = {
                place: Walker(algebra, {family.counter: mp.mpf(place)})(value) for place in range(-_REACH, _REACH + 1)
            }
        except (Undefined, NotScalar, Unsupported, ZeroDivisionError) as error:
            raise Undecided("these values cannot be computed for every whole number", *value.place) from error
        for count in range(1, _MOST_STEPS + 1):
            steps = [at[place + count] - at[place] for place in range(-_REACH, _REACH + 1 - count)]
            if all(abs(step - steps[0]) <= mp.mpf(10) ** -30 * (1 + abs(steps[0])) for step in steps):
                found += [(at[place], steps[0]) for place in range(count)]
                break
        else:
            raise Undecided("these values are no arithmetic progression", *value.place)
    return found


def _ratio(step: Any, base: Any) -> Fraction | None:
    mp = _algebra().mp
    ratio = step / base
    for bottom in range(1, _MOST_PERIOD + 1):
        top = mp.nint(ratio * bottom)
        if abs(ratio * bottom - top) < mp.mpf(10) ** -25 and 0 < top <= _MOST_PERIOD:
            return Fraction(int(top), bottom)
    return None


def _rests(row: list[tuple[Any, Any]], period: Any) -> list[Any]:
    mp = _algebra().mp
    found: list[Any] = []
    for start, step in row:
        count = int(mp.nint(period / abs(step)))
        if count > _MOST_RESTS:
            raise Undecided("these values repeat too slowly to be compared")
        found += [mp.fmod(start + abs(step) * place, period) for place in range(count)]
    return [rest + period if rest < 0 else rest for rest in found]
