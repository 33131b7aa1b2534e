"""Reads what stands between bars: absolute values, norms, determinants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.errors import Unreadable
from grader.model.expressions import Call, Expr, Group, Name, Num, Op

if TYPE_CHECKING:
    from grader.notation.parser import Parser
    from grader.notation.tokens import Names


_DEEPEST = 6


def read_bars(parser: Parser) -> Expr:
    """`|x|`, and `||x||` as a norm where two bars close it as well."""
    opener = parser.advance()
    if parser.bars >= _DEEPEST:
        raise parser.fail("these bars are nested too deeply to be read", opener)
    # Two readings at one depth only: at each of them, a row of bars would take for ever.
    if not parser.bars and parser.is_next("bar") and not parser.tokens[parser.at].spaced:
        before = parser.at
        try:
            return _between(parser, 2)
        except Unreadable:
            parser.at = before
    parser.at -= 1
    inner = _between(parser, 1)
    assert isinstance(inner, Call)
    if isinstance(inner.args[0], Group):  # bars around a matrix
        return Call("det", inner.args, (opener.start, inner.place[1]))
    return inner


def _between(parser: Parser, bars: int) -> Expr:
    opener = parser.tokens[parser.at - bars + 1] if bars == 2 else parser.tokens[parser.at]
    parser.at += 1
    with parser.brackets:
        parser.bars += 1
        try:
            inner = parser.expression()
        finally:
            parser.bars -= 1
        for _ in range(bars):
            if not parser.is_next("bar"):
                raise parser.fail("this bar has no partner", opener, "|")
            close = parser.advance()
    if bars == 1:
        return Call("abs", (inner,), (opener.start, close.stop))
    args = (inner, *_read_order(parser, inner))
    return Call("norm", args, (opener.start, max(close.stop, parser.stop)))


def read_norm(parser: Parser) -> Expr:
    """`\\|x\\|`, perhaps with a subscript that says which norm: `\\|x\\|_1`."""
    opener = parser.advance()
    with parser.brackets:
        parser.bars += 1
        try:
            inner = parser.expression()
        finally:
            parser.bars -= 1
        if not parser.is_next("norm"):
            raise parser.fail("these bars have no partner", opener, "\\|")
        close = parser.advance()
    args = (inner, *_read_order(parser, inner))
    return Call("norm", args, (opener.start, max(close.stop, parser.stop)))


def _read_order(parser: Parser, inner: Expr) -> tuple[Expr, ...]:
    """The subscript that says which norm, where it is not the usual one."""
    if not parser.is_next("op", "_"):
        return ()
    parser.advance()
    order = parser.braces() if parser.is_next("group") else parser.atom()
    return (order,) if parser.dialect.free or not _is_usual(parser, inner, order) else ()


def _is_usual(parser: Parser, inner: Expr, order: Expr) -> bool:
    """Whether a norm is the one without a subscript: Frobenius's, and of a vector the second."""
    if isinstance(order, Name):
        return order.name == "F" and "F" not in parser.names
    return isinstance(order, Num) and order.value == 2 and _axes(inner, parser.names) == 1


def _axes(expr: Expr, names: Names) -> int:
    """The number of axes that a formula of whole arrays has, as far as it shows; -1 where it does not."""
    if isinstance(expr, Name):
        return names.get(expr.name, -1)
    if isinstance(expr, Num):
        return 0
    if not isinstance(expr, Op):
        return -1
    axes = [_axes(arg, names) for arg in expr.args]
    if expr.op in ("add", "neg"):
        return axes[0] if len(set(axes)) == 1 else -1
    if expr.op == "transpose":
        return axes[0] if axes[0] == 2 else -1
    if expr.op == "mul" and -1 not in axes:
        return max(axes) if 0 in axes else 1 if axes == [2, 1] else -1
    return -1
