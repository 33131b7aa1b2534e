"""Answers in words and habits of writing: each is read as its writer meant it, or goes to a person."""

from __future__ import annotations

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.model.results import Mark, Status
from grader.prepare.parts import PreparedRubric
from grader.read import READERS

READ: list[tuple[str, str, str]] = [  # the question, the answer, and its credit; "" for a person
    ("2a", "k1 and k2 can each only be 0 or 1.", "1"),
    ("2a", "k1 and k2 both are 0 and 1", "1"),
    ("2a", "k1 is either 0 or 1, same for k2", "1"),
    ("2a", "k1 and k2 both start at 0 and end at 1", "1"),
    ("2a", "Both go from 0 up to and including 1", "1"),
    ("2a", r"$k_1 = 0 \dots 1$, $k_2 = 0 \dots 1$", "1"),
    ("2a", r"$\sum_{k_1=0}^1\sum_{k_2=0}^1$, because the kernel has two rows and two columns", "1"),
    ("2a", "k1 can be 1 or 2, k2 can be 1 or 2", "2/5"),
    ("2a", "k1 and k2 can each only be 0 or 2.", ""),
    ("2a", "k1 and k2 can only be 0 or 1 or 2", ""),
    ("2b", "i think 5 times 4", "1"),
    ("2b", "X is 6×5 and W is 2×2. Rows: 6-2+1 = 5, columns: 5-2+1 = 4. Therefore Z is 5×4.", "1"),
    ("2b", "With 6 - 2 + 1 = 5 and 5 - 2 + 1 = 4 we get Z of size 5 x 4 (20 pixels)", "1"),
    ("2b", "The shape goes from (6,5) to (5,4)", "1"),
    ("2b", "The shape goes from (5,4) to (6,5)", "1/5"),
    ("2c", "The max is 6 at row 1 column 3 (also rows 2 and 3)", "1"),
    ("2c", "The max is 6 at row 1 column 3 (also rows 2 and 4)", "3/4"),
    ("2c", "Six. You find it for instance at i = 1, j = 3.", "1"),
    ("2c", "Der größte Wert ist 6 und steht in Zeile 1, Spalte 3.", "1"),
    ("2c", "6，第1行，第3列", "1"),
    ("2c", "6，第3列，第1行", "1"),
    ("2c", "6, ligne 1, colonne 3", "1"),
    ("2c", "6, fila 1, columna 3", "1"),
    ("2d", "Minus six, at i = 3, j = 0.", "1"),
    ("2d", "6 at i = 3, j = 0", ""),
    ("3a", r"$\text{shape}(Z)=\text{shape}(U)=(46,62,20)$", "1"),
    ("3a", "Z.shape = (46, 62, 20)\n\nU.shape = Z.shape", "1"),
    ("3a", "Z is (46, 62, 20), U = X", "1/2"),
    ("3a", "They have the same shape, forty-six by sixty-two by twenty.", "1"),
    ("3c", "46*62*20*9*10 = 5.1336 million", "1"),
    ("3c", "46*62*20*9*10 = 5133600, so roughly 5 million", "1"),
    ("3c", "6.1336 million", "0"),
    (
        "4a",
        "dJ/dZ[i,j1,j2,m] is dJ/dU[i,j1,j2,m] times U[i,j1,j2,m] times (1 - U[i,j1,j2,m])",
        "1",
    ),
    ("4a", r"$\mathrm{d}Z[i,j_1,j_2,m] = \mathrm{d}U[i,j_1,j_2,m]\,U[i,j_1,j_2,m](1-U[i,j_1,j_2,m])$", "1"),
    (
        "4b",
        r"With $\delta_{ij_1j_2m} := \partial J/\partial Z_{ij_1j_2m}$: $\frac{\partial J}{\partial W_{k_1k_2nm}} ="
        r" \sum_{ij_1j_2} \delta_{ij_1j_2m} X_{i,j_1+k_1,j_2+k_2,n}$",
        "1",
    ),
    ("5b", "k = 0: max(1,2) = 2, k = 1: max(3,2) = 3, k = 2: max(0,10) = 10, k = 3: max(1,0) = 1", "1"),
    ("5b", "k = 0: 2, k = 1: 3, k = 2: 10, k = 3: 2", "2/5"),
]
_SUB, _SHAPES = "sub-sampling: Y[b,k,c] = X[b,s*k,c]; ", "; both shapes are (B, ceil(N/s), C)"
READ += [
    ("5c", _SUB + pooling + _SHAPES, credit)
    for pooling, credit in (
        ("pooling: Y[b][k][c] = max(X[b][s*k+j][c] for j in range(p))", "1"),
        ("pooling: Y[b][k][c] = max(X[b][s*k+j][c] for j in range(1, p))", "3/5"),
        ("pooling: Y[b,k,c] = max(X[b,s*k+j,c]) for j from 0 to p-1", "1"),
        ("pooling: Y[b,k,c] = max(X[b,s*k+j,c]) for j = 0..p-1", "1"),
        (r"pooling: $Y_{bkc} = \max_{0\le j\le p-1} X_{b,sk+j,c}$", "1"),
        (r"pooling: $Y[b,k,c]=\max\{X[b,sk+j,c] : j=0,\dots,p-1\}$", "1"),
    )
]
_BOTH = _SUB + "pooling: Y[b,k,c] = max[j=0..p-1] X[b,s*k+j,c]"
READ += [
    ("5c", _BOTH + shapes, credit)
    for shapes, credit in (
        ("; both shapes are (B, (N-1)//s + 1, C)", "1"),
        ("; the shape is then (B, N/s, C) rounded up for both", "1"),
        ("; the shape is then (B, N/s, C) rounded down for both", "4/5"),
        ("; both shapes go from (B, N, C) to (B, ceil(N/s), C)", "1"),
        (". Die Ausgabe hat jeweils die Form (B, ceil(N/s), C).", "1"),
    )
]


def mark_of(homework: PreparedRubric, question: str, text: str) -> Mark:
    """The mark of one answer under its label, in a hand-in of nothing else."""
    document = READERS.load("markdown").read(f"## {question}\n\n{text}\n", "answer.md")
    graded = grade(homework, Submission("answer", (document,)))
    assert graded.log == ()
    return next(mark for mark in graded.marks if mark.id == question)


@pytest.mark.parametrize(("question", "text", "credit"), READ)
def test_an_answer_is_read_as_it_was_meant(question: str, text: str, credit: str, homework: PreparedRubric) -> None:
    """The credit is that of the same answer in the sheet's own notation; what may mean two things is for a person."""
    mark = mark_of(homework, question, text)
    found = "" if mark.status is Status.REVIEW else str(mark.credit)
    assert found == credit, f"read as {mark.read_as!r}"


_ASKED = (
    ("40 EEG recordings; what is the shape?", "(40, 80, 2400)"),
    ("The size of Z?", "5 x 4"),
    ("How many multiplications?", "5133600"),
    ("How many parameters?", "1820"),
)
_RUBRIC = """
questions:
  1: {points: 1, shape: [40, 80, 2400]}
  2: {points: 1, shape: [5, 4]}
  3: {points: 1, number: 5133600}
  4: {points: 1, number: 1820}
"""
_WRITE = {
    "bold": lambda asked, said: f"**{asked}**\n\n{said}",
    "headings": lambda asked, said: f"## {asked}\n\n{said}",
    "quoted": lambda asked, said: f"> {asked}\n\n{said}",
    "questions": lambda asked, said: f"{asked}\n\n{said}",
}


def unnumbered(style: str, pairs: list[tuple[str, str]]) -> list[str]:
    """The states of a hand-in that repeats the questions without their numbers."""
    text = "\n\n".join(_WRITE[style](asked, said) for asked, said in pairs)
    document = READERS.load("markdown").read(text, "answer.md")
    graded = grade(parse_rubric(_RUBRIC, "rubric"), Submission("answer", (document,)))
    assert graded.log == ()
    return [str(mark.status) for mark in graded.marks]


@pytest.mark.parametrize("style", _WRITE)
def test_without_numbers_the_order_counts_where_nothing_is_left_out(style: str) -> None:
    """As many questions as the rubric has, and answers that fit: each is marked."""
    assert unnumbered(style, list(_ASKED)) == ["right"] * 4


@pytest.mark.parametrize("style", _WRITE)
def test_without_numbers_a_question_left_out_is_for_a_person(style: str) -> None:
    """With one question fewer nobody knows which: all of them are reviewed, none is blank."""
    assert set(unnumbered(style, list(_ASKED[:-1]))) == {"review"}


@pytest.mark.parametrize("style", _WRITE)
def test_without_numbers_another_order_is_for_a_person(style: str) -> None:
    """Answers that do not fit the questions in their order are reviewed, not marked wrong."""
    assert set(unnumbered(style, list(reversed(_ASKED)))) == {"review"}
