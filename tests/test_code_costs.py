"""What one hand-in may cost: programs that are run, and runs that have to be ended, are few whatever it holds."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.model.results import Mark, Status
from grader.programs import runs
from grader.read import READERS
from grader.sandbox.running import opened
from grader.sandbox.session import Session

RUBRIC = """
questions:
  1:
    points: 4
    code: double(x)
    reference: 2 * x
    time: 0.5 s
    cases: [{x: 1}, {x: 2, hidden: true}, {x: 3, hidden: true}, {x: 4, hidden: true}, {x: 5, hidden: true}]
"""
DOUBLE = "def double(x):\n    return 2 * x\n"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with each process that is started for a program."""
    found: list[int] = []

    def counted(*words: object) -> object:
        found.append(1)
        return opened(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(runs, "opened", counted)
    return found


def marked(source: str, reader: str = "python") -> Mark:
    """The mark of a hand-in of one file."""
    document = READERS.load(reader).read(source, "a.py" if reader == "python" else "a.md")
    rubric = parse_rubric(RUBRIC, "costs")
    graded = grade(rubric, Submission("a", (document,)))
    assert graded.log == ()
    return graded.marks[0]


MANY = {
    "python": "".join(f"# Question 1\ndef double(x):\n    return {k}\n" for k in range(600)),
    "markdown": "".join(f"# Question 1\n\n```python\ny = {k}\n```\n\n" for k in range(600)),
}


@pytest.mark.parametrize("reader", MANY)
def test_many_places_that_answer_one_question_are_for_a_person(reader: str, started: list[int]) -> None:
    """Few of them are run, however many labels there are."""
    mark = marked(MANY[reader], reader)
    assert (mark.status, mark.reasons[0].id) == (Status.REVIEW, "answered-twice")
    assert len(started) < 15


def test_the_same_answer_in_several_places_is_one() -> None:
    """Three copies of one program."""
    assert marked(f"# Question 1\n{DOUBLE}" * 3).status is Status.RIGHT


ENDLESS = {
    "always": ("while True: pass", 0, 3),
    "from the third case on": ("while x > 2: pass", Fraction(1, 4), 4),
    "in one case": ("while x == 3: pass", Fraction(3, 4), 3),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_two_cases_in_a_row_without_an_end_are_enough(name: str, started: list[int]) -> None:
    """A loop without an end costs two limits; one case that takes too long loses no other."""
    line, credit, most = ENDLESS[name]
    mark = marked(f"def double(x):\n    {line}\n    return 2 * x\n")
    assert mark.credit == credit
    assert len(started) < most + 3  # the reference has its own


SLOW = """
questions:
  1:
    points: 4
    code: add(a, b)
    reference: a + b
    time: 0.3 s
    cases: [{a: 1, b: 2, hidden: true, times: 20}]
"""
WAITING = {  # a line, the credit of a program with it (None for a person), and the calls that it may take
    "raising": ("return zeros", None, 14),  # with a usual import, and its arguments exchanged, it is tried as well
    "wrong": ("return a - b", None, 11),
    "right": ("return a + b", 1, 20),
    "right at times": ("return a + b + len(seen) % 2 * (not seen.append(1))", Fraction(1, 2), 99),
}


@pytest.mark.parametrize("name", WAITING)
def test_a_slow_program_is_given_up_where_nothing_is_right(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls just below their limit are many for who is right, and few for who is not; of cases that were not run nobody
    knows what came of them."""
    calls: list[int] = []
    call = Session.call
    monkeypatch.setattr(Session, "call", lambda own, one: (calls.append(1), call(own, one))[1])
    line, credit, most = WAITING[name]
    source = f"import time\nseen = []\ndef add(b, a):\n    time.sleep(0.2)\n    {line}\n"
    document = READERS.load("python").read(source, "a.py")
    mark = grade(parse_rubric(SLOW, "slow"), Submission("a", (document,))).marks[0]
    if credit is None:
        assert (mark.status, mark.reasons[0].id) == (Status.REVIEW, "given-up")
    else:
        assert mark.credit in (credit, Fraction(4, 5) * credit)  # the names are exchanged
    assert len(calls) <= most
