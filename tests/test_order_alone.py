"""Answers without any label, taken in the order of the questions: what does not show that order is for a person."""

from __future__ import annotations

import pytest

import grader.grade
from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.model.results import GradedSubmission, Status
from grader.read import READERS

RUBRIC = parse_rubric(
    "questions:\n"
    "  1:\n    questions:\n      a: {points: 1, number: 5}\n      b: {points: 1, number: 7}\n"
    "  2:\n    questions:\n      a: {points: 1, number: 8}\n      b: {points: 1, number: 9}\n",
    "order",
)
HEADS = ("What the first one asks", "Then the second one", "Then the third one", "And at last this one")


def marked(*answers: str) -> GradedSubmission:
    text = "\n\n".join(f"**{head}**\n\n{answer}" for head, answer in zip(HEADS, answers, strict=True))
    document = READERS.load("markdown").read(text, "answers.md")
    return grade(RUBRIC, Submission("s", (document,)))


@pytest.mark.parametrize(
    ("answers", "statuses"),
    [
        (("5", "7", "8", "9"), "right right right right"),
        (("5", "7", "8", "4"), "right right right wrong"),
        (("5", "7", "3", "4"), "right right wrong wrong"),
        (("8", "9", "5", "7"), "review review review review"),
        (("5", "9", "7", "8"), "review review review review"),
        (("7", "8", "9", "5"), "review review review review"),
    ],
)
def test_an_order_that_the_marks_do_not_show_is_for_a_person(answers: tuple[str, ...], statuses: str) -> None:
    """Unless half of the answers are right where they stand, none of them is marked."""
    graded = marked(*answers)
    assert " ".join(mark.status.value for mark in graded.marks) == statuses


def test_what_waits_shows_the_words_it_waits_for() -> None:
    """An answer that a person has to match keeps its evidence and its reading, and says why it waits."""
    mark = marked("8", "9", "5", "7").marks[0]
    assert [one.text for one in mark.evidence] == ["8"]
    assert mark.read_as == "8"
    assert [reason.id for reason in mark.reasons] == ["order-alone"]


def test_a_bug_of_ours_stays_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question that failed is an error, and no question of order."""

    def fails(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(grader.grade, "mark_question", fails)
    assert {mark.status for mark in marked("5", "7", "8", "9").marks} == {Status.ERROR}
