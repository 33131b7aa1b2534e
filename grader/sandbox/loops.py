"""Where a program repeats itself, how deep, and which arguments of its function say how often."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence
from typing import Any

from grader.sandbox.callbacks import gives_away, hides, repeats
from grader.sandbox.cycles import Calls
from grader.sandbox.rounds import ANEW, COUNTED, OPEN, Signed, attribute_of, count_of, rounds_of, signed, written_rounds
from grader.sandbox.scopes import COMPREHENSIONS, FUNCTIONS, pairs, parameters

Loop = tuple[int, str, int, list[str]]  # line, kind, depth from 1, arguments that it runs over
_DEFINES = (*FUNCTIONS, ast.Lambda)
_ASKED_ONCE = frozenset("__init__ __new__ __post_init__ __init_subclass__ __enter__ __exit__ __len__".split())
_SAME = frozenset({"enumerate", "zip", "list", "tuple", "reversed", "sorted", "tqdm"})  # as many rounds as inside
_AXES = frozenset({"ndindex", "ndenumerate", "nditer"})  # as many loops as there are axes
_OWN = frozenset({"self", "cls"})
_DEEPEST = 12


class _Walk:
    """Follows a statement from top to bottom: `over` maps each name to the arguments its value grows and falls with.

    A function inside it is followed where it is called too, at the depth of the call. `deep` are names that are used
    inside loops, each with the deepest place: what they stand for elsewhere in the program repeats so much more.
    """

    def __init__(self, arguments: list[str], calls: Calls, node: ast.AST) -> None:
        self.over: dict[str, Signed] = {name: ({name}, set()) for name in arguments}
        self.calls = calls
        self.inside = {id(inner) for inner in ast.walk(node)} if isinstance(node, ast.stmt) else set[int]()
        self.quiet = calls.called | calls.aliased
        within = (one for loop in ast.walk(node) if isinstance(loop, ast.For | ast.While) for one in ast.walk(loop))
        self.moving = {one.id for one in within if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
        self.found: list[Loop] = []
        self.deep: dict[str, int] = {}
        self.many: dict[str, tuple[int, bool]] = {}  # names of what `product` gave
        self.seen: set[tuple[int, int]] = set()
        self.guessed: set[tuple[int, int]] = set()

    def bind(self, target: ast.AST, value: ast.AST | None) -> None:
        up, down = signed(value, self.over)
        if own := attribute_of(target):
            rising, falling = self.over.get(own, (set(), set()))
            known = own.removeprefix("self.") not in self.calls.meanings.foreign
            self.over[own] = (rising | up | (set() if known else {ANY}), falling | down)
            return
        for inner in ast.walk(target):
            if isinstance(inner, ast.Name):
                if inner.id in self.over:
                    self.over[f"{inner.id}{ANEW}"] = (set(), set())
                rising, falling = self.over.get(inner.id, (set(), set()))
                self.over[inner.id] = (rising | up, falling | down)

    def visit(self, node: ast.AST, depth: int) -> None:
        if id(node) in self.calls.scopes.idle:
            return
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
        self._indexed(node, _names(node.target) | _counted(node.body), node.body, inside, node.iter)
        self.bind(node.target, node.iter)
        for inner in (node.target, *node.body, *node.orelse):
            self.visit(inner, inside)

    def _while(self, node: ast.While, depth: int) -> None:
        self._loop(node, "while", depth, node.test)
        self._indexed(node, _counted(node.body), node.body, depth + 1, node.test)
        self.below(node, depth + 1)

    def _yielded(self, node: ast.YieldFrom, depth: int) -> None:
        self._loop(node, "for", depth, node.value)  # `yield from rows` is `for row in rows: yield row`
        self.below(node, depth)

    def _comprehension(self, node: Any, depth: int) -> None:
        for generator in node.generators:
            self.visit(generator.iter, depth)
            depth = self._loop(node, "comprehension", depth, generator.iter)
            self.bind(generator.target, generator.iter)
            parts = [one for one in (getattr(node, name, None) for name in _PARTS) if one is not None]
            self._indexed(node, _names(generator.target), parts, depth, generator.iter)
            for condition in generator.ifs:
                self.visit(condition, depth)
        for part in (getattr(node, name, None) for name in _PARTS):
            if part is not None:
                self.visit(part, depth)

    def _assign(self, node: ast.Assign, depth: int) -> None:
        for target, value in pairs(node):
            self.bind(target, value)
            if isinstance(target, ast.Name):
                self.many[target.id] = self.rounds(value)
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
        self._extended(node)
        kind = repeats(node.func, self.calls)
        if kind == "loop":
            self._loop(node, "call", depth, *node.args)
            depth += 1
        elif kind or hides(node, self.calls):
            self.found.append((node.lineno, "hidden", depth + 1, []))
        self.visit(node.func, depth)
        for called, sure in self.calls.targets(node.func):
            if sure and self._is_here(called, node.func):
                self._give(called, node)
                self.follow(called, depth)
            elif not sure and depth:
                self._perhaps(called, depth)
        for inner in (*node.args, *node.keywords):
            self.visit(inner, depth)

    def _is_here(self, called: ast.AST, func: ast.expr) -> bool:
        """What stands elsewhere and is called by its name, is reached in another way."""
        known = id(called) in self.inside or not self.inside
        return known or isinstance(func, ast.Attribute) or self.calls.meanings.of_class(func) is not None

    def _name(self, node: ast.Name | ast.Attribute, depth: int) -> None:
        full = self.full(node)
        for name in (full, node.id if isinstance(node, ast.Name) else full):
            if depth:
                self.deep[name] = max(depth, self.deep.get(name, 0))
        if id(node) not in self.quiet and isinstance(node.ctx, ast.Load) and gives_away(node, self.calls):
            self.found.append((node.lineno, "hidden", depth + 1, []))
        self.below(node, depth)

    def full(self, node: ast.expr) -> str:
        """The full name of what an expression stands for, or its last word."""
        found = self.calls.meanings.of(node)[0]
        return found[0].full if found else node.id if isinstance(node, ast.Name) else ""

    def _function(self, node: Any, depth: int) -> None:
        if isinstance(node, FUNCTIONS) and re.fullmatch(r"__\w+__", node.name) and node.name not in _ASKED_ONCE:
            self.found.append((node.lineno, "hidden", depth + 1, []))  # `list(Squares(x))`, `sum(n, Adder())`
        for item in getattr(node, "decorator_list", ()):
            if kind := repeats(item, self.calls):
                self.found.append((item.lineno, "call" if kind == "loop" else "hidden", depth + 1, [ANY]))
        self.follow(node, depth)

    def follow(self, node: ast.AST, depth: int) -> None:
        """Into a function; at one depth once, or else functions that call others would double with each."""
        if (id(node), depth) in self.seen or depth > _DEEPEST:
            return
        self.seen.add((id(node), depth))
        self.below(node, depth)

    def _extended(self, node: ast.Call) -> None:
        """`L.extend(X)` makes a list as long as X."""
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("extend", "update", "extendleft"):
            for value in node.args:
                self.bind(node.func.value, value)

    def _give(self, called: ast.AST, node: ast.Call) -> None:
        """A function inside is looked at again with what it is given, if that is something new."""
        args = getattr(called, "args", None)
        method = self.calls.is_method(called)
        if not isinstance(args, ast.arguments) or not (method or id(called) in self.inside):
            return
        own = [*args.posonlyargs, *args.args][1 if method else 0 :]
        before = dict(self.over)
        words = {word.arg: word.value for word in node.keywords}
        given = [*zip(own, node.args, strict=False), *((arg, words[arg.arg]) for arg in own if arg.arg in words)]
        for arg, value in given:
            up, down = signed(value, self.over)
            rising, falling = self.over.get(arg.arg, (set(), set()))
            self.over[arg.arg] = (rising | up, falling | down)
        if self.over != before:
            self.seen = {one for one in self.seen if one[0] != id(called)}

    def _perhaps(self, called: ast.AST, depth: int) -> None:
        """What may be called inside a loop, for all that the text says: a person must say how deep that is."""
        walk = _Walk([], self.calls, called)
        walk.seen = walk.guessed = self.guessed
        walk.follow(called, depth)
        self.found += [(line, "perhaps", deep, []) for line, _, deep, _ in walk.found if deep > depth]

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

    def _indexed(self, node: ast.AST, counters: set[str], body: Sequence[ast.AST], depth: int, bound: ast.AST) -> None:
        """Notes the arguments whose items a loop takes one by one, whatever says when it ends: `X[i]`, `next(rows)`.

        Of `for i in range(3)` it is noted how many `X[i : i + m]` may be: of a longer X these are not all.
        """
        up, _ = rounds_of(signed(bound, self.over))
        taken = {name for one in _inner(body) for name in self._taken(one, counters)} - up
        rounds = None if isinstance(node, ast.While) else written_rounds(bound)
        again = _counted(body)
        told = {n for one in _inner(body) for n in self._taken(one, again if self._is_wide(one) else again | counters)}
        words = [_opened(one) if rounds is None or one in told else f"{one}{COUNTED}{rounds}" for one in taken]
        if taken:
            self.found.append((getattr(node, "lineno", 0), "taking", depth, [*sorted(up), *sorted(words)]))

    def _is_wide(self, node: ast.AST) -> bool:
        """Whether an index takes much at once, `X[i : i + len(X) - 2]`, of what no loop changes, `X = X[3:]`."""
        index = node.slice if isinstance(node, ast.Subscript) else None
        index = index.elts[0] if isinstance(index, ast.Tuple) and index.elts else index
        if not isinstance(node, ast.Subscript) or not isinstance(index, ast.Slice) or index.upper is None:
            return False
        grows = signed(index.upper, self.over)[0] & signed(node.value, self.over)[0]
        return bool(grows) and isinstance(node.value, ast.Name) and node.value.id not in self.moving

    def _taken(self, node: ast.AST, counters: set[str]) -> set[str]:
        """The arguments of which an expression takes the item at one of the counters, or the next one."""
        owner: ast.AST | None = None
        if isinstance(node, ast.Subscript):
            index = node.slice.elts[0] if isinstance(node.slice, ast.Tuple) and node.slice.elts else node.slice
            index = index.lower if isinstance(index, ast.Slice) and index.lower is not None else index
            owner = node.value if isinstance(index, ast.Name) and index.id in counters else None
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value if node.func.attr in ("pop", "popleft", "__next__") else None
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "next" and node.args:
            owner = node.args[0]
        return {name for name in signed(owner, self.over)[0] if name.isidentifier()} if owner is not None else set()

    def rounds(self, node: ast.AST) -> tuple[int, bool]:
        """How many loops it takes to write out what is run over, and whether that is certain."""
        if isinstance(node, ast.Name):
            return self.many.get(node.id, (1, True))
        if not isinstance(node, ast.Call):
            return 1, True
        name = self.full(node.func).rpartition(".")[2]
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
        return 1, name not in _AXES


_VISITS: tuple[tuple[Any, Callable[[_Walk, Any, int], None]], ...] = (
    ((ast.For, ast.AsyncFor), _Walk._for),
    (ast.While, _Walk._while),
    (ast.YieldFrom, _Walk._yielded),
    (COMPREHENSIONS, _Walk._comprehension),
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


_PARTS = ("elt", "key", "value")
ANY = "*"  # of a number of rounds of which nothing is known


def _inner(body: Sequence[ast.AST]) -> list[ast.AST]:
    return [one for each in body for one in ast.walk(each)]


def _counted(body: Sequence[ast.AST]) -> set[str]:
    """Names that a loop counts with, `k += 1`, `k = k + 1`."""
    again: list[ast.expr] = [one.target for one in _inner(body) if isinstance(one, ast.AugAssign)]
    for one in _inner(body):
        if isinstance(one, ast.Assign) and isinstance(one.value, ast.BinOp):
            again += [target for target in one.targets if _names(target) & _names(one.value)]
    return {name for one in again for name in _names(one)}


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _opened(name: str) -> str:
    return f"{name}{OPEN}"


def _given(node: ast.stmt, calls: Calls) -> set[str]:
    """Names of which nothing is known: what methods, and functions that are handed on, are given; `*args`; what
    functions set for others."""
    found = calls.scopes.late.keys() | calls.filled
    for inner in ast.walk(node):
        if isinstance(inner, _DEFINES):
            if inner in calls.handed or _is_of_class(node, calls):
                found |= {*parameters(inner.args)}
            found |= {one.arg for one in (inner.args.vararg, inner.args.kwarg) if one is not None}
    return found


def _is_of_class(node: ast.stmt, calls: Calls) -> bool:
    """Whether a statement is a class, or stands in one."""
    own = calls.scopes.of.get(id(node))
    return isinstance(node, ast.ClassDef) or (own is not None and own.kind == "class")


def found(node: ast.stmt, calls: Calls) -> tuple[list[Any], list[Any]]:
    """All loops of a statement, and the names that are used inside them.

    Those of a function with the arguments of it that they run over. `axes` are loops of which only the number of axes
    says how many they stand for, `perhaps` those of functions that may be called there, `taking` says what of the
    arguments a loop takes one by one.
    """
    known = isinstance(node, FUNCTIONS) and not _is_of_class(node, calls)
    arguments = getattr(node, "args", None) if known else None
    names = [arg.arg for arg in (*arguments.posonlyargs, *arguments.args)] if arguments is not None else []
    walk = _Walk(names, calls, node)
    for name in (_given(node, calls) | {"self", "cls"}) - {*names}:
        walk.over[name] = ({ANY}, set())
    walk.visit(node, 0)
    return walk.found, sorted(walk.deep.items())
