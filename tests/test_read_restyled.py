"""The same answers written in another format earn the same marks."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from restyle import as_answers, as_html, as_latex, as_notebook, as_plain, as_value

from grader.grade import grade
from grader.locate import locate
from grader.model.documents import Submission
from grader.model.results import GradedSubmission, Status
from grader.prepare.parts import PreparedRubric
from grader.read import READERS, read_submission

HAND_INS = sorted((Path(__file__).parents[1] / "submissions").iterdir())
NAMES = [path.stem for path in HAND_INS]
WRITERS = {
    "latex": ("latex", as_latex),
    "body": ("latex", lambda document: as_latex(document, whole=False)),
    "notebook": ("notebook", as_notebook),
    "html": ("html", as_html),
}
Marks = dict[str, tuple[Status, Fraction | None]]


def marks(graded: GradedSubmission) -> Marks:
    """Status and credit of each question."""
    return {mark.id: (mark.status, mark.credit) for mark in graded.marks}


def again(path: Path, reader: str, written: str, homework: PreparedRubric, suffix: str = "again") -> GradedSubmission:
    """The marks of a hand-in that was written again."""
    document = READERS.load(reader).read(written, f"{path.stem}.{suffix}")
    return grade(homework, Submission(path.stem, (document,)))


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("path", HAND_INS, ids=NAMES)
def test_every_format_earns_the_same(
    path: Path, writer: str, homework: PreparedRubric, marked: dict[str, GradedSubmission]
) -> None:
    """As LaTeX with a preamble and macros, as a mere body, and as a notebook, every mark stays what it is."""
    reader, write = WRITERS[writer]
    graded = again(path, reader, write(read_submission(path).documents[0]), homework)
    assert marks(graded) == marks(marked[path.stem])
    for mark in graded.marks:
        for item in mark.evidence:
            assert item.text.strip() and item.line >= 1
            assert item.column - 1 + item.width <= max(len(item.text), 1)
            assert bool(item.cell) == (writer == "notebook")


PLAIN_SAME = frozenset({"s01", "s02", "s05", "s07", "s08", "s09", "s10"})


@pytest.mark.parametrize("path", HAND_INS, ids=NAMES)
def test_plain_text_earns_the_same_or_waits(
    path: Path, homework: PreparedRubric, marked: dict[str, GradedSubmission]
) -> None:
    """As plain text with Unicode signs no mark becomes another one; at worst a person looks at it."""
    graded = again(path, "plain", as_plain(read_submission(path).documents[0]), homework)
    before, after = marks(marked[path.stem]), marks(graded)
    moved = {id for id in before if before[id] != after[id]}
    assert {after[id][0] for id in moved} <= {Status.REVIEW}
    assert not (moved and path.stem in PLAIN_SAME)


# s04 changes its mind within an answer; of rivals in s10, which wait for a person, only one comes into the file.
ANSWERS_SAME = frozenset(NAMES) - {"s04", "s10"}


@pytest.mark.parametrize("kind", ["yaml", "json", "csv"])
@pytest.mark.parametrize("path", HAND_INS, ids=NAMES)
def test_a_file_of_answers_earns_the_same_or_waits(
    path: Path, kind: str, homework: PreparedRubric, marked: dict[str, GradedSubmission]
) -> None:
    """The words of each answer as the value of its question: no mark becomes another one; at worst it waits."""
    located = locate(read_submission(path), homework.rubric)
    answers = {answer.question: as_value(answer.blocks) for answer in located.answers}
    graded = again(path, "answers", as_answers(answers, kind), homework, kind)
    before, after = marks(marked[path.stem]), marks(graded)
    moved = {id: (before[id], after[id]) for id in before if before[id] != after[id]}
    assert all(Status.REVIEW in (old, new) for (old, _), (new, _) in moved.values())
    assert not (moved and path.stem in ANSWERS_SAME)
