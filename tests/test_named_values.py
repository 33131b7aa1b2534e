"""A name in an answer has the value that a cell gives it, where the words say that this cell does."""

from __future__ import annotations

import json

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.read import READERS

RUBRIC = parse_rubric("questions: {1a: {points: 1, shape: [40, 80, 240*10]}, 1b: {points: 1, number: 7}}", "one")
WORDS = "Length in the next cell. The shape is `(40, 80, n)` with this n."


def sheet(words: str, code: str, printed: str, below: str) -> str:
    """A notebook: words on 1a, a cell that printed something, words on 1b."""
    shown = [{"output_type": "stream", "name": "stdout", "text": printed}]
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": f"# 1\n\n(a) {words}"},
        {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": code, "outputs": shown},
        {"cell_type": "markdown", "metadata": {}, "source": below},
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.mark.parametrize(
    ("words", "code", "statuses"),
    [
        (WORDS, "n = 240 * 10\nn", "right right"),
        (WORDS, "n = 240 * 10\nprint(n)", "right right"),
        ("(40, 80, n), where this n is of the cell below", "n = 240*10\nn", "right right"),
        ("In der nächsten Zelle die Länge: (40, 80, n) mit diesem n", "n = 240*10\nn", "right right"),
        (WORDS, "n = 240\nn", "partial right"),
        # Another name, a value that has to be computed, one that changes, another cell, a value of its own.
        (WORDS, "m = 240 * 10\nm", "review right"),
        (WORDS, "n = f * 10\nn", "review right"),
        (WORDS, "n = 240\nn = n * 10\nn", "review right"),
        (WORDS, "n = 240 * 10\nn + 1", "review right"),
        (WORDS.replace("next", "previous"), "n = 240 * 10\nn", "review right"),
        ("The shape is (40, 80, n).", "n = 240 * 10\nn", "review right"),
    ],
)
def test_the_cell_that_is_named_gives_the_value(words: str, code: str, statuses: str) -> None:
    """The cell shows the name and gives it one plain number; otherwise nobody knows the name, and a person looks."""
    document = READERS.load("notebook").read(sheet(words, code, "2400", "(b) 7"), "s")
    marks = grade(RUBRIC, Submission("s", (document,))).marks
    assert " ".join(mark.status.value for mark in marks) == statuses
