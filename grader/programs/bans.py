"""What a program must not use, told by its syntax tree."""

from __future__ import annotations

import re
from typing import NamedTuple

from grader.programs.cases import Ban
from grader.programs.outlines import Loop, Outline, Statement

LOOPS = ("loops", "comprehensions", "recursion")
NESTED = re.compile(r"loops (\d+) deep")
OVER = re.compile(r"loops over (\w+)")
NAME = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*|@")
_MODULES = frozenset(["math", "cmath", "statistics", "itertools", "functools", "operator", "random", "self"])
_PRODUCTS = frozenset(["numpy.matmul", "numpy.dot"])  # `@` by other names
_HIDING_PARTS = frozenset(["__dict__", "__code__", "__globals__", "attrgetter", "setattr", "delattr"])
_HIDING = frozenset(
    {"eval", "exec", "compile", "__import__", "getattr", "globals", "vars", "locals", "__builtins__", "importlib"}
)


class Found(NamedTuple):
    """A ban that was broken, and on which line; `sure` is false if only a person can tell."""

    ban: Ban
    line: int
    sure: bool = True


def broken(bans: tuple[Ban, ...], outline: Outline, name: str, arguments: tuple[str, ...]) -> list[Found]:
    """The bans that a function and all that it calls break; of a snippet, which has no name, everything counts."""
    reached = _reached(outline, name)
    found = [one for ban in bans if (one := _first(ban, reached, outline, name, arguments)) is not None]
    uses = [(use, line) for one in reached for use, line in one.uses if _hides(use)]
    if not found and uses and any(NAME.fullmatch(ban.what) and ban.what not in LOOPS for ban in bans):
        found.append(Found(Ban(uses[0][0], bans[0].credit), uses[0][1], sure=False))
    return found


def _hides(use: str) -> bool:
    """Whether a name can bring in any other: `eval`, `np.__dict__`, `sys.modules`."""
    parts = use.split(".")
    return parts[0] in _HIDING or bool(_HIDING_PARTS & {*parts}) or use.startswith(("sys.modules", "builtins."))


def _reached(outline: Outline, name: str) -> list[Statement]:
    """The function, and what it uses of the file, directly or through others."""
    if not name:
        return list(outline.statements)
    waiting, seen = [name], dict[str, Statement]()
    while waiting:
        one = waiting.pop()
        statement = outline.find(one)
        if statement is not None and one not in seen:
            seen[one] = statement
            waiting += statement.reads
    return [one for one in seen.values() if not one.what.startswith("Import")]


def _first(ban: Ban, reached: list[Statement], outline: Outline, name: str, arguments: tuple[str, ...]) -> Found | None:
    if ban.what == "recursion":
        cycles = [one for one in reached if one.what == "FunctionDef" and one in _below(outline, one)]
        return Found(ban, cycles[0].first) if cycles else None
    if ban.what in LOOPS or NESTED.fullmatch(ban.what) or OVER.fullmatch(ban.what):
        return _loop(ban, reached, name, arguments)
    for one in reached:
        for use, line in one.uses:
            if use == ban.what or use.startswith(f"{ban.what}.") or use.endswith(f".{ban.what}"):
                return Found(ban, line)
            if use == "@" and ban.what in _PRODUCTS:
                return Found(ban, line)
    return _method(ban, reached)


def _method(ban: Ban, reached: list[Statement]) -> Found | None:
    """`A.dot(B)` where numpy.dot is forbidden: whether A is an array, a person must say."""
    module, _, last = ban.what.rpartition(".")
    for one in reached:
        for use, line in one.uses:
            if module == "numpy" and use.endswith(f".{last}") and use.partition(".")[0] not in _MODULES:
                return Found(ban, line, sure=False)
    return None


def _below(outline: Outline, statement: Statement) -> list[Statement]:
    return [one for name in statement.reads if outline.find(name) is not None for one in _reached(outline, name)]


def _loop(ban: Ban, reached: list[Statement], name: str, arguments: tuple[str, ...]) -> Found | None:
    over, nested = OVER.fullmatch(ban.what), NESTED.fullmatch(ban.what)
    for one in reached:
        for loop in one.loops:
            if over is not None:
                if name not in one.binds and loop.over:  # a helper: which argument it is given is not followed
                    return Found(ban, loop.line, sure=False)
                if _argument(one, over[1], arguments) in loop.over:
                    return Found(ban, loop.line)
            elif _counts(loop, ban.what, int(nested[1]) if nested else 0):
                return Found(ban, loop.line)
    return None


def _counts(loop: Loop, what: str, depth: int) -> bool:
    if depth:
        return loop.depth >= depth
    return loop.kind == "comprehension" if what == "comprehensions" else True


def _argument(statement: Statement, wanted: str, arguments: tuple[str, ...]) -> str:
    """What the student calls an argument of the rubric: the one in the same place."""
    place = arguments.index(wanted) if wanted in arguments else -1
    return statement.arguments[place] if 0 <= place < len(statement.arguments) else wanted
