"""Sums that run backwards over an axis whose length is written as a number: `W[2 - k1]` over k1 from 0 to 2."""

from __future__ import annotations

from grader.maths.repairs import rewrite
from grader.model.expressions import Expr, Index, Name, Num, Op, Reduce, walk


def forwards(expr: Expr) -> Expr:
    """The formula with k for c - k wherever a sum over k takes the elements at `c - k`, c a number.

    Over a whole axis of c + 1 elements that is the same sum. The formula itself where nothing runs backwards.
    """
    return rewrite(expr, _turned)


def _turned(node: Expr) -> Expr | None:
    if not isinstance(node, Reduce):
        return None
    lasts: dict[str, Num] = {}
    for inner in walk(node.body):
        for index in inner.indices if isinstance(inner, Index) else ():
            found = _from_last(index)
            if found is not None and any(bound.index == found[0] for bound in node.bounds):
                lasts.setdefault(*found)
    if not lasts:
        return None

    def change(inner: Expr) -> Expr | None:
        last = lasts.get(inner.name) if isinstance(inner, Name) else None
        return None if last is None else Op("add", (last, Op("neg", (inner,), inner.place)), inner.place)

    return Reduce(node.op, node.bounds, forwards(rewrite(node.body, change)), node.place)


def _from_last(index: Expr | None) -> tuple[str, Num] | None:
    """The k and the c of an index `c - k`."""
    if not isinstance(index, Op) or index.op != "add" or len(index.args) != 2:
        return None
    last, less = index.args
    if not isinstance(last, Num) or last.value < 1 or not isinstance(less, Op) or less.op != "neg":
        return None
    return (less.args[0].name, last) if isinstance(less.args[0], Name) else None
