"""The syntax tree of written mathematics: what was typed, never simplified, every node with its place.

A place is a pair of offsets into the text that was read (a document, or an expression of a rubric).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

Place = tuple[int, int]


class Num(NamedTuple):
    """A literal number. Whole numbers and decimals are exact; `text` is what was typed."""

    value: int | Fraction
    place: Place
    text: str = ""


class Name(NamedTuple):
    """A variable, constant or index, in canonical spelling: `k_1`, `k_{1}` and `k1` are all `k1`."""

    name: str
    place: Place


class Op(NamedTuple):
    """An operator on expressions: add, neg, mul, div, pow, transpose, range, factorial, percent.

    `sign` is the sign that was typed where that matters to a reading: a cross may separate the lengths of a
    shape, an empty sign is a product by juxtaposition.
    """

    op: str
    args: tuple[Expr, ...]
    place: Place
    sign: str = ""


class Call(NamedTuple):
    """A named function of arguments."""

    function: str
    args: tuple[Expr, ...]
    place: Place


class Index(NamedTuple):
    """Elements of an array: `X[i, j+k]`, `X_{i,j+k}`."""

    base: Expr
    indices: tuple[Expr, ...]
    place: Place


class Slice(NamedTuple):
    """A slice such as `1:`, `::s` inside an index; the stop is excluded, as in Python."""

    start: Expr | None
    stop: Expr | None
    step: Expr | None
    place: Place


@dataclass(frozen=True, slots=True)
class Bound:
    """An index that a sum or maximum runs over; both limits are included, None where none was written."""

    index: str
    low: Expr | None
    high: Expr | None
    place: Place


class Reduce(NamedTuple):
    """A sum, product, maximum or minimum over indices."""

    op: str  # sum, prod, max, min
    bounds: tuple[Bound, ...]
    body: Expr
    place: Place


class Relation(NamedTuple):
    """A chain such as `a = b = c` or `0 <= k < 2`. The first operand is None in `= 5`."""

    operands: tuple[Expr | None, ...]
    ops: tuple[str, ...]  # =, <, <=, >, >=, !=, in, ~ (approximately)
    place: Place


class Group(NamedTuple):
    """Several expressions: `(a, b)`, `[a, b]`, `{a, b}`, or a bare list `a, b` (brackets "")."""

    brackets: str  # "()", "[]", "{}", ""; half-open intervals "[)" and "(]"
    items: tuple[Expr, ...]
    place: Place


class Text(NamedTuple):
    """Words inside mathematics."""

    words: str
    place: Place


Expr = Num | Name | Op | Call | Index | Slice | Reduce | Relation | Group | Text


def children(expr: Expr) -> tuple[Expr, ...]:
    """The expressions directly below one, in the order written."""
    return _CHILDREN[type(expr)](expr)


def _limits(expr: Reduce) -> tuple[Expr, ...]:
    return tuple(limit for bound in expr.bounds for limit in (bound.low, bound.high) if limit is not None)


_CHILDREN: dict[type, Callable[[Any], tuple[Expr, ...]]] = {
    Num: lambda expr: (),
    Name: lambda expr: (),
    Text: lambda expr: (),
    Op: lambda expr: expr.args,
    Call: lambda expr: expr.args,
    Index: lambda expr: (expr.base, *expr.indices),
    Reduce: lambda expr: (*_limits(expr), expr.body),
    Relation: lambda expr: tuple(operand for operand in expr.operands if operand is not None),
    Group: lambda expr: expr.items,
    Slice: lambda expr: tuple(limit for limit in (expr.start, expr.stop, expr.step) if limit is not None),
}


def walk(expr: Expr) -> Iterator[Expr]:
    """An expression and everything below it."""
    waiting = [expr]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(_CHILDREN[type(node)](node))


def names_in(expr: Expr) -> frozenset[str]:
    """Every name that occurs in an expression, bound indices included."""
    return frozenset(node.name for node in walk(expr) if isinstance(node, Name))
