"""Sampled worlds: what the free names of a rubric may be, at lengths that are all different."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Sequence as Worlds
from typing import Any

import numpy as np

from grader.maths import sampling
from grader.maths.dependence import reachable
from grader.maths.evaluation import evaluate
from grader.maths.values import Value
from grader.maths.worlds import Definition, Domain, World
from grader.model.errors import Unreadable
from grader.model.expressions import Call, Expr, names_in, walk
from grader.prepare.names import NameTable, Symbol

_PATIENCE = 8  # samples with an index of one value that are put aside before they are taken
MOST = 40  # that are made for a formula which few lengths fit
SAMPLES = 10  # worlds with different sizes; most formulas use the first few
LEAST_STRUCTURED = 3  # two by two, a reflection is symmetric and all rotations commute


class Samples(Worlds[World]):
    """Sampled worlds, made when first asked for: a number needs none, a formula few, a shape all."""

    def __init__(self, table: NameTable, base: World) -> None:
        self._table, self._base = table, base
        sizes, ranges = _sizes(table, base)
        self._ranges = ranges
        found = sampling.distinct_sizes(table.digest, sizes, ranges)
        self._candidates = sampling.told_apart(found, ranges)
        self._used: list[dict[str, int]] = []
        self._made: list[World] = []
        self._aside: list[World] = []  # where an equation has an axis of length 1: there x[2*k] and x[3*k] are one

    def _make(self, count: int) -> None:
        for candidate in self._candidates if len(self._made) < count else ():
            number = len(self._made) + len(self._aside)
            ways = (candidate, sampling.mirrored(candidate, self._ranges))
            fitting = (
                (sizes, _sample(self._table, self._base, sizes, number)) for sizes in ways if sizes not in self._used
            )
            sizes, world = next(((sizes, world) for sizes, world in fitting if world is not None), (candidate, None))
            if world is None:
                continue
            self._used.append(sizes)
            if not _has_lone_index(world, self._base):
                self._made.append(world)
            elif len(self._aside) < _PATIENCE:
                self._aside.append(world)
            else:  # so it is at most lengths
                self._made += [*self._aside, world]
                self._aside = []
            if len(self._made) >= count:
                return
        if len(self._made) < count:
            self._made += self._aside
            self._aside = []

    def __len__(self) -> int:
        self._make(SAMPLES)
        return len(self._made)

    def __getitem__(self, at: Any) -> Any:
        last = at.stop if isinstance(at, slice) else at + 1
        self._make(SAMPLES if last is None or last <= 0 else min(SAMPLES if isinstance(at, slice) else MOST, last))
        return self._made[at]

    def __bool__(self) -> bool:
        self._make(1)
        return bool(self._made)

    def __iter__(self) -> Iterator[World]:
        self._make(SAMPLES)
        return iter(tuple(self._made))


def _has_lone_index(world: World, base: World) -> bool:
    """Whether an index of an equation has one value only."""
    defined = {letter for definition in base.definitions.values() for letter in definition.letters}
    return any(world.letters.get(letter) == (0, 0) for letter in defined)


def build_worlds(table: NameTable, answers: Mapping[str, Any]) -> tuple[World, Worlds[World]]:
    """The world of given data, and sampled worlds in which the free symbols have values too.

    Without symbols the samples are the world itself. Sizes are pairwise different in each sample, so that an
    exchanged axis cannot hide; which sizes, and all values, follow from a hash of the rubric.
    """
    base = World(dict(table.definitions), dict(answers), indexed=dict(table.indexed))
    if not table.symbols:
        return base, (base,)
    return base, Samples(table, base)


def _sizes(table: NameTable, base: World) -> tuple[list[str], dict[str, tuple[int, int]]]:
    """Names that stand for whole numbers: declared ones, and letters of lengths that nobody declared."""
    found: dict[str, None] = {}
    ranges: dict[str, tuple[int, int]] = {}
    for name, symbol in table.symbols.items():
        if symbol.sort in ("integer", "size", "whole"):
            found[name] = None
        if symbol.sort == "whole":
            low, high = (int(evaluate(limit, base.scope()).data) for limit in symbol.limits)
            ranges[name] = (low, high)
    for symbol in table.symbols.values():
        letters = sorted({letter for length in symbol.lengths for letter in names_in(length)})
        found.update(dict.fromkeys(letter for letter in letters if letter not in table.names))
    return list(found), ranges


def _sample(table: NameTable, base: World, sizes: dict[str, int], number: int) -> World | None:
    """One world with these sizes; None if they do not fit together (a kernel longer than its input)."""
    definitions: dict[str, Definition] = dict(base.definitions)
    hidden = frozenset(sizes) - table.symbols.keys()
    world = World(definitions, {**base.data, **sizes}, indexed=base.indexed, hidden=hidden)
    world.free = _free_numbers(table, base)
    letters: dict[str, tuple[int, int]] = {}
    # `shape(Z)` needs the lengths of everything that Z is made of, wherever these are declared.
    for name, symbol in sorted(table.symbols.items(), key=lambda item: item[1].shape is not None):
        seed = f"{table.digest}/{name}/{number}"
        if name in sizes:
            continue
        if symbol.sort != "array":
            definitions[name] = Definition(name, _point_maker(seed, symbol, world))
            continue
        lengths = _lengths(symbol, world)
        if lengths is None:
            return None
        if symbol.structure and lengths[0] < LEAST_STRUCTURED and names_in(symbol.lengths[0]):
            return None
        definitions[name] = Definition(name, _array_maker(seed, lengths, symbol.structure, number))
        world.shapes[name] = lengths
        for letter, length in zip(symbol.letters, lengths, strict=False):
            letters[letter] = (0, max(length - 1, letters.get(letter, (0, 0))[1]))
    try:
        for name, definition in base.definitions.items():
            shape = world.measure(name, "shape") if definition.letters else None
            if not definition.letters and _must_fit(definition.body):
                world[name]  # a kernel longer than its input shows now
            for letter, length in zip(definition.letters, () if shape is None else shape, strict=False):
                letters[letter] = (0, max(int(length) - 1, letters.get(letter, (0, 0))[1]))
    except Unreadable:
        return None
    world.letters.update(letters)
    return world


def _must_fit(body: Expr | Any) -> bool:
    """Whether an equation of whole arrays holds for some lengths only."""
    nodes = walk(body) if isinstance(body, Expr) else ()
    return any(isinstance(node, Call) and node.function in ("correlate", "convolve") for node in nodes)


def _lengths(symbol: Symbol, world: World) -> tuple[int, ...] | None:
    try:
        if symbol.shape is None:
            values = [evaluate(expr, world.scope()).data for expr in symbol.lengths]
        else:
            values = list(np.ravel(evaluate(symbol.shape, world.scope()).data))
    except Unreadable:
        return None
    lengths = tuple(int(value) for value in values)
    return lengths if all(1 <= n <= 200 for n in lengths) and np.prod(lengths) <= 20_000 else None


def _array_maker(seed: str, lengths: tuple[int, ...], structure: str, number: int) -> Callable[[], np.ndarray]:
    if structure:
        from grader.maths.structured import structured_array

        return lambda: structured_array(structure, seed, lengths[0], reflects=number % 2 > 0)
    return lambda: sampling.generic_array(seed, lengths)


_LIMITS: dict[str, tuple[float | None, float | None]] = {"positive": (0, None), "negative": (None, 0)}


def _point_maker(seed: str, symbol: Symbol, world: World) -> Callable[[], Value]:
    return lambda: Value((sampling.POINT_AXIS,), sampling.points(seed, *_limits(symbol, world)))


def _limits(symbol: Symbol, world: World) -> tuple[float | None, float | None]:
    if symbol.limits:
        low, high = (float(evaluate(limit, world.scope()).data) for limit in symbol.limits)
        return low, high
    return _LIMITS.get(symbol.sort, (None, None))


def _free_numbers(table: NameTable, base: World) -> dict[str, Domain]:
    """The domains of the declared numbers that are no lengths of arrays, and that no such length is made of."""
    lengths = [expr for symbol in table.symbols.values() for expr in (*symbol.lengths, symbol.shape) if expr]
    used = {name for expr in lengths for part in reachable(expr, base.definitions) for name in names_in(part)}
    found = {}
    for name, symbol in table.symbols.items():
        if symbol.sort != "array" and name not in used:
            low, high = _limits(symbol, base)
            least = 1 if symbol.sort == "size" else -np.inf
            whole = symbol.sort in ("integer", "size", "whole")
            found[name] = Domain(least if low is None else low, np.inf if high is None else high, whole)
    return found
