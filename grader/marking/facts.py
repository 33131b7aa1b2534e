"""Equations about the given data that are false: a right list beside `y[k] = x[k+2]` is for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from grader.kinds.kind import View
from grader.marking.arithmetic import false_equation
from grader.maths.facts import CONSTANT, holds, shifted
from grader.maths.worlds import World
from grader.model.expressions import Expr, Name, Relation, base_name, names_in, walk
from grader.model.results import Finding
from grader.notation.reading import Claim
from grader.prepare.parts import PreparedPart

_MOST = 80  # nodes of an equation


def false_fact(claims: Iterable[Claim], world: World, *, from_one: bool) -> Claim | None:
    """The first claim with two sides next to each other that differ, both told by given data, or one an element of it.

    Letters that no name stands for are indices where one side is an array at them alone, `y[k] = ...`: then both sides
    are compared at all places. With `from_one`, equations that all hold when counted from 1 are no contradiction.
    """
    equations = [(claim, pair) for claim in claims for pair in _equations(claim, world)]
    held = [(claim, pair, holds(*pair, world)) for claim, pair in equations]
    false = next((claim for claim, _, truth in held if truth is False), None)
    if false is None or not from_one:
        return false
    counted = [holds(shifted(a), shifted(b), world) for _, (a, b), truth in held if truth is not None]
    return None if all(counted) else false


def _equations(claim: Claim, world: World) -> Iterator[tuple[Expr, Expr]]:
    """Sides next to each other that say something of the data: a result alone, `det A = 3`, is an answer of its own."""
    expr = claim.expr
    if not isinstance(expr, Relation) or set(expr.ops) != {"="} or sum(1 for _ in walk(expr)) > _MOST:
        return
    for left, right in pairwise(expr.operands):
        if (
            left is None
            or right is None
            or any(name not in world for name in CONSTANT & (names_in(left) | names_in(right)))
        ):
            continue
        told = [any(name in world for name in names_in(side)) for side in (left, right)]
        if all(told) or (told[0] and (isinstance(left, Name) or base_name(left) in world)):
            yield left, right


def false_statement(prepared: PreparedPart, view: View, finding: Finding) -> Claim | None:
    """An equation beside a right answer that is false: between numbers, or about the data of the question."""
    kind = prepared.kind
    if kind is None or not kind.calculates:
        return None
    claims = view.reading(**kind.reads).claims
    if (said := false_equation(claims)) is not None or prepared.given is None:
        return said
    listed = kind.name == "array"  # the place in `Z[0,1] = 6` is not part of a number
    others = [claim for claim in claims if listed or claim.place not in finding.spans]
    return false_fact(others, prepared.given, from_one=not listed)
