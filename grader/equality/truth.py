"""Statements made of letters that are true or false, compared by their tables."""

from __future__ import annotations

from itertools import product

from grader.equality.construction import CONSTRUCTED, construct
from grader.equality.verdicts import DIFFERENT, EQUAL, Found
from grader.model.expressions import Call, Expr, Name, Num, Op, names_in, walk

_MOST_LETTERS = 10
_TRUTHS = ("True", "False")


def same_table(gold: Expr, answer: Expr) -> Found | None:
    """Whether two statements hold for the same choices; None if they are not about truth alone."""
    letters = sorted(name for name in names_in(gold) | names_in(answer) if name not in _TRUTHS)
    if len(letters) > _MOST_LETTERS:
        return None
    for choice in product((True, False), repeat=len(letters)):
        values = dict(zip(letters, choice, strict=True)) | {"True": True, "False": False}
        one, other = _truth(gold, values), _truth(answer, values)
        if one is None or other is None:
            return None
        if one != other:
            return Found(DIFFERENT, "there is a choice for which only one of them is true")
    return Found(EQUAL, "both are true for the same choices")


def _truth(expr: Expr, values: dict[str, bool]) -> bool | None:
    if isinstance(expr, Name):
        return values.get(expr.name)
    if isinstance(expr, Call) and expr.function in CONSTRUCTED:
        return _truth(construct(expr), values)
    if isinstance(expr, Call) and expr.function == "⊕":
        sides = [_truth(arg, values) for arg in expr.args]
        return None if None in sides else sides.count(True) % 2 == 1
    if not isinstance(expr, Op) or expr.op not in ("and", "or", "not"):
        return None
    found = [_truth(arg, values) for arg in expr.args]
    if None in found:
        return None
    return not found[0] if expr.op == "not" else all(found) if expr.op == "and" else any(found)


# -- Boolean algebra with the signs of arithmetic --------------------------------------------------------------


def same_in_boolean_algebra(gold: Expr, answer: Expr) -> Found | None:
    """Whether two formulas have the same table where a sum is "or", a product "and", a bar or a prime "not".

    None where anything else occurs in one of them.
    """
    one, other = _as_logic(gold), _as_logic(answer)
    return None if one is None or other is None else same_table(one, other)


def negates(*exprs: Expr) -> bool:
    """Whether a bar that may be a negation stands over a sum or a product of capitals."""
    for expr in exprs:
        for node in walk(expr):
            if type(node) is Call and node.function == "conjugate" and isinstance(node.args[0], Op):
                return all(name.removesuffix("_bar").isupper() for name in names_in(node))
    return False


def _as_logic(expr: Expr) -> Expr | None:
    if isinstance(expr, Num) and expr.value in (0, 1):
        return Name("True" if expr.value else "False", expr.place)
    if isinstance(expr, Name):
        stem = expr.name.removesuffix("_bar").rstrip("'")
        turned = expr.name.endswith("_bar") or (len(expr.name) - len(stem)) % 2 == 1
        letter = Name(stem, expr.place)
        return Op("not", (letter,), expr.place) if turned else letter
    if isinstance(expr, Call) and expr.function == "⊕" and len(expr.args) == 2:
        sides = [_as_logic(arg) for arg in expr.args]
        return None if None in sides else Call("⊕", tuple(side for side in sides if side is not None), expr.place)
    op = "not" if isinstance(expr, Call) and expr.function == "conjugate" else ""
    if isinstance(expr, Op):
        op = _SIGNS.get(expr.op, expr.op if expr.op in ("and", "or", "not") else "")
    if not op or not isinstance(expr, Op | Call):
        return None
    args = [found for arg in expr.args if (found := _as_logic(arg)) is not None]
    return Op(op, tuple(args), expr.place) if len(args) == len(expr.args) else None


_SIGNS = {"add": "or", "mul": "and"}


# -- sets ------------------------------------------------------------------------------------------------------

_AS_LOGIC = {"union": "or", "intersection": "and"}
_OF_SETS = frozenset([*_AS_LOGIC, "difference"])
_COMPLEMENTS = ("c", "C", "complement")


def same_members(gold: Expr, answer: Expr) -> Found | None:
    """Whether two sets made of sets with capitals for names have the same members, whatever these are; None for others.

    A member of A - B is one of A and not of B; of the complement, A^c or a bar, it is not one of A.
    """
    if not any(isinstance(node, Op) and node.op in _OF_SETS for expr in (gold, answer) for node in walk(expr)):
        return None
    one, other = _membership(gold), _membership(answer)
    return None if one is None or other is None else same_table(one, other)


def _membership(expr: Expr) -> Expr | None:
    if isinstance(expr, Name):
        stem = expr.name.removesuffix("_bar").removesuffix("'")
        if len(stem) != 1 or not ("A" <= stem <= "Z"):
            return None
        letter = Name(stem, expr.place)
        return letter if stem == expr.name else Op("not", (letter,), expr.place)
    if isinstance(expr, Call) and expr.function == "conjugate":
        inner = _membership(expr.args[0])
        return None if inner is None else Op("not", (inner,), expr.place)
    if not isinstance(expr, Op):
        return None
    if expr.op == "pow" and isinstance(expr.args[1], Name) and expr.args[1].name in _COMPLEMENTS:
        inner = _membership(expr.args[0])
        return None if inner is None else Op("not", (inner,), expr.place)
    found = [member for arg in expr.args if (member := _membership(arg)) is not None]
    if expr.op not in _OF_SETS or len(found) < len(expr.args):
        return None
    if expr.op == "difference":
        return Op("and", (found[0], *(Op("not", (arg,), arg.place) for arg in found[1:])), expr.place)
    return Op(_AS_LOGIC[expr.op], tuple(found), expr.place)
