"""What of a snippet its answer comes from; what only looks at it, or at something else, is not a part of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from grader.programs.bindings import Bindings
from grader.programs.outlines import Outline
from grader.programs.reach import Reach, Reached
from grader.programs.source import Program


def behind(reach: Reach, file: int, results: tuple[str, ...], given: Collection[str] = ()) -> list[Reached]:
    """All from which the names of a snippet come, and, less surely, what else runs and may change something.

    `given` are the names that the question gives. A snippet in which something gives a value by another way than a
    statement at its top counts as a whole, without the functions that it does not come to: answers to other questions.
    """
    own = reach.files[file]
    results = tuple([_as_written(name, own) for name in results])
    if not results or not all(own.taken(name) for name in results):
        run = [statement for statement in own.statements if statement.what not in _FUNCTIONS]
        all_run = {id(one.statement): one for statement in run for one in reach.from_statement(file, statement)}
        return list(all_run.values()) if results and all_run else reach.of(file, "")
    found = {id(one.statement): one for name in results for one in reach.of(file, name)}
    read = {name for one in found.values() for name in (*one.statement.reads, *one.statement.binds)} | {*results}
    last = {one.first for name in read for one in own.taken(name)}
    known = {*given, *(name for one in own.statements for name in (*one.binds, *one.gives))}
    for statement in own.statements:
        gives = read & {*statement.binds, *statement.gives}
        nowhere = not own.stars and not known >= {*statement.unknown}  # `pd.read_csv(...)` without an import
        ended = statement.what in _AT_ONCE and (nowhere or id(statement) in own.failed)  # and gave nothing
        if statement.first in last or ((statement.looks or ended or statement.guards) and not gives):
            continue
        for one in reach.from_statement(file, statement):
            found.setdefault(id(one.statement), one._replace(sure=False))
    return list(found.values())


def _as_written(name: str, own: Bindings) -> str:
    """A name, or the one that the file has in its place: `RMSE` for `rmse`."""
    alike = [one for one in own.binding if one.casefold() == name.casefold()]
    return name if own.taken(name) or len(alike) != 1 else alike[0]


_FUNCTIONS = ("FunctionDef", "AsyncFunctionDef")
_AT_ONCE = ("Assign", "AnnAssign", "Expr")


def named_in_functions(program: Program, outlines: Sequence[Outline], results: Sequence[str]) -> tuple[str, ...]:
    """The results of a snippet that get their values in a function that is a snippet of its own, as in a `main()`.

    What a function with arguments gives back is looked at by itself.
    """
    found: list[str] = []
    for statement in (one for outline in outlines for one in outline.statements if one.what in _FUNCTIONS):
        lines = [program.line(number) for number in range(statement.first + 1, statement.last + 1)]
        if statement.arguments and any(_RETURNS.match(line) for line in lines):
            continue
        found += [name for name in results if any(re.match(_GIVEN.format(re.escape(name)), line) for line in lines)]
    return tuple(dict.fromkeys(found))


_GIVEN = r"(?:\w+\s*,\s*)*{0}\s*(?:,[^=\n]*)?=(?!=)"
_RETURNS = re.compile(r"return\s+\S")
