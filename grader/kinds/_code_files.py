"""What is wrong with a program of the instructor's before it is run, and with what it gives."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.programs.runs import Failure

Told = tuple[str, str]  # what is wrong, and what to do


def unread(source: str, file: str) -> Told | None:
    """Why a file is no program: what the parser says, and where."""
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        line = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        message = error.msg if isinstance(error, SyntaxError) else type(error).__name__
        return f"{file}{line} cannot be read as Python: {message}", "a reference is one file of Python"
    return None


def cause(failures: Sequence[Failure], setup: str, source: str, file: str) -> Told | None:
    """The first statement at the top of a file, behind the lines of a `setup`, that failed: what the file gives may
    lack what that should give."""
    if not failures:
        return None
    first = min(failures, key=lambda one: one.number)
    body, above = ast.parse(f"{setup}\n{source}").body, setup.count("\n") + 1
    at = body[first.number].lineno - above if first.number < len(body) else 0
    line = f", line {at}" if at > 0 else ""
    told = f"{file}{line} fails: {first.raised.type}: {first.raised.message}"
    apart = first.raised.type in ("ImportError", "ModuleNotFoundError")
    return told, "a reference is one file, without others beside it" if apart else ""


def gives_nothing(cases: Sequence[tuple[Any, ...] | None], names: Sequence[str]) -> Told | None:
    """Why there is nothing to compare with: None in every case for want of a `return`, or only NaN."""
    known = [values for values in cases if values is not None]
    for at, name in enumerate(names) if known else ():
        of, values = f" for `{name}`" if name else "", [each[at] for each in known]
        if all(value is None for value in values):
            return f"the reference gives None{of} in every case", "is a `return` missing?"
        if all(map(_is_nan, values)):
            return f"the reference gives nothing but NaN{of} in every case", ""
    return None


def _is_nan(value: Any) -> bool:
    array = np.asarray(value) if isinstance(value, int | float | complex | np.ndarray) else np.zeros(1)
    return bool(array.size and array.dtype.kind in "fc" and np.isnan(array).all())


def renamed(source: str, name: str, other: str) -> str:
    """The program with another name for what it calls `name`, so that the name is free."""

    class Renames(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.Name:
            return ast.Name(other, node.ctx) if node.id == name else node

        def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
            self.generic_visit(node)
            node.name = other if node.name == name else node.name
            return node

        def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
            self.generic_visit(node)
            node.name = other if node.name == name else node.name
            return node

    return ast.unparse(ast.fix_missing_locations(Renames().visit(ast.parse(source))))
