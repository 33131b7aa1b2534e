"""Formulas of whole slices beside those of single entries: `dJ/dX[i,:,n] = dJ/dZ[i,:,m] * W`, that is, ..."""

from __future__ import annotations

from grader.kinds.kind import View
from grader.model.expressions import Expr, Place, Slice, walk
from grader.model.patterns import later


def is_sliced(body: Expr) -> bool:
    """Whether a formula takes slices of arrays."""
    return any(isinstance(node, Slice) for node in walk(body))


def is_told_by_entries(sliced: Expr, body: Expr, places: tuple[Place, Place], view: View) -> bool:
    """Whether words say that a formula of slices is what follows entry by entry; `places` are those of both."""
    (_, stop), (start, _) = places
    if not is_sliced(sliced) or is_sliced(body) or stop > start:
        return False
    return _THAT_IS.search(view.answer.document.text[view.base + stop : view.base + start + _NEAR]) is not None


_THAT_IS = later(r"也就是|即|\b(?:that is|i\.\s?e\.|in other words|namely|meaning|das heißt|d\.\s?h\.|c'est-à-dire)")
_NEAR = 20  # characters of a formula in which its first words stand
