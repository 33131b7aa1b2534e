"""Linear algebra and calculus as people type it: the tables of golden/algebra, row by row."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from marked import GOLDEN, rows_of
from test_what_may_not_pass import mark_of

from grader.model.results import Status
from grader.report.sentences import explain

FOLDER = GOLDEN / "algebra"
ROW = re.compile(r"\| `(?P<answer>.*)` \| (?P<status>\w+) \| (?P<credit>[\d/]*) ?\|")


def cases() -> list[object]:
    """Every row of every table; ⏎ in an answer is the end of a line."""
    return [
        pytest.param(rubric, row["answer"].replace("⏎", "\n"), row["status"], row["credit"], id=name)
        for name, rubric, row in rows_of(FOLDER, ROW)
    ]


CASES = cases()


@pytest.mark.parametrize(("rubric", "answer", "status", "credit"), CASES)
def test_marked_as_a_teacher_would(rubric: str, answer: str, status: str, credit: str) -> None:
    """What is typed is read where it says one thing, and what says another one is never right."""
    mark = mark_of(rubric, answer)
    told = [explain(one) for one in mark.reasons]
    assert (mark.status, mark.credit) == (Status(status), Fraction(credit) if credit else None), (mark.read_as, told)


def test_enough_is_shown() -> None:
    """No section is passed over because of its form, and every table has what must not be right."""
    for path in FOLDER.glob("*.md"):
        text = path.read_text(encoding="utf-8")
        own = [case for case in CASES if case.id.startswith(f"{path.stem}:")]  # type: ignore[attr-defined]
        assert len(own) == len(re.findall(r"^\| `", text, re.M)) >= 40
        assert {case.values[2] for case in own} >= {"right", "review"}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    ["1 2 " * 3000, "[1 2; " * 2000, "1 2\n" * 3000, "first row 1 2, " * 500, "(1, 2) and " * 1000, "k = 4, " * 2000],
    ids=["numbers", "open", "lines", "rows", "points", "values"],
)
@pytest.mark.parametrize(
    "rubric",
    [
        "array: [[1, 2], [3, 4]]\n",
        "property: all solutions\nof: M x = b\nlet: {M: [[1, 2, -1], [2, 4, 1]], b: [1, 8]}\n",
        'equals: "{-4, 4}"\n',
        "parts: {minimum: {set: [[1, 2]], labels: [minimum]}, saddle: {set: [[-1, 2]], labels: [saddle]}}\n",
    ],
    ids=["array", "solutions", "values", "points"],
)
def test_no_answer_is_too_long(rubric: str, text: str) -> None:
    """Whatever is written, looking for what is typed in it ends."""
    assert mark_of(rubric, text).status in set(Status) - {Status.ERROR}
