"""What a careful marker gives for numbers with units and in forms: the tables of golden/numbers."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest

from grader.grade import grade, lint, parse_rubric
from grader.model.documents import Submission
from grader.model.results import Mark, Status
from grader.prepare.parts import PreparedRubric
from grader.read import READERS

FOLDER = Path(__file__).parent / "golden" / "numbers"
SECTION = re.compile(r"^## (?P<title>[^\n]+)\n\n```yaml\n(?P<rubric>.*?)```\n\n(?P<rows>(?:\|[^\n]*\n?)+)", re.M | re.S)
COLUMNS = ["answer", "expected status", "credit", "why", "remark"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, and the rubric above it."""

    title: str
    rubric: str
    answer: str
    status: Status
    credit: Fraction | None
    why: str


def rows() -> Iterator[Row]:
    """Every row of every table."""
    for path in sorted(FOLDER.glob("*.md")):
        for section in SECTION.finditer(path.read_text(encoding="utf-8")):
            lines = section["rows"].splitlines()
            head, _, *body = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]
            assert head == COLUMNS, path.name
            for answer, status, credit, why, _ in body:
                known = Fraction(credit) if credit else None
                yield Row(section["title"], section["rubric"], answer.strip("`"), Status(status), known, why)


ROWS = list(rows())


def rubric_of(fields: str) -> PreparedRubric:
    """A rubric of one question."""
    return parse_rubric(f"questions:\n  q:\n    points: 1\n{textwrap.indent(fields, '    ')}", "golden")


def mark_of(fields: str, answer: str) -> Mark:
    """The mark of an answer in a file of its own."""
    document = READERS.load("markdown").read(answer, "answer.md")
    graded = grade(rubric_of(fields), Submission("answer", (document,)))
    assert graded.log == ()
    return graded.marks[0]


def reasons(mark: Mark) -> set[str]:
    """The ids of all reasons of a mark and its parts."""
    return {reason.id for reason in mark.reasons} | {id for part in mark.parts for id in reasons(part)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.title}: {row.answer}")
def test_a_careful_marker_agrees(row: Row) -> None:
    """Status and credit are a careful marker's, and what went wrong, or is not clear, has the name given for it."""
    mark = mark_of(row.rubric, row.answer)
    found = (mark.status, mark.credit)
    assert found == (row.status, row.credit), f"{mark.read_as!r}, {reasons(mark)}"
    assert not row.why or row.why in reasons(mark), reasons(mark)
    if row.status in (Status.PARTIAL, Status.WRONG) and row.why:
        assert row.why in mark.mistakes


@pytest.mark.parametrize("fields", list(dict.fromkeys(row.rubric for row in ROWS)))
def test_the_reference_is_right(fields: str) -> None:
    """Each rubric of the tables gives its own reference full marks, and a blank nothing."""
    assert [result for result in lint(rubric_of(fields)) if not result.ok] == []


def test_there_are_enough_rows() -> None:
    """The tables are read whole."""
    assert len(ROWS) >= 130
    assert {row.status for row in ROWS} == {Status.RIGHT, Status.PARTIAL, Status.WRONG, Status.REVIEW}
