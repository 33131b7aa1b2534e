"""What stands below an answer in its file and is missed by it: Python would find it when the function is called.

Of other questions' code only imports, functions, classes and constants that are written out are taken, and only those
whose names nothing above gives a value: nothing of it runs twice, and nothing of it can sink the answer.
"""

from __future__ import annotations

import builtins

from grader.programs.outlines import Outline, Statement
from grader.programs.source import Program

_KNOWN = frozenset(dir(builtins))
_DEFINING = ("FunctionDef", "AsyncFunctionDef", "ClassDef", "Import", "ImportFrom")


def missed(program: Program, outlines: tuple[Outline, ...], given: frozenset[str]) -> frozenset[str]:
    """Names that the file of an answer looks up, that nothing in it gives a value and that stand below it."""
    if not program.later:
        return frozenset()
    own = outlines[program.main].statements
    return frozenset(name for one in own for name in one.reads) - _bound(own) - _KNOWN - given


def _bound(statements: tuple[Statement, ...]) -> frozenset[str]:
    return frozenset(name for one in statements for name in one.binds)


def completed(program: Program, own: Outline, below: Outline, names: frozenset[str]) -> Program:
    """The program with what gives these names a value, and what that needs in turn, behind the end of its file."""
    kept = _needed(below.statements, names, _bound(own.statements))
    if not kept:
        return program
    lines, wanted = program.later.split("\n"), {n for one in kept for n in range(one.first, one.last + 1)}
    name, source = program.files[program.main]
    rest = [line if number in wanted else "" for number, line in enumerate(lines, 1)][source.count("\n") + 1 :]
    files = list(program.files)
    files[program.main] = (name, "\n".join([source, *rest]))
    return program._replace(files=tuple(files), later="")


def _needed(below: tuple[Statement, ...], names: frozenset[str], bound: frozenset[str]) -> tuple[Statement, ...]:
    """Statements in their order. `from numpy import *` is one of them where names are left that nothing else gives."""
    usable = [one for one in below if _defines(one, bound)]
    wanted, kept = set(names), list[Statement]()
    while more := [one for one in usable if one not in kept and not wanted.isdisjoint(one.binds)]:
        kept += more
        wanted |= {name for one in more for name in one.reads}
    stars = [one for one in usable if "*" in one.binds]
    left = wanted - _bound(tuple(kept)) - bound - _KNOWN
    return tuple(sorted([*kept, *(stars if left and "*" not in bound else ())], key=lambda one: one.first))


def _defines(one: Statement, bound: frozenset[str]) -> bool:
    """Whether it only defines, and nothing that is defined above: `import numpy as np, re` is the same again."""
    if one.what == "Import":
        return not bound.issuperset(one.binds)
    return (one.what in _DEFINING or one.plain) and bound.isdisjoint(one.binds)
