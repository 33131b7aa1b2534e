"""Whether something is rounded on the way to a value: then few lengths tell two formulas apart."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from grader.maths.worlds import Definition
from grader.model.expressions import Call, Expr, Name, Op, walk

_ROUNDING = frozenset(["floor", "ceil", "round", "mod"])


def is_rounded(body: Any, definitions: Mapping[str, Definition], seen: Set[str] = frozenset()) -> bool:
    """Whether an expression, or a definition that it names, rounds: `ceil(N/s)`, `n // 2`, `k mod p`."""
    if not isinstance(body, Expr):
        return False
    nodes = tuple(walk(body))
    if any(
        (isinstance(n, Call) and n.function in _ROUNDING) or (isinstance(n, Op) and n.op in _ROUNDING) for n in nodes
    ):
        return True
    named = {node.name for node in nodes if isinstance(node, Name)} & definitions.keys() - seen
    return any(is_rounded(definitions[name].body, definitions, seen | named) for name in sorted(named))
