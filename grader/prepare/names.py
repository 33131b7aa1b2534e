"""Given data, definitions and free symbols of a rubric as worlds in which expressions can be evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.maths.evaluation import evaluate
from grader.maths.worlds import Definition, World, read_definition
from grader.model.errors import Fault, Unreadable
from grader.model.expressions import Expr, Index, Name, Num, Op
from grader.model.records import NamedTuple
from grader.model.rubrics import Mapping as Fields
from grader.model.rubrics import Node, Scalar, Sequence
from grader.notation.reading import parse_expression
from grader.reference.functions import in_order

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


class NameTable:
    """Everything that `given`, `let` and `symbols` say, checked and parsed."""

    __slots__ = ("definitions", "digest", "faults", "indexed", "names", "symbols")

    def __init__(self, digest: str, names: dict[str, int]) -> None:
        self.digest, self.names = digest, names
        self.definitions: dict[str, Definition] = {}
        self.symbols: dict[str, Symbol] = {}
        self.indexed: dict[str, tuple[str, ...]] = {}
        self.faults: list[Fault] = []

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
