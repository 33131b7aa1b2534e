"""Elements of a set by their dimension: numbers, or points whose coordinates are written one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from grader.kinds._numbers import value_of
from grader.model.expressions import Call, Expr, Group, Name, Relation
from grader.notation.reading import Claim

_USUAL = ("xyzw", "abcd", "uvw", "pq", "st")  # letters of coordinates in the order in which a point has them


def dimension_of(elements: Iterable[Any]) -> int | None:
    """How many coordinates each element has, 0 for numbers; None where there are none, or of several dimensions."""
    found = {len(element) if isinstance(element, tuple) else 0 for element in elements}
    return found.pop() if len(found) == 1 else None


def in_order(names: list[str]) -> bool:
    """Whether letters stand in the order in which a point has its coordinates: x, y or x1, x2, not y, x."""
    if any(all(name in letters for name in names) for letters in _USUAL):
        return all(one < other for one, other in pairwise(names)) or names == list("xyzw")
    numbers = [name[1:].lstrip("_") for name in names]
    same = len({name[:1] for name in names}) == 1 and all(map(str.isdecimal, numbers))
    return same and all(int(one) < int(other) for one, other in pairwise(numbers))


def is_point_of_letters(left: Expr | None) -> bool:
    """Whether it is `(x, y)`, whose values an equation says in this order."""
    names = [item.name for item in left.items if isinstance(item, Name)] if isinstance(left, Group) else []
    return isinstance(left, Group) and len(names) == len(left.items) > 1 and in_order(names)


def with_points(claims: Sequence[Claim], dimension: int) -> Sequence[Claim]:
    """The claims with `x = y = 1` and `x = 1, y = 2` as the point that they say, where points are asked for.

    Where a letter is left that no point takes up, "x = 0 or x = 1, y = 2", none is sure.
    """
    found: list[Claim] = []
    for claim in claims:
        found.append(_with_word(claim, dimension))
        letters = _values(claim.expr)
        if len(letters) == dimension:
            found[-1] = claim._replace(expr=_point(letters, claim.place))
        elif letters and (point := _one_by_one(found[-dimension:], dimension)) is not None:
            found[-dimension:] = [point]
    left = len(found) < len(claims) and any(_values(claim.expr) for claim in found)
    return claims if left else found


def _with_word(claim: Claim, dimension: int) -> Claim:
    """ "min (1, 1)", where min is a word and no function."""
    expr = claim.expr
    if not isinstance(expr, Call) or expr.function not in ("min", "max") or len(expr.args) != dimension:
        return claim
    point = Group("()", expr.args, (expr.place[0] + 3, expr.place[1]))
    return claim._replace(expr=Relation((Name(expr.function, expr.place), point), ("=",), expr.place))


def _values(expr: Expr | None) -> dict[str, Expr]:
    """The number that an equation gives to each of its letters: `x = y = 1`."""
    value = expr.operands[-1] if isinstance(expr, Relation) and set(expr.ops) == {"="} else None
    if not isinstance(expr, Relation) or value is None or value_of(value) is None:
        return {}
    names = [side.name for side in expr.operands[:-1] if isinstance(side, Name)]
    usual = len(names) == len(expr.operands) - 1 and any(set(names) <= set(letters) for letters in _USUAL)
    return dict.fromkeys(names, value) if usual else {}


def _one_by_one(claims: Sequence[Claim], dimension: int) -> Claim | None:
    """`x = 1, y = 2` as one point; None if the claims are not as many, or not one behind the other."""
    values = {letter: value for claim in claims for letter, value in _values(claim.expr).items()}
    if len(claims) != dimension or len(values) != dimension or not in_order(sorted(values, key=_place)):
        return None
    if any(claim.before.strip() not in (",", "and") or not claim.joined for claim in claims[1:]):
        return None
    place = (claims[0].place[0], claims[-1].place[1])
    return claims[0]._replace(expr=_point(values, place), place=place)


def _place(letter: str) -> int:
    return "xyzw".find(letter) if letter in "xyzw" else ord(letter)


def _point(values: dict[str, Expr], place: tuple[int, int]) -> Group:
    return Group("()", tuple(values[letter] for letter in sorted(values, key=_place)), place)
