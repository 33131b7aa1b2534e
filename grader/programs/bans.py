"""What a program must not use, told by its syntax tree."""

from __future__ import annotations

import cmath
import math
import re
import sys
from collections.abc import Iterator, Mapping, Sequence

import numpy

from grader.model.records import NamedTuple
from grader.programs.cases import Ban
from grader.programs.numpy_names import is_aside, names_of
from grader.programs.outlines import Loop, Outline, Statement
from grader.programs.reach import Reach, Reached
from grader.sandbox.outline import MORE
from grader.sandbox.rounds import OPEN

LOOPS = ("loops", "comprehensions", "recursion")
NESTED = re.compile(r"loops (\d+) deep")
OVER = re.compile(r"loops over (\w+)")
NAME = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*|@")
_MODULES = frozenset(["math", "cmath", "statistics", "itertools", "functools", "operator", "random", "scipy", "self"])
_MATRICES = frozenset(["numpy.matrix", "numpy.asmatrix", "numpy.mat", "numpy.bmat"])
_PRODUCTS = frozenset(["numpy.matmul", "numpy.dot"])  # `@` by other names
_HIDING_PARTS = frozenset(
    "__dict__ __code__ __globals__ __getattribute__ __builtins__ __subclasses__ attrgetter methodcaller setattr "
    "delattr FunctionType CodeType".split()
)
_RUNNING = frozenset(["eval", "exec", "compile", "runpy", "marshal", "FunctionType", "CodeType"])  # hides loops too
_HIDING = _RUNNING | frozenset(["__import__", "getattr", "globals", "vars", "locals", "importlib", "pickle", "pkgutil"])
_INNER = ("sys.modules", "builtins.", "numpy.core.", "numpy._core.", "inspect.", "gc.", "ctypes.")
_ANYWHERE = ("builtins.", "sys.modules")  # changed at the top of a file, every function has it


class Found(NamedTuple):
    """A ban that was broken, and on which line; `sure` is false if only a person can tell."""

    ban: Ban
    line: int
    sure: bool = True


class Asked(NamedTuple):
    """The function that is looked at: its file and name, empty for a snippet, and the rubric's arguments.

    `known` are names that it is given beside these, `imports` what those of them stand for that were forgotten to be
    imported.
    """

    file: int
    name: str
    arguments: tuple[str, ...]
    known: frozenset[str] = frozenset()
    imports: Mapping[str, str] = {}


def broken(bans: tuple[Ban, ...], outlines: tuple[Outline, ...], names: tuple[str, ...], asked: Asked) -> list[Found]:
    """The bans that a function and all that it reaches break; of a snippet, which has no name, everything counts."""
    reach = Reach(outlines, names)
    reached = reach.of(asked.file, asked.name)
    found = [one for ban in bans if (one := _first(ban, reached, reach, asked)) is not None]
    found += _supplied(tuple(ban for ban in bans if ban not in [one.ban for one in found]), reached, outlines, asked)
    if not any(one.sure for one in found):
        found += [one for ban in bans if (one := _hidden(ban, reached, outlines)) is not None][:1]
        if not found and not all(map(_is_loop, bans)):
            found += filter(None, [_from_elsewhere(bans[0], reached, outlines, asked, names)])
    if not found:
        given = (_handed_on(ban, outlines) for ban in bans if not _is_loop(ban))
        found += [one for one in given if one is not None][:1]
    if not found and reach.lost:
        found.append(Found(bans[0], 1, sure=False))
    if any(one.sure and not one.ban.credit for one in found):
        return [one for one in found if one.sure]  # nothing is left for a person to decide
    return found


def _first(ban: Ban, reached: list[Reached], reach: Reach, asked: Asked) -> Found | None:
    if ban.what == "recursion":
        return _recursion(ban, reached, reach)
    if _is_loop(ban):
        found = _loop(ban, reached, asked)
        again = _recursion(ban, reached, reach) if ban.what == "loops" and found is None else None
        return found if again is None else again._replace(sure=False)  # once for each element it is a loop, too
    names = names_of(ban.what)
    for one in reached:
        for use, line in _without_exceptions(one.statement.uses):
            if any(use == name or use.startswith(f"{name}.") or use.endswith(f".{name}") for name in names):
                return Found(ban, line)
            if use == "@" and ban.what in _PRODUCTS:
                return Found(ban, line)
    return _method(ban, reached)


def _without_exceptions(uses: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """The uses without those that only name an exception: `raise np.linalg.LinAlgError` computes nothing."""
    named = {line for use, line in uses if use.startswith(_EXCEPTION)}
    named -= {line for use, line in uses if use.startswith("numpy.linalg.") and not use.startswith(_EXCEPTION)}
    return [(u, line) for u, line in uses if line not in named or not (_EXCEPTION.startswith(u) or _EXCEPTION in u)]


_EXCEPTION = "numpy.linalg.LinAlgError"


def _supplied(
    bans: tuple[Ban, ...], reached: list[Reached], outlines: tuple[Outline, ...], asked: Asked
) -> Iterator[Found]:
    """What is forbidden and was used without an import, `inv(A)`: the import that was given in its place counts.

    Where a statement of the program gives the name a value as well, which of the two is used a person must say.
    """
    bound = {name for outline in outlines for statement in outline.statements for name in statement.binds}
    uses = [(name, one.statement.first) for one in reached for name in one.statement.unknown]
    uses += [use for one in reached for use in one.statement.uses]
    for ban in bans:
        for use, line in uses if asked.imports else ():
            head, dot, rest = use.partition(".")
            meant = f"{asked.imports.get(head, '')}{dot}{rest}"
            if head in asked.imports and f"{meant}.".startswith(f"{ban.what}."):
                yield Found(ban, line, sure=head not in bound)
                break


def _is_loop(ban: Ban) -> bool:
    return ban.what in LOOPS or bool(NESTED.fullmatch(ban.what) or OVER.fullmatch(ban.what))


def _hidden(ban: Ban, reached: list[Reached], outlines: tuple[Outline, ...]) -> Found | None:
    """Where what is forbidden may stand unseen: `eval`, `np.__dict__`, `np` itself given to a function."""
    every = [statement for outline in outlines for statement in outline.statements]
    for statement in every:
        if statement.uses and statement.uses[0][0] == MORE:
            return Found(ban, statement.first, sure=False)
    modules = {module for statement in every for module in statement.imports if is_aside(module)}
    for one in reached:
        for use, line in one.statement.uses:
            foreign = not _is_loop(ban) and any(f"{use}.".startswith(f"{module}.") for module in modules)
            if foreign or _hides(use, ban):
                return Found(Ban(use.removesuffix(".*"), ban.credit), line, sure=False)
    for statement in () if _is_loop(ban) else every:
        for use, line in statement.uses if {"builtins", "sys"} & {*statement.touches} else ():
            if use.startswith(_ANYWHERE):
                return Found(Ban(use, ban.credit), line, sure=False)
    return None


def _handed_on(ban: Ban, outlines: tuple[Outline, ...]) -> Found | None:
    """Where what is forbidden is put aside or given away: `heappush(h, np.linalg.qr)`, whatever takes it from there."""
    for statement in (statement for outline in outlines for statement in outline.statements):
        for use, line in statement.uses:
            if use[:1] == "=" and (use[1:] == ban.what or use.startswith(f"={ban.what}.")):
                return Found(ban, line, sure=False)
    return None


def _from_elsewhere(
    ban: Ban, reached: list[Reached], outlines: tuple[Outline, ...], asked: Asked, files: tuple[str, ...]
) -> Found | None:
    """What the text does not show: names that nothing gives a value, put in by `globals()`, and modules that run
    text."""
    every = [statement for outline in outlines for statement in outline.statements]
    for statement in every:
        for use, line in statement.uses:
            if use.partition(".")[0] in _PUTTING:
                return Found(Ban(use, ban.credit), line, sure=False)
    bound = {name for statement in every for name in statement.binds} | {*asked.arguments} | asked.known
    starred = {module for statement in every if "*" in statement.binds for module in statement.imports}
    for module in starred:
        bound |= {*dir(_STARRED[module])} if module in _STARRED else set()
    own = {part for name in files for part in re.split(r"[/\\.]", name)} | {"hand_in", ""}
    own -= sys.stdlib_module_names  # `import pydoc` in a file of that name means the library
    imported = {module.partition(".")[0] for statement in every for module in statement.imports}
    foreign = imported - _PLAIN_MODULES - own
    for one in reached:
        unknown = set() if starred - _STARRED.keys() else {*one.statement.unknown} - bound - _MODULE_NAMES
        if unknown:
            return Found(Ban(min(unknown), ban.credit), one.statement.first, sure=False)
        for use, line in one.statement.uses:
            if use.partition(".")[0] in foreign or use.startswith(_RUNNING_TEXT):
                return Found(Ban(use.removesuffix(".*"), ban.credit), line, sure=False)
    return None


_STARRED = {"numpy": numpy, "math": math, "cmath": cmath, "numpy.linalg": numpy.linalg}
_PUTTING = frozenset(["globals", "vars", "locals", "exec", "eval", "__import__", "runpy", "importlib"])
_RUNNING_TEXT = ("logging.config", "typing.get_type_hints")
_MODULE_NAMES = frozenset(["__name__", "__file__", "__doc__", "__package__", "__builtins__"])
_PLAIN_MODULES = frozenset(
    "numpy scipy math cmath random statistics itertools functools operator collections typing time copy dataclasses abc"
    " enum fractions decimal numbers string re heapq bisect warnings matplotlib pandas sympy sklearn torch seaborn tqdm"
    " __future__ contextlib textwrap pprint array sys os json pathlib io datetime logging builtins types inspect gc"
    " ctypes pickle pkgutil marshal importlib runpy jax numba".split()
)


def _hides(use: str, ban: Ban) -> bool:
    parts, module = use.split("."), ban.what.rpartition(".")[0]
    if parts[0] in _RUNNING or (parts[0] in ("builtins", "types") and parts[-1] in _RUNNING):
        return True
    if _is_loop(ban):
        return False
    if module and use.endswith(".*") and f"{module}.".startswith(use[:-1]):
        return True
    inside = parts[1:] if parts[0] == "numpy" else []
    if any(part in ("np", "numpy") or (part[:1] == "_" and part[:2] != "__") for part in inside):
        return True  # np.linalg._linalg.inv, numpy by way of one of its own files
    return parts[0] in _HIDING or bool(_HIDING_PARTS & {*parts}) or use.startswith(_INNER)


def _method(ban: Ban, reached: list[Reached]) -> Found | None:
    """`A.dot(B)` where numpy.dot is forbidden: whether A is an array, a person must say; and what a matrix inverts."""
    module, _, last = ban.what.rpartition(".")
    inverts = ban.what in ("numpy.linalg", "numpy.linalg.inv")  # np.matrix(M).I, np.asmatrix(M) ** -1
    for one in reached:
        for use, line in _without_exceptions(one.statement.uses):
            if inverts and (use in _MATRICES or use.endswith(".I")):
                return Found(ban, line, sure=False)
            if module == "numpy" and use.endswith(f".{last}") and use.partition(".")[0] not in _MODULES:
                return Found(ban, line, sure=False)
    return None


def _recursion(ban: Ban, reached: list[Reached], reach: Reach) -> Found | None:
    for one in reached:
        for loop in one.statement.loops:
            if loop.kind == "recursion":
                return Found(ban, loop.line)
        if one.statement.what == "FunctionDef" and one.statement in reach.below(one.file, one.statement):
            return Found(ban, one.statement.first)
    return None


# -- loops -----------------------------------------------------------------------------------------------------


def _loop(ban: Ban, reached: list[Reached], asked: Asked) -> Found | None:
    over, nested = OVER.fullmatch(ban.what), NESTED.fullmatch(ban.what)
    unsure: Found | None = None
    for one in reached:
        statement = one.statement
        for loop in statement.loops:
            if loop.kind == "recursion":
                continue
            if loop.kind == "hidden" and ban.what == "comprehensions":
                continue
            if loop.kind == "hidden":  # how often the function is called, and to what end, a person must say
                unsure = unsure or Found(ban, loop.line, sure=False)
            elif over is not None or nested is not None:
                found = _nested(ban, loop, one, int(nested[1])) if nested else _over(ban, loop, statement, asked)
                if found is not None and found.sure:
                    return found
                unsure = unsure or found
            elif ban.what == "loops" or loop.kind == "comprehension":
                return Found(ban, loop.line)
    return unsure


def _over(ban: Ban, loop: Loop, statement: Statement, asked: Asked) -> Found | None:
    """Which argument a helper is given is not followed; nor which axis an array has that was computed."""
    if asked.name not in statement.binds:
        return Found(ban, loop.line, sure=False) if loop.over else None
    name = _argument(statement, ban.what.removeprefix("loops over "), asked.arguments)
    if name in loop.over:
        return Found(ban, loop.line)
    return Found(ban, loop.line, sure=False) if f"{name}{OPEN}" in loop.over else None


def _nested(ban: Ban, loop: Loop, one: Reached, depth: int) -> Found | None:
    """Loops around a call count for what is called; which method of a class is called cannot be seen."""
    if loop.depth >= depth:
        return Found(ban, loop.line)
    if loop.depth + one.depth >= depth:
        return Found(ban, loop.line, sure=one.statement.what != "ClassDef")
    return Found(ban, loop.line, sure=False) if loop.kind == "axes" else None


def _argument(statement: Statement, wanted: str, arguments: tuple[str, ...]) -> str:
    """What the student calls an argument of the rubric: the same name, or else the one in the same place."""
    if wanted in statement.arguments:
        return wanted  # f(C, X) for f(X, C)
    place = arguments.index(wanted) if wanted in arguments else -1
    return statement.arguments[place] if 0 <= place < len(statement.arguments) else wanted
