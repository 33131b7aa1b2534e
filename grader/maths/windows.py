"""Windows that move, written as slices: `max(X[b, s*k:s*k+p, c])`."""

from __future__ import annotations

from grader.maths.repairs import rewrite
from grader.model.expressions import Bound, Call, Expr, Index, Name, Num, Op, Reduce, Slice, names_in

_STEP = "step"  # the index that is made up; no student writes a name so long as one
_KINDS = ("max", "min")


def by_index(expr: Expr) -> Expr:
    """The largest or smallest entry of a window as one over an index; the stop is excluded, as in Python."""
    return rewrite(expr, _over_index)


def _over_index(node: Expr) -> Expr | None:
    if isinstance(node, Call) and node.function in _KINDS and len(node.args) == 1:
        return _moving(node.function, node.args[0], node.place)
    if isinstance(node, Reduce) and node.op in _KINDS and not node.bounds:
        return _moving(node.op, node.body, node.place)
    return None


def _moving(function: str, array: Expr, place: tuple[int, int]) -> Expr | None:
    slices = (
        [k for k, index in enumerate(array.indices) if isinstance(index, Slice)] if isinstance(array, Index) else []
    )
    if len(slices) != 1 or not isinstance(array, Index):
        return None
    at, window = slices[0], array.indices[slices[0]]
    if not isinstance(window, Slice) or window.start is None or window.stop is None or window.step is not None:
        return None
    if not names_in(window.start):
        return None
    here = window.place
    last = Op("add", (window.stop, _less(window.start), _less(Num(1, here, "1"))), here)
    index = Op("add", (window.start, Name(_STEP, here)), here)
    entry = Index(array.base, (*array.indices[:at], index, *array.indices[at + 1 :]), array.place)
    return Reduce(function, (Bound(_STEP, Num(0, here, "0"), last, here),), entry, place)


def _less(expr: Expr) -> Expr:
    return Op("neg", (expr,), expr.place)
