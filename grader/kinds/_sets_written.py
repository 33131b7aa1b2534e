"""The one set in braces among lists without them, which are the working: rows of distances, then {0, 3, 4}."""

from __future__ import annotations

from collections.abc import Sequence

from grader.kinds._choosing import Candidate
from grader.model.expressions import Expr, Group, Relation


def written_out(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The only candidate in braces, or all of them."""
    found = [one for one in candidates if _is_braced(one.claim.expr)]
    return found if len(found) == 1 else [*candidates]


def _is_braced(expr: Expr | None) -> bool:
    last = expr.operands[-1] if isinstance(expr, Relation) else expr
    return isinstance(last, Group) and last.brackets == "{}" and len(last.items) > 1
