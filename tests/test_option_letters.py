"""Letters of options behind a label: "5a) b) bisection" chooses, where the question offers b."""

from __future__ import annotations

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.read import READERS

RUBRIC = """
questions:
  5a: {points: 1, choice: b, options: {a: [newton], b: [bisection], c: [secant]}}
  5b: {points: 1, number: 3}
"""


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("**5a)** b) bisection\n\n**5b)** 3", "right", "right"),
        ("5a) c) secant\n\n5b) 3", "wrong", "right"),
        ("5a. b. It always converges.\n\n5b. 3", "right", "right"),
        ("## 5\n\na) b) bisection\n\nb) 3", "right", "right"),
        ("## 5\n\na) bisection\n\nb) 3", "right", "right"),
        ("a) b) 3", "blank", "right"),  # b is answered here or nowhere
    ],
)
def test_the_letter_of_an_option_begins_no_part(text: str, first: str, second: str) -> None:
    """Right behind the label of a question that offers it, a letter is the answer; alone it stays a label."""
    document = READERS.load("markdown").read(text, "s.md")
    marks = grade(parse_rubric(RUBRIC, "quiz"), Submission("s", (document,))).marks
    assert [mark.status.value for mark in marks] == [first, second]
