"""Formulas of declared letters as they are typed on a keyboard, with the arguments of functions and with traces."""

from __future__ import annotations

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.read import READERS

TRACE = "symbols: {X: [n, p]}", "f = trace(X^T X)"
PRODUCT = "symbols: {X: [n, p], y: [n]}", "f[i] = sum[j] X[j,i] * y[j]"
TWO = "symbols: {x: [], y: []}", "f = x^2 + y"
LETTERS = "symbols: {t: [], r: []}", "f = t r (1-r)"
STRIDES = (
    'symbols: {"X[i,k,n]": [B, N, C], B: size, N: size, C: size, s: 2..4}',
    "Y[i,k=0..floor((N-1)/s),n] = X[i,s*k,n]",
)
WINDOWS = (
    'symbols: {"x[k]": [N], N: size, s: 2..4, p: 2..4}',
    "y[k=0..floor((N-p)/s)] = max[j=0..p-1] x[s*k+j]",
)
WAVE = "symbols: {n: 1..12}", "b_n = 2*(1 - (-1)^n)/(n*pi)"
PENDULUM = "symbols: {L: positive, g: positive}", "T = 2*pi*sqrt(2*L/(3*g))"
VARIANCE = "symbols: {n: 2..20, v: positive}", "(n - 1)/n*v"
CHARGED = "symbols: {t: [], r: positive, c: positive}", "f = exp(-t/(r*c))"
BESIDE = "symbols: {t: [], r: positive, c: positive}", "f = t*c/r"
SHIFTED = 'symbols: {"x[k]": [N], N: size, s: 2..4}', "y[k=0..floor((N-2)/s)] = x[s*k+k+1]"
SCORES = (
    'symbols: {"X[i,j]": [N, M], "p[i]": [N], "y[i]": [N], N: size, M: size}',
    "g[j] = sum[i] (p[i] - y[i])*X[i,j]",
)
SAMPLE = 'symbols: {"x[i]": [n], n: size}\ngiven: {x_bar: "1/n * sum[i] x[i]"}', "f = n / sum[i] x[i]"
RATE = "symbols: {fpr: [], sens: []}", "f = 1-fpr*sens"

CASES = [
    (RATE, "1-fpr*sens", "right"),
    (RATE, "f = 1-sens*fpr", "right"),
    (RATE, "1 - fpr*sens", "right"),
    (RATE, "1-sens", "wrong"),
    (RATE, "2-fpr*sens", "wrong"),
    (SCORES, "Σ_i (p_i − y_i) x_ij", "right"),
    (SCORES, "sum_i (p_i - y_i) x_ij", "right"),
    (SCORES, "Sum_i (p_i - y_i) X_ij", "right"),
    (SCORES, "sum_i X_ij (p_i - y_i)", "right"),
    (SCORES, "sum_i X_{ij} (p_i - y_i)", "right"),
    (SCORES, r"$\sum_i x_{ij} (p_i - y_i)$", "right"),
    (SCORES, "Σ_i (y_i − p_i) x_ij", "partial"),
    (SCORES, "sum_i X_ij (y_i - p_i)", "partial"),
    (SCORES, "Σ_i (p_i − y_i) q_ij", "review"),
    (SCORES, "Σ_i (p_i − y_i) X_ij q_ij", "review"),
    (SCORES, "Σ_i (p_i − y_i) X_ij q_i", "review"),
    (SCORES, r"$\sum_i (p_i - y_i) q_{ij}$", "review"),
    (SAMPLE, "n/sum(x_i)", "right"),
    (SAMPLE, r"$n/\sum(x_i)$", "right"),
    (SAMPLE, "1/mean(x)", "right"),
    (SAMPLE, "1/mean(x_i)", "right"),
    (SAMPLE, r"$n/\sum_{i=1}^n X_i$", "right"),
    (SAMPLE, r"$\frac{1}{\overline{x}}$", "right"),
    (SAMPLE, r"$1/\bar X$", "right"),
    (SAMPLE, "1/xbar", "right"),
    (SAMPLE, "n/sum(x_i^2)", "wrong"),
    (SAMPLE, "n/mean(x)", "wrong"),
    (SAMPLE, "mean(x)", "wrong"),
    (SAMPLE, "n/x_i", "wrong"),
    (SAMPLE, r"$1/\bar y$", "review"),
    (TRACE, r"$f = \operatorname{tr}(X^TX)$", "right"),
    (TRACE, r"$f = \mathrm{Tr}(X^TX)$", "right"),
    (TRACE, r"f = tr(X^T X)", "right"),
    (TRACE, r"f = trace(X.T @ X)", "right"),
    (TRACE, r"`f = np.trace(X.T @ X)`", "right"),
    (TRACE, r"$f = 2\,\mathrm{tr}(X^TX)$", "wrong"),
    (LETTERS, r"$f = tr(1-r)$", "right"),
    (LETTERS, "f = tr(1-r)", "right"),
    (LETTERS, "f = rt (1 - r)", "right"),
    (LETTERS, "f = tr - rrt", "right"),
    (LETTERS, "f = rt(1+r)", "wrong"),
    (PRODUCT, r"$X.T @ y$", "right"),
    (PRODUCT, r"`X.T @ y`", "right"),
    (PRODUCT, r"The gradient is X.T @ y.", "right"),
    (PRODUCT, r"`(y.T @ X).T`", "right"),
    (PRODUCT, r"`f = X.T @ (2*y)`", "partial"),
    (CHARGED, r"$f = e^{-t/rc}$", "right"),
    (CHARGED, "f = e^(-t/rc)", "right"),
    (CHARGED, "f = e^(-t/(rc))", "right"),
    (CHARGED, "f = e^(-t/r*c)", "wrong"),
    (CHARGED, r"$f = e^{t/rc}$", "wrong"),
    (BESIDE, r"$f = t/rc$", "review"),
    (BESIDE, r"$f = t/r \cdot c$", "right"),
    (CHARGED, "1 / (e^(t / (r c)))", "right"),
    (CHARGED, "1 / (e^(-t / (r c)))", "wrong"),
    (CHARGED, "1 divided by the exponential of t/(rc)", "right"),
    (CHARGED, "the exponential of -t/(rc)", "right"),
    (CHARGED, "the exponential of t/(rc)", "review"),
    (BESIDE, "t times c over r", "right"),
    (BESIDE, "t multiplied by c and divided by r", "right"),
    (BESIDE, "the product of t and c, divided by r", "right"),
    (BESIDE, "t over r times c", "review"),
    (BESIDE, "t times r over c", "review"),
    (BESIDE, "twice t times c over r", "review"),
    (BESIDE, r"$tc/r$ but c should be squared", "review"),
    (BESIDE, r"$\frac{tc}{r}$, all under a root", "review"),
    (BESIDE, r"$\frac{tc}{r}$ the square of which", "review"),
    (BESIDE, r"$\sqrt{}$ of $tc/r$", "review"),
    (BESIDE, r"$tc/r$, and then multiplied by 2", "review"),
    (BESIDE, r"$tc/r$, where t is the time", "right"),
    (TWO, r"$f(x,y) = x^2+y$", "right"),
    (TWO, r"f(x, y) = x^2 + y", "right"),
    (TWO, r"$f(x,y) = x^2-y$", "wrong"),
    (SHIFTED, "y[k] = x[(s+1) k + 1]", "right"),
    (SHIFTED, "y[k] = x[k (s+1) + 1]", "right"),
    (SHIFTED, "y[k] = x[(s-1) k + 1]", "wrong"),
    (SHIFTED, "y[k] = x[k] x[s & 3]", "review"),
    (WINDOWS, "y[k] = max of x[s*k+j] over j = 0, ..., p-1", "right"),
    (WINDOWS, "y[k] = max x[s*k+j] for j from 0 to p-1", "right"),
    (WINDOWS, "y[k] = max of x[s*k+j] over j = 1, ..., p", "wrong"),
    (WINDOWS, "y[k] = max_j x[s*k+j], j = 0..p-1", "right"),
    (WINDOWS, "y[k] = max_j x[s*k+j], j = 1..p", "wrong"),
    (WINDOWS, "y[k] = max_j x[s*k+j] for j = 0,...,p", "wrong"),
    (WINDOWS, r"$y[k] = \max_{j} x[sk+j]$ with $0 \le j < p$", "right"),
    (WINDOWS, "y[k] = max_j x[s*k+j], where j is from 0 to s-1", "wrong"),
    (WINDOWS, "`y[k] = max(x[s*k:s*k+p])`", "right"),
    (WINDOWS, r"$y[k] = \max x[sk:sk+p]$", "right"),
    (WINDOWS, "`y[k] = max(x[s*k:s*k+p-1])`", "review"),
    (WINDOWS, "`y[k] = min(x[s*k:s*k+p])`", "review"),
    (STRIDES, "Y = X[:, ::s, :]", "right"),
    (STRIDES, "$X[:, 0::s]$", "right"),
    (STRIDES, "`Y = X[:, 1::s, :]`", "review"),
    (STRIDES, "`Y = X[:, ::s+1, :]`", "review"),
    (STRIDES, "`Y = X[:, ::2, :]`", "review"),
    (STRIDES, "`Y = X[::s, :, :]`", "review"),
    (TWO, r"$f(x,z) = x^2+y$", "review"),
    (WAVE, r"$b_n = \frac{4}{n\pi}$ for odd $n$ and 0 for even $n$", "right"),
    (WAVE, r"$b_n = 0$ for even $n$, $b_n = \frac{4}{n\pi}$ for odd $n$", "right"),
    (WAVE, "bn = 4/(n pi) for odd n, else 0", "right"),
    (WAVE, r"$\begin{cases} \frac{4}{n\pi} & n \text{ odd} \\ 0 & n \text{ even}\end{cases}$", "right"),
    (WAVE, r"$\begin{cases} \frac{4}{n\pi} & \text{if } n \text{ is odd} \\ 0 & \text{otherwise}\end{cases}$", "right"),
    (WAVE, r"$\begin{cases} \frac{4}{n\pi} & n \text{ even} \\ 0 & n \text{ odd}\end{cases}$", "wrong"),
    (WAVE, r"$b_n = \frac{4}{n\pi}$ for even $n$ and 0 for odd $n$", "review"),
    (WAVE, r"$\frac{2}{n\pi}[1 - (-1)^n]$", "right"),
    (WAVE, r"$\frac{4}{n\pi}\sin^2(\frac{n\pi}{2})$", "right"),
    (WAVE, r"$\frac{4}{n\pi}$", "wrong"),
    (PENDULUM, "T = 2 pi sqrt(2 L / (3 g))", "right"),
    (PENDULUM, "T = 2 pi sqrt(L / (3 g))", "wrong"),
    (PENDULUM, "T=2*pi*sqrt(L/(3*g))", "wrong"),
    (PENDULUM, r"$T = 2\pi\sqrt{\frac{2gL^2/3}{ggL}}$", "right"),
    (VARIANCE, r"$E[\hat v] = (1 - \frac1n) v \ne v$, so it is biased", "right"),
    (VARIANCE, r"$E = \frac{n-1}{n} v < v$", "right"),
    (VARIANCE, r"$E = \frac{n}{n-1} v \ne v$", "wrong"),
    (VARIANCE, r"$E \ne \frac{n-1}{n} v$", "review"),
    (VARIANCE, "E = v^2 (n-1)/(n v)", "right"),
]


@pytest.mark.parametrize(("question", "answer", "status"), CASES)
def test_a_typed_formula_is_read(question: tuple[str, str], answer: str, status: str) -> None:
    """What is meant is read, however it is typed."""
    declared, formula = question
    rubric = parse_rubric(f"{declared}\nquestions:\n  1: {{points: 2, formula: '{formula}'}}\n", "r")
    document = READERS.load("markdown").read(f"# 1\n\n{answer}\n", "a.md")
    (mark,) = grade(rubric, Submission("a", (document,))).marks
    assert str(mark.status) == status, mark


RATES = [("rad/s", "2 Hz", "review"), ("Hz", "2 rad/s", "review"), ("rad/s", "2 rad/s", "right"),
         ("Hz", "0.002 kHz", "right"), ("Hz", "3 kHz", "wrong")]  # fmt: skip


@pytest.mark.parametrize(("unit", "answer", "status"), RATES)
def test_a_radian_is_no_turn(unit: str, answer: str, status: str) -> None:
    """Hertz and radians a second have one dimension, and are not one thing."""
    rubric = parse_rubric(f"questions:\n  1: {{points: 2, number: 2, unit: {unit}}}\n", "r")
    document = READERS.load("markdown").read(f"# 1\n\n{answer}\n", "a.md")
    (mark,) = grade(rubric, Submission("a", (document,))).marks
    assert str(mark.status) == status, mark
