"""Samples as vectors, `x_i^T w`, where the sheet has a table X[i,n]; and chains of which only the ends can be read."""

from __future__ import annotations

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.model.results import Mark
from grader.read import READERS

RUBRIC = """
symbols: {"X[i,n]": [N, D], "w[n]": [D], "y[i]": [N], "s[i]": [N], lambda: positive}
questions:
  g:
    points: 4
    let: {J: "1/(2N) * sum[i] s[i]*(sum[n] X[i,n]*w[n] - y[i])^2 + lambda/2 * sum[n] w[n]^2"}
    gradient: dJ/dw[n]
  w: {points: 2, array: [5/3, 7/3]}
"""
FULL = r"\frac1N\sum_i s_i x_i (x_i^\top w - y_i)+\lambda w"


def mark(question: str, answer: str) -> Mark:
    document = READERS.load("markdown").read(f"# {question}\n\n{answer}\n", "a.md")
    marks = grade(parse_rubric(RUBRIC, "one"), Submission("s", (document,))).marks
    return next(one for one in marks if one.id == question)


@pytest.mark.parametrize(
    "answer",
    [
        f"${FULL}$",
        f"${FULL}$".replace("x_i", "X_i"),
        f"${FULL}$".replace("x_i", "X_{i,:}"),
        f"${FULL}$".replace("x_i", "x^{(i)}"),
        f"${FULL}$".replace("_i", "_n"),
        r"$\frac{\partial J}{\partial w_k} = \frac1N\sum_i s_i X_{ik}(x_i^\top w - y_i) + \lambda w_k$",
        r"$\frac{\partial J}{\partial w_k} = \frac1N\sum_i s_i X_{ik}(X_i w - y_i) + \lambda w_k$",
        r"$\frac1N\sum_i s_i x_i (\langle x_i, w\rangle - y_i)+\lambda w$",
        r"$\frac1N\sum_i s_i (w\cdot x_i - y_i)x_i+\lambda w$",
        r"$\frac1N\sum_i s_i (x_i x_i^T w - y_i x_i)+\lambda w$",
        r"With $e_i = x_i^\top w - y_i$: $\frac{\partial J}{\partial w}=\frac1N\sum_{i=1}^N s_i e_i x_i + \lambda w$",
        r"$\frac1N\sum_i s_i X_{ik}(\sum_m X_{im} w_m - y_i)+\lambda w_k$",
        "dJ/dw_n = (1/N) sum_i s_i (x_i^T w - y_i) X_in + lambda w_n",
    ],
)
def test_a_row_of_the_table_is_a_vector(answer: str) -> None:
    """Samples under one index are read as rows of the table, in products and by themselves."""
    assert str(mark("g", answer).status) == "right", answer


@pytest.mark.parametrize(
    "answer",
    [
        r"$\frac1N\sum_i s_i x_i (x_i^\top w + y_i)+\lambda w$",
        r"$\frac1N\sum_i s_i x_i (y_i - x_i^\top w)+\lambda w$",
        r"$\frac1N\sum_i x_i (x_i^\top w - y_i)+\lambda w$",
        r"$\frac1N\sum_i s_i x_i (x_i^\top y - w_i)+\lambda w$",
        r"$\frac1N\sum_i s_i x_i^\top (x_i w - y_i)+\lambda w$",
        r"$\frac1N\sum_i s_i x_i x_i^\top (w - y_i)+\lambda w$",
        r"$\frac1N\sum_i s_i x_i (x_k^\top w - y_i)+\lambda w$",
        r"$\sum_i s_i x_i (x_i^\top w - y_i)+\lambda w$",
        "dJ/dw = (1/N) sum_i s_i (x_i ! w - y_i) x_i + lambda w",
        "dJ/dw = (1/N) sum_i s_i (x_i . y - w_i) x_i + lambda w",
        r"$\frac1N\sum_i s_i v_i (v_i^\top w - y_i)+\lambda w$",
        r"$\frac1N\sum_{i=1}^{D} s_i X_{in} (\sum_m X_{im} w_m - y_i)+\lambda w_n$",
        r"$\frac1D\sum_{i=1}^{N} s_i X_{in} (\sum_m X_{im} w_m - y_i)+\lambda w_n$",
    ],
)
def test_another_formula_of_rows_is_not_right(answer: str) -> None:
    """A slip in a formula of rows never earns full marks."""
    assert mark("g", answer).credit != 1, answer


@pytest.mark.parametrize(
    ("answer", "credit"),
    [
        (f"$2({FULL})$", "3/5"),
        (f"$\\frac12({FULL})$", "3/5"),
        (f"$-({FULL})$", "3/5"),
        (f"$7({FULL})$", "0"),
    ],
)
def test_a_constant_factor_is_one_slip(answer: str, credit: str) -> None:
    """A formula that is a small multiple of the right one loses what one slip costs."""
    assert str(mark("g", answer).credit) == credit, answer


@pytest.mark.parametrize(
    "answer",
    [r"$w_1 = \frac13(7, 5)^\top$, or $\frac13(5,7)$?", r"$w_1 = (7/3, 5/3)$ or $(5/3,7/3)$"],
)
def test_of_two_lists_joined_by_or_none_counts(answer: str) -> None:
    """Where a wrong list and the right one are left standing, a person decides."""
    assert str(mark("w", answer).status) == "review", answer


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (r"$w_1 = w_0 - \eta\nabla J(w_0) = \frac13(5, 7)^\top$", "right"),
        (r"$w_1 = w_0 - \eta\nabla J(w_0) = \frac13(7, 5)^\top$", "wrong"),
        (r"$w_1 = w_0 - \eta\nabla J(w_0) \neq \frac13(5, 7)^\top$", "review"),
        (r"$w_1 - \nabla J(w_0) = \mathrm{foo}(w_0) = \frac13(5, 7)^\top$", "review"),
        (r"$w_1 = w_0 - \eta\nabla J(w_0) = \frac a3(5, 7)^\top$", "review"),
        (r"$w_1 = w_0 - \eta\nabla J(w_0) = \text{not } \frac13(5, 7)^\top$", "review"),
    ],
)
def test_a_chain_ends_with_its_value(answer: str, status: str) -> None:
    """The last value of a chain whose steps cannot be read counts if it has no letters and the name stands first."""
    assert str(mark("w", answer).status) == status, answer
