"""Answers that are not unique, as a teacher would mark them: the tables of golden/property, row by row."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from marked import GOLDEN, rows_of
from test_what_may_not_pass import mark_of

from grader.model.results import Status
from grader.report.sentences import explain

FOLDER = GOLDEN / "property"
ROW = re.compile(r"\| `(?P<answer>.*)` \| (?P<status>\w+) \| (?P<credit>[\d/]*) ?\| (?P<reason>[\w-]*) ?\|")


def cases() -> list[object]:
    """Every row of every table."""
    return [pytest.param(rubric, *row.groups(), id=name) for name, rubric, row in rows_of(FOLDER, ROW)]


CASES = cases()


@pytest.mark.parametrize(("rubric", "answer", "status", "credit", "reason"), CASES)
def test_marked_as_a_teacher_would(rubric: str, answer: str, status: str, credit: str, reason: str) -> None:
    """Status, credit and the first reason are those of the table, and the reason is a whole sentence."""
    mark = mark_of(rubric, answer)
    found = (mark.status, mark.credit, mark.reasons[0].id if mark.reasons else "")
    told = [explain(one) for one in mark.reasons]
    assert found == (Status(status), Fraction(credit) if credit else None, reason), (mark.read_as, told)
    assert not any(sentence.startswith("Remark") for sentence in told)


def test_enough_is_shown() -> None:
    """No section is passed over because of its form, and every kind of mark is there."""
    text = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md"))
    assert len(CASES) == len(re.findall(r"^\| `", text, re.M)) >= 100
    assert {case.values[2] for case in CASES} == {"right", "partial", "wrong", "review"}  # type: ignore[attr-defined]
