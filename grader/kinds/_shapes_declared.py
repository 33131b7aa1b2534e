"""Shapes told as an array is declared in a program: `images[1000][256][256][3]`."""

from __future__ import annotations

from grader.model.expressions import Expr, Index, Name, Num
from grader.notation.reading import Claim


def declared(claims: tuple[Claim, ...], rank: int) -> list[tuple[Claim, tuple[Expr, ...]]]:
    """The arrays with one length in brackets for each axis; an element of an array is no other: X[1][2]."""
    if rank < _FEWEST:
        return []
    found = []
    for claim in claims:
        lengths: tuple[Expr, ...] = ()
        expr = claim.expr
        while isinstance(expr, Index) and len(expr.indices) == 1:
            lengths, expr = (expr.indices[0], *lengths), expr.base
        if isinstance(expr, Index) or not isinstance(expr, Name) or len(lengths) != rank:
            continue
        if all(isinstance(length, Num) and isinstance(length.value, int) and length.value > 1 for length in lengths):
            found.append((claim, lengths))
    return found if len({claim.sentence for claim, _ in found}) == 1 else []


_FEWEST = 3  # of two brackets it is too close to a place
