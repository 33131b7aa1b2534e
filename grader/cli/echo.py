"""`grader echo`: how a hand-in is read, which needs no key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from grader.model.answers import Echo
    from grader.model.documents import Document, Note, Submission

_LEFT_OUT = frozenset(
    {"struck-out", "question-repeated", "corrected", "code-left-out", "formula-left-out", "addresses-the-grader"}
)
_MOST_LEFT_OUT = 60  # characters of words that do not count


@click.command("echo")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--rubric", type=click.Path(path_type=Path), help="Locate the answers to the questions of this rubric.")
@click.option("--latex", "as_latex", is_flag=True, help="Write each reading as LaTeX.")
def command(file: Path, rubric: Path | None, as_latex: bool) -> None:
    """Show how FILE is read: the words of each question, by which clue they were found, and each reading.

    With --rubric also: other places that claim a question, words that belong to none, questions not found. The key is
    neither needed nor shown; in a rubric for students each answer may be `review: true`.
    """
    from grader.batch.discover import single
    from grader.grade import echo, load_rubric, printer
    from grader.read import read_submission

    prepared = load_rubric(rubric) if rubric else None
    found = single(file)
    submission = read_submission(found.path, found.id)
    click.echo("\n".join(_lines(submission, echo(prepared, submission, printer("latex" if as_latex else "plain")))))


def _lines(submission: Submission, echoes: tuple[Echo, ...]) -> Iterator[str]:
    from grader.report.clean import one_line, ticked
    from grader.report.sentences import describe

    yield one_line(submission.id)
    for note in submission.notes:
        yield f"  ! {describe(note, quote=ticked, plain=one_line)}"
    for document in submission.documents:
        for note in document.notes:
            sentence = describe(note, quote=ticked, plain=one_line)
            yield f"  ! {ticked(document.name)}{_place(document, note)}: {sentence}"
    for one in echoes:
        yield ""
        yield from _answer(one)


def _place(document: Document, note: Note) -> str:
    if note.span is None:
        return ""
    place = document.place(document.origin(note.span.start, note.span.start)[0])
    return f", {place.sheet}, line {place.line}" if place.sheet else f", line {place.line}"


def _answer(one: Echo) -> Iterator[str]:
    """A question with its words."""
    from grader.cli.screen import columns
    from grader.report.clean import one_line

    if one.question and not one.clue:
        yield f"{one_line(one.question)}  not found"
        return
    if one.question:
        yield f"{one_line(one.question)}  found by {one.clue}"
    elif not one.clue:
        yield "Belongs to no question"
    yield from _words(one, "    ", columns())
    for rival in one.rivals:
        yield f"  also found by {rival.clue}:"
        yield from _words(rival, "    ", columns())


def _words(one: Echo, indent: str, columns: int) -> Iterator[str]:
    """Every line, every reading, and what was left out of the words."""
    from grader.report.clean import one_line, ticked
    from grader.report.sentences import describe
    from grader.report.terminal import paragraph, quoted

    yield from quoted(one.evidence, indent, columns, whole=True)
    if not one.evidence and one.clue:
        yield f"{indent}{_nothing(one)}"
    if one.evidence and one.question and not one.read_as:
        yield f"{indent}no number and no formula was read in it"
    for reading in one.read_as:
        yield from paragraph(f"read as: {one_line(reading, 400)}", indent, columns)
    for note in one.notes:
        sentence = describe(note, quote=ticked, plain=one_line)
        document, span = one.document, note.span
        place = _place(document, note).removeprefix(", ") if document else ""
        if document and span and note.id in _LEFT_OUT:
            sentence = f"{sentence} {ticked(one_line(document.text[span.start : span.stop], _MOST_LEFT_OUT))}"
        yield from paragraph(f"! {place}: {sentence}" if place else f"! {sentence}", indent, columns)


def _nothing(one: Echo) -> str:
    """A question that was found, and no words below it."""
    if any(note.id == "picture-not-read" for note in one.notes):
        return "no words are written here:"
    return "nothing is left to be marked:" if one.notes else "nothing is written here"
