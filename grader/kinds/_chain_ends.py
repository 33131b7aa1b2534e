"""Chains that end in a comparison: `E = (1 - 1/n)\\sigma^2 \\ne \\sigma^2` says what E is, and what that is not."""

from __future__ import annotations

from collections.abc import Sequence

from grader.model.expressions import Relation
from grader.notation.reading import Claim

_COMPARED = frozenset(["<", ">", "<=", ">=", "!="])


def without_comparison(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims, each chain of equalities without the comparison behind it."""
    return tuple([_equalities(claim) for claim in claims])


def _equalities(claim: Claim) -> Claim:
    expr = claim.expr
    if not isinstance(expr, Relation) or expr.ops[0] != "=" or not _COMPARED & {*expr.ops}:
        return claim
    count = next(number for number, op in enumerate(expr.ops) if op != "=")
    last = expr.operands[count]
    if last is None or not _COMPARED.issuperset(expr.ops[count:]):
        return claim
    kept = Relation(expr.operands[: count + 1], expr.ops[:count], (expr.place[0], last.place[1]))
    return claim._replace(expr=kept)
