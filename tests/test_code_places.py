"""Where programs are found: in files, fences, cells and folders, under labels and by their functions."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from grader.grade import echo, grade, parse_rubric
from grader.locate import locate
from grader.model.documents import Submission
from grader.model.results import GradedSubmission, Mark, Status
from grader.read import READERS, read_submission

RUBRIC = parse_rubric(
    """
questions:
  1: {points: 1, number: 6}
  2:
    points: 2
    code: double(x)
    reference: 2 * x
    cases: [{x: 3}, {x: {normal: 4}, hidden: true}]
  3:
    points: 2
    code: triple(x)
    reference: 3 * x
    cases: [{x: 3}, {x: {normal: 4}, hidden: true}]
  4:
    points: 1
    code: m
    reference: {m: mean(u)}
    cases: [{u: [1, 2, 6]}, {u: {normal: 4}, hidden: true}]
""",
    "places",
)
DOUBLE = "def double(x):\n    return 2 * x\n"
TRIPLE = "def triple(x):\n    return 3 * x\n"
BOTH = "def triple(x):\n    return double(x) + x\n"
MEAN = "m = sum(u) / len(u)\n"


def read(folder: Path, **files: str) -> Submission:
    """A folder of files as a hand-in; `__` in a name stands for a dot, `___` for a slash."""
    for name, text in files.items():
        path = folder / name.replace("___", "/").replace("__", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return read_submission(folder, "s")


def statuses(graded: GradedSubmission) -> str:
    """The first letters of all statuses, in order."""
    assert graded.log == ()
    return "".join(mark.status.value[0] for mark in graded.marks)


def fenced(*codes: str) -> str:
    """Fences of Markdown, one below the other."""
    return "\n".join(f"```python\n{code}```\n" for code in codes)


def notebook(*cells: tuple[str, str]) -> str:
    """A notebook of cells, each with a kind and its source."""
    made = [{"cell_type": kind, "source": source, "outputs": []} for kind, source in cells]
    return json.dumps({"cells": made, "nbformat": 4, "metadata": {"language_info": {"name": "python"}}})


ALL = "rrrr"
FOUND: dict[str, tuple[dict[str, str], str]] = {
    "one page": ({"a__md": f"# 1\n\n6\n\n# 2\n{fenced(DOUBLE)}\n# 3\n{fenced(TRIPLE)}\n# 4\n{fenced(MEAN)}"}, ALL),
    "words and one file": ({"a__md": f"# 1\n\n6\n\n# 4\n{fenced(MEAN)}", "b__py": DOUBLE + TRIPLE}, ALL),
    "words and several files": (
        {"a__md": "# 1\n\n6\n", "b__py": DOUBLE, "c__py": TRIPLE, "d__py": f"# Question 4\n{MEAN}"},
        ALL,
    ),
    "one file with labels": (
        {"a__md": "1. 6", "b__py": f"# Question 2\n{DOUBLE}\n# Question 3\n{TRIPLE}\n# Question 4\n{MEAN}"},
        ALL,
    ),
    "files named after questions": (
        {"q1__md": "6", "q2__py": DOUBLE, "q3__py": TRIPLE, "q4__md": fenced(MEAN)},
        ALL,
    ),
    "a notebook": (
        {
            "a__ipynb": notebook(
                ("markdown", "# 1\n6"),
                ("code", "import numpy as np"),
                ("markdown", "# 2"),
                ("code", DOUBLE),
                ("markdown", "# 3\nas before"),
                ("code", "def triple(x):\n    return x + double(x)"),
                ("markdown", "# 4"),
                ("code", "m = np.mean(u)\nm"),
            )
        },
        ALL,
    ),
    "functions without labels": ({"a__md": f"1. 6\n\nMine:\n{fenced(DOUBLE, TRIPLE)}\n# 4\n{fenced(MEAN)}"}, ALL),
    "a helper from above": (
        {"a__md": f"# 1\n\n6\n\n# 2\n{fenced(DOUBLE)}\n# 3\n{fenced(BOTH)}\n# 4\n{fenced(MEAN)}"},
        ALL,
    ),
    "an import of another file": (
        {"a__md": f"# 1\n6\n# 4\n{fenced(MEAN)}", "lib___a__py": DOUBLE,
         "main__py": "from lib.a import double\ndef triple(x): return double(x) + x\n"},
        ALL,
    ),
    "an import from beside": (
        {"a__md": f"# 1\n6\n# 4\n{fenced(MEAN)}", "pkg___a__py": DOUBLE,
         "pkg___b__py": "from .a import double\ndef triple(x): return double(x) + x\n"},
        ALL,
    ),
    "one is missing": ({"a__md": f"# 1\n\n6\n\n# 2\n{fenced(DOUBLE)}\n# 4\n{fenced(MEAN)}"}, "rrbr"),
    "one is empty": ({"a__md": f"# 1\n\n6\n\n# 2\n{fenced(DOUBLE)}\n# 3\n\n# 4\n{fenced(MEAN)}"}, "rrbr"),
    "one does not parse": (
        {"a__md": "# 1\n6", "b__py": f"{DOUBLE}\ndef triple(x:\n    return 3\n\n# Question 4\n{MEAN}"},
        "rrwr",
    ),
    "two that differ": (
        {"a__md": f"# 1\n6\n# 2\n{fenced(DOUBLE)}\n# 4\n{fenced(MEAN)}", "b__py": "def double(x): return x\n" + TRIPLE},
        "rrrr",  # under the label stands what counts
    ),
    "two that differ, without labels": (
        {"a__md": f"1. 6\n\n{fenced(DOUBLE)}", "b__py": "def double(x): return x\n" + TRIPLE},
        "rrrb",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
def test_found(name: str, tmp_path: Path) -> None:
    """Each program is found and marked, wherever it stands."""
    files, expected = FOUND[name]
    assert statuses(grade(RUBRIC, read(tmp_path, **files))) == expected


PROGRAMS = parse_rubric(
    """
questions:
  2: {points: 2, code: double(x), reference: 2 * x, cases: [{x: 3}]}
  3: {points: 2, code: triple(x), reference: 3 * x, cases: [{x: 3}]}
""",
    "programs",
)


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        (DOUBLE, "rb"),
        (TRIPLE, "br"),
        (f"{DOUBLE}def say():\n    print(double(2))\n", "rb"),  # without an argument it is no `triple`
        (f"{DOUBLE}def three_times(x):\n    return 3 * x\n", "rr"),
        (f"{DOUBLE}def tripled():\n    return 3\n", "rw"),  # called nearly so
        (f"{DOUBLE}def tripel(x):\n    return 3 * x\n", "rp"),
        (f"{DOUBLE}def (x):\n    return 3 * x\n", "rr"),
    ],
)
def test_a_program_without_one_of_the_functions(program: str, expected: str) -> None:
    """What was read to its end and holds the other functions only leaves a blank; what may hold more does not."""
    graded = grade(PROGRAMS, Submission("s", (READERS.load("python").read(program, "mueller.py"),)))
    assert statuses(graded) == expected


def test_a_page_and_a_program_for_one_question() -> None:
    """What a text kind makes of a page is the same whether or not a program lies beside it."""
    rubric = parse_rubric("questions: {1: {points: 1, number: 6}, 2: {points: 1, number: 7}}", "words")
    page = READERS.load("markdown").read("# 1\n6\n# 2\n7\n", "a.md")
    program = READERS.load("python").read("# Question 1\nprint(5)\n", "b.py")
    assert statuses(grade(rubric, Submission("s", (page, program)))) == "rr"
    assert statuses(grade(rubric, Submission("s", (program,)))) == "rr"  # for a person: both start so
    assert {mark.status for mark in grade(rubric, Submission("s", (program,))).marks} == {Status.REVIEW}


def test_code_of_cells_is_no_answer_to_words() -> None:
    """Where a number is asked for, the code of a cell that computes it is left to a person, as ever."""
    text = notebook(("markdown", "# 1"), ("code", "2*3"))
    graded = grade(RUBRIC, Submission("s", (READERS.load("notebook").read(text, "a.ipynb"),)))
    assert graded.marks[0].status is Status.REVIEW


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("y = 2*a", Status.REVIEW),
        ("print(2*3)", Status.WRONG),
        ("n = 2*3", Status.WRONG),
        ("import math\ny = 2*a", Status.WRONG),
    ],
)
def test_a_formula_typed_as_code_beside_words_is_for_a_person(code: str, status: Status) -> None:
    """Code is left out beside words; a formula in it may be the part of the answer that the words lack."""
    text = f"# 1\n\nIt is 7.\n\n```python\n{code}\n```\n"
    graded = grade(RUBRIC, Submission("s", (READERS.load("markdown").read(text, "a.md"),)))
    assert graded.marks[0].status is status


def mark(code: str, name: str = "a.py") -> Mark:
    """The mark of question 2 for a program in a file."""
    return grade(RUBRIC, Submission("s", (READERS.load("python").read(code, name),))).marks[1]


def test_lines_are_those_of_the_file() -> None:
    """The evidence is the student's own line, and an exception names the line at which it was raised."""
    found = mark("import math\n\n\ndef double(x):\n    y = x + x\n    return y + nothing\n")
    assert [(one.file, one.line, one.text) for one in found.evidence] == [
        ("a.py", 4, "def double(x):"),
        ("a.py", 6, "    return y + nothing"),
    ]
    assert ("where", "double: return y + nothing") in found.reasons[0].facts


def test_lines_of_a_cell_are_those_of_the_cell(tmp_path: Path) -> None:
    """In a notebook and in a folder the place names the cell or the file."""
    text = notebook(
        ("code", "import numpy as np\n\n"), ("markdown", "# 2"), ("code", "y = 1\ndef double(x):\n    return 2*x")
    )
    graded = grade(RUBRIC, Submission("s", (READERS.load("notebook").read(text, "a.ipynb"),)))
    assert [(one.place, one.line) for one in graded.marks[1].evidence] == [("a.ipynb, cell 3", 2)]
    graded = grade(RUBRIC, read(tmp_path, a__py="x = 1\n", b__py=f"x = 1\n{DOUBLE}"))
    assert [(one.cell, one.line) for one in graded.marks[1].evidence] == [("b.py", 2)]


def test_the_same_words_in_other_surroundings() -> None:
    """Two hand-ins with the same answer are two hand-ins: what stands above it may make one of them wrong."""
    page = "```python\n{above}\n```\n\n# 3\n```python\ndef triple(x):\n    return helper(x) + x\n```\n"
    for factor, status in ((2, Status.RIGHT), (5, Status.WRONG), (2, Status.RIGHT)):
        text = page.format(above=f"def helper(x):\n    return {factor} * x")
        graded = grade(RUBRIC, Submission("s", (READERS.load("markdown").read(text, "a.md"),)))
        assert graded.marks[2].status is status


def test_echo_shows_programs_without_reading_them_as_mathematics(tmp_path: Path) -> None:
    """A program is shown as it was found; nothing in it is taken for a formula."""
    found = {one.question: one for one in echo(RUBRIC, read(tmp_path, a__py=DOUBLE))}
    assert found["2"].read_as == ()
    assert [one.text for one in found["2"].evidence] == DOUBLE.rstrip().split("\n")


def test_parts_of_one_question() -> None:
    """A function and a sentence about it may be asked for together, each with its weight."""
    rubric = parse_rubric(
        """
questions:
  1:
    points: 4
    parts:
      f: {code: double(x), reference: 2*x, cases: [{x: {normal: 3}, hidden: true}], weight: 3}
      g: {code: triple(x), reference: 3*x, cases: [{x: {normal: 3}, hidden: true}]}
""",
        "parts",
    )
    document = READERS.load("python").read(DOUBLE + "def triple(x): return x\n", "a.py")
    (found,) = grade(rubric, Submission("s", (document,))).marks
    assert [part.credit for part in found.parts] == [1, 0]
    assert found.points == Fraction(3)


def test_what_stands_above_is_run_and_not_spoken_of() -> None:
    """Code of earlier answers may fail, or never end, without a word in the feedback of a later one, or a loss."""
    for above in ("m = sum(nothing)", "def broken(:\n    pass", "while True:\n    pass"):
        text = f"# 2\n```python\n{above}\n```\n\n# 4\n```python\nm = sum(u) / len(u)\n```\n"
        graded = grade(RUBRIC, Submission("s", (READERS.load("markdown").read(text, "a.md"),)))
        assert (graded.marks[3].status, graded.marks[3].reasons) == (Status.RIGHT, ()), above


def test_what_stands_above_does_not_change_what_is_given() -> None:
    """A snippet finds the given names as they were given, whatever an earlier answer did with them."""
    for above in ("u = u - sum(u) / len(u)", "u[0] = 100", "u.sort()", "del u"):
        text = f"# 2\n```python\n{above}\n```\n\n# 4\n```python\nm = sum(u) / len(u)\n```\n"
        graded = grade(RUBRIC, Submission("s", (READERS.load("markdown").read(text, "a.md"),)))
        assert graded.marks[3].status is Status.RIGHT, above
        own = grade(
            RUBRIC,
            Submission(
                "s", (READERS.load("markdown").read(f"# 4\n```python\n{above}\nm = sum(u)/ len(u)\n```\n", "a.md"),)
            ),
        )
        assert own.marks[3].status is not Status.RIGHT or above == "u.sort()", above


def test_an_answer_does_not_stand_on_an_earlier_one() -> None:
    """What an earlier answer called by the same name does not count where the answer itself fails."""
    fence = "```python\n{}\n```\n"
    good = fence.format("m = sum(u) / len(u)\ndef triple(x):\n    return 3 * x")
    for question, own in (("4", "m = average(u)"), ("4", "pass"), ("3", "@jit\ndef triple(x):\n    return 3 * x")):
        text = f"# 2\n{good}\n# {question}\n{fence.format(own)}"
        graded = grade(RUBRIC, Submission("s", (READERS.load("markdown").read(text, "a.md"),)))
        assert graded.marks[int(question) - 1].credit in (None, 0), (question, own)


def test_the_last_word_may_be_one_that_does_not_parse() -> None:
    """A function that is defined, and then once more in a way that does not parse, is for a person."""
    assert mark(f"{DOUBLE}\ndef double(x:\n    return x\n").status is Status.REVIEW
    assert mark(f"def double(x:\n    return x\n\n{DOUBLE}").status is Status.RIGHT


@pytest.mark.parametrize("name", ["time", "random", "numpy", "collections", "test"])
def test_a_file_hides_no_library(name: str, tmp_path: Path) -> None:
    """A program that was saved under the name of a module imports the library all the same."""
    text = (
        f"import time, random, collections\nimport numpy as np\nimport {name}\ntime.time()\nrandom.random()\n{DOUBLE}"
    )
    (tmp_path / f"{name}.py").write_text(text + "np.ones(collections.Counter('a')['a'])\n", encoding="utf-8")
    found = grade(RUBRIC, read_submission(tmp_path / f"{name}.py", "s")).marks[1]
    assert (found.status, found.reasons) == (Status.RIGHT, ())


def test_a_file_that_another_asks_for_is_meant(tmp_path: Path) -> None:
    """As Python has it, a module of the hand-in goes before the library's, but for what is built in."""
    files = {"a__py": "from queue import twice\nimport time\ntime.time()\ndef double(x):\n    return twice(x)\n"}
    files |= {"queue__py": "def twice(x): return 2 * x\n", "time__py": "import time\n", "numpy___linalg__py": "x = 1\n"}
    assert grade(RUBRIC, read(tmp_path, **files)).marks[1].status is Status.RIGHT


def test_a_function_in_two_files_is_for_a_person(tmp_path: Path) -> None:
    """An older version beside the answer may be the better one, or the worse: nothing says which is meant."""
    files = {"a__py": DOUBLE, "old__py": DOUBLE.replace("2", "3")}
    assert grade(RUBRIC, read(tmp_path, **files)).marks[1].status is Status.REVIEW


@pytest.mark.parametrize(
    "label", ["# 4.", "# 4", "# mean of u", "# Number 4", "# (4)", "#%% the mean", "", "# no. 4", "# mean, part of it"]
)
def test_a_snippet_is_found_by_the_name_that_it_gives_a_value(label: str) -> None:
    """Whatever the comment above it, `m = ...` below another function answers the question that asks for m."""
    text = f"# Question 2\n{DOUBLE}\n# Question 3\n{TRIPLE}\n{label}\n{MEAN}"
    graded = grade(RUBRIC, Submission("s", (READERS.load("python").read(text, "a.py"),)))
    assert statuses(graded)[1:] == "rrr"
    assert graded.marks[3].status is Status.RIGHT


@pytest.mark.parametrize("line", ["mm = 3", "f(m=3)", "if m == 3: pass", "# m = 3", "m.x = 3"])
def test_a_name_that_is_only_mentioned_is_no_snippet(line: str) -> None:
    """Where no line gives the name a value nothing is found, and a person may look for it."""
    text = f"# Question 2\n{DOUBLE}\n{line}\n"
    graded = grade(RUBRIC, Submission("s", (READERS.load("python").read(text, "a.py"),)))
    assert (graded.marks[3].status, graded.marks[3].evidence) == (Status.REVIEW, ())


def test_arguments_by_name_only_are_named() -> None:
    """A function that takes its arguments by name alone is called with them."""
    assert mark("def double(*, x):\n    return 2 * x\n").status is Status.RIGHT


@pytest.mark.parametrize(
    ("program", "found"),
    [
        (f"# Question 2\n{DOUBLE}", False),  # nothing in it may be `triple`
        ("def three_times(x):\n    return 3 * x\n", True),
        (f"# Question 2\ndef twice(x):\n    return 2 * x\n\n\n{DOUBLE.replace('2 * x', 'twice(x)')}", False),
    ],
)
def test_the_function_of_another_question_is_no_answer(program: str, found: bool, tmp_path: Path) -> None:
    """A program that only defines what other questions ask for, and what that calls, is not run for a question."""
    graded = grade(RUBRIC, read(tmp_path, hw__py=program))
    mark = next(mark for mark in graded.marks if mark.id == "3")
    assert any(reason.id == "other-function" for reason in mark.reasons) == found


NAMED = "# Question 2\n{}def doubled(x):\n    return 2 * x\n\n# Question 3\ndef three_times(x):\n    return 3 * x\n"
FUNCTIONS: dict[str, tuple[str, str, str]] = {
    "of quite another name, twice": (NAMED.format(""), "p", "other-function"),
    "with a helper above": (NAMED.format("def halved(x):\n    return x / 2\n"), "p", "other-function"),
    "that another question asks for": (f"# Question 2\n{DOUBLE}# Question 3\npass\n", "r", "function-missing"),
    "that another asks for, of nearly the same name": (
        f"# Question 2\n{DOUBLE}# Question 3\ny = 3\n",
        "r",
        "function-missing",
    ),
    "kept in a class": (
        f"class Answers:\n    @staticmethod\n    def triple(x):\n        return 3 * x\n\n{DOUBLE}",
        "r",
        "function-misnamed",
    ),
    "kept in two classes": (
        "".join(f"class {name}:\n    @staticmethod\n    def triple(x):\n        return 3 * x\n\n" for name in "AB")
        + DOUBLE,
        "r",
        "function-inside",
    ),
    "a method of an object": (
        f"class A:\n    def triple(self, x):\n        return 3 * x\n\n{DOUBLE}",
        "r",
        "function-inside",
    ),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_which_function_stands_for_one_that_is_not_there(name: str, tmp_path: Path) -> None:
    """One alone under its own heading, or one of this name that a class keeps; none that is asked for elsewhere."""
    source, double, reason = FUNCTIONS[name]
    marks = {mark.id: mark for mark in grade(RUBRIC, read(tmp_path, hw__py=source)).marks}
    assert marks["2"].status.value[0] == double
    assert [one.id for one in marks["3"].reasons][:1] == [reason]
    assert marks["3"].credit == (Fraction(4, 5) if reason == "function-misnamed" else None)


OTHER = "    def other(x):\n        for k in x: pass\n"
KEPT = {
    "return 3 * x\n": ("4/5", "function-misnamed"),
    "for k in x: pass\n        return 3 * x\n": ("2/5", "function-misnamed forbidden-used"),
    f"return 3 * x\n{OTHER}": ("4/5", "function-misnamed"),
    f"A.other(x)\n        return 3 * x\n{OTHER}": ("2/5", "function-misnamed forbidden-used"),
    f"getattr(A, 'oth' + 'er')(x)\n        return 3 * x\n{OTHER}": (
        "",
        "forbidden-hidden forbidden-hidden function-misnamed",
    ),
}


@pytest.mark.parametrize("body", KEPT)
def test_a_function_that_a_class_keeps_is_looked_at_without_its_neighbours(body: str) -> None:
    """What another function of the class uses counts if it is called, and for a person if that cannot be seen."""
    rubric = parse_rubric(
        "questions: {1: {points: 1, code: triple(x), reference: 3 * x, forbid: loops, cases: [{x: [3, 4]}]}}", "kept"
    )
    source = f"class A:\n    @staticmethod\n    def triple(x):\n        {body}"
    (mark,) = grade(rubric, Submission("s", (READERS.load("python").read(source, "a.py"),))).marks
    credit, reasons = KEPT[body]
    assert " ".join(one.id for one in mark.reasons) == reasons
    assert mark.credit == (Fraction(credit) if credit else None)


def test_of_a_whole_file_what_gives_the_names_a_value_is_quoted() -> None:
    """A snippet among the functions of other questions is shown by its own lines."""
    rubric = parse_rubric("questions: {1: {points: 1, code: m, reference: {m: mean(u)}, cases: [{u: [1, 2]}]}}", "own")
    program = f"import numpy as np\n\n{DOUBLE}\nm = np.mean(u)\n\n{TRIPLE}"
    mark = grade(rubric, Submission("s", (READERS.load("python").read(program, "a.py"),))).marks[0]
    assert (mark.status, [one.text for one in mark.evidence]) == (Status.RIGHT, ["m = np.mean(u)"])


@pytest.mark.parametrize(
    ("name", "clue"),
    [("q2", "file name"), ("problem2", "file name"), ("ex02", "file name"), ("2", "file name")]
    + [(name, "program") for name in ("anna2", "hw2", "sheet2", "s02", "mine")],
)
def test_the_name_of_a_file_is_a_label_if_it_is_nothing_else(name: str, clue: str) -> None:
    """`anna2.py` is the second try of a student, and not an answer to question 2."""
    document = READERS.load("python").read(f"import numpy as np\n\n{TRIPLE}", f"{name}.py")
    rubric = parse_rubric(
        "questions: {1: {points: 1, code: f(x), reference: x, cases: [{x: 1}]},"
        " 2: {points: 1, code: triple(x), reference: 3 * x, cases: [{x: 1}]}}",
        "named",
    )
    answer = locate(Submission(name, (document,)), rubric.rubric).get("2")
    assert answer is not None
    assert answer.clue == clue


def test_a_function_for_another_question_is_no_part_of_a_snippet_with_a_misspelt_name(tmp_path: Path) -> None:
    """What one question allows and another does not is held against its own answer alone."""
    rubric = parse_rubric(
        "questions:\n"
        "  1: {points: 1, code: total(x), reference: sum(x), cases: [{x: [1, 2]}, {x: {normal: 4}, hidden: true}]}\n"
        "  2:\n    points: 1\n    code: [mean, spread]\n    reference: {mean: mean(u), spread: max(u) - min(u)}\n"
        "    cases: [{u: [1, 2, 6]}, {u: {normal: 4}, hidden: true}]\n    forbid: {loops: 0}\n",
        "forbidding",
    )
    looped = "def total(x):\n    s = 0\n    for a in x:\n        s = s + a\n    return s\n"
    snippet = "mean = sum(u) / len(u)\nspred = max(u) - min(u)\n"
    marks = grade(rubric, read(tmp_path, a__py=f"{looped}\n{snippet}")).marks
    assert marks[1].credit is not None
    assert marks[1].credit > 0
    called = looped + "mean = total(u) / len(u)\nspred = max(u) - min(u)\n"
    assert grade(rubric, read(tmp_path, a__py=called)).marks[1].credit == 0
