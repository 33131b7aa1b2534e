"""Exact gradients of forward equations, by reverse-mode differentiation of their meaning.

For `U = g(Z)` and a given array dJ/dU, the gradient dJ/dZ[...] is the sum over all elements of U of dJ/dU times
the derivative of that element. Each rule below is the derivative of one kind of node
(Griewank and Walther, "Evaluating Derivatives", 2nd edition 2008, chapter 3).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.maths import values
from grader.maths.access import integers
from grader.maths.evaluation import coordinates_of, evaluate
from grader.maths.scope import Scope
from grader.maths.values import Value, combine, spread
from grader.maths.worlds import Definition, World
from grader.model.errors import Undecided
from grader.model.expressions import Call, Expr, Index, Name, Num, Op, Reduce, names_in
from grader.reference.functions import FUNCTIONS


def gradient(world: World, of: str, by: str, given: np.ndarray) -> np.ndarray:
    """The gradient with respect to `by` of a scalar whose gradient with respect to `of` is `given`.

    `of` must be a forward equation; equations between `of` and `by` are followed, and `by` itself is taken as
    free even if the world computes it. Raises Undecided where a function has no derivative here.
    """
    if of == by:
        return np.asarray(given, dtype=float)
    target = np.shape(world[by])
    cotangents: dict[str, np.ndarray] = {of: np.asarray(given, dtype=float)}
    result = np.zeros(target)
    for name in _backward_order(world, of, by):
        definition, cotangent = world.definitions[name], cotangents.pop(name, None)
        if cotangent is None:
            continue
        sinks = {other: np.zeros(np.shape(world[other])) for other in _tensors(definition, world, by)}
        _pull_definition(world, definition, cotangent, sinks)
        for other, sink in sinks.items():
            if other == by:
                result = result + sink
            else:
                cotangents[other] = cotangents.get(other, 0) + sink
    return result


def _tensors(definition: Definition, world: World, by: str) -> list[str]:
    names = names_in(definition.body) if isinstance(definition.body, Expr) else frozenset()
    return sorted(name for name in names if name == by or reaches(world, name, by))


def reaches(world: World, name: str, by: str, depth: int = 0) -> bool:
    """Whether a name is computed from `by` by forward equations."""
    definition = world.definitions.get(name)
    if definition is None or name in world.data or not isinstance(definition.body, Expr) or depth > 50:
        return False
    below = names_in(definition.body)
    return by in below or any(reaches(world, other, by, depth + 1) for other in below if other != name)


def _backward_order(world: World, of: str, by: str) -> list[str]:
    """The forward equations from `of` down to `by`, each after everything computed from it."""
    order: list[str] = []

    def visit(name: str) -> None:
        if name in order or name == by:
            return
        for other in sorted(names_in(world.definitions[name].body)):
            if reaches(world, other, by):
                visit(other)
        order.append(name)

    if of != by and not reaches(world, of, by):
        raise Undecided(f"{of} is not computed from {by}")
    visit(of)
    return order[::-1]


@dataclass(slots=True)
class _Pull:
    """One pass back through an expression: every rule adds to the gradients in `sinks`."""

    sinks: dict[str, np.ndarray]
    rules: dict[type, Callable[[Any, Value, Scope], None]] = field(default_factory=dict)

    def __call__(self, expr: Expr, cotangent: Value, scope: Scope) -> None:
        if not names_in(expr) & self.sinks.keys():
            return
        if isinstance(expr, Name):
            self._whole(expr, cotangent)
        elif isinstance(expr, Index):
            self._index(expr, cotangent, scope)
        elif isinstance(expr, Op):
            self._operator(expr, cotangent, scope)
        elif isinstance(expr, Call):
            self._call(expr, cotangent, scope)
        elif isinstance(expr, Reduce):
            self._reduce(expr, cotangent, scope)
        elif not isinstance(expr, Num):
            raise Undecided("this has no derivative here", *expr.place)

    def _whole(self, expr: Name, cotangent: Value) -> None:
        if self.sinks[expr.name].ndim:
            raise Undecided(f"{expr.name} stands without indices", *expr.place)
        self.sinks[expr.name] = self.sinks[expr.name] + np.sum(cotangent.data)

    def _index(self, expr: Index, cotangent: Value, scope: Scope) -> None:
        """Adds the cotangent where the elements were taken from; nothing for indices outside the array."""
        assert isinstance(expr.base, Name)
        sink = self.sinks[expr.base.name]
        positions = [evaluate(index, scope) for index in expr.indices]
        axes = values.union(cotangent, *positions)
        parts = [integers(spread(position, axes, 0)) for position in positions]
        shape = np.broadcast_shapes(*(np.shape(p) for p in parts), np.shape(spread(cotangent, axes, 0)))
        inside = np.ones(shape, dtype=bool)
        for axis, part in enumerate(parts):
            inside &= np.broadcast_to((part >= 0) & (part < sink.shape[axis]), shape)
        where = tuple(np.broadcast_to(part, shape)[inside] for part in parts)
        added = np.broadcast_to(spread(cotangent, axes, 0), shape)[inside]
        flat = np.ravel_multi_index(where, sink.shape)
        sink += np.bincount(flat, weights=added, minlength=sink.size).reshape(sink.shape)

    def _operator(self, expr: Op, cotangent: Value, scope: Scope) -> None:
        if expr.op == "add":
            for arg in expr.args:
                self(arg, cotangent, scope)
        elif expr.op == "neg":
            self(expr.args[0], combine(np.negative, cotangent), scope)
        elif expr.op == "mul":
            left, right = (evaluate(arg, scope) for arg in expr.args)
            self(expr.args[0], combine(values.multiply, cotangent, right), scope)
            self(expr.args[1], combine(values.multiply, cotangent, left), scope)
        elif expr.op == "div":
            top, bottom = (evaluate(arg, scope) for arg in expr.args)
            self(expr.args[0], combine(values.divide, cotangent, bottom), scope)
            self(expr.args[1], combine(lambda g, a, b: -g * a / (b * b), cotangent, top, bottom), scope)
        elif expr.op == "pow":
            base, exponent = (evaluate(arg, scope) for arg in expr.args)
            self(
                expr.args[0],
                combine(lambda g, a, b: g * b * np.power(a, b - 1.0), cotangent, base, exponent),
                scope,
            )
            self(
                expr.args[1],
                combine(lambda g, a, b: g * np.power(a, b) * np.log(a), cotangent, base, exponent),
                scope,
            )
        else:
            raise Undecided("this sign has no derivative here", *expr.place)

    def _call(self, expr: Call, cotangent: Value, scope: Scope) -> None:
        args = [evaluate(arg, scope) for arg in expr.args]
        if expr.function in ("max", "min") and len(args) > 1:
            chosen = evaluate(expr, scope)
            for arg, value in zip(expr.args, args, strict=True):
                self(arg, combine(lambda g, m, a: g * (m == a), cotangent, chosen, value), scope)
            return
        slope = FUNCTIONS[expr.function].slope if expr.function in FUNCTIONS else None
        if slope is None or len(args) != 1:
            raise Undecided(f"{expr.function} has no derivative here", *expr.place)
        inner = combine(slope, args[0])
        self(expr.args[0], combine(values.multiply, cotangent, inner), scope)

    def _reduce(self, expr: Reduce, cotangent: Value, scope: Scope) -> None:
        inner = scope
        for bound in expr.bounds:
            coordinates, masks = coordinates_of(bound, expr, inner)
            if masks:
                raise Undecided("limits that depend on other indices have no derivative here", *expr.place)
            inner = inner.bind({bound.index: coordinates})
            cotangent = combine(values.multiply, cotangent, Value((bound.index,), np.ones(len(coordinates))))
        if expr.op in ("max", "min"):
            chosen, body = evaluate(expr, scope), evaluate(expr.body, inner)
            cotangent = combine(lambda g, m, b: g * (m == b), cotangent, chosen, body)
        elif expr.op == "prod":
            chosen, body = evaluate(expr, scope), evaluate(expr.body, inner)
            cotangent = combine(lambda g, m, b: g * m / b, cotangent, chosen, body)
        self(expr.body, cotangent, inner)


def _pull_definition(world: World, definition: Definition, cotangent: np.ndarray, sinks: dict[str, np.ndarray]) -> None:
    coordinates = world.coordinates(definition)
    scope = world.scope(coordinates)
    _Pull(sinks)(definition.body, Value(definition.letters, cotangent), scope)
