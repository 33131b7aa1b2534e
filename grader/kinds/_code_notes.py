"""What is said of lines of a program: which it is, and what of it was left out or failed beside the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.kinds._code_cases import error_words, known_error, lacking
from grader.kinds.kind import View, remark
from grader.model.results import Reason
from grader.programs.cases import Task
from grader.programs.outlines import Broken, Outline, Statement
from grader.programs.scores import Scored
from grader.programs.source import Program
from grader.programs.trials import Tried
from grader.sandbox.values import Limit

_MOST_REMARKS = 3
_LONGEST = 100  # characters of a line that is quoted
_NEWER = re.compile(  # PEP 695, type parameters; PEP 701, quotes inside formatted strings; PEP 750, t"..."
    r"^\s*type\s+\w+(\[[^\]]*\])?\s*=|^\s*(async\s+)?(def|class)\s+\w+\s*\[[^\]]*\]|\b[fF][rR]?([\"']).*\{.*\4.*\}|\bt[\"']"
)
# What a piece that does not parse would have given a value.
_DEFINES = re.compile(r"^\s*(?:async\s+)?(?:def|class|for)\s+(\w+)|^\s*(\w+(?:\s*,\s*\w+)*)\s*=(?!=)", re.MULTILINE)
_IMPORTS = re.compile(r"^\s*(?:from|import)\b[^\n]*", re.MULTILINE)
_WORD = re.compile(r"\w+")


def shown_line(program: Program, line: int) -> str:
    """A line by its words: its number is that of all files together."""
    words = program.line(line)
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"


def line_facts(program: Program | None, line: int, view: View) -> dict[str, str]:
    """The number of a line as the student counts, where that is certain, and its words."""
    if program is None:
        return {"line": "a line", "where": ""}
    own = _number(program, line, view) or program.file(line) or "the line"
    return {"line": own, "where": shown_line(program, line)}


def _number(program: Program, line: int, view: View) -> str:
    place, document = program.place(line), view.answer.document
    if place is None:
        return ""
    start, _ = document.origin(view.base + place[0], view.base + place[1])
    at = document.place(min(start, max(0, len(document.original) - 1)))
    if program.line(line) not in document.line_at(start):
        return ""  # a block of which only the whole is known to stand there
    return f"{at.sheet}, line {at.line}" if at.sheet else f"line {at.line}"


def is_newer(program: Program, piece: Broken) -> bool:
    """Whether a piece that does not parse may be one of a later version of Python than runs here."""
    if _NEWER.search(program.line(piece.line)):
        return True
    numbers = range(piece.first, piece.last + 1) if piece.message.startswith("f-string") else ()
    return any(_NEWER.search(program.line(number)) for number in numbers)  # which line it is the parser does not say


def notes(task: Task, tried: Tried, scored: Scored) -> Iterator[Reason]:
    """What of the program was left out, and what failed beside the answer, where that may matter to it."""
    if tried.overwritten:
        yield remark("given-overwritten", found=", ".join(tried.overwritten))
    if scored.attempt.way.definitions:
        top = scored.attempt.top
        if top is None or top.limit is Limit.TIME:
            yield remark("top-left-out")
        else:
            yield remark("top-ended", message=top.words)
    if tried.program is None:
        return
    outline = tried.outlines[scored.attempt.way.file]
    all_right = all(verdict.right for verdict in scored.verdicts)
    needed = frozenset[str]() if all_right else _needed(outline, scored.attempt.way.owner or scored.attempt.way.name)
    yield from _pieces(task, tried.program, outline, needed)
    yield from _failures(task, tried.program, outline, scored, needed)


def _needed(outline: Outline, name: str) -> frozenset[str]:
    """The names that a function reads, and those that these need in turn."""
    found, waiting = set[str](), [name]
    reads: dict[str, list[str]] = {}
    for each in outline.statements:
        for bound in each.binds:
            reads.setdefault(bound, []).extend(each.reads)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += reads.get(one, [])
    return frozenset(found)


def _pieces(task: Task, program: Program, outline: Outline, needed: frozenset[str]) -> Iterator[Reason]:
    own = [one for one in outline.broken if program.place(one.first) is not None]
    for piece in [one for one in own if not task.function or _gives(program, piece=one) & needed][:_MOST_REMARKS]:
        first = shown_line(program, piece.first)
        if is_newer(program, piece):
            yield remark("piece-newer", found=first)
        else:
            yield remark("piece-not-parsed", found=first, message=piece.message)


def _gives(program: Program, piece: Broken) -> set[str]:
    """Names that a piece would have given a value: `if __name__ == "__main__": show(f(1))` gives none."""
    text = "\n".join(program.line(number) for number in range(piece.first, piece.last + 1))
    found = {name for one in _DEFINES.finditer(text) for name in _WORD.findall(one[1] or one[2])}
    return found | {name for line in _IMPORTS.findall(text) for name in _WORD.findall(line)}


def _failures(
    task: Task, program: Program, outline: Outline, scored: Scored, needed: frozenset[str]
) -> Iterator[Reason]:
    statements, name = outline.statements, scored.attempt.way.name
    for failure in scored.attempt.failures[:_MOST_REMARKS]:
        statement = statements[failure.number] if 0 <= failure.number < len(statements) else None
        if statement is None or program.place(statement.first) is None:  # what stands above is no part of it
            continue
        if not _matters(statement, task, name, needed):
            continue
        line, library = shown_line(program, statement.first), lacking(failure.raised, program)
        if library:
            yield remark("statement-lacks", where=line, found=library)
        else:  # a snippet has seen the hidden inputs, too
            error = error_words(failure.raised) if task.function or task.shown else known_error(failure.raised)
            yield remark("statement-failed", where=line, found=error)


def _matters(statement: Statement, task: Task, name: str, needed: frozenset[str]) -> bool:
    if task.function:
        return statement.concerns(name, needed)
    return not {*statement.binds} & {*task.results}  # that is the answer itself
