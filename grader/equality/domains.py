"""A domain written behind a value, `1/(s+a), s > 0`: a remark, where the value is right without it."""

from __future__ import annotations

from collections.abc import Mapping

from grader.equality.slopes import substitute
from grader.model.expressions import Call, Expr, Group, Index, Name, Num, Op, Relation, names_in

_ALL_NUMBERS = ("ℝ", "ℂ")
_TURNED = {"<": ">", "<=": ">="}


def split_domain(answer: Expr, gold: Expr) -> tuple[Expr, Mapping[str, str] | None] | None:
    """The value before some conditions, and which letters these make positive; None where no conditions follow.

    The letters are None where the conditions say more than a domain: s < 0, x > 5, of other letters. A domain speaks
    of the letters of the gold formula alone: x > 0, s > -a, x != 1, |x| < 1, x in R, Re(s) > 0.
    """
    if not (isinstance(answer, Group) and answer.brackets == "" and len(answer.items) > 1):
        return None
    value, *said = answer.items
    if isinstance(value, Relation) and set(value.ops) != {"="}:
        return None
    value, said = _defined(value, said, gold)
    known, positive = names_in(gold) | {*_ALL_NUMBERS}, {}
    for one in said:
        if not isinstance(one, Relation) or "=" in one.ops:
            return None
        letter = _bounded(one) if len(one.ops) == 1 and names_in(one) and names_in(one) <= known else None
        if letter is None:
            return value, None
        positive[letter] = "positive"
    positive.pop("", None)
    return value, positive


def _defined(value: Expr, said: list[Expr], gold: Expr) -> tuple[Expr, list[Expr]]:
    """The value with the letters that only the answer has as they are said: `npq, q = 1 - p`."""
    rest: list[Expr] = []
    for one in said:
        name = one.operands[0] if isinstance(one, Relation) and one.ops == ("=",) else None
        body = one.operands[1] if isinstance(one, Relation) else None
        own = isinstance(name, Name) and name.name in names_in(value) - names_in(gold)
        if own and isinstance(name, Name) and body is not None and name.name not in names_in(body):
            value = substitute(value, name.name, body)
        else:
            rest.append(one)
    return value, rest


def _bounded(said: Relation) -> str | None:
    """The letter that a condition makes positive, empty where it says something else that is harmless."""
    left, right = said.operands
    (op,) = said.ops
    assert left is not None and right is not None
    if op in _TURNED and isinstance(left, Num):
        left, right, op = right, left, _TURNED[op]
    if op in (">", ">="):
        left = left.base if isinstance(left, Index) else left  # x_i > 0 is said of all of them
        plain = isinstance(left, Name) or (isinstance(left, Call) and left.function == "re")
        zero = isinstance(right, Num) and right.value == 0
        if not plain or not (zero or (isinstance(right, Op) and right.op == "neg" and isinstance(right.args[0], Name))):
            return None
        return left.name if zero and isinstance(left, Name) else ""
    if op == "!=":
        return ""
    if op == "<":
        inside = isinstance(left, Call) and left.function == "abs" and isinstance(left.args[0], Name)
        return "" if inside and isinstance(right, Num | Name) else None
    return "" if op == "in" and isinstance(right, Name) and right.name in _ALL_NUMBERS else None
