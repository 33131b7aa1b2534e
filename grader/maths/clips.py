"""Limits that only keep indices inside their arrays, where zeros stand outside anyway: from max(0, j-K+1) to j."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from grader.maths.sizes import Size, Sizes, letter, minus, number, plus, size_of
from grader.model.expressions import Bound, Call, Expr, Index, Reduce, base_name, nodes_of, rebuilt, walk
from grader.model.records import NamedTuple

Axis = tuple[str, int]  # of the array with this name


class _Lengths(NamedTuple):
    """What letters may stand for a length: those of `shapes` for their own axes, none of `taken`, and one axis each
    for all others."""

    shapes: Mapping[str, Sizes]
    taken: frozenset[str]
    found: Mapping[str, Axis]

    def with_one(self, name: str, axis: Axis) -> _Lengths | None:
        """With this letter for the length of an axis; None if it cannot stand for that."""
        array, at = axis
        declared = [size for sizes in self.shapes.values() for size in sizes if size is not None]
        if any(name in size.letters for size in declared):
            sizes = self.shapes.get(array, ())
            return self if at < len(sizes) and sizes[at] == letter(name) else None
        others = {one for one, place in self.found.items() if place == axis} - {name}
        if name in self.taken or others or self.found.get(name, axis) != axis:
            return None
        return self._replace(found={**self.found, name: axis})


def without_clips(expr: Expr, taken: Collection[str], shapes: Mapping[str, Sizes]) -> Expr:
    """The expression with sums over all of an axis where each part of a limit says no more than "inside the array".

    `max(0, j-K+1) <= r <= min(j, J-1)` below `Z[r] W[j-r]` says that both indices are inside, with J and K for the
    lengths. Letters that are not `taken` by anything, an index for one, may stand for a length, each for one axis.
    """
    bounds = [bound for node in nodes_of(Reduce, expr) for bound in node.bounds]
    if not any(_several(bound) for bound in bounds):
        return expr
    indices = {bound.index for bound in bounds}
    lengths = _Lengths(shapes, frozenset(taken) | indices, {})

    def freed(bound: Bound, body: Expr) -> Bound:
        nonlocal lengths
        inside = _inside(bound, body, lengths)
        lengths = inside or lengths
        return bound if inside is None else Bound(bound.index, None, None, bound.place)

    def change(node: Expr) -> Expr:
        node = rebuilt(node, change)
        if not isinstance(node, Reduce) or node.op != "sum":
            return node
        bounds = tuple(freed(bound, node.body) for bound in node.bounds)
        return node if bounds == node.bounds else node._replace(bounds=bounds)

    return change(expr)


def _several(bound: Bound) -> bool:
    """Whether a limit has several parts."""
    return max(len(_parts(bound.low, "max")), len(_parts(bound.high, "min"))) > 1


def _inside(bound: Bound, body: Expr, lengths: _Lengths) -> _Lengths | None:
    """The lengths, if all that the limits demand is that indices are inside of arrays; None otherwise."""
    low, high = _parts(bound.low, "max"), _parts(bound.high, "min")
    index = letter(bound.index)
    demands = [part and minus(index, part) for part in low] + [part and minus(part, index) for part in high]
    if max(len(low), len(high)) < 2 or None in demands:
        return None
    places = list(_places(bound.index, body))
    for demand in filter(None, demands):
        known = _first(_says(demand, place, axis, lengths) for place, axis in places)
        if known is None:
            return None
        lengths = known
    return lengths


def _first(found: Iterable[_Lengths | None]) -> _Lengths | None:
    return next((one for one in found if one is not None), None)


def _parts(limit: Expr | None, function: str) -> list[Size | None]:
    """The members of `max(0, j-K+1)`, or the limit itself; None for one that is no polynomial."""
    members = limit.args if isinstance(limit, Call) and limit.function == function else (limit,)
    return [size_of(member) for member in members if member is not None]


def _places(index: str, body: Expr) -> Iterator[tuple[Size, Axis]]:
    """Every index that holds a letter, with the axis where it stands."""
    for node in walk(body):
        for at, place in enumerate(node.indices if isinstance(node, Index) else ()):
            form = size_of(place)
            if form is not None and abs(form.factor((index,))) == 1 and isinstance(node, Index):
                yield form, (base_name(node), at)


def _says(demand: Size, place: Size, axis: Axis, lengths: _Lengths) -> _Lengths | None:
    """The lengths, if `demand >= 0` says that an index is not negative, or less than a length; None otherwise."""
    if demand == place:
        return lengths
    length = plus(demand, place, number(1))
    names = sorted(length.letters)
    return lengths.with_one(names[0], axis) if len(names) == 1 and length == letter(names[0]) else None
