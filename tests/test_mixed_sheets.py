"""Answers of a sheet that mixes algebra, calculus, statistics and signals, as its students type them."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.model.results import Mark
from grader.prepare.parts import PreparedRubric
from grader.read import READERS

_POLYNOMIAL = "title: The Taylor polynomial\nequals: 3x - 2x^2 + 5/3 x^3"
_SLOPE = 'title: The derivative\nquantity: ["f\'", df/dx]\nequals: 2x*exp(x)'
_BY_PARTS = (
    'title: The antiderivative\nequals: x*exp(2x)/2 - exp(2x)/4 + C\nassume: "C: any constant"\nmistakes:\n'
    '  - {equals: "x*exp(2x)/2 + exp(2x)/4 + C", assume: "C: any constant", credit: 1/2, say: Look at the sign.}'
)
_LEVEL = "number: 20*log10(2.5/0.02)\nunit: dB\ntolerance: 0.5%"
_HEIGHT = "symbols: {k: positive, s: positive, m: positive, g: positive}\nformula: h = k*s^2/(2*m*g)"
_LINE = "title: The line of least squares\narray: [0.7, 1.2]"
_TRANSFORM = "title: The DFT\narray: [2, 1 - 3*i, 0, 1 + 3*i]"
_MEAN = "let: {x: [0, 1, 2, 3], p: [0.1, 0.3, 0.4, 0.2]}\ntitle: The expectation\nnumber: sum(x*p)"
_VARIANCE = "title: The variance\nnumber: 0.81\nmistakes: [{number: 3.7, credit: 1/3, say: The mean is missing.}]"
_BASIS = "let: {M: [[1, 2, -1, 0], [2, 4, -1, 3]]}\nproperty: null space\nof: M"
_ROOTS = (
    "parts:\n  zeros: {set: [1, -1], labels: [zeros, zero]}\n"
    '  poles: {equals: "{1/2 + i/2, 1/2 - i/2}", labels: [poles, pole]}\n'
    '  stable: {choice: "yes", options: {"yes": [stable], "no": [unstable, not stable]}, labels: [stable, stability]}'
)
_EXTREMA = (
    "parts:\n  maximum: {set: [[-1, 10]], labels: [maximum, max, H]}\n"
    "  minimum: {set: [[3, -22]], labels: [minimum, min, T]}"
)
_MONOTONE = (
    'parts:\n  increasing: {equals: "(-oo, -1) U (3, oo)", labels: [increasing]}\n'
    '  decreasing: {equals: "(-1, 3)", labels: [decreasing]}'
)
_RISING = 'equals: "(-oo, -1) U (3, oo)"'
_DETERMINANT = "title: The determinant of A\nnumber: 6"
_P_VALUE = "title: The p-value\nnumber: 0.03\ntolerance: 1%"
_SHARES = "array: [0.665, 0.245, 0.09]\ntolerance: 1%"
_CONDITION = "title: The condition number\nnumber: 21"
_ORDER = "title: The order\nnumber: 4"
_DIVERGENCE = "equals: x + y + z"
_FACTORS = "let: {B: [[2, 1, 1], [4, 3, 3], [8, 7, 9]]}\nproperty: factorisation\nof: B\nas: LU"
_UPPER = r"$U=\begin{pmatrix}2&1&1\\&1&1\\&&2\end{pmatrix}$"
_LOGISTIC = (
    'symbols: {"X[i,n]": [N, D], "w[n]": [D], "y[i]": [N]}\n'
    "let:\n  p: sigmoid(X @ w)\n"
    '  J: "-1/N * sum[i] (y[i]*log(p[i]) + (1 - y[i])*log(1 - p[i]))"\ngradient: dJ/dw[n]'
)
_SYSTEM = (
    r"$\begin{bmatrix}4&6\\6&14\end{bmatrix}\begin{bmatrix}c_0\\c_1\end{bmatrix}=\begin{bmatrix}10\\21\end{bmatrix}"
)
_PAIRS = "let: {A: [[4, 1], [2, 3]]}\nproperty: eigenpairs\nof: A"

RIGHT = [
    (_POLYNOMIAL, r"Since $\sin u = u - \dots$ with $u = 2x$, we get $T_3(x) = 3x - 2x^2 + \frac53 x^3$."),
    (_POLYNOMIAL, "g(0) = 0, g'(0) = 3, g''(0) = -4\nT₃(x) = 3x − 4/2! x² + 10/3! x³ = 3x − 2x² + (5/3)x³"),
    (_SLOPE, "f′(x) = 2x·e^x"),
    (_SLOPE, r"$\displaystyle\frac{df}{dx} = 2xe^x$"),
    (_BY_PARTS, "parts, u = x and v' = exp(2x):\n∫ x exp(2x) dx = (x/2) exp(2x) − (1/4) exp(2x) + C"),
    (_LEVEL, "20·log₁₀(2.5/0.02) = 20·2.097 = 41.94 dB"),
    (_LEVEL, r"$10 \log_{10} (2.5/0.02)^2 = 41.94$ dB"),
    (_HEIGHT, "h = k s² / (2 m g)"),
    (_LINE, _SYSTEM + r" \Rightarrow c_0 = \frac{7}{10},\ c_1 = \frac65$"),
    (_LINE, "normal equations:\n4 c0 + 6 c1 = 10\n6 c0 + 14 c1 = 21\nc1 = 1.2, c0 = 0.7"),
    (_TRANSFORM, "\n\n| k | X[k] |\n|---|---|\n| 0 | 2 |\n| 1 | 1 - 3j |\n| 2 | 0 |\n| 3 | 1 + 3j |"),
    (_MEAN, "E = 0*0.1 + 1*0.3 + 2*0.4 + 3*0.2 = 1.7"),
    (_MEAN, r"The mean is $\mu = 0.3 + 0.8 + 0.6 = 1.7$."),
    (_VARIANCE, r"$\mathbb{E}[X^2] = 0.3 + 1.6 + 1.8 = 3.7$, $\mathrm{Var}(X) = 3.7 - 1.7^2 = 0.81$"),
    (_VARIANCE, "$E[X^2]=3.7$, $Var(X)=3.7-1.7^2=0.81$"),
    (_VARIANCE, r"$\sigma = 0.9$, $\sigma^2 = 0.81$"),
    (_BASIS, "Setting $(x_2, x_4) = (1, 0)$ and $(0, 1)$ gives the basis\n\n"
     r"$$n_1 = \begin{pmatrix}-2\\1\\0\\0\end{pmatrix}, \quad n_2 = \begin{pmatrix}-3\\0\\-3\\1\end{pmatrix}$$"),
    (_BASIS, r"$M \to \begin{bmatrix}1&2&0&3\\0&0&1&3\end{bmatrix}$. Basis: $(-2,1,0,0)^T$ and $(-3,0,-3,1)^T$."),
    (_PAIRS, r"$\lambda_1 = 5,\ v_1 = \binom{1}{1}$; $\lambda_2 = 2,\ v_2 = \binom{1}{-2}$"),
    (_POLYNOMIAL, "T3(x) = 3x - 2x^2 + 5/3 x^3"),
    (_POLYNOMIAL, r"$\displaystyle T_3(x)=3x-2x^2+\frac53x^3$"),
    (_ROOTS, "- zeros: $z=1$, $z=-1$\n- poles: $z=0.5+0.5j$, $z=0.5-0.5j$\n- stable: yes"),
    (_ROOTS, r"Zeros at $z=\pm 1$; poles at $z = \frac12\pm\frac{j}{2}$. Since $|p| < 1$ the system is stable."),
    (_ROOTS, r"zeros: $\pm1$, poles: $\pm\frac12j + \frac12$, stability: yes, $|p|<1$"),
    (_EXTREMA, "$g(-1)=10$ is a local maximum and $g(3)=-22$ a local minimum."),
    (_EXTREMA, "max (-1,10), min (3,-22)"),
    (_EXTREMA, "H(-1|10), T(3|-22)"),
    (_MONOTONE, "increasing for x < -1 and x > 3, decreasing for -1 < x < 3"),
    (_RISING, r"increasing on $]-\infty,-1[$ and $]3,\infty[$"),
    (_RISING, r"increasing on $(-\infty,-1)$ and on $(3,\infty)$"),
    (_DETERMINANT, r"$\det A=4\cdot1-1\cdot(-2)=6\neq0$, so A is invertible"),
    (_P_VALUE, "p = 0.03 < 0.05, so we reject"),
    (_SHARES, "The probabilities are 66.5%, 24.5% and 9.0%."),
    (_CONDITION, r"$\kappa = 7 \cdot 3 = 21$. The error of the solution is at most 21 times that of $b$."),
    (_ORDER, r"$p = \frac{\ln(3.2\cdot10^{-4}/2.0\cdot10^{-5})}{\ln 2} = 4$"),
    (_DIVERGENCE, r"$\partial_x(xy) + \partial_y(yz) + \partial_z(zx) = y + z + x$"),
    (_FACTORS, r"$L=\begin{pmatrix}1&&\\2&1&\\4&3&1\end{pmatrix}$, " + _UPPER),
    (_LOGISTIC, r"$\nabla J(w)=\frac1N X^T(\sigma(Xw)-y)$"),
    (_PAIRS, "L1 = 5, v1 = (1, 1)\nL2 = 2, v2 = (1, -2)"),
    (_PAIRS, r"$5$ and $2$. To $\lambda = 5$ belongs $(1,1)^T$, to $\lambda = 2$ belongs $(-1, 2)^T$."),
]  # fmt: skip
OTHERS = [
    (_POLYNOMIAL, "g'(0) = 3\nT₃(x) = 3x − 4x² + 10x³", "review"),
    (_BY_PARTS, r"$\int x e^{2x}\,dx = \frac x2 e^{2x} + \frac14 e^{2x} + C$", Fraction(1, 2)),
    (_BY_PARTS, "u = x, v' = exp(2x):\n∫ x exp(2x) dx = (x/2) exp(2x) + (1/4) exp(2x) + C", Fraction(1, 2)),
    (_HEIGHT, "h = k s² / (m g)", "wrong"),
    (_EXTREMA, "max (3,-22), min (-1,10)", "review"),
    (_MONOTONE, "increasing for x < -1 and x > 2, decreasing for -1 < x < 3", "partial"),
    (_RISING, r"increasing on $]-\infty,-1[$ and $]2,\infty[$", "wrong"),
    (_RISING, r"not increasing on $]-\infty,-1[$ and $]3,\infty[$", "review"),
    (_DETERMINANT, r"$\det A=6\neq6$", "review"),
    (_DETERMINANT, r"$\det A=5\neq0$", "wrong"),
    (_P_VALUE, "p < 0.05", "review"),
    (_P_VALUE, "p = 0.06 > 0.05", "wrong"),
    (_FACTORS, r"$L=\begin{pmatrix}1&&\\2&1&\\4&2&1\end{pmatrix}$, " + _UPPER, "wrong"),
    (_LINE, "4 c0 + 6 c1 = 10\n6 c0 + 14 c1 = 21\nc1 = 0.7, c0 = 1.2", "wrong"),
    (_LINE, _SYSTEM + "$", "review"),
    (_TRANSFORM, "\n\n| k | X[k] |\n|---|---|\n| 0 | 2 |\n| 1 | 1 + 3j |\n| 2 | 0 |\n| 3 | 1 - 3j |", "wrong"),
    (_LEVEL, r"$10 \log_{10} (2.5/0.02)^2 = 43$ dB", "wrong"),
    (_VARIANCE, "$E[X^2]=3.7$, $Var(X)=3.7-1.7=2.0$", "wrong"),
    (_VARIANCE, "$E[X^2]=3.7$", Fraction(1, 3)),
    (_BASIS, "Setting $(x_2, x_4) = (1, 0)$ and $(0, 1)$ gives $(-2,1,0,0)^T$ and $(3,0,-3,1)^T$.", "partial"),
    (_PAIRS, r"To $\lambda = 5$ belongs $(-1,2)^T$, to $\lambda = 2$ belongs $(1, 1)^T$.", "wrong"),
]  # fmt: skip


@lru_cache
def _rubric(fields: str) -> PreparedRubric:
    indented = "".join(f"    {line}\n" for line in fields.split("\n"))
    return parse_rubric(f"title: t\nquestions:\n  1a:\n    points: 1\n{indented}", "r.yaml")


def _mark(fields: str, answer: str) -> Mark:
    document = READERS.load("markdown").read(f"# 1a\n\n{answer}\n", "s01.md")
    return grade(_rubric(fields), Submission("s01", (document,))).marks[0]


_SOLUTION = (
    'equals: y = 2 + 3e^{-2t}\nmistakes: [{equals: "y = 5 e^{-2t}", credit: 1/4, say: The constant term is missing.}]'
)
_GENERAL = 'equals: A e^{3x} + B e^{-2x} - 2\nassume: "A, B: any constant"'
_LIKELIEST = r"equals: '-\frac{n}{\sum_{i=1}^n \ln x_i}'"
_PROJECTION = "title: The projection of b\narray: [1, 2, 1]"
_CLASSIFIED = (
    "parts:\n  points: {set: [[0, 0], [2, 2]], labels: [critical points]}\n"
    "  saddle: {set: [[0, 0]], labels: [saddle]}\n  minimum: {set: [[2, 2]], labels: [minimum]}"
)
_SPEED = (
    "symbols: {g: positive, h: positive}\nquantity: [v]\nformula: sqrt(4*g*h/3)\n"
    "mistakes: [{formula: sqrt(2*g*h), credit: 1/3, say: It rotates as well.}]"
)
_WITH_REGION = (
    "parts:\n  transform: {equals: 3z/(z - 1/2), labels: [X(z)]}\n  roc: {equals: '|z| > 1/2', labels: [ROC]}"
)
_DIAGONALISED = "let: {C: [[4, 1], [2, 3]]}\nproperty: factorisation\nof: C\nas: PDP"
RIGHT += [
    (_SOLUTION, "$y'=4-2y$ → $y=2+3e^{-2t}$"),
    (_GENERAL, r"$y(x) = c_1 e^{3x} + c_2 e^{-2x} - 2$ with $c_1, c_2 \in \mathbb{R}$."),
    (_LIKELIEST, "theta = -n / sum(ln x_i)"),
    (_PROJECTION, r"$$p = b - \frac{b\cdot n}{n\cdot n} n = (3,0,3) - \frac{6}{3}(1,-1,1) = (1,2,1).$$"),
    (_CLASSIFIED, "(0,0) saddle, (2,2) minimum"),
    (_CLASSIFIED, "Minimum at (2,2). Saddle point at (0,0)."),
    (_SPEED, r"$mgh = \frac34mv^2$, so $v=\sqrt{4gh/3}$"),
    (_SPEED, r"$\frac34mv^2=mgh \Rightarrow v=\sqrt{\frac43gh}$"),
    (_SPEED, r"$v^2 = 4gh/3$, $v=\sqrt{4gh/3}$"),
    (_SPEED, "m*g*h = 3/4*m*v^2, so v = sqrt(4*g*h/3)"),
    (_WITH_REGION, "X(z) = 3/(1 - 0.5*z^-1), |z| > 0.5"),
    (_WITH_REGION, r"$X(z) = \frac{3}{1 - 0.5 z^{-1}}$, $|z| > 0.5$"),
    (_DIAGONALISED, "P = (1 1; -2 1), D = diag(2, 5)"),
    (_DIAGONALISED, "P = (1 1; -2 1), D = (2 0; 0 5)"),
]
OTHERS += [
    (_SOLUTION, "$y'=-2y$ → $y=2+3e^{-2t}$", "review"),
    (_SOLUTION, "$y'=-2y$ → $y=5e^{-2t}$", Fraction(1, 4)),
    (_GENERAL, r"$y(x) = c_1 e^{3x} + c_2 e^{2x} - 2$ with $c_1, c_2 \in \mathbb{R}$.", Fraction(0)),
    (_LIKELIEST, "theta = -n / sum(x_i)", Fraction(0)),
    (_PROJECTION, "$p = (3,0,3) - 3(1,-1,1) = (1,2,1)$", "review"),
    (_CLASSIFIED, "(0,0) minimum, (2,2) saddle", Fraction(1, 3)),
    (_CLASSIFIED, "(0,0) saddle, (2,2) minimum, (1,1) neither", "review"),
    (_CLASSIFIED, "(0,0) saddle", Fraction(1, 3)),
    (_SPEED, r"$mgh = \frac12mv^2$, so $v=\sqrt{2gh}$", Fraction(1, 3)),
    (_SPEED, r"$mgh = \frac34mv^2$, $v=\sqrt{4gh/3}$ or $v = \sqrt{2gh}$", "review"),
    (_SPEED, r"$mgh = \frac34mv^2$", "review"),
    (_WITH_REGION, r"$X(z) = \frac{3}{1 - 0.5 z^{-1}}$, $|z| < 0.5$", "review"),
    (_DIAGONALISED, "P = (1 1; -2 1), D = diag(5, 2)", Fraction(1, 2)),
]


_VECTOR, _TWO, _LENGTHS = "array: [1, 2, 1]", "set: [1, 2]", "let: {X: [4, 5]}\nshape: X"
_CENTRES = "title: New centres\nset: [[1, 1], [6, 5]]"
_IMPEDANCE = "number: 30 + 40*i\nunit: ohm\ntolerance: 1%"
RIGHT += [
    (_IMPEDANCE, r"$Z = (30 + 40\,\mathrm{j})\,\Omega = 50\, e^{\mathrm{j} 53.1^\circ}\,\Omega$."),
    (_CENTRES, "Cluster 1: $(0,0), (1,3)$; cluster 2: $(6,4), (8,6)$. New centres: $c_1 = (1, 1)$ and $c_2 = (6, 5)$."),
    (_TWO, "$x=1$ or $x=2$"),
    (_TWO, "{1,2} or {2,1}"),
    (_VECTOR, "(1,2,1), no other"),
    (_VECTOR, "$p = u + v$ or $p=(1,2,1)$"),
]
_MOMENTS = "parts:\n  mean: {number: 3, labels: [mean]}\n  variance: {number: 2, labels: [variance]}"
RIGHT += [(_MOMENTS, "mean = 12/4; mean = 3, variance = 2")]
OTHERS += [
    ("number: 1.637\nunit: s", "1.6 s", "review"),
    ("number: 1.637\nunit: s\ntolerance: 1%", "1.6 s", "review"),
    ("number: 1.637\nunit: s", "1.5 s", "wrong"),
    ("number: 1.637\nunit: s\ntolerance: 1%", "1.6 km", "wrong"),
]
_ENERGY = "symbols: {g: positive, h: positive, m: positive}\nquantity: [E]\nformula: m*g*h"
OTHERS += [
    (_ENERGY, r"$E = mgh$, so $v=\sqrt{2gh}$", "review"),
    (_ENERGY, r"$\frac12 m v^2 = mgh$, so $v=\sqrt{2gh}$", "review"),
    (_RISING, r"except on $(-\infty,-1)$ and $(3,\infty)$", "review"),
    (_RISING, r"f is negative on $(-\infty,-1)$ and $(3,\infty)$", "review"),
]
OTHERS += [(_MOMENTS, "mean 4, variance 2, mean 3", "review")]
OTHERS += [
    (fields, text.format(right, wrong), "review")
    for fields, right, wrong in [
        (_VECTOR, "(1,2,1)", "(1,1,1)"),
        (_TWO, "{1,2}", "{1,3}"),
        (_LENGTHS, "(4, 5)", "(5, 4)"),
    ]
    for text in [
        "The book says {}.",
        "One might think it is {}.",
        "The previous question: {}.",
        "It is {} or {}.",
        "It is {}.\n\nOr {}.",
        "It is {}, no, {}.",
        "I get {} (or {}).",
    ]
]


@pytest.mark.parametrize(("fields", "answer"), RIGHT)
def test_a_right_answer_with_its_working_is_right(fields: str, answer: str) -> None:
    """Steps, other quantities and systems on the way to a result take nothing away from it."""
    assert _mark(fields, answer).status.value == "right"


@pytest.mark.parametrize(("fields", "answer", "wanted"), OTHERS)
def test_other_answers_with_working_get_what_they_earn(fields: str, answer: str, wanted: str | Fraction) -> None:
    """Working never makes a wrong result right, nor hides the mistake that it shows."""
    mark = _mark(fields, answer)
    assert wanted in (mark.status.value, mark.credit)


_FOUR = (
    "title: t\nsymbols: {b: real, n: real}\nquestions:\n  4a:\n    formula: 2*b\n    points: 1\n"
    "  4b:\n    formula: 3*n\n    points: 1\n"
)


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("4(a), 4(b): no time for these", {"review", "blank"}),
        ("**Q 4-a, 4-b:** I give both in code", {"review"}),
        ("4a) 2b\n\n4b) 3n", {"right"}),
    ],
)
def test_labels_of_other_questions_are_no_formula(text: str, statuses: set[str]) -> None:
    """The labels that stand together in one heading are not read as an answer, `4 b`, to the first of them."""
    document = READERS.load("markdown").read(f"# Homework\n\n{text}\n", "s01.md")
    marks = grade(parse_rubric(_FOUR, "r.yaml"), Submission("s01", (document,))).marks
    assert {mark.status.value for mark in marks} <= statuses


_NESTED = """
title: t
questions:
  4:
    questions:
      a: {points: 1, number: 5}
      b: {points: 1, number: 7}
      c:
        points: 2
        parts:
          one: {number: 3, labels: [(a), first]}
          two: {number: 9, labels: [(b), second]}
"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("# 4\n\n(a) 5\n\n(b) 7\n\n(c) (a) 3 (b) 9", "right right right"),
        ("# 4\n\n(a) 5\n\n(b) 7\n\n(c)\n\n(a) 3\n\n(b) 9", "right right right"),
        ("# 4\n\n(a) 5\n\n(b) 7\n\n(c) (a) 3 (b) 8", "right right partial"),
        ("# 4\n\n(c) 3, 9\n\n(a) 5\n\n(b) 7", "right right right"),
        ("4a-c: see the code", "review review review"),
        ("## 4a-c\n\nsee the code", "review review review"),
        ("4a, b, c: see the code", "review review review"),
        ("4a, 4b, 4c: see the code", "review review review"),
        ("4a/b/c: see the code", "review review review"),
        ("4 a-c: see the code", "review review review"),
        ("4a-b: see the code\n\n4c: first 3, second 9", "review review right"),
        ("4 a - 5\n\n4 b - 7\n\n4 c - 3, 9", "review review review"),
        ("4a - 5\n\n4b - 7\n\n4c - 3, 9", "right right right"),
    ],
)
def test_a_label_of_several_parts_and_letters_inside_a_part_lose_no_answer(text: str, wanted: str) -> None:
    """Letters right behind a part's label list what is inside it; a range of letters names each; none is blank."""
    document = READERS.load("markdown").read(f"{text}\n", "s01.md")
    marks = grade(parse_rubric(_NESTED, "r.yaml"), Submission("s01", (document,))).marks
    assert " ".join(mark.status.value for mark in marks) == wanted
