"""Given data, definitions and free symbols of a rubric as worlds in which expressions can be evaluated."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Sequence as Worlds
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from grader.maths import sampling
from grader.maths.evaluation import evaluate
from grader.maths.values import Value
from grader.maths.worlds import Definition, World, read_definition
from grader.model.errors import Fault, Unreadable
from grader.model.expressions import Call, Expr, Index, Name, Num, Op, names_in, walk
from grader.model.rubrics import Mapping as Fields
from grader.model.rubrics import Node, Scalar, Sequence
from grader.notation.reading import parse_expression
from grader.reference.functions import in_order

SAMPLES = 10  # worlds with different sizes; most formulas use the first few
LEAST_STRUCTURED = 3  # two by two, a reflection is symmetric and all rotations commute
_KINDS_OF_SYMBOL = ("real", "positive", "negative", "integer", "size")


class Symbol(NamedTuple):
    """What a free name is: an array of some lengths, or a number of some sort.

    `sort` is "array", or how a number is drawn: real, positive, negative, integer, size, whole (in `limits`).
    `structure` is what a square matrix is: symmetric, orthogonal.
    """

    sort: str
    letters: tuple[str, ...] = ()
    lengths: tuple[Expr, ...] = ()  # one for each axis ...
    shape: Expr | None = None  # ... or one expression for all
    limits: tuple[Expr, ...] = ()  # first and last value
    structure: str = ""


@dataclass(slots=True, eq=False, repr=False)
class NameTable:
    """Everything that `given`, `let` and `symbols` say, checked and parsed."""

    digest: str
    names: dict[str, int] = field(default_factory=dict)
    definitions: dict[str, Definition] = field(default_factory=dict)
    symbols: dict[str, Symbol] = field(default_factory=dict)
    indexed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, node: Node, message: str, suggestion: str = "") -> None:
        """Records a mistake of the instructor."""
        place = node.place
        self.faults.append(Fault(place.line, place.column, place.path, message, suggestion))


def read_names(
    digest: str,
    given: tuple[Fields | None, ...],
    symbols: tuple[Fields | None, ...],
    answers: Mapping[str, int],
) -> NameTable:
    """Parses all definitions; later ones replace earlier ones of the same name.

    `answers` are names of earlier answers with their numbers of axes. Faults are collected in the table.
    """
    table = NameTable(digest, dict(answers))
    lefts: list[tuple[Scalar, Node, Expr, bool]] = []
    for mappings, is_symbol in ((given, False), (symbols, True)):
        for mapping in mappings:
            for key, value in mapping.entries if mapping is not None else ():
                left = _left(key, table)
                if left is not None:
                    lefts.append((key, value, left, is_symbol))
                    table.names[_name(left)] = _axes(left, value)
    for key, value, left, is_symbol in lefts:
        left = _left(key, table) or left
        if is_symbol:
            _read_symbol(left, value, table)
        else:
            _read_given(key, left, value, table)
    return table


def _left(key: Scalar, table: NameTable) -> Expr | None:
    try:
        left = parse_expression(key.text, {})
    except Unreadable as error:
        table.fault(key, f"cannot read the name {key.text!r}: {error.message}")
        return None
    if not _name(left) or read_definition(left, left) is None:
        table.fault(key, f"{key.text!r} is not a name", "a name, or a name with index letters: Z[i,j]")
        return None
    return left


def _name(left: Expr) -> str:
    base = left.base if isinstance(left, Index) else left
    return base.name if isinstance(base, Name) else ""


def _axes(left: Expr, value: Node) -> int:
    if isinstance(left, Index):
        return len(left.indices)
    depth = 0
    while isinstance(value, Sequence) and value.items:
        depth, value = depth + 1, value.items[0]
    return depth


def _read_given(key: Scalar, left: Expr, value: Node, table: NameTable) -> None:
    name = _name(left)
    if isinstance(value, Sequence):
        data = _literal(value, table)
        if data is not None:
            table.definitions[name] = Definition(name, data)
        return
    expr = _parse(value, table)
    definition = None if expr is None else read_definition(left, expr)
    if definition is not None:
        table.definitions.pop(name, None)  # so that what is defined last stands last
        table.definitions[name] = definition


def _parse(node: Node, table: NameTable) -> Expr | None:
    if not isinstance(node, Scalar):
        table.fault(node, "an expression or a list of numbers is expected here")
        return None
    try:
        return in_order(parse_expression(node.text, table.names), node.text)
    except Unreadable as error:
        table.fault(node, f"cannot read the expression {node.text!r}: {error.message}", error.expected)
        return None


def _literal(node: Sequence, table: NameTable) -> np.ndarray | None:
    """Nested lists of numbers (or of expressions without names) as an array."""
    rows: list[Any] = []
    for item in node.items:
        if isinstance(item, Sequence):
            row: Any = _literal(item, table)
        else:
            expr = _parse(item, table)
            row = None
            if expr is not None:
                try:
                    value = evaluate(expr, World(dict(table.definitions)).scope()).data
                    row = float(value) if not isinstance(value, int | float | np.ndarray) else value
                except Unreadable as error:
                    table.fault(item, f"cannot compute {error.message}")
        if row is None:
            return None
        rows.append(row)
    if len({np.shape(row) for row in rows}) > 1:
        table.fault(node, "the rows of this array have different lengths")
        return None
    return np.array(rows)


def _read_symbol(left: Expr, value: Node, table: NameTable) -> None:
    name = _name(left)
    definition = read_definition(left, left)
    assert definition is not None
    if definition.letters:
        table.indexed[name] = definition.letters
    if isinstance(value, Sequence):
        sizes = [_parse(item, table) for item in value.items]
        if definition.letters and len(definition.letters) != len(sizes):
            table.fault(value, f"{len(definition.letters)} index letters, but {len(sizes)} lengths")
        elif None not in sizes:
            table.symbols[name] = Symbol("array", definition.letters, tuple(size for size in sizes if size is not None))
            table.names[name] = len(sizes)
        return
    if isinstance(value, Scalar) and value.text.strip() in _KINDS_OF_SYMBOL:
        table.symbols[name] = Symbol(value.text.strip())
        return
    text = value.text.strip() if isinstance(value, Scalar) else ""
    real = text.startswith("real ")
    if text[:1].isalpha() and not real:
        from grader.prepare.structures import read_structure

        if read_structure(text, name, definition.letters, value, table, _parse):
            return
    expr = _parse(Scalar(text[5:], value.place) if real else value, table)
    if expr is None:
        return
    if isinstance(expr, Op) and expr.op == "range":
        first, last = expr.args
        if isinstance(first, Num) and isinstance(last, Num) and first.value > last.value:
            table.fault(value, "the first value is larger than the last")
        table.symbols[name] = Symbol("real" if real else "whole", limits=expr.args)
    elif definition.letters:
        table.symbols[name] = Symbol("array", definition.letters, shape=expr)
    else:
        table.fault(
            value,
            f"{text!r} does not say what {name} is",
            "real, positive, integer, 2..5, or a list of lengths",
        )


# -- worlds ----------------------------------------------------------------------------------------------------


class Samples(Worlds[World]):
    """Sampled worlds, made when first asked for: a number needs none, a formula few, a shape all."""

    def __init__(self, table: NameTable, base: World) -> None:
        self._table, self._base = table, base
        sizes, ranges = _sizes(table, base)
        self._ranges = ranges
        found = sampling.distinct_sizes(table.digest, sizes, ranges)
        self._candidates = sampling.told_apart(found)
        self._made: list[World] = []

    def _make(self, count: int) -> None:
        for candidate in self._candidates if len(self._made) < count else ():
            number = len(self._made)
            world = _sample(self._table, self._base, candidate, number) or _sample(
                self._table, self._base, sampling.mirrored(candidate, self._ranges), number
            )
            if world is not None:
                self._made.append(world)
                if len(self._made) >= count:
                    return

    def __len__(self) -> int:
        self._make(SAMPLES)
        return len(self._made)

    def __getitem__(self, at: Any) -> Any:
        last = at.stop if isinstance(at, slice) else at + 1
        self._make(SAMPLES if last is None or last <= 0 else min(SAMPLES, last))
        return self._made[at]

    def __bool__(self) -> bool:
        self._make(1)
        return bool(self._made)

    def __iter__(self) -> Iterator[World]:
        self._make(SAMPLES)
        return iter(tuple(self._made))


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
    def make() -> Value:
        low, high = _LIMITS.get(symbol.sort, (None, None))
        if symbol.limits:
            low, high = (float(evaluate(limit, world.scope()).data) for limit in symbol.limits)
        return Value((sampling.POINT_AXIS,), sampling.points(seed, low, high))

    return make
