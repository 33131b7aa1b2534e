"""What a careful marker gives each hand-in of homework 10: the tables of golden/homework10."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest

from grader.model.results import GradedSubmission, Mark, Status
from grader.prepare.parts import PreparedRubric

GOLDEN = Path(__file__).parent / "golden" / "homework10"
PARTS = 18
COLUMNS = ["part", "expected status", "credit band", "mistakes", "remark"]

# Rows in which the mark is checked, but not the name of what went wrong.
UNNAMED = frozenset({("s05", "2b"), ("s08", "2b"), ("s08", "4b"), ("s10", "2b")})


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    hand_in: str
    part: str
    statuses: frozenset[Status]
    low: Fraction
    high: Fraction
    mistakes: frozenset[str]


def rows_of(path: Path) -> list[Row]:
    """The rows of one table, whose head must be as agreed."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    head, _, *body = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert head == COLUMNS, path.name
    return [_row(path.stem, cells) for cells in body]


def _row(hand_in: str, cells: list[str]) -> Row:
    part, statuses, band, mistakes, _ = cells
    low, _, high = band.partition("-")
    wanted = frozenset(Status(word) for word in statuses.split(" or "))
    names = frozenset(name.strip("` ") for name in mistakes.replace(" or ", ",").split(",")) - {""}
    return Row(hand_in, part, wanted, Fraction(low), Fraction(high or low), names)


ROWS = [row for path in sorted(GOLDEN.glob("*.md")) for row in rows_of(path)]


def disagreements(row: Row, mark: Mark) -> list[str]:
    """What a careful marker would object to."""
    found = []
    if mark.status not in row.statuses:
        found.append(f"status {mark.status}, not {' or '.join(sorted(row.statuses))}")
    if mark.credit is not None and not row.low <= mark.credit <= row.high:
        found.append(f"credit {mark.credit}, not {row.low} to {row.high}")
    if row.mistakes and (row.hand_in, row.part) not in UNNAMED and not row.mistakes & set(mark.mistakes):
        found.append(f"mistakes {', '.join(mark.mistakes) or 'none'}, not {' or '.join(sorted(row.mistakes))}")
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.hand_in}-{row.part}")
def test_a_careful_marker_agrees(row: Row, marked: dict[str, GradedSubmission]) -> None:
    """Status and credit are a careful marker's, and what went wrong has one of the names given for it."""
    if row.hand_in not in marked:
        pytest.skip("this hand-in is not part of the repository")
    mark = next(mark for mark in marked[row.hand_in].marks if mark.id == row.part)
    found = disagreements(row, mark)
    if found:
        reasons = ", ".join(reason.id for reason in mark.reasons)
        pytest.fail(f"{'; '.join(found)}. Read as {mark.read_as!r} ({reasons}).", pytrace=False)


def test_the_tables_are_whole(homework: PreparedRubric) -> None:
    """Each hand-in has a table with a row for each question of the rubric, and each exception a row."""
    parts = [question.id for question, _ in homework.questions]
    assert len(parts) == PARTS
    by_hand_in = {path.stem: [row.part for row in ROWS if row.hand_in == path.stem] for path in GOLDEN.glob("*.md")}
    assert by_hand_in == dict.fromkeys(by_hand_in, parts)
    named = {(row.hand_in, row.part) for row in ROWS if row.mistakes}
    assert named >= UNNAMED


def test_every_hand_in_has_a_table(marked: dict[str, GradedSubmission]) -> None:
    """No hand-in of the repository is left unchecked."""
    assert {row.hand_in for row in ROWS} >= set(marked)


def test_every_mark_shows_the_students_words(marked: dict[str, GradedSubmission]) -> None:
    """A mark that is not blank quotes the hand-in: file, line, and that line's own text."""
    for graded in marked.values():
        for mark in graded.marks:
            assert mark.status is Status.BLANK or mark.evidence, (graded.submission, mark.id)
            assert all(item.file and item.line >= 1 and item.text.strip() for item in mark.evidence)
