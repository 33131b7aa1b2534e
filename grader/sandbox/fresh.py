"""Names that only ever stand for something new: what is written to them changes nothing that anybody else holds."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import NamedTuple, TypeGuard

import numpy

_EMPTY = frozenset("zeros ones empty full zeros_like ones_like empty_like full_like arange linspace eye".split())
# Functions of numpy that may give back what they are given, or a view of it.
_SHARING = frozenset(
    "asarray asanyarray ascontiguousarray asfortranarray array reshape ravel squeeze transpose swapaxes moveaxis"
    " rollaxis atleast_1d atleast_2d atleast_3d expand_dims broadcast_to broadcast_arrays split array_split hsplit"
    " vsplit dsplit diagonal diag real imag frombuffer require flip flipud fliplr rot90 nditer meshgrid ix_"
    " as_strided sliding_window_view nan_to_num asmatrix mat matrix ndarray view unstack permute_dims"
    " matrix_transpose".split()
)
_PLAIN_OPTIONS = frozenset(["axis", "dtype", "keepdims", "ddof", "rcond", "deg"])
_MOST_GIVEN = 2
_COPYING = frozenset("copy astype tolist sum mean std var cumsum cumprod dot round clip".split())
_MAKING = frozenset(
    ["list", "dict", "set", "sorted", "range", "len", "sum", "float", "int", "str", "tuple", "zip", "abs"]
)


class Fresh(NamedTuple):
    """`made` are names of new objects of any kind, `filled` those of arrays of numbers, whose entries may grow."""

    made: frozenset[str]
    filled: frozenset[str]


class Around(NamedTuple):
    """Names of libraries and of what they give, all names of the program's own, and whether it has classes: with these
    a sum may be anything."""

    modules: frozenset[str]
    own: frozenset[str]
    classes: bool


def fresh_names(body: Iterable[ast.stmt], around: Around) -> Fresh:
    """The names whose every value in some statements, outside of the functions in them, is new."""
    made: dict[str, bool] = {}
    filled: dict[str, bool] = {}
    for node in _outside_functions(body):
        for name, value in _given(node):
            made[name] = made.get(name, True) and value is not None and _is_new(value, around)
            filled[name] = filled.get(name, True) and value is not None and _is_empty(value, around)
    return Fresh(
        frozenset(name for name, sound in made.items() if sound), frozenset(n for n, sound in filled.items() if sound)
    )


def _outside_functions(body: Iterable[ast.stmt]) -> Iterable[ast.AST]:
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))


def _given(node: ast.AST) -> Iterable[tuple[str, ast.expr | None]]:
    """Names that a statement gives a value, each with that value; None where it is not written by itself."""
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple | ast.List):
                several = node.value.elts if isinstance(node.value, ast.Tuple | ast.List) else []
                sound = len(several) == len(target.elts) and not any(isinstance(e, ast.Starred) for e in target.elts)
                pairs = [(one, several[k] if sound else None) for k, one in enumerate(target.elts)]
            yield from ((name.id, value) for one, value in pairs for name in ast.walk(one) if _is_stored(name))
    elif isinstance(node, ast.For | ast.comprehension | ast.With | ast.NamedExpr | ast.Import | ast.ImportFrom):
        yield from ((name, None) for name in _bound_beside(node))
    elif isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        yield node.name, None


def _is_stored(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def _bound_beside(node: ast.AST) -> Iterable[str]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)
        return
    targets = [item.optional_vars for item in node.items] if isinstance(node, ast.With) else [node.target]  # type: ignore[attr-defined]
    for target in filter(None, targets):
        yield from (one.id for one in ast.walk(target) if isinstance(one, ast.Name))


def _is_new(value: ast.expr, around: Around) -> bool:
    """Whether an expression gives something that nobody else holds."""
    if isinstance(value, ast.Constant | ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp):
        return True
    if isinstance(value, ast.BinOp | ast.UnaryOp):
        return not around.classes
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Name | ast.Attribute):
        return False
    if any(one.arg not in _PLAIN_OPTIONS for one in value.keywords) or any(
        isinstance(a, ast.Starred) for a in value.args
    ):
        return False
    last = value.func.id if isinstance(value.func, ast.Name) else value.func.attr
    if _root(value.func) in around.modules:
        ufunc = getattr(numpy, last, None)
        most = ufunc.nin if isinstance(ufunc, numpy.ufunc) else _MOST_GIVEN  # a further place may be what is written to
        return (last == "array" or last not in _SHARING) and len(value.args) <= most
    if isinstance(value.func, ast.Name):
        return last in _MAKING and last not in around.own
    return last in _COPYING and len(value.args) <= 1 and not around.classes


def _is_empty(value: ast.expr, around: Around) -> bool:
    """Whether it gives a new array of numbers; one of objects may hold other things than numbers."""
    call = value if isinstance(value, ast.Call) and isinstance(value.func, ast.Name | ast.Attribute) else None
    if call is None or _root(call.func) not in around.modules:
        return False
    last = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    named = any(isinstance(one, ast.Name) and one.id == "object" for one in ast.walk(call))
    return (
        last in _EMPTY and not named and not any(isinstance(w, ast.Constant) and w.value == "O" for w in ast.walk(call))
    )


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def own_loop_names(node: ast.stmt) -> set[str]:
    """Names that a statement looks up only inside the loops that give them a value, the `j` of `for j in range(3)`:
    what they stood for above does not matter."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return set()
    given: set[str] = set()
    elsewhere: set[str] = set()
    waiting: list[tuple[ast.AST, frozenset[str]]] = [(node, frozenset())]
    while waiting:
        one, inside = waiting.pop()
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load):
            (given if one.id in inside else elsewhere).add(one.id)
        elif isinstance(one, ast.AugAssign) and isinstance(one.target, ast.Name):
            elsewhere.add(one.target.id)
        body = [*one.body] if isinstance(one, ast.For) else []
        within = inside | {name.id for name in ast.walk(one.target) if isinstance(name, ast.Name)} if body else inside  # type: ignore[attr-defined]
        known = {id(each) for each in body}
        waiting += [(each, within if id(each) in known else inside) for each in ast.iter_child_nodes(one)]
    return given - elsewhere
