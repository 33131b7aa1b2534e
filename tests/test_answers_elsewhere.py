"""Answers that stand elsewhere than below their label: in prose, beside code, in a table, further down."""

from __future__ import annotations

import pytest

from grader.grade import grade
from grader.model.documents import Submission
from grader.prepare.parts import PreparedRubric
from grader.read import READERS

Credits = dict[str, str]  # by question; "" for a person


def credits_of(text: str, homework: PreparedRubric, form: str = "markdown") -> Credits:
    document = READERS.load(form).read(text, "s.md")
    graded = grade(homework, Submission("s", (document,)))
    return {mark.id: "" if mark.credit is None else str(mark.credit) for mark in graded.marks}


_IMAGES = "each image is 256x256x3, there are 1000 of them. So 1000x256x256x3 (image no., y, x, colour)"
_AGAIN = (
    "# Problem 1\n\n(a) {}\n\n(b) 40x80x2400\n\nSummary\n\n| | a | b |\n|---|---|---|\n| **1** | {} | 40x80x2400 |\n"
)
_COSTS = "# Problem 3\n\n(c) 46*62*20 = 57 040 outputs, times 3*3*10 = 90 => 5 133 600\n\n(d) {}\n\n{}\n\n" + (
    "| | c | d |\n|---|---|---|\n| **3** | {} | {} |\n"
)
SUMMARIES: list[tuple[str, Credits]] = [
    (_AGAIN.format(_IMAGES, "1000x256x256x3"), {"1a": "1", "1b": "1"}),
    (_AGAIN.format(_IMAGES, "1000x256x256"), {"1a": "", "1b": "1"}),
    (_AGAIN.format(_IMAGES, "not 1000x256x256x3"), {"1a": ""}),
    (_AGAIN.format("1000x256x256x3", "1000x256x256x3"), {"1a": "1"}),
    (_AGAIN.format("1000x256x256x3", "3x1000x256"), {"1a": ""}),
    (_AGAIN.format("1000x256x256x3 or 1000x256x256", "1000x256x256x3"), {"1a": "1"}),
    (_COSTS.format("1800 + 20", "Summary", "5 133 600", "1 820"), {"3c": "1", "3d": "1"}),
    (_COSTS.format("1800 + 20", "All my answers:", "5 133 600", "1 820"), {"3c": "1", "3d": "1"}),
    (_COSTS.format("1800 + 20", "Overview", "57 040", "1 800"), {"3c": "", "3d": ""}),
    (_COSTS.format("1820", "Summary", "see above", "see above"), {"3d": "1"}),
    ("Results\n\n| | b | c |\n|---|---|---|\n| 2 | 5x4 | 6 |\n\n# Problem 2\n\n(b) 5x4 is wrong, 4x5", {"2b": ""}),
]


@pytest.mark.parametrize(("text", "credits"), SUMMARIES)
def test_a_table_that_gives_answers_again_settles_them_or_opposes_them(
    text: str, credits: Credits, homework: PreparedRubric
) -> None:
    """What is given again below counts where the words above left it open; another result there is for a person."""
    found = credits_of(text, homework)
    assert {question: found[question] for question in credits} == credits
