"""Answers that stand elsewhere than below their label: in prose, beside code, in a table, further down."""

from __future__ import annotations

import json

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


_LAYER = "Z and U are (46, 62, 20).\n\n**b)** 10 input channels, 20 output channels"
_WAY = "positions × output channels × kernel volume, see the next cell"
_PRINTED = "c) 5133600\nd) 1820\n"
POINTED: list[tuple[str, str, str, Credits]] = [  # what stands beside c and d, what the cell below prints
    (_WAY, "3·3·10·20 weights and 20 biases, see the next cell", _PRINTED, {"3c": "1", "3d": "1"}),
    ("see the cell below", "(computed in the next cell)", _PRINTED, {"3c": "1", "3d": "1"}),
    ("a product of six numbers, see code below", "3*3*10*20 + 20 -> see output", _PRINTED, {"3c": "1", "3d": "1"}),
    ("I let Python do it, see next cell.", "the value is printed in the next cell", _PRINTED, {"3c": "1", "3d": "1"}),
    (_WAY, "3·3·10·20 weights and 10 biases, see the next cell", _PRINTED, {"3c": "1", "3d": ""}),
    (_WAY, "3·3·10·20 weights and 20 biases, see the next cell", "c) 5133601\nd) 1810\n", {"3c": "0", "3d": "1/2"}),
    ("5133601 multiplications, see the next cell", "1810, see the next cell", _PRINTED, {"3c": "", "3d": ""}),
    ("do not believe the result of the next cell", "= 1810, see the next cell", _PRINTED, {"3c": "", "3d": ""}),
]


@pytest.mark.parametrize(("first", "second", "printed", "credits"), POINTED)
def test_what_a_cell_prints_is_the_answer_of_words_that_point_to_it(
    first: str, second: str, printed: str, credits: Credits, homework: PreparedRubric
) -> None:
    """Words that say how a value is found and point to a cell have no other result than what the cell prints."""
    code = "mult = 46*62 * 20 * 3*3*10\nparams = 3*3*10*20 + 20\nprint('c)', mult)\nprint('d)', params)"
    shown = [{"output_type": "stream", "name": "stdout", "text": printed}]
    cells = [
        {
            "cell_type": "markdown",
            "metadata": {},
            "source": f"### 3.\n**a)** {_LAYER}\n\n**c)** {first}\n\n**d)** {second}",
        },
        {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": code, "outputs": shown},
    ]
    text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    found = credits_of(text, homework, "notebook")
    assert {question: found[question] for question in credits} == credits


_PICTURES, _EEG, _VIDEOS = "(1000, 3, 256, 256)", "(40, 80, 2400)", "(32, 300, 3, 512, 512)"
_ALL_RIGHT = {"1a": "1", "1b": "1", "1c": "1"}
_NONE_FOUND = {"1a": "", "1b": "", "1c": ""}
PROSE: list[tuple[str, Credits]] = [
    (f"**1.** For (a) I would use {_PICTURES}. (b) is ~~(40, 80, 240)~~ {_EEG}. And (c) is {_VIDEOS}.", _ALL_RIGHT),
    (f"**1.** For (a) I would use {_PICTURES}, (b) is {_EEG}, and (c) is {_VIDEOS}.", _ALL_RIGHT),
    (f"## Problem 1\n\nFor (a) I would use {_PICTURES}. (b) is {_EEG}. And (c) is {_VIDEOS}.", _ALL_RIGHT),
    (f"**1.** In (a) it is {_PICTURES}, while in (b) it is {_EEG}, and in (c) it is {_VIDEOS}.", _ALL_RIGHT),
    (f"1) As for (a), I use {_PICTURES}; (b) would be {_EEG}; (c) should be {_VIDEOS}.", _ALL_RIGHT),
    (f"**Problem 1.** For (a), we get {_PICTURES}. For (b) {_EEG}, and finally for (c) {_VIDEOS}.", _ALL_RIGHT),
    (f"**1.** For (a) I would use {_PICTURES}. (c) is {_VIDEOS}. (b) is {_EEG}.", _NONE_FOUND),
    (f"**1.** For (b) I would use {_PICTURES}. (c) is {_EEG}.", _NONE_FOUND),
    (f"**1.** For (a) I would use {_PICTURES} if (b) is {_EEG} and (c) is {_VIDEOS}.", _NONE_FOUND),
    (f"**1.** For (a) I would use {_EEG}. (b) is {_PICTURES}. And (c) is {_VIDEOS}.", {"1a": "0", "1b": "0"}),
]


@pytest.mark.parametrize(("text", "credits"), PROSE)
def test_parts_that_sentences_name_one_after_the_other_are_found(
    text: str, credits: Credits, homework: PreparedRubric
) -> None:
    """Sentences that begin with the parts in order answer them; in another order they are for a person."""
    found = credits_of(text, homework)
    assert {question: found[question] for question in credits} == credits


def _code(*lines: str, head: str = "## 1", below: str = "") -> str:
    return "\n".join([head, "", "```python", *lines, "```", "", below])


_A, _B, _C = "a = np.zeros((1000, 256, 256, 3))  # image, row, column, rgb", "b = (40, 80, 240*10)", "c = "
ASSIGNED: list[tuple[str, Credits]] = [
    (_code(_A, _B, _C + "np.zeros((32, 300, 512, 512, 3))  # video, frame, row, column, rgb"), _ALL_RIGHT),
    (_code("import numpy as np", "", _A, _B, _C + "torch.empty(32, 300, 512, 512, 3)"), _ALL_RIGHT),
    (_code("shape_a = (1000, 256, 256, 3)", "shape_b = (40, 80, 2400)"), {"1a": "1", "1b": "1"}),
    (_code(_A) + _code(_B, head="") + _code(_C + "(32, 300, 512, 512, 3)", head=""), _ALL_RIGHT),
    (_code("a = [1, 3, 0, 1]", "b = [2, 3, 10, 1]", head="## 5"), {"5a": "1", "5b": "1"}),
    (
        _code(_A.replace("1000, ", ""), _B, _C + "(32, 512, 300, 512, 3)  # video, frame, row, column, rgb"),
        {"1c": "2/3"},
    ),
    (_code("b = (40, 80, 2400)", _A), _NONE_FOUND),
    (_code("a = 46", "b = 62", "c = a*b*20*90", head="## 3", below="(c) 5133600"), {"3a": "", "3b": "", "3c": "1"}),
    (_code("a = 46", "b = 62", head="## 3", below="so Z has 46 x 62 x 20"), {"3a": "", "3b": ""}),
    (_code("a = 10", "b = 20", "print(a * b)", head="## 3"), {"3a": "", "3b": ""}),
    (_code("a = 10", "b = 20", "a = 47", head="## 3"), {"3a": "", "3b": ""}),
]


@pytest.mark.parametrize(("text", "credits"), ASSIGNED)
def test_letters_that_code_gives_values_below_a_number_are_the_parts(
    text: str, credits: Credits, homework: PreparedRubric
) -> None:
    """A line for each part from a on, and nothing else: letters of a calculation are no parts."""
    found = credits_of(text, homework)
    assert {question: found[question] for question in credits} == credits


@pytest.mark.parametrize(
    ("above", "credit"),
    [
        ("| answer |\n|---|\n| image: 1000x3x256x256 |", ""),
        ("The first one is $1000 \\times 3 \\times 256 \\times 256$.", ""),
        ("| name | sheet |\n|---|---|\n| s1 | ten |", ""),
        ("My homework, handed in on day 12.", "0"),
    ],
)
def test_values_above_the_first_label_may_answer_what_comes_before_it(
    above: str, credit: str, homework: PreparedRubric
) -> None:
    """Formulas, and numbers in a table, that no label claims keep the questions before the first one open."""
    found = credits_of(f"{above}\n\n(2b) 5x4\n\n(2c) 6 at (1, 3)\n", homework)
    assert (found["1a"], found["2b"]) == (credit, "1")
