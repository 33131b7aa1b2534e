"""Formulas beside the one that answers, and which of them answer as much."""

from __future__ import annotations

from grader.kinds._choosing import hesitates
from grader.kinds._expected import Expected
from grader.kinds._slices_told import is_sliced, is_told_by_entries
from grader.kinds.kind import View
from grader.maths import repairs
from grader.model.expressions import Expr, Name, Relation, base_name, names_in
from grader.model.records import NamedTuple
from grader.notation.printing import show
from grader.notation.reading import Claim


class Claimed(NamedTuple):
    """A formula of a student: its left side (None without one) and the last member of its chain."""

    claim: Claim
    left: Expr | None
    body: Expr
    rank: int


def only_names(one: Claimed, expected: Expected) -> bool:
    """Whether a claim only gives what is asked for a letter: "let D = dJ/dZ"."""
    if not isinstance(one.body, Name) or one.body.name != expected.target or not isinstance(one.claim.expr, Relation):
        return False
    return base_name(one.claim.expr.operands[0]) not in expected.names


def rivals_of(chosen: Claimed, found: list[Claimed], expected: Expected, view: View) -> tuple[Claimed, ...]:
    """Other formulas that answer as much, or between which the student hesitates: "2x + 1, or maybe 2x"."""
    own = show(chosen.body)
    others = [one for one in found if one.claim is not chosen.claim and not only_names(one, expected)]
    others = [
        one for one in others if not _is_place(one, chosen, expected) and not _is_worked_out(one, chosen, expected)
    ]
    places = [(one, (one.claim.place, chosen.claim.place)) for one in others]
    others = [one for one, at in places if not is_told_by_entries(one.body, chosen.body, at, view)]
    equals = [one for one in others if show(one.body) != own and (one.rank == chosen.rank or _is_whole(one))]
    unsettled = [one for one in others if hesitates((one.claim, chosen.claim), view.reading())]
    return (*equals, *(one for one in unsettled if one not in equals and show(one.body) != own))


def _is_place(one: Claimed, chosen: Claimed, expected: Expected) -> bool:
    """Whether it is made of the indices of a formula of arrays alone: "W = 0 if j_1 - a or j_2 - b is no index"."""
    indices = repairs.index_positions(chosen.body) | repairs.bound_indices(chosen.body)
    names = names_in(one.body)
    return bool(expected.letters) and one.left is None and bool(names) and names <= indices


def _is_worked_out(one: Claimed, chosen: Claimed, expected: Expected) -> bool:
    """Whether it is the chain rule with a derivative of known arrays, `dU/dZ`, that the later formula has no more."""
    left = names_in(one.body) - names_in(chosen.body) if one.claim.place < chosen.claim.place else ()
    parts = [name[1:].split("/d", 1) for name in left if name.startswith("d") and "/d" in name]
    return any(all(part in expected.names for part in pair) for pair in parts)


def _is_whole(one: Claimed) -> bool:
    """Whether it tells all of what is asked for in slices, `Y = X[:, ::s]`: it has to agree with the entries."""
    return isinstance(one.left, Name) and is_sliced(one.body) and one.rank >= NAMED


NAMED = 20  # for a formula whose left side is what is asked for
