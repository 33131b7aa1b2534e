"""Which arguments of a function make an expression larger, and which make it smaller: what a loop runs over.

What is computed of an argument may have other axes than it: the distances between the rows of A and of B are as many
as both. Such names carry a mark: `B~` is of a value that was computed, `B!` of its largest entry, its sum and the like,
and `B?` of a number of rounds that only a person can tell. A computed number says how often a loop runs, a computed
array does not.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

Signed = tuple[set[str], set[str]]  # arguments with which a value grows, and with which it falls
_NOTHING: Signed = (set(), set())
COUNTED = "#"  # behind an argument's name, and before a number of rounds that is written out
ANEW = "="  # behind an argument's name: the function gives it another value, `k = 1000 * k`
COMPUTED, REDUCED, OPEN = "~", "!", "?"
_MARKS = ("", COMPUTED, REDUCED, OPEN)
_RISING = frozenset(
    "int float round floor ceil list tuple enumerate iter zip reversed sorted tqdm array asarray zeros ones"
    " empty".split()
)
_SAME = frozenset(  # as many entries as what they are given or belong to
    "abs absolute append argsort argwhere astype atleast_1d atleast_2d concatenate copy cumsum diff exp flatnonzero"
    " flatten flip hstack log ndenumerate ndindex nditer nonzero pad ravel reshape sort sqrt squeeze tolist transpose"
    " vstack where zeros_like ones_like empty_like __iter__".split()
)
_REDUCING = frozenset(
    "all any argmax argmin amax amin bincount count_nonzero max mean median min norm prod set std sum unique"
    " var".split()
)
_RANGES = frozenset(["range", "arange"])


def signed(node: ast.AST | None, over: Mapping[str, Signed]) -> Signed:
    """`len(x) - len(w) + 1` grows with `x` and falls with `w`. What is not understood does both with all its names."""
    try:
        return _signed(node, over)
    except RecursionError:
        return _NOTHING if node is None else _unknown(node, over)


def rounds_of(part: Signed) -> Signed:
    """How often a loop over a value runs: of what was computed nobody knows which axis stands first."""
    return _each(part, lambda mark: OPEN if mark else "")


def count_of(part: Signed) -> Signed:
    """How often a loop runs that counts up to a number, however that was computed; its entries are nobody's rounds."""
    return _each(part, lambda mark: "" if mark in ("", COMPUTED) else OPEN)


def _each(part: Signed, change: Callable[[str], str]) -> Signed:
    return tuple({_bare(name) + change(name[len(_bare(name)) :]) for name in side} for side in part)  # type: ignore[return-value]


def _bare(name: str) -> str:
    return name.rstrip(COMPUTED + REDUCED + OPEN)


def _at_least(part: Signed, least: str) -> Signed:
    """The same with a mark on all names that have none as strong."""
    return _each(part, lambda mark: max(mark, least, key=_MARKS.index))


def _mixed(part: Signed) -> Signed:
    """What is computed of one argument, entry by entry, keeps its rounds; of several together it may not."""
    single = len({_bare(name) for side in part for name in side}) <= 1
    return part if single else _at_least(part, COMPUTED)


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
    return _at_least(_every(node, over), COMPUTED)


def _every(node: ast.AST, over: Mapping[str, Signed]) -> Signed:
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
        return _mixed(_and(left, right))
    if isinstance(node.op, ast.Sub):
        return _mixed(_and(left, _turned(right)))
    if isinstance(node.op, ast.Div | ast.FloorDiv) and not _has_minus(node.right):
        return _mixed(_and(left, _turned(right), right if left[1] else _NOTHING))  # -w // s rises with s
    if isinstance(node.op, ast.Mult) and any(_is_positive(one) for one in (node.left, node.right)):
        return _and(left, right)
    if isinstance(node.op, ast.MatMult):
        return _unknown(node, over)
    return _mixed(_and(left, right, _turned(left), _turned(right)))


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
    if last == "len" and len(node.args) == 1:
        return rounds_of(_signed(node.args[0], over))
    if last in _REDUCING and (len(node.args) < 2 or isinstance(node.func, ast.Attribute)):
        return _at_least(_every(node, over), REDUCED)
    if last == "min":  # no more than its smallest argument, whichever that is
        return _at_least(_rising(node.args, over), OPEN)
    if last in _SAME:
        return _and(*(_signed(one, over) for one in (*_owner(node), *node.args)))
    if node.keywords and not (last in _RISING and len(node.args) == 1):
        return _unknown(node, over)
    if last in _RANGES and 1 <= len(node.args) <= 3 and not any(isinstance(one, ast.Starred) for one in node.args):
        return count_of(_range(node.args, over))
    if last in _RISING or last in _REDUCING:
        return _rising(node.args, over)
    if last == "sliding_window_view" and len(node.args) == 2:
        return _and(_signed(node.args[0], over), _turned(_signed(node.args[1], over)))
    return _unknown(node, over)


def _rising(args: list[ast.expr], over: Mapping[str, Signed]) -> Signed:
    return _and(*(_signed(one, over) for one in args))


def _owner(node: ast.Call) -> list[ast.expr]:
    """The array whose method is called."""
    return [node.func.value] if isinstance(node.func, ast.Attribute) else []


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
        return _cut(value, index, over)
    parts = index.elts if isinstance(index, ast.Tuple) else [index]
    chosen = _and(*(_signed(one, over) for one in parts if isinstance(one, ast.Name | ast.Subscript)))
    if any(isinstance(one, ast.Call) for one in parts) or any(_bare(name) != name for side in chosen for name in side):
        value = _at_least(value, COMPUTED)  # y[nearest] is as long as `nearest`
    return _and(value, _unknown(index, over))


def _cut(value: Signed, index: ast.Slice, over: Mapping[str, Signed]) -> Signed:
    """`x[a:b]` is no longer than `b - a` says; `order[:k]`, of an argument k, has k entries."""
    lower, upper = _signed(index.lower, over), _signed(index.upper, over)
    if index.upper is None or _has_minus(index.upper):
        return _and(value, _turned(lower), upper)
    name = index.upper.id if isinstance(index.upper, ast.Name) else ""
    if index.lower is None and upper == ({name}, set()) and f"{name}{ANEW}" not in over:
        return upper
    return _and(_at_least(value, OPEN), _turned(lower), upper)


def attribute_of(node: ast.AST) -> str:
    """The name by which an attribute of the object at hand is known, `self.X`; empty for anything else."""
    known = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
    return f"self.{node.attr}" if known and isinstance(node, ast.Attribute) else ""


def _attribute(node: ast.Attribute, over: Mapping[str, Signed]) -> Signed:
    if (own := attribute_of(node)) in over:
        return over[own]
    value = _signed(node.value, over)
    return rounds_of(value) if node.attr in ("shape", "size") else value


_KINDS: tuple[tuple[Any, Callable[[Any, Mapping[str, Signed]], Signed]], ...] = (
    (ast.BinOp, _binary),
    (ast.UnaryOp, _unary),
    (ast.Compare, _compared),
    (ast.Call, _call),
    (ast.Subscript, _part),
    (ast.Attribute, _attribute),
    (ast.Starred, lambda node, over: _signed(node.value, over)),
    (ast.IfExp, lambda node, over: _and(_signed(node.body, over), _signed(node.orelse, over))),
    ((ast.Tuple, ast.List), lambda node, over: _and(*(_signed(one, over) for one in node.elts))),
)


def written_rounds(node: ast.AST) -> int | None:
    """How often a loop over a value runs, where that is written out: `range(3)`, `(0, 1, 2)`; or else None."""
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return None if any(isinstance(one, ast.Starred) for one in node.elts) else len(node.elts)
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range"):
        return None
    numbers = [one.value for one in node.args if isinstance(one, ast.Constant) and type(one.value) is int]
    if node.keywords or len(numbers) < len(node.args) or not 1 <= len(numbers) <= 3 or numbers[2:] == [0]:
        return None
    return len(range(*(min(max(one, -_LARGEST), _LARGEST) for one in numbers)))


_LARGEST = 1 << 31
