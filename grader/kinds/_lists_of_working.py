"""Lists beside a basis that are working: a matrix that another is reduced to, values that free variables are given."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.kinds.kind import View
from grader.model.expressions import Expr, Group, Name, Op, Relation
from grader.model.patterns import later
from grader.notation.reading import Claim

_REDUCES = ("=>", "~", "->")
_ROW_REDUCED = later(r"\b(?:rref|ref|echelon form|row reduc\w+)\b[^.\d]{0,30}\Z", holds=("ref", "echelon", "reduc"))
_FEWEST = 2  # rows of a matrix, letters of a list


def without_working(claims: Sequence[Claim], size: int) -> list[Claim]:
    """The claims but for such lists, where vectors have `size` entries: `M \\to [[1, 2], [0, 0]]`, and "setting
    (x_2, x_4) = (1, 0) and (0, 1)"."""
    kept: list[Claim] = []
    before: Claim | None = None
    given = 0  # letters that the list before has given values
    for claim in claims:
        letters = found if (found := _letters(claim.expr)) != size else 0
        goes_on = given > 0 and claim.before.strip(" ,") in ("and", "or", "") and _length(claim.expr) == given
        given = letters or (given if goes_on else 0)
        if not given and not _is_reduced(before, claim):
            kept.append(claim)
        before = claim
    return kept


def _letters(expr: Expr | None) -> int:
    """How many letters an equation gives the values of a list of numbers."""
    left = expr.operands[0] if isinstance(expr, Relation) and expr.ops == ("=",) else None
    right = expr.operands[1] if isinstance(expr, Relation) else None
    named = isinstance(left, Group) and len(left.items) >= _FEWEST and all(isinstance(i, Name) for i in left.items)
    if not named or not isinstance(left, Group) or _length(right) != len(left.items) or _has_letters(right):
        return 0
    return len(left.items)


def _has_letters(expr: Expr | None) -> bool:
    return isinstance(expr, Group) and any(isinstance(item, Name) for item in expr.items)


def _length(expr: Expr | None) -> int:
    return len(expr.items) if isinstance(expr, Group) and expr.brackets == "()" else 0


def _is_reduced(before: Claim | None, claim: Claim) -> bool:
    """Whether an arrow leads from a matrix, or from its name, to a matrix."""
    if _ROW_REDUCED.search(claim.before) and _is_matrix(claim.expr):
        return True
    if before is None or before.block != claim.block or claim.before.strip() not in _REDUCES:
        return False
    named = isinstance(before.expr, Name) and before.expr.name.isupper()
    return _is_matrix(claim.expr) and (named or _is_matrix(before.expr))


def _is_matrix(expr: Expr | None) -> bool:
    if isinstance(expr, Relation):
        expr = expr.operands[-1]
    if isinstance(expr, Op) and expr.op == "mul":
        expr = expr.args[-1]
    rows = expr.items if isinstance(expr, Group) else ()
    return len(rows) >= _FEWEST and all(isinstance(row, Group) and len(row.items) > 1 for row in rows)


_IN_TURN = later(
    r"\b(?:max|min|sum|mean|average)\w*\s?(?:of\s)?[({\[][^.;\n]*?[)}\]]\s?(?:is|=|->|gives)\s?-?\d", re.IGNORECASE
)


def is_worked_out_in_turn(view: View) -> bool:
    """ "max of (1,2) is 2, max of (3,2) is 3": entries that are worked out one after the other, not listed."""
    return len(_IN_TURN.findall(view.answer.text)) > 1
