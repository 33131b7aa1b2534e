"""Sets that are described, `{2k : k in {1, 2, 3}}` and `{n^2 : n in N, 1 <= n <= 3}`, as the list of their members."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

from grader.equality.exact import Exact
from grader.equality.slopes import substitute
from grader.equality.walker import Walker
from grader.model.errors import Undecided
from grader.model.expressions import Expr, Group, Name, Num, Op, Relation, names_in

_MOST = 200  # whole numbers that are looked at
_WHOLE = ("ℕ", "ℤ")


def listed_members(expr: Group) -> Group | None:
    """The members of a described set; None where they are not finitely many of a known list.

    Raises Undecided where it matters whether zero is a natural number.
    """
    if expr.brackets != "{|}" or len(expr.items) != 2:
        return None
    head, said = expr.items
    if isinstance(head, Relation) and head.ops == ("in",) and head.operands[0] is not None:  # {n in N : n < 4}
        head, said = head.operands[0], Op("and", (head, said), expr.place)
    conditions = _conditions(said)
    if (counted := _counted(conditions)) is not None and names_in(head) <= {counted[0]}:  # {n^2 : n = 1, 2, 3}
        letter, values = counted
        return Group("{}", tuple(substitute(head, letter, value) for value in values), expr.place)
    source = next((one for one in conditions if isinstance(one, Relation) and one.ops == ("in",)), None)
    if source is None or not isinstance(source.operands[0], Name) or source.operands[1] is None:
        return None
    letter, members = source.operands[0].name, source.operands[1]
    rest = [one for one in conditions if one is not source]
    if any(names_in(one) - {letter} for one in rest) or names_in(head) - {letter}:
        return None
    if isinstance(members, Group) and members.brackets == "{}":
        kept = _kept(list(members.items), letter, rest)
    elif isinstance(members, Name) and members.name in _WHOLE:
        kept = _whole(letter, rest, members)
    else:
        return None
    return None if kept is None else Group("{}", tuple(substitute(head, letter, value) for value in kept), expr.place)


def _conditions(expr: Expr) -> list[Expr]:
    if isinstance(expr, Op) and expr.op == "and":
        return [one for arg in expr.args for one in _conditions(arg)]
    return list(expr.items) if isinstance(expr, Group) and expr.brackets == "" else [expr]


def _counted(conditions: list[Expr]) -> tuple[str, list[Expr]] | None:
    """The letter in `n = 1, 2, 3` and `n = 0, \\dots, 3`, and its values; None for any other conditions."""
    first, *rest = conditions
    name = first.operands[0] if isinstance(first, Relation) and first.ops == ("=",) else None
    start = first.operands[1] if isinstance(first, Relation) else None
    if not isinstance(name, Name) or start is None or not rest:
        return None
    values = [start, *rest]
    dots = [place for place, value in enumerate(values) if isinstance(value, Name) and value.name == "..."]
    if any(names_in(value) for place, value in enumerate(values) if place not in dots):
        return None
    if not dots:
        return None if any(isinstance(value, Relation | Group) for value in values) else (name.name, values)
    return (name.name, filled) if (filled := _filled(values, dots)) else None


def _filled(values: list[Expr], dots: list[int]) -> list[Expr]:
    """Whole numbers with dots before the last of them written out; none where they do not rise by one."""
    numbers = [value.value for value in values if isinstance(value, Num) and isinstance(value.value, int)]
    if dots != [len(values) - 2] or len(numbers) != len(values) - 1 or not 0 < numbers[-1] - numbers[0] <= _MOST:
        return []
    if numbers[:-1] != list(range(numbers[0], numbers[0] + len(numbers) - 1)):
        return []
    return [Num(number, values[0].place, str(number)) for number in range(numbers[0], numbers[-1] + 1)]


def _whole(letter: str, conditions: list[Expr], source: Name) -> list[Expr] | None:
    """The whole numbers between two bounds that are written; None where one is missing, or they are far apart."""
    low, high = (_bound(conditions, letter, sign) for sign in (1, -1))
    if source.name == "ℕ":
        low = max(low or Fraction(0), Fraction(0))
    if low is None or high is None or high - low > _MOST:
        return None
    numbers: list[Expr] = [
        Num(number, source.place, str(number)) for number in range(math.floor(low), math.ceil(high) + 1)
    ]
    kept = _kept(numbers, letter, conditions)
    if source.name == "ℕ" and kept and isinstance(kept[0], Num) and kept[0].value == 0:
        raise Undecided("whether zero is a natural number is not certain", *source.place)
    return kept


def _bound(conditions: list[Expr], letter: str, sign: int) -> Fraction | None:
    """The bound below (1) or above (-1) a letter that its conditions write; None without one."""
    found: list[Fraction] = []
    for condition in conditions:
        if not isinstance(condition, Relation):
            continue
        for op, (one, other) in zip(condition.ops, pairwise(condition.operands), strict=True):
            left, right = (one, other) if (op in ("<", "<=")) == (sign == 1) else (other, one)
            named = isinstance(right, Name) and right.name == letter
            if op not in ("<", "<=", ">", ">=") or left is None or not named or names_in(left):
                continue
            try:
                found.append(Walker(Exact(), {})(left))
            except (ArithmeticError, Undecided, ValueError):
                continue
    return None if not found else max(found) if sign == 1 else min(found)


def _kept(values: list[Expr], letter: str, conditions: list[Expr]) -> list[Expr] | None:
    """The values for which all conditions hold; None where one cannot be computed exactly."""
    kept = []
    for value in values:
        try:
            number = Walker(Exact(), {})(value) if conditions else Fraction(0)
            if all(bool(Walker(Exact(), {letter: number})(condition)) for condition in conditions):
                kept.append(value)
        except (ArithmeticError, Undecided, ValueError, TypeError):
            return None
    return kept
