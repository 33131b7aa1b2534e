"""Answers that are taken back somewhere else in the hand-in."""

from __future__ import annotations

import pytest

from grader.grade import grade
from grader.model.documents import Submission
from grader.model.results import Status
from grader.prepare.parts import PreparedRubric
from grader.read import READERS

ANSWERS = "## 2\n\n(b) 5x4\n\n(c) 6 at (1,3)\n\n(d) -6 at (1,0)\n\n(e) (0,1)\n\n"


@pytest.mark.parametrize(
    ("words", "open_"),
    [
        ("", ""),
        ("Oops, I mixed up (c) and (d).", "2c 2d"),
        ("Ignore (b).", "2b"),
        ("In (d) I forgot a factor of 2, so double it.", "2d"),
        ("I take (c) back.", "2c"),
        ("(c) and (d) are in the wrong order.", "2c 2d"),
        ("The answer to part b above is wrong.", "2b"),
        ("2c is wrong.", "2c"),
        ("All answers must be doubled.", "2b 2c 2d"),
        ("\n## 5\n\n(a) [1, 3, 0, 1]\n\nIgnore (d), please.", "2d"),
        ("\n## 5\n\n(a) [1, 3, 0, 1]\n\n(b) [2, 3, 10, 1]\n\nIgnore (b), please.", ""),
        ("2.4: I forgot the sign, so double it.", "2d"),
        ("2 (d): I forgot the sign.", "2d"),
        ("3.4: I forgot the biases.", ""),
        ("I computed Z with numpy as in (b).", ""),
    ],
)
def test_what_is_taken_back_elsewhere_is_for_a_person(homework: PreparedRubric, words: str, open_: str) -> None:
    """A late line that names an answer and withdraws it leaves that answer to a person, and no other."""
    document = READERS.load("markdown").read(f"{ANSWERS}{words}\n", "hw.md")
    marks = grade(homework, Submission("hw", (document,))).marks
    found = {mark.id: mark.status for mark in marks if mark.id in ("2b", "2c", "2d")}
    assert " ".join(id for id, status in found.items() if status is Status.REVIEW) == open_


def test_an_answer_that_refers_to_a_correction_is_for_a_person(homework: PreparedRubric) -> None:
    """Where nothing was found that corrects it, a person looks for it."""
    text = "## 3\n\n(c) 5133600\n\n(d) 1800 (see corrections at the end)\n"
    marks = grade(homework, Submission("hw", (READERS.load("markdown").read(text, "hw.md"),))).marks
    found = {mark.id: mark.status for mark in marks if mark.id in ("3c", "3d")}
    assert found == {"3c": Status.RIGHT, "3d": Status.REVIEW}


@pytest.mark.parametrize(
    ("said", "open_"),
    [
        ("(I give positions as (column, row) here)", "2c 2d"),
        ("(I give positions as (row, column) here)", ""),
        ("(positions are (x, y), as in a plot)", "2c 2d"),
    ],
)
def test_the_order_of_all_places_is_heard(said: str, open_: str, homework: PreparedRubric) -> None:
    """Where all places are said to be given with the column first, a person reads those that it changes."""
    text = f"## 2\n\n{said}\n\n(b) 5x4\n\n(c) 6 at (1,3)\n\n(d) -6 at (1,0)\n\n(e) (1,1)\n"
    marks = grade(homework, Submission("hw", (READERS.load("markdown").read(text, "hw.md"),))).marks
    found = {mark.id: mark.status for mark in marks if mark.id in ("2b", "2c", "2d", "2e")}
    assert " ".join(id for id, status in found.items() if status is Status.REVIEW) == open_
