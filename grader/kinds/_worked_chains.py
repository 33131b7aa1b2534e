"""Chains that begin with a formula in place of a name, `\\sum dJ/dZ dZ/dW = \\sum dJ/dZ X`, which must be the same."""

from __future__ import annotations

from grader.kinds._expected import Expected
from grader.kinds._recalled import compared
from grader.kinds.kind import View
from grader.model.expressions import Expr, Op, Reduce, Relation, names_in
from grader.model.results import Status
from grader.notation.reading import Claim


def begins_with_itself(claim: Claim, expected: Expected, view: View) -> bool:
    """Whether the first side of an equation is what is asked for: by the chain rule, or as a formula of its own."""
    expr = claim.expr
    first = expr.operands[0] if isinstance(expr, Relation) and set(expr.ops) == {"="} else None
    if not isinstance(first, Op | Reduce):
        return False
    return (
        _telescopes(first, expected.target)
        or compared(expected, claim, None, first, {}, view)[0].status is Status.RIGHT
    )


def _telescopes(expr: Expr, target: str) -> bool:
    """Whether the derivatives in a formula lead from the top to the bottom of another: dJ/dZ and dZ/dW for dJ/dW."""
    pairs = dict(_parts(name) for name in names_in(expr) if _is_derivative(name))
    if not _is_derivative(target) or len(pairs) < 2:
        return False
    at, bottom = _parts(target)
    for _ in range(len(pairs)):
        at = pairs.pop(at, "")
    return at == bottom


def _is_derivative(name: str) -> bool:
    return name.startswith("d") and "/d" in name


def _parts(name: str) -> tuple[str, str]:
    top, _, bottom = name[1:].partition("/d")
    return top, bottom
