"""Hand-ins of several files, and of one without labels: which of the code answers which question."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from grader.grade import grade, parse_rubric
from grader.locate import locate
from grader.model.documents import Submission
from grader.model.results import Status
from grader.programs.cases import listed
from grader.programs.compare import Rule, compare
from grader.read import READERS, read_submission

RUBRIC = parse_rubric(
    """
questions:
  1:
    points: 4
    code: beta
    reference: {beta: 2 * x}
    cases: [{x: {normal: 4}, hidden: true, times: 2}]
  2:
    points: 4
    code: [lo, hi]
    reference: {lo: min(v), hi: max(v)}
    cases: [{v: {normal: 7}, hidden: true, times: 2}]
""",
    "files",
)
ONE = "beta = 2 * x\n"
LOOP = (
    "for i, a in enumerate(v):\n    if i == 0:\n        lo = hi = a\n    elif a < lo: lo = a\n    elif a > hi: hi = a\n"
)
NAMES = [
    ("q1.py", "q2.py"),
    ("problem1.py", "problem2.py"),
    ("1.py", "2.py"),
    ("ex01.py", "ex02.py"),
    ("question1.py", "question2.py"),
    ("exercise_1.py", "exercise_2.py"),
    ("hw/q1.py", "hw/q2.py"),
    ("anna1.py", "anna2.py"),  # no label: the names that are asked for say which is which
]


def statuses(folder: Path, files: dict[str, str]) -> list[Status]:
    """The marks of a hand-in of these files."""
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return [mark.status for mark in grade(RUBRIC, read_submission(folder)).marks]


@pytest.mark.parametrize(("first", "second"), NAMES)
@pytest.mark.parametrize("beside", ["", "tools.py"])
def test_files_are_found_by_their_names(first: str, second: str, beside: str, tmp_path: Path) -> None:
    """The second file answers the second question, whatever lies beside it."""
    files = {first: ONE, second: LOOP} | ({beside: "def helper(t):\n    return t\n"} if beside else {})
    assert statuses(tmp_path, files) == [Status.RIGHT, Status.RIGHT]


def test_a_file_of_the_right_name_and_other_names_in_it(tmp_path: Path) -> None:
    """What stands in a file of that name is an answer, however wrong: it is never a blank."""
    files = {"q1.py": ONE, "q2.py": "low = min(v)\nhigh = max(v)\n"}
    assert statuses(tmp_path, files)[1] is not Status.BLANK


def test_an_answer_in_the_file_of_another_question(tmp_path: Path) -> None:
    """Names that get their values elsewhere are taken from there."""
    files = {"q1.py": ONE + LOOP, "q2.py": "def show(t):\n    print(t)\n"}
    assert statuses(tmp_path, files) == [Status.RIGHT, Status.RIGHT]


INSIDE = {
    "a loop": LOOP,
    "a condition": "if len(v):\n    lo, hi = min(v), max(v)\n",
    "one line": "if len(v): lo = min(v); hi = max(v)\n",
    "a try": "try:\n    lo = min(v)\n    hi = max(v)\nexcept ValueError:\n    pass\n",
    "brackets": "(lo, hi) = min(v), max(v)\n",
    "a star": "lo, *rest, hi = sorted(v)\n",
    "a function": "def main():\n    global lo, hi\n    lo, hi = min(v), max(v)\nmain()\n",
    "a function below the main guard": (
        "def main():\n    global lo, hi\n    lo, hi = min(v), max(v)\n\nif __name__ == '__main__':\n    main()\n"
    ),
    "a walrus": "print((lo := min(v)), (hi := max(v)))\n",
}


@pytest.mark.parametrize("case", INSIDE)
def test_names_that_get_their_values_inside(case: str, tmp_path: Path) -> None:
    """Below the bare label of another question too."""
    assert statuses(tmp_path, {"hw.py": f"# 1\n{ONE}\n{INSIDE[case]}"}) == [Status.RIGHT, Status.RIGHT]


CAPITALS = {
    "all of them": ("LO = min(v)\nHi = max(v)\n", Status.PARTIAL),
    "inside": ("if len(v):\n    LO, Hi = min(v), max(v)\n", Status.PARTIAL),
    "one of them": ("LO = min(v)\nhi = max(v)\n", Status.PARTIAL),
    "one of them, and the other nowhere": ("LO = min(v)\n", Status.BLANK),
    "other values": ("LO = max(v)\nHI = min(v)\n", Status.WRONG),
}


@pytest.mark.parametrize("case", CAPITALS)
def test_names_with_other_capitals_are_found_without_a_label(case: str, tmp_path: Path) -> None:
    """A slip in all names costs what one in some of them does."""
    text, status = CAPITALS[case]
    assert statuses(tmp_path, {"hw.py": f"{ONE}\n{text}"}) == [Status.RIGHT, status]


def test_a_name_of_a_function_alone_is_no_answer(tmp_path: Path) -> None:
    """A local variable gives no name a value."""
    text = f"# 1\n{ONE}\ndef f(t):\n    lo = min(t)\n    return lo\n"
    assert statuses(tmp_path, {"hw.py": text}) == [Status.RIGHT, Status.BLANK]


FUNCTIONS = parse_rubric(
    """
questions:
  1: {points: 2, code: "double(x)", reference: 2 * x, cases: [{x: {normal: 9}, hidden: true}]}
  2: {points: 2, code: "triple(x)", reference: 3 * x, cases: [{x: {normal: 4}, hidden: true}]}
""",
    "functions",
)
DOUBLE = "def double(x):\n    return 2 * x\n"
BESIDE = {
    "pyproject.toml": ("[project]\n", Status.BLANK),
    "requirements.txt": ("numpy==1.2\n", Status.BLANK),
    "README.md": ("# Homework\n\nRun hw.py.\n", Status.BLANK),
    "LICENSE": ("MIT\n", Status.BLANK),
    "Makefile": ("all:\n\tpython hw.py\n", Status.BLANK),
    "data.npy": ("\0\1\2\0", Status.BLANK),
    "README.txt": ("def triple(x): 3 times\n", Status.REVIEW),
    "notes.odd": ("triple is 3 * x\n", Status.REVIEW),
}


@pytest.mark.parametrize("name", BESIDE)
def test_what_lies_beside_a_program(name: str, tmp_path: Path) -> None:
    """A file that holds no program by its name hides no answer that is missing; any other may."""
    text, status = BESIDE[name]
    (tmp_path / "hw.py").write_text(DOUBLE, encoding="utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8")
    marks = grade(FUNCTIONS, read_submission(tmp_path)).marks
    assert [mark.status for mark in marks] == [Status.RIGHT, status]


def test_a_method_is_told_by_its_place(tmp_path: Path) -> None:
    """It is not said that there is no such function."""
    text = f"{DOUBLE}class Numbers:\n    def triple(self, x):\n        return 3 * x\n"
    (tmp_path / "hw.py").write_text(text, encoding="utf-8")
    mark = grade(FUNCTIONS, read_submission(tmp_path)).marks[1]
    assert (mark.status, mark.reasons[0].id) == (Status.REVIEW, "function-inside")
    assert ("where", "def triple(self, x):") in mark.reasons[0].facts


def test_a_dictionary_with_other_keys_is_told() -> None:
    """Not that a dictionary is given and a dictionary is asked for."""
    facts = dict(compare({"a": 1}, {"b": 1}, Rule()).facts)
    assert facts == {"found": "a dictionary", "asked": "a dictionary with other keys"}


def test_an_array_is_written_without_columns() -> None:
    """As it would be typed."""
    assert listed(np.array([0, 1, -4])) == "[0, 1, -4]"
    assert listed(np.array([[1.5, -2], [10, 3]])) == "[[1.5, -2.], [10., 3.]]"


MANY = "".join(f"def g{number}():\n    return {number}\n" for number in range(20_000))  # each looked for: minutes
MAY_BE = {
    "none": ("", False),
    "alike": ("def tripled():\n    return 3\n", True),
    "with as many arguments": ("def other(x):\n    return 3 * x\n", True),
    "called by another": ("def other(x):\n    return 3 * x\nother(2)\n", False),
    "defined again": ("def g7():\n    return 7\n", False),
}


@pytest.mark.parametrize("name", MAY_BE)
def test_which_of_many_functions_may_be_the_answer_is_told_at_one_look(name: str) -> None:
    """Of a program of twenty thousand functions that one question asks for, too, it is told for another question."""
    other, found = MAY_BE[name]
    program = Submission("s", (READERS.load("python").read(DOUBLE + MANY + other, "a.py"),))
    assert (locate(program, FUNCTIONS.rubric).get("2") is not None) is found
