"""Statements made of letters that are true or false, compared by their tables."""

from __future__ import annotations

from itertools import product

from grader.equality.construction import CONSTRUCTED, construct
from grader.equality.verdicts import DIFFERENT, EQUAL, Found
from grader.model.expressions import Call, Expr, Name, Op, names_in

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
    if not isinstance(expr, Op) or expr.op not in ("and", "or", "not"):
        return None
    found = [_truth(arg, values) for arg in expr.args]
    if None in found:
        return None
    return not found[0] if expr.op == "not" else all(found) if expr.op == "and" else any(found)
