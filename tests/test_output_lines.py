"""Answers that only point to a line of what a program printed have this line; others stay as they are."""

from __future__ import annotations

import pytest

from grader.grade import grade, parse_rubric
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
