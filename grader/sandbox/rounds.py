"""Which arguments of a function make an expression larger, and which make it smaller: what a loop runs over."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

Signed = tuple[set[str], set[str]]  # arguments with which a value grows, and with which it falls
_NOTHING: Signed = (set(), set())
_RISING = frozenset(
    "len int float round floor ceil list tuple set sum max min enumerate zip reversed sorted tqdm array asarray".split()
)
_RANGES = frozenset(["range", "arange"])


def signed(node: ast.AST | None, over: Mapping[str, Signed]) -> Signed:
    """`len(x) - len(w) + 1` grows with `x` and falls with `w`. What is not understood does both with all its names."""
    try:
        return _signed(node, over)
    except RecursionError:
        return _NOTHING if node is None else _unknown(node, over)


def _signed(node: ast.AST | None, over: Mapping[str, Signed]) -> Signed:
    if node is None or isinstance(node, ast.Constant):
        return _NOTHING
    if isinstance(node, ast.Name):
        return over.get(node.id, _NOTHING)
    for kind, method in _KINDS:
        if isinstance(node, kind):
            return method(node, over)
    return _unknown(node, over)


def _unknown(node: ast.AST, over: Mapping[str, Signed]) -> Signed:
    names = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    every = set[str]().union(*(side for name in names for side in over.get(name, _NOTHING)))
    return every, set(every)


def _and(*parts: Signed) -> Signed:
    return set[str]().union(*(up for up, _ in parts)), set[str]().union(*(down for _, down in parts))


def _turned(part: Signed) -> Signed:
    return part[1], part[0]


def _binary(node: ast.BinOp, over: Mapping[str, Signed]) -> Signed:
    left, right = _signed(node.left, over), _signed(node.right, over)
    if isinstance(node.op, ast.Add):
        return _and(left, right)
    if isinstance(node.op, ast.Sub):
        return _and(left, _turned(right))
    if isinstance(node.op, ast.Div | ast.FloorDiv) and not _has_minus(node.right):
        return _and(left, _turned(right), right if left[1] else _NOTHING)  # -w // s rises with s
    if isinstance(node.op, ast.Mult) and any(_is_positive(one) for one in (node.left, node.right)):
        return _and(left, right)
    return _unknown(node, over)


def _is_positive(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float) and node.value > 0


def _has_minus(node: ast.AST) -> bool:
    return any(isinstance(one, ast.USub) for one in ast.walk(node))


def _unary(node: ast.UnaryOp, over: Mapping[str, Signed]) -> Signed:
    return _turned(_signed(node.operand, over)) if isinstance(node.op, ast.USub) else _unknown(node, over)


def _compared(node: ast.Compare, over: Mapping[str, Signed]) -> Signed:
    """`i < n` holds the longer, the larger n is."""
    parts = [_signed(one, over) for one in (node.left, *node.comparators)]
    if all(isinstance(op, ast.Lt | ast.LtE) for op in node.ops):
        return _and(*map(_turned, parts[:-1]), parts[-1])
    if all(isinstance(op, ast.Gt | ast.GtE) for op in node.ops):
        return _and(parts[0], *map(_turned, parts[1:]))
    return _unknown(node, over)


def _call(node: ast.Call, over: Mapping[str, Signed]) -> Signed:
    last = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if node.keywords or any(isinstance(one, ast.Starred) for one in node.args):
        return _unknown(node, over)
    if last in _RANGES and 1 <= len(node.args) <= 3:
        return _range(node.args, over)
    if last in _RISING:
        return _and(*(_signed(one, over) for one in node.args))
    if last == "sliding_window_view" and len(node.args) == 2:
        return _and(_signed(node.args[0], over), _turned(_signed(node.args[1], over)))
    return _unknown(node, over)


def _range(args: list[ast.expr], over: Mapping[str, Signed]) -> Signed:
    if len(args) == 1:
        return _signed(args[0], over)
    start, stop = (_signed(one, over) for one in args[:2])
    if len(args) == 2 or _is_positive(args[2]):
        return _and(_turned(start), stop)
    # A step that may be negative: what the bounds grow with counts on both sides, `len(x) - len(w)` still for x alone.
    return _and((start[0] | start[1], set()), stop if stop[0] else (stop[1], set()))


def _part(node: ast.Subscript, over: Mapping[str, Signed]) -> Signed:
    value, index = _signed(node.value, over), node.slice
    if isinstance(index, ast.Slice) and index.step is None:
        return _and(value, _turned(_signed(index.lower, over)), _signed(index.upper, over))
    return _and(value, _unknown(index, over))


_KINDS: tuple[tuple[Any, Callable[[Any, Mapping[str, Signed]], Signed]], ...] = (
    (ast.BinOp, _binary),
    (ast.UnaryOp, _unary),
    (ast.Compare, _compared),
    (ast.Call, _call),
    (ast.Subscript, _part),
    (ast.Attribute, lambda node, over: _signed(node.value, over)),
    ((ast.Tuple, ast.List), lambda node, over: _and(*(_signed(one, over) for one in node.elts))),
)
