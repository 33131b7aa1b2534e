"""feedback/<submission>.md: what a student gets back. Foreign text is only ever code."""

from __future__ import annotations

from collections.abc import Iterator

from grader.model.results import GradedSubmission, Mark
from grader.report.clean import clean, code_block, code_span, markdown_text, one_line
from grader.report.excerpt import excerpts
from grader.report.phrases import NOT_YET, notes, points, total, why
from grader.report.report import Report
from grader.report.sentences import STATUS_WORDS


def page(graded: GradedSubmission) -> str:
    """The feedback of one submission."""
    lines = [f"# Feedback for {markdown_text(graded.submission)}", ""]
    lines += [f"Rubric: {markdown_text(graded.rubric)}  ", f"Score: **{total(graded)}**", ""]
    remarks = notes(graded, quote=code_span)
    if remarks:
        lines += ["About the hand-in:", "", *(f"- {remark}" for remark in remarks), ""]
    for mark in graded.marks:
        lines += _section(mark, 2, f"{points(mark)} ({STATUS_WORDS[mark.status]})")
    return "\n".join(lines).rstrip("\n") + "\n"


def _section(mark: Mark, level: int, verdict: str) -> Iterator[str]:
    yield f"{'#' * min(level, 6)} {markdown_text(mark.id)}: {verdict}"
    yield ""
    for one in excerpts(mark.evidence):
        yield f"Your words, {code_span(one.file)}, line {one.line}:"
        yield ""
        yield code_block(one.text)
        yield ""
    if mark.read_as:
        yield f"Read as: {code_span(mark.read_as)}"
        yield ""
    for paragraph in _paragraphs(mark):
        yield paragraph
        yield ""
    for part in mark.parts:
        # A part has a weight, not points: only its status means something to a student.
        yield from _section(part, level + 1, STATUS_WORDS[part.status])


def _paragraphs(mark: Mark) -> Iterator[str]:
    """Sentences; then the instructor's own help, which may be Markdown and is left as written."""
    yield from map(clean, why(mark, quote=code_span))
    if mark.status in NOT_YET:
        if mark.hint:
            yield f"Hint: {clean(mark.hint)}"
        if mark.explain:
            yield clean(mark.explain)
    if mark.reveal and mark.expected:
        yield f"Expected: {code_span(one_line(mark.expected))}"


def _render(many: tuple[GradedSubmission, ...]) -> str:
    return "\n".join(map(page, many))


REPORT = Report("markdown", ".md", _render)
