"""Calls that repeat something: `map` and its like by whatever name, and what of the library is given a function."""

from __future__ import annotations

import ast
import builtins

from grader.sandbox.cycles import CONTAINED, Calls
from grader.sandbox.meanings import Meaning
from grader.sandbox.scopes import FUNCTIONS, Function

_HIDDEN = frozenset(
    "map filter vectorize apply_along_axis apply_over_axes frompyfunc nditer reduce accumulate starmap takewhile"
    " dropwhile filterfalse".split()
)
_CALLS = frozenset({"reduce", "accumulate", "starmap"})  # only those of functools and itertools: not np.add.reduce
_HARMLESS = frozenset(  # given a function, these call it once, or keep it: its loops are seen where it stands
    "partial partialmethod lru_cache cache wraps update_wrapper fromfunction piecewise callable print type repr id"
    " isinstance issubclass getattr hasattr signature len str append staticmethod classmethod property".split()
)
_WRAPPING = frozenset({"partial", "partialmethod", "cmp_to_key", "lru_cache", "cache"})
_GETTING = frozenset({"attrgetter", "methodcaller"})  # of an object of the program's own, a function of it
# Given objects or lists of functions, these keep them, or give them back one by one.
_CONTAINING = frozenset(
    "zip enumerate list tuple dict set frozenset reversed iter next deque OrderedDict defaultdict Counter copy deepcopy"
    " vars dir super setattr delattr hash piecewise select choose cycle chain product asdict astuple replace fields"
    " dataclass".split()
)
_PLAIN_BASES = frozenset([*dir(builtins), "ABC", "Protocol", "Generic", "NamedTuple", "TypedDict", "Enum", "IntEnum"])
_DEEPEST = 5


def _is_repeating(one: Meaning) -> bool:
    last = one.full.rpartition(".")[2]
    return last in _HIDDEN and (last not in _CALLS or one.full in (last, f"functools.{last}", f"itertools.{last}"))


def repeats(node: ast.expr, calls: Calls) -> str:
    """Whether what is called or decorates repeats what it is given: `loop`, or `hidden` where a person must say."""
    meanings = calls.meanings
    found = [one for one in meanings.of(node)[0] if _is_repeating(one)]
    if not found:
        return ""
    if isinstance(node, ast.Attribute) and not any(one.imported for one in found):
        if meanings.is_own_attribute(node) or meanings.functions(node):
            return ""
        return "hidden" if node.attr in meanings.methods else "loop"
    return "loop" if any(one.sure for one in found) and not meanings.functions(node) else "hidden"


def gives_away(node: ast.expr, calls: Calls) -> bool:
    """`[np.vectorize]`, `partial(map, f)`: what repeats is kept, and called nobody knows where."""
    found = [one for one in calls.meanings.of(node)[0] if _is_repeating(one)]
    return any(one.sure and (one.imported or isinstance(node, ast.Name)) for one in found)


def hides(node: ast.Call, calls: Calls) -> bool:
    """Whether a call may call a function of the program again and again: `sorted(x, key=f)`, `iter(f, None)`.

    Objects in an array, `dtype=object`, are asked one by one what they add up to.
    """
    words, last = [word.value for word in node.keywords], _last(node.func, calls)
    if any(word.arg == "dtype" and _is_object(word.value) for word in node.keywords):
        return True
    if any(word.arg == "file" and _has_methods(word.value, calls) for word in node.keywords):
        return True  # `print(*x, file=own)` writes each of them
    if _is_inherited(node.func, calls):
        return True
    if last == "astype" and any(map(_is_object, node.args)):
        return True
    if last in _GETTING:
        return bool(calls.meanings.methods)
    if last == "piecewise" and len(node.args) > 2 and not isinstance(node.args[2], ast.List | ast.Tuple):
        return True  # `[f] * n`
    if last in _HARMLESS or _is_own(node.func, calls):
        return False  # a function of the program's own is followed, and what it does with another is seen there
    if last == "iter":
        return len(node.args) == 2
    if any(word.arg == "key" and _is_parameter(word.value, calls) for word in node.keywords):
        return True
    if any(may_be_function(one, calls) for one in (*node.args, *words)):
        return True
    library = any(one.imported for one in calls.meanings.of(node.func)[0])
    if last in _CONTAINING or (last in CONTAINED and not library):
        return False
    return any(_has_methods(one, calls) or _shows_function(one, calls) for one in (*node.args, *words))


def _has_methods(node: ast.AST, calls: Calls) -> bool:
    """Whether something is an object of a class of the program by whose methods a library may come back, `json.dump(x,
    own)`; what comes of operators is seen where they are defined."""
    own = calls.meanings.of_class(node)
    return own is not None and any(name[:2] != "__" for name in own.methods)


def _is_inherited(func: ast.expr, calls: Calls) -> bool:
    """`Parser().feed(text)`, where the class is made of one of the library: that may call what the program adds."""
    own = calls.meanings.of_class(func.value) if isinstance(func, ast.Attribute) else None
    if own is None or not isinstance(func, ast.Attribute) or func.attr in own.attributes or func.attr[:2] == "__":
        return False
    every = [own, *(one for one in calls.meanings.classes.values() if id(one) in own.above)]
    bases = [base for one in every for base in one.node.bases]
    return any(_last_base(base) not in _PLAIN_BASES and calls.meanings.of_class(base) is None for base in bases)


def _last_base(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _shows_function(node: ast.AST, calls: Calls, depth: int = 0) -> bool:
    """Whether a function of the program stands in a list or a mapping that is written out: `converters={0: f}`."""
    if depth > _DEEPEST or not isinstance(node, ast.List | ast.Tuple | ast.Set | ast.Dict):
        return False
    inner = [*node.values] if isinstance(node, ast.Dict) else [*node.elts]
    return any(may_be_function(one, calls) or _shows_function(one, calls, depth + 1) for one in inner)


def _is_own(func: ast.expr, calls: Calls) -> bool:
    """Whether what is called is certainly the program's own."""
    if calls.meanings.of_class(func) is not None:
        return True
    other = [one for one in calls.meanings.of(func)[0] if one.imported or isinstance(func, ast.Name)]
    return bool(calls.meanings.functions(func)) and not other


def _last(func: ast.expr, calls: Calls) -> str:
    """The word in which the full name of what is called ends."""
    found = calls.meanings.of(func)[0]
    return found[0].full.rpartition(".")[2] if found else ""


def _is_parameter(node: ast.expr, calls: Calls) -> bool:
    if not isinstance(node, ast.Name):
        return False
    bindings, _ = calls.scopes.bindings(node)
    return bool(bindings) and any(one.value is None for one in bindings) and bool(calls.handed)


def may_be_function(node: ast.AST, calls: Calls, depth: int = 0) -> bool:
    """Whether something may stand for a function of the program."""
    if depth > _DEEPEST:
        return False
    if calls.meanings.functions(node):
        return not (isinstance(node, ast.Attribute) and _is_property(node, calls))
    if isinstance(node, ast.Call):
        handed = any(may_be_function(one, calls, depth + 1) for one in (*node.args, node.func))
        wraps = _last(node.func, calls) in _WRAPPING and (handed or _last(node.func, calls) == "cmp_to_key")
        return wraps or any(map(_makes, calls.meanings.functions(node.func)))
    if isinstance(node, ast.Starred):
        return may_be_function(node.value, calls, depth + 1)
    if isinstance(node, ast.Subscript):
        return _holds(node.value, calls)
    if isinstance(node, ast.Name):
        values = [one.value for one in calls.scopes.bindings(node)[0]]
        return any(
            isinstance(one, ast.Subscript | ast.Call) and may_be_function(one, calls, depth + 1) for one in values
        )
    return False


def _is_property(node: ast.Attribute, calls: Calls) -> bool:
    own = calls.meanings.of_class(node.value)
    made = own.methods.get(node.attr) if own is not None else None
    decorators = made.decorator_list if isinstance(made, FUNCTIONS) else []
    return any(isinstance(one, ast.Name) and one.id in ("property", "cached_property") for one in decorators)


def _makes(function: Function) -> bool:
    """Whether a function has others inside that it may give back."""
    inner = function.body if isinstance(function.body, list) else [function.body]
    nodes = [one for each in inner for one in ast.walk(each)]
    if not isinstance(function.body, list):
        return isinstance(function.body, ast.Lambda | ast.Name)
    made = {one.name for one in nodes if isinstance(one, FUNCTIONS)}
    given = [one.value for one in nodes if isinstance(one, ast.Return)]
    return any(isinstance(one, ast.Lambda) or (isinstance(one, ast.Name) and one.id in made) for one in given)


def _holds(node: ast.expr, calls: Calls) -> bool:
    """Whether a container holds functions of the program: `[f][0]`, `F["f"]`."""
    values: list[ast.AST] = [node]
    if isinstance(node, ast.Name):
        if calls.kept.get(node.id):
            return True
        values = [one.value for one in calls.scopes.bindings(node)[0] if isinstance(one.value, ast.expr)]
    return any(
        calls.meanings.functions(inner)
        for value in values
        for inner in ast.walk(value)
        if isinstance(inner, ast.Name | ast.Attribute | ast.Lambda)
        and id(inner) not in calls.called
        and id(inner) in calls.scopes.of
    )


def _is_object(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return node.value in ("O", "object")
    last = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return last in ("object", "object_")
