"""Where a program repeats itself, how deep, and which arguments of its function say how often."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

Loop = tuple[int, str, int, list[str]]  # line, kind, depth from 1, arguments that it runs over
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_HIDDEN = frozenset({"map", "filter", "vectorize", "apply_along_axis", "apply_over_axes", "frompyfunc", "nditer"})


class _Walk:
    """Follows a function from top to bottom: `over` maps each name to the arguments its value depends on."""

    def __init__(self, arguments: list[str]) -> None:
        self.over = {name: {name} for name in arguments}
        self.found: list[Loop] = []

    def depends(self, *nodes: ast.AST | None) -> set[str]:
        """The arguments that some expressions depend on."""
        names = (inner.id for node in nodes if node is not None for inner in ast.walk(node) if type(inner) is ast.Name)
        return set[str]().union(*(self.over.get(name, set()) for name in names))

    def bind(self, target: ast.AST, arguments: set[str]) -> None:
        for inner in ast.walk(target):
            if isinstance(inner, ast.Name):
                self.over[inner.id] = self.over.get(inner.id, set()) | arguments

    def visit(self, node: ast.AST, depth: int) -> None:
        if isinstance(node, ast.For | ast.AsyncFor):
            self._loop(node, "for", depth + 1, node.iter)
            self.bind(node.target, self.depends(node.iter))
            depth += 1
        elif isinstance(node, ast.While):
            self._loop(node, "while", depth + 1, node.test)
            depth += 1
        elif isinstance(node, _COMPREHENSIONS):
            for generator in node.generators:
                depth += 1
                self._loop(node, "comprehension", depth, generator.iter)
                self.bind(generator.target, self.depends(generator.iter))
        elif isinstance(node, ast.Assign):
            for target, value in _pairs(node):
                self.bind(target, self.depends(value))
        elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr):
            self.bind(node.target, self.depends(node.value))
        elif isinstance(node, ast.Call) and _last_name(node.func) in _HIDDEN:
            self._loop(node, "call", depth + 1, *node.args)
        for inner in ast.iter_child_nodes(node):
            self.visit(inner, depth)

    def _loop(self, node: ast.AST, kind: str, depth: int, *bounds: ast.AST) -> None:
        self.found.append((getattr(node, "lineno", 0), kind, depth, sorted(self.depends(*bounds))))


def _pairs(node: ast.Assign) -> Iterator[tuple[ast.AST, ast.AST]]:
    """`h, w = A.shape[0], B.shape[0]` binds each name to its own value."""
    for target in node.targets:
        value = node.value
        both = isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts)
        if both and isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            yield from zip(target.elts, value.elts, strict=True)
        else:
            yield target, value


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def found(node: ast.stmt) -> list[Any]:
    """All loops of a statement; those of a function with the arguments of it that they run over."""
    arguments = getattr(node, "args", None) if isinstance(node, _DEFINES) else None
    names = [arg.arg for arg in (*arguments.posonlyargs, *arguments.args)] if arguments is not None else []
    walk = _Walk(names)
    walk.visit(node, 0)
    return walk.found
