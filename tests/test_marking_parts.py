"""Questions of several parts."""

from __future__ import annotations

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.model.results import Status
from grader.read import READERS

_TWO = "questions: {q: {points: 2, parts: {x: {number: 4}, y: {number: 7}}}}"


def test_entries_that_may_be_a_difference() -> None:
    """[2 -1] may be two entries or one: a person decides."""
    document = READERS.load("markdown").read("[2 -1]", "a.md")
    rubric = parse_rubric('questions: {q: {points: 2, array: "[2, -1]"}}', "one")
    (mark,) = grade(rubric, Submission("s", (document,))).marks
    assert mark.status is Status.REVIEW


@pytest.mark.parametrize("answer", ["(4,7)", "see the picture", "$\\begin{pmatrix}4\\\\7\\end{pmatrix}$"])
def test_words_that_answer_no_part_are_not_blank(answer: str) -> None:
    """An answer of which no part could be read goes to a person; it is neither blank nor wrong."""
    document = READERS.load("markdown").read(answer, "a.md")
    (mark,) = grade(parse_rubric(_TWO, "two"), Submission("s", (document,))).marks
    assert (mark.status, mark.credit) == (Status.REVIEW, None)
