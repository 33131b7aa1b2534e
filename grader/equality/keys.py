"""A text that is the same for formulas which differ only in typesetting, brackets and the order of terms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.equality.construction import CONSTRUCTED, construct
from grader.model.expressions import (
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
    rebuilt,
)


def key(expr: Expr | None) -> str:
    """The canonical text of an expression. Equal keys mean the same; unequal ones say nothing."""
    return "" if expr is None else _KEYS[type(expr)](expr)


def ordered_key(expr: Expr) -> str:
    """The same with the factors in their order and the signs between them: for what does not commute."""
    return key(_in_order(expr))


def _in_order(expr: Expr) -> Expr:
    if isinstance(expr, Op) and expr.op == "mul":
        sign = expr.sign if expr.sign in ("×", "⊙", "@") else "·"
        factors = [_in_order(factor) for factor in _factors(expr, expr.sign)]
        return Call(f"product {sign}", tuple(factors), expr.place)
    return rebuilt(expr, _in_order)


def _factors(expr: Expr, sign: str) -> list[Expr]:
    """The factors of a product whose signs mean the same."""
    plain = ("", "·", "*")
    if isinstance(expr, Op) and expr.op == "mul" and (expr.sign == sign or (expr.sign in plain and sign in plain)):
        last = expr.args[1]  # u × (v × w) is not (u × v) × w
        return [*_factors(expr.args[0], sign), *(_factors(last, sign) if sign != "×" else [_in_order(last)])]
    return [expr]


def _operator(expr: Op) -> str:
    op = expr.op
    if op == "add":
        return f"(+ {' '.join(sorted(_flat(expr, 'add')))})"
    if op == "mul":
        return f"(* {' '.join(sorted(_flat(expr, 'mul')))})"
    if op == "pow" and isinstance(expr.args[0], Name) and expr.args[0].name == "e":
        return f"exp({key(expr.args[1])})"
    if op in ("and", "or", "union", "intersection"):
        return f"({op} {' '.join(sorted(key(arg) for arg in expr.args))})"
    return f"({op} {' '.join(key(arg) for arg in expr.args)})"


def _call(expr: Call) -> str:
    if expr.function in CONSTRUCTED:
        return key(construct(expr))
    if expr.function == "factorial":  # x! is factorial(x)
        return f"(factorial {_list(expr.args)})"
    return f"{expr.function}({_list(expr.args)})"


def _flat(expr: Op, op: str) -> list[str]:
    found: list[str] = []
    waiting: list[Expr] = list(expr.args)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Op) and node.op == op:
            waiting.extend(node.args)
        else:
            found.append(key(node))
    return found


def _list(items: tuple[Expr, ...]) -> str:
    return ",".join(key(item) for item in items)


def _reduce(expr: Reduce) -> str:
    bounds = ";".join(f"{bound.index}={key(bound.low)}..{key(bound.high)}" for bound in expr.bounds)
    return f"({expr.op} {bounds} {key(expr.body)})"


def _relation(expr: Relation) -> str:
    return f"({' '.join(expr.ops)} {' '.join(key(operand) for operand in expr.operands)})"


_KEYS: dict[type, Callable[[Any], str]] = {
    Num: lambda expr: str(expr.value),
    Name: lambda expr: expr.name,
    Op: _operator,
    Call: _call,
    Index: lambda expr: f"{key(expr.base)}[{_list(expr.indices)}]",
    Slice: lambda expr: f"{key(expr.start)}:{key(expr.stop)}:{key(expr.step)}",
    Reduce: _reduce,
    Relation: _relation,
    Group: lambda expr: f"{expr.brackets}{_list(expr.items)}|",
    Text: lambda expr: repr(expr.words),
    Derivative: lambda expr: f"(d {expr.variables} {key(expr.body)})",
    Integral: lambda expr: f"(int {expr.variable} {key(expr.low)} {key(expr.high)} {key(expr.body)})",
    Limit: lambda expr: f"(lim {expr.variable} {key(expr.target)} {expr.side} {key(expr.body)})",
    Cases: lambda expr: f"(cases {' '.join(key(v) + '?' + key(c) for v, c in expr.pieces)})",
    Unit: lambda expr: f"unit {expr.text}",
}
