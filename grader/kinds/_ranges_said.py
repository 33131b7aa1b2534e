"""Ranges of indices that are said behind a formula: `max_j x[s*k+j], j = 0..p-1`, "with j from 0 to p-1"."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TypeGuard

from grader.maths.repairs import rewrite
from grader.model.errors import Unreadable
from grader.model.expressions import Bound, Call, Expr, Group, Index, Name, Num, Op, Reduce, Relation, names_in, walk
from grader.model.patterns import later
from grader.notation.reading import Claim
from grader.notation.sums import read_bounds

_GOES_ON = later(r"[\s,]*(?:\.\.\.|…|\\[lc]?dots)[\s,]*|\s*(?:to|up to|until|through)\s*")
_FROM = later(
    r".*?\b(\w{1,3}) (?:is |goes |runs |ranges |going |running )*(?:from|between)\s*", holds=("from", "between")
)
_NAMED_FROM = later(r"\s*(?:is |goes |runs |ranges |going |running )*(?:from|between)\s*")
_TO = later(r"\s*(?:to|and|through|up to|until)\s*")
Limits = dict[str, tuple[Expr, Expr]]


def with_said_ranges(body: Expr, claim: Claim, claims: Sequence[Claim]) -> Expr:
    """The formula with the limits that the answer says behind it for indices that it leaves without."""
    unlimited = {
        bound.index
        for node in walk(body)
        if isinstance(node, Reduce)
        for bound in node.bounds
        if bound.low is None and bound.high is None
    }
    called = {node.function for node in walk(body) if _is_reduction(node)}
    free = _left_over(body, claim) if called else set()
    said = _said(unlimited | free, _behind(claim, claims)) if unlimited or free else {}
    if not said:
        return body

    def change(node: Expr) -> Expr | None:
        if isinstance(node, Call) and _is_reduction(node):  # max(x[s*k+j]), j = 0..p-1
            inner = [Bound(name, *said[name], node.place) for name in sorted(free & said.keys())]
            return Reduce(node.function, tuple(inner), node.args[0], node.place) if inner else None
        if not isinstance(node, Reduce) or not any(bound.index in said for bound in node.bounds):
            return None
        bounds = tuple(
            Bound(one.index, *said[one.index], one.place) if one.index in said else one for one in node.bounds
        )
        return Reduce(node.op, bounds, rewrite(node.body, change), node.place)

    return rewrite(body, change)


def said_behind(names: set[str], claim: Claim, claims: Sequence[Claim]) -> Limits:
    """The ranges that the answer says of these indices behind a formula."""
    return _said(names, _behind(claim, claims))


def _is_reduction(node: Expr) -> TypeGuard[Call]:
    return isinstance(node, Call) and node.function in ("max", "min", "sum") and len(node.args) == 1


def _left_over(body: Expr, claim: Claim) -> set[str]:
    """The letters in the indices of a formula that its left side does not have."""
    left = claim.expr.operands[0] if isinstance(claim.expr, Relation) else None
    own = names_in(left) if left is not None else set()
    indices = [index for node in walk(body) if isinstance(node, Index) for index in node.indices]
    return {name for index in indices for name in names_in(index)} - own if own else set()


def _behind(claim: Claim, claims: Sequence[Claim]) -> list[Claim]:
    """The claims behind a formula, up to the next equation of an array."""
    found: list[Claim] = []
    for other in claims:
        if other.place <= claim.place:
            continue
        if isinstance(other.expr, Relation) and isinstance(other.expr.operands[0], Index):
            break
        found.append(other)
    return found


def _said(unlimited: set[str], claims: list[Claim]) -> Limits:
    found: Limits = {}
    for at, claim in enumerate(claims):
        for name, low, high in (*_limits(claim, _goes_on_to(claims, at), unlimited), *_in_code(claim, unlimited)):
            found.setdefault(name, (low, high))
    for named, low_claim, high_claim in zip(claims, claims[1:], claims[2:], strict=False):
        first, last = low_claim.expr, high_claim.expr
        if not isinstance(named.expr, Name) or named.expr.name not in unlimited or first is None or last is None:
            continue
        if _NAMED_FROM.fullmatch(low_claim.before) and _TO.fullmatch(high_claim.before):
            found.setdefault(named.expr.name, (first, last))
    return found


def _goes_on_to(claims: Sequence[Claim], at: int) -> Claim | None:
    """The claim behind one, or behind the numbers that go on with it: p in `j = 0, 1, 2, ..., p`."""
    ahead = at + 1
    while ahead < len(claims) and isinstance(claims[ahead].expr, Num) and claims[ahead].before.strip() == ",":
        ahead += 1
    further = claims[ahead] if ahead < len(claims) else None
    counted = ahead > at + 1 and further is not None and _GOES_ON.fullmatch(further.before) is not None
    return further if counted else claims[at + 1] if at + 1 < len(claims) else None


_IN_RANGE = later(r".*?\b(\w{1,3}) in range\s*\Z", holds=("range",))


def _in_code(claim: Claim, unlimited: set[str]) -> list[tuple[str, Expr, Expr]]:
    """`j in range(p)`, as Python counts: from 0 up to p - 1."""
    named, expr = _IN_RANGE.fullmatch(claim.before), claim.expr
    items = expr.items if isinstance(expr, Group) and expr.brackets == "()" else ()
    if named is None or named[1] not in unlimited or not 0 < len(items) < 3:
        return []
    last, place = items[-1], items[-1].place
    low = items[0] if len(items) == 2 else Num(0, place, "0")
    return [(named[1], low, Op("add", (last, Op("neg", (Num(1, place, "1"),), place)), place, "-"))]


def _from_zero(bound: Bound) -> Expr | None:
    """Where an index begins of which only the end is said, "j < p"; not where that is a number, "j < 0"."""
    return None if isinstance(bound.high, Num) else Num(0, bound.place, "0")


def _limits(claim: Claim, following: Claim | None, unlimited: set[str]) -> list[tuple[str, Expr, Expr]]:
    expr = claim.expr
    if isinstance(expr, Relation):
        with suppress(Unreadable):
            bounds = [bound for bound in read_bounds([expr], None) if bound.index in unlimited]
            whole = [(bound.index, bound.low or _from_zero(bound), bound.high) for bound in bounds if bound.high]
            if whole:
                return [(name, low, high) for name, low, high in whole if low is not None and high is not None]
        begins = expr.ops == ("=",) and isinstance(expr.operands[0], Name) and expr.operands[0].name in unlimited
        last = following.expr if following is not None and _GOES_ON.fullmatch(following.before) else None
        if begins and isinstance(expr.operands[0], Name) and last is not None and expr.operands[1] is not None:
            return [(expr.operands[0].name, expr.operands[1], last)]
        return []
    spoken = _FROM.fullmatch(claim.before)
    if spoken is None or spoken[1] not in unlimited or not isinstance(expr, Num | Name | Op) or following is None:
        return []
    last = following.expr if _TO.fullmatch(following.before) else None
    return [(spoken[1], expr, last)] if last is not None else []
