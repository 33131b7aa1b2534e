"""feedback/<submission>.md: what a student gets back. Foreign text is only ever code."""

from __future__ import annotations

from collections.abc import Iterator

from grader.model.results import GradedSubmission
from grader.report.clean import clean, code_block, code_span, markdown_text, one_line
from grader.report.excerpt import excerpts
from grader.report.numbers import shown
from grader.report.phrases import notes, points, total
from grader.report.report import Report
from grader.report.sections import Section, section
from grader.report.sentences import STATUS_WORDS


def page(graded: GradedSubmission) -> str:
    """The feedback of one submission."""
    lines = [f"# Feedback for {markdown_text(graded.submission)}", ""]
    lines += [f"Rubric: {markdown_text(graded.rubric)}  ", f"Score: **{total(graded)}**", ""]
    remarks = notes(graded, code_span, markdown_text)
    if remarks:
        lines += ["About the hand-in:", "", *(f"- {remark}" for remark in remarks), ""]
    for mark in graded.marks:
        lines += _section(section(mark, code_span, markdown_text), 2)
    lines += _sum(graded)
    return "\n".join(lines).rstrip("\n") + "\n"


def _section(one: Section, level: int) -> Iterator[str]:
    verdict = f"{points(one.points, one.max)} ({STATUS_WORDS[one.status]})"
    yield f"{'#' * min(level, 6)} {markdown_text(one.title)}: {verdict}"
    yield ""
    for piece in excerpts(one.evidence):
        yield f"Your words, {code_span(piece.file)}, line {piece.line}:"
        yield ""
        yield code_block(piece.text)
        yield ""
    if one.read_as:
        yield f"Read as: {code_span(one.read_as)}"
        yield ""
    for paragraph in _paragraphs(one):
        yield paragraph
        yield ""
    for below in one.below:
        yield from _section(below, level + 1)


def _paragraphs(one: Section) -> Iterator[str]:
    """Sentences; then the instructor's own help, which may be Markdown and is left as written."""
    yield from map(clean, one.sentences)
    if one.hint:
        yield f"Hint: {clean(one.hint)}"
    if one.explain:
        yield clean(one.explain)
    if one.expected:
        yield f"Expected: {code_span(one_line(one.expected))}"


def _sum(graded: GradedSubmission) -> Iterator[str]:
    if len(graded.marks) < 2:
        return
    yield "## Sum"
    yield ""
    yield "| question | points | of | verdict |"
    yield "|---|---:|---:|---|"
    for mark in graded.marks:
        earned = "open" if mark.points is None else shown(mark.points)
        verdict = STATUS_WORDS[mark.status]
        yield f"| {markdown_text(mark.id)} | {earned} | {shown(mark.max)} | {verdict} |"
    yield f"| **sum** | **{shown(graded.score)}** | **{shown(graded.max)}** | |"
    yield ""


def _render(many: tuple[GradedSubmission, ...]) -> str:
    return "\n".join(map(page, many))


REPORT = Report("markdown", ".md", _render)
