"""Names that other files give another value: a module that is changed from outside, and honest files beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.grade import grade, parse_rubric
from grader.model.results import Status
from grader.read import read_submission

RUBRIC = parse_rubric(
    """
questions:
  1:
    points: 4
    code: sums(x, w)
    reference: correlate(x, ones(w))
    seed: again
    forbid: {numpy.convolve: 0}
    cases: [{x: {normal: 12}, w: 5, hidden: true}, {x: {normal: 9}, w: 4, hidden: true}]
""",
    "again",
)
RUNNING = "    c = np.cumsum(np.concatenate([[0], x]))\n    return c[w:] - c[:-w]\n"
GOOD = f"import numpy as np\nQUIET = True\ndef h(x, w):\n{RUNNING}"
BAD = "import numpy as np\nimport a\ndef bad(x, w): return np.convolve(x, np.ones(w), 'valid')\n"
USE = "import a, b\ndef sums(x, w): return a.h(x, w)\n"
HAND_INS = {
    "a function put into a module": (f"{BAD}a.h = bad\n", USE, Status.REVIEW),
    "put there by a function": (f"{BAD}def put():\n    a.h = bad\nput()\n", USE, Status.REVIEW),
    "put there by setattr": (f"{BAD}setattr(a, 'h', bad)\n", USE, Status.REVIEW),
    "taken by its name": (
        f"{BAD}a.h = bad\n",
        "import b\nfrom a import h\ndef sums(x, w): return h(x, w)\n",
        Status.REVIEW,
    ),
    "a number put into a module": (f"{BAD}a.QUIET = False\n", USE, Status.RIGHT),
}


@pytest.mark.parametrize("case", HAND_INS)
def test_a_module_that_another_file_changes(case: str, tmp_path: Path) -> None:
    """What is put into a module counts where it is used; what is put there beside it does not."""
    second, third, status = HAND_INS[case]
    for name, text in (("a.py", GOOD), ("b.py", second), ("c.py", third)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert grade(RUBRIC, read_submission(tmp_path)).marks[0].status is status
