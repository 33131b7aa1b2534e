"""What an expression stands for: imported things by their full names, functions and classes of the program itself."""

from __future__ import annotations

import ast
import builtins
import sys
from dataclasses import dataclass, field

from grader.sandbox.scopes import FUNCTIONS, Binding, Function, Scope, Scopes, parameters

_OWN = frozenset(dir(builtins))
_DEEPEST = 8  # names for names for names
_SELF = frozenset(["self", "cls"])


@dataclass(slots=True, frozen=True)
class Meaning:
    """A full name, `numpy.linalg.inv`; whether it is certain, and whether it comes of an import."""

    full: str
    sure: bool = True
    imported: bool = False


@dataclass(slots=True, eq=False)
class Class:
    """A class of the program: its methods, and the names of all its attributes."""

    node: ast.ClassDef
    methods: dict[str, Function] = field(default_factory=dict)
    attributes: set[str] = field(default_factory=set)
    above: set[int] = field(default_factory=set)  # the classes that it is made of, by id


class Meanings:
    """Looks up what expressions of one file stand for."""

    def __init__(self, scopes: Scopes) -> None:
        self.scopes = scopes
        self.classes = {id(one): Class(one) for one in scopes.nodes if isinstance(one, ast.ClassDef)}
        self.stored: set[str] = set()  # attributes that the program sets anywhere
        self.foreign: set[str] = set()  # those that it sets from outside
        for node in scopes.nodes:
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                self.stored.add(node.attr)
                if not (isinstance(node.value, ast.Name) and node.value.id in _SELF):
                    self.foreign.add(node.attr)
        for own in self.classes.values():
            self._fill(own)
        self.methods = {name for own in self.classes.values() for name in own.methods}
        self._seen: set[int] = set()

    def _fill(self, own: Class) -> None:
        for one in own.node.body:
            if isinstance(one, FUNCTIONS):
                own.methods.setdefault(one.name, one)
        own.attributes |= {*own.methods, *self.scopes.scopes[id(own.node)].bound}
        for node in ast.walk(own.node):
            if not (isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)):
                continue
            if isinstance(node.value, ast.Name) and node.value.id in _SELF:
                own.attributes.add(node.attr)
        for base in own.node.bases:
            above = self.of_class(base)
            if above is not None and above is not own:
                own.methods = {**above.methods, **own.methods}
                own.attributes |= above.attributes
                own.above |= {id(above), *above.above}

    # -- full names ------------------------------------------------------------------------------------------------

    def of(self, node: ast.expr, depth: int = 0) -> tuple[list[Meaning], bool]:
        """Full names, the certain ones first, and whether it may be a value of the program's own instead."""
        if depth > _DEEPEST:
            return [], True
        if isinstance(node, ast.Name):
            return self._name(node, depth)
        if isinstance(node, ast.Attribute):
            return self._attribute(node.value, node.attr, depth)
        if isinstance(node, ast.Call) and (name := _asked_attribute(node)):
            return self._attribute(node.args[0], name, depth)
        if isinstance(node, ast.NamedExpr):
            return self.of(node.value, depth + 1)
        if isinstance(node, ast.IfExp):
            both = [self.of(one, depth + 1) for one in (node.body, node.orelse)]
            return [one for found, _ in both for one in found], any(own for _, own in both)
        return [], True

    def _name(self, node: ast.Name, depth: int) -> tuple[list[Meaning], bool]:
        bindings, free = self.scopes.bindings(node)
        last = max((one.top for one in bindings), default=0) if not free else 0
        stars = [one for one, line in self.scopes.stars if line > last and _may_hold(one, node.id)]
        stars = (
            stars if not bindings or self.scopes.home(node.id, self.scopes.of[id(node)]) is self.scopes.module else []
        )
        unbound = [Meaning(f"{star}.{node.id}", True, True) for star in stars] or [Meaning(node.id)]
        if not bindings:
            return unbound, False
        found: dict[str, Meaning] = {}
        telling = [one for one in bindings if not isinstance(one.value, ast.Constant)]
        own = len(telling) < len(bindings)
        for number, one in enumerate(telling):
            names, other = self._value(one, depth)
            own = own or other
            for each in names:
                sure = (each.sure and number == len(telling) - 1) or (each.full in found and found[each.full].sure)
                found[each.full] = Meaning(each.full, sure, each.imported)
        if stars or (free and node.id in _OWN):
            found |= {one.full: Meaning(one.full, False, one.imported) for one in unbound if one.full not in found}
        return sorted(found.values(), key=lambda one: not one.sure), own

    def _value(self, one: Binding, depth: int) -> tuple[list[Meaning], bool]:
        if isinstance(one.value, str):
            return [Meaning(one.value, True, True)], False
        deleted = isinstance(one.value, ast.Name) and isinstance(one.value.ctx, ast.Del)
        if deleted or not isinstance(one.value, ast.expr) or id(one.value) in self._seen:
            return [], True
        self._seen.add(id(one.value))
        try:
            return self.of(one.value, depth + 1)
        finally:
            self._seen.discard(id(one.value))

    def _attribute(self, value: ast.expr, attr: str, depth: int) -> tuple[list[Meaning], bool]:
        root = value.id if isinstance(value, ast.Name) and value.id in _SELF else ""
        kept = self._kept(value, attr, depth)
        if kept:
            return kept, True
        found, own = self.of(value, depth + 1)
        names = [Meaning(f"{one.full}.{attr}", one.sure, one.imported) for one in found]
        if own:
            names.append(Meaning(f"{self._caught(value) or root}.{attr}", not names))
        return names, False

    def _kept(self, value: ast.expr, attr: str, depth: int) -> list[Meaning]:
        """What a class of the program keeps under a name of its own: `class L: lin = np.linalg`."""
        own = self.of_class(value, depth + 1) if self.classes else None
        bound = self.scopes.scopes[id(own.node)].bound.get(attr, []) if own is not None else []
        return [each for one in bound for each in self._value(one, depth)[0]]

    def _caught(self, value: ast.expr) -> str:
        """A word for an exception that was caught: what failed hangs on it, `e.obj`."""
        known = self.scopes.bindings(value)[0] if isinstance(value, ast.Name) else []
        return CAUGHT if any(isinstance(one.value, ast.ExceptHandler) for one in known) else ""

    # -- functions and classes -------------------------------------------------------------------------------------

    def functions(self, node: ast.AST, depth: int = 0) -> list[Function]:
        """Functions of the program that an expression may be, methods of known classes among them."""
        if depth > _DEEPEST:
            return []
        if isinstance(node, ast.Lambda):
            return [node]
        if isinstance(node, ast.NamedExpr | ast.Starred):
            return self.functions(node.value, depth + 1)
        if isinstance(node, ast.IfExp):
            return [*self.functions(node.body, depth + 1), *self.functions(node.orelse, depth + 1)]
        if isinstance(node, ast.BoolOp):
            return [one for value in node.values for one in self.functions(value, depth + 1)]
        if isinstance(node, ast.Attribute):
            if node.attr in ("__call__", "__func__", "__wrapped__"):
                return self.functions(node.value, depth + 1)
            own = self.of_class(node.value)
            return [own.methods[node.attr]] if own is not None and node.attr in own.methods else []
        if not isinstance(node, ast.Name):
            return []
        found: list[Function] = []
        for one in self.scopes.bindings(node)[0]:
            if isinstance(one.value, FUNCTIONS):
                found.append(one.value)
            elif isinstance(one.value, ast.expr) and one.value is not node:
                found += self.functions(one.value, depth + 1)
        return found

    def of_class(self, node: ast.AST, depth: int = 0) -> Class | None:
        """The class of the program that an expression is, or is an object of, if that is certain."""
        if depth > _DEEPEST:
            return None
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in ("type", "super"):
                return self.of_class(node.args[0], depth + 1) if len(node.args) == 1 else self._around(node)
            return self._made(node.func, depth)
        if isinstance(node, ast.Attribute) and node.attr == "__class__":
            return self.of_class(node.value, depth + 1)
        if not isinstance(node, ast.Name):
            return None
        bindings, free = self.scopes.bindings(node)
        above = self.scopes.parents.get(id(node))
        bindings = [one for one in bindings if one.value is not above]  # `class Net(Net):` is made of the one before
        if not bindings or (free and node.id in _OWN):
            return None
        found = [self._bound(node, one, depth) for one in bindings]
        return found[0] if all(one is found[0] for one in found) else None

    def _bound(self, node: ast.Name, one: Binding, depth: int) -> Class | None:
        if isinstance(one.value, ast.ClassDef):
            return self.classes[id(one.value)]
        if one.value is None:
            home = self.scopes.home(node.id, self.scopes.of[id(node)])
            return self._owner(home, node.id)
        return self.of_class(one.value, depth + 1) if isinstance(one.value, ast.expr) else None

    def _owner(self, home: Scope | None, name: str) -> Class | None:
        """The class whose method a scope is, if the name is the method's first parameter."""
        made = home.node if home is not None else None
        if not isinstance(made, FUNCTIONS) or home is None or home.parent is None or home.parent.kind != "class":
            return None
        static = any(isinstance(one, ast.Name) and one.id == "staticmethod" for one in made.decorator_list)
        return self.classes[id(home.parent.node)] if not static and parameters(made.args)[:1] == [name] else None

    def _around(self, node: ast.AST) -> Class | None:
        scope: Scope | None = self.scopes.of[id(node)]
        while scope is not None and scope.kind != "class":
            scope = scope.parent
        return self.classes[id(scope.node)] if scope is not None else None

    def _made(self, func: ast.expr, depth: int) -> Class | None:
        known = self.of_class(func, depth + 1) if isinstance(func, ast.Name | ast.Attribute | ast.Call) else None
        sure = known is not None and ("__call__" not in known.methods or self.made_by(func) == _MAKING)
        return known if sure else None  # what comes of calling an object is not known

    def made_by(self, func: ast.expr, depth: int = 0) -> tuple[str, ...]:
        """The methods that run where a class of the program, or an object of it, is called: `Sheet()` runs no
        `__call__`; nothing where it is not certain which of both it is."""
        if isinstance(func, ast.Call):
            return _MAKING if isinstance(func.func, ast.Name) and func.func.id == "type" else _CALLED
        values = [one.value for one in self.scopes.bindings(func)[0]] if isinstance(func, ast.Name) else []
        ways = {_MAKING if isinstance(value, ast.ClassDef) else self._of_value(value, depth) for value in values}
        return ways.pop() if len(ways) == 1 else ()

    def _of_value(self, value: ast.AST | str | None, depth: int) -> tuple[str, ...]:
        known = isinstance(value, ast.Name | ast.Call) and depth <= _DEEPEST
        return self.made_by(value, depth + 1) if known and isinstance(value, ast.Name) else _CALLED if known else ()

    def is_own_attribute(self, node: ast.Attribute) -> bool:
        """`self.sum` of a class of the program that has such an attribute."""
        own = self.of_class(node.value)
        return own is not None and node.attr in own.attributes


CAUGHT = "<caught>"
_MAKING, _CALLED = ("__new__", "__init__", "__post_init__"), ("__call__",)


def _may_hold(module: str, name: str) -> bool:
    """Whether a name may come of `from module import *`: of what is not loaded here nobody knows."""
    known = sys.modules.get(module)
    if name in _OWN:  # `sum` of numpy takes the place of what is built in
        return name in getattr(known, "__all__", ())
    return known is None or hasattr(known, name)


def _asked_attribute(node: ast.Call) -> str:
    """`getattr(np, "linalg")` is `np.linalg`."""
    if not (isinstance(node.func, ast.Name) and node.func.id == "getattr" and len(node.args) > 1):
        return ""
    name = node.args[1]
    return name.value if isinstance(name, ast.Constant) and isinstance(name.value, str) else ""
