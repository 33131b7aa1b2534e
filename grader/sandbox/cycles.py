"""Functions that come back to themselves, by whatever way: by name, by a method, by a class, by what they are given."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

from grader.sandbox.meanings import Class, Meanings
from grader.sandbox.scopes import FUNCTIONS, Function, parameters

Loop = tuple[int, str, int, list[str]]
_DEFINES = (*FUNCTIONS, ast.Lambda)
_MAKING = ("__new__", "__init__", "__post_init__", "__call__")
CONTAINED = frozenset([*dir(list), *dir(dict), *dir(set), *dir(str), *dir(np.ndarray)])
_OPERATED = (ast.BinOp, ast.UnaryOp, ast.Compare, ast.Subscript, ast.For, ast.comprehension)
_MOST = 100_000  # steps from function to function
Edge = tuple[ast.AST, bool]  # a function, or a statement at the top; whether it is certain that it is come to


class Calls:
    """Who calls whom in a file. `handed` are functions that are kept or given away: who calls those is not known."""

    def __init__(self, meanings: Meanings) -> None:
        self.meanings = meanings
        self.scopes = meanings.scopes
        nodes = self.scopes.nodes
        self.called = {id(one.func) for one in nodes if isinstance(one, ast.Call)}
        self.sites: dict[int, list[ast.Call]] = defaultdict(list)
        self.decorated: dict[int, list[ast.AST]] = defaultdict(list)
        self.aliased = {id(value) for target, value in self.scopes.pairs if isinstance(target, ast.Name)}
        self.imported = {name for name, own in self.scopes.module.bound.items() if isinstance(own[-1].value, str)}
        self.properties: dict[str, list[Function]] = defaultdict(list)
        for name, one in ((name, one) for own in meanings.classes.values() for name, one in own.methods.items()):
            if any(isinstance(each, ast.Name) and "property" in each.id for each in getattr(one, "decorator_list", ())):
                self.properties[name].append(one)
        self.kept = self._holding()
        self.filled = {name for node in nodes if self._is_inside(node) for name in changed(node, False)}
        self.filled &= self.scopes.module.bound.keys() - self.imported
        quiet = self._quiet(nodes)
        self.handed: list[Function] = []
        for node in nodes:
            if isinstance(node, ast.Call):
                for one in meanings.functions(node.func):
                    self.sites[id(one)].append(node)
            for item in getattr(node, "decorator_list", ()):
                for one in meanings.functions(item):
                    self.decorated[id(one)].append(node)
            loaded = isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load)
            if (loaded or isinstance(node, ast.Lambda)) and id(node) not in quiet:
                self.handed += [one for one in meanings.functions(node) if one not in self.handed]

    def _quiet(self, nodes: Iterable[ast.AST]) -> set[int]:
        """What is called, names a function anew, decorates, or only owns an attribute: `fib.calls += 1`."""
        found = set(self.called)
        for node in nodes:
            found |= {id(item) for item in getattr(node, "decorator_list", ())}
            if isinstance(node, ast.Attribute) and node.attr != "__call__":
                found.add(id(node.value))
        return found | self.aliased

    # -- what a call may call --------------------------------------------------------------------------------------

    def targets(self, node: ast.expr, depth: int = 0) -> list[Edge]:
        """The functions that what is called may be; all that are handed on, where nothing tells."""
        known = self.meanings.functions(node)
        if known:
            own = self.meanings.of_class(node.value) if isinstance(node, ast.Attribute) else None
            more = self._overriding(own, node.attr) if own is not None and isinstance(node, ast.Attribute) else []
            return [*((one, True) for one in known), *more]
        if isinstance(node, ast.Name):
            return self._of_name(node, depth)
        if isinstance(node, ast.Attribute):
            return self._of_attribute(node)
        return [(one, False) for one in self.handed] if isinstance(node, ast.Subscript | ast.Call | ast.BoolOp) else []

    def _of_name(self, node: ast.Name, depth: int) -> list[Edge]:
        own = self.meanings.of_class(node)
        if own is not None:
            sure = self.meanings.made_by(node)
            return [(own.methods[name], name in sure) for name in sure or _MAKING if name in own.methods]
        bindings, _ = self.scopes.bindings(node)
        given = [self._given(node, depth) if one.value is None else None for one in bindings]
        if given and all(one is not None for one in given):
            return [(one, False) for found in given for one in found or ()]
        telling = [one for one in bindings if not isinstance(one.value, str | ast.Constant)]
        return [(one, False) for one in self.handed] if telling else []

    def _given(self, node: ast.Name, depth: int) -> list[Function] | None:
        """The functions that a parameter is given in all calls of its function; None where these are not known."""
        home = self.scopes.home(node.id, self.scopes.of[id(node)])
        made = home.node if home is not None else None
        if not isinstance(made, _DEFINES) or made in self.handed or depth > 4:
            return None
        names = parameters(made.args)
        starred = [one.arg for one in (made.args.vararg, made.args.kwarg) if one is not None]
        if node.id not in names or node.id in starred:
            return None
        place, found = names.index(node.id), list[Function]()
        if home is not None and home.parent is not None and home.parent.kind == "class":
            return None
        for call in self.sites[id(made)]:
            words = [word.value for word in call.keywords if word.arg == node.id]
            own = words or call.args[place : place + 1]
            if any(isinstance(one, ast.Starred) for one in call.args):
                return None
            for one in own:
                found += [each for each, _ in self.targets(one, depth + 1) if isinstance(each, _DEFINES)]
        return found + [one for one in self.decorated[id(made)] if isinstance(one, _DEFINES)]

    def _of_attribute(self, node: ast.Attribute) -> list[Edge]:
        own = self.meanings.of_class(node.value)
        if own is None and any(one.imported for one in self.meanings.of(node)[0]):
            return []
        set_here = node.attr in (self.meanings.stored if own is None else own.attributes - own.methods.keys())
        if set_here or node.attr in self.meanings.foreign:
            return [(one, False) for one in self.handed]
        if own is not None:
            return self._overriding(own, node.attr)
        kept = isinstance(node.value, ast.Attribute | ast.Name) and node.attr in CONTAINED  # `self.items.append(x)`
        methods = [one.methods[node.attr] for one in self.meanings.classes.values() if node.attr in one.methods]
        known = {id(one): one for one in methods}
        return [(one, False) for one in known.values()] if len(known) == 1 and not kept else []

    def _overriding(self, own: Class, name: str) -> list[Edge]:
        """Methods of that name in classes that are made of this one."""
        below = [one for one in self.meanings.classes.values() if id(own) in one.above and name in one.methods]
        return [(one.methods[name], False) for one in below]

    def is_method(self, function: ast.AST) -> bool:
        """Whether a function stands in a class, and its first argument is the object."""
        own = self.scopes.scopes.get(id(function))
        named = [getattr(one, "id", "") for one in getattr(function, "decorator_list", ())]
        inside = own is not None and own.parent is not None and own.parent.kind == "class"
        return inside and "staticmethod" not in named

    # -- who comes to whom -----------------------------------------------------------------------------------------

    def edges(self, function: Function) -> Iterator[Edge]:
        """What a function calls, or looks up so that it may be called."""
        for node in body_of(function):
            if isinstance(node, ast.Lambda) or (isinstance(node, FUNCTIONS) and node.decorator_list):
                yield node, True
            elif isinstance(node, ast.Call):
                yield from self.targets(node.func)
            elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
                yield from self._looked_up(node)
            elif isinstance(node, _OPERATED):
                yield from self._operated(node, function)

    def _looked_up(self, node: ast.Name | ast.Attribute) -> Iterator[Edge]:
        above = self.scopes.parents.get(id(node))
        if isinstance(above, ast.Attribute) and above.attr != "__call__":
            return
        known = self.meanings.functions(node)
        yield from ((one, True) for one in known)
        if isinstance(node, ast.Attribute) and not known and self.meanings.of_class(node.value) is None:
            yield from ((one, False) for one in self.properties.get(node.attr, ()))
        if isinstance(node, ast.Name) and self.scopes.home(node.id, self.scopes.of[id(node)]) is self.scopes.module:
            yield from ((one, True) for one in self.kept.get(node.id, ()))

    def _holding(self) -> dict[str, list[Function]]:
        """Functions that statements at the top put into what a name stands for: `F["f"] = step`, `F.append(step)`."""
        found: dict[str, list[Function]] = defaultdict(list)
        for node in self.scopes.nodes:
            if self.scopes.of[id(node)] is not self.scopes.module:
                continue
            names = {one for one in changed(node) if one not in self.imported}
            if not names:
                continue
            held = [one for one in ast.walk(node) if id(one) not in self.called]
            functions = [one for each in held for one in self._held(each)]
            for name in names:
                found[name] += functions
        return found

    def _is_inside(self, node: ast.AST) -> bool:
        """Whether a statement of a function changes an object of the file's, `S["X"] = X`."""
        return isinstance(node, ast.stmt) and self.scopes.of[id(node)].kind == "function"

    def _held(self, node: ast.AST) -> list[Function]:
        known = isinstance(node, ast.Lambda) or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))
        return self.meanings.functions(node) if known else []

    def _operated(self, node: ast.AST, function: Function) -> Iterator[Edge]:
        """`self[n - 1]`, `me + other`: the operator of an object's own class."""
        for part in ast.iter_child_nodes(node):
            own = self.meanings.of_class(part)
            if own is None:
                continue
            for name, method in own.methods.items():
                if name == "__getitem__" and isinstance(node, ast.Subscript):
                    yield method, True
                elif name[:2] == "__" and name not in _MAKING and method is function:
                    yield method, False


def changed(node: ast.AST, itself: bool = True) -> Iterator[str]:
    """Names whose objects a statement changes; those that it gives a value as well, if `itself`."""
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            known = itself or not isinstance(target, ast.Name)
            yield from (one.id for one in ast.walk(target) if known and isinstance(one, ast.Name))
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        owner: ast.expr = node.value.func
        if isinstance(owner, ast.Name) and owner.id == "setattr" and node.value.args:
            owner = node.value.args[0]
        elif isinstance(owner, ast.Name):
            return
        while isinstance(owner, ast.Attribute | ast.Subscript):
            owner = owner.value
        if isinstance(owner, ast.Name):
            yield owner.id


def body_of(function: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function without those inside the functions that it defines, which stand there themselves."""
    inner = function.body if isinstance(function.body, list) else [function.body]  # type: ignore[attr-defined]
    waiting: list[ast.AST] = list(reversed(inner))
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, _DEFINES):
            waiting += [*getattr(node, "decorator_list", ()), *node.args.defaults]
        else:
            waiting += reversed(list(ast.iter_child_nodes(node)))


def found(calls: Calls) -> list[tuple[int, Loop]]:
    """Functions that come back to themselves, each with the first line of the statement at the top that it stands in;
    `returning` where a person must say."""
    idle = calls.scopes.idle
    functions = [one for one in calls.scopes.nodes if isinstance(one, _DEFINES) and not _is_idle(one, idle)]
    edges = {id(one): list(calls.edges(one)) for one in functions}
    certain, _ = _on_cycles(functions, {key: [one for one, sure in own if sure] for key, own in edges.items()})
    perhaps, told_all = _on_cycles(functions, {key: [one for one, _ in own] for key, own in edges.items()})
    if not told_all:
        perhaps = {key for key, own in edges.items() if own}
    told: list[tuple[int, Loop]] = []
    for one in functions:
        if id(one) in certain | perhaps:
            kind = "recursion" if id(one) in certain else "returning"
            told.append((calls.scopes.top[id(one)], (one.lineno, kind, 0, [])))
    return told


def _is_idle(function: Function, idle: frozenset[int]) -> bool:
    """Whether a function stands in one that is never called, or is one."""
    first = function.body[0] if isinstance(function.body, list) else function.body
    return id(first) in idle


def _on_cycles(functions: list[Function], edges: dict[int, list[ast.AST]]) -> tuple[set[int], bool]:
    """The functions that reach themselves, and whether all were looked at."""
    found: set[int] = set()
    steps = 0
    for function in functions:
        start, seen = id(function), set[int]()
        waiting = [id(one) for one in edges[start]]
        while waiting and steps < _MOST:
            steps += 1
            key = waiting.pop()
            if key == start:
                found.add(start)
                break
            if key not in seen:
                seen.add(key)
                waiting += [id(one) for one in edges.get(key, ())]
    return found, steps < _MOST
