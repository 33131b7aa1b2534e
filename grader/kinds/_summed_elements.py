"""A sum or a mean whose sign is a function's name: in `n / sum(x_i)` it runs over the index of what it takes."""

from __future__ import annotations

from collections.abc import Container

from grader.maths import repairs
from grader.model.expressions import Bound, Call, Expr, Index, Reduce, Relation, names_in, walk
from grader.notation.reading import Claim


def with_summed_elements(
    claims: tuple[Claim, ...], names: Container[str], letters: tuple[str, ...]
) -> tuple[Claim, ...]:
    """The claims with `sum(x_i)` over i: not over an index of the answer (`letters`), nor one that is summed around."""
    if not any(_is_total(node) for claim in claims if claim.expr is not None for node in walk(claim.expr)):
        return claims
    told = (None if claim.expr is None else _told(claim.expr, names, letters) for claim in claims)
    return tuple([claim._replace(expr=expr) for claim, expr in zip(claims, told, strict=True)])


def _is_total(node: Expr) -> bool:
    return isinstance(node, Call) and node.function in ("sum", "mean") and len(node.args) == 1


def _told(expr: Expr, names: Container[str], letters: tuple[str, ...]) -> Expr:
    left = expr.operands[0] if isinstance(expr, Relation) else None
    given = repairs.index_positions(left) if left is not None else frozenset[str]()
    taken = {*letters, *given, *repairs.bound_indices(expr)}

    def change(node: Expr) -> Expr | None:
        if not isinstance(node, Call) or not _is_total(node):
            return None
        own = repairs.index_positions(node.args[0])
        if not own or any(letter in names or letter in taken for letter in own):
            return None
        if node.function == "mean":
            (element,) = node.args
            whole = isinstance(element, Index) and len(own) == len(element.indices) == len(names_in(element)) - 1
            return Call("mean", (element.base,), node.place) if isinstance(element, Index) and whole else None
        bounds = tuple([Bound(letter, None, None, node.place) for letter in sorted(own)])
        return Reduce("sum", bounds, node.args[0], node.place)

    return repairs.rewrite(expr, change)
