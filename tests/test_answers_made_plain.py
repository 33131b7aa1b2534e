"""Answers whose words make plain what is meant, with their credit: golden cases in tests/golden/answers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader.grade import grade
from grader.model.documents import Submission
from grader.model.results import Status
from grader.prepare.parts import PreparedRubric
from grader.read import READERS

CASES = re.findall(
    r"^## (\w+): ([^\n]+)\n\n~~~~\n(.*?)\n~~~~$",
    (Path(__file__).parent / "golden" / "answers" / "plain.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)


def test_all_golden_answers_are_read() -> None:
    """No case of the file is lost by how it is written."""
    assert len(CASES) > 70


@pytest.mark.parametrize(("question", "credit", "text"), CASES)
def test_words_that_make_an_answer_plain_are_read(
    question: str, credit: str, text: str, homework: PreparedRubric
) -> None:
    """Labels, reasons, windows, padding and names of axes in a student's own words change no mark."""
    document = READERS.load("markdown").read(f"## {question}\n\n{text}\n", "answer.md")
    mark = next(mark for mark in grade(homework, Submission("answer", (document,))).marks if mark.id == question)
    found = "a person" if mark.status is Status.REVIEW else str(mark.credit)
    assert found == credit, f"read as {mark.read_as!r}"
