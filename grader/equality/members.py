"""Lists, sets and bare values: entry by entry, or each member with a partner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from grader.equality.domains import split_domain
from grader.equality.keys import key
from grader.equality.regions import variables_of
from grader.equality.relations import compare_solutions
from grader.equality.roles import CONSTANTS
from grader.equality.scalars import Habits, exact_value
from grader.equality.symmetric import same_everywhere
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found, Undefined
from grader.model.expressions import Expr, Group, Name, Op, Relation, names_in

_MOST_ITEMS = 60


def _decide(gold: Expr, answer: Expr, habits: Habits) -> Found:
    from grader.equality.decide import decide

    return decide(gold, answer, habits)


def _one_of(count: int, habits: Habits) -> Habits:
    """The habits for one of several members: (C e^t, C e^t) and (A e^t, B e^t) are not alike in each by itself."""
    return habits._replace(several=True) if count > 1 else habits


def list_or_bare(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """A list in brackets, and values without any."""
    assert isinstance(gold, Group) and isinstance(answer, Group)
    if any(isinstance(item, Relation) for item in (*gold.items, *answer.items)):
        return Found(UNDECIDED, "which value belongs to which place is not certain")
    found = compare_lists(gold, answer, habits)
    listed = gold if gold.brackets else answer
    if found.verdict == EQUAL and may_be_interval(listed):  # p = 1/4 and p = 3/4 for [1/4, 3/4]
        return Found(UNDECIDED, "two numbers without brackets are a list, but no interval")
    return found


def may_be_interval(group: Group) -> bool:
    """Whether two numbers in brackets may be the ends of an interval: [1/4, 3/4], (-sqrt(2), sqrt(2))."""
    if len(group.items) != 2 or any(isinstance(item, Group) or names_in(item) - CONSTANTS for item in group.items):
        return False
    try:
        low, high = (exact_value(item) for item in group.items)
    except Undefined:
        return False
    return low is None or high is None or low < high


def compare_lists(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """Two lists in brackets, or matrices as lists of their rows: entry by entry."""
    assert isinstance(gold, Group) and isinstance(answer, Group)
    pairs = len(gold.items) == len(answer.items) == 2 and {gold.brackets, answer.brackets} == {"()", "[]"}
    if pairs and not _is_nested(gold) and not _is_nested(answer):
        inside = in_order(list(gold.items), list(answer.items), habits)
        if inside.verdict != DIFFERENT:
            return Found(UNDECIDED, "round and square brackets mean two intervals, or one list")
    if _is_nested(gold) != _is_nested(answer):
        gold, answer = _as_vector(gold), _as_vector(answer)
    return in_order(list(gold.items), list(answer.items), habits)


def _is_nested(group: Group) -> bool:
    return bool(group.items) and all(isinstance(item, Group) for item in group.items)


def _as_vector(group: Group) -> Group:
    """A matrix of one column or one row as the list of its entries: the other side is a list."""
    inner = [item for item in group.items if isinstance(item, Group)]
    if len(inner) != len(group.items) or not inner:
        return group
    if len(inner) == 1:
        return inner[0]
    if all(len(item.items) == 1 for item in inner):
        return Group("[]", tuple(item.items[0] for item in inner), group.place)
    return group


def _goes_on(*items: Expr) -> bool:
    """Whether dots stand for members that are not written."""
    return any(isinstance(item, Name) and item.name == "..." for item in items)


def in_order(gold: list[Expr], answer: list[Expr], habits: Habits) -> Found:
    """Entry by entry; what is undecided leaves all undecided, unless another entry differs."""
    if _goes_on(*gold, *answer) and [key(item) for item in gold] != [key(item) for item in answer]:
        return Found(UNDECIDED, "what the dots stand for is not certain to be the same")
    if len(gold) != len(answer):
        return Found(DIFFERENT, f"{len(gold)} entries are expected, {len(answer)} are given")
    undecided: Found | None = None
    habits = _one_of(len(gold), habits)
    for place, (one, other) in enumerate(zip(gold, answer, strict=True), 1):
        found = _decide(one, other, habits)
        if found.verdict == DIFFERENT:
            return Found(DIFFERENT, f"entry {place} differs: {found.reason}")
        if found.verdict != EQUAL:
            undecided = undecided or found
    return undecided or Found(EQUAL, "all entries are equal")


def compare_sets(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """Every member of each has a partner in the other; order and repetition do not count."""
    assert isinstance(gold, Group) and isinstance(answer, Group)
    if len(gold.items) > _MOST_ITEMS or len(answer.items) > _MOST_ITEMS:
        return Found(UNDECIDED, "these sets are too large to be compared")
    if [key(item) for item in gold.items] == [key(item) for item in answer.items]:
        return Found(EQUAL, "both have the same members")
    if _goes_on(*gold.items, *answer.items):
        return Found(UNDECIDED, "what the dots stand for is not certain to be the same")
    partners: list[list[int]] = [[], []]
    habits = _one_of(len(gold.items), habits)
    for mine, items, others in ((0, gold.items, answer.items), (1, answer.items, gold.items)):
        for item in items:
            found, place = _partner(item, others, habits)
            if found.verdict != EQUAL:
                if same_everywhere(gold, answer, lambda one, other: _decide(one, other, habits)):
                    return Found(EQUAL, "both have the same members at each point")
                return _as_conditions(gold, answer) or found
            partners[mine].append(place)
    if _repeat_otherwise(*partners):
        return Found(DIFFERENT, "another member is repeated")
    return Found(EQUAL, "both have the same members")


def _repeat_otherwise(gold: list[int], answer: list[int]) -> bool:
    """Whether both sides repeat members, and not the same ones as often: eigenvalues 2, 2, 5 are not 2, 5, 5.

    Each list holds the place of the first partner of every member on the other side; where one side repeats nothing,
    it lists what there is, once.
    """
    mine = Counter(gold)
    theirs = Counter(gold[place] for place in answer)
    return max(mine.values(), default=1) > 1 and max(theirs.values(), default=1) > 1 and mine != theirs


def _as_conditions(gold: Group, answer: Group) -> Found | None:
    """`ax < b, a > 0` as statements that all hold; None for anything else, and for conditions on one letter alone."""
    both = (*gold.items, *answer.items)
    if not all(isinstance(item, Relation) for item in both) or len(variables_of(gold)) < 2:
        return None
    if not any(op in _ORDERS for item in both if isinstance(item, Relation) for op in item.ops):
        return None
    return compare_solutions(*(Op("and", side.items, side.place) for side in (gold, answer)))


_ORDERS = frozenset(["<", "<=", ">", ">="])


def _partner(item: Expr, others: tuple[Expr, ...], habits: Habits) -> tuple[Found, int]:
    """The first member of the other side that equals one, and its place."""
    undecided = False
    for place, other in enumerate(others):
        verdict = _decide(item, other, habits).verdict
        if verdict == EQUAL:
            return Found(EQUAL, ""), place
        undecided = undecided or verdict == UNDECIDED
    if undecided:
        return Found(UNDECIDED, "it is not certain which members are equal"), -1
    return Found(DIFFERENT, "a member of one is not in the other"), -1


def compare_wrapped(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """One value against several, or against one with its domain."""
    for one, other in ((gold, answer), (answer, gold)):
        if (told := split_domain(one, other)) is not None and _are_memberships(one):
            return _decide(told[0], other, habits)  # |x|, x in R^n
    if (said := split_domain(answer, gold)) is not None:
        return _within_domain(gold, *said, habits)
    one, other = (expr if isinstance(expr, Group) else Group("", (expr,), expr.place) for expr in (gold, answer))
    if len(one.items) == len(other.items):
        if _decide(one.items[0], other.items[0], habits).verdict == EQUAL:
            return Found(UNDECIDED, "a value is not quite the set or list of that value alone")
        return Found(DIFFERENT, "these are different values")
    wanted, given = (f"{len(side.items)} {'value' if len(side.items) == 1 else 'values'}" for side in (one, other))
    return Found(DIFFERENT, f"expected: {wanted}, given: {given}")


def _are_memberships(expr: Expr) -> bool:
    """Whether all that follows the value says that letters are real numbers or vectors: x in R^n."""
    said = expr.items[1:] if isinstance(expr, Group) else ()
    return bool(said) and all(isinstance(one, Relation) and one.ops == ("in",) and _is_space(one) for one in said)


def _is_space(said: Relation) -> bool:
    space = said.operands[-1]
    space = space.args[0] if isinstance(space, Op) and space.op in ("pow", "cross") else space
    return isinstance(space, Name) and space.name == "ℝ"


def _within_domain(gold: Expr, value: Expr, positive: Mapping[str, str] | None, habits: Habits) -> Found:
    """A value that is said to hold on a domain; what is equal only there, or said of less, is for a person."""
    found = _decide(gold, value, habits)
    if positive is None and found.verdict == EQUAL:
        return _PARTLY
    if not positive or found.verdict != DIFFERENT:
        return found
    there = _decide(gold, value, habits._replace(structures={**habits.structures, **positive}))
    return found if there.verdict == DIFFERENT else _PARTLY


_PARTLY = Found(UNDECIDED, "it is said to hold on a part of the numbers only")


def list_or_set(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """A list and a set of the same members: which of the two was asked matters, unless both are typed in one order."""
    assert isinstance(gold, Group) and isinstance(answer, Group)
    listed, braced = (gold, answer) if gold.brackets != "{}" else (answer, gold)
    repeats = len({key(item) for item in braced.items}) < len(braced.items)  # which a set would not
    long = len(gold.items) == len(answer.items) >= _LEAST_TYPED
    if long and in_order(list(gold.items), list(answer.items), habits).verdict == EQUAL:
        turned = any(names_in(item) & _IMAGINARY for item in braced.items)  # a spectrum: {2, 2+2j, -2, 2-2j}
        if listed.brackets == "[]" or repeats or turned:
            return Found(EQUAL, "both have the same members in the same order")  # {10, -2, 3} as [10.0, -2.0, 3.0]
        return Found(UNDECIDED, "one is a list in order, the other a set typed in the same order, or a sequence")
    return Found(DIFFERENT, "one is a list in order, the other a set")


_IMAGINARY = frozenset(["i", "j"])
_LEAST_TYPED = 3  # members: two in brackets may be an interval
