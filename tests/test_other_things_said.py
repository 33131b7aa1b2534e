"""Right values that an answer gives to something else, and right answers with something harmless beside them."""

from __future__ import annotations

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.read import READERS

RUBRIC = """
questions:
  product: {points: 2, let: {A: [[1, 2], [0, 1]], B: [[3, 1], [4, 5]]}, array: A @ B}
  det: {points: 2, let: {A: [[1, 2], [3, 4]]}, number: det(A)}
  inverse: {points: 2, let: {A: [[2, 1], [5, 3]]}, array: inv(A)}
  ranks:
    points: 2
    parts:
      rank: {number: 2, labels: [rank]}
      nullity: {number: 3, labels: [nullity, null space]}
  invertible: {points: 1, choice: no}
  solution: {points: 2, equals: "y = C_1 e^{2x} + C_2 e^{-x}", assume: "C_1, C_2: constant"}
  series: {points: 2, equals: '1/(1-x)'}
  limits: {points: 2, limits: {k1: 0..2, k2: 0..1}}
  loss: {points: 1, choice: b, options: {a: mse, b: cross-entropy}}
  interval: {points: 2, array: [50.7, 54.1]}
  fit: {points: 1, choice: b, options: {a: [high bias, underfitting], b: [high variance, overfitting]}}
  slope: {points: 2, symbols: {x: real}, formula: (2x - 3x^2)*exp(-3x)}
  scores:
    points: 2
    parts: {P: {number: 0.8, labels: [precision, P]}, F: {number: 0.727, tolerance: 1%, labels: [F1]}}
  growth:
    points: 2
    parts:
      increasing: {equals: '(-oo,-1) U (3,oo)', labels: [increasing]}
      decreasing: {equals: '(-1,3)', labels: [decreasing]}
  period: {points: 2, number: 2.5, unit: s}
  order: {points: 1, number: 4}
  biased: {points: 1, choice: "no", options: {"yes": unbiased, "no": biased}}
  field: {points: 2, array: [4315, 5754], unit: N/C, tolerance: 1%}
  softmax: {points: 2, symbols: {"s[j]": [N]}, formula: "D[j,k] = s[j] * (delta(j,k) - s[k])"}
  weights:
    points: 4
    symbols: {"X[i,n]": [N, D], "w[n]": [D], "y[i]": [N]}
    let: {J: "1/(2N) * sum[i] (sum[n] X[i,n]*w[n] - y[i])^2"}
    gradient: dJ/dw[n]
  energy: {points: 2, number: 0.8, unit: J}
  dft: {points: 2, array: [2, 2 - 2*i, 2, 2 + 2*i]}
  largest: {points: 2, let: {Z: [[0, 2, 4], [0, 5, 9]]}, positions: where(Z == max(Z)), of: Z}
  size: {points: 2, shape: {rows: 5, columns: 4}, words: {rows: [row, height], columns: [column, width]}}
"""
AB, INVERSE = r"\begin{pmatrix}11 & 11\\ 4 & 5\end{pmatrix}", r"\begin{pmatrix}3&-1\\-5&2\end{pmatrix}"
ROWS, DELTA = r"$\frac1N \sum_i (x_i^T w - y_i) x_i$", r"$D_{jk} = s_j(\delta_{jk} - s_k)$"
RIGHT, REVIEW, WRONG = "right", "review", "wrong"


@pytest.mark.parametrize(
    ("question", "answer", "status"),
    [
        ("product", f"$AB = {AB}$", RIGHT),
        ("product", f"$A\\cdot B = {AB}$", RIGHT),
        ("product", "A @ B = [[11, 11], [4, 5]]", RIGHT),
        ("product", f"$BA = {AB}$", REVIEW),
        ("product", f"$A + B = {AB}$", REVIEW),
        ("product", f"$A^{{-1}}B = {AB}$", REVIEW),
        ("det", "det A = -2", RIGHT),
        ("det", "|A| = -2", RIGHT),
        ("det", "det(A) = 1*4 - 2*3 = -2", RIGHT),
        ("det", "tr A = -2", REVIEW),
        ("det", "det(A^{-1}) = -2", REVIEW),
        ("inverse", f"$A^{{-1}} = {INVERSE}$", RIGHT),
        ("inverse", f"$A^T = {INVERSE}$", REVIEW),
        ("ranks", "rank 2, nullity 3", RIGHT),
        ("ranks", "rank 2. Nullity: 5 - 2 = 3.", RIGHT),
        ("ranks", "rank 2, nullity 1. The matrix has 3 columns.", REVIEW),
        ("ranks", "rank 2, nullity 1. 3 columns.", REVIEW),
        ("invertible", "No, the determinant is 0.", RIGHT),
        ("invertible", "No since det A = 0", RIGHT),
        ("invertible", "no inverse exists", RIGHT),
        ("invertible", "No doubt it is invertible.", REVIEW),
        ("invertible", "No row is zero, so it's invertible", REVIEW),
        ("invertible", "No, wait, it can be inverted", REVIEW),
        ("invertible", "no if det = 0, which is not the case here", REVIEW),
        ("solution", r"$y = ae^{-x} + be^{2x}$, $a, b \in \mathbb{R}$", RIGHT),
        ("solution", "y = ae^{-x} + be^{2x}; a,b ∈ R", RIGHT),
        ("solution", r"$y = ae^{-x} + be^{2x}$ for $a, b \in \mathbb{R}$", RIGHT),
        ("solution", "y = ae^{-x} + be^{2x}; a,b > 0", WRONG),
        ("series", "(1-x)^{-1}", RIGHT),
        ("series", "(1 - x)^(-1)", RIGHT),
        ("limits", "range(3), range(2)", RIGHT),
        ("limits", "range(3) and range(2)", RIGHT),
        ("limits", "range(2), range(3)", WRONG),
        ("loss", "MSE, since it is smooth", WRONG),
        ("loss", "Log-loss, since MSE saturates", REVIEW),
        ("interval", "[50.7; 54.1]", RIGHT),
        ("interval", "[50,7; 54,1]", RIGHT),
        ("interval", "[50, 7, 54, 1]", WRONG),
        ("interval", "between 50.7 and 54.1", RIGHT),
        ("interval", "We are 95 % confident that mu lies between 50.7 and 54.1.", RIGHT),
        ("interval", "It isn't between 50.7 and 54.1.", REVIEW),
        ("interval", "not between 50.7 and 54.1", REVIEW),
        ("interval", r"$\mu \in [50.7, 54.1]$", RIGHT),
        ("interval", r"$\mu \notin [50.7, 54.1]$", REVIEW),
        ("interval", "52.4 +/- 1.7", RIGHT),
        ("interval", "52.4 +- 2.8", WRONG),
        ("interval", "[50.7, 54.1] (95 %)", RIGHT),
        ("fit", "High variance. I would choose a smaller model.", RIGHT),
        ("fit", "I choose a because of the bias", WRONG),
        ("slope", "The derivative is (2x - 3x^2) e^(-3x)", RIGHT),
        ("slope", "f(x) = (2x - 3x^2) e^(-3x)", RIGHT),
        ("slope", "The derivative is (2x + 3x^2) e^(-3x)", WRONG),
        ("scores", "P = 0.8, F1 = 2PR/(P+R) = 72.7%", RIGHT),
        ("scores", "P = 0.8, F1 = 0.727", RIGHT),
        ("growth", "increasing on (-∞,-1) and on (3,∞); decreasing on (-1,3)", RIGHT),
        ("growth", r"increasing on $(-\infty,-1)$ and $(3,\infty)$, decreasing on $(-1,3)$", RIGHT),
        ("growth", r"increasing on (-1,3), decreasing on $(-\infty,-1)\cup(3,\infty)$", REVIEW),
        ("growth", r"not increasing on $(-\infty,-1)\cup(3,\infty)$, not decreasing on $(-1,3)$", REVIEW),
        ("order", "fourth order", RIGHT),
        ("order", "The error is $O(h^4)$.", RIGHT),
        ("order", "third order", REVIEW),
        ("order", "not of fourth order", REVIEW),
        ("order", "error $O(h^5)$, so fourth order", REVIEW),
        ("biased", "It is not unbiased.", RIGHT),
        ("biased", "not biased", WRONG),
        ("biased", "not necessarily biased", REVIEW),
        ("field", "Ex = 4315 N/C, Ey = 5754 N/C", RIGHT),
        ("field", "Ex = 5754 N/C, Ey = 4315 N/C", WRONG),
        ("field", "Ex = 4315 N/C, Dy = 5754 N/C", REVIEW),
        ("field", r"$4.315\times10^3\,\hat x + 5.754\times10^3\,\hat y$ N/C", RIGHT),
        ("field", r"$4.315\times10^2\,\hat x + 5.754\times10^3\,\hat y$ N/C", WRONG),
        ("period", "T is two point five seconds", RIGHT),
        ("period", "two point six seconds", WRONG),
        ("period", "two and a half seconds", REVIEW),
        ("softmax", "diag(s) - s s^T", REVIEW),
        ("weights", "dw = X.T @ (X @ w - y) / N", RIGHT),
        ("weights", "dw = X^T * (X * w - y) / N", RIGHT),
        ("weights", "dw = X.T * (X @ w - y) / N", REVIEW),
        ("weights", f"{ROWS} where $x_i$ is the i-th row of X as a column vector", RIGHT),
        ("weights", f"{ROWS} where $x_i$ is the feature vector of sample i", RIGHT),
        ("weights", f"{ROWS} where $x_i$ is the i-th column of X", REVIEW),
        ("weights", f"{ROWS} where $x_i$ is the i-th feature", REVIEW),
        ("softmax", f"{DELTA} with $\\delta_{{jk}} = 1$ for $j = k$", RIGHT),
        ("softmax", f"{DELTA} with $\\delta_{{jk}} = 0$ for $j \\ne k$", RIGHT),
        ("softmax", f"{DELTA} with $\\delta_{{jk}} = 1$ for $j \\ne k$", REVIEW),
        ("largest", "(1, 2), in the last column", RIGHT),
        ("largest", "(1, 2) of Z", RIGHT),
        ("largest", "(1, 2) (the first row has the number 0)", RIGHT),
        ("largest", "(1, 2), in the left column", REVIEW),
        ("largest", "(1, 2), i.e. last column, first row", REVIEW),
        ("largest", "(1, 2) of X", REVIEW),
        ("largest", "(1, 2) in the kernel", REVIEW),
        ("size", "X has 6 rows and 5 columns, so Z is 5 x 4", RIGHT),
        ("size", "Rows: 6 - 1 = 5. Columns: 5 - 1 = 4. So 5 by 4.", RIGHT),
        ("size", "5 by 4, with 4 rows and 5 columns", REVIEW),
        ("energy", "E = 1/2 k x^2 = 0.8 J", RIGHT),
        ("energy", r"$U = \frac12kx^2 = 0.8$ J", RIGHT),
        ("energy", "E = 0.5 m v^2 = 0.9 J", REVIEW),
        ("dft", "$X_0=2$, $X_1=2-2j$, $X_2=2$, $X_3=2+2j$", RIGHT),
        ("dft", "$X_0=2$, $X_1=2+2j$, $X_2=2$, $X_3=2-2j$", WRONG),
    ],
)
def test_a_value_earns_what_is_said_of_it(question: str, answer: str, status: str) -> None:
    """A right value for another thing goes to a person; what only tells of letters takes nothing from it."""
    document = READERS.load("markdown").read(f"# {question}\n\n{answer}\n", "a.md")
    marks = grade(parse_rubric(RUBRIC, "one"), Submission("s", (document,))).marks
    assert next(one for one in marks if one.id == question).status.value == status
