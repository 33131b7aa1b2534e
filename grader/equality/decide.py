"""Decides whether two expressions of any kind are equal: numbers, lists, sets, statements, quantities, words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from grader.equality.construction import CONSTRUCTED, construct
from grader.equality.domains import split_domain
from grader.equality.extremes import extremes
from grader.equality.keys import key, ordered_key
from grader.equality.matrices import has_matrix, written_out
from grader.equality.normal import name_others, normalised, pair_up
from grader.equality.quantities import compare_quantities, compare_unmarked, has_unit, with_units
from grader.equality.regions import variables_of
from grader.equality.relations import compare_relations, compare_solutions
from grader.equality.renaming import has_bound, renamed
from grader.equality.scalars import Habits, compare_scalars
from grader.equality.values import compare_values, declares_matrix, may_not_commute
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found, NotScalar, Unsupported
from grader.equality.words import compare_texts, words_or_set, words_or_value
from grader.model.errors import Undecided
from grader.model.expressions import Call, Expr, Group, Name, Op, Relation, Text, names_in

_MOST_ITEMS = 60
_TRUTHS = ("True", "False")
_REGIONS = frozenset(["union", "intersection", "difference"])
_LOGIC = frozenset(["and", "or", "not"])


def decide(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """The verdict on two expressions. An extreme over all values is not computed: it differs from nothing for sure."""
    found = _decided(gold, answer, habits)
    if found.verdict == DIFFERENT and extremes(gold) != extremes(answer):
        return Found(UNDECIDED, "a least or greatest value over all values of a letter is not computed")
    return found


def _decided(gold: Expr, answer: Expr, habits: Habits) -> Found:
    try:
        if not _is_number(gold) and (found := _same_tree(gold, answer, habits)) is not None:
            return found
        if name_others(gold, answer):
            return Found(DIFFERENT, "they give values to different letters")
        gold, answer = pair_up(normalised(gold), normalised(answer))
        explicit = has_unit(gold) or has_unit(answer)
        if explicit or not names_in(gold) or not names_in(answer):  # 9.81 against 9.81 m/s^2
            gold, answer = with_units(gold), with_units(answer)
        elif (found := compare_unmarked(gold, answer, habits)) is not None:
            return found
        one, other = kind_of(gold), kind_of(answer)
        if "region" in (one, other) and (found := _sets_of_letters(gold, answer)) is not None:
            return found
        rule = _RULES.get((one, other)) or _RULES.get((other, one))
        if rule is None:
            return Found(DIFFERENT, f"one is {_AS_WORDS[one]}, the other {_AS_WORDS[other]}")
        found = rule(gold, answer, habits)
        if found.verdict == EQUAL and not explicit and (has_unit(gold) or has_unit(answer)):
            return Found(UNDECIDED, "a letter behind a number may be a unit")
        return found
    except NotScalar as error:
        return Found(UNDECIDED, f"this is no number: {error}")
    except Unsupported as error:
        return Found(UNDECIDED, f"this cannot be evaluated: {error}")
    except Undecided as error:
        return Found(UNDECIDED, error.message)
    except RecursionError:
        return Found(UNDECIDED, "this is nested too deeply to be compared")


def _same_tree(gold: Expr, answer: Expr, habits: Habits) -> Found | None:
    """The verdict on formulas that differ only in typesetting and order; None where they differ in more."""
    if key(gold) != key(answer):
        if not (has_bound(gold) and has_bound(answer)):
            return None
        gold, answer = renamed(gold), renamed(answer)
        if key(gold) != key(answer):
            return None
    if ordered_key(gold) == ordered_key(answer):
        return Found(EQUAL, "both are the same, term for term")
    if not declares_matrix(gold, answer, habits) and not may_not_commute(gold, answer):
        return Found(EQUAL, "both are the same but for the order")
    return None


def _is_number(expr: Expr) -> bool:
    """Whether an expression is made of numbers alone: it may have no value at all, however it is written."""
    return not names_in(expr) and not isinstance(expr, Group | Relation | Text)


def kind_of(expr: Expr) -> str:
    """text, truth, relation, logic, region, set, list, matrix, quantity or scalar."""
    if isinstance(expr, Call) and expr.function in CONSTRUCTED:
        return kind_of(construct(expr))
    if isinstance(expr, Text):
        return "text"
    if isinstance(expr, Name):
        return "truth" if expr.name in _TRUTHS else "region" if expr.name in ("ℝ", "emptyset") else "scalar"
    if isinstance(expr, Relation):
        return "relation"
    if isinstance(expr, Group):
        return _kind_of_group(expr)
    if isinstance(expr, Op) and expr.op in _REGIONS:
        return "region"
    if isinstance(expr, Op) and expr.op in _LOGIC:
        return "logic"
    if has_unit(expr):
        return "quantity"
    return "matrix" if has_matrix(expr) else "scalar"


def _kind_of_group(expr: Group) -> str:
    if expr.brackets == "{|}" or expr.brackets in ("[)", "(]"):
        return "region"
    if expr.brackets in ("()", "[]") and len(expr.items) == 2 and any(_is_infinite(item) for item in expr.items):
        return "region"
    return "set" if expr.brackets == "{}" else "bare" if expr.brackets == "" else "list"


def _is_infinite(expr: Expr) -> bool:
    inner = expr.args[0] if isinstance(expr, Op) and expr.op == "neg" else expr
    return isinstance(inner, Name) and inner.name == "infty"


_AS_WORDS = {
    "text": "words", "truth": "true or false", "relation": "a statement", "logic": "a statement", "region": "a set",
    "set": "a set", "bare": "several values", "list": "a list", "matrix": "a matrix", "quantity": "a quantity",
    "scalar": "one value",
}  # fmt: skip


# -- rules by kind ---------------------------------------------------------------------------------------------


def _truths(gold: Expr, answer: Expr, habits: Habits) -> Found:
    same = key(gold) == key(answer)
    return Found(EQUAL if same else DIFFERENT, "both are the same" if same else "one is true, the other false")


def _relations(gold: Expr, answer: Expr, habits: Habits) -> Found:
    if isinstance(gold, Call):
        gold = construct(gold)
    if isinstance(answer, Call):
        answer = construct(answer)
    assert isinstance(gold, Relation) and isinstance(answer, Relation)
    if _has_groups(gold) and _has_groups(answer):
        return _in_order([*_present(gold)], [*_present(answer)], habits)
    if "in" in gold.ops or "in" in answer.ops:
        return compare_solutions(gold, answer)
    return compare_relations(gold, answer, habits)


def _present(relation: Relation) -> list[Expr]:
    return [operand for operand in relation.operands if operand is not None]


def _has_groups(relation: Relation) -> bool:
    return relation.ops == ("=",) and any(isinstance(operand, Group) for operand in relation.operands)


def _solutions(gold: Expr, answer: Expr, habits: Habits) -> Found:
    if key(gold) == key(answer):
        return Found(EQUAL, "both are the same set")
    if kind_of(gold) == kind_of(answer) == "logic" and (found := _logic(gold, answer)) is not None:
        return found
    if isinstance(gold, Group) and isinstance(answer, Group) and variables_of(gold) | variables_of(answer):
        return _symbolic_intervals(gold, answer, habits)
    return compare_solutions(gold, answer)


def _symbolic_intervals(gold: Group, answer: Group, habits: Habits) -> Found:
    if "{|}" in (gold.brackets, answer.brackets):
        return compare_solutions(gold, answer)
    if gold.brackets != answer.brackets:
        return Found(DIFFERENT, "the ends are not open and closed alike")
    return _in_order(list(gold.items), list(answer.items), habits)


def _logic(gold: Expr, answer: Expr) -> Found | None:
    """Statements made of letters that are true or false, by their table; None if numbers occur."""
    from grader.equality.truth import same_table

    return same_table(gold, answer)


def _sets_of_letters(gold: Expr, answer: Expr) -> Found | None:
    """Sets made of sets with capitals for names, by what is in them; None if others occur."""
    from grader.equality.truth import same_members

    return same_members(gold, answer)


def _list_or_bare(gold: Expr, answer: Expr, habits: Habits) -> Found:
    assert isinstance(gold, Group) and isinstance(answer, Group)
    if any(isinstance(item, Relation) for item in (*gold.items, *answer.items)):
        return Found(UNDECIDED, "which value belongs to which place is not certain")
    return _lists(gold, answer, habits)


def _matrices(gold: Expr, answer: Expr, habits: Habits) -> Found:
    one, other = (written_out(expr) if not isinstance(expr, Group) else expr for expr in (gold, answer))
    if isinstance(one, Group) and isinstance(other, Group):
        return _lists(one, other, habits)
    if isinstance(one, Group) or isinstance(other, Group):
        return Found(DIFFERENT, "one is a matrix, the other a number")
    return compare_scalars(one, other, habits)


def _lists(gold: Expr, answer: Expr, habits: Habits) -> Found:
    assert isinstance(gold, Group) and isinstance(answer, Group)
    pairs = len(gold.items) == len(answer.items) == 2 and {gold.brackets, answer.brackets} == {"()", "[]"}
    if pairs and not _is_nested(gold) and not _is_nested(answer):
        inside = _in_order(list(gold.items), list(answer.items), habits)
        if inside.verdict != DIFFERENT:
            return Found(UNDECIDED, "round and square brackets mean two intervals, or one list")
    if _is_nested(gold) != _is_nested(answer):
        gold, answer = _as_vector(gold), _as_vector(answer)
    return _in_order(list(gold.items), list(answer.items), habits)


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


def _in_order(gold: list[Expr], answer: list[Expr], habits: Habits) -> Found:
    if _goes_on(*gold, *answer) and [key(item) for item in gold] != [key(item) for item in answer]:
        return Found(UNDECIDED, "what the dots stand for is not certain to be the same")
    if len(gold) != len(answer):
        return Found(DIFFERENT, f"{len(gold)} entries are expected, {len(answer)} are given")
    undecided: Found | None = None
    for place, (one, other) in enumerate(zip(gold, answer, strict=True), 1):
        found = decide(one, other, habits)
        if found.verdict == DIFFERENT:
            return Found(DIFFERENT, f"entry {place} differs: {found.reason}")
        if found.verdict != EQUAL:
            undecided = undecided or found
    return undecided or Found(EQUAL, "all entries are equal")


def _sets(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """Every member of each has a partner in the other; order and repetition do not count."""
    assert isinstance(gold, Group) and isinstance(answer, Group)
    if len(gold.items) > _MOST_ITEMS or len(answer.items) > _MOST_ITEMS:
        return Found(UNDECIDED, "these sets are too large to be compared")
    if [key(item) for item in gold.items] == [key(item) for item in answer.items]:
        return Found(EQUAL, "both have the same members")
    if _goes_on(*gold.items, *answer.items):
        return Found(UNDECIDED, "what the dots stand for is not certain to be the same")
    for items, others in ((gold.items, answer.items), (answer.items, gold.items)):
        for item in items:
            found = _partner(item, others, habits)
            if found.verdict != EQUAL:
                return found
    return Found(EQUAL, "both have the same members")


def _partner(item: Expr, others: tuple[Expr, ...], habits: Habits) -> Found:
    undecided = False
    for other in others:
        verdict = decide(item, other, habits).verdict
        if verdict == EQUAL:
            return Found(EQUAL, "")
        undecided = undecided or verdict == UNDECIDED
    if undecided:
        return Found(UNDECIDED, "it is not certain which members are equal")
    return Found(DIFFERENT, "a member of one is not in the other")


def _wrapped(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """One value against several, or against one with its domain."""
    if (said := split_domain(answer, gold)) is not None:
        return _within_domain(gold, *said, habits)
    one, other = (expr if isinstance(expr, Group) else Group("", (expr,), expr.place) for expr in (gold, answer))
    if len(one.items) == len(other.items):
        if decide(one.items[0], other.items[0], habits).verdict == EQUAL:
            return Found(UNDECIDED, "a value is not quite the set or list of that value alone")
        return Found(DIFFERENT, "these are different values")
    return Found(DIFFERENT, f"{len(one.items)} values are expected, {len(other.items)} are given")


def _within_domain(gold: Expr, value: Expr, positive: Mapping[str, str] | None, habits: Habits) -> Found:
    """A value that is said to hold on a domain; what is equal only there, or said of less, is for a person."""
    found = decide(gold, value, habits)
    if positive is None and found.verdict == EQUAL:
        return _PARTLY
    if not positive or found.verdict != DIFFERENT:
        return found
    there = decide(gold, value, habits._replace(structures={**habits.structures, **positive}))
    return found if there.verdict == DIFFERENT else _PARTLY


_PARTLY = Found(UNDECIDED, "it is said to hold on a part of the numbers only")


def _unsure(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """A list and a set of the same members: which of the two was asked matters."""
    assert isinstance(gold, Group) and isinstance(answer, Group)
    return Found(DIFFERENT, "one is a list in order, the other a set")


def _mixed_region(gold: Expr, answer: Expr, habits: Habits) -> Found:
    return compare_solutions(gold, answer)


_Rule = Callable[[Expr, Expr, Habits], Found]
_RULES: dict[tuple[str, str], _Rule] = {
    ("scalar", "scalar"): compare_values,
    ("text", "text"): compare_texts,
    ("text", "scalar"): words_or_value,
    ("text", "quantity"): words_or_value,
    ("text", "region"): words_or_set,
    ("text", "set"): words_or_set,
    ("truth", "truth"): _truths,
    ("relation", "relation"): _relations,
    ("relation", "logic"): _mixed_region,
    ("relation", "region"): _mixed_region,
    ("logic", "logic"): _solutions,
    ("logic", "region"): _mixed_region,
    ("region", "region"): _solutions,
    ("region", "set"): _mixed_region,
    ("region", "bare"): _mixed_region,
    ("relation", "set"): _mixed_region,
    ("relation", "bare"): _mixed_region,
    ("logic", "set"): _mixed_region,
    ("matrix", "matrix"): _matrices,
    ("matrix", "list"): _matrices,
    ("matrix", "scalar"): _matrices,
    ("list", "list"): _lists,
    ("list", "bare"): _list_or_bare,
    ("bare", "bare"): _sets,
    ("bare", "set"): _sets,
    ("set", "set"): _sets,
    ("set", "list"): _unsure,
    ("set", "scalar"): _wrapped,
    ("bare", "scalar"): _wrapped,
    ("list", "scalar"): _wrapped,
    ("quantity", "quantity"): compare_quantities,
    ("quantity", "scalar"): compare_quantities,
}
