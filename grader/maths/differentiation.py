"""Exact gradients of forward equations, by reverse-mode differentiation of their meaning.

For `U = g(Z)` and a given array dJ/dU, the gradient dJ/dZ[...] is the sum over all elements of U of dJ/dU times
the derivative of that element. Each rule below takes the gradient back through one kind of node; the numbers are
in `pullbacks` (Griewank and Walther, "Evaluating Derivatives", 2nd edition 2008, chapter 3).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.maths import values
from grader.maths.access import integers
from grader.maths.dependence import backward_order, below, carriers, reaches
from grader.maths.evaluation import coordinates_of, evaluate, slice_of
from grader.maths.products import is_matrix_product, is_outer_product
from grader.maths.pullbacks import (
    CORNERED,
    LEVEL,
    SLOPES,
    WHOLE,
    fit,
    floating,
    itself,
    matrix_product,
    product_of_others,
    shares,
    weigh,
)
from grader.maths.scope import Gathered, Scope
from grader.maths.values import Value, combine, spread
from grader.maths.worlds import World
from grader.model.errors import Undecided, Unreadable
from grader.model.expressions import Call, Expr, Group, Index, Name, Num, Op, Place, Reduce, Relation, Slice, Text
from grader.reference.functions import FUNCTIONS, SHAPE_FUNCTIONS


def gradient(world: World, of: str, by: str, given: np.ndarray) -> np.ndarray:
    """The gradient with respect to `by` of a scalar whose gradient with respect to `of` is `given`.

    `of` must be a forward equation, and `given` of its shape; the result has the shape of `by`. Equations between
    `of` and `by` are followed, and `by` itself is taken as free even if the world computes it. Raises Undecided,
    with the equation's name, where a function has no derivative here: not implemented, constant but for jumps, or
    at a corner (two elements share a maximum) where it matters.
    """
    if of == by:
        return np.asarray(given, dtype=float)
    with np.errstate(all="ignore"):
        back = _Back()
        result = _follow(world, of, by, given, back)
        if back.tied and not np.allclose(result, _follow(world, of, by, given, _Back(first=True)), equal_nan=True):
            raise Undecided(f"{of} has a corner here, such as a maximum that two elements share")
    if back.level is not None and not np.any(result):
        raise back.level
    return result


def _follow(world: World, of: str, by: str, given: np.ndarray, back: _Back) -> np.ndarray:
    """One way back from `of` to `by`, equation by equation."""
    cotangents: dict[str, np.ndarray] = {of: np.asarray(given, dtype=float)}
    result = np.zeros(np.shape(world[by]))
    for name in backward_order(world, of, by):
        cotangent = cotangents.pop(name)
        leading = [other for other in sorted(below(world, name)) if other == by or reaches(world, other, by)]
        back.sinks = {other: np.zeros(np.shape(world[other])) for other in leading}
        definition = world.definitions[name]
        back.equation = name
        try:
            scope = world.scope(world.coordinates(definition), Gathered())  # each rule asks for the arrays below it
            back(definition.body, Value(definition.letters, cotangent), scope)
        except Unreadable as error:
            raise back.undecided(error.message, (error.start, error.stop)) from None
        for other, sink in back.sinks.items():
            if other == by:
                result = result + sink
            else:
                cotangents[other] = cotangents.get(other, 0) + sink
    return result


class _Back:
    """One pass back through expressions: every rule adds to the gradients in `sinks`.

    A gradient may have more named axes than the value it belongs to; they are summed when it arrives. At a tie
    the gradient is shared, or goes to the `first` only.
    """

    __slots__ = ("equation", "first", "level", "sinks", "tied")

    def __init__(self, first: bool = False) -> None:
        self.sinks: dict[str, np.ndarray] = {}  # set for each equation
        self.first = first
        self.equation = ""  # the one that is gone through
        self.tied = False  # a corner was met
        self.level: Undecided | None = None  # something constant but for jumps was met

    def __call__(self, expr: Expr, cotangent: Value, scope: Scope) -> None:
        """Raises Undecided, with the place, where there is no derivative or something cannot be computed."""
        if not carriers(expr) & self.sinks.keys():
            return
        try:
            _RULES[type(expr)](self, expr, cotangent, scope)
        except (ValueError, TypeError, IndexError, ArithmeticError, np.linalg.LinAlgError) as error:
            raise Undecided(f"this has no derivative here ({error})", *expr.place) from None

    def undecided(self, message: str, place: Place) -> Undecided:
        """What is wrong, and in which equation."""
        return Undecided(f"in the equation of {self.equation}: {message}", *place)

    def extreme(self, cotangent: Value, hits: Value, over: tuple[str, ...]) -> Value:
        """The gradient of a maximum, for each element along the axes `over` that may attain it."""
        axes = tuple(axis for axis in hits.axes if axis not in over)
        inner = tuple(axis for axis in hits.axes if axis in over)
        data = np.asarray(spread(hits, axes + inner, 0))
        flat = data.reshape(*data.shape[: len(axes)], -1)
        self.tied = self.tied or bool(np.any(np.sum(flat, axis=-1) > 1))
        return weigh(cotangent, itself, Value(axes + inner, shares(flat, self.first).reshape(data.shape)))


def _whole(back: _Back, expr: Name, cotangent: Value, scope: Scope) -> None:
    sink = back.sinks[expr.name]
    back.sinks[expr.name] = sink + fit(cotangent, Value((), sink)).data


def _index(back: _Back, expr: Index, cotangent: Value, scope: Scope) -> None:
    """Adds the gradient where the elements were taken from; nothing for indices outside the array."""
    if isinstance(expr.base, Index) and not any(isinstance(i, Slice) for i in (*expr.base.indices, *expr.indices)):
        _index(back, Index(expr.base.base, (*expr.base.indices, *expr.indices), expr.place), cotangent, scope)
    elif isinstance(expr.base, Name):
        _scatter(back.sinks[expr.base.name], expr, cotangent, scope)
    else:
        sink = np.zeros(evaluate(expr.base, scope).shape)
        _scatter(sink, expr, cotangent, scope)
        back(expr.base, Value((), sink), scope)


def _scatter(sink: np.ndarray, expr: Index, cotangent: Value, scope: Scope) -> None:
    """Adds to `sink`, in place; its axes without an index are whole."""
    if any(isinstance(index, Slice) for index in expr.indices):
        sink[tuple(slice_of(index, scope) for index in expr.indices)] += fit(cotangent, evaluate(expr, scope)).data
        return
    positions = [evaluate(index, scope) for index in expr.indices]
    axes, rank = values.union(cotangent, *positions), sink.ndim - len(positions)
    parts = [integers(spread(position, axes, 0)) for position in positions]
    added = np.asarray(spread(cotangent, axes, rank))
    lengths = added.shape[: len(axes)]
    shape = np.broadcast_shapes(*(np.shape(part) for part in parts), lengths)
    inside = np.ones(shape, dtype=bool)
    for axis, part in enumerate(parts):
        inside &= np.broadcast_to((part >= 0) & (part < sink.shape[axis]), shape)
    where = tuple(np.broadcast_to(part, shape)[inside] for part in parts)
    added = np.broadcast_to(added, shape + sink.shape[len(positions) :])[inside]
    if rank:
        np.add.at(sink, where, added)
    else:
        flat = np.ravel_multi_index(where, sink.shape)
        sink += np.bincount(flat, weights=added, minlength=sink.size).reshape(sink.shape)


def _operator(back: _Back, expr: Op, cotangent: Value, scope: Scope) -> None:
    args = [evaluate(arg, scope) for arg in expr.args]
    if expr.op == "mul" and is_outer_product(expr, *args):
        _pull_whole(back, "outer", expr, args, cotangent, scope)
    elif expr.op == "mul" and is_matrix_product(expr, *args):
        _pull_whole(back, "@", expr, args, cotangent, scope)
    elif expr.op == "transpose":
        pulled = fit(cotangent, evaluate(expr, scope))
        order = (*range(len(pulled.axes)), *reversed(range(len(pulled.axes), np.ndim(pulled.data))))
        back(expr.args[0], Value(pulled.axes, np.transpose(pulled.data, order)), scope)
    elif expr.op == "add":
        for arg, value in zip(expr.args, args, strict=True):
            back(arg, fit(cotangent, value), scope)
    elif expr.op in SLOPES:
        floats = [floating(arg) for arg in args]
        for arg, value, slope in zip(expr.args, args, SLOPES[expr.op], strict=True):
            if carriers(arg) & back.sinks.keys():
                back(arg, fit(weigh(cotangent, slope, *floats), value), scope)
    else:
        raise Undecided("this sign has no derivative here", *expr.place)


def _call(back: _Back, expr: Call, cotangent: Value, scope: Scope) -> None:
    name = expr.function
    if name in SHAPE_FUNCTIONS:
        return
    args = [evaluate(arg, scope) for arg in expr.args]
    slope = FUNCTIONS[name].slope if name in FUNCTIONS else None
    if name in ("max", "min"):
        _extreme_call(back, expr, args, cotangent, scope)
    elif name in WHOLE:
        _pull_whole(back, name, expr, args, cotangent, scope)
    elif slope is not None and len(args) == 1:
        inner = combine(slope, floating(args[0]))
        if name in CORNERED and np.any(np.equal(args[0].data, 0)):
            back.tied = True
            inner = combine(lambda s, z: s + (z == 0) * back.first, inner, args[0])
        back(expr.args[0], fit(weigh(cotangent, itself, inner), args[0]), scope)
    elif name in LEVEL:
        back.level = back.level or back.undecided(f"{name} has no derivative here", expr.place)
    else:
        raise Undecided(f"{name} has no derivative here", *expr.place)


def _pull_whole(back: _Back, name: str, expr: Op | Call, args: list[Value], cotangent: Value, scope: Scope) -> None:
    """Through a function of whole arrays, none of which has named axes."""
    g = np.asarray(fit(cotangent, evaluate(expr, scope)).data)
    pull = matrix_product if name == "@" else WHOLE[name]
    for arg, pulled in zip(expr.args, pull(g, *(np.asarray(floating(arg).data) for arg in args)), strict=True):
        back(arg, Value((), pulled), scope)


def _extreme_call(back: _Back, expr: Call, args: list[Value], cotangent: Value, scope: Scope) -> None:
    """`max(a, b)` gives its gradient to the greater one, `max(A)` to the greatest element."""
    chosen = evaluate(expr, scope)
    if len(args) == 1:
        hits = np.ravel(np.asarray(args[0].data) == chosen.data)
        back.tied = back.tied or int(np.count_nonzero(hits)) > 1
        share = shares(hits, back.first).reshape(args[0].shape)
        back(expr.args[0], weigh(fit(cotangent, chosen), itself, Value((), share)), scope)
        return
    full = [np.asarray(spread(combine(np.equal, arg, chosen), chosen.axes, chosen.rank)) for arg in args]
    hits = np.stack(np.broadcast_arrays(*full), axis=-1)
    back.tied = back.tied or bool(np.any(np.sum(hits, axis=-1) > 1))
    share = shares(hits, back.first)
    for at, (arg, value) in enumerate(zip(expr.args, args, strict=True)):
        back(arg, fit(weigh(cotangent, itself, Value(chosen.axes, share[..., at])), value), scope)


def _reduce(back: _Back, expr: Reduce, cotangent: Value, scope: Scope) -> None:
    inner = scope
    masks: list[Value] = []
    for bound in expr.bounds:
        coordinates, dependent = coordinates_of(bound, expr, inner)
        inner, masks = inner.bind({bound.index: coordinates}), masks + dependent
        if not len(coordinates):
            return  # an empty sum is constant
        cotangent = combine(values.multiply, cotangent, Value((bound.index,), np.ones(len(coordinates))))
    for mask in masks:  # limits that depend on other indices: what they leave out gets nothing
        cotangent = combine(lambda g, keep: np.where(keep, g, 0.0), cotangent, mask)
    if expr.op != "sum":
        cotangent = _of_many(back, expr, cotangent, masks, scope, inner)
    back(expr.body, cotangent, inner)


def _of_many(back: _Back, expr: Reduce, cotangent: Value, masks: list[Value], scope: Scope, inner: Scope) -> Value:
    """The gradient of a product, maximum or minimum over indices, for each of its elements."""
    over = tuple(bound.index for bound in expr.bounds)
    body = floating(evaluate(expr.body, inner))
    if body.rank:
        raise Undecided(f"{expr.op} of whole arrays over an index has no derivative here", *expr.place)
    for index in over:  # an element without the index counts once for each of its values
        body = combine(values.multiply, body, Value((index,), np.ones(len(inner.indices[index]))))
    if expr.op in ("max", "min"):
        hits = combine(np.equal, body, evaluate(expr, scope))
        for mask in masks:
            hits = combine(np.logical_and, hits, mask)
        return back.extreme(cotangent, hits, over)
    for mask in masks:
        body = combine(lambda b, keep: np.where(keep, b, 1.0), body, mask)
    axes = tuple(axis for axis in body.axes if axis not in over) + over
    data = np.asarray(spread(body, axes, 0))
    flat = data.reshape(*data.shape[: len(axes) - len(over)], -1)
    return weigh(cotangent, itself, Value(axes, product_of_others(flat).reshape(data.shape)))


def _group(back: _Back, expr: Group, cotangent: Value, scope: Scope) -> None:
    """A list of expressions: each gets its own part."""
    if expr.brackets == "()" and len(expr.items) == 1:
        back(expr.items[0], cotangent, scope)
        return
    g = np.asarray(fit(cotangent, evaluate(expr, scope)).data)
    for item, part in zip(expr.items, g, strict=True):
        back(item, Value((), part), scope)


def _jumps(back: _Back, expr: Expr, cotangent: Value, scope: Scope) -> None:
    """A comparison is constant but for jumps."""
    back.level = back.level or back.undecided("a comparison has no derivative here", expr.place)


def _nothing(back: _Back, expr: Expr, cotangent: Value, scope: Scope) -> None:
    raise Undecided("this has no derivative here", *expr.place)


_RULES: dict[type, Callable[[_Back, Any, Value, Scope], None]] = {
    Name: _whole,
    Index: _index,
    Op: _operator,
    Call: _call,
    Reduce: _reduce,
    Group: _group,
    Relation: _jumps,
    Num: _nothing,
    Slice: _nothing,
    Text: _nothing,
}
