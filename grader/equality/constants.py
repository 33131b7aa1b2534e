"""Free constants: `C e^{kx}` and `A e^{kx}` are one family of functions where the reference declares C a constant."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

from grader.equality import points
from grader.equality.keys import key
from grader.equality.precise import Precise
from grader.equality.roles import CONSTANTS
from grader.equality.scalars import Habits, compare_scalars
from grader.equality.slopes import substitute
from grader.equality.structures import role_of
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found
from grader.equality.walker import Walker
from grader.model.errors import Undecided
from grader.model.expressions import Expr, Name, Op, names_in
from grader.model.records import NamedTuple

CONSTANT, ANY_CONSTANT = "constant", "any constant"  # the second one may have a value, or be left out
_MOST = 4  # constants of one family
_DIGITS = 60
_STEPS = 4_000
_FITS = 1e-35
_VARIABLES = ("x", "t", "y", "z")  # on which a solution depends, where other letters are parameters
_MEMBERS = ("0.71", "-1.3", "2.9", "-0.4")  # values of one constant, whose member the other family has to have
_STARTS = ("0.5", "-0.8", "2.2", "-3.1")
_CHECKED = 6

_MEMBER = Found(EQUAL, "it is one of the family, in which the constants may have any values")
_ONE = Found(DIFFERENT, "it holds for some values of the constants, which may have any")
_SAME = Found(EQUAL, "both are the same family, whatever the constants are called")
_OTHER = Found(DIFFERENT, "they are not the same for any values of the constants")
_OPEN = Found(UNDECIDED, "whether the constants make both the same is not certain")
_NARROWER = Found(UNDECIDED, "both are the same family where both have a value, but one has none where the other does")


class _Family(NamedTuple):
    """A formula with free constants, and the letters that it depends on."""

    expr: Expr
    constants: tuple[str, ...]


def compare_up_to_constants(gold: Expr, answer: Expr, habits: Habits) -> Found | None:
    """Two formulas as families of functions; None where the reference has no letter that is declared a constant.

    The constants of the answer are its own letters, and those that are declared. Families that are linear in their
    constants are compared as spaces of functions; others by renaming, or by searching the member of the other family,
    for one constant alone.
    """
    declared = {name for name, kind in habits.structures.items() if kind in (CONSTANT, ANY_CONSTANT)}
    mine = tuple(sorted(names_in(gold) & declared))
    if not mine:
        return None
    if habits.several and key(gold) != key(answer):
        return _OPEN
    letters = names_in(gold) - declared
    theirs = tuple(sorted(names_in(answer) - letters - CONSTANTS - habits.imaginary))
    if len(mine) > _MOST or len(theirs) > _MOST or (habits.imaginary & (names_in(gold) | names_in(answer))):
        return _OPEN
    plain = habits._replace(structures={name: kind for name, kind in habits.structures.items() if name not in declared})
    if len(theirs) == len(mine) and is_renamed(gold, answer, (mine, theirs), plain):
        return _SAME
    one, other = _Family(gold, mine), _Family(answer, theirs)
    settings = _settings(sorted(letters - CONSTANTS), plain)
    loose = all(habits.structures[name] == ANY_CONSTANT for name in mine)
    found = [_compare_at(one, other, setting, loose) for setting in settings]
    return next((verdict for verdict in (_OTHER, _ONE, _OPEN, _NARROWER, _MEMBER) if verdict in found), _SAME)


def lacks_values(one: Expr, other: Expr, habits: Habits) -> bool:
    """Whether the other formula has no value somewhere where the one has: ln x beside 1/x."""
    letters = sorted((names_in(one) | names_in(other)) - CONSTANTS)
    families = (_Family(one, ()), _Family(other, ()))
    pairs = (tuple(_value(family, point, ()) for family in families) for point in _settings(letters, habits)[0])
    return any(mine is not None and theirs is None for mine, theirs in pairs)


def is_renamed(gold: Expr, answer: Expr, names: tuple[tuple[str, ...], tuple[str, ...]], habits: Habits) -> bool:
    """Whether other names for the constants alone make both equal."""
    mine, theirs = names
    for order in permutations(theirs):
        tried = answer
        for number, name in enumerate(order):  # by way of names that nobody types
            tried = substitute(tried, name, Name(f"constant {number}", answer.place))
        for number, name in enumerate(mine):
            tried = substitute(tried, f"constant {number}", Name(name, answer.place))
        if compare_scalars(gold, tried, habits).verdict == EQUAL:
            return True
        if len(mine) == 1:  # 1/(x + C) and 1/(x - A)
            turned = substitute(tried, mine[0], Op("neg", (Name(mine[0], answer.place),), answer.place))
            return compare_scalars(gold, turned, habits).verdict == EQUAL
        if len(mine) > 2:
            break
    return False


_Points = list[dict[str, Any]]


def _settings(letters: list[str], habits: Habits) -> list[_Points]:
    """Points along the letters that a solution depends on, the others held: a constant may depend on these.

    Where no letter is known to be one of them, all vary.
    """
    mp = Precise(_DIGITS, frozenset(), False).mp
    roles = {name: role_of(habits.structures.get(name, "")) or points.NEAR for name in letters}
    values = points.values_of(roles)
    found = [{name: mp.mpf(array[place].item()) for name, array in values.items()} for place in range(points.COUNT)]
    along = [name for name in _VARIABLES if name in letters]
    if not along or len(letters) == len(along):
        return [found]
    return [[{**held, **{name: point[name] for name in along}} for point in found] for held in found[:3]]


def _compare_at(one: _Family, other: _Family, setting: _Points, loose: bool = False) -> Found:
    tables = [_linear(family, setting) for family in (one, other)]
    if tables[0] is not None and tables[1] is not None:
        found = _compare_spaces(*_both_valid(tables[0], tables[1]), loose)
        alone = any((a is None) != (b is None) for a, b in zip(tables[0], tables[1], strict=True))
        return _NARROWER if alone and found in (_SAME, _MEMBER) else found  # ln x + C for ln|x| + C
    if len(one.constants) == len(other.constants) == 1:
        members = [_has_members(a, b, setting) for a, b in ((one, other), (other, one))]
        return _SAME if all(members) else _OPEN
    return _OPEN


def _value(family: _Family, point: dict[str, Any], constants: tuple[Any, ...]) -> Any | None:
    algebra = Precise(_DIGITS, frozenset(), False)
    try:
        value = Walker(algebra, {**point, **dict(zip(family.constants, constants, strict=True))}, _STEPS)(family.expr)
    except (ArithmeticError, ValueError, Undecided):
        return None
    return value if algebra.mp.isfinite(value) else None


# -- families that are linear in their constants ---------------------------------------------------------------

_Row = list[Any]  # what is without constants, then the factor of each; all None where there is no value


def _linear(family: _Family, setting: _Points) -> list[_Row | None] | None:
    """The rows of a family at each point; None where it is not linear in its constants."""
    mp = Precise(_DIGITS, frozenset(), False).mp
    count = len(family.constants)
    zero = tuple(mp.mpf(0) for _ in range(count))
    mixed = tuple(mp.mpf(3 * number + 2) / 7 for number in range(count))
    rows: list[_Row | None] = []
    for point in setting:
        base, both = _value(family, point, zero), _value(family, point, mixed)
        units = [_value(family, point, (*zero[:k], mp.mpf(1), *zero[k + 1 :])) for k in range(count)]
        doubled = [_value(family, point, (*zero[:k], mp.mpf(-2), *zero[k + 1 :])) for k in range(count)]
        if base is None or both is None or None in units or None in doubled:
            rows.append(None)
            continue
        factors = [unit - base for unit in units]
        size = max(abs(both), abs(base), *(abs(factor) for factor in factors), mp.mpf("1e-20"))
        straight = all(
            abs(two - base + 2 * factor) <= _FITS * size for two, factor in zip(doubled, factors, strict=True)
        )
        total = base + sum((c * factor for c, factor in zip(mixed, factors, strict=True)), mp.mpf(0))
        if not straight or abs(total - both) > _FITS * size:
            return None
        rows.append([base, *factors])
    return rows


def _both_valid(one: list[_Row | None], other: list[_Row | None]) -> tuple[list[_Row], list[_Row]]:
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]
    return [a for a, _ in pairs], [b for _, b in pairs]


def _compare_spaces(one: list[_Row], other: list[_Row], loose: bool) -> Found:
    """Whether both families are the same space of functions, moved by the same function; or one holds the other."""
    if len(one) < 2 * _MOST or _drowns(one, other):
        return _OPEN
    mine, theirs = [row[1:] for row in one], [row[1:] for row in other]
    together = [a + b for a, b in zip(mine, theirs, strict=True)]
    moved = [[*row, a[0] - b[0]] for row, a, b in zip(together, one, other, strict=True)]
    rank = _rank(mine)
    if rank == _rank(theirs) == _rank(together) == _rank(moved):
        return _SAME
    if rank != _rank(together) or rank != _rank(moved):
        return _OTHER
    return _MEMBER if loose else _ONE


def _drowns(one: list[_Row], other: list[_Row]) -> bool:
    """Whether a number beside one of them is so large that nothing else can be seen: `x + 10^{40}`."""
    sizes = [max(abs(row[0]) for row in rows) for rows in (one, other)]
    return bool(max(sizes) > _LARGEST * max(min(sizes), 1))


_LARGEST = 10**12


def _rank(rows: list[_Row]) -> int:
    """By elimination, each column scaled to the size of its largest entry."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    columns = [[entry / size for entry in column] for column in columns if (size := max(map(abs, column)))]
    rank = 0
    used: set[int] = set()
    for column in columns:
        free = [place for place in range(len(column)) if place not in used]
        pivot = max(free, key=lambda place: abs(column[place]))
        if abs(column[pivot]) <= _FITS:
            continue
        used.add(pivot)
        rank += 1
        for later in columns[columns.index(column) + 1 :]:
            factor = later[pivot] / column[pivot]
            for place in range(len(later)):
                later[place] -= factor * column[place]
    return rank


# -- families with one constant --------------------------------------------------------------------------------


def _has_members(one: _Family, other: _Family, setting: _Points) -> bool:
    """Whether members of one family were found in the other: by a search at one point, a look at several others."""
    mp = Precise(_DIGITS, frozenset(), False).mp
    for member in _MEMBERS:
        wanted = [(point, value) for point in setting if (value := _value(one, point, (mp.mpf(member),))) is not None]
        if len(wanted) < _CHECKED or not _is_member(other, wanted[:_CHECKED]):
            return False
    return True


def _is_member(family: _Family, wanted: list[tuple[dict[str, Any], Any]]) -> bool:
    mp = Precise(_DIGITS, frozenset(), False).mp
    point, value = wanted[0]

    def apart(constant: Any) -> Any:
        found = _value(family, point, (constant,))
        if found is None:
            raise ValueError("no value")
        return found - value

    for start in _STARTS:
        if (root := _root(apart, mp.mpf(start))) is None:
            continue
        found = [_value(family, there, (root,)) for there, _ in wanted]
        if all(
            a is not None and abs(a - b) <= 1e-25 * max(abs(a), abs(b)) for a, (_, b) in zip(found, wanted, strict=True)
        ):
            return True
    return False


def _root(function: Callable[[Any], Any], start: Any) -> Any | None:
    mp = Precise(_DIGITS, frozenset(), False).mp
    try:
        return mp.findroot(function, (start, start * mp.mpf("1.1")), tol=mp.mpf("1e-80"), maxsteps=60)
    except (ArithmeticError, ValueError):
        return None
