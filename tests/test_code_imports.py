"""What a program takes from its own files, and what these take from the library: a ban sees through them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from grader.grade import grade, parse_rubric
from grader.read import read_submission

RUBRIC = parse_rubric(
    """
questions:
  1:
    points: 4
    code: total(x)
    reference: sum(x)
    cases: [{x: {normal: 6}, hidden: true, times: 2}]
    forbid: {loops: 1/2, numpy.sum: 0}
""",
    "imports",
)
SLOW = "def slow(x):\n    s = 0\n    for v in x:\n        s += v\n    return s\n"
FAST = "def fast(x):\n    return x @ (0 * x + 1)\n"
CASES: dict[str, tuple[dict[str, str], Fraction | None]] = {
    "the library by way of a file": (
        {"a.py": "from b import total\n", "b.py": "from numpy import sum as total\n"},
        Fraction(0),
    ),
    "under another name": (
        {"a.py": "from b import add as total\n", "b.py": "from numpy import sum as add\n"},
        Fraction(0),
    ),
    "all that the library has": (
        {"a.py": "from b import sum as total\n", "b.py": "from numpy import *\n"},
        Fraction(0),
    ),
    "through two files": (
        {
            "a.py": "from b import add\ndef total(x):\n    return add(x)\n",
            "b.py": "from c import add\n",
            "c.py": "from numpy import sum as add\n",
        },
        Fraction(0),
    ),
    "the library below a function": (
        {"a.py": "def total(x):\n    return 0\nfrom b import total\n", "b.py": "from numpy import sum as total\n"},
        None,
    ),
    "files that take from each other": (
        {
            "a.py": "from b import add\ndef total(x):\n    return add(x)\n",
            "b.py": "from a import more as add\n" + FAST,
            "c.py": "from b import add as more\n",
        },
        Fraction(0),
    ),
    "a function with a loop": ({"a.py": "from b import slow as total\n", "b.py": SLOW + FAST}, Fraction(1, 2)),
    "one without, beside it": ({"a.py": "from b import fast as total, slow\n", "b.py": SLOW + FAST}, Fraction(1)),
    "one without, called beside it": (
        {
            "a.py": "from b import fast, slow\ndef total(x):\n    return fast(x)\nprint(slow([1]))\n",
            "b.py": SLOW + FAST,
        },
        Fraction(1),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_bans_hold_for_what_is_imported(name: str, tmp_path: Path) -> None:
    """An import that is the answer, or that the answer calls, counts as what it takes, and as nothing beside it."""
    files, credit = CASES[name]
    for path, text in files.items():
        (tmp_path / path).write_text(text, encoding="utf-8")
    mark = grade(RUBRIC, read_submission(tmp_path)).marks[0]
    assert mark.credit == credit, mark


PLACES = parse_rubric(
    """
questions:
  1:
    points: 4
    code: largest(x)
    reference: max(x)
    cases: [{x: {normal: 6}, hidden: true, times: 2}]
    forbid: {loops: 0}
""",
    "places",
)
TOP = "def top(x):\n    return x.max()\n"
SLOWLY = "def top(x):\n    best = x[0]\n    for v in x:\n        best = max(best, v)\n    return best\n"
FROM = "from {} import top\n\ndef largest(x):\n    return top(x)\n"
# Where the helper lies, how the program that lies in the first of these folders asks for it, and what that earns.
FOLDERS: dict[str, tuple[str, str, str, str]] = {
    "beside it": ("main.py", "helper.py", FROM.format("helper"), ""),
    "both in a folder": ("hw/main.py", "hw/helper.py", FROM.format("helper"), ""),
    "by dots": ("hw/main.py", "hw/helper.py", FROM.format(".helper"), ""),
    "by the whole path": ("hw/main.py", "hw/helper.py", FROM.format("hw.helper"), ""),
    "a package": ("main.py", "utils/helper.py", FROM.format("utils.helper"), ""),
    "a package in a folder": ("hw/main.py", "hw/utils/helper.py", FROM.format("utils.helper"), ""),
    "a deep package": ("main.py", "a/b/c/helper.py", FROM.format("a.b.c.helper"), ""),
    "a module of a package": (
        "hw/main.py",
        "hw/utils/helper.py",
        "from utils import helper\n\ndef largest(x):\n    return helper.top(x)\n",
        "",
    ),
    "a whole path that is imported": (
        "hw/main.py",
        "hw/utils/helper.py",
        "import utils.helper\n\ndef largest(x):\n    return utils.helper.top(x)\n",
        "",
    ),
    "a folder put on the path": (
        "hw/main.py",
        "hw/src/helper.py",
        "import sys\nsys.path.append('src')\n" + FROM.format("helper"),
        "",
    ),
    "called like a module of the library": ("hw/main.py", "hw/random.py", FROM.format("random"), ""),
    "another folder": ("src/main.py", "lib/helper.py", FROM.format("helper"), ""),
    "not handed in": ("hw/main.py", "hw/other.py", FROM.format("helper"), "module-missing"),
    "a loop in a folder": ("hw/main.py", "hw/helper.py", FROM.format("helper"), "forbidden-used"),
    "a loop in a package": ("hw/main.py", "hw/utils/helper.py", FROM.format("utils.helper"), "forbidden-used"),
    "a loop by dots": ("hw/main.py", "hw/utils/helper.py", FROM.format(".utils.helper"), "forbidden-used"),
}


@pytest.mark.parametrize("name", FOLDERS)
def test_files_are_imported_from_where_they_lie(name: str, tmp_path: Path) -> None:
    """Beside the file that asks for it, in packages, in whatever one folder; what is not found is for a person."""
    main, helper, text, reason = FOLDERS[name]
    for path, source in ((main, text), (helper, SLOWLY if reason == "forbidden-used" else TOP)):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(source, encoding="utf-8")
    mark = grade(PLACES, read_submission(tmp_path)).marks[0]
    assert mark.credit == (None if reason == "module-missing" else 0 if reason else 1), mark
    assert (mark.reasons[0].id if mark.reasons else "") == reason


SAME: dict[str, tuple[dict[str, str], str]] = {
    "beside the program": (
        {"hw/main.py": FROM.format("helper"), "hw/helper.py": TOP, "old/helper.py": "top = 1\n"},
        "",
    ),
    "neither beside it": (
        {"hw/main.py": FROM.format("helper"), "new/helper.py": TOP, "old/helper.py": "top = 1\n"},
        "module-missing",
    ),
    "of a package": (
        {
            "main.py": FROM.format("a"),
            "a/__init__.py": "from .ops import top\n",
            "a/ops.py": SLOWLY,
            "ops.py": TOP,
        },
        "forbidden-hidden",
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_of_two_files_of_one_name_none_is_guessed(name: str, tmp_path: Path) -> None:
    """The one beside the program is meant; where none is, or a ban may be broken in one of them, a person looks."""
    files, reason = SAME[name]
    for path, source in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(source, encoding="utf-8")
    mark = grade(PLACES, read_submission(tmp_path)).marks[0]
    assert (mark.reasons[0].id if mark.reasons else "") == reason, mark


def test_a_module_is_one_by_whatever_name(tmp_path: Path) -> None:
    """What one import of a file changes, another sees."""
    files = {
        "hw/main.py": "import helper, hw.helper\nfrom . import helper as mine\nhw.helper.N = 1\n"
        "def largest(x):\n    return x.max() * helper.N * mine.N\n",
        "hw/helper.py": "N = 0\n",
    }
    for path, source in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(source, encoding="utf-8")
    assert grade(PLACES, read_submission(tmp_path)).marks[0].credit == 1


FAST_TOTAL = "import numpy as np\n\ndef total(x):\n    return x @ np.ones(len(x))\n"
CHECKS: dict[str, tuple[str, str]] = {
    "all that it has": (
        "from solution import *\nimport numpy as np\n"
        "def test_it():\n    x = np.ones(3)\n    assert total(x) == np.sum(x)\n",
        "",
    ),
    "and numpy by way of it": (
        "from solution import *\ndef test_it():\n    x = np.ones(3)\n    assert np.isclose(total(x), np.sum(x))\n",
        "",
    ),
    "at the top": ("from solution import *\nx = np.ones(3)\nnp.testing.assert_allclose(total(x), np.sum(x))\n", ""),
    "a function put into it": ("import solution\nimport numpy as np\nsolution.total = np.sum\n", "forbidden-hidden"),
    "one put into what it has": (
        "import solution\nimport numpy as np\nsolution.total.__dict__.update(f=np.sum)\n",
        "forbidden-hidden",
    ),
}


@pytest.mark.parametrize("name", CHECKS)
def test_a_file_of_checks_may_use_anything(name: str, tmp_path: Path) -> None:
    """What stands in another file counts only if it changes the program."""
    text, reason = CHECKS[name]
    for path, source in (("solution.py", FAST_TOTAL), ("test_solution.py", text)):
        (tmp_path / path).write_text(source, encoding="utf-8")
    mark = grade(RUBRIC, read_submission(tmp_path)).marks[0]
    assert (mark.reasons[0].id if mark.reasons else "") == reason, mark
