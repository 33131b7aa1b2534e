"""Every answer kind proves itself: its own examples, its model answer and an empty answer, graded for real."""

from __future__ import annotations

import re
import textwrap
from fractions import Fraction

import pytest

from grader.grade import grade, parse_rubric
from grader.kinds import KINDS
from grader.kinds.kind import Example, Kind
from grader.model.documents import Submission
from grader.model.results import Mark, Status
from grader.prepare.parts import PreparedRubric
from grader.read import READERS

EXAMPLES = [
    pytest.param(kind, example, id=f"{kind.name}-{number}")
    for kind in KINDS.all()
    for number, example in enumerate(kind.examples, 1)
]
RUBRICS = [
    pytest.param(kind, rubric, id=f"{kind.name}-{number}")
    for kind in KINDS.all()
    for number, rubric in enumerate(dict.fromkeys(example.rubric for example in kind.examples), 1)
]


def text_of(fields: str, question: str = "q") -> str:
    """A rubric of one question with these fields, in YAML's block or flow style."""
    inside = textwrap.dedent(fields).strip()
    if inside.startswith("{"):
        inside = inside[1:-1].strip()
        return f"questions: {{{question}: {{points: 1, {inside}}}}}"
    return f"questions:\n  {question}:\n    points: 1\n{textwrap.indent(inside, '    ')}\n"


def rubric_of(fields: str, question: str = "q") -> PreparedRubric:
    """The same, ready to grade with."""
    return parse_rubric(text_of(fields, question), "example")


def mark_of(fields: str, text: str, question: str = "q") -> Mark:
    """The mark of a file; with the usual id of the question nothing in it is a label, so all of it is the answer."""
    document = READERS.load("markdown").read(text, "answer.md")
    graded = grade(rubric_of(fields, question), Submission("answer", (document,)))
    assert graded.log == ()
    return graded.marks[0]


@pytest.mark.parametrize(("kind", "example"), EXAMPLES)
def test_examples(kind: Kind, example: Example) -> None:
    """An example of a kind is marked as the kind says, and nothing that is told is spelled as Python spells it."""
    mark = mark_of(example.rubric, example.answer)
    reasons = [reason.id for reason in mark.reasons]
    assert mark.status == Status(example.status), f"{mark.credit}, read as {mark.read_as!r}, {reasons}"
    told = [mark.read_as, mark.expected, *(value for reason in mark.reasons for _, value in reason.facts)]
    assert not [text for text in told if _PYTHON.search(text)]


_PYTHON = re.compile(r"Fraction\(|,\)|\b(np|frozenset|array)\(|<\w+ object|place=")


@pytest.mark.parametrize("kind", KINDS.all(), ids=lambda kind: kind.name)
def test_examples_show_every_ending(kind: Kind) -> None:
    """The examples of a kind show a right answer, one that loses marks, and one for a person."""
    shown = {example.status for example in kind.examples}
    assert {"right", "review"} <= shown
    assert shown & {"wrong", "partial"}


# A gradient is computed from what it is the gradient of: its values are known, and nobody has written its formula.
UNWRITTEN = {"gradient"}


@pytest.mark.parametrize(
    ("kind", "rubric"), [case for case in RUBRICS if str(case.id).partition("-")[0] not in UNWRITTEN]
)
def test_the_reference_earns_full_marks(kind: Kind, rubric: str) -> None:
    """The reference, written as a student might, earns full marks."""
    _, part = rubric_of(rubric).questions[0]
    assert part.kind is kind
    answer = kind.model_answer(part.expected)
    assert answer, "a kind must be able to write its reference"
    mark = mark_of(rubric, answer)
    assert mark.status is Status.RIGHT, f"{answer!r}: {mark.status}, read as {mark.read_as!r}"


@pytest.mark.parametrize(("kind", "rubric"), RUBRICS)
@pytest.mark.parametrize(
    "text", ["# Question 1", "# Question 1\n\n \t\n\n---\n", "**1.**\n"], ids=["heading", "rule", "label"]
)
def test_nothing_written_earns_nothing(kind: Kind, rubric: str, text: str) -> None:
    """A question without a word below its label is blank, and never reaches the kind."""
    mark = mark_of(rubric, text, "1")
    assert (mark.status, mark.credit) == (Status.BLANK, Fraction(0))
