"""Statements that only look at what is there: prints, plots, asserts, a second way to the same value under a new name.

Nothing that they do can change a value that another statement gives, so what they use is no part of an answer.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

import numpy

_PLAIN = frozenset(
    "print display abs all any bool complex dict divmod enumerate exit filter float format frozenset hash hex id int"
    " isinstance iter len list map max min next pow quit range repr reversed round set slice sorted str sum tuple type"
    " zip".split()
)
# Calls of a library that change what they are given.
_CHANGING = frozenset(
    "put copyto place putmask put_along_axis fill_diagonal at shuffle setattr delattr setitem delitem iadd isub imul"
    " heappush heappop heapify insort insort_left insort_right exec eval update_wrapper reload setdefault register"
    " apply_along_axis apply_over_axes frompyfunc vectorize fromfunction reduce accumulate partial fill itemset"
    " setflags ndarray ufunc blas lapack".split()
)
_LIBRARIES = frozenset(
    "numpy scipy math cmath statistics matplotlib pandas sklearn seaborn time pprint IPython pytest unittest".split()
)
_SEVERAL = frozenset(["reshape", "transpose", "clip", "format", "replace", "split", "ljust", "rjust", "center"])
_READING = frozenset(  # members that give something new, or tell of what is there
    "copy sum mean std var dot reshape round any all max min argmax argmin item tolist astype format join split strip"
    " ravel flatten transpose trace prod cumsum cumprod conj keys values items count index get upper lower encode"
    " startswith endswith nonzero squeeze diagonal clip ljust rjust center zfill replace T shape size ndim dtype real"
    " imag".split()
)
_OPTIONS = frozenset(  # none of which names an array that is written to
    "axis keepdims dtype rcond full_matrices rtol atol equal_nan label color ddof deg mode sep end err_msg decimal"
    " desired verbose reverse start strict linestyle marker alpha title figsize flush".split()
)
_DEEPEST, _MOST_GIVEN = 6, 2  # calls within calls; places of arguments, for further ones may be what is written to
_BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try)
_DEFINES = (ast.Import, ast.ImportFrom, ast.Pass, ast.Break, ast.Continue)


class Checks:
    """The statements at the top of one source."""

    def __init__(self, body: list[ast.stmt]) -> None:
        bound: dict[str, list[ast.stmt]] = {}
        for node in body:
            for name in _names(node):
                bound.setdefault(name, []).append(node)
        self.modules = {name for name, by in bound.items() if all(_is_library(one, name) for one in by)}
        self.functions = {
            name: by[0] for name, by in bound.items() if len(by) == 1 and isinstance(by[0], ast.FunctionDef)
        }
        self.own = bound.keys()
        self.numbers = _numbers(body)

    def looks(self, node: ast.stmt) -> bool:
        """Whether a statement only looks; a function does, for it does nothing until it is called."""
        return self._looks(node, 0, self.numbers)

    def _looks(self, node: ast.stmt, depth: int, numbers: frozenset[str]) -> bool:
        if depth > _DEEPEST:
            return False
        if isinstance(node, ast.FunctionDef):  # whose defaults are computed at once
            return not node.decorator_list and self._pure([node.args, *([node.returns] if node.returns else [])], depth)
        if isinstance(node, _DEFINES):
            return True
        if isinstance(node, ast.AugAssign):  # of an array it changes the array
            return isinstance(node.target, ast.Name) and node.target.id in numbers and self._pure([node.value], depth)
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            return all(map(_is_name, targets)) and self._pure([node], depth)
        if isinstance(node, ast.Expr | ast.Assert | ast.Return | ast.Raise):
            return self._pure([node], depth)
        if not isinstance(node, _BLOCKS):
            return False
        parts = [one for one in ast.iter_child_nodes(node) if not isinstance(one, ast.stmt | ast.excepthandler)]
        inner = [one for one in ast.iter_child_nodes(node) if isinstance(one, ast.stmt)]
        if isinstance(node, ast.Try):
            inner += [one for handler in node.handlers for one in handler.body]
        return self._pure(parts, depth) and all(self._looks(one, depth + 1, numbers) for one in inner)

    def _pure(self, nodes: Iterable[ast.AST], depth: int) -> bool:
        """Whether expressions write nowhere but to names, and call nothing that may change what it is given."""
        every = [one for node in nodes for one in ast.walk(node)]
        called = {id(one.func) for one in every if isinstance(one, ast.Call)}
        for one in every:
            if isinstance(one, ast.NamedExpr | ast.Lambda | ast.Await | ast.Yield | ast.YieldFrom):
                return False
            if isinstance(one, ast.Subscript | ast.Attribute) and not isinstance(one.ctx, ast.Load):
                return False
            if isinstance(one, ast.Attribute) and not self._tells(one):
                return False
            if isinstance(one, ast.Name) and one.id in self.functions and id(one) not in called:
                return False  # given to something that may call it
            if isinstance(one, ast.Call) and not self._harmless(one, depth):
                return False
        return True

    def _tells(self, node: ast.Attribute) -> bool:
        return not _changes(node.attr) if self._of_module(node) else node.attr in _READING

    def _of_module(self, node: ast.expr) -> bool:
        while isinstance(node, ast.Attribute):
            node = node.value
        return isinstance(node, ast.Name) and node.id in self.modules

    def _harmless(self, call: ast.Call, depth: int) -> bool:
        if isinstance(call.func, ast.Attribute) and not self._of_module(call.func):
            most = 9 if call.func.attr in _SEVERAL else 1  # its name has been looked at
            return len(call.args) <= most and all(one.arg in _OPTIONS for one in call.keywords)
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if name in self.functions:
            return depth < _DEEPEST and self._keeps(self.functions[name], depth + 1)
        if name and name not in self.modules:
            return name not in self.own and (name in _PLAIN or name.endswith(("Error", "Exception", "Warning")))
        last = call.func.attr if isinstance(call.func, ast.Attribute) else name
        several = last.startswith(("assert", "allclose", "isclose", "plot", "linspace", "arange", "lstsq", "polyfit"))
        ufunc = getattr(numpy, last, None)
        most = ufunc.nin if isinstance(ufunc, numpy.ufunc) else 9 if several else _MOST_GIVEN
        starred = any(isinstance(one, ast.Starred) for one in call.args)
        named = all(one.arg in _OPTIONS for one in call.keywords)
        return bool(last) and not _changes(last) and len(call.args) <= most and not starred and named

    def _keeps(self, function: ast.stmt, depth: int) -> bool:
        """Whether a function of the program leaves all that it is given, and all names of the file, as they are."""
        if not isinstance(function, ast.FunctionDef):
            return False
        if any(isinstance(one, ast.Global | ast.Nonlocal) for one in ast.walk(function)):
            return False
        numbers = _numbers(function.body) - {one.arg for one in ast.walk(function) if isinstance(one, ast.arg)}
        return self._looks(function, depth, numbers) and all(self._looks(one, depth, numbers) for one in function.body)


def _numbers(body: list[ast.stmt]) -> frozenset[str]:
    """Names that only ever get a number that is written out, apart from `+=`."""
    every = [one for node in body for one in ast.walk(node)]
    written = {
        target.id
        for one in every
        if isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant)
        for target in one.targets
        if isinstance(target, ast.Name)
    }
    plain = {id(one.target) for one in every if isinstance(one, ast.AugAssign)}
    plain |= {
        id(target)
        for one in every
        if isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant)
        for target in one.targets
    }
    stored = {
        one.id for one in every if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store) and id(one) not in plain
    }
    return frozenset(written - stored)


def _changes(name: str) -> bool:
    return name in _CHANGING or name.startswith("_")


def _is_library(node: ast.stmt, name: str) -> bool:
    if isinstance(node, ast.ImportFrom):
        return not node.level and (node.module or "").partition(".")[0] in _LIBRARIES
    own = [one for one in getattr(node, "names", ()) if (one.asname or one.name.partition(".")[0]) == name]
    return isinstance(node, ast.Import) and all(one.name.partition(".")[0] in _LIBRARIES for one in own)


def _is_name(node: ast.expr) -> bool:
    if isinstance(node, ast.Tuple | ast.List):
        return all(map(_is_name, node.elts))
    return isinstance(node.value if isinstance(node, ast.Starred) else node, ast.Name)


def _names(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {alias.asname or alias.name.partition(".")[0] for alias in node.names}
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store | ast.Del)}
