"""Words that call what follows the right one correct what stands above; words that doubt it do not."""

from __future__ import annotations

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.read import READERS

RUBRIC = parse_rubric("questions: {1a: {points: 1, number: 12}, 1b: {points: 1, number: 7}}", "one")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Forgot the stride there, this is the right one for 1a:", "right"),
        ("This is the right version:", "right"),
        ("I used the wrong n. Here is the corrected result:", "right"),
        ("Falsches n, hier ist die richtige Antwort:", "right"),
        ("I wonder which is the right one:", "review"),
        ("Maybe, this is the right one:", "review"),
        ("I am not sure, this is the right one:", "review"),
        ("Either that or this is the right one:", "review"),
        ("This is the right one? :", "review"),
    ],
)
def test_what_is_called_right_replaces_what_stands_above(words: str, status: str) -> None:
    """A sentence that ends with a colon says it, and does not doubt it; two values without such are for a person."""
    text = f"# 1\n\n(a)\n\n```output\n13\n```\n\n{words}\n\n```output\n12\n```\n\n(b) 7"
    document = READERS.load("markdown").read(text, "s")
    marks = grade(RUBRIC, Submission("s", (document,))).marks
    assert [mark.status.value for mark in marks] == [status, "right"]


@pytest.mark.parametrize(("said", "status"), [("Correction to a):", "right"), ("Remark on a):", "wrong")])
def test_a_correction_names_the_part_that_it_replaces(said: str, status: str) -> None:
    """Below another part, a headed correction of an earlier one counts for that one."""
    text = f"# 1\n\na) 13\n\nb) 7\n\n**{said}** I overlooked the border, it must be 12.\n"
    document = READERS.load("markdown").read(text, "s")
    marks = grade(RUBRIC, Submission("s", (document,))).marks
    assert marks[0].status.value == status
