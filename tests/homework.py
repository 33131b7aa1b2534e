"""One answer to one part of homework 10, as a hand-in of its own."""

from __future__ import annotations

from pathlib import Path

from grader.grade import grade, load_rubric
from grader.model.documents import Submission
from grader.read import READERS

_RUBRIC = load_rubric(Path(__file__).parents[1] / "rubrics" / "homework10.yaml")


def status(question: str, answer: str) -> str:
    """The status that an answer to a part gets."""
    document = READERS.load("markdown").read(f"# Problem {question[0]}\n\n({question[1]}) {answer}\n", "a.md")
    marks = grade(_RUBRIC, Submission("s01", (document,))).marks
    return next(mark.status.value for mark in marks if mark.id == question)
