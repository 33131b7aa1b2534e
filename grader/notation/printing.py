"""Shows an expression as plain text: what was read, never simplified."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.model.expressions import (
    Bound,
    Call,
    Expr,
    Group,
    Index,
    Name,
    Num,
    Op,
    Reduce,
    Relation,
    Slice,
    Text,
)

_LOOSE = {
    "range": 0,
    "cross": 1,
    "add": 2,
    "neg": 3,
    "mul": 4,
    "div": 4,
    "transpose": 6,
    "factorial": 6,
    "percent": 6,
    "pow": 6,
}
_NAMES = {"sum": "sum", "prod": "product", "max": "max", "min": "min"}


def show(expr: Expr | None) -> str:
    """An expression in one line of plain text, with brackets where the reading needs them."""
    return "" if expr is None else _SHOWN[type(expr)](expr)


def _slice(expr: Slice) -> str:
    step = f":{show(expr.step)}" if expr.step else ""
    return f"{show(expr.start)}:{show(expr.stop)}{step}"


def _group(expr: Group) -> str:
    inner = _list(expr.items)
    return f"{expr.brackets[0]}{inner}{expr.brackets[1]}" if expr.brackets else inner


def _relation(expr: Relation) -> str:
    pieces = [show(expr.operands[0])]
    for op, operand in zip(expr.ops, expr.operands[1:], strict=True):
        pieces += ["≈" if op == "~" else op, show(operand)]
    return " ".join(piece for piece in pieces if piece)


def _reduce(expr: Reduce) -> str:
    bounds = ", ".join(_bound(bound) for bound in expr.bounds)
    over = f" over {bounds}" if bounds else ""
    return f"{_NAMES[expr.op]}{over} of {_tight(expr.body, 4)}"


def _operator(expr: Op) -> str:
    level = _LOOSE[expr.op]
    if expr.op == "neg":
        return f"-{_tight(expr.args[0], 4)}"
    first = _tight(expr.args[0], level)
    if expr.op == "add":
        text = first
        for term in expr.args[1:]:
            minus = isinstance(term, Op) and term.op == "neg"
            text += f" - {_tight(term.args[0], 4)}" if minus else f" + {_tight(term, 3)}"  # type: ignore[union-attr]
        return text
    if expr.op == "cross":
        return " × ".join(_tight(item, 2) for item in expr.args)
    if expr.op == "mul":
        return f"{first}{expr.sign if expr.sign in ('×', '⊙') else '·'}{_tight(expr.args[1], 5)}"
    if expr.op == "div":
        return f"{first}/{_tight(expr.args[1], 5)}"
    if expr.op == "pow":
        return f"{_tight(expr.args[0], 7)}^{_tight(expr.args[1], 7)}"
    if expr.op == "range":
        return f"{show(expr.args[0])}..{show(expr.args[1])}"
    return first + {"transpose": "ᵀ", "factorial": "!", "percent": "%"}[expr.op]


def _tight(expr: Expr, level: int) -> str:
    kind = type(expr)
    loose = _LOOSE[expr.op] if isinstance(expr, Op) else 2 if kind is Reduce or kind is Relation else 9
    return f"({show(expr)})" if loose < level else show(expr)


def _bound(bound: Bound) -> str:
    if bound.low is None and bound.high is None:
        return bound.index
    return f"{bound.index}={show(bound.low) or '?'}..{show(bound.high) or '?'}"


def _list(items: tuple[Expr, ...]) -> str:
    return ", ".join(show(item) for item in items)


_SHOWN: dict[type, Callable[[Any], str]] = {
    Num: lambda expr: expr.text or str(expr.value),
    Name: lambda expr: expr.name,
    Text: lambda expr: expr.words,
    Call: lambda expr: f"{expr.function}({_list(expr.args)})",
    Index: lambda expr: f"{_tight(expr.base, 6)}[{_list(expr.indices)}]",
    Slice: _slice,
    Group: _group,
    Relation: _relation,
    Reduce: _reduce,
    Op: _operator,
}
