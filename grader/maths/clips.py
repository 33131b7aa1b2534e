"""Limits that only keep indices inside their arrays, where zeros stand outside anyway: from max(0, j-K+1) to j."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from grader.model.expressions import Bound, Call, Expr, Index, Name, Num, Op, Reduce, base_name, rebuilt, walk

Linear = Counter[str]  # the coefficient of each name, that of "" being the number


def without_clips(expr: Expr, known: Mapping[str, int]) -> Expr:
    """The expression with sums over all of an axis where each part of a limit says no more than "inside the array".

    `max(0, j-K+1) <= r <= min(j, J-1)` below `Z[r] W[j-r]` says that both indices are inside, with J and K for the
    lengths; letters that nobody declared may stand for a length, each for one axis.
    """
    lengths: dict[str, tuple[str, int]] = {}

    def change(node: Expr) -> Expr:
        node = rebuilt(node, change)
        if not isinstance(node, Reduce) or node.op != "sum":
            return node
        bounds = tuple(_free(bound, node.body, known, lengths) for bound in node.bounds)
        return node if bounds == node.bounds else node._replace(bounds=bounds)

    return change(expr)


def _free(bound: Bound, body: Expr, known: Mapping[str, int], lengths: dict[str, tuple[str, int]]) -> Bound:
    """The bound without limits, if all that they demand is that indices are inside; as it is otherwise."""
    low, high = _parts(bound.low, "max"), _parts(bound.high, "min")
    if len(low) < 2 and len(high) < 2:
        return bound
    demands = [_minus({bound.index: 1}, part) for part in low] + [_minus(part, {bound.index: 1}) for part in high]
    places = list(_places(bound.index, body))
    found = dict(lengths)
    for demand in demands:
        if not any(_is_inside(demand, place, axis, known, found) for place, axis in places):
            return bound
    lengths |= found
    return Bound(bound.index, None, None, bound.place)


def _parts(limit: Expr | None, function: str) -> list[Linear]:
    """The members of `max(0, j-K+1)`, or the limit itself; nothing where one of them is no sum of letters."""
    members = limit.args if isinstance(limit, Call) and limit.function == function else (limit,)
    found = [linear(member) for member in members if member is not None]
    return [] if None in found else [one for one in found if one is not None]


def _places(index: str, body: Expr) -> Iterator[tuple[Linear, tuple[str, int]]]:
    """Every index that holds a letter, with the axis where it stands."""
    for node in walk(body):
        for at, place in enumerate(node.indices if isinstance(node, Index) else ()):
            form = linear(place)
            if form is not None and abs(form.get(index, 0)) == 1 and isinstance(node, Index):
                yield form, (base_name(node), at)


def _is_inside(
    demand: Linear,
    place: Linear,
    axis: tuple[str, int],
    known: Mapping[str, int],
    lengths: dict[str, tuple[str, int]],
) -> bool:
    """Whether `demand >= 0` says that an index is not negative, or less than a length."""
    if demand == place:
        return True
    rest = Counter(demand)
    rest.update(place)
    rest.update({"": 1})
    length = [name for name, count in rest.items() if count]
    if len(length) != 1 or not length[0] or rest[length[0]] != 1 or length[0] in known:
        return False
    return lengths.setdefault(length[0], axis) == axis


def _minus(one: Mapping[str, int], other: Mapping[str, int]) -> Linear:
    found = Counter(one)
    found.subtract(other)
    return Counter({name: count for name, count in found.items() if count})


def linear(expr: Expr) -> Linear | None:
    """A sum of letters and whole numbers; None for anything else."""
    if isinstance(expr, Num) and isinstance(expr.value, int):
        return Counter({"": expr.value}) if expr.value else Counter()
    if isinstance(expr, Name):
        return Counter({expr.name: 1})
    if isinstance(expr, Op) and expr.op == "neg":
        inner = linear(expr.args[0])
        return None if inner is None else Counter({name: -count for name, count in inner.items()})
    if isinstance(expr, Op) and expr.op == "add":
        parts = [linear(arg) for arg in expr.args]
        total: Linear = Counter()
        for part in parts:
            if part is None:
                return None
            total.update(part)
        return Counter({name: count for name, count in total.items() if count})
    return None
