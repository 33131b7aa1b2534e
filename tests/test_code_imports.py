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
