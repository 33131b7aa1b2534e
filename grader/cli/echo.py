"""`grader echo`: how a hand-in is read, which needs no key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from grader.model.answers import Echo
    from grader.model.documents import Document, Note, Submission


@click.command("echo")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--rubric", type=click.Path(path_type=Path), help="Locate the answers to the questions of this rubric.")
def command(file: Path, rubric: Path | None) -> None:
    """Show how FILE is read: the questions found, by which clue, and each reading of an answer."""
    from grader.batch.discover import single
    from grader.grade import echo, load_rubric
    from grader.read import read_submission

    prepared = load_rubric(rubric) if rubric else None
    found = single(file)
    submission = read_submission(found.path, found.id)
    click.echo("\n".join(_lines(submission, echo(prepared, submission))))


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
    if not echoes:
        yield "  no question found"
    for one in echoes:
        yield ""
        yield from _answer(one)


def _place(document: Document, note: Note) -> str:
    if note.span is None:
        return ""
    place = document.place(document.origin(note.span.start, note.span.start)[0])
    return f", {place.sheet}, line {place.line}" if place.sheet else f", line {place.line}"


def _answer(one: Echo) -> Iterator[str]:
    from grader.cli.screen import columns
    from grader.report.clean import one_line, ticked
    from grader.report.sentences import describe
    from grader.report.terminal import paragraph, quoted

    if one.question:
        yield f"{one_line(one.question)}  found by {one.clue}"
    yield from quoted(one.evidence, "    ", columns())
    if not one.evidence:
        yield "    nothing is written here"
    for reading in one.read_as:
        yield from paragraph(f"read as: {one_line(reading, 400)}", "    ", columns())
    for note in one.notes:
        yield from paragraph(f"! {describe(note, quote=ticked, plain=one_line)}", "    ", columns())
