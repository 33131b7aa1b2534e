"""What arrows between statements make of them."""

from __future__ import annotations

from grader.model.expressions import Expr, Name, Op

_MAPPED = ("mapsto", "↦")
_THEREFORE = ("Rightarrow", "implies", "⇒", "=>", "to", "rightarrow", "→", "->", "Longrightarrow", "⟹")
_EQUIVALENT = tuple("iff Leftrightarrow ⇔ leftrightarrow longleftrightarrow Longleftrightarrow ↔ ⟷ ⟺ <-> <=>".split())


def by_arrow(arrow: str, left: Expr, right: Expr) -> Expr | None:
    """What an arrow makes of `x \\mapsto x^2` and of statements that are letters; None if it is none of these."""
    place = (left.place[0], right.place[1])
    if arrow in _MAPPED:
        return right
    if not (_is_logical(left) and _is_logical(right)):
        return None
    if isinstance(left, Name) and isinstance(right, Name) and not {left.name, right.name} <= _STATEMENTS:
        return None
    if arrow in _THEREFORE:
        return Op("or", (Op("not", (left,), left.place), right), place)
    if arrow in _EQUIVALENT:
        neither = Op("and", tuple(Op("not", (side,), side.place) for side in (left, right)), place)
        return Op("or", (Op("and", (left, right), place), neither), place)
    return None


_STATEMENTS = frozenset("pqrstPQRST")


def _is_logical(expr: Expr) -> bool:
    return isinstance(expr, Name) or (
        isinstance(expr, Op) and expr.op in ("and", "or", "not") and all(_is_logical(arg) for arg in expr.args)
    )
