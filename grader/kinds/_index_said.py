"""The index of one entry of a list: "at index 1", `argmax_j y_j = 1`, `y[1] = 10`; what the list holds is none."""

from __future__ import annotations

from collections.abc import Sequence

from grader.model.expressions import Call, Expr, Group, Index, Name, Num, Reduce, Relation, base_name
from grader.model.patterns import later
from grader.notation.reading import Claim

_PLACED = later(
    r"\b(?:index|position|place|entry|element|component|idx|stelle|eintrag|indice|posición)"
    r"(?:\s+(?:number|no\.?|nr\.?))?\s*(?:is|=|:)?\s*$"
)
_ARGUMENT = later(r"\barg ?(?:max|min)\s*[:=]?\s*$")
_EXTREMES = frozenset(["max", "min"])


def without_entries(claims: Sequence[Claim], array: str) -> tuple[Claim, ...]:
    """The claims but for those that say what the list holds: `y = (1, 10, 1, 5)`, `y = 10`."""
    return tuple(
        [claim for claim in claims if not _holds(claim.expr, array) or _ARGUMENT.search(claim.before) is not None]
    )


def _holds(expr: Expr | None, array: str) -> bool:
    while isinstance(expr, Group) and len(expr.items) == 1:
        expr = expr.items[0]
    return (
        bool(array)
        and isinstance(expr, Relation)
        and expr.operands[0] is not None
        and (isinstance(expr.operands[0], Name) and expr.operands[0].name == array)
    )


def said_indices(claims: Sequence[Claim], array: str) -> list[tuple[Claim, tuple[int, ...]]]:
    """The indices that the claims name, each with its claim."""
    valued = [claim for claim in claims if _is_entry(claim.expr, array)]
    if len(valued) > 1:  # y[0] = 1, y[1] = 10, ...: all that the list holds
        claims = [claim for claim in claims if claim not in valued]
    found = [(claim, _index(claim, array)) for claim in claims]
    return [(claim, (index,)) for claim, index in found if index is not None]


def _is_entry(expr: Expr | None, array: str) -> bool:
    first = expr.operands[0] if isinstance(expr, Relation) else None
    return isinstance(first, Index) and len(first.indices) == 1 and base_name(first) == array


def _index(claim: Claim, array: str) -> int | None:
    expr = claim.expr
    if isinstance(expr, Num):
        placed = _PLACED.search(claim.before) or _ARGUMENT.search(claim.before)
        return _whole(expr) if placed is not None else None
    if not isinstance(expr, Relation) or set(expr.ops) != {"="}:
        return None
    if any(_is_argument(side) for side in expr.operands) or _ARGUMENT.search(claim.before) is not None:
        return _whole(expr.operands[-1])
    first = expr.operands[0]
    if isinstance(first, Index) and len(first.indices) == 1 and base_name(first) == array:
        return _whole(first.indices[0])
    return None


def _is_argument(expr: Expr | None) -> bool:
    """`\\arg\\max_j y_j`, or its name alone."""
    if isinstance(expr, Name):
        return expr.name in ("argmax", "argmin")
    if not isinstance(expr, Call):
        return False
    inner = expr.args[0] if len(expr.args) == 1 else None
    named = expr.function in ("argmax", "argmin")
    return named or (expr.function == "arg" and isinstance(inner, Reduce) and inner.op in _EXTREMES)


def _whole(expr: Expr | None) -> int | None:
    return expr.value if isinstance(expr, Num) and isinstance(expr.value, int) else None
