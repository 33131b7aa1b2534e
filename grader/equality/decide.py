"""Decides whether two expressions of any kind are equal: numbers, lists, sets, statements, quantities, words."""

from __future__ import annotations

from collections.abc import Callable

from grader.equality.construction import CONSTRUCTED, construct
from grader.equality.extremes import compare_places, extremes, widened
from grader.equality.fields import OPERATORS
from grader.equality.growth import infinite_sign
from grader.equality.idioms import as_chain
from grader.equality.keys import key, ordered_key
from grader.equality.matrices import has_matrix, with_identity, written_out
from grader.equality.members import compare_lists, compare_sets, compare_wrapped, in_order, list_or_bare, list_or_set
from grader.equality.normal import name_others, normalised, pair_up
from grader.equality.quantities import compare_quantities, compare_unmarked, has_unit, with_common_unit, with_units
from grader.equality.regions import is_over_region, variables_of
from grader.equality.relations import compare_relations, compare_solutions
from grader.equality.renaming import has_bound, renamed
from grader.equality.roles import CONSTANTS
from grader.equality.scalars import Habits, compare_scalars
from grader.equality.sides import is_of_matrices
from grader.equality.supports import equal_on_support
from grader.equality.values import compare_values, declares_matrix, may_not_commute
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found, NotScalar, Unsupported
from grader.equality.words import compare_texts, words_or_set, words_or_value
from grader.model.errors import Undecided
from grader.model.expressions import Call, Expr, Group, Name, Op, Reduce, Relation, Text, names_in, walk

_TRUTHS = ("True", "False")
_REGIONS = frozenset(["union", "intersection", "difference"])
_LOGIC = frozenset(["and", "or", "not"])


def decide(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """The verdict on two expressions. An extreme over all values is not computed: it differs from nothing for sure."""
    gold, answer = widened(gold), widened(answer)
    if isinstance(gold, Reduce) and isinstance(answer, Reduce):
        places = _same_tree(gold, answer, habits) or compare_places(gold, answer, habits, decide)
        if places is not None:
            return places
    elif found := _of_whole_sums(gold, answer, habits):
        return found
    if key(gold) != key(answer) and any(map(is_over_region, (*walk(gold), *walk(answer)))):
        return Found(UNDECIDED, "an integral over a region is not computed")
    common = with_common_unit(gold), with_common_unit(answer)
    if common == (gold, answer) or has_unit(gold) or has_unit(answer):
        found = _decided(*common, habits)
    elif (found := _decided(gold, answer, habits)).verdict != EQUAL and _decided(*common, habits).verdict == EQUAL:
        return Found(UNDECIDED, "they are equal if the letters behind the numbers are units")
    if found.verdict == DIFFERENT and extremes(gold) != extremes(answer):
        return Found(UNDECIDED, "a least or greatest value over all values of a letter is not computed")
    if found.verdict == DIFFERENT and _names_field(gold) != _names_field(answer):
        return Found(UNDECIDED, "a gradient, divergence or curl of what is not written out is not computed")
    if found.verdict == DIFFERENT and equal_on_support(gold, answer, lambda one, other: _decided(one, other, habits)):
        return Found(UNDECIDED, "it is said of a part of the numbers only, and to be 0 elsewhere")
    return found


def _names_field(expr: Expr) -> bool:
    """Whether a value, of which no equation says what it is, holds an operator of vector calculus."""
    calls = () if isinstance(expr, Relation) else walk(expr)
    return any(isinstance(node, Call) and node.function in OPERATORS for node in calls)


def _of_whole_sums(gold: Expr, answer: Expr, habits: Habits) -> Found | None:
    """Undecided where `\\arg\\min_w F(w) + c` may be the place of the sum; None where nothing depends on that."""
    wide = widened(gold, doubtful=True), widened(answer, doubtful=True)
    if wide == (gold, answer) or key(gold) == key(answer) or decide(*wide, habits).verdict != EQUAL:
        return None
    return Found(UNDECIDED, "they are equal if all that follows belongs to what is least or greatest")


def _decided(gold: Expr, answer: Expr, habits: Habits) -> Found:
    try:
        if not _is_number(gold) and (found := _same_tree(gold, answer, habits)) is not None:
            return found
        if name_others(gold, answer):
            return Found(DIFFERENT, "they give values to different letters")
        gold, answer = pair_up(*(normalised(side) for side in _as_chains(gold, answer)))
        explicit = has_unit(gold) or has_unit(answer)
        if explicit or not names_in(gold) or not names_in(answer):  # 9.81 against 9.81 m/s^2
            gold, answer = with_units(gold), with_units(answer)
        elif (found := compare_unmarked(gold, answer, habits)) is not None:
            return found
        gold, answer = with_identity(gold, answer)
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
        same = _same_tree(gold, answer, habits) if error.message.endswith(_TOO_LARGE) else None  # sin(e^(e^5))
        return same or Found(UNDECIDED, error.message)
    except RecursionError:
        return Found(UNDECIDED, "this is nested too deeply to be compared")


_TOO_LARGE = " of a number too large to be evaluated"


def _as_chains(gold: Expr, answer: Expr) -> tuple[Expr, Expr]:
    """Two relations in several letters, `a \\in (0, b)` and `|x - a| < r` among them, as chains of inequalities."""
    if isinstance(gold, Relation) and isinstance(answer, Relation) and len(variables_of(gold)) > 1:
        return as_chain(gold) or gold, as_chain(answer) or answer
    return gold, answer


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
    of_matrices = declares_matrix(gold, answer, habits) or is_of_matrices(gold) or is_of_matrices(answer)
    if not of_matrices and not may_not_commute(gold, answer):
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
    if expr.brackets in ("()", "[]") and len(expr.items) == 2 and any(map(infinite_sign, expr.items)):
        return "region"
    return "set" if expr.brackets == "{}" else "bare" if expr.brackets == "" else "list"


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
        return in_order([*_present(gold)], [*_present(answer)], habits)
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
    if (conditions := _of_same_points(gold, answer)) is not None:
        return decide(*conditions, habits)
    if kind_of(gold) == kind_of(answer) == "logic" and (found := _logic(gold, answer)) is not None:
        return found
    if isinstance(gold, Group) and isinstance(answer, Group) and variables_of(gold) | variables_of(answer):
        return _symbolic_intervals(gold, answer, habits)
    return compare_solutions(gold, answer)


def _of_same_points(gold: Expr, answer: Expr) -> tuple[Expr, Expr] | None:
    """The relations that two sets of pairs with the same names ask for, `{(x, y) : x^2 + y^2 <= 9}`."""
    one, other = _of_points(gold), _of_points(answer)
    return (one[1], other[1]) if one is not None and other is not None and key(one[0]) == key(other[0]) else None


def _of_points(expr: Expr) -> tuple[Group, Relation] | None:
    """The names of the coordinates of a set of points, and the relation that these are asked for."""
    if not (isinstance(expr, Group) and expr.brackets == "{|}" and len(expr.items) == 2):
        return None
    head, said = expr.items
    head = (head.operands[0] or head) if isinstance(head, Relation) else head
    named = isinstance(head, Group) and all(isinstance(item, Name) for item in head.items)
    return (head, said) if named and isinstance(head, Group) and isinstance(said, Relation) else None


def _symbolic_intervals(gold: Group, answer: Group, habits: Habits) -> Found:
    if "{|}" in (gold.brackets, answer.brackets):
        return compare_solutions(gold, answer)
    if gold.brackets != answer.brackets:
        return Found(DIFFERENT, "the ends are not open and closed alike")
    return in_order(list(gold.items), list(answer.items), habits)


def _logic(gold: Expr, answer: Expr) -> Found | None:
    """Statements made of letters that are true or false, by their table; None if numbers occur."""
    from grader.equality.truth import same_table

    return same_table(gold, answer)


def _logic_or_letter(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """`A and (A or B)` is A, `A ⊕ B` is made of "and", "or" and "not": by the table."""
    found = _logic(*_with_truths(gold, answer))
    return found or Found(DIFFERENT, "one is a statement, the other one value")


def _with_truths(gold: Expr, answer: Expr) -> tuple[Expr, Expr]:
    """`p ∧ ¬p` beside F: what is always false or true, where no statement is called so."""
    sides = [gold, answer]
    for place, side in enumerate(sides):
        if isinstance(side, Name) and side.name in _AS_TRUTH and side.name not in names_in(sides[1 - place]):
            sides[place] = Name(_AS_TRUTH[side.name], side.place)
    return sides[0], sides[1]


_AS_TRUTH = {"T": "True", "F": "False", "⊤": "True", "⊥": "False"}


def _sets_of_letters(gold: Expr, answer: Expr) -> Found | None:
    """Sets made of sets with capitals for names, by what is in them; None if others occur."""
    from grader.equality.truth import same_members

    return same_members(gold, answer)


def _matrices(gold: Expr, answer: Expr, habits: Habits) -> Found:
    one, other = (written_out(expr) if not isinstance(expr, Group) else expr for expr in (gold, answer))
    if isinstance(one, Group) and isinstance(other, Group):
        return compare_lists(one, other, habits)
    if isinstance(one, Group) or isinstance(other, Group):
        return Found(DIFFERENT, "one is a matrix, the other a number")
    return compare_scalars(one, other, habits)


def _mixed_region(gold: Expr, answer: Expr, habits: Habits) -> Found:
    for points, relation in ((gold, answer), (answer, gold)):  # {(x, y) : x^2 + y^2 < 4} beside x^2 + y^2 < 4
        wanted = _of_points(points) if isinstance(relation, Relation) else None
        if wanted is not None and names_in(relation) - CONSTANTS == names_in(wanted[0]):
            return decide(wanted[1], relation, habits)
    found = compare_solutions(gold, answer)
    if found.verdict != EQUAL:  # a comma between bounds says that both hold: x >= -1, x < 5
        both = _both_hold(gold), _both_hold(answer)
        if both != (gold, answer) and (again := compare_solutions(*both)).verdict == EQUAL:
            return again
    return found


def _both_hold(expr: Expr) -> Expr:
    bounds = isinstance(expr, Group) and expr.brackets == "" and all(isinstance(one, Relation) for one in expr.items)
    return Op("and", expr.items, expr.place) if bounds and isinstance(expr, Group) else expr


def _bounds_or_logic(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """`x > 0, y > 0` beside `x > 0 and y > 0`: of bounds that are listed all hold."""
    told = _both_hold(gold), _both_hold(answer)
    listed = [arg for side in told if isinstance(side, Op) for arg in side.args]
    if any(isinstance(arg, Relation) and set(arg.ops) & {"=", "~"} for arg in listed) or told == (gold, answer):
        return Found(DIFFERENT, "one is several values, the other a statement")
    found = compare_solutions(*told)
    return Found(UNDECIDED, "bounds that are listed may hold by turns") if found.verdict == DIFFERENT else found


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
    ("logic", "scalar"): _logic_or_letter,
    ("logic", "region"): _mixed_region,
    ("region", "region"): _solutions,
    ("region", "set"): _mixed_region,
    ("region", "bare"): _mixed_region,
    ("relation", "set"): _mixed_region,
    ("relation", "bare"): _mixed_region,
    ("logic", "set"): _mixed_region,
    ("logic", "bare"): _bounds_or_logic,
    ("matrix", "matrix"): _matrices,
    ("matrix", "list"): _matrices,
    ("matrix", "scalar"): _matrices,
    ("list", "list"): compare_lists,
    ("list", "bare"): list_or_bare,
    ("bare", "bare"): compare_sets,
    ("bare", "set"): compare_sets,
    ("set", "set"): compare_sets,
    ("set", "list"): list_or_set,
    ("set", "scalar"): compare_wrapped,
    ("bare", "scalar"): compare_wrapped,
    ("list", "scalar"): compare_wrapped,
    ("quantity", "quantity"): compare_quantities,
    ("quantity", "scalar"): compare_quantities,
}
