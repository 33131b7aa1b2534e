"""A right list of which the words say that it went goes to a person; words about the other entries change nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.grade import grade, load_rubric
from grader.model.documents import Submission
from grader.read import READERS

RUBRIC = load_rubric(Path(__file__).parents[1] / "rubrics" / "homework10.yaml")


def status(answer: str) -> str:
    """The status of an answer to 5a, which asks for [1, 3, 0, 1]."""
    document = READERS.load("markdown").read(f"# Problem 5\n\n(a) {answer}\n", "a.md")
    return next(mark for mark in grade(RUBRIC, Submission("s01", (document,))).marks if mark.id == "5a").status.value


@pytest.mark.parametrize(
    "answer",
    [
        "every second element is removed, that is 1, 3, 0, 1 are removed",
        "1, 3, 0, 1 drop out",
        "[1, 3, 0, 1] are thrown away",
        "[1, 3, 0, 1] is what gets lost, the rest stays",
        "The samples 1, 3, 0 and 1 are deleted.",
        "y = x without [1, 3, 0, 1]",
        "Removed: 1, 3, 0, 1",
        "the samples 1, 3, 0, 1 are simply ignored",
        "dropping 1, 3, 0, 1 leaves y",
        "We discard $[1, 3, 0, 1]$.",
        "[1, 3, 0, 1] are the entries that are not kept",
    ],
)
def test_entries_that_went_are_for_a_person(answer: str) -> None:
    """What is taken away is not what is left, even where it looks like it."""
    assert status(answer) == "review"


@pytest.mark.parametrize(
    "answer",
    [
        "y = [1, 3, 0, 1], the others are removed",
        "Every second sample is removed: y = [1, 3, 0, 1]",
        "Half of the entries are dropped, so 1, 3, 0, 1 are left",
        "[1, 3, 0, 1]. All samples between are skipped.",
        "$y = [1, 3, 0, 1]$ (the other entries are discarded)",
        "1, 3, 0, 1 are kept and the rest is thrown away",
    ],
)
def test_entries_that_went_beside_those_that_stay_change_nothing(answer: str) -> None:
    """The usual reason behind a right list leaves it right."""
    assert status(answer) == "right"
