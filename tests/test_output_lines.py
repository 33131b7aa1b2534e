"""Answers that only point to a line of what a program printed have this line; others stay as they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.grade import grade, load_rubric, parse_rubric
from grader.locate.pointer_words import Pointer, read_pointer
from grader.model.documents import Submission
from grader.read import READERS

RUBRIC = parse_rubric("questions: {1a: {points: 1, number: 12}, 1b: {points: 1, array: [1, 3, 0]}}", "one")
PRINTED = "```\n## [1] 12\n## [1] 1 3 0\n```\n"
RESULTS = "* 1\n** a)\n#+begin_src python\nprint(12)\n#+end_src\n\n#+RESULTS:\n: 12\n: [1, 3, 0]\n\n"


@pytest.mark.parametrize(
    ("reader", "sheet", "statuses"),
    [
        ("markdown", f"# 1\n\n{PRINTED}\n(a) first line of the output\n\n(b) see second output line", "right right"),
        ("markdown", f"# 1\n\n{PRINTED}\n(a) The first output line.\n\n(b) last line of output", "right right"),
        ("markdown", f"# 1\n\n{PRINTED}\n(a) erste Zeile der Ausgabe\n\n(b) zweite Ausgabezeile", "right right"),
        ("markdown", f"# 1\n\n{PRINTED}\n(a) second line of output\n\n(b) first line of output", "review review"),
        ("markdown", f"# 1\n\n{PRINTED}\n(a) third line of output\n\n(b) fourth line of output", "review review"),
        ("markdown", f"# 1\n\n{PRINTED}\n{PRINTED}\n(a) first output line\n\n(b) second output line", "review review"),
        ("markdown", "# 1\n\n(a) first output line\n\n(b) second output line", "review review"),
        ("markdown", f"# 1\n\n{PRINTED}\n(a) the second line of output is 12\n\n(b) [1, 3, 0]", "right right"),
        ("org", RESULTS + "first line of the results\n** b)\nsecond line of the results\n", "right right"),
    ],
)
def test_a_line_that_is_pointed_at_is_the_answer(reader: str, sheet: str, statuses: str) -> None:
    """A line that is not there, and one of two outputs, is for a person; an answer with its own value keeps it."""
    document = READERS.load(reader).read(sheet, "s01")
    marks = grade(RUBRIC, Submission("s01", (document,))).marks
    assert " ".join(mark.status.value for mark in marks) == statuses


def notebook(*cells: str | tuple[str, str]) -> str:
    """A notebook: words, and code with what it printed."""
    made = []
    for cell in cells:
        words, printed = (cell, None) if isinstance(cell, str) else cell
        one = {"cell_type": "markdown" if printed is None else "code", "metadata": {}, "source": words}
        if printed is not None:
            one |= {"execution_count": 1, "outputs": [{"output_type": "stream", "name": "stdout", "text": printed}]}
        made.append(one)
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


BOTH = ("print(n)\nprint(y)", "12\n[1, 3, 0]")
ONE, TWO = ("n", "12"), ("y", "[1, 3, 0]")
CELLS: list[tuple[tuple[str | tuple[str, str], ...], str]] = [
    (("# 1\n(a) output of the next cell\n\n(b) output of the cell after that", ONE, TWO), "right right"),
    (("# 1\n(a) Ausgabe der nächsten Zelle\n\n(b) Ausgabe der Zelle danach", ONE, TWO), "right right"),
    (("# 1\n(a) first line of the next output\n\n(b) last printed line", BOTH), "right right"),
    (("# 1", BOTH, "(a) erste Zeile der Ausgabe oben\n\n(b) letzte Zeile der Ausgabe oben"), "right right"),
    (("# 1\n(a) 1. Zeile der Ausgabe der nächsten Zelle\n\n(b) Zeile 2 der Ausgabe", BOTH), "right right"),
    (("# 1", BOTH, TWO, "(a) first line of the cell before\n\n(b) output of the cell above"), "review right"),
    (("# 1", ONE, TWO, "(a) output of the cell above\n\n(b) output of the cell above"), "review right"),
    (("# 1\n(a) I ran the code.", BOTH, "first line of the output\n\n(b) second line of the output"), "right right"),
    # The lines that others point to are not those of the part below which they were printed.
    (("# 1\n(a)", BOTH, "(b) second line of the output"), "right right"),
    (("# 1\n(a)", BOTH, "(b) first line of the output"), "review review"),
    # Not what is pointed to: nothing printed, another problem's, of two outputs, in the other direction.
    (("# 1\n(a) output of the next cell\n\n(b) [1, 3, 0]", ("n = 12", "")), "review right"),
    (("# 1\n(a) output of the next cell\n\n(b) output of the next cell\n\n# 2\nmore", ONE), "review review"),
    (("# 1\n(a) output of the next cell\n\n(b)", TWO), "review right"),
    (("# 1\n(a) output of the cell after that\n\n(b) [1, 3, 0]", ONE), "review right"),
    (("# 1", BOTH, BOTH, "(a) first line of the output\n\n(b) second line of the output"), "review review"),
    (("# 1", BOTH, "(a) first line of the output below\n\n(b) second line of the output below"), "review review"),
    # The line of a part that it names itself, and lines that belong to an array.
    (("# 1", ("f()", "b: 12\nx: 3"), "(a) first line of the output\n\n(b) [1, 3, 0]"), "review right"),
    (("# 1", ("f()", "[[1, 2],\n [3, 4]]\n12"), "(a) third line of the output\n\n(b) [1, 3, 0]"), "review right"),
    (("# 1", ("f()", "[[1, 2],\n [3, 4]]\n12"), "(a) last line of the output\n\n(b) [1, 3, 0]"), "right right"),
]


@pytest.mark.parametrize(("cells", "statuses"), CELLS)
def test_the_cell_that_is_pointed_at_gives_the_answer(cells: tuple[str | tuple[str, str], ...], statuses: str) -> None:
    """The next cell, the one behind it or the one above is meant where it printed something, in this problem, that is
    no other part's; a line is one where it stands by itself. Anything else is for a person."""
    document = READERS.load("notebook").read(notebook(*cells), "s01")
    marks = grade(RUBRIC, Submission("s01", (document,))).marks
    assert " ".join(mark.status.value for mark in marks) == statuses


@pytest.mark.parametrize(
    ("sheet", "statuses"),
    [
        (
            "# 1\n\n```python\nf()\n```\n\nOutput:\n\n```\n12\n[1, 3, 0]\n```\n\n(a) first line\n\n(b) second line",
            "right right",
        ),
        ("# 1\n\nNumbers:\n\n```\n12\n[1, 3, 0]\n```\n\n(a) first line\n\n(b) second line", "review review"),
        (f"# 1\n\n{PRINTED}\n(a) first output line, as it is the same for both\n\n(b) [1, 3, 0]", "right right"),
        (f"# 1\n\n{PRINTED}\n(a) first output line, doubled\n\n(b) [1, 3, 0]", "review right"),
        (f"# 1\n\n{PRINTED}\n(a) first output line, in thousands\n\n(b) [1, 3, 0]", "review right"),
        (f"# 1\n\n{PRINTED}\n(a) first or second line of the output\n\n(b) [1, 3, 0]", "review right"),
        (f"# 1\n\n{PRINTED}\n(a) not the first line of the output\n\n(b) [1, 3, 0]", "review right"),
        (f"# 1\n\n{PRINTED}\n(a) the output shows the second, I get 12\n\n(b) [1, 3, 0]", "right right"),
    ],
)
def test_what_else_the_words_say_must_not_change_the_line(sheet: str, statuses: str) -> None:
    """Words behind a pointer may say why, or that it counts twice; whatever may change the value is for a person."""
    document = READERS.load("markdown").read(sheet, "s01")
    marks = grade(RUBRIC, Submission("s01", (document,))).marks
    assert " ".join(mark.status.value for mark in marks) == statuses


def test_a_line_that_is_asked_for_stays_one() -> None:
    """Where words are asked for, "the second line" is an answer, whatever was printed."""
    rubric = parse_rubric(
        "questions: {1a: {points: 1, choice: second line, options: [first line, second line]}}", "one"
    )
    document = READERS.load("markdown").read(f"# 1\n\n{PRINTED}\n(a) the second line of the output", "s01")
    (mark,) = grade(rubric, Submission("s01", (document,))).marks
    assert mark.status.value == "right"


def test_the_evidence_is_the_printed_line() -> None:
    """A person is shown the line that counts, with its place, and not only the words that point to it."""
    document = READERS.load("notebook").read(notebook("# 1\n(a) x\n\n(b) second line", BOTH), "s01")
    _, second = grade(RUBRIC, Submission("s01", (document,))).marks
    assert [(one.text, one.cell) for one in second.evidence] == [("[1, 3, 0]", "output of cell 2")]


HOMEWORK = load_rubric(Path(__file__).parent.parent / "rubrics" / "homework10.yaml")
LAYER = "### 3\n（a） Z and U are (46, 62, 20).\n\n（b） 10 input channels, 20 output channels\n\n"
COUNTS = (
    "print(f'(c) products = {m:,}')\nprint(f'(d) weights = {p:,}')",
    "(c) products = 5,133,600\n(d) weights = 1,820\n",
)
JOINT: list[tuple[tuple[str | tuple[str, str], ...], str]] = [
    ((LAYER + "（c） and （d） calculated by code:", COUNTS), "1 1"),
    (("### 3\n3a. (46, 62, 20)\n\n3b. 10, 20\n\n3c. - 3d. printed below", ("f()", "3c: 5133600\n3d: 1820")), "1 1"),
    ((LAYER + "（c） printed below\n\n（d） also printed below:", COUNTS), "1 1"),
    ((LAYER + "（c） output of the next cell\n\n（d） second line of the output", COUNTS), "1 1"),
    ((LAYER + "（c） 5133601, printed below\n\n（d） 1820", COUNTS), "None 1"),
    ((LAYER + "（c） first line of the output\n\n（d） first line of the output", COUNTS), "1 None"),
]


@pytest.mark.parametrize(("cells", "credits"), JOINT)
def test_a_pointer_is_no_second_answer_beside_the_labelled_line(
    cells: tuple[str | tuple[str, str], ...], credits: str
) -> None:
    """Words that point, for one part or several, leave the answer to the line that has the part's label; a number of
    their own, or a pointer to the line of another part, does not agree with it."""
    document = READERS.load("notebook").read(notebook(*cells), "s01")
    marks = {mark.id: mark.credit for mark in grade(HOMEWORK, Submission("s01", (document,))).marks}
    assert f"{marks['3c']} {marks['3d']}" == credits


@pytest.mark.parametrize(
    ("words", "pointer"),
    [
        ("see first output line", Pointer(1)),
        ("Any of the third line.", Pointer(3)),
        ("siehe zweite Ausgabezeile", Pointer(2)),
        ("in der letzten Zeile der Ausgabe oben", Pointer(-1, where="above")),
        ("line 2 of the output", Pointer(2)),
        ("première ligne de la sortie", Pointer(1)),
        ("second line of the output of the next cell", Pointer(2, "next")),
        ("output of the cell after that", Pointer(0, "then")),
        ("Ausgabe der vorherigen Zelle", Pointer(0, "previous")),
        ("see the cell above", Pointer(0, "previous")),
        ("output below", Pointer(0, where="below")),
        ("first output line, it is the same for U", Pointer(1, rest=20)),
        ("output", None),
        ("see result above", None),
        ("first row", None),
        ("line 3", None),
        ("one line", None),
        ("the first line of the output is 12", None),
        ("half of the first line of the output", None),
        ("the second line of the output without its last entry", None),
    ],
)
def test_words_that_point(words: str, pointer: Pointer | None) -> None:
    """An ordinal and a line, or an output and its cell, in English, German or French; not a word more that counts."""
    assert read_pointer(words) == pointer
