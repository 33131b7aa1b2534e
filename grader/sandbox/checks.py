"""Statements that only look at what is there: prints, plots, asserts, a second way to the same value under a new name.

Nothing that they do can change a value that another statement gives, so what they use is no part of an answer.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy

from grader.sandbox.fresh import Around, Fresh, fresh_names

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
    "increasing axis keepdims dtype rcond full_matrices rtol atol equal_nan label color ddof deg mode sep end err_msg"
    " decimal desired verbose reverse start strict linestyle marker alpha title figsize flush".split()
)
_TAKING_SEVERAL = (  # none of which is a place to write to
    "assert", "allclose", "isclose", "plot", "linspace", "arange", "lstsq", "polyfit", "convolve", "vander", "where",
    "einsum", "histogram", "isin", "interp",
)  # fmt: skip
_LONGER = {"clip": 3}
_GROWING = frozenset(["append", "extend", "add", "insert"])
_DEEPEST, _MOST_GIVEN = 6, 2  # calls within calls; places of arguments, for further ones may be what is written to
_BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try)
_DEFINES = (ast.Import, ast.ImportFrom, ast.Pass, ast.Break, ast.Continue)


class _Within(NamedTuple):
    """What is known where a statement stands: names of numbers and of new objects, and the functions defined there."""

    numbers: frozenset[str]
    fresh: Fresh
    functions: Mapping[str, ast.FunctionDef]
    depth: int = 0


class Checks:
    """The statements at the top of one source."""

    def __init__(self, body: list[ast.stmt]) -> None:
        bound: dict[str, list[ast.stmt]] = {}
        for node in body:
            for name in _names(node):
                bound.setdefault(name, []).append(node)
        self.modules = {name for name, by in bound.items() if all(_is_library(one, name) for one in by)}
        self.modules |= _starred(body) - bound.keys()
        self.own = bound.keys()
        self.classes = [node for node in body if isinstance(node, ast.ClassDef)]
        functions = {name: by[0] for name, by in bound.items() if len(by) == 1}
        self.functions = {name: node for name, node in functions.items() if isinstance(node, ast.FunctionDef)}
        self.around = Around(frozenset(self.modules), frozenset(self.own), bool(self.classes))
        self.top = _Within(_numbers(body), fresh_names(body, self.around), self.functions)

    def looks(self, node: ast.stmt) -> bool:
        """Whether a statement only looks; a function does, for it does nothing until it is called."""
        return self._looks(node, self.top)

    def _looks(self, node: ast.stmt, at: _Within) -> bool:
        if at.depth > _DEEPEST:
            return False
        if isinstance(node, ast.FunctionDef):  # whose defaults are computed at once
            given = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
            named = [one.annotation for one in ast.walk(node.args) if isinstance(one, ast.arg)]
            calls = (ast.Call, ast.NamedExpr, ast.Await)
            called = any(
                isinstance(one, calls) for each in filter(None, [*named, node.returns]) for one in ast.walk(each)
            )
            return not node.decorator_list and not called and self._pure(given, at)
        if isinstance(node, ast.ClassDef):
            return self._is_plain_class(node)
        if isinstance(node, _DEFINES):
            return True
        if isinstance(node, ast.AugAssign):
            return self._adds(node, at) and self._pure([node.value], at)
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            inner = [one.slice for one in targets if isinstance(one, ast.Subscript)]
            values = [
                *inner,
                *filter(None, [node.value]),
                *([node.annotation] if isinstance(node, ast.AnnAssign) else []),
            ]
            return all(_is_name(one) or _is_entry(one, at.fresh.made) for one in targets) and self._pure(values, at)
        if isinstance(node, ast.Expr | ast.Assert | ast.Return | ast.Raise):
            return self._grows(node, at) or self._pure([node], at)
        return isinstance(node, _BLOCKS) and self._block(node, at)

    def _block(self, node: ast.stmt, at: _Within) -> bool:
        parts = [one for one in ast.iter_child_nodes(node) if not isinstance(one, ast.stmt | ast.excepthandler)]
        inner = [one for one in ast.iter_child_nodes(node) if isinstance(one, ast.stmt)]
        if isinstance(node, ast.Try):
            inner += [one for handler in node.handlers for one in handler.body]
        return self._pure(parts, at) and all(self._looks(one, at._replace(depth=at.depth + 1)) for one in inner)

    def _adds(self, node: ast.AugAssign, at: _Within) -> bool:
        """Whether `+=` changes a number, or something new; of another array it would change the array."""
        if isinstance(node.target, ast.Name):
            return node.target.id in at.numbers | at.fresh.made
        entry = node.target if isinstance(node.target, ast.Subscript) else None
        return entry is not None and _is_entry(entry, at.fresh.filled) and self._pure([entry.slice], at)

    def _grows(self, node: ast.stmt, at: _Within) -> bool:
        """Whether it puts something into a list or a set that is new: `L.append(x)`."""
        call = node.value if isinstance(node, ast.Expr) else None
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            return False
        owner = call.func.value
        known = isinstance(owner, ast.Name) and owner.id in at.fresh.made
        return known and call.func.attr in _GROWING and not call.keywords and self._pure(call.args, at)

    def _is_plain_class(self, node: ast.ClassDef) -> bool:
        """Whether a class only keeps functions and constants: nothing of it runs until it is used."""
        bases = all(isinstance(one, ast.Name | ast.Attribute) and self._of_module(one) for one in node.bases)
        plain = all(
            (isinstance(one, ast.FunctionDef) and self._looks(one, self.top))
            or isinstance(one, ast.Pass)
            or (isinstance(one, ast.Expr | ast.Assign) and isinstance(one.value, ast.Constant))
            for one in node.body
        )
        return plain and bases and not node.keywords and not node.decorator_list

    def _tests_only(self) -> bool:
        """Whether running all classes of tests changes nothing."""
        methods = [one for each in self.classes for one in each.body if isinstance(one, ast.FunctionDef)]
        return all(map(self._is_plain_class, self.classes)) and all(self._keeps(one, self.top) for one in methods)

    def _pure(self, nodes: Iterable[ast.AST], at: _Within) -> bool:
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
            if isinstance(one, ast.Name) and one.id in at.functions and id(one) not in called:
                return False  # given to something that may call it
            if isinstance(one, ast.Call) and not self._harmless(one, at):
                return False
        return True

    def _tells(self, node: ast.Attribute) -> bool:
        if self._of_module(node):
            return not _changes(node.attr)
        asserts = isinstance(node.value, ast.Name) and node.value.id == "self" and node.attr.startswith("assert")
        return node.attr in _READING or asserts

    def _of_module(self, node: ast.expr) -> bool:
        while isinstance(node, ast.Attribute):
            node = node.value
        return isinstance(node, ast.Name) and node.id in self.modules

    def _harmless(self, call: ast.Call, at: _Within) -> bool:
        if isinstance(call.func, ast.Attribute) and not self._of_module(call.func):
            most = 9 if call.func.attr in _SEVERAL or call.func.attr.startswith("assert") else 1
            return len(call.args) <= most and all(one.arg in _OPTIONS for one in call.keywords)
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if name in at.functions:
            return self._keeps(at.functions[name], at)
        if name and name not in self.modules:
            return name not in self.own and (name in _PLAIN or name.endswith(("Error", "Exception", "Warning")))
        last = call.func.attr if isinstance(call.func, ast.Attribute) else name
        if ast.unparse(call.func) == "unittest.main":
            return self._tests_only()
        several = last.startswith(_TAKING_SEVERAL)
        ufunc = getattr(numpy, last, None)
        most = ufunc.nin if isinstance(ufunc, numpy.ufunc) else 9 if several else _LONGER.get(last, _MOST_GIVEN)
        starred = any(isinstance(one, ast.Starred) for one in call.args)
        named = all(one.arg in _OPTIONS for one in call.keywords)
        return bool(last) and not _changes(last) and len(call.args) <= most and not starred and named

    def _keeps(self, function: ast.FunctionDef, at: _Within) -> bool:
        """Whether a function of the program leaves all that it is given, and all names of the file, as they are."""
        if at.depth >= _DEEPEST or any(isinstance(one, ast.Global | ast.Nonlocal) for one in ast.walk(function)):
            return False
        arguments = {one.arg for one in ast.walk(function.args) if isinstance(one, ast.arg)}
        inner = {one.name: one for one in function.body if isinstance(one, ast.FunctionDef)}
        local = {name for one in function.body for name in _names(one)} | arguments
        around = Around(self.around.modules - local, self.around.own | local, self.around.classes)
        own = fresh_names(function.body, around)
        within = _Within(
            _numbers(function.body) - arguments,
            Fresh(own.made - arguments, own.filled - arguments),
            {**at.functions, **inner},
            at.depth + 1,
        )
        return self._looks(function, within) and all(self._looks(one, within) for one in function.body)


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


def _starred(body: list[ast.stmt]) -> set[str]:
    """What `from numpy import *` gives."""
    stars = [one for one in body if isinstance(one, ast.ImportFrom) and any(name.name == "*" for name in one.names)]
    known = {"numpy": numpy, "math": math}
    return {name for one in stars for name in dir(known.get(one.module or "", object)) if name[:1] != "_"}


def _is_entry(node: ast.expr, known: frozenset[str]) -> bool:
    """Whether an entry of something new is meant, `C[i, j]`; not one of its entries' entries."""
    return isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id in known


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
