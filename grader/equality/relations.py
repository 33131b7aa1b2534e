"""Decides whether two equations or inequalities say the same."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from grader.equality import points
from grader.equality.cleared import cleared, divide_alike
from grader.equality.keys import key
from grader.equality.kinks import kinks_of
from grader.equality.precise import Precise
from grader.equality.quantities import has_unit
from grader.equality.regions import is_empty, region_of, same_region, variables_of
from grader.equality.scalars import Habits, casting_of, compare_scalars, exact_value
from grader.equality.sides import has_matrices, is_of_matrices, is_step, same_order, says_other, sides_agree
from grader.equality.signals import are_signals, compare_signals
from grader.equality.unknowns import as_unknowns, may_be_shifted
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found, Undefined
from grader.equality.walker import Walker
from grader.equality.zeros import compare_truth
from grader.model.errors import Undecided
from grader.model.expressions import Call, Expr, Index, Name, Num, Op, Relation, base_name, names_in

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!=", "~": "~"}
_CONFIRMATIONS = 4
_RATIO_DIGITS = 110  # (m - 1e-31)/(m - 2e-31) is nearly constant


def compare_relations(gold: Relation, answer: Relation, habits: Habits) -> Found:
    """Whether two relations have the same solutions."""
    if key(gold) == key(answer) and (same_order(gold, answer) or not has_matrices(gold, answer)):
        return Found(EQUAL, "both are the same statement")
    one, other = _pairs(gold), _pairs(answer)
    if any(_contradicts(side) for side in (gold, answer)):
        return Found(UNDECIDED, "a chain of equalities contradicts itself")
    if len(one) == len(other) == 1:
        if _defines_alike(one[0], other[0]):
            compared = compare_signals if are_signals(one[0][2], other[0][2]) else compare_scalars
            return compared(one[0][2], other[0][2], habits)
        found = _same_bound(one[0], other[0], habits) or _compare_single(one[0], other[0], habits)
        if found is not None:
            return found
    elif len(one) == len(other) and (found := _compare_chains(one, other, habits)) is not None:
        return found
    if (unknown := as_unknowns(gold, answer)) is not None:
        found = compare_relations(unknown.gold, unknown.answer, habits)
        if found.verdict != DIFFERENT or not unknown.dependent:
            return found
        return Found(UNDECIDED, "they differ, unless their terms depend on each other")
    found = compare_solutions(gold, answer)
    if found.verdict == DIFFERENT and may_be_shifted(gold, answer):
        return Found(UNDECIDED, "they may say the same of terms that are counted from another place")
    return found


def _defines_alike(gold: _Pair, answer: _Pair) -> bool:
    """Whether both give a value to the same term of a sequence, `a_n = ...`, which stands on no right side."""
    terms = [pair[1] for pair in (gold, answer) if pair[0] == "=" and isinstance(pair[1], Index)]
    if len(terms) != 2 or key(terms[0]) != key(terms[1]):
        return False
    return not any(base_name(terms[0]) in names_in(pair[2]) for pair in (gold, answer))


def _contradicts(chain: Relation) -> bool:
    """Whether two numbers of a chain are not equal, x = 5 + 2 = 8."""
    if len(chain.ops) < 2 or set(chain.ops) != {"="}:
        return False
    values = []
    for member in chain.operands[1:]:
        try:
            values.append(None if member is None else exact_value(member))
        except (ArithmeticError, Undecided):
            continue
    return len({value for value in values if value is not None}) > 1


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
    for one, value in ((g_left, g_right), (g_right, g_left)):
        for left, right in ((a_left, a_right), (a_right, a_left)):
            same_side = isinstance(one, Name | Index | Call) and key(one) == key(left) and op == other_op
            if not same_side or (op not in ("=", "!=") and (one is g_left) != (left is a_left)):
                continue
            from grader.equality.decide import decide

            found = decide(value, right, habits)
            if found.verdict == EQUAL:
                return Found(EQUAL, "both say the same of the same letter")
            if found.verdict == DIFFERENT and says_other(one, value, right, habits):
                return Found(DIFFERENT, "they say something else of the same letter")
    if op == other_op == "=" and key(g_left) == key(a_left) and is_step(g_left, g_right) and is_step(a_left, a_right):
        return compare_scalars(g_right, a_right, habits)
    if op == other_op == "=" and sides_agree((g_left, g_right), (a_left, a_right), habits):
        return Found(EQUAL, "both sides are the same")
    if has_unit(g_left) or has_unit(g_right) or has_unit(a_left) or has_unit(a_right):
        return Found(UNDECIDED, "these relations hold units")
    one, other = _difference(g_left, g_right), _difference(a_left, a_right)
    if op == other_op == "=" and any(map(is_of_matrices, (g_left, g_right, a_left, a_right))):
        return _compare_ordered(one, other, habits)
    sign = _factor_sign(one, other, habits)
    if sign is None:
        return _compare_cleared(gold, answer, habits) if op == other_op == "=" else None
    same = op == other_op and (op in ("=", "!=") or sign > 0)
    if same:
        return Found(EQUAL, "both sides differ by a constant factor")
    return Found(DIFFERENT, "the sides are the same up to a factor, but not the relation")


def _compare_ordered(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """Equations of matrices by the differences of their sides: as numbers, (AB)^{-1} = A^{-1}B^{-1} always holds."""
    from grader.equality.decide import decide

    for told in (answer, Op("neg", (answer,), answer.place)):
        if decide(gold, told, habits).verdict == EQUAL:
            return Found(EQUAL, "the differences of both sides agree for sampled matrices")
    return Found(UNDECIDED, "these are equations of matrices, whose factors have an order")


def _compare_cleared(gold: _Pair, answer: _Pair, habits: Habits) -> Found | None:
    """`y = 1/x` and `xy = 1`: the same up to a factor once nothing divides, where nothing that divided can be zero."""
    one, other = cleared(_difference(*gold[1:])), cleared(_difference(*answer[1:]))
    if one is None or other is None or not (one.below or other.below):
        return None
    if _factor_sign(one.top, other.top, habits) is None or not divide_alike(one, other, (gold[1:], answer[1:])):
        return None
    return Found(EQUAL, "both sides differ by a constant factor once no letter divides")


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


def _same_bound(gold: _Pair, answer: _Pair, habits: Habits) -> Found | None:
    """Equal for inequalities with a number alone in common, `1 <= y (w^T x + b)`, which bounds the same value."""
    from grader.equality.decide import decide

    (op, low, high), (other_op, other_low, other_high) = gold, answer
    if op != other_op or op == "=":
        return None
    for bound, other_bound, value, other in ((low, other_low, high, other_high), (high, other_high, low, other_low)):
        if isinstance(bound, Num) and key(bound) == key(other_bound):
            same = decide(value, other, habits).verdict == EQUAL
            return Found(EQUAL, "the same value has the same bound") if same else None
    return None


def _difference(one: Expr, other: Expr) -> Expr:
    if isinstance(other, Num) and other.value == 0:
        return one
    return Op("add", (one, Op("neg", (other,), other.place)), one.place)


def _factor_sign(gold: Expr, answer: Expr, habits: Habits) -> int | None:
    """The sign of the constant factor between two expressions; None if there is none, or one has no value somewhere."""
    casting = casting_of(gold, answer, habits)
    if not casting.roles:
        return None
    values = points.values_of(casting.roles)
    edges = kinks_of(gold, answer)
    if edges is not None and not casting.is_complex:
        values = points.near(values, casting.roles, edges)
    algebra = Precise(_RATIO_DIGITS, casting.imaginary, casting.is_complex)
    mp = algebra.mp
    ratio, seen = None, 0
    for place in range(points.COUNT):
        point = {name: mp.mpmathify(array[place].item()) for name, array in values.items()}
        one, other = (_at(expr, algebra, point) for expr in (gold, answer))
        if one is None or other is None or not one or not other:
            if (one is None) != (other is None) or (one is not None and bool(one) != bool(other)):
                return None
            continue
        current = other / one
        if ratio is None:
            ratio = current
        elif abs(current - ratio) > mp.mpf(10) ** (15 - _RATIO_DIGITS) * abs(ratio):
            return None
        seen += 1
    if ratio is None or seen < _CONFIRMATIONS:
        return None
    sign = -1 if mp.re(ratio) < 0 else 1
    if algebra.absorbed:  # a + 2y = e^{-t}, whose last term leaves no trace for some t
        told = answer if sign == 1 else Op("neg", (answer,), answer.place)
        return sign if compare_scalars(gold, told, habits).verdict == EQUAL else None
    return sign


def _at(expr: Expr, algebra: Precise, point: dict[str, Any]) -> Any:
    """The value at a point; None where there is none."""
    try:
        value = Walker(algebra, point)(expr)
    except (Undefined, ValueError, ZeroDivisionError):
        return None
    return value if algebra.mp.isfinite(value) else None


_NO_UNKNOWNS = frozenset(["i", "j", "k", "n", "m"])  # z = i or z = -i, x = n pi


def compare_solutions(gold: Expr, answer: Expr) -> Found:
    """Two statements about one letter, as sets of real numbers."""
    letters = variables_of(gold) | variables_of(answer)
    if len(letters) > 1:
        shared = variables_of(gold) & variables_of(answer)
        if not shared or variables_of(gold) != variables_of(answer):
            if shared and variables_of(gold) ^ variables_of(answer) <= _NO_UNKNOWNS:
                return Found(UNDECIDED, "a letter of one may be a whole number, or the imaginary unit")
            return Found(DIFFERENT, "they are about different letters")
        if _same_links(gold, answer):
            return Found(EQUAL, "both ask for the same, relation by relation")
        return compare_truth(gold, answer, sorted(letters))
    variable = next(iter(letters), "x")
    one, other = region_of(gold, variable), region_of(answer, variable)
    if not same_region(one, other):
        return Found(DIFFERENT, "they hold for different numbers")
    if is_empty(one) and not _is_set(gold) and not _is_set(answer):
        return Found(UNDECIDED, "no real number was found for which either of them holds")
    return Found(EQUAL, "both hold for the same real numbers")


def _same_links(gold: Expr, answer: Expr) -> bool:
    """Whether two statements ask for the same relations in any order: `0 < p < 1/n`, and `p > 0` and `p < 1/n`."""
    one, other = _links(gold), _links(answer)
    if not one or not other or len(one) != len(other):
        return False
    found = _compare_chains(one, other, Habits())
    return found is not None and found.verdict == EQUAL


def _links(expr: Expr) -> list[_Pair]:
    """The single inequalities that all have to hold; none where anything else is said."""
    if isinstance(expr, Relation):
        known = all(op in _MIRRORED and op not in ("=", "~") for op in expr.ops)
        return _pairs(expr) if known and None not in expr.operands else []
    if not isinstance(expr, Op) or expr.op != "and":
        return []
    parts = [_links(arg) for arg in expr.args]
    return [link for part in parts for link in part] if all(parts) else []


def _is_set(expr: Expr) -> bool:
    return not isinstance(expr, Relation)
