"""Decides whether two equations or inequalities say the same."""

from __future__ import annotations

from itertools import pairwise

from grader.equality import points
from grader.equality.keys import key
from grader.equality.precise import Precise
from grader.equality.regions import is_empty, region_of, same_region, variables_of
from grader.equality.roles import cast
from grader.equality.scalars import Habits, compare_scalars
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found, NotScalar, Undefined
from grader.equality.walker import Walker
from grader.model.errors import Undecided
from grader.model.expressions import Expr, Name, Op, Relation

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!=", "~": "~"}
_CONFIRMATIONS = 4


def compare_relations(gold: Relation, answer: Relation, habits: Habits) -> Found:
    """Whether two relations have the same solutions."""
    if key(gold) == key(answer):
        return Found(EQUAL, "both are the same statement")
    one, other = _pairs(gold), _pairs(answer)
    if len(one) == len(other) == 1:
        found = _compare_single(one[0], other[0], habits)
        if found is not None:
            return found
    elif len(one) == len(other) and (found := _compare_chains(one, other, habits)) is not None:
        return found
    return compare_solutions(gold, answer)


_Pair = tuple[str, Expr, Expr]


def _pairs(relation: Relation) -> list[_Pair]:
    """The single relations of a chain, those that point down turned round."""
    found: list[_Pair] = []
    for op, (one, other) in zip(relation.ops, pairwise(relation.operands), strict=True):
        if one is None or other is None:
            raise Undecided("this relation has one side only", *relation.place)
        op = "=" if op == "~" else op
        found.append((_MIRRORED[op], other, one) if op in (">", ">=") else (op, one, other))
    return found


def _compare_single(gold: _Pair, answer: _Pair, habits: Habits) -> Found | None:
    """One relation each: the same right side for the same letter, or the same up to a factor."""
    (op, g_left, g_right), (other_op, a_left, a_right) = gold, answer
    for left, right in ((a_left, a_right), (a_right, a_left)):
        same_side = isinstance(g_left, Name) and key(g_left) == key(left)
        if op == other_op and same_side and (op in ("=", "!=") or left is a_left):
            found = compare_scalars(g_right, right, habits)
            if found.verdict == EQUAL:
                return Found(EQUAL, "both give the same for the same letter")
    sign = _factor_sign(_difference(g_left, g_right), _difference(a_left, a_right), habits)
    if sign is None:
        return None
    if op in ("=", "!="):
        same = op == other_op
    else:
        same = sign > 0 and op == other_op
    return Found(
        EQUAL if same else DIFFERENT,
        "both sides differ by a constant factor"
        if same
        else "the sides are the same up to a factor, but not the relation",
    )


def _compare_chains(gold: list[_Pair], answer: list[_Pair], habits: Habits) -> Found | None:
    """`0 < x < 2`, link by link in any order."""
    left = list(answer)
    for one in gold:
        for other in left:
            found = _compare_single(one, other, habits)
            if found is not None and found.verdict == EQUAL:
                left.remove(other)
                break
        else:
            return None
    return Found(EQUAL, "both chains say the same, link by link")


def _difference(one: Expr, other: Expr) -> Expr:
    return Op("add", (one, Op("neg", (other,), other.place)), one.place)


def _factor_sign(gold: Expr, answer: Expr, habits: Habits) -> int | None:
    """The sign of the constant factor between two expressions; None if there is none."""
    casting = cast((gold, answer), habits.imaginary)
    if not casting.roles:
        return None
    values = points.values_of(casting.roles)
    algebra = Precise(40, casting.imaginary, casting.is_complex)
    mp = algebra.mp
    ratio, seen = None, 0
    for place in range(points.COUNT):
        point = {name: mp.mpmathify(array[place].item()) for name, array in values.items()}
        try:
            one, other = Walker(algebra, point)(gold), Walker(algebra, point)(answer)
        except (Undefined, NotScalar, ValueError, ZeroDivisionError):
            continue
        if abs(one) < mp.mpf("1e-30") or abs(other) < mp.mpf("1e-30"):
            if abs(one) < mp.mpf("1e-30") and abs(other) < mp.mpf("1e-30"):
                continue
            return None
        current = other / one
        if ratio is None:
            ratio = current
        elif abs(current - ratio) > mp.mpf("1e-25") * abs(ratio):
            return None
        seen += 1
        if seen >= _CONFIRMATIONS + 2:
            break
    if ratio is None or seen < _CONFIRMATIONS:
        return None
    if type(ratio) is mp.mpc:
        return 1 if abs(ratio.imag) > 0 or ratio.real > 0 else -1
    return 1 if ratio > 0 else -1


def compare_solutions(gold: Expr, answer: Expr) -> Found:
    """Two statements about one letter, as sets of real numbers."""
    letters = variables_of(gold) | variables_of(answer)
    if len(letters) > 1:
        shared = variables_of(gold) & variables_of(answer)
        if not shared or variables_of(gold) != variables_of(answer):
            return Found(DIFFERENT, "they are about different letters")
        return _compare_truth(gold, answer, sorted(letters))
    variable = next(iter(letters), "x")
    one, other = region_of(gold, variable), region_of(answer, variable)
    if not same_region(one, other):
        return Found(DIFFERENT, "they hold for different numbers")
    if is_empty(one) and not _is_set(gold) and not _is_set(answer):
        return Found(UNDECIDED, "no real number was found for which either of them holds")
    return Found(EQUAL, "both hold for the same real numbers")


def _is_set(expr: Expr) -> bool:
    return not isinstance(expr, Relation)


def _compare_truth(gold: Expr, answer: Expr, letters: list[str]) -> Found:
    """Statements about several letters: a point where one holds and the other does not tells them apart."""
    values = points.values_of(dict.fromkeys(letters, points.ANY))
    algebra = Precise(40, frozenset(), False)
    for place in range(points.COUNT):
        point = {name: algebra.mp.mpmathify(array[place].item()) for name, array in values.items()}
        try:
            one, other = Walker(algebra, point)(gold), Walker(algebra, point)(answer)
        except (ArithmeticError, Undecided, ValueError):
            continue
        if bool(one) != bool(other):
            return Found(DIFFERENT, "one of them holds where the other does not")
    if isinstance(gold, Relation) and isinstance(answer, Relation) and gold.ops == answer.ops == ("=",):
        return _compare_zeros(gold, answer, letters)
    return Found(UNDECIDED, "they hold for the same sampled numbers, but may differ elsewhere")


def _compare_zeros(gold: Relation, answer: Relation, letters: list[str]) -> Found:
    """Two equations in several letters, on points that solve one of them."""
    tested = 0
    for one, other in ((gold, answer), (answer, gold)):
        here = 0
        for point in _solutions(_sides(one), letters):
            if not _vanishes(_sides(other), point):
                return Found(DIFFERENT, "a solution of one of them does not solve the other")
            here += 1
        if here < _CONFIRMATIONS:
            return Found(UNDECIDED, "too few solutions were found to compare these equations")
        tested += here
    return Found(UNDECIDED, f"both are solved by the same {tested} sampled points, but may have others")


def _sides(relation: Relation) -> Expr:
    one, other = relation.operands[:2]
    assert one is not None and other is not None
    return _difference(one, other)


def _solutions(expr: Expr, letters: list[str]) -> list[dict[str, object]]:
    """Points that make an expression zero, by the secant method in each letter."""
    algebra = Precise(40, frozenset(), False)
    mp, found = algebra.mp, []
    values = points.values_of(dict.fromkeys(letters, points.ANY))
    for place in range(0, 12):
        point = {name: mp.mpmathify(array[place].item()) for name, array in values.items()}
        letter = letters[place % len(letters)]

        def at(value: object, point: dict[str, object] = point, letter: str = letter) -> object:
            return Walker(algebra, point | {letter: value})(expr)

        try:
            root = mp.findroot(at, (point[letter], point[letter] * mp.mpf("1.1")), tol=mp.mpf("1e-50"), maxsteps=40)
        except (ArithmeticError, ValueError):
            continue
        found.append(point | {letter: root})
    return found


def _vanishes(expr: Expr, point: dict[str, object]) -> bool:
    algebra = Precise(40, frozenset(), False)
    try:
        return bool(abs(Walker(algebra, point)(expr)) < algebra.mp.mpf("1e-15"))
    except ArithmeticError:
        return True  # a hole of the other equation is no contradiction
