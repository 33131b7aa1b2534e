"""The student's view of a hand-in on a terminal: how it was read, what is right, hints; never the key."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from grader.model.results import Evidence, GradedSubmission, Mark, Status
from grader.report.clean import clean, one_line, width
from grader.report.excerpt import excerpts
from grader.report.phrases import NOT_YET, SYMBOLS, notes, points, total, why
from grader.report.report import Report
from grader.report.sentences import STATUS_WORDS

Paint = Callable[[str, Status], str]


def plain(text: str, _status: Status) -> str:
    """No colour."""
    return text


def view(graded: GradedSubmission, paint: Paint = plain) -> str:
    """One submission; `paint` may colour the words that say a status."""
    lines = [f"{one_line(graded.submission)}, {one_line(graded.rubric)}", ""]
    lines += [f"  ! {remark}" for remark in notes(graded, quote=one_line)]
    if graded.notes:
        lines.append("")
    for mark in graded.marks:
        verdict = f"{SYMBOLS[mark.status]} {STATUS_WORDS[mark.status]}"
        lines.append(f"{one_line(mark.id)}  {paint(verdict, mark.status)}  {points(mark)}")
        lines += _body(mark, "    ", paint)
        lines.append("")
    lines.append(f"Score: {total(graded)}")
    return "\n".join(lines) + "\n"


def _body(mark: Mark, indent: str, paint: Paint) -> Iterator[str]:
    yield from quoted(mark.evidence, indent)
    if mark.read_as:
        yield f"{indent}read as: {one_line(mark.read_as)}"
    for sentence in why(mark, quote=one_line):
        yield from _indented(sentence, indent)
    if mark.hint and mark.status in NOT_YET:
        yield from _indented(f"hint: {mark.hint}", indent)
    if mark.reveal and mark.expected:
        yield f"{indent}expected: {one_line(mark.expected)}"
    for part in mark.parts:
        verdict = f"{SYMBOLS[part.status]} {STATUS_WORDS[part.status]}"
        yield f"{indent}{one_line(part.id)}  {paint(verdict, part.status)}"
        yield from _body(part, indent + "    ", paint)


def quoted(evidence: tuple[Evidence, ...], indent: str) -> Iterator[str]:
    """The student's lines behind a bar, file and line number before the first."""
    for one in excerpts(evidence):
        start = f"{indent}{one_line(one.file)}:{one.line} | "
        lead = " " * (width(start) - 2) + "| "
        for number, text in enumerate(one.text.split("\n")):
            yield f"{lead if number else start}{text}".rstrip()


def _indented(text: str, indent: str) -> Iterator[str]:
    for line in clean(text).strip().split("\n"):
        yield f"{indent}{line}"


def _render(many: tuple[GradedSubmission, ...]) -> str:
    return "\n".join(map(view, many))


REPORT = Report("terminal", ".txt", _render)
