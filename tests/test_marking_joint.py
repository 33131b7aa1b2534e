"""Answers below one label of several parts: told apart by their order, where no other order fits."""

from __future__ import annotations

import pytest

from grader.grade import grade
from grader.model.documents import Submission
from grader.model.results import Mark, Status
from grader.prepare.parts import PreparedRubric
from grader.read import READERS

RIGHT, WRONG, BOTH_WRONG = "- 6 at (1,3)\n- -6 at (1,0)", "- -6 at (1,0)\n- 6 at (1,3)", "- 5 at (4,4)\n- -5 at (4,4)"

Z = r"$$Z=\begin{pmatrix}-3&0&0&3\\-6&0&0&6\\-6&1&-1&6\\-6&2&-2&6\\-3&1&-1&3\end{pmatrix}$$"


def marks_of(homework: PreparedRubric, text: str) -> dict[str, Mark]:
    """The marks of a hand-in in Markdown."""
    document = READERS.load("markdown").read(text, "hw.md")
    return {mark.id: mark for mark in grade(homework, Submission("hw", (document,))).marks}


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        (f"## 2\n\n(c) and (d)\n\n{RIGHT}\n\n(e) (0,1)", "right right right"),
        (f"## 2\n\n(c), (d): computed\n\n{RIGHT}\n\n(e) (0,1)", "right right right"),
        ("## 2\n\n(c) and (d): 6 at (1,3). -6 at (1,0).\n\n(e) (0,1)", "right right right"),
        ("## 2\n\n(c) and (d)\n6 at (1,3)\n-2 at (0,0)\n\n(e) (0,1)", "right wrong right"),
        ("## 2\n\n(c) and (d): largest is 6 at (1,3), and smallest -6 at (1,0)\n\n(e) (0,1)", "right right right"),
        ("## 2\n\n(c) and (d): smallest is -6 at (1,0), and largest 6 at (1,3)\n\n(e) (0,1)", "review review right"),
        (f"## 2\n\n(b) 5x4\n\n(c,d) Computed:\n\n{RIGHT}\n\n(e) (0,1)", "right right right"),
        ("## 2\n\n(b) 5x4\n\n(c,d) Let me see: 6, -6, 3\n\n(e) (0,1)", "review review right"),
        (f"## 2\n\n(c) and (d)\n\n{WRONG}\n\n(e) (0,1)", "review review right"),
        (f"## 2\n\n(c) and (d)\n\n{BOTH_WRONG}\n\n(e) (0,1)", "review review right"),
        (f"## 2\n\n(c) and (d)\n\n{RIGHT}\n- or 3 at (0,3)\n\n(e) (0,1)", "review review right"),
        ("## 2\n\n(c) and (d): 6 at (1,3)\n\n(e) (0,1)", "review review right"),
        ("## 2\n\n(d) and (c): -6 at (1,0). 6 at (1,3).\n\n(e) (0,1)", "right right right"),
        ("## 2\n\n(d) and (c): 6 at (1,3). -6 at (1,0).\n\n(e) (0,1)", "review review right"),
        (f"## 2\n\n(c)+(d)\n\n{Z}\n\nso 6 at (1,3), and -6 at (1,0).\n\n(e) (0,1)", "review review right"),
        (f"## 2\n\n(c)+(d) I got\n\n{Z}\n\nso 6 at (1,3), and -6 at (1,0).\n\n(e) (0,1)", "review review right"),
        ("## 2\n\n(d), (c): -6 at (1,0). 6 at (1,3).\n\n(e) (0,1)", "right right right"),
        (f"## 2\n\n(d) and (c)\n\n{WRONG}\n\n(e) (0,1)", "right right right"),
        (f"## 2\n\n(d) and (c)\n\n{RIGHT}\n\n(e) (0,1)", "review review right"),
        (f"## 2\n\n(c)+(d) read off the array:\n\n{RIGHT}\n\n(e) (0,1)", "right right right"),
        ("## 2\n\n(c)+(d) read off:\n\n6 at (1,3)\n\n-6 at (1,0)\n\n(e) (0,1)", "right right right"),
        ("## 2\n\n(c)+(d) read off:\n\n-6 at (1,0)\n\n6 at (1,3)\n\n(e) (0,1)", "review review right"),
    ],
)
def test_pieces_are_taken_in_order_if_no_other_order_fits(homework: PreparedRubric, text: str, statuses: str) -> None:
    """As many pieces as parts answer them in order; more, fewer, or as good in another order are for a person."""
    marks = marks_of(homework, text)
    assert " ".join(str(marks[name].status) for name in ("2c", "2d", "2e")) == statuses


def test_a_letter_below_a_joint_label_is_not_blank(homework: PreparedRubric) -> None:
    """What stands below "(c) and (d)" under a label that could not be placed leaves its question open."""
    mark = marks_of(homework, f"## 2\na) 0 and 1\nb) 5x4\n\n(c) and (d)\n\n{RIGHT}\n\n(e) (0,1)")["2e"]
    assert mark.status is Status.REVIEW


W = r"$$dJ/dW[k_1,k_2,n,m]=\sum_{i,j_1,j_2} dJ/dZ[i,j_1,j_2,m]\,X[i,j_1+k_1,j_2+k_2,n]$$"
X = r"$$dJ/dX[i,j_1,j_2,n]=\sum_{k_1,k_2,m} dJ/dZ[i,j_1-k_1,j_2-k_2,m]\,W[k_1,k_2,n,m]$$"
SHAPE, CHANNELS = "Z has shape (46, 62, 20), and U has the same.", "There are 10 input and 20 output channels."


@pytest.mark.parametrize(
    ("text", "names", "statuses"),
    [
        (f"## 4\n\n(b)+(c) Use the chain rule:\n\n{W}\n\n{X}", "4b 4c", "right right"),
        (f"## 4\n\n(b)+(c) Use the chain rule:\n\n{X}\n\n{W}", "4b 4c", "review review"),
        (f"## 3\n\n(a)+(b) {SHAPE} {CHANNELS}\n\n(c) 5133600", "3a 3b", "right right"),
        (f"## 3\n\n(a)+(b) {CHANNELS} {SHAPE}\n\n(c) 5133600", "3a 3b", "right right"),
        ("## 3\n\n(a)+(b) 20 input and 10 output channels. Z has (46, 62, 20), U too.", "3a 3b", "review review"),
        ("## 3\n\n(c)+(d) 1820 are trained. 5133600 multiplications.", "3c 3d", "review review"),
    ],
)
def test_only_one_order_may_fit_at_all(homework: PreparedRubric, text: str, names: str, statuses: str) -> None:
    """Pieces of other kinds than the parts in their places are in the one order that fits, if all are right in it."""
    marks = marks_of(homework, text)
    assert " ".join(str(marks[name].status) for name in names.split()) == statuses
