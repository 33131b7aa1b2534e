"""Which forward equations lead from one name to another, as a derivative sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from grader.maths.worlds import Definition, World
from grader.model.errors import Undecided
from grader.model.expressions import Call, Expr, Index, Name, Reduce, children, names_in
from grader.reference.functions import SHAPE_FUNCTIONS


@lru_cache(maxsize=2000)
def carriers(expr: Expr) -> frozenset[str]:
    """The names whose values flow into an expression.

    Positions inside an array, the limits of a sum and `shape(X)` say where and how often, not how much: no
    derivative runs through them.
    """
    found: set[str] = set()
    waiting = [expr]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Name):
            found.add(node.name)
        elif isinstance(node, Index):
            waiting.append(node.base)
        elif isinstance(node, Reduce):
            waiting.append(node.body)
        elif not (isinstance(node, Call) and node.function in SHAPE_FUNCTIONS):
            waiting.extend(children(node))
    return frozenset(found)


def below(world: World, name: str) -> frozenset[str]:
    """The names directly below one: those in its equation; none for data."""
    definition = world.definitions.get(name)
    if definition is None or name in world.data or not isinstance(definition.body, Expr):
        return frozenset()
    return carriers(definition.body) - {name}


def reaches(world: World, name: str, by: str, without: str = "") -> bool:
    """Whether a name is computed from `by` by forward equations, on a path that avoids `without`."""
    seen, waiting = {without}, [name]
    while waiting:
        found = below(world, waiting.pop()) - seen
        if by in found:
            return True
        seen |= found
        waiting.extend(found)
    return False


def backward_order(world: World, of: str, by: str) -> list[str]:
    """The forward equations from `of` down to `by`, each after everything computed from it.

    Raises Undecided if `of` is not computed from `by`, or if the equations go round in a circle.
    """
    if not reaches(world, of, by):
        raise Undecided(f"{of} is not computed from {by}")
    order: list[str] = []
    path: dict[str, Iterator[str]] = {of: _next(world, of, by)}
    while path:  # depth first, without recursion: a long chain of equations is no deep stack
        name, following = next(reversed(path.items()))
        other = next(following, None)
        if other is None:
            del path[name]
            order.append(name)
        elif other in path:
            raise Undecided(f"the definition of {other} goes round in a circle")
        elif other not in order:
            path[other] = _next(world, other, by)
    return order[::-1]


def _next(world: World, name: str, by: str) -> Iterator[str]:
    return (other for other in sorted(below(world, name)) if other != by and reaches(world, other, by))


def reachable(body: Any, definitions: Mapping[str, Definition]) -> list[Expr]:
    """An expression, and those of the definitions that it names, directly or through others."""
    found: list[Expr] = []
    waiting, seen = [body], set[str]()
    while waiting:
        expr = waiting.pop()
        if isinstance(expr, Expr):
            found.append(expr)
            names = sorted((names_in(expr) & definitions.keys()) - seen)
            seen.update(names)
            waiting.extend(definitions[name].body for name in names)
    return found
