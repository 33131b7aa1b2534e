"""What a student reads of a program: the real fault, where it stands, and only what matters to the question."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.model.results import GradedSubmission, Mark
from grader.prepare.parts import PreparedRubric
from grader.read import READERS, read_submission
from grader.report import render
from grader.report.numbers import shown
from grader.report.sentences import explain

HEAD = "questions:\n  1:\n    points: 6\n    seed: words\n"
SCALE = (
    f"{HEAD}    code: scale(x)\n    reference: x / max(x)\n"
    "    cases: [{x: [1, 2, 4]}, {x: [3, 9], hidden: true}, {x: {uniform: 5}, hidden: true}]\n"
)
MISTAKE = "    mistakes: [{reference: x / sum(x), credit: 1/2, say: Divide by the largest.}]\n"
RAISES = (
    f"{HEAD}    code: root(x)\n    reference: sqrt(x)\n"
    "    cases: [{x: 4}, {x: 9, hidden: true}, {x: -1, raises: ValueError, hidden: true}]\n"
)
LOOPS = f"{SCALE}    forbid: {{loops: 1/2}}\n"
NUMPY = "import numpy as np\n"


def graded(rubric: PreparedRubric, source: str, reader: str = "python") -> GradedSubmission:
    """A hand-in of one file."""
    suffix = {"python": "py", "markdown": "md"}[reader]
    found = grade(rubric, Submission("a", (READERS.load(reader).read(source, f"a.{suffix}"),)))
    assert found.log == ()
    return found


def mark(rubric: str, source: str) -> Mark:
    """The mark of a hand-in of one file."""
    return graded(parse_rubric(rubric, "words"), source).marks[0]


def told(rubric: str, source: str) -> str:
    """All that is said of it."""
    return " ".join(explain(one, "student", lambda text: f"`{text}`", str) for one in mark(rubric, source).reasons)


LONG = "return np.array([x[i] / max(x) for i in range(len(x))]) + " + " + ".join(["0.0"] * 40)
SAID = {
    "a declared mistake": (
        SCALE + MISTAKE,
        f"{NUMPY}def scale(x):\n    return x / x.sum()\n",
        "Divide by the largest. For `x = [1, 2, 4]` the first entry",
        "Test cases",
    ),
    "another mistake": (SCALE + MISTAKE, f"{NUMPY}def scale(x):\n    return x / len(x)\n", "Test cases", "Divide"),
    "a fault behind a forgotten import": (
        SCALE,
        "def scale(x):\n    return np.array(x) / x[7]\n",
        "`IndexError: index 7 is out of bounds for axis 0 with size 3`",
        "not defined",
    ),
    "a forgotten import, and another name that is nowhere": (
        SCALE,
        "def scale(x):\n    return np.array(x) / largest(x)\n",
        "`NameError: name 'largest' is not defined`",
        "`NameError: name 'np'",
    ),
    "an import that fails": (
        SCALE,
        "from numpy import math\ndef scale(x):\n    return x / math.sqrt(max(x) ** 2)\n",
        "The import of `math` fails.",
        "never imported",
    ),
    "an exception of the program's own that is called like the one asked for": (
        RAISES.replace(", hidden: true}]", "}]"),
        "class ValueError(BaseException): pass\ndef root(x):\n    if x < 0: raise ValueError()\n    return x ** 0.5\n",
        "it should raise `ValueError`, and raises a class of its own that is only called so",
        "and raises `ValueError`",
    ),
    "the same in a hidden case": (
        RAISES,
        "class ValueError(BaseException): pass\ndef root(x):\n    if x < 0: raise ValueError()\n    return x ** 0.5\n",
        "it should raise `ValueError`, and raises an exception of its own",
        "and raises `ValueError`",
    ),
    "a name that is nowhere": (
        SCALE,
        "def scale(x):\n    return largest(x)\n",
        "`NameError: name 'largest' is not defined`",
        "never imported",
    ),
    "a library that is not here": (
        SCALE,
        f"{NUMPY}import matplotlib.pyplot as plt\ndef scale(x):\n    return x / x.max()\nplt.plot(scale(np.ones(3)))\n",
        "The statement `plt.plot(scale(np.ones(3)))` needs the library `matplotlib`, which is not installed here",
        "NameError",
    ),
    "a name that no library gives": (
        SCALE,
        f"{NUMPY}def scale(x):\n    return x / x.max()\nplt.plot(scale(np.ones(3)))\n",
        "ends in `NameError: name 'plt' is not defined`",
        "library",
    ),
    "another exception, of Python's own": (
        RAISES,
        "def root(x):\n    assert x >= 0\n    return x ** 0.5\n",
        "it should raise `ValueError`, and raises `AssertionError`.",
        "of its own",
    ),
    "another exception, of the program's own": (
        RAISES,
        "class Secret4(Exception): pass\ndef root(x):\n    if x < 0:\n        raise Secret4\n    return x ** 0.5\n",
        "it should raise `ValueError`, and raises an exception of its own.",
        "Secret4",
    ),
    "only the exceptions": (
        RAISES,
        "def root(x):\n    raise ValueError\n",
        "Test cases that come out right: 1 of 3. Cases that ask for an exception count for nothing alone",
        "published",
    ),
    "no exception and no value": (RAISES, "def root(x):\n    return 1\n", "right: 0 of 3.", "for nothing alone"),
    "the published example and the exceptions": (
        RAISES,
        "def root(x):\n    if x < 0:\n        raise ValueError\n    return 2.0\n",
        "exception count for nothing alone",
        "not defined",
    ),
    "an array of whole numbers": (
        SCALE,
        f"{NUMPY}def scale(x):\n    y = np.zeros_like(x)\n    y[:] = x / x.max()\n    return y\n",
        "These are the right values without their decimals.",
        "published",
    ),
    "whole numbers that are others": (
        SCALE,
        f"{NUMPY}def scale(x):\n    return np.ones_like(x)\n",
        "Entries that are not right: 2 of 3.",
        "decimals",
    ),
    "nothing but zeros": (
        SCALE,
        f"{NUMPY}def scale(x):\n    return np.zeros_like(x)\n",
        "Entries that are not right: 3 of 3.",
        "decimals",
    ),
    "a forbidden line": (
        LOOPS,
        f"{NUMPY}\n\ndef scale(x):\n    for k in range(1):\n        pass\n    return x / x.max()\n",
        "`loops`, at line 5, `for k in range(1):`.",
        "the line",
    ),
    "a long forbidden line": (LOOPS, f"{NUMPY}def scale(x):\n    {LONG}\n", "+ 0.0 + 0.0 +…`.", "the line"),
    "what is in doubt": (
        LOOPS,
        f"{NUMPY}def scale(x):\n    return eval('x / x.max()')\n",
        "in doubt is `eval`, at line 3, `return eval('x / x.max()')`.",
        "the line",
    ),
    "a line that does not parse": (
        SCALE,
        f"{NUMPY}def scale(x)\n    return x / x.max()\n",
        "expected ':', at line 2, `def scale(x)`. So",
        "newer",
    ),
}


@pytest.mark.parametrize("name", SAID)
def test_the_real_fault_is_said(name: str) -> None:
    """And nothing that leads away from it."""
    rubric, source, words, never = SAID[name]
    text = told(rubric, source)
    assert words in text
    assert never not in text


PIECES = {
    "all is right": ("def scale(x): return x / x.max()\ndef other(x)\n    return x\n", ""),
    "it is not needed": ("def scale(x): return x / x.sum()\ndef other(x)\n    return x\n", ""),
    "it calls the function": ("def scale(x): return x / x.sum()\nprint scale(np.ones(3))\n", ""),
    "it is needed": ("def scale(x): return other(x)\ndef other(x)\n    return x\n", "piece-not-parsed"),
    "a helper needs it": (
        "def scale(x): return go(x)\ndef go(x): return x / most\nmost = = 3\n",
        "piece-not-parsed",
    ),
    "an import is needed": ("import math m\ndef scale(x): return m.sqrt(x)\n", "piece-not-parsed"),
    "it is of a newer Python": (
        "def scale(x): return other(x)\ndef other(x):\n    d = {'a': 1}\n    return f'{d['a']}'\n",
        "piece-newer",
    ),
}


@pytest.mark.parametrize("name", PIECES)
def test_what_does_not_parse_is_told_where_it_matters(name: str) -> None:
    """A piece that gives a name of which the answer has need, and of which something is not right."""
    source, id = PIECES[name]
    found = [one.id for one in mark(SCALE, NUMPY + source).reasons if one.id.startswith("piece")]
    assert found == ([id] if id else [])


def test_an_answer_of_a_newer_python_says_so() -> None:
    """Nested quotes of one kind in a formatted text are read from 3.12 on; what is broken in any version is not."""
    newer = "def scale(x):\n    d = {'a': 1}\n    print(f'{d['a']}')\n    return x / x.max()\n"
    assert "only a newer version of Python" in told(SCALE, NUMPY + newer)
    assert "newer" not in told(SCALE, NUMPY + newer.replace("f'{d['a']}'", "f'{d[}'"))


def test_which_of_several_values_is_said_in_words() -> None:
    """Not among the inputs, which are set apart as code."""
    rubric = f"{HEAD}    code: s(x)\n    results: [low, high]\n    reference: {{low: min(x), high: max(x)}}\n"
    rubric += "    cases: [{x: [1, 2]}, {x: [3, 9, 4], hidden: true}]\n"
    assert "is `high`. For `x = [1, 2]` it gives `1`" in told(rubric, "def s(x): return min(x), min(x)\n")


def test_the_number_of_a_line_is_that_of_the_page() -> None:
    """As the student counts, with what stands above the program."""
    page = f"# 1\n\nMine:\n\n```python\n{NUMPY}def scale(x):\n    return [k / max(x) for k in x]\n```\n"
    found = graded(parse_rubric(LOOPS, "words"), page, "markdown").marks[0]
    assert "at line 8," in " ".join(map(explain, found.reasons))


def test_a_line_of_another_file_is_named_by_that(tmp_path: Path) -> None:
    """Of a file below the answer the line is not counted."""
    (tmp_path / "q1.py").write_text("from b import slow as scale\n", encoding="utf-8")
    (tmp_path / "b.py").write_text("def slow(x):\n    return [k / max(x) for k in x]\n", encoding="utf-8")
    (tmp_path / "q2.py").write_text("def twice(x):\n    return 2 * x\n", encoding="utf-8")
    other = "  2: {points: 1, code: twice(x), reference: 2 * x, cases: [{x: 3}]}\n"
    found = grade(parse_rubric(LOOPS + other, "words"), read_submission(tmp_path, "a")).marks[0]
    assert "at b.py, return [k" in " ".join(map(explain, found.reasons))


@pytest.mark.parametrize(
    ("value", "text"),
    [("4", "4"), ("25/6", "4.17"), ("4.5", "4.5"), ("999/200", "4.99"), ("4.999", "4.99"), ("1/1000", "0.01")],
)
def test_points_in_words_have_two_decimals(value: str, text: str) -> None:
    """What is not all is not shown as all."""
    assert shown(Fraction(value)) == text


def test_what_programs_read_is_exact() -> None:
    """Pages for people round, tables and lines for programs do not."""
    rubric = parse_rubric(SCALE.replace("points: 6", "points: 5").replace("{x: [3, 9]", "{x: [3, 9], weight: 30"), "w")
    found = (graded(rubric, f"{NUMPY}def scale(x):\n    return x / (x.max() if len(x) != 5 else 2)\n"),)
    assert "4.84" in render(found, "markdown")
    assert "4.8387" in render(found, "csv")
    assert '"score": 4.83871' in render(found, "jsonl")
