"""The lengths of a forward equation with letters in them: `Z[i] = sum[k] W[k] X[i+k]` has `h - p + 1` elements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grader.maths.shapes import infer
from grader.maths.sizes import Size, Sizes, letter, minus, number, plus, size_of, smaller, times
from grader.maths.worlds import Definition
from grader.model.errors import Undecided
from grader.model.expressions import Bound, Expr, Index, Name, Reduce, names_in, walk


def with_definitions(shapes: Mapping[str, Sizes], definitions: Mapping[str, Definition]) -> dict[str, Sizes]:
    """The shapes, and those of all definitions that follow from them; one that does not is left out."""
    found = dict(shapes)
    for _ in definitions:
        before = len(found)
        for name, definition in definitions.items():
            sizes = None if name in found else sizes_of(definition, found)
            if sizes is not None:
                found[name] = sizes
        if len(found) == before:
            break
    return found


def sizes_of(definition: Definition, shapes: Mapping[str, Sizes]) -> Sizes | None:
    """The lengths of what is defined; None if they are not known.

    A letter of a forward equation runs over all values at which every array is read inside its bounds, as in
    `World.coordinates`.
    """
    body = definition.body
    if not isinstance(body, Expr):
        lengths = getattr(body, "shape", ()) if not callable(body) else None
        return None if lengths is None else tuple(number(int(length)) for length in lengths)
    if definition.letters:
        ends = zip(definition.letters, definition.highs, strict=True)
        return tuple(_extent(name, body, shapes) if high is None else _after(high) for name, high in ends)
    try:
        shape = infer(body, shapes)
    except Undecided:
        return None
    return None if shape.letters else shape.sizes


def _after(high: Expr) -> Size | None:
    last = size_of(high)
    return None if last is None else plus(last, number(1))


def _extent(name: str, body: Expr, shapes: Mapping[str, Sizes]) -> Size | None:
    """How many values an index letter takes: the fewest that any array allows."""
    found: list[Size] = []
    for position, length in _accesses(body, shapes):
        if name not in names_in(position):
            continue
        place = size_of(position)
        if length is None or place is None or place.factor((name,)) != 1:
            return None
        rest = minus(place, letter(name))
        greatest = None if name in rest.letters else _greatest(rest, body, shapes)
        if greatest is None:
            return None
        found.append(minus(length, greatest))
    return smaller(found)


def _accesses(body: Expr, shapes: Mapping[str, Sizes]) -> Iterator[tuple[Expr, Size | None]]:
    for node in walk(body):
        if isinstance(node, Index) and isinstance(node.base, Name) and node.base.name in shapes:
            yield from zip(node.indices, shapes[node.base.name], strict=False)


def _greatest(size: Size, body: Expr, shapes: Mapping[str, Sizes]) -> Size | None:
    """The greatest value of what stands beside a letter in an index: summed letters run to their ends, all from 0."""
    bounds = {bound.index: bound for node in walk(body) if isinstance(node, Reduce) for bound in node.bounds}
    total = number(0)
    for monomial, factor in size.terms:
        value = number(factor)
        for name in monomial:
            last = letter(name) if name in shapes else _last(bounds.get(name), factor, body, shapes)
            if last is None:
                return None
            value = times(value, last)
        total = plus(total, value)
    return total


def _last(bound: Bound | None, factor: int, body: Expr, shapes: Mapping[str, Sizes]) -> Size | None:
    if bound is None or factor < 0:  # another letter of the equation, or one that is taken away: 0
        return number(0)
    if bound.high is not None:
        return size_of(bound.high)
    places = _accesses(body, shapes)
    alone = {size for position, size in places if isinstance(position, Name) and position.name == bound.index}
    length = alone.pop() if len(alone) == 1 else None
    return None if length is None else minus(length, number(1))
