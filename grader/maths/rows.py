"""Rows of a table under one index, `x_i^T w` and `X_{i,:} w` where the sheet has X[i,n]: each sample as a vector.

Products of two such vectors become sums over the entries, so that what stands around them may have indices: in
`X_{ik} (x_i^T w - y_i)` the vector w is whole, though the answer is written entry by entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

from grader.maths.evaluation import evaluate
from grader.maths.ranges import axis_length
from grader.maths.repairs import bound_indices, rename, rewrite
from grader.model.errors import Unreadable
from grader.model.expressions import Bound, Expr, Group, Index, Name, Num, Op, Reduce, Slice, names_in, walk
from grader.model.records import NamedTuple

if TYPE_CHECKING:
    from grader.maths.worlds import World

_WHOLE = (None, None, None)
_DOTS = ("·", "@")
_OTHER = "row"  # no student writes a name so long as an index


class Row(NamedTuple):
    """One row (or column) of an array of two axes, at a place of one of them."""

    array: str
    place: Expr
    axis: int | None  # where that is written, `X[:,k]`


def row_in(node: Expr, names: Mapping[str, int]) -> Row | None:
    """The row that an expression is; None if it is none. `x` is a name for rows of X if nobody declared it."""
    if isinstance(node, Name):
        base, _, below = node.name.partition("_")
        array = _table(base, names) if len(below) == 1 and below.isalpha() and node.name not in names else ""
        return Row(array, Name(below, node.place), None) if array else None
    if isinstance(node, Op) and node.op == "pow" and isinstance(node.args[1], Name):  # x^{(i)}
        base = node.args[0].name if isinstance(node.args[0], Name) else ""
        array = _table(base, names) if base not in names else ""
        return Row(array, node.args[1], None) if array and len(node.args[1].name) == 1 else None
    if not isinstance(node, Index) or not isinstance(node.base, Name):
        return None
    array = node.base.name if names.get(node.base.name) == 2 else _table(node.base.name, names)
    whole = [isinstance(one, Slice) and (one.start, one.stop, one.step) == _WHOLE for one in node.indices]
    if not array or whole.count(False) != 1 or len(whole) > 2:
        return None
    axis = whole.index(False)
    return Row(array, node.indices[axis], axis if len(whole) == 2 else None)


def _table(name: str, names: Mapping[str, int]) -> str:
    """The array of two axes whose rows a small letter names, if that letter has no meaning of its own."""
    upper = name.upper()
    return upper if len(name) == 1 and name != upper and name not in names and names.get(upper) == 2 else ""


def with_entries(body: Expr, names: Mapping[str, int], world: World, letters: Mapping[str, int], alone: str) -> Expr:
    """A formula with rows of tables written entry by entry, where that is clear; otherwise as it is.

    `letters` are the indices of the answer with their lengths. A row that is left by itself gets the index `alone`,
    if there is one.
    """
    if not any(row_in(node, names) for node in walk(body)):
        return body
    return _Entries(_without_clash(body, names, alone), names, world, letters).rewritten(alone)


def _without_clash(body: Expr, names: Mapping[str, int], alone: str) -> Expr:
    """The formula with another letter for sums over the index that rows get: `sum_n (x_n^T w - y_n) x_n`."""

    def spelled(node: Expr) -> Expr | None:
        row = row_in(node, names)
        return Index(Name(row.array, node.place), (row.place,), node.place) if row and row.axis is None else None

    def renamed(node: Expr) -> Expr | None:
        if not isinstance(node, Reduce) or all(bound.index != alone for bound in node.bounds):
            return None
        bounds = tuple(replace(one, index=_OTHER) if one.index == alone else one for one in node.bounds)
        return Reduce(node.op, bounds, rename(node.body, {alone: _OTHER}), node.place)

    return rewrite(rewrite(body, spelled), renamed) if alone in bound_indices(body) else body


class _Entries:
    """Rewrites one formula; `made` counts the indices of sums that nobody wrote."""

    def __init__(self, body: Expr, names: Mapping[str, int], world: World, letters: Mapping[str, int]) -> None:
        self.body, self.names, self.world, self.letters = body, names, world, letters
        self.made = count(1)
        self.rest = rewrite(body, lambda node: Num(1, node.place, "1") if row_in(node, names) else None)

    def rewritten(self, alone: str) -> Expr:
        products = rewrite(self.body, self._product)
        return self._entry(products, alone) if alone else products

    # -- products of two vectors -----------------------------------------------------------------------------

    def _product(self, node: Expr) -> Expr | None:
        if isinstance(node, Group) and node.brackets == "()" and len(node.items) == 2:  # <x_i, w>
            first, second = node.items
            return self._summed(first, second) if self._are_vectors(first, second) else None
        if not isinstance(node, Op) or node.op != "mul":
            return None
        factors, made = _factors(node), list[tuple[Expr, str]]()
        while factors:
            (left, sign), *factors = factors
            if factors and self._meet(left, *factors[0]):
                made.append((self._summed(left, factors[0][0]), sign))
                del factors[0]
            else:
                made.append((rewrite(left, self._product), sign))
        product = made[0][0]
        for factor, sign in made[1:]:
            product = Op("mul", (product, factor), node.place, sign)
        return product

    def _meet(self, left: Expr, right: Expr, sign: str) -> bool:
        """Whether two factors are a number together: `x_i^T w`, `x_i . w`, `X_i w`; not `x_i x_i^T`."""
        if _is_turned(right) or not self._are_vectors(left, right):
            return False
        return _is_turned(left) or sign in _DOTS or (row_in(left, self.names) is not None and isinstance(right, Name))

    def _are_vectors(self, left: Expr, right: Expr) -> bool:
        rows = any(row_in(node, self.names) for side in (left, right) for node in walk(side))
        return rows and self._rank(left) == self._rank(right) == 1

    def _rank(self, expr: Expr) -> int | None:
        """0 for a number, 1 for a vector; None for what is neither or not clear."""
        if row_in(expr, self.names):
            return 1
        if isinstance(expr, Name):
            return self.names.get(expr.name, 0)
        if isinstance(expr, Op) and expr.op in ("add", "neg", "transpose"):
            ranks = {self._rank(one) for one in expr.args}
            return ranks.pop() if len(ranks) == 1 else None
        if isinstance(expr, Op) and expr.op == "mul":
            known = [self._rank(one) for one in expr.args]
            return None if None in known or sum(rank or 0 for rank in known) > 1 else max(rank or 0 for rank in known)
        return 0 if isinstance(expr, Num | Index) else None

    def _summed(self, left: Expr, right: Expr) -> Expr:
        letter = f"entry {next(self.made)}"
        both = Op("mul", (self._entry(left, letter), self._entry(right, letter)), left.place, "")
        return Reduce("sum", (Bound(letter, None, None, left.place),), both, left.place)

    # -- entries ---------------------------------------------------------------------------------------------

    def _entry(self, expr: Expr, letter: str) -> Expr:
        """Vectors at one place: rows everywhere; whole vectors only in a product that is summed."""
        index = Name(letter, expr.place)
        summed = letter.startswith("entry")

        def change(node: Expr) -> Expr | None:
            if (row := row_in(node, self.names)) is not None:
                axis = self._axis(row)
                if axis is None:
                    return node
                return Index(Name(row.array, node.place), (row.place, index)[:: -1 if axis else 1], node.place)
            if summed and isinstance(node, Name) and self.names.get(node.name) == 1:
                return Index(node, (index,), node.place)
            if summed and isinstance(node, Op) and node.op == "transpose":
                return rewrite(node.args[0], change)
            return node if isinstance(node, Index) else None

        return rewrite(expr, change)

    def _axis(self, row: Row) -> int | None:
        """The axis that the index of a row runs along: the one of its length, or the one whose usual letter it is."""
        if row.axis is not None:
            return row.axis
        length, usual = self._length(row.place), self.world.usual_letters().get(row.array, ())
        shape = self.world.shapes.get(row.array) or np.shape(self.world[row.array])
        fitting = [axis for axis, size in enumerate(shape) if size == length]
        if length is None and isinstance(row.place, Name) and row.place.name in usual:
            return usual.index(row.place.name)
        return fitting[0] if len(fitting) == 1 else None

    def _length(self, index: Expr) -> int | None:
        """How many values an index takes, by where else it stands or by the limits of its sum."""
        if not isinstance(index, Name):
            return None
        if index.name in self.letters:
            return self.letters[index.name]
        if (length := axis_length(index.name, self.rest, self.world.scope())) is not None:
            return length
        bounds = [one for node in walk(self.body) if isinstance(node, Reduce) for one in node.bounds]
        return next((self._count(one) for one in bounds if one.index == index.name), None)

    def _count(self, bound: Bound) -> int | None:
        if bound.low is None or bound.high is None or names_in(bound.high) - self.names.keys():
            return None
        try:
            low, high = (evaluate(one, self.world.scope()) for one in (bound.low, bound.high))
        except Unreadable:
            return None
        return None if low.axes or high.axes or low.rank or high.rank else int(high.data - low.data) + 1


def _is_turned(expr: Expr) -> bool:
    return isinstance(expr, Op) and expr.op == "transpose"


def _factors(product: Expr) -> list[tuple[Expr, str]]:
    """The factors of a product from the left, each with the sign before it."""
    if not (isinstance(product, Op) and product.op == "mul"):
        return [(product, "")]
    (left, right), others = product.args[:2], product.args[2:]
    return [*_factors(left), (right, product.sign), *((one, product.sign) for one in others)]
