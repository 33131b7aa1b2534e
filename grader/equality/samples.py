"""Samples of a signal, `y[n] = {1, 3}`, as a list in order, and members named one by one, `X[0] = 10, X[1] = 2`."""

from __future__ import annotations

import re

from grader.equality.construction import CONSTRUCTED, construct
from grader.equality.members import may_be_interval
from grader.equality.verdicts import EQUAL
from grader.model.expressions import Call, Expr, Group, Index, Name, Num, Op, Relation, names_in

_INDEXED = re.compile(r"[\s$]*[A-Za-z]\w*\s*(?:\\left\s*)?\[\s*[A-Za-z]\s*(?:\\right\s*)?\]\s*=(?!=)")
_NUMBERED = re.compile(r"(?P<stem>[A-Za-z]+)_?(?P<number>\d{1,3})")
_LEAST = 2  # members that make a list
_Named = tuple[str, tuple[Expr, ...]]


def samples_alike(gold: tuple[Expr, str], answer: tuple[Expr, str]) -> tuple[Expr, Expr]:
    """Both as lists in order, where one names a signal and each lists its samples from 0 on; else as they were.

    The braces of `y[n] = {1, 2, 3}` hold no set: {3, 2, 1} is another signal.
    """
    pair = gold[0], answer[0]
    if not any("[" in text and _INDEXED.match(text) for _, text in (gold, answer)):
        return pair
    one, other = _samples(pair[0]), _samples(pair[1])
    if one is None or other is None:
        return pair
    (name, values), (other_name, others) = one, other
    if name and other_name and name != other_name:
        return pair
    return Group("[]", values, pair[0].place), Group("[]", others, pair[1].place)


def numbered_members(expr: Expr, other: Expr) -> Expr | None:
    """`π1 = 3/7, π2 = 4/7` as `π = (3/7, 4/7)`, where the other side is such a list; None for anything else."""
    is_named = isinstance(other, Relation) and other.ops == ("=",) and isinstance(other.operands[0], Name)
    listed = other.operands[-1] if isinstance(other, Relation) and is_named else other
    if not isinstance(listed, Group) or listed.brackets not in ("()", "[]"):
        return None
    members = _one_by_one(expr, (0, 1))
    if members is None or len(members[1]) != len(listed.items):
        return None
    brackets = "" if not is_named and may_be_interval(listed) else listed.brackets  # p1 = 1/4, p2 = 3/4
    whole = Group(brackets, members[1], expr.place)
    return Relation((Name(members[0], expr.place), whole), ("=",), expr.place) if is_named else whole


def _samples(expr: Expr) -> _Named | None:
    """The name of a signal, "" if none is said, and its samples from 0 on; None where a side lists none."""
    name, listed = "", expr
    if isinstance(expr, Relation) and expr.ops == ("=",):
        left, value = expr.operands
        left = left.base if isinstance(left, Index) and isinstance(left.indices[0], Name) else left
        if not isinstance(left, Name) or value is None:
            return None
        name, listed = left.name, value
    if isinstance(listed, Call) and listed.function in CONSTRUCTED:
        listed = construct(listed)  # np.array([1, 3, 3, 1])
    if not isinstance(listed, Group) or listed.brackets not in ("{}", "[]", "()", ""):
        return None
    items = listed.items
    if len(items) == 1 and isinstance(items[0], Group):
        items = items[0].items  # a matrix of one row
    if items and all(isinstance(item, Group) and len(item.items) == 1 for item in items):
        items = tuple(item.items[0] for item in items if isinstance(item, Group))
    if not any(isinstance(item, Group | Relation) for item in items):
        return name, items
    return _one_by_one(expr, (0,))


def _one_by_one(expr: Expr, starts: tuple[int, ...]) -> _Named | None:
    """`X[0] = 10, X[1] = 2` as the name and its members in order; None where one is missing or named otherwise."""
    items = expr.items if isinstance(expr, Group) and expr.brackets == "" else ()
    items = expr.args if isinstance(expr, Op) and expr.op == "and" else items
    found: dict[int, Expr] = {}
    names: set[str] = set()
    for item in items:
        if not isinstance(item, Relation) or set(item.ops) != {"="} or item.operands[0] is None:
            return None
        place, value = _place(item.operands[0]), item.operands[-1]
        if place is None or value is None or place[1] in found or not _leads_to(item.operands[1:-1], value):
            return None
        names.add(place[0])
        found[place[1]] = value
    if len(names) != 1 or len(found) < _LEAST:
        return None
    first = min(found)
    if first not in starts or sorted(found) != list(range(first, first + len(found))):
        return None
    return names.pop(), tuple(found[place] for place in sorted(found))


def _leads_to(steps: tuple[Expr | None, ...], value: Expr) -> bool:
    """Whether the numbers on the way of `X[0] = 1 + 0 - 1 + 2 = 2` are its value; what has letters says how it came."""
    from grader.equality.chains import step_to

    numbers = [one for one in steps if one is not None and not names_in(one) - _NUMBERS]
    return all(step_to(one, value) == EQUAL for one in numbers)


_NUMBERS = frozenset(["i", "j", "e", "pi"])


def _place(left: Expr) -> tuple[str, int] | None:
    """The name and the place of `X[0]`, `X(0)` and `X_0`; None for anything else."""
    if isinstance(left, Name):
        numbered = _NUMBERED.fullmatch(left.name)
        return (numbered["stem"], int(numbered["number"])) if numbered is not None else None
    name: Expr | str
    if isinstance(left, Index) and len(left.indices) == 1:
        name, place = left.base, left.indices[0]
    elif isinstance(left, Call) and len(left.args) == 1:
        name, place = left.function, left.args[0]
    elif isinstance(left, Op) and left.op == "mul" and left.sign == "":
        name, place = left.args
    else:
        return None
    name = name.name if isinstance(name, Name) else name
    whole = isinstance(place, Num) and isinstance(place.value, int)
    return (name, int(place.value)) if isinstance(name, str) and isinstance(place, Num) and whole else None
