"""More samples for what few tell apart: windows whose extreme is looked for, and whole numbers in powers and angles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from grader.maths.worlds import World
from grader.model.expressions import Expr, Index, Name, Reduce, children, walk

_BOTH = 2  # samples of which the arrays are put in order


def counts(bodies: Iterable[Expr], world: World) -> bool:
    """Whether a whole number of a declared range stands in a value, and not in an index: `1 - (-1)^n`."""
    whole = {name for name, domain in world.free.items() if domain.whole}
    return bool(whole) and any(name in whole for body in bodies for name in _in_values(body))


def _in_values(expr: Expr) -> Iterator[str]:
    if isinstance(expr, Name):
        yield expr.name
    inner = (expr.base,) if isinstance(expr, Index) else (expr.body,) if isinstance(expr, Reduce) else children(expr)
    for part in inner:
        yield from _in_values(part)


def worlds_in_order(bodies: Iterable[Expr], samples: Sequence[World]) -> Iterator[World]:
    """The first samples with rising and with falling arrays, where a reference looks for an extreme over an index.

    Of any four values the largest is often the same as of these and a fifth: whether a window is one too long shows for
    certain only where its last value, or its first, is the extreme. Square arrays are left alone: they may be declared
    to have a structure.
    """
    nodes = (node for body in bodies for node in walk(body))
    if not any(isinstance(node, Reduce) and node.op in ("max", "min") for node in nodes):
        return
    for world in samples[:_BOTH]:
        arrays = {name: np.asarray(world[name]) for name, lengths in world.shapes.items() if lengths}
        free = {name: one for name, one in arrays.items() if one.shape[-1:] != one.shape[-2:-1]}
        for step in (1, -1):
            ordered = {name: np.sort(one, axis=None)[::step].reshape(one.shape) for name, one in free.items()}
            yield world.with_data(ordered)
