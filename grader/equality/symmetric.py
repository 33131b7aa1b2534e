"""Sets of functions that are the same at every point, though none equals another everywhere: ±x and ±|x|."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from itertools import combinations

from grader.equality.verdicts import EQUAL, Found
from grader.model.expressions import Call, Expr, Group, Name, Op, Relation, names_in

_MOST = 3  # members: the sums of products of more grow long
_CONSTANTS = frozenset(["pi", "e", "i", "j"])


def same_everywhere(gold: Group, answer: Group, decide: Callable[[Expr, Expr], Found]) -> bool:
    """Whether two sets of functions have the same elementary symmetric polynomials: the roots of one polynomial.

    `±√(b²-4ac)/(2a)` is `±√((b/2a)² - c/a)`, though which is which turns with the sign of a.
    """
    one, other = (_values(side) for side in (gold, answer))
    if one is None or other is None or len(one) != len(other) or not 1 < len(one) <= _MOST:
        return False
    pairs = zip(_symmetric(one), _symmetric(other), strict=True)
    return all(decide(first, second).verdict == EQUAL for first, second in pairs)


def _values(side: Group) -> list[Expr] | None:
    """The members of a set of functions, of equations their right sides; None for members of any other sort."""
    lefts = {item.operands[0] for item in side.items if isinstance(item, Relation)}
    values = [item.operands[-1] if isinstance(item, Relation) else item for item in side.items]
    told = all(item.ops == ("=",) for item in side.items if isinstance(item, Relation))
    names = {left.name if isinstance(left, Name) else "" for left in lefts}
    plain = [value for value in values if isinstance(value, Op | Name | Call)]
    depend = any(names_in(value) - _CONSTANTS for value in plain)
    alike = told and len(names) <= 1 and "" not in names
    return list(plain) if alike and depend and len(plain) == len(values) else None


def _symmetric(values: Sequence[Expr]) -> list[Expr]:
    place = (values[0].place[0], values[-1].place[1])
    found = []
    for count in range(1, len(values) + 1):
        products = [reduce(lambda a, b: Op("mul", (a, b), place), chosen) for chosen in combinations(values, count)]
        found.append(Op("add", tuple(products), place) if len(products) > 1 else products[0])
    return found
