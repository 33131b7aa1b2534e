"""Shows an expression as plain text: what was read, never simplified."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.model.expressions import (
    Bound,
    Call,
    Cases,
    Derivative,
    Expr,
    Group,
    Index,
    Integral,
    Limit,
    Name,
    Num,
    Op,
    Reduce,
    Relation,
    Slice,
    Text,
    Unit,
)

# How loosely an operator binds, the loosest first; what binds more loosely than its place allows gets brackets.
_LEVELS = (
    ("or",), ("and",), ("not",), ("range",), ("union", "difference"), ("intersection",), ("cross",),
    ("add", "pm", "mp"), ("neg",), ("mul", "div", "mod", "angle"), (), ("transpose", "factorial", "factorial2",
    "percent", "degree", "pow"),
)  # fmt: skip
LOOSE = {op: level for level, ops in enumerate(_LEVELS) for op in ops}
ADD, NEG, MUL, POW = LOOSE["add"], LOOSE["neg"], LOOSE["mul"], LOOSE["pow"]
ATOM = len(_LEVELS)
_JOINED = {
    "cross": " × ", "union": " ∪ ", "intersection": " ∩ ", "difference": " ∖ ", "and": " and ", "or": " or ",
    "pm": " ± ", "mp": " ∓ ", "mod": " mod ", "angle": "∠",
}  # fmt: skip
_BEFORE = {"pm": "±", "mp": "∓", "not": "not "}
_BEHIND = {"transpose": "ᵀ", "factorial": "!", "factorial2": "!!", "percent": "%", "degree": "°"}
_NAMES = {"sum": "sum", "prod": "product", "max": "max", "min": "min"}


def show(expr: Expr | None) -> str:
    """An expression in one line of plain text, with brackets where the reading needs them."""
    return "" if expr is None else _SHOWN[type(expr)](expr)


def _slice(expr: Slice) -> str:
    step = f":{show(expr.step)}" if expr.step else ""
    return f"{show(expr.start)}:{show(expr.stop)}{step}"


def _group(expr: Group) -> str:
    if expr.brackets == "{|}":
        return f"{{{show(expr.items[0])} | {_list(expr.items[1:])}}}"
    inner = _list(expr.items)
    if expr.brackets == "|":
        return f"| {inner}"
    return f"{expr.brackets[0]}{inner}{expr.brackets[1]}" if expr.brackets else inner


def _relation(expr: Relation) -> str:
    pieces = [show(expr.operands[0])]
    for op, operand in zip(expr.ops, expr.operands[1:], strict=True):
        pieces += ["≈" if op == "~" else op, show(operand)]
    return " ".join(piece for piece in pieces if piece)


def _reduce(expr: Reduce) -> str:
    bounds = ", ".join(_bound(bound) for bound in expr.bounds)
    over = f" over {bounds}" if bounds else ""
    said = f"{_NAMES.get(expr.op, expr.op)}{over}"
    if isinstance(expr.body, Text) and not expr.body.words:
        return said  # only the limits were written
    return f"{said}, {show(expr.body)}" if _is_bare(expr.body) else f"{said} of {_tight(expr.body, MUL)}"


def _is_bare(expr: Expr) -> bool:
    """Whether sums name their limits and sum nothing."""
    while isinstance(expr, Reduce):
        expr = expr.body
    return isinstance(expr, Text) and not expr.words


def _operator(expr: Op) -> str:
    level, args = LOOSE[expr.op], expr.args
    if expr.op == "neg":
        return f"-{_tight(args[0], MUL)}"
    if expr.op in _JOINED and len(args) > 1:
        return _JOINED[expr.op].join(_tight(item, level + 1) for item in args)
    if expr.op == "range":
        return f"{show(args[0])}..{show(args[1])}"
    if isinstance(args[-1], Unit):
        return f"{_tight(args[0], NEG)} {args[-1].text}"
    if expr.op == "pow":
        return f"{_tight(args[0], POW + 1)}^{_tight(args[1], POW + 1)}"
    first = _tight(args[0], level)  # once: what is shown twice at each level takes for ever
    if expr.op == "add":
        return first + "".join(_term(term) for term in args[1:])
    if expr.op in _BEHIND:
        return first + _BEHIND[expr.op]
    if len(args) == 1:
        return _BEFORE[expr.op] + first
    if expr.op == "mul":
        return f"{first}{expr.sign if expr.sign in ('×', '⊙') else '·'}{_tight(args[1], MUL + 1)}"
    return f"{first}/{_tight(args[1], MUL + 1)}"


def _term(term: Expr) -> str:
    if isinstance(term, Op) and term.op == "neg":
        return f" - {_tight(term.args[0], MUL)}"
    return f" + {_tight(term, NEG)}"


_INFIX = frozenset(["⊗", "⊕", "//"])


def _tight(expr: Any, level: int) -> str:
    kind = type(expr)
    if kind is Op:
        loose = LOOSE[expr.op]
    else:
        loose = ADD if kind in _LONG or (kind is Call and expr.function in _INFIX) else ATOM
    shown = _SHOWN[kind](expr)
    return f"({shown})" if loose < level else shown


def _bound(bound: Bound) -> str:
    if bound.low is None and bound.high is None:
        return bound.index
    if isinstance(bound.low, Call) and bound.low.function == "over":
        return f"{bound.index} in {_list(bound.low.args)}"
    return f"{bound.index}={show(bound.low) or '?'}..{show(bound.high) or '?'}"


def _list(items: tuple[Expr, ...]) -> str:
    return ", ".join([_SHOWN[type(item)](item) for item in items])


def _call(expr: Call) -> str:
    if expr.function in _INFIX:
        return f" {expr.function} ".join(_tight(arg, POW) for arg in expr.args)
    if expr.function in ("at", "between"):
        limits = " to ".join(show(limit) for limit in expr.args[1:])
        return f"[{show(expr.args[0])}] {'at' if expr.function == 'at' else 'from'} {limits}"
    last = expr.args[-1] if expr.args else None
    if isinstance(last, Group) and last.brackets == "|":  # P(A | B)
        return f"{expr.function}({_list(expr.args[:-1])} {show(last)})"
    return f"{expr.function}({_list(expr.args)})"


def _derivative(expr: Derivative) -> str:
    by = " ".join(f"d{name}" for name in expr.variables)
    order = f"^{len(expr.variables)}" if len(expr.variables) > 1 else ""
    return f"d{order}/({by}) {_tight(expr.body, MUL)}" if order else f"d/{by} {_tight(expr.body, MUL)}"


def _integral(expr: Integral) -> str:
    low, high = show(expr.low), show(expr.high)
    limits = f" over {low}" if low and not high else f" from {low or '?'} to {high}" if high else ""
    return f"integral{limits} of {_tight(expr.body, MUL)} d{expr.variable}"


def _limit(expr: Limit) -> str:
    return f"limit for {expr.variable} → {_tight(expr.target, POW)}{expr.side} of {_tight(expr.body, MUL)}"


def _cases(expr: Cases) -> str:
    pieces = (f"{show(value)} if {show(when)}" if when else f"{show(value)} otherwise" for value, when in expr.pieces)
    return f"{{{'; '.join(pieces)}}}"


_LONG = frozenset([Reduce, Relation, Derivative, Integral, Limit])
_SHOWN: dict[type, Callable[[Any], str]] = {
    Num: lambda expr: expr.text or str(expr.value),
    Name: lambda expr: expr.name,
    Text: lambda expr: expr.words,
    Call: _call,
    Index: lambda expr: f"{_tight(expr.base, POW)}[{_list(expr.indices)}]",
    Slice: _slice,
    Group: _group,
    Relation: _relation,
    Reduce: _reduce,
    Op: _operator,
    Derivative: _derivative,
    Integral: _integral,
    Limit: _limit,
    Cases: _cases,
    Unit: lambda expr: expr.text,
}
