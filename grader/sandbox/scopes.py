"""Which value a name has where it stands: the scopes of Python, as far as a syntax tree tells them.

A local variable is no use of what has its name elsewhere, and an import inside a function that is never called hides
nothing outside it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeGuard

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_MOST = 50  # values of one name that are looked at
Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(slots=True, eq=False)
class Binding:
    """A value that a name is given: the full path of what is imported, a definition, an expression, None for a
    parameter and all that has no expression.

    A `firm` one stands at the top and cannot fail: what the name stood for before is gone. `late` ones are set by
    functions, nobody knows when.
    """

    value: ast.AST | str | None
    top: int
    firm: bool = False
    late: bool = False


@dataclass(slots=True, eq=False)
class Scope:
    """A module, a class, a function or a comprehension, with the names that it gives values."""

    kind: str
    node: ast.AST | None = None
    parent: Scope | None = None
    bound: dict[str, list[Binding]] = field(default_factory=dict)
    outer: dict[str, Scope] = field(default_factory=dict)  # global and nonlocal names


class Scopes:
    """The scopes of a whole file: `of` says in which one a node stands, `top` in which statement, by its line."""

    def __init__(self, body: Iterable[ast.stmt]) -> None:
        self.module = Scope("module")
        self.of: dict[int, Scope] = {}
        self.top: dict[int, int] = {}
        self.values: dict[int, ast.AST] = {}  # of the names that an assignment sets, by id
        self.pairs: list[tuple[ast.expr, ast.expr]] = []
        self.nodes: list[ast.AST] = []
        self.parents: dict[int, ast.AST] = {}
        self.scopes: dict[int, Scope] = {}  # of functions and classes, by id
        self.noisy = 1 << 60  # the line of the first statement that does more than define
        self.stars: list[tuple[str, int]] = []  # modules of which everything is imported, and on which line
        for statement in body:
            if not is_quiet(statement):
                self.noisy = min(self.noisy, statement.lineno)
            self._read(statement)
        every = self.module.bound.items()
        late = ((name, [one for one in known if one.late]) for name, known in every)
        self.late = {name: known for name, known in late if known}  # names of the file that functions set
        self.idle = self._idle()

    def _read(self, statement: ast.stmt) -> None:
        firm = _is_firm(statement)
        waiting: list[tuple[ast.AST, Scope]] = [(statement, self.module)]
        while waiting:
            node, scope = waiting.pop()
            self.of[id(node)], self.top[id(node)] = scope, statement.lineno
            self.nodes.append(node)
            for name, value in self._bound(node):
                self._bind(scope, name, Binding(value, statement.lineno, firm and scope is self.module))
            inner = list(self._children(node, scope))
            for child, _ in inner:
                self.parents[id(child)] = node
            waiting += reversed(inner)

    def _idle(self) -> frozenset[int]:
        """All that stands in functions inside functions whose names nothing there looks up: they are never called."""
        looked = {(self.top[id(one)], one.id) for one in self.nodes if _is_looked_up(one)}
        found: set[int] = set()
        for node in self.nodes:
            if not isinstance(node, FUNCTIONS) or node.decorator_list or id(node) in found:
                continue
            scope, top = self.of[id(node)], self.top[id(node)]
            names = {node.name, *_NAMES_ALL}
            if scope.kind == "function" and node.name not in scope.outer and not any((top, n) in looked for n in names):
                found |= {id(inner) for one in node.body for inner in ast.walk(one)}
        return frozenset(found)

    def _bind(self, scope: Scope, name: str, binding: Binding) -> None:
        if name in scope.outer:
            scope, binding.late = scope.outer[name], True
        scope.bound.setdefault(name, []).append(binding)

    def _bound(self, node: ast.AST) -> Iterator[tuple[str, ast.AST | str | None]]:
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            yield node.name, node
        elif isinstance(node, ast.Import | ast.ImportFrom):
            for name, full in imported([node]):
                if name == "*":
                    self.stars.append((full, node.lineno))
                else:
                    yield name, full
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, self.values.get(id(node))
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Del):
            yield node.id, node
        elif isinstance(node, ast.ExceptHandler) and node.name:
            yield node.name, node
        elif isinstance(node, ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name, None
        elif isinstance(node, ast.MatchMapping) and node.rest:
            yield node.rest, None

    def _children(self, node: ast.AST, scope: Scope) -> Iterator[tuple[ast.AST, Scope]]:
        if isinstance(node, ast.Global | ast.Nonlocal):
            for name in node.names:
                scope.outer[name] = self.module if isinstance(node, ast.Global) else _enclosing(scope, name)
        for target, value in pairs(node):
            self.values[id(target)] = value
            self.pairs.append((target, value))
        if isinstance(node, (*FUNCTIONS, ast.Lambda)):
            yield from self._function(node, scope)
        elif isinstance(node, ast.ClassDef):
            inside = self.scopes[id(node)] = Scope("class", node, scope)
            body = {id(one) for one in node.body}
            yield from ((one, inside if id(one) in body else scope) for one in ast.iter_child_nodes(node))
        elif isinstance(node, COMPREHENSIONS):
            inside = Scope("comprehension", node, scope)
            first = node.generators[0]
            for part in ast.iter_child_nodes(first):
                yield part, scope if part is first.iter else inside
            yield from ((one, inside) for one in ast.iter_child_nodes(node) if one is not first)
        elif isinstance(node, ast.NamedExpr):
            while scope.kind == "comprehension" and scope.parent is not None:
                scope = scope.parent
            yield node.target, scope
            yield node.value, self.of[id(node)]
        else:
            yield from ((one, scope) for one in ast.iter_child_nodes(node))

    def _function(self, node: Function, scope: Scope) -> Iterator[tuple[ast.AST, Scope]]:
        inside = self.scopes[id(node)] = Scope("function", node, scope)
        for arg in parameters(node.args):
            inside.bound.setdefault(arg, []).append(Binding(None, node.lineno))
        body = {id(one) for one in node.body} if isinstance(node.body, list) else {id(node.body)}
        yield from ((one, inside if id(one) in body else scope) for one in ast.iter_child_nodes(node))

    # -- looking up ------------------------------------------------------------------------------------------------

    def home(self, name: str, scope: Scope | None) -> Scope | None:
        """The scope that gives a name its value where it is looked up; None for what is built in, or unknown."""
        first = scope
        while scope is not None:
            if name in scope.outer:
                scope = scope.outer[name]
                return scope if name in scope.bound else None
            if name in scope.bound and (scope is first or scope.kind != "class"):
                return scope
            scope = scope.parent
        return None

    def bindings(self, node: ast.Name) -> tuple[list[Binding], bool]:
        """What a name may stand for, and whether it may be what is built in as well."""
        scope = self.of[id(node)]
        home = self.home(node.id, scope)
        if home is None:
            return [], True
        every = home.bound[node.id]
        if home is not self.module:
            return every[-_MOST:], home.kind == "class"
        line, inside = self.top[id(node)], self._is_inside(scope)
        if not inside:
            every = [one for one in every if one.late or one.top <= line]
        firm = [k for k, one in enumerate(every) if one.firm and (one.top < line or (inside and one.top <= self.noisy))]
        if firm:
            late = [one for one in every[: firm[-1]] if one.late]
            every = [*late, *every[firm[-1] :]][-_MOST:]
            return every, any(isinstance(one.value, ast.Name) and isinstance(one.value.ctx, ast.Del) for one in every)
        return every[-_MOST:], True

    def _is_inside(self, scope: Scope | None) -> bool:
        while scope is not None and scope.kind != "function":
            scope = scope.parent
        return scope is not None


_NAMES_ALL = frozenset("locals vars eval exec dir globals inspect sys".split())  # these come to it without its name


def _is_looked_up(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)


def _enclosing(scope: Scope, name: str) -> Scope:
    outer = scope.parent
    while outer is not None and not (outer.kind == "function" and name in outer.bound):
        outer = outer.parent
    return outer or scope


def parameters(args: ast.arguments) -> list[str]:
    """The names of all parameters, those by position first."""
    known = [*args.posonlyargs, *args.args, *([args.vararg] if args.vararg else []), *args.kwonlyargs]
    return [arg.arg for arg in (*known, *([args.kwarg] if args.kwarg else []))]


def pairs(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Targets of an assignment, each with its own value: `h, w = A.shape[0], B.shape[0]`."""
    given: list[tuple[ast.expr, ast.expr]] = []
    if isinstance(node, ast.Assign):
        given = [(target, node.value) for target in node.targets]
    elif isinstance(node, ast.NamedExpr | ast.AnnAssign) and node.value is not None:
        given = [(node.target, node.value)]
    for target, value in given:
        if isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple | ast.List):
            yield from zip(target.elts, value.elts, strict=False)
        else:
            yield target, value


def imported(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, str]]:
    """Imported names; `*` stands for the module from which everything is imported."""
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield (alias.asname, alias.name) if alias.asname else (alias.name.partition(".")[0],) * 2
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            for alias in node.names:
                yield (alias.asname or alias.name, base if alias.name == "*" else f"{base}.{alias.name}")


def is_written(node: ast.AST | None) -> bool:
    """A value that is written out and cannot fail: `0`, `[1, 2]`, `None`."""
    return node is not None and all(isinstance(one, _WRITTEN) for one in ast.walk(node))


_WRITTEN = (ast.Constant, ast.List, ast.Tuple, ast.expr_context)


_KEEPING = frozenset(["staticmethod", "classmethod", "property"])


def _is_firm(node: ast.stmt) -> bool:
    if isinstance(node, FUNCTIONS):
        given = (*node.args.defaults, *(one for one in node.args.kw_defaults if one is not None))
        return not node.decorator_list and all(map(is_written, given))
    if isinstance(node, ast.ClassDef):
        again = all(isinstance(one, ast.Name) and one.id == node.name for one in node.bases)  # with one method more
        return again and not node.keywords and not node.decorator_list and all(map(is_quiet, node.body))
    if isinstance(node, ast.Import):
        return all(one.name == "numpy" for one in node.names)  # which is always there, and no file can replace
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return all(isinstance(one, ast.Name) for one in targets) and (
            is_written(node.value) or isinstance(node.value, ast.Lambda)
        )
    return False


def is_quiet(node: ast.stmt) -> bool:
    """Whether a statement at the top only defines, so that nothing is called while it runs."""
    if isinstance(node, FUNCTIONS):
        own = all(isinstance(one, ast.Name) and one.id in _KEEPING for one in node.decorator_list)
        return own and all(map(is_written, node.args.defaults))
    if isinstance(node, ast.ClassDef):
        plain = not node.bases and not node.keywords and not node.decorator_list
        return plain and all(map(is_quiet, node.body))
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    guard = isinstance(node, ast.If) and any(
        isinstance(one, ast.Name) and one.id == "__name__" for one in ast.walk(node.test)
    )
    return guard or isinstance(node, ast.Import | ast.ImportFrom | ast.Pass) or _is_firm(node)
