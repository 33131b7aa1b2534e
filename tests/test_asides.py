"""Code below an answer that a line gives to another problem is no part of this answer."""

from __future__ import annotations

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.read import READERS

RUBRIC = parse_rubric(
    "questions: {1a: {points: 1, array: [[1, 2], [3, 4]]}, 2a: {points: 1, number: 7}, 2b: {points: 1, array: [1, 3]}}",
    "two",
)
TABLE = "| # | answer |\n|---|---|\n| 1a | [[1, 2], [3, 4]] |\n| 2a | 7 |\n| 2b | {} |\n\n"
ARRAY = "```\n1 2\n3 4\n```\n"


@pytest.mark.parametrize(
    ("below", "answer", "statuses"),
    [
        (f"Z for problem 1\n\n{ARRAY}", "[1, 3]", "right right right"),
        (f"<details>\n<summary>The array of 1a</summary>\n\n{ARRAY}\n</details>\n", "[1, 3]", "right right right"),
        (f"zu Aufgabe 1:\n\n{ARRAY}", "[1, 3]", "right right right"),
        (f"Z for problem 1\n\n{ARRAY}\n\nand that is all", "[1, 3]", "right right review"),
        (f"Z for problem 2\n\n{ARRAY}", "[1, 3]", "right right review"),
        (f"Z for problem 9\n\n{ARRAY}", "[1, 3]", "right right review"),
        (f"Z, where 3 is as in problem 1\n\n{ARRAY}", "[1, 3]", "right right review"),
        (f"{ARRAY}", "[1, 3]", "right right review"),
        ("Z for problem 1\n\n```\n1, 3\n```\n", "", "right right blank"),
    ],
)
def test_code_for_another_problem_is_not_read_with_the_answer_above(below: str, answer: str, statuses: str) -> None:
    """A short line that names another problem, and only code below it: the row above answers by itself. Code of its
    own problem, or with words behind it, stays with the answer. A row that says nothing is blank."""
    document = READERS.load("markdown").read(TABLE.format(answer) + below, "s")
    marks = grade(RUBRIC, Submission("s", (document,))).marks
    assert " ".join(mark.status.value for mark in marks) == statuses
