"""Questions of several parts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.model.results import Status
from grader.read import READERS

_TWO = "questions: {q: {points: 2, parts: {x: {number: 4}, y: {number: 7}}}}"


@pytest.mark.parametrize(
    ("array", "answer", "right"),
    [
        ("[2, -1]", "[2 -1]", True),
        ("[2, -1]", "[2 - 1]", False),
        ("[1]", "[2 -1]", False),
        ("[[-3, 0, 3], [-6, 1, -1]]", "[[-3  0  3]\n [-6  1 -1]]", True),
        ("[[-3, 0, 3], [-6, 1, -1]]", "[[-3  0  3]\n [-6  1  1]]", False),
        ("[1, 3, 0, 1]", "[1. 3. 0. 1.]", True),
    ],
)
def test_rows_as_numpy_prints_them(array: str, answer: str, right: bool) -> None:
    """A blank before a minus and none behind it separates entries; with blanks on both sides it is a difference."""
    document = READERS.load("markdown").read(answer, "a.md")
    rubric = parse_rubric(f'questions: {{q: {{points: 2, array: "{array}"}}}}', "one")
    (mark,) = grade(rubric, Submission("s", (document,))).marks
    assert (mark.status is Status.RIGHT) is right


@pytest.mark.parametrize("answer", ["(4,7)", "see the picture", "$\\begin{pmatrix}4\\\\7\\end{pmatrix}$"])
def test_words_that_answer_no_part_are_not_blank(answer: str) -> None:
    """An answer of which no part could be read goes to a person; it is neither blank nor wrong."""
    document = READERS.load("markdown").read(answer, "a.md")
    (mark,) = grade(parse_rubric(_TWO, "two"), Submission("s", (document,))).marks
    assert (mark.status, mark.credit) == (Status.REVIEW, None)


_EXTREMES = """
questions:
  q:
    points: 3
    parts:
      minimum: {set: [[1, 1]], labels: [minimum, min]}
      saddle: {set: [[0, 0]], labels: [saddle]}
      value: {number: -1, labels: [value, f_min]}
"""


@pytest.mark.parametrize(
    ("answer", "credit"),
    [
        ("min at (1,1), f = -1. saddle at (0,0)", "1"),
        ("min (1,1), saddle (0,0), value -1", "1"),
        ("min (1,1), saddle (0,0), value 2", "2/3"),
        ("Minimum: (1, 1), value: -1. Saddle point: (0, 0).", "1"),
        ("(1,1) is the min with f=-1, (0,0) is the saddle", "1"),
        ("(1,1) is the saddle with f=-1, (0,0) is the min", "1/3"),
        ("$(1,1)$ is the minimum, $f(1,1) = -1$, and $(0,0)$ is the saddle point.", "1"),
        ("At $(0,0)$: $\\det H = -9 < 0$, a saddle. At $(1,1)$: $f_{xx} = 6 > 0$, a minimum, with value $-1$.", "1"),
        ("At $(1,1)$: $\\det H = -9 < 0$, a saddle. At $(0,0)$: $f_{xx} = 6 > 0$, a minimum, with value $-1$.", "1/3"),
        ("A saddle at (0,0), a minimum at (1,1) with value -1", "1"),
        ("$(0,0)$: $\\det=0$, no decision. $(1,1)$: minimum with value $-1$.", None),
        ("$P_1$ is a saddle point, $P_2$ is a minimum (det = 27 > 0), $f(P_2) = -1$", None),
        ("value -1", "1/3"),
        ("The value is -1. I do not know the minimum and the saddle.", "1/3"),
    ],
)
def test_values_beside_their_labels(answer: str, credit: str | None) -> None:
    """A value belongs to the label in its clause, before or behind it; a label without a value is for a person."""
    document = READERS.load("markdown").read(answer, "a.md")
    (mark,) = grade(parse_rubric(_EXTREMES, "extremes"), Submission("s", (document,))).marks
    assert mark.credit == (None if credit is None else Fraction(credit))


_RANKS = """
questions:
  q:
    points: 2
    parts:
      rank: {number: 2, labels: [rank, r]}
      nullity: {number: 3, labels: [nullity, dim]}
"""


@pytest.mark.parametrize(
    ("answer", "credit"),
    [
        ("There are two pivots so $\\operatorname{rank} C = 2$ and $\\dim N(C) = 5-2 = 3$.", "1"),
        ("$\\operatorname{rank}(C) = 2$ and $\\dim\\ker(C) = 3$.", "1"),
        ("$\\mathrm{nullity}(C)=3$ and $\\mathrm{rank}(C)=2$", "1"),
        ("rank C = 2, dim N(C) = 3", "1"),
        ("rank C = 3, dim N(C) = 2", "0"),
        ("There are two pivots so rank C = 2 and dim ker C = 2.", "1/2"),
        ("$\\operatorname{rank}(C) = 2$ and $\\dim\\operatorname{Col}(C) = 3$", None),
    ],
)
def test_ranks_and_dimensions_go_to_their_parts(answer: str, credit: str | None) -> None:
    """The rank, and the dimension of a space of the matrix, belong to the part that asks for it."""
    document = READERS.load("markdown").read(answer, "a.md")
    (mark,) = grade(parse_rubric(_RANKS, "ranks"), Submission("s", (document,))).marks
    assert mark.credit == (None if credit is None else Fraction(credit))


_TWO_PROBLEMS = """
questions:
  1: {questions: {a: {points: 1, number: 5}, b: {points: 1, number: 6}}}
  2: {questions: {a: {points: 1, number: 7}, b: {points: 1, number: 8}}}
"""


@pytest.mark.parametrize(
    ("between", "status"),
    [("**2**", Status.RIGHT), ("Zweitens", Status.REVIEW), ("## Two", Status.REVIEW), ("## Two\n", Status.REVIEW)],
)
def test_a_head_that_is_not_read_leaves_nothing_blank(between: str, status: Status) -> None:
    """What stands below a problem's head is marked where the head is read, and is for a person where it is not."""
    text = f"**1 a)** 5\n\n**1 b)** 6\n\n{between}\na) 7\nb) 8\n"
    document = READERS.load("markdown").read(text, "a.md")
    marks = grade(parse_rubric(_TWO_PROBLEMS, "two"), Submission("s", (document,))).marks
    assert [mark.status for mark in marks[2:]] == [status, status]
