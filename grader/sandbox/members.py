"""The members of a class one by one, and which of them a statement takes: a sibling that nobody calls says nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.sandbox.meanings import Class, Meanings
from grader.sandbox.scopes import FUNCTIONS

# By these a method is only kept in another form: nothing else comes to know it.
_KEEPING = frozenset(
    "staticmethod classmethod property cached_property abstractmethod cache lru_cache setter getter deleter override"
    " wraps njit jit".split()
)
_PLAIN_BASES = frozenset(["object", "ABC", "Protocol"])
_PLAIN_MARKS = frozenset(["dataclass", "final"])
# By these a member is come to without its name.
DYNAMIC = frozenset(
    "getattr vars dir eval exec globals locals attrgetter methodcaller inspect gc __dict__ __getattribute__ __mro__ mro"
    " __subclasses__ __closure__ __globals__ __self__".split()
)


def head(node: ast.ClassDef) -> ast.ClassDef:
    """A class without its body: what it is made of."""
    alone = ast.ClassDef(node.name, node.bases, node.keywords, [], node.decorator_list)
    return ast.copy_location(alone, node)


def body(node: ast.ClassDef) -> list[ast.stmt]:
    """What stands in a class and may do something."""
    return [one for one in node.body if not isinstance(one, ast.Pass) and not _is_text(one)]


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def is_loose(node: ast.ClassDef, one: ast.stmt, meanings: Meanings) -> bool:
    """Whether a member may be come to by other ways than its name: an operator, one that a base class of a library
    calls, one that a decorator hands on, a statement that only runs."""
    known = all(_last_word(base) in _PLAIN_BASES or meanings.of_class(base) is not None for base in node.bases)
    if not known or node.keywords or not all(_is_marked(mark, _PLAIN_MARKS, meanings) for mark in node.decorator_list):
        return True
    if isinstance(one, FUNCTIONS):
        marked = all(_is_marked(mark, _KEEPING, meanings) for mark in one.decorator_list)
        return not marked or (one.name[:2] == "__" and one.name[-2:] == "__")
    return bool(node.decorator_list) or not isinstance(one, ast.Assign | ast.AnnAssign)  # `astuple(Sheet())[0]`


def _is_marked(mark: ast.expr, known: frozenset[str], meanings: Meanings) -> bool:
    """Whether a decorator is one of these, and no function of the program that has its name."""
    return _last_word(mark) in known and not meanings.functions(mark.func if isinstance(mark, ast.Call) else mark)


def _last_word(node: ast.expr) -> str:
    node = node.func if isinstance(node, ast.Call) else node
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def takes(node: ast.AST, meanings: Meanings) -> set[tuple[str, int, bool]]:
    """Names under which a statement takes a member of some class: each with the first line of this class, 0 where it
    is not known, and whether that is certain."""
    idle = meanings.scopes.idle
    return {taken for inner in ast.walk(node) if id(inner) not in idle for taken in _taken(inner, meanings)}


def _taken(node: ast.AST, meanings: Meanings) -> Iterator[tuple[str, int, bool]]:
    if isinstance(node, ast.Name | ast.Attribute):
        full = ".".join(one.full for one in meanings.of(node)[0])
        if any(word in DYNAMIC for word in full.split(".")):
            yield next(word for word in full.split(".") if word in DYNAMIC), 0, False
    if isinstance(node, ast.Attribute):
        found = _attribute(node, meanings)
        yield from found if isinstance(node.ctx, ast.Load) else ((name, 0, False) for name, _, _ in found)  # a setter
    elif isinstance(node, ast.Name):
        home = meanings.scopes.home(node.id, meanings.scopes.of.get(id(node)))
        if home is not None and home.kind == "class" and isinstance(node.ctx, ast.Load):
            yield node.id, _first(home.node), True
    elif isinstance(node, ast.Call | ast.Subscript):
        own = meanings.of_class(node.func if isinstance(node, ast.Call) else node.value)
        if own is not None:
            names = meanings.made_by(node.func) if isinstance(node, ast.Call) else ("__getitem__",)
            yield from _of_class(own, names, meanings)
    elif isinstance(node, ast.MatchClass):
        yield "__dict__", 0, False  # `case Sheet(slow=f)`


def kept(node: ast.AST, meanings: Meanings) -> set[str]:
    """Functions of the program that a statement only keeps beside others, `{"slow": slow, "fast": fast}`, or for later,
    `def f(x, check=slow)`, `f.check = slow`: which of them are called it does not say."""
    held = {id(one) for inner in ast.walk(node) for one in _held(inner, meanings)}
    looked = [one for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)]
    return {one.id for one in looked if id(one) in held} - {one.id for one in looked if id(one) not in held}


def _held(node: ast.AST, meanings: Meanings) -> list[ast.Name]:
    values: list[ast.expr | None] = []
    least = 2
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        values = [*node.elts]
    elif isinstance(node, ast.Dict):
        values = [*node.values]
    elif isinstance(node, ast.arguments):
        values, least = [*node.defaults, *node.kw_defaults], 1
    elif isinstance(node, ast.Assign) and all(isinstance(one, ast.Attribute) for one in node.targets):
        values, least = [node.value], 1
    own = [one for one in values if isinstance(one, ast.Name) and meanings.functions(one)]
    return own if len({one.id for one in own}) >= least else []


def _attribute(node: ast.Attribute, meanings: Meanings) -> Iterator[tuple[str, int, bool]]:
    own = meanings.of_class(node.value)
    if own is None:
        found, mine = meanings.of(node)
        if not found or mine or not all(one.imported for one in found):
            yield node.attr, 0, False
        return
    above = isinstance(node.value, ast.Call) and _last_word(node.value) == "super"
    known = list(_of_class(own, (node.attr,), meanings, above))
    yield from known
    below = [one for one in meanings.classes.values() if id(own) in one.above and node.attr in one.attributes]
    if below or not known:
        yield node.attr, 0, False


def _of_class(
    own: Class, names: tuple[str, ...], meanings: Meanings, above: bool = False
) -> Iterator[tuple[str, int, bool]]:
    """Those of the names that a class has, or only what it is made of, each with the line of the class that it comes
    from."""
    scopes = meanings.scopes.scopes
    bases = [one.node for one in meanings.classes.values() if id(one) in own.above]
    for name in names:
        homes = [one for one in bases if name in scopes[id(one)].bound]
        if not above and name in scopes[id(own.node)].bound:
            homes = [own.node]
        for one in homes:
            inner = any(isinstance(each.value, ast.ClassDef) for each in scopes[id(one)].bound[name])  # is one whole
            yield name, _first(one), len(homes) == 1 and name not in meanings.stored and not inner


def _first(node: ast.AST | None) -> int:
    if not isinstance(node, ast.ClassDef):
        return 0
    return min([node.lineno, *(item.lineno for item in node.decorator_list)])
