"""Gradients, divergences, curls and Laplacians of what is written out in x, y, z, as lists and sums of derivatives."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.equality.components import components_of
from grader.equality.slopes import differentiate
from grader.equality.special import FUNCTIONS
from grader.model.errors import Undecided
from grader.model.expressions import (
    Call,
    Derivative,
    Expr,
    Group,
    Index,
    Name,
    Num,
    Op,
    Relation,
    names_in,
    rebuilt,
    walk,
)
from grader.model.records import NamedTuple

OPERATORS = frozenset(["nabla", "divergence", "curl", "laplacian"])
_AXES = ("x", "y", "z")
_NUMBERED = re.compile(r"x[1-9]")
_KNOWN = (FUNCTIONS.keys() | {"ln"}) - {"norm", "conjugate", "re", "im", "arg"}
_LISTS = ("()", "[]", "")
_NOWHERE = (0, 0)
_ZERO = Num(0, _NOWHERE, "0")


class _Beside(NamedTuple):
    """What stands on the other side: the entries of its list, if it is one, and its letters."""

    items: tuple[Expr, ...] | None
    names: frozenset[str]


def with_fields(one: Expr, other: Expr) -> tuple[Expr, Expr]:
    """Both with such operators evaluated, where what they are applied to is written out in the axes."""
    if not any(names_fields(side) for side in (one, other)):
        return one, other
    sides = [_Beside(_items(_value(side)), names_in(side)) for side in (one, other)]
    try:
        return _evaluated(one, sides[1]), _evaluated(other, sides[0])
    except Undecided:
        return one, other


def are_evaluated(one: Expr, other: Expr) -> bool:
    """Whether there are such operators, and all of them are evaluated."""
    told = with_fields(one, other)
    return told != (one, other) and not any(map(names_fields, told))


def names_fields(expr: Expr) -> bool:
    """Whether an operator of vector calculus stands in an expression, or the letter that may be the Laplacian."""
    return any(
        (isinstance(node, Call) and node.function in OPERATORS) or (isinstance(node, Name) and node.name == "Delta")
        for node in walk(expr)
    )


def _value(expr: Expr) -> Expr:
    last = expr.operands[-1] if isinstance(expr, Relation) and set(expr.ops) == {"="} else None
    return expr if last is None else last


def _items(expr: Expr) -> tuple[Expr, ...] | None:
    """The entries of a list, a column or a sum of multiples of unit vectors; None for anything else."""
    if isinstance(expr, Group) and expr.brackets in _LISTS and len(expr.items) > 1:
        return tuple(one.items[0] if isinstance(one, Group) and len(one.items) == 1 else one for one in expr.items)
    return components_of(expr)


def _evaluated(expr: Expr, beside: _Beside) -> Expr:
    if isinstance(expr, Op) and expr.op == "mul":
        if _is_laplacian(expr, beside):
            expr = Call("laplacian", (expr.args[1],), expr.place)
        elif expr.sign == "" and isinstance(expr.args[0], Call) and expr.args[0].function in OPERATORS:
            return expr  # \\nabla \\sin x \\cos y may be that of the product
    expr = rebuilt(expr, lambda child: _evaluated(child, beside))
    if not isinstance(expr, Call) or expr.function not in OPERATORS or not _is_explicit(expr):
        return expr
    axes = _axes_of(expr, beside.items)
    return _RULES[expr.function](expr, axes, beside) if axes else expr


def _is_laplacian(expr: Op, beside: _Beside) -> bool:
    """`\\Delta(x^2 + y^2)` beside a formula without a Delta: no product of it could be that."""
    symbol, body = expr.args
    named = isinstance(symbol, Name) and symbol.name == "Delta" and "Delta" not in beside.names
    return named and not isinstance(body, Name) and bool(names_in(body)) and names_in(body) <= {*_AXES}


def _is_explicit(call: Call) -> bool:
    """Whether nothing stands below the operator of which only the name is known."""
    for node in (node for arg in call.args for node in walk(arg)):
        if isinstance(node, Call) and node.function not in _KNOWN:
            return False
        if isinstance(node, Index | Derivative) or (isinstance(node, Op) and node.op in ("transpose", "cross")):
            return False
        if isinstance(node, Name) and (len(node.name) > 1 or node.name.isupper()) and not _is_coordinate(node.name):
            return False  # \\vec F, u
    return True


def _is_coordinate(name: str) -> bool:
    return _NUMBERED.fullmatch(name) is not None or name in ("pi", "alpha", "beta", "lambda", "infty")


def _axes_of(call: Call, beside: tuple[Expr, ...] | None) -> tuple[str, ...]:
    """The axes that an expression, or the list beside it, is told in; none where that is not plain."""
    names = frozenset(name for arg in call.args for name in names_in(arg))
    numbered = tuple(sorted(name for name in names if _NUMBERED.fullmatch(name)))
    if numbered:
        return numbered if not names & {*_AXES} else ()
    fields = [items for arg in call.args if (items := _items(arg)) is not None]
    size = len(fields[0]) if fields else len(call.args) if len(call.args) > 1 else 0
    if not size and call.function == "nabla" and beside is not None:
        size = len(beside)
    mine = tuple(axis for axis in _AXES if axis in names)
    if not mine or size > len(_AXES):
        return ()
    return _AXES[: max(size, _AXES.index(mine[-1]) + 1)] if size or mine != mine[:1] else mine


def _gradient(call: Call, axes: tuple[str, ...], beside: _Beside) -> Expr:
    slopes = tuple(differentiate(call.args[0], axis) for axis in axes)
    return slopes[0] if len(slopes) == 1 else Group("()", slopes, call.place)


def _divergence(call: Call, axes: tuple[str, ...], beside: _Beside) -> Expr:
    field = _field(call)
    if field is None or len(field) != len(axes):
        return call
    return _sum(tuple(differentiate(part, axis) for part, axis in zip(field, axes, strict=True)))


def _curl(call: Call, axes: tuple[str, ...], beside: _Beside) -> Expr:
    field = _field(call)
    if field is None or len(field) not in (2, 3) or axes[:2] != _AXES[:2]:
        return call
    if len(field) == 2 and beside.items is None and not beside.names & {"k", "k_hat"}:  # a number, in the plane
        return _turn(field, 0, 1)
    field = (*field, _ZERO)[:3]
    return Group("()", (_turn(field, 1, 2), _turn(field, 2, 0), _turn(field, 0, 1)), call.place)


def _turn(field: tuple[Expr, ...], first: int, second: int) -> Expr:
    one = differentiate(field[second], _AXES[first])
    other = differentiate(field[first], _AXES[second])
    return _sum((one, Op("neg", (other,), _NOWHERE)))


def _laplacian(call: Call, axes: tuple[str, ...], beside: _Beside) -> Expr:
    if beside.items is not None:  # may be the matrix of second derivatives
        return call
    return _sum(tuple(differentiate(differentiate(call.args[0], axis), axis) for axis in axes))


def _field(call: Call) -> tuple[Expr, ...] | None:
    return call.args if len(call.args) > 1 else _items(call.args[0])


def _sum(terms: tuple[Expr, ...]) -> Expr:
    return terms[0] if len(terms) == 1 else Op("add", terms, _NOWHERE)


_RULES: dict[str, Callable[[Call, tuple[str, ...], _Beside], Expr]] = {
    "nabla": _gradient,
    "divergence": _divergence,
    "curl": _curl,
    "laplacian": _laplacian,
}
