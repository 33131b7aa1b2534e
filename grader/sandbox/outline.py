"""What a program consists of, read from its syntax tree before any of it runs: plain facts for the grader.

This is done in the student's process, for a bomb for the parser must go off there, and as its first business, while
nothing of the student's has run that could change what is said here.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from typing import Any, TypeGuard

from grader.sandbox import cycles, loops, members, moments, names
from grader.sandbox.checks import Checks
from grader.sandbox.fresh import own_loop_names
from grader.sandbox.meanings import Meanings
from grader.sandbox.scopes import Scopes, imported

_GOES_ON = ("else", "elif", "except", "finally", ")", "]", "}", '"""', "'''", "case ")
_MOST_JOINED, _MOST_TRIES = 40, 1500
_MOST_FACTS = 400
MORE = "..."  # among what is used: there is more than can be told, so that nobody hides behind it
_OWN = frozenset(dir(builtins))
Broken = tuple[int, int, str, int]  # first line, last line, what the parser says, about which line


def carve(source: str) -> tuple[list[ast.stmt], list[Broken]]:
    """The statements at the top of a source that parse, and the pieces between them that do not."""
    try:
        return ast.parse(source).body, []
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        return _pieces(source.split("\n"), error)


def _pieces(lines: list[str], error: BaseException) -> tuple[list[ast.stmt], list[Broken]]:
    starts = _starts(lines)
    body: list[ast.stmt] = []
    broken: list[Broken] = []
    at = tries = 0
    while at + 1 < len(starts):
        first, said = starts[at], error
        for last in range(at + 1, min(at + 1 + _MOST_JOINED, len(starts))):
            tries += 1
            try:
                body += ast.parse("\n" * first + "\n".join(lines[first : starts[last]])).body
            except (SyntaxError, ValueError, MemoryError, RecursionError) as failed:
                said = failed if last == at + 1 else said
                if tries > _MOST_TRIES:
                    return body, [*broken, _broken(first + 1, len(lines), said)]
            else:
                at = last
                break
        else:
            broken.append(_broken(first + 1, starts[at + 1], said))
            at += 1
    return body, broken


def _starts(lines: list[str]) -> list[int]:
    """Lines on which something new may begin, and the end."""
    found: list[int] = []
    decorated = False
    for number, line in enumerate(lines):
        if line[:1].isspace() or not line.strip() or line.startswith(("#", *_GOES_ON)):
            continue
        if not decorated:
            found.append(number)
        decorated = line.startswith("@")
    return [*found, len(lines)]


def _broken(first: int, last: int, error: BaseException) -> Broken:
    line = error.lineno if isinstance(error, SyntaxError) else None
    message = error.msg if isinstance(error, SyntaxError) else type(error).__name__
    return first, last, str(message)[:200], line if line is not None and first <= line <= last else first


def outline(source: str, deep: bool) -> dict[str, Any]:
    """`statements` and `broken` pieces of a source, as plain data; if `deep`, with what is used and repeated."""
    body, broken = carve(source)
    facts = [_statement(node) for node in body]
    if deep:
        calls = cycles.Calls(Meanings(Scopes(body)))
        again: dict[int, list[Any]] = {}
        for top, loop in cycles.found(calls):
            again.setdefault(top, []).append(loop)
        beside = Checks(body)
        for fact, node in zip(facts, body, strict=True):
            fact |= _deep(node, calls, again.get(node.lineno, []))
            fact["looks"] = beside.looks(node)
            if isinstance(node, ast.ClassDef):
                fact["members"] = _members(node, calls, again.get(node.lineno, []))[:_MOST_FACTS]
    return {"statements": facts, "broken": broken}


def _deep(node: ast.stmt, calls: cycles.Calls, again: list[Any]) -> dict[str, Any]:
    """What a statement uses and touches, and where it repeats itself."""
    repeats, inside = loops.found(node, calls)
    uses, touched = names.uses(node, calls.meanings), set(_touched(node, calls.imported))
    taken = members.takes(node, calls.meanings)
    now, later = moments.looked_up(node)
    known = {*_looked_up(node, calls.scopes.idle)} - own_loop_names(node)
    own = len(node.body) if isinstance(node, ast.ClassDef) else 0
    counts = (len(uses), len(repeats), len(inside), len(touched), len(set(_bound(node))), len(taken), own)
    more = [(MORE, node.lineno)] if max(counts) >= _MOST_FACTS else []
    return {
        "unknown": sorted(known - _named_inside(node) - _OWN)[:_MOST_FACTS],
        "reads": sorted({*_reads(node)} & known)[:_MOST_FACTS],
        "now": sorted(now & known)[:_MOST_FACTS],
        "later": sorted(later & known)[:_MOST_FACTS],
        "patched": sorted(moments.patched(node, calls))[:_MOST_FACTS],
        "hands": moments.hands(node, calls),
        "fills": sorted(moments.Registers(calls).filled(node))[:_MOST_FACTS],
        "imports": sorted(names.modules(node))[:_MOST_FACTS],
        "aliases": list(imported([node]))[:_MOST_FACTS],
        "uses": more + uses[:_MOST_FACTS],
        "loops": (again + repeats)[:_MOST_FACTS],
        "deep": inside[:_MOST_FACTS],
        "touches": sorted(touched)[:_MOST_FACTS],
        "takes": sorted(taken)[:_MOST_FACTS],
        "kept": sorted(members.kept(node, calls.meanings))[:_MOST_FACTS],
        "gives": sorted(_given(node, calls.scopes))[:_MOST_FACTS],
    }


def _given(node: ast.stmt, scopes: Scopes) -> set[str]:
    """Names of the file to which a function gives a value, `global low; low = min(x)`."""
    return {
        name
        for name, known in scopes.late.items()
        for one in known
        if one.top == node.lineno and not isinstance(getattr(one.value, "ctx", None), ast.Del)
    }


def _members(node: ast.ClassDef, calls: cycles.Calls, again: list[Any]) -> list[dict[str, Any]]:
    """What a class is made of, and then its members: each under the names that it gives, with facts of its own."""
    found: list[dict[str, Any]] = []
    within = _named_inside(node)
    top = members.head(node)
    for one in (top, *members.body(node)):
        own = [loop for loop in again if one.lineno <= loop[0] <= (one.end_lineno or 0)] if one is not top else []
        facts = _statement(one) | _deep(one, calls, own)
        facts |= {"what": "ClassDef", "unknown": sorted({*facts["unknown"]} - within), "arguments": []}
        facts["names"], facts["binds"] = facts["binds"] if one is not top else [], []
        facts["loose"] = one is not top and members.is_loose(node, one, calls.meanings)
        found.append(facts)
    return found


def _touched(node: ast.stmt, imported: set[str]) -> Iterator[str]:
    """Names whose objects a statement changes, `D["f"] = g`, `L.append(g)`; of a function, what it sets globally.

    `np.testing.assert_equal(f(A), A @ A)` changes nothing of the module: calls of what is imported do not count.
    """
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield from (name for inner in ast.walk(node) if isinstance(inner, ast.Global) for name in inner.names)
        return
    for inner in ast.walk(node):
        if isinstance(inner, ast.Attribute | ast.Subscript) and isinstance(inner.ctx, ast.Store | ast.Del):
            yield _root(inner)
        elif isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Call):
            call = inner.value
            if isinstance(call.func, ast.Name) and call.func.id in ("setattr", "delattr") and call.args:
                yield _root(call.args[0])
            elif isinstance(call.func, ast.Attribute) and _root(call.func) not in imported:
                yield _root(call.func)


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _statement(node: ast.stmt) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "what": type(node).__name__,
        "first": min([node.lineno, *(item.lineno for item in getattr(node, "decorator_list", ()))]),
        "last": node.end_lineno or node.lineno,
        "binds": sorted(set(_bound(node)))[:_MOST_FACTS],
        "reads": sorted(set(_reads(node)))[:_MOST_FACTS],
        "simple": is_simple(node),
        "guards": is_guard(node),
        "calls": _called(node),
        "plain": _is_plain(node),
        "static": _static(node)[:_MOST_FACTS],
        "sets": sorted({name for one in ast.walk(node) if isinstance(one, ast.Global) for name in one.names})[
            :_MOST_FACTS
        ],
    }
    if isinstance(node, ast.FunctionDef):
        facts |= _signature(node.args)
    return facts


def _static(node: ast.stmt) -> list[str]:
    """The functions that a class only keeps: they are called without an object of it."""
    inner = node.body if isinstance(node, ast.ClassDef) else []
    functions = [one for one in inner if isinstance(one, ast.FunctionDef)]
    return [one.name for one in functions if any(_last_word(mark) == "staticmethod" for mark in one.decorator_list)]


def _last_word(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def is_guard(node: ast.stmt) -> TypeGuard[ast.If]:
    """`if __name__ == "__main__":`, whose name no module has here."""
    test = node.test if isinstance(node, ast.If) else None
    sides = [test.left, *test.comparators] if isinstance(test, ast.Compare) else []
    return any(isinstance(side, ast.Name) and side.id == "__name__" for side in sides)


def _called(node: ast.stmt) -> str:
    """The function whose value a statement gives to a name."""
    value = node.value if isinstance(node, ast.Assign) else None
    return value.func.id if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) else ""


def is_simple(node: ast.stmt) -> bool:
    """Does it only define, or name a value that is written out?"""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
        return True
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        return not any(isinstance(inner, ast.Call) for inner in ast.walk(node.value))
    return False


_WRITTEN = (ast.Constant, ast.Name, ast.Attribute, ast.List, ast.Tuple, ast.Dict, ast.Set, ast.UnaryOp, ast.BinOp)
_CHEAP = (ast.Add, ast.Sub, ast.Mult, ast.Div)


def _is_plain(node: ast.stmt) -> bool:
    """Does it name a value that is written out? `10**9`, `[0] * 10**9` and `X @ w` may take any time."""
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    inner = [one for one in ast.walk(value) if isinstance(one, ast.expr)] if value is not None else []
    sums = [one for one in inner if isinstance(one, ast.BinOp)]
    parts = [one for both in sums for one in (both.left, both.right)]
    return (
        bool(inner)
        and all(isinstance(one, _WRITTEN) for one in inner)
        and all(isinstance(one.op, _CHEAP) for one in sums)
        and all(isinstance(one, ast.Constant | ast.Attribute | ast.BinOp) for one in parts)
        and not any(isinstance(one, ast.Constant) and isinstance(one.value, str | bytes) for one in parts)
    )


def _signature(args: ast.arguments) -> dict[str, Any]:
    own = [arg.arg for arg in (*args.posonlyargs, *args.args)]
    wanted = [arg.arg for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True) if default is None]
    least = len(own) - len(args.defaults)
    return {"arguments": own, "least": least, "open": args.vararg is not None, "keywords": wanted}


def _bound(node: ast.AST) -> Iterator[str]:
    """Names that a statement gives a value, outside the functions and classes in it."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
        return
    if isinstance(node, ast.Import | ast.ImportFrom):
        yield from ((alias.asname or alias.name.partition(".")[0]) for alias in node.names)
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
        yield node.id
    for inner in ast.iter_child_nodes(node):
        if not isinstance(inner, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            yield from _bound(inner)


def _reads(node: ast.AST) -> Iterator[str]:
    """Names that are looked up, without those of a function's own."""
    own: set[str] = set()
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        own = {inner.arg for inner in ast.walk(node.args) if isinstance(inner, ast.arg)}
        own |= {
            inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)
        }
        own -= {name for inner in ast.walk(node) if isinstance(inner, ast.Global) for name in inner.names}
    yield from (name for name in _looked_up(node) if name not in own)


def _named_inside(node: ast.AST) -> set[str]:
    """Names that a statement gives a value anywhere, inside its functions too."""
    found: set[str] = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name):
            found |= set() if isinstance(inner.ctx, ast.Load) else {inner.id}
        elif isinstance(inner, ast.alias):
            found.add(inner.asname or inner.name.partition(".")[0])
        else:
            found |= {getattr(inner, field) for field in _NAMING.get(type(inner), ())} - {None}
    return found


_NAMING: dict[type[ast.AST], tuple[str, ...]] = {
    ast.arg: ("arg",),
    ast.FunctionDef: ("name",),
    ast.AsyncFunctionDef: ("name",),
    ast.ClassDef: ("name",),
    ast.ExceptHandler: ("name",),
    ast.MatchAs: ("name",),
    ast.MatchStar: ("name",),
    ast.MatchMapping: ("rest",),
}


def _looked_up(node: ast.AST, idle: frozenset[int] = frozenset()) -> Iterator[str]:
    for inner in ast.walk(node):
        if id(inner) in idle:
            continue
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load):
            yield inner.id
        elif isinstance(inner, ast.AugAssign) and isinstance(inner.target, ast.Name):
            yield inner.target.id
