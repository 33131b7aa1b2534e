"""Where a program repeats itself, how deep, and which arguments of its function say how often."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Set
from typing import Any

from grader.sandbox.rounds import ANEW, Signed, count_of, rounds_of, signed

Loop = tuple[int, str, int, list[str]]  # line, kind, depth from 1, arguments that it runs over
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_DEFINES = (*_FUNCTIONS, ast.Lambda)
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
_ASKED_ONCE = frozenset("__init__ __new__ __post_init__ __init_subclass__ __enter__ __exit__ __len__".split())
_SAME = frozenset({"enumerate", "zip", "list", "tuple", "reversed", "sorted", "tqdm"})  # as many rounds as inside
_OPEN = frozenset({"ndindex", "ndenumerate", "nditer"})  # as many loops as there are axes
_OWN = frozenset({"self", "cls"})
_DEEPEST = 12


class _Walk:
    """Follows a statement from top to bottom: `over` maps each name to the arguments its value grows and falls with.

    A function inside it is followed where it is called too, at the depth of the call. `deep` are names that are used
    inside loops, each with the deepest place: what they stand for elsewhere in the program repeats so much more.
    """

    def __init__(self, arguments: list[str], dotted: Callable[[ast.expr], str], functions: Set[str]) -> None:
        self.over: dict[str, Signed] = {name: ({name}, set()) for name in arguments}
        self.dotted, self.functions = dotted, functions
        self.found: list[Loop] = []
        self.deep: dict[str, int] = {}
        self.many: dict[str, tuple[int, bool]] = {}  # names of what `product` gave
        self.own: dict[str, ast.AST] = {}
        self.seen: set[tuple[int, int]] = set()
        self.open: list[ast.AST] = []

    def bind(self, target: ast.AST, value: ast.AST | None) -> None:
        up, down = signed(value, self.over)
        for inner in ast.walk(target):
            if isinstance(inner, ast.Name):
                if inner.id in self.over:
                    self.over[f"{inner.id}{ANEW}"] = (set(), set())
                rising, falling = self.over.get(inner.id, (set(), set()))
                self.over[inner.id] = (rising | up, falling | down)

    def visit(self, node: ast.AST, depth: int) -> None:
        for kind, method in _VISITS:
            if isinstance(node, kind):
                method(self, node, depth)
                return
        self.below(node, depth)

    def below(self, node: ast.AST, depth: int) -> None:
        for inner in ast.iter_child_nodes(node):
            self.visit(inner, depth)

    def _for(self, node: ast.For | ast.AsyncFor, depth: int) -> None:
        self.visit(node.iter, depth)
        inside = self._loop(node, "for", depth, node.iter)
        self.bind(node.target, node.iter)
        for inner in (node.target, *node.body, *node.orelse):
            self.visit(inner, inside)

    def _while(self, node: ast.While, depth: int) -> None:
        self._loop(node, "while", depth, node.test)
        self.below(node, depth + 1)

    def _comprehension(self, node: Any, depth: int) -> None:
        for generator in node.generators:
            self.visit(generator.iter, depth)
            depth = self._loop(node, "comprehension", depth, generator.iter)
            self.bind(generator.target, generator.iter)
            for condition in generator.ifs:
                self.visit(condition, depth)
        for part in (getattr(node, name, None) for name in ("elt", "key", "value")):
            if part is not None:
                self.visit(part, depth)

    def _assign(self, node: ast.Assign, depth: int) -> None:
        for target, value in _pairs(node):
            self.bind(target, value)
            if isinstance(target, ast.Name):
                self.many[target.id] = self.rounds(value)
                if isinstance(value, ast.Lambda):
                    self.own[target.id] = value
        self.below(node, depth)

    def _bound(self, node: ast.AnnAssign | ast.NamedExpr, depth: int) -> None:
        self.bind(node.target, node.value)
        self.below(node, depth)

    def _changed(self, node: ast.AugAssign, depth: int) -> None:
        """`n -= k` as the operation that it is."""
        known = isinstance(node.target, ast.Name)
        self.bind(node.target, ast.BinOp(node.target, node.op, node.value) if known else node.value)
        self.below(node, depth)

    def _call(self, node: ast.Call, depth: int) -> None:
        last = _last_name(node.func)
        if last in _HIDDEN and (last not in _CALLS or self.dotted(node.func) in _repeating(last)):
            self._loop(node, "call", depth, *node.args)
            depth += 1
        called = self.own.get(last) if _is_own(node.func) else None
        if called is None and last not in _HIDDEN and self._hides(node, last):
            self.found.append((node.lineno, "hidden", depth + 1, []))
        if called is not None and any(called is one for one in self.open):
            self.found.append((node.lineno, "recursion", 0, []))
        elif called is not None:
            self.follow(called, depth)
        self.below(node, depth)

    def _hides(self, node: ast.Call, last: str) -> bool:
        """Whether a call may call a function of the program again and again: `sorted(x, key=f)`, `iter(f, None)`.

        Objects in an array, `dtype=object`, are asked one by one what they add up to.
        """
        words = [word.value for word in node.keywords]
        if any(word.arg == "dtype" and _is_object(word.value) for word in node.keywords):
            return True
        if last == "astype" and any(map(_is_object, node.args)):
            return True
        if last in _HARMLESS or (isinstance(node.func, ast.Name) and last in self.functions):
            return False  # a function of the program's own is followed, and what it does with another is seen there
        if last == "iter":
            return len(node.args) == 2
        return any(self._is_function(one) for one in (*node.args, *words))

    def _is_function(self, node: ast.AST) -> bool:
        """Whether something stands for a function of the program."""
        if isinstance(node, ast.Call):
            handed = any(self._is_function(one) for one in (*node.args, node.func))
            return _last_name(node.func) in _WRAPPING and (handed or _last_name(node.func) == "cmp_to_key")
        if isinstance(node, ast.Starred):
            return self._is_function(node.value)
        return isinstance(node, ast.Lambda) or (
            isinstance(node, ast.Name) and node.id in self.own.keys() | self.functions
        )

    def _name(self, node: ast.Name | ast.Attribute, depth: int) -> None:
        full = self.dotted(node)
        for name in (full, node.id if isinstance(node, ast.Name) else full):
            if depth:
                self.deep[name] = max(depth, self.deep.get(name, 0))
        self.below(node, depth)

    def _function(self, node: ast.AST, depth: int) -> None:
        if isinstance(node, _FUNCTIONS):
            self.own[node.name] = node
            if re.fullmatch(r"__\w+__", node.name) and node.name not in _ASKED_ONCE:
                self.found.append((node.lineno, "hidden", depth + 1, []))  # `list(Squares(x))`, `sum(n, Adder())`
        self.follow(node, depth)

    def follow(self, node: ast.AST, depth: int) -> None:
        """Into a function; at one depth once, or else functions that call others would double with each."""
        if (id(node), depth) in self.seen or depth > _DEEPEST:
            return
        self.seen.add((id(node), depth))
        self.open.append(node)
        self.below(node, depth)
        self.open.pop()

    def _loop(self, node: ast.AST, kind: str, depth: int, *bounds: ast.AST) -> int:
        """Notes a loop; the depth inside it."""
        rounds, sure = self.rounds(bounds[0]) if bounds and kind != "while" else (1, True)
        line = getattr(node, "lineno", 0)
        told = count_of if kind == "while" else rounds_of
        over = sorted(set[str]().union(*(told(signed(bound, self.over))[0] for bound in bounds)))
        self.found.append((line, kind if sure else "axes", depth + rounds, over))
        if not sure:
            self.found.append((line, kind, depth + rounds, over))
        return depth + rounds

    def rounds(self, node: ast.AST) -> tuple[int, bool]:
        """How many loops it takes to write out what is run over, and whether that is certain."""
        if isinstance(node, ast.Name):
            return self.many.get(node.id, (1, True))
        if not isinstance(node, ast.Call):
            return 1, True
        name = self.dotted(node.func).rpartition(".")[2]
        args = node.args
        if name in _SAME:
            return max((self.rounds(one) for one in args), default=(1, True))
        if name == "product":
            repeat = next((_whole(word.value) for word in node.keywords if word.arg == "repeat"), 1)
            sure = bool(repeat) and not any(isinstance(one, ast.Starred) for one in args)
            return max(1, len(args) * max(1, repeat)), sure
        if name in ("permutations", "combinations", "combinations_with_replacement"):
            return max(1, _whole(args[1]) if len(args) > 1 else 1), len(args) > 1 and bool(_whole(args[1]))
        if name == "ndindex" and len(args) > 1 and not any(isinstance(one, ast.Starred) for one in args):
            return len(args), True
        return 1, name not in _OPEN


_VISITS: tuple[tuple[Any, Callable[[_Walk, Any, int], None]], ...] = (
    ((ast.For, ast.AsyncFor), _Walk._for),
    (ast.While, _Walk._while),
    (_COMPREHENSIONS, _Walk._comprehension),
    (ast.Assign, _Walk._assign),
    ((ast.AnnAssign, ast.NamedExpr), _Walk._bound),
    (ast.AugAssign, _Walk._changed),
    (ast.Call, _Walk._call),
    ((ast.Name, ast.Attribute), _Walk._name),
    (_DEFINES, _Walk._function),
)


def _whole(node: ast.AST) -> int:
    """A whole number that is written out; 0 for anything else."""
    value = node.value if isinstance(node, ast.Constant) else 0
    return min(value, _DEEPEST) if type(value) is int else 0


def _repeating(last: str) -> tuple[str, ...]:
    return last, f"functools.{last}", f"itertools.{last}"


def _is_object(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return node.value in ("O", "object")
    return _last_name(node) in ("object", "object_") if isinstance(node, ast.expr) else False


def _is_own(node: ast.expr) -> bool:
    """A name, or a method of the object at hand: another object's may be anything."""
    if isinstance(node, ast.Attribute):
        return isinstance(node.value, ast.Name) and node.value.id in _OWN
    return isinstance(node, ast.Name)


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


def found(
    node: ast.stmt, dotted: Callable[[ast.expr], str], functions: Set[str] = frozenset()
) -> tuple[list[Any], list[Any]]:
    """All loops of a statement, and the names that are used inside them; `dotted` gives names in full, `functions` are
    those of the whole program.

    Those of a function with the arguments of it that they run over. `axes` are loops of which only the number of axes
    says how many they stand for, `recursion` is a function that calls itself.
    """
    arguments = getattr(node, "args", None) if isinstance(node, _FUNCTIONS) else None
    names = [arg.arg for arg in (*arguments.posonlyargs, *arguments.args)] if arguments is not None else []
    walk = _Walk(names, dotted, functions)
    for inner in ast.walk(node):
        if isinstance(inner, _FUNCTIONS):
            walk.own.setdefault(inner.name, inner)
    walk.visit(node, 0)
    return walk.found, sorted(walk.deep.items())
