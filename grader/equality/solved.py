"""Equations that stand before their own solutions: `λ² + 6λ + 25 = 0, λ = -3 ± 4i` says what λ is."""

from __future__ import annotations

from grader.model.expressions import Expr, Group, Index, Name, Num, Op, Relation, names_in, walk


def without_equations(expr: Expr) -> Expr:
    """A list of statements without the equations in one letter of which the last ones say the values."""
    if not isinstance(expr, Group) or expr.brackets or len(expr.items) < _FEWEST:
        return expr
    letters = {_letter(item) for item in expr.items} - {""}
    if len(letters) != 1:
        return expr
    letter = letters.pop()
    kept = [item for item in expr.items if not _is_equation(item, letter)]
    if len(kept) == len(expr.items) or not all(_letter(item) == letter for item in kept) or not kept:
        return expr
    return kept[0] if len(kept) == 1 else expr._replace(items=tuple(kept))


_FEWEST = 2


def _letter(item: Expr) -> str:
    """The letter that a statement gives a value to: of `λ = 2` and of `λ_{1,2} = -3 ± 4i`."""
    left = item.operands[0] if isinstance(item, Relation) and item.ops[0] in ("=", "~") else None
    base = left.base if isinstance(left, Index) else left
    return base.name if isinstance(base, Name) else ""


def _is_equation(item: Expr, letter: str) -> bool:
    """Whether it is an equation that is still to be solved: `λ² + 6λ + 25 = 0`."""
    if not isinstance(item, Relation) or item.ops != ("=",) or not isinstance(item.operands[0], Op):
        return False
    left, right = item.operands[0], item.operands[1]
    powers = any(isinstance(node, Op) and node.op == "pow" for node in walk(left))  # k/2 = 4 says what k is
    return isinstance(right, Num) and (right.value == 0 or powers) and names_in(left) == {letter}
