"""Programs of which some lines say answers, where no question asks for code."""

from __future__ import annotations

import json

import pytest

from grader.grade import grade
from grader.model.documents import Submission
from grader.model.results import Status
from grader.prepare.parts import PreparedRubric
from grader.read import READERS

PROGRAM = """import numpy as np
# ------ 1
# a -> (1000, 256, 256, 3)
shape = (40, 80, 2400)  # 1b
# ------ 2
# a)  k1 from 0 to 1, k2 from 0 to 1
q2b = (5, 4)
print("2c: 6 at (1, 3)")
print("2d:", Z.min())
# (e)
print(np.argwhere(Z == 0)[0])
# ------ 3
# a  not the word
z3 = (46, 62, 20)  # 3a
assert z3 == Z.shape
# 3b
n_in, n_out = 10, 20
# 3d
n = 3*3*10*20
n = n + 20
"""


def statuses(homework: PreparedRubric, text: str, name: str) -> dict[str, Status]:
    """How the parts of a file are marked."""
    reader = READERS.load("python" if name.endswith(".py") else "notebook")
    return {mark.id: mark.status for mark in grade(homework, Submission("s", (reader.read(text, name),))).marks}


def test_what_is_said_counts_and_what_has_to_be_run_is_for_a_person(homework: PreparedRubric) -> None:
    """Comments, given values and printed words answer; whatever is computed, changed or left out does not."""
    marks = statuses(homework, PROGRAM, "hw.py")
    for part in ("1a", "1b", "2a", "2b", "2c", "3a", "3b"):
        assert marks[part] is Status.RIGHT, part
    for part in ("1c", "2d", "2e", "3c", "3d", "4a"):
        assert marks[part] is Status.REVIEW, part


@pytest.mark.parametrize("comment", ["# 5a and 5b", "# P5.a, P5.b", "# (a) & (b)"])
def test_a_comment_for_two_lines_that_print(homework: PreparedRubric, comment: str) -> None:
    """The printed lines answer in the order in which the comment names the parts; of three lines nobody knows."""
    for more, wanted in (("", Status.RIGHT), ("print(x)\n", Status.REVIEW)):
        code = f"{comment}\nprint(x[::2])\nprint(pool(x))\n{more}"
        output = {"output_type": "stream", "name": "stdout", "text": ["[1, 3, 0, 1]\n[2, 3, 10, 1]\n" + more]}
        cells = [
            {"cell_type": "markdown", "metadata": {}, "source": ["## Problem 5"]},
            {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": [code], "outputs": [output]},
        ]
        text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})
        marks = statuses(homework, text, "hw.ipynb")
        assert (marks["5a"], marks["5b"]) == (wanted, wanted)
