"""Lists that stand without brackets: "46, 62, 20", "Z = 46,62,20", "B, ceil(N/s), C", as one claim each."""

from __future__ import annotations

from collections.abc import Sequence

from grader.model.expressions import Call, Expr, Group, Index, Name, Num, Op, Relation
from grader.notation.reading import Claim

_FEWEST, _MOST = 3, 6  # entries; two numbers beside each other may be anything


def bracketed(claims: Sequence[Claim], fewest: int = _FEWEST) -> tuple[Claim, ...]:
    """The claims with each run of entries between commas as one list; others as they are."""
    found: list[Claim] = []
    at = 0
    while at < len(claims):
        stop = at + 1
        while stop < len(claims) and _follows(claims[stop - 1], claims[stop]):
            stop += 1
        run = claims[at:stop]
        merged = _merged(run) if fewest <= len(run) <= _MOST else None
        found += [merged] if merged is not None else run
        at = stop
    return tuple(found)


def _follows(before: Claim, claim: Claim) -> bool:
    """Whether a claim goes on with a list: behind a comma, and neither an equation nor a list itself."""
    alike = before.sentence == claim.sentence and before.block == claim.block and before.aside == claim.aside
    return alike and claim.joined and claim.before.strip() == "," and _is_entry(claim.expr)


def _is_entry(expr: Expr | None) -> bool:
    return isinstance(expr, Num | Name | Call) or (isinstance(expr, Op) and expr.op not in ("cross",))


def _merged(run: Sequence[Claim]) -> Claim | None:
    first, rest = run[0].expr, tuple([claim.expr for claim in run[1:] if claim.expr is not None])
    named = isinstance(first, Relation) and first.ops == ("=",) and isinstance(first.operands[0], Name | Index)
    begun = first.operands[1] if named and isinstance(first, Relation) else first
    if begun is None or not _is_entry(begun) or len(rest) < len(run) - 1:
        return None
    if all(isinstance(entry, Name) for entry in (begun, *rest)):
        return None  # "i, j, k": names, and no lengths
    place = (run[0].place[0], run[-1].place[1])
    listed: Expr = Group("()", (begun, *rest), (begun.place[0], place[1]))
    if named and isinstance(first, Relation):
        listed = Relation((first.operands[0], listed), ("=",), place)
    return run[0]._replace(expr=listed, place=place)
