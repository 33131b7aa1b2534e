"""Congruences, `3x \\equiv 2 \\pmod 7`: the classes of whole numbers for which they hold.

The letters of a congruence are whole numbers. Polynomials with whole coefficients repeat after the modulus, so that
two congruences say the same when they hold for the same rests by a common multiple of their moduli. Several classes by
one modulus, `x \\equiv 2, 5 \\pmod 7`, are alternatives whatever joins them.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, product
from math import lcm

from grader.equality.keys import key
from grader.equality.normal import normalised
from grader.equality.progressions import (
    COUNTERS,
    compare_families,
    has_family,
    statements_in,
    tells_counter,
    whole_rests,
)
from grader.equality.roles import CONSTANTS
from grader.equality.scalars import Habits, exact_value
from grader.equality.slopes import substitute
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found, NotScalar, Undefined, Unsupported
from grader.model.errors import Undecided
from grader.model.expressions import Expr, Group, Name, Num, Op, Relation, names_in, walk
from grader.model.records import NamedTuple

_NOWHERE = (0, 0)
_MOST_RESTS = 5000  # combinations of rests of all letters
_MOST_LETTERS, _MOST_CLASSES, _LARGEST_EXPONENT = 12, 30, 10_000
_COUNTER = "k"
_PRIMES = (7, 11)  # in place of a letter that is a modulus
_Decide = Callable[[Expr, Expr, Habits], Found]
_Holds = frozenset[tuple[int, ...]]


class _Congruence(NamedTuple):
    """What leaves no rest by a modulus, all of it."""

    differences: tuple[Expr, ...]
    modulus: Expr
    left: Expr


class _NotWhole(Exception):
    """A congruence that is none between polynomials with whole coefficients."""


def compare_congruences(gold: Expr, answer: Expr, habits: Habits, decide: _Decide) -> Found | None:
    """Two congruences, or one beside the values of its solution, `x = 3 + 7k`; None where neither side is one."""
    if not any(isinstance(node, Op) and node.op == "mod" for expr in (gold, answer) for node in walk(expr)):
        return None
    one, other = _congruences(gold), _congruences(answer)
    if not (one or other) or key(gold) == key(answer):
        return None
    one, other = one or _remainders(gold), other or _remainders(answer)
    if _are_system(one) or _are_system(other):
        apart = any(isinstance(node, Op) and node.op == "or" for expr in (gold, answer) for node in walk(expr))
        told = _by_systems(one, other) if one and other and not apart else None
        return told or _surely(decide(gold, answer, habits), EQUAL)
    if one and other:
        return _compared(one, other, habits, decide)
    alone, beside = (one, answer) if one else (other, gold)
    if has_family(beside):
        return _compare_with_values(alone, beside, habits, decide)
    found = _surely(decide(gold, answer, habits), DIFFERENT)
    listed = not isinstance(beside, Relation) and any(
        isinstance(node, Op) and node.op == "mod" for node in walk(beside)
    )
    return Found(UNDECIDED, "which of these are congruences is not certain") if listed else found


def _by_systems(one: list[_Congruence], other: list[_Congruence]) -> Found | None:
    """Several that hold together, by their rests by a common multiple; None where these are too many."""
    try:
        letters, period = sorted(_letters(one) | _letters(other)), lcm(*map(_modulus_of, (*one, *other)))
        mine, theirs = (_rests_of_all(sides, letters, period) for sides in (one, other))
    except _NotWhole:
        return None
    return _told(mine, theirs, period ** len(letters))


def _rests_of_all(sides: list[_Congruence], letters: list[str], period: int) -> _Holds:
    """The rests for which all hold; several classes of one thing by one modulus are alternatives."""
    groups: dict[tuple[str, str], list[_Congruence]] = {}
    for side in sides:
        groups.setdefault((key(side.left), key(side.modulus)), []).append(side)
    return frozenset.intersection(*(_rests(group, letters, period) for group in groups.values()))


def _surely(found: Found, verdict: str) -> Found:
    """A verdict of this kind, or none."""
    return found if found.verdict == verdict else Found(UNDECIDED, "what these congruences say together is not certain")


# -- reading ---------------------------------------------------------------------------------------------------


def _congruences(expr: Expr) -> list[_Congruence]:
    """The congruences of a statement; none if it is anything else, or holds no letter."""
    found: list[_Congruence] = []
    letters = names_in(expr) - CONSTANTS
    counters: set[str] = set()
    for item in (part for said in statements_in(expr) for part in statements_in(_both_signs(said))):
        if tells_counter(item):
            counters |= names_in(item)
        elif isinstance(item, Relation) and (read := _congruence(item)) is not None:
            found.append(read)
        elif found and isinstance(item, Op) and item.op == "mod" and key(item.args[1]) == key(found[-1].modulus):
            left = found[-1].left  # x ≡ 2, 5 (mod 7)
            found.append(_Congruence((_difference(left, item.args[0]),), item.args[1], left))
        else:
            return []
    said = frozenset(name for one in found for side in (*one.differences, one.modulus) for name in names_in(side))
    if found and counters and len(said - CONSTANTS) > 1:
        raise Undecided("which letter runs through all whole numbers is not certain", *expr.place)
    return found if letters else []


def _are_system(sides: list[_Congruence]) -> bool:
    """Whether several congruences may hold together: they do not give several rests to one thing by one modulus."""
    return len({(key(side.left), key(side.modulus)) for side in sides}) > 1


def _both_signs(item: Expr) -> Expr:
    signed = any(isinstance(node, Op) and node.op in ("pm", "mp") for node in walk(item))
    return normalised(item) if signed else item


def _congruence(item: Relation) -> _Congruence | None:
    """`x mod 7 = 3 mod 7`, as `\\pmod` is read; None for anything else."""
    sides = [side for side in item.operands if isinstance(side, Op) and side.op == "mod"]
    if set(item.ops) != {"="} or len(sides) < len(item.operands) or len({key(side.args[1]) for side in sides}) > 1:
        return None
    parts = tuple(_difference(one.args[0], other.args[0]) for one, other in pairwise(sides))
    return _Congruence(parts, sides[0].args[1], sides[0].args[0])


def _remainders(expr: Expr) -> list[_Congruence]:
    """`x mod 7 = 3`, beside a congruence; none for anything else."""
    if not (isinstance(expr, Relation) and expr.ops == ("=",)):
        return []
    for side, rest in (expr.operands, expr.operands[::-1]):
        if not (isinstance(side, Op) and side.op == "mod" and isinstance(rest, Num) and isinstance(rest.value, int)):
            continue
        by = side.args[1]
        if names_in(side.args[0]) and isinstance(by, Num) and 0 <= rest.value < by.value:
            return [_Congruence((_difference(side.args[0], rest),), by, side.args[0])]
    return []


def _difference(one: Expr, other: Expr) -> Expr:
    return Op("add", (one, Op("neg", (other,), other.place)), one.place)


# -- comparing -------------------------------------------------------------------------------------------------


def _compared(one: list[_Congruence], other: list[_Congruence], habits: Habits, decide: _Decide) -> Found:
    if len(one) == len(other) == 1 and _same_difference(one[0], other[0], habits, decide):
        return Found(EQUAL, "both say that the same leaves no rest by the same modulus")
    mine, theirs = _letters(one), _letters(other)
    if mine != theirs and mine & theirs and mine ^ theirs <= COUNTERS:
        return Found(UNDECIDED, "a letter of one of them may be any whole number")
    try:
        return _by_rests(one, other)
    except _NotWhole:
        pass
    families = _family_of(one, _COUNTER), _family_of(other, _COUNTER)
    if families[0] is not None and families[1] is not None:
        found = compare_families(families[0], families[1], habits, decide)
        if found is not None and found.verdict == EQUAL:
            return found
    return Found(UNDECIDED, "whether these congruences hold for the same whole numbers is not certain")


def _family_of(sides: list[_Congruence], counter: str) -> Expr | None:
    """`x = a + k m, k in Z` for `x ≡ a (mod m)`; None for what is not solved for a letter."""
    side = sides[0]
    (difference, *more) = side.differences
    assert isinstance(difference, Op)
    rest = difference.args[1].args[0] if isinstance(difference.args[1], Op) else None
    taken = names_in(difference) | names_in(side.modulus)
    if len(sides) > 1 or more or rest is None or not isinstance(side.left, Name) or counter in taken:
        return None
    if side.left.name in names_in(rest) | names_in(side.modulus) | CONSTANTS or not _is_plain(rest, side.modulus):
        return None
    step = Op("mul", (Name(counter, _NOWHERE), side.modulus), _NOWHERE, "·")
    values = Relation((side.left, Op("add", (rest, step), _NOWHERE)), ("=",), _NOWHERE)
    return Group("", (values, Relation((Name(counter, _NOWHERE), Name("ℤ", _NOWHERE)), ("in",), _NOWHERE)), _NOWHERE)


def _is_plain(rest: Expr, modulus: Expr) -> bool:
    """Whether a rest is no inverse, as 1/2 is by a whole number: by pi, a half is a half."""
    if "pi" in names_in(modulus):
        return True
    nodes = [*walk(rest), *walk(modulus)]
    inverse = any(isinstance(node, Op) and node.op in ("div", "pow") for node in nodes)
    return not inverse and all(isinstance(node.value, int) for node in nodes if isinstance(node, Num))


def _same_difference(one: _Congruence, other: _Congruence, habits: Habits, decide: _Decide) -> bool:
    """Whether the same modulus divides the same difference, or its opposite."""
    if key(one.modulus) != key(other.modulus) or len(one.differences) > 1 or len(other.differences) > 1:
        return False
    mine, theirs = one.differences[0], other.differences[0]
    turned = Op("neg", (theirs,), theirs.place)
    return any(decide(mine, side, habits).verdict == EQUAL for side in (theirs, turned))


def _by_rests(one: list[_Congruence], other: list[_Congruence]) -> Found:
    """By all rests of the letters; a letter in place of the modulus is a prime number, which may tell them apart."""
    named = {side.modulus.name for side in (*one, *other) if isinstance(side.modulus, Name)}
    if not named:
        letters = sorted(_letters(one) | _letters(other))
        period = lcm(*(_modulus_of(side) for side in (*one, *other)))
        mine, theirs = (_rests(sides, letters, period) for sides in (one, other))
        return _told(mine, theirs, period ** len(letters))
    (name, *more) = named
    if more or any(name in names_in(part) for side in (*one, *other) for part in side.differences):
        raise _NotWhole
    for prime in _PRIMES:
        number = Num(prime, _NOWHERE, str(prime))
        sides = [[_with(side, name, number) for side in sides] for sides in (one, other)]
        if _by_rests(*sides).verdict == DIFFERENT:
            return Found(DIFFERENT, f"they hold for different rests by {prime}")
    raise _NotWhole


def _with(side: _Congruence, name: str, number: Num) -> _Congruence:
    differences = tuple(substitute(part, name, number) for part in side.differences)
    return _Congruence(differences, substitute(side.modulus, name, number), side.left)


def _told(mine: _Holds, theirs: _Holds, most: int) -> Found:
    if mine != theirs:
        return Found(DIFFERENT, "they hold for different classes of whole numbers")
    if not mine or len(mine) == most:
        return Found(UNDECIDED, "both hold for no whole number, or for all")
    return Found(EQUAL, "both hold for the same classes of whole numbers")


def _compare_with_values(sides: list[_Congruence], values: Expr, habits: Habits, decide: _Decide) -> Found:
    try:
        return _by_values(sides, values)
    except (_NotWhole, Undecided):
        family = _family_of(sides, _COUNTER)
        found = None if family is None else compare_families(family, values, habits, decide)
    if found is not None and found.verdict == EQUAL:
        return found
    return Found(UNDECIDED, "whether these values solve the congruence is not certain")


def _by_values(sides: list[_Congruence], values: Expr) -> Found:
    """A congruence in one letter, and values for every whole number, by the rests of both."""
    letters = _letters(sides)
    if len(letters) != 1:
        raise _NotWhole
    modulus = lcm(*(_modulus_of(side) for side in sides))
    _rests(sides, sorted(letters), modulus)
    family = whole_rests(values)
    if family is None or family.label not in ("", *letters) or family.label == family.counter:
        raise _NotWhole
    if family.members == "ℕ":
        return Found(UNDECIDED, "the values begin somewhere, where the congruence holds for all whole numbers")
    if not family.rows:
        return Found(DIFFERENT, "some of the values are no whole numbers")
    period = lcm(modulus, *(step for _, step in family.rows))
    mine = _rests(sides, sorted(letters), period)
    theirs = frozenset((rest,) for start, step in family.rows for rest in range(start % step, period, step))
    return _told(mine, theirs, period)


def _letters(sides: list[_Congruence]) -> frozenset[str]:
    parts = (part for side in sides for part in (*side.differences, side.modulus))
    return frozenset(name for part in parts for name in names_in(part)) - CONSTANTS


def _modulus_of(side: _Congruence) -> int:
    number = _constant(side.modulus)
    if not 1 <= number <= _MOST_RESTS:
        raise _NotWhole
    return number


def _rests(sides: list[_Congruence], letters: list[str], period: int) -> _Holds:
    """The rests of the letters by a period for which one of several congruences holds."""
    if len(letters) > _MOST_LETTERS or period ** len(letters) > _MOST_RESTS or len(sides) > _MOST_CLASSES:
        raise _NotWhole
    found: set[tuple[int, ...]] = set()
    for side in sides:
        modulus = _modulus_of(side)
        parts = [_polynomial(part, key(side.modulus)) for part in side.differences]
        here = set()
        for rests in product(range(period), repeat=len(letters)):
            at = dict(zip(letters, rests, strict=True))
            if not any(part(at, modulus) for part in parts):
                here.add(rests)
        if len(parts) > 1 and not here:
            raise Undecided("this chain of congruences contradicts itself", *side.left.place)
        found |= here
    return frozenset(found)


_Value = Callable[[dict[str, int], int], int]


def _polynomial(expr: Expr, modulus: str) -> _Value:
    """The rest of an expression by a modulus. Raises _NotWhole unless it is a polynomial with whole coefficients."""
    if not names_in(expr):
        number = _constant(expr)
        return lambda at, by: number % by
    if isinstance(expr, Name):
        if expr.name in CONSTANTS:
            raise _NotWhole
        return lambda at, by: at[expr.name] % by
    if not isinstance(expr, Op):
        raise _NotWhole
    if expr.op == "pow":
        base, exponent = _polynomial(expr.args[0], modulus), _constant(expr.args[1])
        if not 0 <= exponent <= _LARGEST_EXPONENT:
            raise _NotWhole
        return lambda at, by: pow(base(at, by), exponent, by)
    if expr.op == "mod" and key(expr.args[1]) == modulus:
        return _polynomial(expr.args[0], modulus)
    parts = [_polynomial(arg, modulus) for arg in expr.args]
    if expr.op == "add":
        return lambda at, by: sum(part(at, by) for part in parts) % by
    if expr.op == "neg":
        return lambda at, by: -parts[0](at, by) % by
    if expr.op == "mul" and len(parts) == 2:
        return lambda at, by: parts[0](at, by) * parts[1](at, by) % by
    raise _NotWhole


def _constant(expr: Expr) -> int:
    """The whole number that an expression without letters is."""
    if names_in(expr):
        raise _NotWhole
    try:
        value = exact_value(expr)
    except (Undefined, NotScalar, Unsupported, Undecided, ArithmeticError) as error:
        raise _NotWhole from error
    if value is None or value != int(value):
        raise _NotWhole
    return int(value)
