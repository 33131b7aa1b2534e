"""Models and answers to them: the tables of golden/gradients, row by row."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest
from test_kind_examples import rubric_of

from grader.grade import grade
from grader.model.documents import Submission
from grader.prepare.parts import PreparedRubric
from grader.read import READERS

FOLDER = Path(__file__).parent / "golden" / "gradients"
SECTION = re.compile(
    r"^## (?P<title>[^\n]+)\n\n```yaml\n(?P<rubric>.*?)```\n\n`````answers\n(?P<rows>.*?)\n`````$",
    re.MULTILINE | re.DOTALL,
)


class Row(NamedTuple):
    """A model as a rubric's fields, an answer, and how it is marked: a status, and perhaps what is said."""

    rubric: str
    answer: str
    status: str
    reason: str


def rows() -> dict[str, Row]:
    """Every row of every file by its title and its answer."""
    found: dict[str, Row] = {}
    for path in sorted(FOLDER.glob("*.md")):
        for section in SECTION.finditer(path.read_text(encoding="utf-8")):
            lines = section["rows"].split("\n")
            for answer, mark in zip(lines[::2], lines[1::2], strict=True):
                assert mark.startswith("    => "), f"{path.name}: {mark}"
                status, _, reason = mark[7:].partition(" ")
                found[f"{section['title']}: {answer}"] = Row(section["rubric"], answer, status, reason)
    return found


ROWS = rows()


@lru_cache(maxsize=100)
def prepared(rubric: str) -> PreparedRubric:
    """A rubric of one question."""
    return rubric_of(rubric)


def marked(row: Row) -> tuple[str, list[str], str]:
    """The status, what is said, and how the answer was read."""
    document = READERS.load("markdown").read(row.answer, "answer.md")
    graded = grade(prepared(row.rubric), Submission("answer", (document,)))
    assert graded.log == ()
    mark = graded.marks[0]
    return str(mark.status), [reason.id for reason in mark.reasons], mark.read_as


@pytest.mark.parametrize("row", ROWS.values(), ids=list(ROWS))
def test_answer(row: Row) -> None:
    """An answer is marked as a teacher would, and a slip is named."""
    status, reasons, read_as = marked(row)
    assert status == row.status, f"read as {read_as!r}: {reasons}"
    assert not row.reason or row.reason in reasons


def test_every_row_is_found() -> None:
    """No row is skipped because its section is not understood, and all endings occur."""
    text = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md"))
    assert text.count("\n    => ") == len(ROWS) >= 80
    assert {row.status for row in ROWS.values()} == {"right", "partial", "wrong", "review"}


MISTAKEN = """
gradient: dJ/dw[k]
symbols: {"X[i,k]": [N, p], "w[k]": [p], "y[i]": [N]}
let: {J: "1/(2*N) * sum[i] (y[i] - sum[k] X[i,k]*w[k])^2"}
mistakes: [{formula: "X^T @ (X w - y)", credit: 1/2, say: The mean is missing.}]
"""


@pytest.mark.parametrize(
    "answer",
    [r"$X^\top (Xw - y)$", r"$\sum_i X_{ik} (\sum_l X_{il} w_l - y_i)$", "X^T*(X*w - y)", r"$(Xw-y)^T X$"],
)
def test_a_foreseen_mistake_in_matrix_form(answer: str) -> None:
    """A mistake that is declared in matrix form is found in both forms."""
    status, reasons, read_as = marked(Row(MISTAKEN, answer, "", ""))
    assert (status, reasons[0]) == ("partial", "the-mean-is-missing"), read_as


@pytest.mark.parametrize("left", ["g[k]", "g[i]", "dJ/dw[k]"])
@pytest.mark.parametrize(
    "answer",
    [
        r"$\frac{\partial J}{\partial w_k} = \sum_i X_{ik} (\sum_l X_{il} w_l - y_i)$",
        r"$\frac{\partial J}{\partial w} = X^\top (Xw - y)$",
        r"$X^\top (Xw - y)$",
    ],
)
def test_a_foreseen_mistake_under_another_name(left: str, answer: str) -> None:
    """A mistake that the rubric calls g is found under the name of the gradient, and without any."""
    k, i = ("i", "k") if left == "g[i]" else ("k", "i")
    rubric = MISTAKEN.replace('"X^T @ (X w - y)"', f'"{left} = sum[{i}] X[{i},{k}]*(sum[l] X[{i},l]*w[l] - y[{i}])"')
    status, reasons, read_as = marked(Row(rubric, answer, "", ""))
    assert (status, reasons[0]) == ("partial", "the-mean-is-missing"), read_as


def test_a_long_formula_takes_no_longer() -> None:
    """A formula far longer than people write is judged in the reading in which it stands."""
    answer = "$" + " ".join(["X^T X"] * 60) + " w$"
    assert marked(Row(MISTAKEN, answer, "", ""))[0] in ("wrong", "review")
