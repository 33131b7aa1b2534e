"""Whether something is rounded on the way to a value: then few lengths tell two formulas apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grader.maths.dependence import reachable
from grader.maths.worlds import Definition
from grader.model.expressions import Call, Op, walk

_ROUNDING = frozenset(["floor", "ceil", "round", "mod"])


def is_rounded(body: Any, definitions: Mapping[str, Definition]) -> bool:
    """Whether an expression, or a definition that it names, rounds: `ceil(N/s)`, `n // 2`, `k mod p`."""
    nodes = (node for expr in reachable(body, definitions) for node in walk(expr))
    return any(
        (isinstance(n, Call) and n.function in _ROUNDING) or (isinstance(n, Op) and n.op in _ROUNDING) for n in nodes
    )
