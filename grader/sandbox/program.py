"""Runs a program statement by statement in a module of its own, so that what fails sinks nothing above or below it.

Files of one hand-in may import each other: they are modules of their own paths, made when they are first asked for.
Only the student's process uses this module.
"""

from __future__ import annotations
import __future__

import ast
import re
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import CodeType, ModuleType
from typing import Any

from grader.sandbox.modules import importable, module_name, packages
from grader.sandbox.outline import carve, is_guard, is_simple

LAST = "_last_"  # the value of an expression that ends a program, or of what it prints there
ROOT = "hand_in"
_MOST_FAILURES = 20
Failure = tuple[int, BaseException]
_ALWAYS = frozenset({"numpy", *sys.builtin_module_names})  # what no file can replace, for Python itself or for us
_LIBRARY = sys.stdlib_module_names | _ALWAYS


def run(request: dict[str, Any], given: Callable[[], dict[str, Any]], file: str) -> tuple[ModuleType, list[Failure]]:
    """The module that a program makes, and the statements that failed, each with what it raised.

    `files` are names and sources, of which `main` runs; `skip` are statements that are left out, and with
    `definitions` all are that do more than define; `setup` runs before, and then come the `given` names: once more
    before the statement `own`, with which the answer begins, for what stands above may have changed them. With
    `guarded` what stands below `if __name__ == "__main__":` runs as well.
    """
    files = {name: source for name, source in request["files"]}
    main, source = request["files"][request["main"]]
    finder = _Finder(files, main, request["setup"], file)
    _forget(finder)
    module = finder.module(main)
    space = module.__dict__
    failures = finder.prepare(space)
    space.update(given())
    body = carve(source)[0]
    if request["last"]:
        body = _with_last(body)
    skip, guarded = set(request["skip"]), request["guarded"]
    every = [
        (index, inner)
        for index, node in enumerate(body)
        for inner in (node.body if guarded and is_guard(node) else [node])
    ]
    kept = [
        (index, node)
        for index, node in every
        if index not in skip and not (request["definitions"] and not is_simple(node))
    ]
    above = [pair for pair in kept if pair[0] < request["own"]]
    if above:
        failures += _run(above, space, file)
        space.update(given())
    return module, (failures + _run(kept[len(above) :], space, file))[:_MOST_FAILURES]


def rehearse(source: str) -> None:
    """Runs a source of ours, which leaves nothing behind."""
    _run(list(enumerate(carve(source)[0])), {"__name__": ROOT}, ROOT)


def _run(body: list[tuple[int, ast.stmt]], space: dict[str, Any], file: str) -> list[Failure]:
    failures: list[Failure] = []
    flags = 0
    for index, node in body:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            features = (getattr(__future__, alias.name, None) for alias in node.names)
            flags |= sum(feature.compiler_flag for feature in features if feature is not None)
        for one in _singly(node):
            try:
                exec(_compiled(one, file, flags), space)
            except BaseException as error:
                failures.append((index, error))
    return failures


def _compiled(node: ast.stmt, file: str, flags: int) -> CodeType:
    """A statement ready to run. From its text Python compiles three times as deep as from its tree: 1500 branches of
    one `if` are no fault of the program."""
    limit = _limit()
    _set_limit(max(limit, _DEEPEST))
    try:
        code: CodeType = compile(ast.Module([node], []), file, "exec", flags, dont_inherit=True)
        return code
    finally:
        _set_limit(limit)


_limit, _set_limit = sys.getrecursionlimit, sys.setrecursionlimit  # whatever a program puts in their place
_DEEPEST = 3000  # levels of a tree: the parser makes none that is deeper


def _singly(node: ast.stmt) -> list[ast.stmt]:
    """Of `import pandas as pd, numpy as np` each: one that is not there leaves the others."""
    names = node.names if isinstance(node, ast.Import) else []
    return [ast.copy_location(ast.Import([name]), node) for name in names] if len(names) > 1 else [node]


def _with_last(body: list[ast.stmt]) -> list[ast.stmt]:
    """The same, with a name for the value of the last expression that stands by itself, or of what it prints."""
    at = next((k for k in reversed(range(len(body))) if isinstance(body[k], ast.Expr)), None)
    shown = None if at is None else body[at]
    if at is None or not isinstance(shown, ast.Expr):
        return body
    value = shown.value
    called = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "print"
    if called and isinstance(value, ast.Call):
        if len(value.args) != 1 or value.keywords:
            return body
        value = value.args[0]
    named = ast.Assign([ast.Name(LAST, ast.Store())], value)
    return [*body[:at], ast.fix_missing_locations(ast.copy_location(named, shown)), *body[at + 1 :]]


class _Finder:
    """Makes modules of the files of a hand-in, under their paths, below `hand_in`, and under all names by which the
    file `main` may import them."""

    def __init__(self, files: dict[str, str], main: str, setup: str, file: str) -> None:
        self.sources = {module_name(name): source for name, source in files.items()}
        # `time.py` was called so by somebody; `import time` in it means the library. Where another file of the
        # hand-in asks for it, its own is meant, as Python would have it.
        self.packages = packages(files) | {ROOT}
        self.names = importable(self.packages | self.sources.keys(), module_name(main))
        roots = {name.partition(".")[0] for name in self.names} & _LIBRARY
        hiding = {root for root in roots if not self._asked_for(root)}
        self.foreign = {name for name in self.names if name.partition(".")[0] in hiding}
        self.setup, self.file = setup, file

    def _asked_for(self, name: str) -> bool:
        asks = re.compile(rf"^[ \t]*(?:from|import)[ \t]+{re.escape(name)}\b", re.MULTILINE)
        own = self.names.get(name, name)
        others = (text for other, text in self.sources.items() if not f"{other}.".startswith(f"{own}."))
        return name not in _ALWAYS and any(map(asks.search, others))

    def module(self, name: str) -> ModuleType:
        """An empty module in the place of a file, which others can import."""
        path = module_name(name)
        module = ModuleType(path or ROOT)
        if path in self.packages:
            module.__path__ = []
        module.__package__ = path if path in self.packages else path.rpartition(".")[0] or ROOT
        for known in {path, f"{ROOT}.{path}" if path else ROOT} - {""} - self.foreign:
            sys.modules[known] = module
        if ROOT not in sys.modules:
            root = ModuleType(ROOT)
            root.__path__ = []
            sys.modules[ROOT] = root
        return module

    def prepare(self, space: dict[str, Any]) -> list[Failure]:
        """Runs what the instructor gives."""
        return [(-1, error) for _, error in _run(list(enumerate(carve(self.setup)[0])), space, "given")]

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """The protocol of `sys.meta_path`."""
        inside = name.removeprefix(f"{ROOT}.")
        full = self.names.get(inside)
        if name in self.foreign or full is None:
            return None
        loader = self if full == inside or full in self.foreign else _Alias(full)
        return ModuleSpec(name, loader, is_package=full in self.packages)  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> None:
        """As Python does it."""

    def exec_module(self, module: ModuleType) -> None:
        """Runs a file; what of it fails is left out, as in the one that asked for it."""
        name = module.__name__.removeprefix(f"{ROOT}.")
        self.prepare(module.__dict__)
        _run(list(enumerate(carve(self.sources.get(name, ""))[0])), module.__dict__, self.file)


class _Alias:
    """Gives a module another name: whatever it is imported by, there is one of it."""

    def __init__(self, full: str) -> None:
        self.full = full
        self.spec: ModuleSpec | None = None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """The module under its full name."""
        module = import_module(self.full)
        self.spec = module.__spec__
        return module

    def exec_module(self, module: ModuleType) -> None:
        """It ran under its full name, which it keeps."""
        module.__spec__ = self.spec


def _forget(finder: _Finder) -> None:
    """Modules of an earlier run in this process are made anew."""
    old = [one for one in sys.meta_path if type(one) is _Finder]
    for one in old:
        sys.meta_path.remove(one)
    for name in (*finder.names, ""):
        for known in {name, f"{ROOT}.{name}".strip(".")} - finder.foreign:
            sys.modules.pop(known, None)
    own = _LIBRARY & (finder.names.keys() - finder.foreign)
    sys.meta_path.insert(0 if own else len(sys.meta_path), finder)  # before the library, where it takes its place
