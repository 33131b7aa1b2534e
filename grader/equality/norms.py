"""Norms as sums over entries, where the other side has such a sum: `\\|w\\|_2^2` beside `\\sum_j w_j^2`."""

from __future__ import annotations

from grader.model.expressions import Bound, Call, Expr, Index, Name, Num, Op, Reduce, names_in, rebuilt, walk
from grader.notation.printing import show


def with_sums(expr: Expr, other: Expr) -> Expr | None:
    """An expression with its norms as sums over the index of the other side's only sum; None where nothing changes."""
    if not any(isinstance(node, Call) and node.function == "norm" for node in walk(expr)):
        return None
    sums = [node for node in walk(other) if isinstance(node, Reduce) and node.op == "sum" and len(node.bounds) == 1]
    if len(sums) != 1:
        return None
    bound = sums[0].bounds[0]
    if bound.index in names_in(expr) or not (bound.low is bound.high is None or runs_through(bound)):
        return None
    indexed = {
        node.base.name
        for node in walk(sums[0].body)
        if isinstance(node, Index) and isinstance(node.base, Name) and _is_entry(node, bound.index)
    }
    found = _summed(expr, bound, frozenset(indexed))
    return None if found == expr else found


def runs_through(bound: Bound) -> bool:
    """Whether these are the limits that nobody needs to type: from 1 to n, or from 0 to n - 1; others say something."""
    low, high = bound.low, bound.high
    counted = isinstance(high, Name) and high.name != "infty"
    if not isinstance(low, Num) or high is None:
        return False
    return (low.value == 1 and counted) or (low.value == 0 and show(high).endswith(" - 1"))


def _is_entry(node: Index, index: str) -> bool:
    """Whether an element of an array is the one at an index alone."""
    return len(node.indices) == 1 and isinstance(node.indices[0], Name) and node.indices[0].name == index


def _summed(expr: Expr, bound: Bound, indexed: frozenset[str]) -> Expr:
    """With `\\|v\\|^2` as the sum of v_i^2, `\\|v\\|` as its root, `\\|v\\|_1` as the sum of |v_i|."""
    two = Num(2, expr.place, "2")
    if isinstance(expr, Op) and expr.op == "pow" and isinstance(expr.args[1], Num) and expr.args[1].value == 2:
        inner = expr.args[0]
        if isinstance(inner, Call) and inner.function == "norm" and (entry := _entry(inner, bound, indexed, 2)):
            return Reduce("sum", (bound,), Op("pow", (entry, two), expr.place), expr.place)
    if isinstance(expr, Call) and expr.function == "norm":
        if (entry := _entry(expr, bound, indexed, 2)) is not None:
            squares = Reduce("sum", (bound,), Op("pow", (entry, two), expr.place), expr.place)
            return Call("sqrt", (squares,), expr.place)
        if (entry := _entry(expr, bound, indexed, 1)) is not None:
            return Reduce("sum", (bound,), Call("abs", (entry,), expr.place), expr.place)
    return rebuilt(expr, lambda part: _summed(part, bound, indexed))


def _entry(norm: Call, bound: Bound, indexed: frozenset[str], power: int) -> Expr | None:
    """The entry of what a norm of that power is taken of; None where a letter in it has no entries, or of another."""
    said = norm.args[1] if len(norm.args) > 1 else None
    kind = said.value if isinstance(said, Num) else 2 if said is None else 0
    if kind != power or not names_in(norm.args[0]) or not names_in(norm.args[0]) <= indexed:
        return None

    def at_index(part: Expr) -> Expr:
        if isinstance(part, Name):
            return Index(part, (Name(bound.index, part.place),), part.place)
        return rebuilt(part, at_index)

    return at_index(norm.args[0]) if _is_linear(norm.args[0]) else None


def _is_linear(expr: Expr) -> bool:
    """Whether an expression is a sum of letters and of multiples of these, so that its entries are those of them."""
    if isinstance(expr, Name):
        return True
    if isinstance(expr, Op) and expr.op in ("add", "neg"):
        return all(map(_is_linear, expr.args))
    scaled = isinstance(expr, Op) and expr.op == "mul" and not names_in(expr.args[0])
    return scaled and isinstance(expr, Op) and _is_linear(expr.args[1])
