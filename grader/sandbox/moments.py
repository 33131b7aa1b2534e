"""When a name is looked up: while a statement itself runs, or when a function that it makes is called; and what
statements give away to be found elsewhere, `@register("a")`, `a.f = g`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.sandbox.callbacks import may_be_function
from grader.sandbox.cycles import Calls, changed
from grader.sandbox.scopes import FUNCTIONS

_LATER = (*FUNCTIONS, ast.Lambda)


def looked_up(node: ast.stmt) -> tuple[set[str], set[str]]:
    """Names that a statement looks up while it runs, and those that its functions look up when they are called: by
    then these may stand for something else, `keep = f` above another `def f`.

    A lambda inside a call may be called at once, and so counts for both.
    """
    now: set[str] = set()
    later: set[str] = set()
    waiting: list[tuple[ast.AST, bool, bool]] = [(node, True, False)]
    while waiting:
        one, at_once, after = waiting.pop()
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load):
            now |= {one.id} if at_once else set()
            later |= {one.id} if after else set()
        if isinstance(one, ast.AugAssign) and isinstance(one.target, ast.Name):
            now |= {one.target.id} if at_once else set()
        body = {id(inner) for inner in _body(one)}
        lazy = isinstance(one, ast.GeneratorExp)
        called = at_once and isinstance(one, ast.Lambda) and one is not getattr(node, "value", None)
        for inner in ast.iter_child_nodes(one):
            inside = id(inner) in body
            waiting.append((inner, at_once and (called or not inside), after or inside or lazy))
    return now, later


def _body(node: ast.AST) -> list[ast.AST]:
    if not isinstance(node, _LATER):
        return []
    return [*node.body] if isinstance(node.body, list) else [node.body]


def patched(node: ast.stmt, calls: Calls) -> set[str]:
    """Full names of imported things that a statement changes, `a.f = g`, `a.table["f"] = g`, `setattr(a, "f", g)`.

    `np.testing.assert_allclose(f(x), np.sort(x))` gives no function away, wherever `np` comes from.
    """
    found: set[str] = set()
    for inner in ast.walk(node):
        owner: ast.expr | None = None
        if isinstance(inner, ast.Attribute | ast.Subscript) and isinstance(inner.ctx, ast.Store | ast.Del):
            owner = inner
        elif isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute):
            owner = inner.func.value if any(_may_be_given(one, calls) for one in _given(inner)) else None
        elif isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id == "setattr":
            owner = ast.copy_location(ast.Attribute(inner.args[0], "*", ast.Store()), inner) if inner.args else None
        while isinstance(owner, ast.Subscript):
            owner = owner.value
        if owner is not None:
            found |= {one.full for one in calls.meanings.of(owner)[0] if one.imported and "." in one.full}
    return found


def _may_be_given(node: ast.expr, calls: Calls) -> bool:
    """Whether an argument is a function, or holds one: of the program, or of what is imported."""
    if isinstance(node, ast.Name | ast.Attribute):
        local = isinstance(node, ast.Name) and any(one.value is None for one in calls.scopes.bindings(node)[0])
        library = any(one.imported and one.sure for one in calls.meanings.of(node)[0])
        return local or library or may_be_function(node, calls)
    if isinstance(node, ast.List | ast.Tuple | ast.Set | ast.Dict):
        inner = node.values if isinstance(node, ast.Dict) else node.elts
        return any(_may_be_given(one, calls) for one in inner)
    return may_be_function(node, calls)


def hands(node: ast.stmt, calls: Calls) -> bool:
    """Whether a statement at the top gives a function of the program to a library for good, which may call it whenever
    it likes: `sys.excepthook = f`, `copyreg.pickle(T, f)`."""
    if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
        return False
    for inner in ast.walk(node):
        owners, values = list[ast.expr](), list[ast.expr]()
        if isinstance(inner, ast.Assign):
            owners = [one for one in inner.targets if isinstance(one, ast.Attribute | ast.Subscript)]
            values = [inner.value]
        elif isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Call):
            owners, values = [inner.value.func], [*_given(inner.value)]
        if any(_is_of_library(one, calls) for one in owners) and any(map(calls.meanings.functions, values)):
            return True
    return False


def _is_of_library(node: ast.expr, calls: Calls) -> bool:
    while isinstance(node, ast.Subscript):
        node = node.value
    found = [one.full for one in calls.meanings.of(node)[0] if one.imported]
    return any(not full.startswith(_CHECKING) for full in found)


_CHECKING = ("numpy.testing", "unittest", "pytest", "timeit")  # these call it at once, to see whether it is right


class Registers:
    """What functions of a file put into objects of the file: `def register(f): TABLE.append(f)`."""

    def __init__(self, calls: Calls) -> None:
        self.calls = calls
        self.known: dict[int, set[str]] = {}

    def filled(self, node: ast.stmt) -> set[str]:
        """Names of the objects into which a statement may put a function by way of others: as a decorator does."""
        found: set[str] = set()
        for inner in ast.walk(node):
            for item in getattr(inner, "decorator_list", ()):
                found |= self._by(item.func if isinstance(item, ast.Call) else item)
            if isinstance(inner, ast.Call) and any(map(self._is_function, _given(inner))):
                found |= self._by(inner.func)
        return found

    def _is_function(self, node: ast.expr) -> bool:
        meanings = self.calls.meanings
        return bool(meanings.functions(node)) or (
            not isinstance(node, ast.Call) and meanings.of_class(node) is not None
        )

    def _by(self, func: ast.expr) -> set[str]:
        root = func
        while isinstance(root, ast.Attribute | ast.Subscript | ast.Call):
            root = root.func if isinstance(root, ast.Call) else root.value
        if not isinstance(root, ast.Name) or root.id in self.calls.imported:
            return set()
        values = [one.value for one in self.calls.scopes.bindings(root)[0]]
        plain = isinstance(func, ast.Name) and all(isinstance(one, _LATER) for one in values)
        found = {root.id} if values and not plain else set()
        for one in values:
            found |= self._inside(one) if isinstance(one, ast.AST) else set()
        return found

    def _inside(self, made: ast.AST) -> set[str]:
        """Names of the file whose objects a function or a class changes, or what an object is made of."""
        if id(made) in self.known:
            return self.known[id(made)]
        found = self.known[id(made)] = set()
        scopes = self.calls.scopes
        for node in ast.walk(made):
            if any(map(self._may_be_function, ast.walk(node))) if isinstance(node, ast.stmt) else False:
                found |= {name for name in changed(node, False) if name in scopes.module.bound}
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) in self.calls.called:
                for one in scopes.bindings(node)[0]:
                    if isinstance(one.value, (*FUNCTIONS, ast.ClassDef)):
                        found |= self._inside(one.value)
        line = getattr(made, "lineno", 0)
        found |= {name for name, known in scopes.late.items() if any(one.top == line for one in known)}
        return found

    def _may_be_function(self, node: ast.AST) -> bool:
        """A parameter, or what is defined inside, that is handed on itself: not `f(x)`, not `f.__name__`."""
        if not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)) or id(node) in self.calls.called:
            return False
        if isinstance(self.calls.scopes.parents.get(id(node)), ast.Attribute):
            return False
        known = self.calls.scopes.bindings(node)[0]
        return any(one.value is None or isinstance(one.value, (*_LATER, ast.Name)) for one in known)


def _given(node: ast.Call) -> Iterator[ast.expr]:
    yield from node.args
    yield from (word.value for word in node.keywords)
