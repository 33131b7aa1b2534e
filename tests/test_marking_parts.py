"""Questions of several parts."""

from __future__ import annotations

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.model.results import Status
from grader.read import READERS

_TWO = "questions: {q: {points: 2, parts: {x: {number: 4}, y: {number: 7}}}}"


@pytest.mark.parametrize(
    ("array", "answer", "right"),
    [
        ("[2, -1]", "[2 -1]", True),
        ("[2, -1]", "[2 - 1]", False),
        ("[1]", "[2 -1]", False),
        ("[[-3, 0, 3], [-6, 1, -1]]", "[[-3  0  3]\n [-6  1 -1]]", True),
        ("[[-3, 0, 3], [-6, 1, -1]]", "[[-3  0  3]\n [-6  1  1]]", False),
        ("[1, 3, 0, 1]", "[1. 3. 0. 1.]", True),
    ],
)
def test_rows_as_numpy_prints_them(array: str, answer: str, right: bool) -> None:
    """A blank before a minus and none behind it separates entries; with blanks on both sides it is a difference."""
    document = READERS.load("markdown").read(answer, "a.md")
    rubric = parse_rubric(f'questions: {{q: {{points: 2, array: "{array}"}}}}', "one")
    (mark,) = grade(rubric, Submission("s", (document,))).marks
    assert (mark.status is Status.RIGHT) is right


@pytest.mark.parametrize("answer", ["(4,7)", "see the picture", "$\\begin{pmatrix}4\\\\7\\end{pmatrix}$"])
def test_words_that_answer_no_part_are_not_blank(answer: str) -> None:
    """An answer of which no part could be read goes to a person; it is neither blank nor wrong."""
    document = READERS.load("markdown").read(answer, "a.md")
    (mark,) = grade(parse_rubric(_TWO, "two"), Submission("s", (document,))).marks
    assert (mark.status, mark.credit) == (Status.REVIEW, None)
