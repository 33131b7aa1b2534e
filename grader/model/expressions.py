"""The syntax tree of written mathematics: what was typed, never simplified, every node with its place.

A place is a pair of offsets into the text that was read (a document, or an expression of a rubric).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from operator import is_
from typing import Any, TypeVar

from grader.model.records import Node

Place = tuple[int, int]
Kind = TypeVar("Kind")


class Num(Node):
    """A literal number. Whole numbers and decimals are exact; `text` is what was typed."""

    value: int | Fraction
    place: Place
    text: str = ""


class Name(Node):
    """A variable, constant or index, in canonical spelling: `k_1`, `k_{1}` and `k1` are all `k1`."""

    name: str
    place: Place


class Op(Node):
    """An operator on expressions.

    Arithmetic: add, neg, mul, div, pow, mod, pm (plus or minus, of one or two), mp, factorial, factorial2 (`n!!`),
    percent, degree, angle (`r∠θ`). Matrices: transpose. Sets: union, intersection, difference. Statements: and, or,
    not. Others: range (`0..n`), cross (lengths of a shape).

    `sign` is the sign that was typed where that matters to a reading: a cross may separate the lengths of a
    shape, an empty sign is a product by juxtaposition.
    """

    op: str
    args: tuple[Expr, ...]
    place: Place
    sign: str = ""


class Call(Node):
    """A named function of arguments."""

    function: str
    args: tuple[Expr, ...]
    place: Place


class Index(Node):
    """Elements of an array: `X[i, j+k]`, `X_{i,j+k}`."""

    base: Expr
    indices: tuple[Expr, ...]
    place: Place


class Slice(Node):
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


class Reduce(Node):
    """A sum, product, maximum or minimum over indices."""

    op: str  # sum, prod, max, min
    bounds: tuple[Bound, ...]
    body: Expr
    place: Place


class Derivative(Node):
    """A derivative by one or more variables, each as often as it is listed: `d^2/dx^2 f` by ("x", "x")."""

    body: Expr
    variables: tuple[str, ...]
    place: Place


class Integral(Node):
    """An integral; without limits, or with one alone, it is only known up to a constant."""

    body: Expr
    variable: str
    low: Expr | None
    high: Expr | None
    place: Place


class Limit(Node):
    """The limit of a body as a variable goes to a target, from one side ("+", "-") or from both ("")."""

    body: Expr
    variable: str
    target: Expr
    side: str
    place: Place


class Cases(Node):
    """An expression by cases: values with their conditions; the condition None stands for "otherwise"."""

    pieces: tuple[tuple[Expr, Expr | None], ...]
    place: Place


class Unit(Node):
    """A unit of measurement, as typed; a quantity is the product of a number and its units."""

    text: str
    place: Place


class Relation(Node):
    """A chain such as `a = b = c` or `0 <= k < 2`. The first operand is None in `= 5`."""

    operands: tuple[Expr | None, ...]
    ops: tuple[str, ...]  # =, <, <=, >, >=, !=, in, notin, subset, subseteq, ~ (approximately), : (a ratio)
    place: Place


class Group(Node):
    """Several expressions: `(a, b)`, `[a, b]`, `{a, b}`, or a bare list `a, b` (brackets "")."""

    brackets: str  # "()", "[]", "{}", ""; half-open intervals "[)" and "(]"; "{|}": those x for which a condition holds
    items: tuple[Expr, ...]
    place: Place


class Text(Node):
    """Words inside mathematics."""

    words: str
    place: Place


Expr = (
    Num | Name | Op | Call | Index | Slice | Reduce | Relation | Group | Text
    | Derivative | Integral | Limit | Cases | Unit
)  # fmt: skip


def children(expr: Expr) -> tuple[Expr, ...]:
    """The expressions directly below one, in the order written."""
    return _CHILDREN[type(expr)](expr)


def _limits(expr: Reduce) -> tuple[Expr, ...]:
    return tuple(limit for bound in expr.bounds for limit in (bound.low, bound.high) if limit is not None)


def _pieces(expr: Cases) -> tuple[Expr, ...]:
    return tuple(part for piece in expr.pieces for part in piece if part is not None)


_CHILDREN: dict[Any, Callable[[Any], tuple[Expr, ...]]] = {
    Num: lambda expr: (),
    Name: lambda expr: (),
    Text: lambda expr: (),
    Op: lambda expr: expr.args,
    Call: lambda expr: expr.args,
    Index: lambda expr: (expr.base, *expr.indices),
    Reduce: lambda expr: (*_limits(expr), expr.body),
    Relation: lambda expr: tuple(operand for operand in expr.operands if operand is not None),
    Group: lambda expr: expr.items,
    Derivative: lambda expr: (expr.body,),
    Integral: lambda expr: tuple(part for part in (expr.low, expr.high, expr.body) if part is not None),
    Limit: lambda expr: (expr.target, expr.body),
    Cases: _pieces,
    Unit: lambda expr: (),
    Slice: lambda expr: tuple(limit for limit in (expr.start, expr.stop, expr.step) if limit is not None),
}


def rebuilt(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """An expression with every expression directly below it changed; the limits of sums are left as they are.

    Where nothing changes, it is the same object: what was found out about it need not be found out again.
    """
    build = _REBUILT.get(type(expr))
    return expr if build is None else build(expr, change)


def _maybe(expr: Expr | None, change: Callable[[Expr], Expr]) -> Expr | None:
    return None if expr is None else change(expr)


def _rebuilt_op(expr: Op, change: Callable[[Expr], Expr]) -> Op:
    args = tuple([change(arg) for arg in expr.args])
    return expr if all(map(is_, args, expr.args)) else Op(expr.op, args, expr.place, expr.sign)


def _rebuilt_call(expr: Call, change: Callable[[Expr], Expr]) -> Call:
    args = tuple([change(arg) for arg in expr.args])
    return expr if all(map(is_, args, expr.args)) else Call(expr.function, args, expr.place)


def _rebuilt_index(expr: Index, change: Callable[[Expr], Expr]) -> Index:
    base, indices = change(expr.base), tuple([change(index) for index in expr.indices])
    same = base is expr.base and all(map(is_, indices, expr.indices))
    return expr if same else Index(base, indices, expr.place)


def _rebuilt_reduce(expr: Reduce, change: Callable[[Expr], Expr]) -> Reduce:
    body = change(expr.body)
    return expr if body is expr.body else Reduce(expr.op, expr.bounds, body, expr.place)


_REBUILT: dict[type, Callable[[Any, Callable[[Expr], Expr]], Expr]] = {
    Op: _rebuilt_op,
    Call: _rebuilt_call,
    Index: _rebuilt_index,
    Reduce: _rebuilt_reduce,
    Group: lambda e, change: Group(e.brackets, tuple(change(item) for item in e.items), e.place),
    Relation: lambda e, change: Relation(tuple(_maybe(o, change) for o in e.operands), e.ops, e.place),
    Derivative: lambda e, change: e._replace(body=change(e.body)),
    Integral: lambda e, change: e._replace(
        body=change(e.body), low=_maybe(e.low, change), high=_maybe(e.high, change)
    ),
    Limit: lambda e, change: e._replace(body=change(e.body), target=change(e.target)),
    Cases: lambda e, change: e._replace(pieces=tuple((change(v), _maybe(c, change)) for v, c in e.pieces)),
}  # fmt: skip


def walk(expr: Expr) -> Iterator[Expr]:
    """An expression and everything below it."""
    waiting = [expr]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(_CHILDREN[type(node)](node))


def nodes_of(kind: type[Kind], expr: Expr) -> list[Kind]:
    """The nodes of one kind, in the order in which `walk` comes to them."""
    found: list[Kind] = []
    waiting: list[Any] = [expr]
    while waiting:
        node = waiting.pop()
        own = type(node)
        if own is kind:
            found.append(node)
        if own is not Name and own is not Num:
            waiting.extend(_CHILDREN[own](node))
    return found


def names_in(expr: Expr) -> frozenset[str]:
    """Every name that occurs in an expression, bound indices included."""
    names: set[str] = set()
    waiting: list[Any] = [expr]
    while waiting:
        node = waiting.pop()
        kind = type(node)
        if kind is Name:
            names.add(node.name)
        elif kind is not Num:
            waiting.extend(_CHILDREN[kind](node))
    return frozenset(names)


def base_name(expr: Expr | None) -> str:
    """The name of a lone name or of an indexed array, "" for anything else."""
    base = expr.base if isinstance(expr, Index) else expr
    return base.name if isinstance(base, Name) else ""


def spelled(item: Any) -> Any:
    """A key that expressions share which are written alike, wherever they stand; of tuples of them as well."""
    kind = type(item)
    if kind is Name:  # by far the most, and what stands below it is no expression
        return (Name, item.name)
    spell = _SPELLED.get(kind)
    return item if spell is None else spell(item)


def _spelled_all(items: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple([spelled(one) for one in items])


def _spelled_fields(kind: Any) -> Callable[[Any], tuple[Any, ...]]:
    """Spells a node by all its fields but its place."""
    at = kind._fields.index("place")
    return lambda node: (kind, *[spelled(one) for one in node[:at]], *node[at + 1 :])  # what follows is typed words


_SPELLED: dict[type, Callable[[Any], tuple[Any, ...]]] = {
    **{kind: _spelled_fields(kind) for kind in _CHILDREN},
    Num: lambda node: (Num, node.value, node.text),
    Op: lambda node: (Op, node.op, _spelled_all(node.args), node.sign),
    Index: lambda node: (Index, spelled(node.base), _spelled_all(node.indices)),
    Bound: lambda bound: (Bound, bound.index, spelled(bound.low), spelled(bound.high)),
    tuple: _spelled_all,
}
