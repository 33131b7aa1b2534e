"""The one set in braces among lists without them, which are the working: rows of distances, then {0, 3, 4}."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.kinds._choosing import Candidate
from grader.model.expressions import Expr, Group, Relation

_BRACE = re.compile(r"\\\{|(?<![\w}^_])\{")


def written_out(candidates: Sequence[Candidate], text: str) -> list[Candidate]:
    """The only candidate in braces, or all of them; without braces in the text it is only read as a set."""
    if _BRACE.search(text) is None:
        return [*candidates]
    found = [one for one in candidates if _is_braced(one.claim.expr)]
    return found if len(found) == 1 else [*candidates]


def _is_braced(expr: Expr | None) -> bool:
    last = expr.operands[-1] if isinstance(expr, Relation) else expr
    return isinstance(last, Group) and last.brackets == "{}" and len(last.items) > 1
