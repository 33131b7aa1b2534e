"""What a statement uses, by full names: imported modules and what is taken from them, and names set to these."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator

from grader.sandbox.meanings import Meaning, Meanings
from grader.sandbox.scopes import imported, pairs

MAYBE = "?"  # before a name that may be a value of the program's own instead
ASKED = "<asked>"  # an attribute whose name is computed: `getattr(np, "vector" + "ize")`
_HARMLESS = frozenset("print len float int str abs round repr bool complex isinstance type".split())
_OPERATIONS = (ast.BinOp, ast.UnaryOp, ast.Compare, ast.AugAssign, ast.FormattedValue)


def named(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, ast.expr]]:
    """Names that are set to another name, by whatever sign."""
    for node in nodes:
        for target, value in pairs(node):
            if isinstance(value, ast.NamedExpr):
                value = value.value
            if isinstance(target, ast.Name) and isinstance(value, ast.Name | ast.Attribute):
                yield target.id, value


def modules(node: ast.AST) -> set[str]:
    """All that a statement imports, by its full path: `import numpy.linalg as la`, `from math import sin`."""
    whole = (alias.name for inner in ast.walk(node) if isinstance(inner, ast.Import) for alias in inner.names)
    return {full for _, full in imported(ast.walk(node))} | set(whole)


class _Uses:
    """The uses of one statement, each with its first line."""

    def __init__(self, node: ast.stmt, meanings: Meanings) -> None:
        self.meanings = meanings
        self.found: dict[str, int] = {}
        nodes = [inner for inner in ast.walk(node) if id(inner) not in meanings.scopes.idle]
        self.called = {id(inner.func) for inner in nodes if isinstance(inner, ast.Call)}
        scopes = meanings.scopes
        inside = [inner for inner in nodes if id(inner) in scopes.of and scopes.of[id(inner)].kind != "class"]
        self.plain = {id(value) for _, value in named(inside)}  # what a class keeps, others may take from it
        self.plain |= {id(inner.value) for inner in nodes if isinstance(inner, ast.Attribute)}
        self.quiet = self.plain | {id(one) for inner in nodes for one in _operands(inner)}
        for inner in nodes:
            for name in self._of(inner):
                if name:
                    self.found.setdefault(name, getattr(inner, "lineno", 0))

    def _of(self, node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module or ''}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.MatMult):
            yield "@"
        elif isinstance(node, ast.Attribute):
            yield from self._attribute(node)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield from self._names(node, self.meanings.of(node)[0])
        elif isinstance(node, ast.Call):
            found = self.meanings.of(node)[0]
            yield from self._names(node, found)
            if not found and isinstance(node.func, ast.Name) and node.func.id == "getattr":
                yield ASKED

    def _attribute(self, node: ast.Attribute) -> Iterator[str]:
        if node.attr in _MATMUL:
            yield "@"
        found = self.meanings.of(node)[0]
        if not isinstance(node.ctx, ast.Load):
            found = [one for one in found if one.imported]  # `self.sum = 0` uses nothing
        elif self.meanings.is_own_attribute(node):
            found = [one for one in found if one.imported]
        elif node.attr in self.meanings.stored | self.meanings.methods:
            found = [one if one.imported else Meaning(one.full, False) for one in found]
        yield from self._names(node, found)

    def _names(self, node: ast.expr, found: list[Meaning]) -> Iterator[str]:
        for one in found:
            if not one.sure:
                yield from self._perhaps(node, one)
                continue
            yield one.full
            if one.full == "operator.matmul":
                yield "@"
            if one.imported and id(node) not in self.plain | self.called:
                yield f"={one.full}"
            if one.imported and id(node) not in self.plain:
                yield f"{one.full}.*"  # np.linalg, if that is what it is

    def _perhaps(self, node: ast.expr, one: Meaning) -> Iterator[str]:
        """What a name may stand for counts where it is called or handed on: a function is not added up."""
        if isinstance(node, ast.Attribute) and one.imported:
            base = one.full.rpartition(".")[0]
            if base not in sys.modules and base.partition(".")[0] in sys.modules and node.attr[:2] != "__":
                return  # of the number that `mean` is by then
        if id(node) not in self.quiet:
            yield f"{MAYBE}{one.full}"


def _operands(node: ast.AST) -> Iterator[ast.AST]:
    """What is counted with, indexed or printed."""
    if isinstance(node, _OPERATIONS):
        yield from ast.iter_child_nodes(node)
    elif isinstance(node, ast.Subscript):
        yield node.value
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _HARMLESS:
        yield from node.args


def uses(node: ast.stmt, meanings: Meanings) -> list[tuple[str, int]]:
    """Full names that are used, each with its first line: `numpy.convolve`, `eval`, and `numpy.*` for a module that is
    handed on whole, so that what is taken from it cannot be seen. What is not called here but handed on, `heappush(h,
    numpy.linalg.qr)`, stands behind a `=` as well; what may be something else behind a `?`."""
    return list(_Uses(node, meanings).found.items())


_MATMUL = frozenset(["__matmul__", "__rmatmul__", "__imatmul__"])
