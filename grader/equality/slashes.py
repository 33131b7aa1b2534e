"""How far a slash goes: `t/RC` is t/(RC), as everybody means it, and of `1/2x` nobody can tell."""

from __future__ import annotations

from collections.abc import Callable

from grader.equality.verdicts import EQUAL, UNDECIDED, Found
from grader.maths.customs import tight_below
from grader.model.expressions import Expr
from grader.model.records import NamedTuple


class Side(NamedTuple):
    """One formula of a pair, as read, and where it begins in the text it was found in."""

    text: str
    expr: Expr
    start: int = 0
    only_for: str = ""  # "x = 2", said of a letter that the gold formula leaves open


def with_slashes(
    one: Side, other: Side, settle: Callable[[Side, Side], tuple[Found, Side, Side]]
) -> tuple[Found, Side, Side]:
    """The verdict with letters that are typed as one behind a slash below it.

    Two that are equal only if the last letter stands beside the quotient are for a person.
    """
    tight = [_tight(side) for side in (one, other)]
    if tight[0] is one and tight[1] is other:
        return settle(one, other)
    meant = settle(*tight)
    if meant[0].verdict != EQUAL and settle(one, other)[0].verdict == EQUAL:
        return Found(UNDECIDED, "they are equal if not all that follows the slash stands below it"), *meant[1:]
    return meant


def _tight(side: Side) -> Side:
    if "/" not in side.text:
        return side
    below = tight_below(side.expr, lambda start, stop: side.text[start:stop])
    return side._replace(expr=below) if below != side.expr else side
