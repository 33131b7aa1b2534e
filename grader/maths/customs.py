"""Other customs in which a formula may be written: Kronecker's delta, indices counted from 1.

A formula under another custom is a guess at what its author means; only where it then equals the reference is the
guess worth anything.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from grader.maths.repairs import reductions, rewrite
from grader.model.expressions import Call, Expr, Index, Name, Num, Op, names_in, nodes_of, rebuilt, walk
from grader.model.patterns import later

_DELTA = later(r"delta_?([a-z])([a-z])")


def with_kronecker(expr: Expr) -> Expr:
    """`delta_{jk}` as Kronecker's delta: 1 where both indices are the same, 0 elsewhere."""

    def change(node: Expr) -> Expr | None:
        if isinstance(node, Name) and (found := _DELTA.fullmatch(node.name)):
            return Call("delta", tuple(Name(letter, node.place) for letter in found.groups()), node.place)
        if isinstance(node, Index) and isinstance(node.base, Name) and node.base.name == "delta":
            return Call("delta", node.indices, node.place) if len(node.indices) == 2 else None
        return None

    return rewrite(expr, change)


def in_radians(expr: Expr) -> Expr:
    """The formula with the angles of `cos 60°` in radians; an angle that stands for itself is left as it is."""

    def turned(node: Expr) -> Expr | None:
        if not isinstance(node, Op) or node.op != "degree":
            return None
        half = Op("div", (Name("pi", node.place), Num(180, node.place, "180")), node.place)
        return Op("mul", (node.args[0], half), node.place)

    def change(node: Expr) -> Expr | None:
        is_angle = isinstance(node, Call) and node.function in _OF_ANGLES
        return rebuilt(node, lambda part: rewrite(part, turned)) if is_angle else None

    angles = any(node.op == "degree" for node in nodes_of(Op, expr))
    return rewrite(expr, change) if angles else expr


def all_below(expr: Expr) -> Expr:
    """`a/2bc` as a/(2bc): nobody can tell how far the slash goes."""
    return _below(expr, lambda factors: True)


def tight_below(expr: Expr, typed: Typed) -> Expr:
    """`t/RC` as t/(RC), as everybody means it: letters alone behind the slash, without a sign or a blank.

    `typed` gives the text between two places. Of `1/2x`, `a/b c` and `a/b(c+d)` nobody can tell.
    """
    return _below(expr, lambda factors: _is_tight(factors, typed))


def _below(expr: Expr, goes: Callable[[list[Expr]], bool]) -> Expr:
    """An expression with all that follows a slash below it, where that goes for what stands there."""
    first, *rest = _side_by_side(expr)
    slashed = bool(rest) and isinstance(first, Op) and first.op == "div" and first.sign != "frac"
    if not slashed or not isinstance(first, Op) or not goes([first.args[1], *rest]):
        return rebuilt(expr, lambda part: _below(part, goes))
    below = _below(first.args[1], goes)
    for factor in rest:
        below = Op("mul", (below, _below(factor, goes)), (below.place[0], factor.place[1]), "")
    return Op("div", (_below(first.args[0], goes), below), expr.place, first.sign)


def _is_tight(factors: list[Expr], typed: Typed) -> bool:
    letters = all(isinstance(_base(factor), Name) for factor in factors)
    return letters and all(
        one.place[1] == other.place[0] or _COMMAND.search(typed(one.place[0], other.place[0])) is not None
        for one, other in pairwise(factors)
    )


def _base(factor: Expr) -> Expr:
    """The letter of `C_1` or `C^2`."""
    power = isinstance(factor, Op) and factor.op == "pow" and isinstance(factor.args[1], Num)
    factor = factor.args[0] if power and isinstance(factor, Op) else factor
    return factor.base if isinstance(factor, Index) else factor


Typed = Callable[[int, int], str]
_COMMAND = later(r"\\[A-Za-z]+\s+\Z")  # behind \\omega TeX needs the blank


def _side_by_side(expr: Expr) -> list[Expr]:
    """The factors of a product without any sign between them."""
    if not isinstance(expr, Op) or expr.op != "mul" or expr.sign:
        return [expr]
    return [factor for arg in expr.args for factor in _side_by_side(arg)]


_OF_ANGLES = frozenset(["sin", "cos", "tan", "cot", "sec", "csc"])


def one_based(expr: Expr, letters: frozenset[str]) -> Expr | None:
    """A formula whose author counts from 1 throughout, in the counting from 0; None if its sums do not say so.

    Every sum must begin at 1. Then each place in an array is one less, and each free letter one more.
    """
    bounds = [bound for node in reductions(expr) for bound in node.bounds]
    starts = [bound.low for bound in bounds]
    if not bounds or any(not (isinstance(low, Num) and low.value == 1) for low in starts):
        return None

    return _counted_from_zero(expr, letters)


def one_based_throughout(expr: Expr, letters: frozenset[str]) -> Expr | None:
    """The same for sums that do not say where they begin, `X(i, j + k - 1)`; None if no index has such a 1 in it."""
    bounds = [bound for node in reductions(expr) for bound in node.bounds]
    ones = (one for node in walk(expr) if isinstance(node, Index) for place in node.indices for one in walk(place))
    if any(bound.low is not None for bound in bounds) or not any(isinstance(n, Num) and n.value == 1 for n in ones):
        return None
    return _counted_from_zero(expr, letters | {bound.index for bound in bounds})


def begins_at_one(expr: Expr) -> bool:
    """Whether a sum from 1 runs over a letter by which an index is shifted, `sum_{k=1}^{K} W[k] Z[j-k]`.

    Of letters that stand alone, counting from 1 to N is a custom that changes nothing; a shift by k is another one.
    """
    begun = {
        bound.index
        for node in reductions(expr)
        for bound in node.bounds
        if node.op == "sum" and isinstance(bound.low, Num) and bound.low.value == 1 and bound.high is not None
    }
    places = (place for node in walk(expr) if begun and isinstance(node, Index) for place in node.indices)
    return any(isinstance(place, Op) and begun & names_in(place) and len(names_in(place)) > 1 for place in places)


def _counted_from_zero(expr: Expr, letters: frozenset[str]) -> Expr:
    def change(node: Expr) -> Expr | None:
        if isinstance(node, Index):
            places = tuple(_moved(rewrite(one, change), -1) for one in node.indices)
            return Index(node.base, places, node.place)
        return _moved(node, 1) if isinstance(node, Name) and node.name in letters else None

    return rewrite(expr, change)


def _moved(expr: Expr, by: int) -> Expr:
    one = Num(abs(by), expr.place, "1")
    return Op("add", (expr, one if by > 0 else Op("neg", (one,), expr.place)), expr.place)
