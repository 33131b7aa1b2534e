"""The student's view of a hand-in on a terminal: how it was read, what is right, hints; never the key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from textwrap import wrap

from grader.model.results import Evidence, GradedSubmission, Status
from grader.report.clean import clean, one_line, ticked, width
from grader.report.excerpt import COLUMNS, excerpts
from grader.report.phrases import SYMBOLS, again, notes, points, total, undecided
from grader.report.report import Report
from grader.report.sections import Section, section
from grader.report.sentences import STATUS_WORDS

Paint = Callable[[str, Status], str]
_STEP = "    "


def uncoloured(text: str, _status: Status) -> str:
    """No colour."""
    return text


def view(graded: GradedSubmission, paint: Paint = uncoloured, columns: int = COLUMNS) -> str:
    """One submission in lines of `columns`; `paint` may colour the words that say a status."""
    lines = [f"Hand-in {one_line(graded.submission)}, rubric {one_line(graded.rubric)}", ""]
    for remark in notes(graded, ticked, one_line):
        lines += paragraph(f"! {remark}", "  ", columns)
    if graded.notes:
        lines.append("")
    for mark in graded.marks:
        lines += [*_section(section(mark, ticked, one_line), "", paint, columns), ""]
    lines += paragraph(f"Score: {total(graded)}", "", columns)
    for words, ids in (("Look again at", again(graded)), ("For a person", undecided(graded))):
        if ids:
            lines += paragraph(f"{words}: {', '.join(map(one_line, ids))}", "", columns)
    return "\n".join(lines) + "\n"


def _section(one: Section, indent: str, paint: Paint, columns: int) -> Iterator[str]:
    verdict = paint(f"{SYMBOLS[one.status]} {STATUS_WORDS[one.status]}", one.status)
    yield f"{indent}{one_line(one.title)}  {verdict}  {points(one.points, one.max)}"
    indent += _STEP
    yield from quoted(one.evidence, indent, columns)
    if one.read_as:
        yield from paragraph(f"read as: {one_line(one.read_as, 400)}", indent, columns)
    for sentence in one.sentences:
        yield from paragraph(sentence, indent, columns)
    if one.hint:
        yield from paragraph(f"hint: {one.hint}", indent, columns)
    if one.expected:
        yield from paragraph(f"expected: {one_line(one.expected)}", indent, columns)
    for below in one.below:
        yield from _section(below, indent, paint, columns)


def quoted(evidence: tuple[Evidence, ...], indent: str, columns: int = COLUMNS, whole: bool = False) -> Iterator[str]:
    """The student's lines behind a bar, file and line number before the first; a few of them, or the whole."""

    def start(file: str, line: int) -> str:
        return f"{indent}{one_line(file, 40)}:{line} | "

    room = columns - max((width(start(one.file, one.line)) for one in evidence), default=0)
    for one in excerpts(evidence, room, whole):
        lead = start(one.file, one.line)
        for text in one.text.split("\n"):
            yield f"{lead}{text}".rstrip()
            lead = " " * (width(lead) - 2) + "| "


def paragraph(text: str, indent: str, columns: int = COLUMNS) -> Iterator[str]:
    """Text in lines of a width; its own line ends stay."""
    for line in clean(text).strip().split("\n"):
        room = max(columns - len(indent), 20)
        yield from (f"{indent}{row}" for row in wrap(line, room, subsequent_indent="  ") or [""])


def _render(many: tuple[GradedSubmission, ...]) -> str:
    return "\n".join(map(view, many))


REPORT = Report("terminal", ".txt", _render)
