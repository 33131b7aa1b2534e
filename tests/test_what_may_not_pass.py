"""Answers that look right at a glance: what is written beside, before or around them makes them something else."""

from __future__ import annotations

from functools import lru_cache

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.model.results import Mark, Status
from grader.prepare.parts import PreparedRubric
from grader.read import READERS

_CONVOLUTION = """
symbols: {"X[i,j,n]": [B, H, N], "W[k,n,m]": [K, N, M], "b[m]": [M]}
let: {"Z[i,j,m]": "sum[k,n] W[k,n,m]*X[i,j+k,n] + b[m]", "U[i,j,m]": "1/(1+exp(-Z[i,j,m]))"}
gradient: dJ/dZ[i,j,m]
in terms of: dJ/dU
"""
_SUM = 'formula: "sum[i] a[i]"\nsymbols: {"a[i]": [N]}'
_SIZED = 'formula: "sum[i] a[i]"\nsymbols: {"a[i]": [N], N: size}'
_CURVE = "formula: 2*x*exp(x^2)\nsymbols: {x: real}"
_LIMITS = "limits: {k1: 0..1, k2: 0..1}"
_PROSE = "prose: {overfit: [overfit], noise: [noise]}\nabsent: wrong"
_SEVERAL = "choice: [a, c]\noptions: {a: convex, b: bounded, c: continuous, d: differentiable}"
_OPTIONS = "choice: b\noptions: {a: mean, b: median}"
_WEIGHTS = (
    'formula: "sum[i] dJ/dZ[i,k]*X[i,j]"\n'
    'symbols: {"Z[i,k]": [n, p], "X[i,j]": [n, m], "dJ/dZ[i,k]": [n, p], "W[j,k]": [m, p]}'
)
_LINE = "formula: a*y + 1\nlet: {a: 2}\nsymbols: {y: real}"
_EIGEN = "let: {A: [[2, 1], [1, 2]]}\nproperty: eigenvector\nof: A\nvalue: 3"
_SOLUTIONS = "let: {A: [[1, 1, 0], [0, 1, 1]], b: [3, 2]}\nproperty: all solutions\nof: A x = b"
_SOLVED = "$x = (1,2,0) + t(1,-1,1)$"
_GRADIENT = r"$\frac{\partial J}{\partial W}[j,k] = \sum_i \frac{\partial J}{\partial Z}[i,k] X[i,j]$"
_LABELLED = "parts:\n  w: {number: 1800, labels: [weights]}\n  b: {number: 20, labels: [biases]}"
_MOMENTS = "parts:\n  m: {number: 4, labels: [mean, mu]}\n  v: {number: 9, labels: [variance, var, sigma^2]}"
_EXTREMES = "parts:\n  lo: {number: -4, labels: [min, minimum]}\n  hi: {number: 10, labels: [max, maximum]}"
_CHAIN = r"\frac{\partial J}{\partial U}U(1-U)"

_CRITICAL = "parts:\n  saddle: {set: [[0, 0]]}\n  minimum: {set: [[1, 1]]}"
_ENERGY = "equals: 1/2*m*v^2"
_SPEED = "number: 4.95\nunit: m/s\ntolerance: 1%"
_WAVE = "array: [2, '2 + 2*i', -2, '2 - 2*i']"
_DEPENDENCE = "choice: yes\noptions: {yes: independent, no: not independent}"
_THROWN = (
    "parts:\n  t: {number: 4.06, tolerance: 0.01, unit: s, labels: [time, t]}"
    "\n  v: {number: 24.8, tolerance: 0.01, unit: m/s, labels: [speed, v]}"
)
_FALLEN = (
    "parts:\n  v: {number: 4.95, tolerance: 0.01, unit: m/s, labels: [speed, v]}"
    "\n  E: {number: 12.3, tolerance: 0.1, unit: J, labels: [energy, E]}"
)
_SPACES = "parts:\n  rank: {number: 2}\n  nullity: {number: 3, labels: [null space, dim ker]}"
_DENSITY = (
    "formula: 2*t*exp(-t^2)\nsymbols: {t: positive}"
    "\nmistakes:\n  - {formula: 1-exp(-t^2), credit: 1/3, say: This is no density.}"
)

RIGHT: list[tuple[str, str]] = [
    (_CRITICAL, "(0, 0) is a saddle and (1, 1) is a minimum, not a maximum"),
    (_CRITICAL, "(0, 0) is a saddle and the minimum is (1, 1)."),
    (_CRITICAL, "(1, 1) is a minimum of f, (0, 0) a saddle of f"),
    (_FALLEN, "$E_{kin} = 12.3$ J, $v = 4.95$ m/s"),
    (_FALLEN, "The energy at the bottom is 12.3 J, the speed 4.95 m/s."),
    (_SPACES, "rank = 2 nullity = 3"),
    (_SPACES, "rank = 2, so nullity = 5 - 2 = 3"),
    (_ENERGY, r"The kinetic energy is $\frac12 m v^2$."),
    (_SPEED, "The speed is 4.95 m/s."),
    (_DEPENDENCE, "Yes, they are independent."),
    (_THROWN, r"Solve $20 + 15t - 4.905t^2 = 0$: $t \approx 4.06$ s. Then $v = 24.85$ m/s."),
    (_THROWN, r"$0=20+15t-4.905t^2 \Rightarrow t=4.06\text{ s}$, $v=\boxed{24.8\text{ m/s}}$"),
    ("number: 4.06\nunit: s", "$20 + 15t - 4.905t^2 = 0$, $t = 4.06$ s"),
    ("number: 500\nunit: cm", "5m = 500cm"),
    ("array: [50.7, 54.1]", "52.4 ± 1.7"),
    ("shape: [200, 3]", r"$200\times 5 \cdot 5\times 8 \cdot 8\times 3 = 200\times3$"),
    ("number: 4.5", r"$\lim = 4.5$"),
    (_WAVE, "[ 2.00000000e+00+0.j  2.00000000e+00+2.j\n -2.00000000e+00+0.j  2.00000000e+00-2.j]"),
    (_WAVE, "```\n[ 2.+0.j  2.+2.j -2.+0.j\n  2.-2.j]\n```"),
    (_WAVE, "[ 2.0e+00+0.0e+00j  2.0e+00+2.0e+00j -2.0e+00+0.0e+00j  2.0e+00-2.0e+00j]"),
    ("array: [2.5, -3, 4, 5]", "[ 2.5 -3.\n  4.   5. ]"),
    ("array: [50.7, 54.1]", r"$50.7 \le \mu \le 54.1$"),
    ("array: [50.7, 54.1]", "from 50.7 to 54.1"),
    ("number: 6", "6"),
    ("number: 6", "**6**"),
    ("number: 6", "6 (not 5)"),
    ("number: det([[2,1],[1,3]])", "5"),
    ("number: 1/6", "1/6 = 0.17"),
    ("number: mean([1,2,4])", "7/3"),
    (_CONVOLUTION, f"${_CHAIN}$"),
    (_CONVOLUTION, "dJ/dZ = dJ/dU U (1-U)"),
    (_CONVOLUTION, "dZ = dU * U * (1-U)"),
    (_SUM, r"$\sum_{i=1}^{N} a_i$"),
    (_SUM, r"$\sum_{i=0}^{n-1} a_i$"),
    (_SUM, "sum_i a_i"),
    (_CURVE, "2xe^(x^2)"),
    (_CURVE, "$f'(x) = 2xe^{x^2}$"),
    ("formula: sin(2*x)\nsymbols: {x: real}", r"$2\sin x\cos x$"),
    ("formula: x-sin(x)\nsymbols: {x: real}", r"$x-\sin x$"),
    ('formula: "y[i] = a[i]*b[i]"\nsymbols: {"a[i]": [N], "b[i]": [N]}', "$y_j=a_jb_j$"),
    ("array: inv([[2,1],[1,3]])", r"$\frac15\begin{pmatrix}3&-1\\-1&2\end{pmatrix}$"),
    ("array: [3, 1]", "[3 1]"),
    *(
        ("shape: [5, 4]", answer)
        for answer in (
            *("4 columns and 5 rows", "5-by-4", "H=5, W=4", "W = 4 and H = 6-2+1 = 5", "i think 5 times 4"),
            *("an array of shape (5,4)", "(5,4) (rows, columns)", "5x4 (H x W)", "With 3 kernels, (5,4)"),
            *("Since the input is 6x5, the output is 5x4", "With padding 0 and stride 1 it is (5, 4)"),
        )
    ),
    ("positions: [[1, 3], [2, 3]]", "(1,3) or (2,3)"),
    (_LIMITS, r"$0\le k_1,k_2\le 1$"),
    *((_OPTIONS, answer) for answer in ("Median!", "not the mean but the median", "The median is less sensitive.")),
    *((_OPTIONS, answer) for answer in ("I choose b over a", "b, because the mean depends on outliers")),
    *(
        (_SEVERAL, answer)
        for answer in (
            *("a: yes, b: no, c: yes, d: no", "a: true\nb: false\nc: true\nd: false", "a) T b) F c) T d) F"),
            *("It is convex and continuous, but not bounded", "a is true, c is true", "a ✓ b ✗ c ✓ d ✗"),
        )
    ),
    (_SEVERAL, "It is convex and continuous, not differentiable"),
    (_PROSE, "Why is that? It overfits, because there is noise or outliers"),
    ("set: [1, 4]", "C = {1, 4}"),
    ("set: [1, 4]", "[4, 1]"),
    (_EIGEN, "λ1=3: (1,1)"),
    (_SOLUTIONS, "(1,2,0) + t(1,-1,1) with t in R"),
    ("choice: 'yes'", "Yes, for all n."),
    ("choice: 'yes'", "Yes, because if n is even then so is n^2"),
    *(
        ("array: [[1, 2], [3, 4]]", answer)
        for answer in (
            "[1, 2]\n[3, 4]",
            "| 1 | 2 |\n|---|---|\n| 3 | 4 |",
            "rows (1,2) and (3,4)",
            "[[1. 2.]\n [3. 4.]]",
        )
    ),
    ("array: inv([[2, 1], [1, 1]])", "$A^{-1} = [[1, -1], [-1, 2]]$"),
    *(("set: [1, 4]", answer) for answer in ("- x = 1\n- x = 4", "x=1 ∨ x=4", "4 und 1", "$x_1 = 1$, $x_2 = 4$")),
    ("set: [1, 4]", r"$(x-1)(x-4)=0 \Rightarrow x=1, x=4$"),
    *(
        ("limits: {k1: 0..1, k2: 0..2}", answer)
        for answer in (
            "k1 from 0 to 1, k2 from 0 to 2",
            "k1 = 0,1 and k2 = 0,1,2",
            "k2 from 0 to 2 and k1 from 0 to 1",
            "for k1 in range(2): for k2 in range(0, 3)",
            r"$k_1 = 0,\dots,1$ and $k_2=0,\dots,2$",
        )
    ),
    ("number: 7", "x = 7. Check: 3*7-1 = 20."),
    (_LABELLED, "biases = 20, weights = 1800"),
    (_LABELLED, "weights: 1800\nbiases: 20"),
    *(
        (_MOMENTS, answer)
        for answer in (
            *("4 and 9", "First we have 4, then 9.", "mean 4, standard deviation 3, variance 9"),
            "The standard deviation is 3 and the variance is 9; the mean is 4",
            r"$\mu=4$ and $\sigma = 3$, so $\sigma^2=9$",
            "| mean | variance |\n|---|---|\n| 4 | 9 |",
        )
    ),
    *(
        (_EXTREMES, answer)
        for answer in ("min -4, max 10", "max 10 min -4", r"$\min f = -4$, $\max f = 10$", "-4 is the min, 10 the max")
    ),
    *(("array: [1, 2]", answer) for answer in ("y=2, x=1", "- x = 1\n- y = 2", "$x_1=1, x_2=2$", "(x,y)=(1,2)")),
    *(("number: 9", answer) for answer in ("2x=18\nx=9", "f(2) = 9", "$f'(2) = 9$", r"$\vec u\cdot\vec v = 9$")),
    *(("number: 9", answer) for answer in ("$R^2 = 9$", "E(X) = 9", "3 times 3 is 9", "9 on average")),
    *(("number: 120", answer) for answer in ("120 instead of 7", "I think 120", "C_10^3 = 120", "7, so 120")),
    (_OPTIONS, "**b** because the mean is sensitive"),
    (_LINE, "The answer is 2y + 1, not 2y - 1."),
    (_WEIGHTS, _GRADIENT),
    (_WEIGHTS, _GRADIENT + r", where $Z[i,k] = \sum_j X[i,j] W[j,k]$"),
    (_WEIGHTS, r"$\sum_i \delta[i,k] X[i,j]$, where $\delta[i,k] = \frac{\partial J}{\partial Z}[i,k]$"),
    (_LINE, "$ay + 1$ where $a = 2$"),
    (_LINE, "$ay + 1$; at $y = 3$ this is 7"),
    (_LINE, "$by + 1$, where $b = a$"),
    ("number: 5", "We have $x = 5$; check: $x^2 = 25$."),
    ("number: 5", "5 (3+2)"),
    ("number: 50", "50 m"),
    ("number: 1/3", "0.333..."),
    ("number: (1-2i)/5", "1/5 - 2i/5"),
    (_EIGEN, r"$\lambda = 3$, $v = (1,1)$"),
    (_EIGEN, "(1,1) or (2,2)"),
    (_EIGEN, "t(1,1), t > 0"),
    (_SOLUTIONS, _SOLVED + r", $t \in \mathbb{R}$"),
    ("array: [[1, 2], [3, 4]]", r"$\begin{pmatrix}1&3\\2&4\end{pmatrix}^T$"),
    ("positions: [[1, 3], [2, 3]]", "(1,3)"),
]

NEVER_RIGHT: list[tuple[str, str]] = [
    ("shape: [200, 3]", r"$200\times 5 \cdot 6\times 8 \cdot 8\times 3 = 200\times3$"),
    ("array: [50.7, 54.1]", "52.4 ± 1.2"),
    (_WAVE, "[ 2.+0.j  2.+2.j\n -2.-0.j  2.+2.j]"),
    ("array: [2.5, -3, 4, 5]", "[ 2.5 -3.\n  -4.   5. ]"),
    ("array: [2, 3, 4]", "The values are 2.\n3 and 4"),
    ("array: [50.7, 54.1]", r"$50.7 \ge \mu \ge 54.1$"),
    ("array: [50.7, 54.1]", "not 50.7 to 54.1"),
    ("array: [54.1, 50.7]", "50.7 to 54.1"),
    ("array: [50.7, 54.1]", r"$50.7 \le \mu \le 54.1$ or $50.8 \le \mu \le 54$"),
    *(
        ("number: 6", answer)
        for answer in (
            "not 6",
            "minus 6",
            "negative 6",
            "less than 6",
            "at most 6",
            "5 to 6",
            "6 squared",
            "6 million",
            "6 dozen",
            "6 or 7",
            "6? no, 5",
            "between 5 and 7",
            "x > 6",
            r"$\pm 6$",
            r"$\binom{4}{3}$",
            r"$41.\dot{6}$",
            "1/0",
            "the answer is 5, not 6",
            "6!",
            "7 (or 6)",
            "max(5, 6)",
            "5 = 6",
            "6 = 5",
            "5\n\n6",
            "anything but 6",
            "$5 % 6$",
            "Total: 5. Total: 6.",
            "7 is the result; 2 * 3 = 6 is the area of something else",
            "The result is 7. 2 * 3 = 6",
        )
    ),
    ("number: 6", r"$\color{white}{6}$"),
    ("number: 6", r"$\textcolor{white}{6}$"),
    ("number: 1.6e-19\ntolerance: 0.01", "0"),
    ("number: 2*3", "2"),
    *(
        (_CONVOLUTION, f"${_CHAIN} {tail}$")
        for tail in (
            r"\text{ReLU}(Z)",
            r"\operatorname{sgn}(Z)",
            "2",
            r"\pm 2",
            r"\otimes Z",
            r"\bmod 2",
            r"\binom{2}{1}",
            r"\int Z",
            "[Z>0]",
            r"\mathbb{1}[Z>0]",
            ". Z",
            "+ 100",
        )
    ),
    *(
        (_CONVOLUTION, before + f"${_CHAIN}$" + after)
        for before, after in (
            ("not ", ""),
            ("minus ", ""),
            ("twice ", ""),
            ("", " times $Z$"),
            ("", " divided by 2"),
            ("", " is wrong"),
            ("$2$ ", ""),
            ("", " without the sum"),
        )
    ),
    *(
        (_CONVOLUTION, f"${left} = {_CHAIN}$")
        for left in (
            r"2 \frac{\partial J}{\partial Z}",
            r"-\frac{\partial J}{\partial Z}",
            "0",
            r"\frac{\partial J}{\partial X}",
        )
    ),
    (_CONVOLUTION, r"$\frac{\partial J}{\partial U}\sigma'(Z)$"),
    *(
        (_SUM, rf"$\sum_{{i={low}}}^{{{high}}} a_i$")
        for low, high in (("0", "N-2"), ("1", "N-1"), ("0", "N/2"), ("2", "N"))
    ),
    *(
        (_SIZED, rf"$\sum_{{i={low}}}^{{{high}}} a_i$")
        for low, high in (("0", "N-2"), ("1", "N-1"), ("0", "N"), ("0", "M-2"))
    ),
    *((_CURVE, f"$2xe^{{x^2}}{tail}$") for tail in ("+100", "+x", "+C", "-1000000x^2")),
    ("formula: cosh(x)\nsymbols: {x: real}", r"$\sinh|x|$"),
    (_LINE, "2y + 1 (or maybe 2y - 1)"),
    ("formula: 2*x + 1\nsymbols: {x: real}", "$(2x^2 + x)/x$"),
    ("formula: floor(x)\nsymbols: {x: real}", r"$\lceil x\rceil-1$"),
    ("formula: 1/(1+x^2)\nsymbols: {x: real}", r"$1/(1+x^2)+\max(0,x-100)$"),
    ("array: inv([[2,1],[1,3]])", "1/5 [[0.6,-0.2],[-0.2,0.4]]"),
    *(
        ("shape: [5, 4]", answer)
        for answer in ("5 columns and 4 rows", "not (5,4)", "(5,4) or (4,5)", "(5,4)? No, (4,5)")
    ),
    *(("positions: [[1, 3]]", answer) for answer in ("not at (1,3)", "(1,3) or (0,0)", "(0,0), not (1,3)")),
    *(
        (_LIMITS, answer)
        for answer in (
            "k1 from 0 to 1",
            "k1 from 0 to 1 but not k2",
            "k1 and k2 do not run from 0 to 1",
            "k1 = 0..1, k2 = 0..3",
            "k1 and k2 in (0, 1)",
        )
    ),
    *(
        ("choice: 'yes'", answer)
        for answer in (
            *("Correct answer: no", "yes and no", "Yes - wait, no.", "It depends: yes for n>0", "far from yes"),
            *("only if n>0: yes", "It is tempting to say yes", "Yes, unless n=0", "yes if n > 0", "Yes?"),
            *("Yes, but not always", "I would not say yes", "Sometimes yes", "Yes, only for n>0"),
        )
    ),
    *(
        (_OPTIONS, answer)
        for answer in (
            *("b?", "It isn't the median", "I don't think it is the median", "the median is the worst"),
            *("the median isn't right", "the median? no", "far from the median", "Eliminate b", "Everything but b"),
            *("It could be the median", "a rather than b"),
        )
    ),
    *((_SEVERAL, answer) for answer in ("a: yes, b: yes, c: no, d: no", "a false, b true, c false, d true")),
    *((_OPTIONS, answer) for answer in ("b) is incorrect", "the median is wrong", "not b", "a or b")),
    ("set: [1, 2, 3]", "the complement of {1,2,3}"),
    ("set: [1, 2, 3]", "{1,2,3} without 3"),
    *(
        ("number: 120", answer)
        for answer in (
            *("It is not equal to 120", "It isn't 120", "It can't be 120", "wrong to say 120", "differs from 120"),
            *("all values but 120", "120 more than before", "a third of 120", "the log of 120", "120 factorial"),
            *("120 for each of the 4", "120 each", "a divisor of 120", "nearly 120", "in excess of 120", "no 120"),
            *("reduced by 120", "divide by 120", "120 plus one", "120 n", "120 i", "Without the bias, 120"),
            *("The book says 120 but I disagree", "120, which is wrong", "120 (wrong)", "2n = 120", "$n^2 = 120$"),
            *(r"$\log n = 120$", "120, half of which are valid", "120 twice", "0 if rainy, 120 otherwise"),
        )
    ),
    *(
        ("number: 7", answer)
        for answer in (
            "x=7 is rejected",
            "x = 7 does not satisfy it",
            "doesn't equal 7",
            "couldn't be 7",
            *("opposite of 7", "2 times 7", "thrice 7", "close to 7", "Given: 7", "let x = 7", "x = 7 fails"),
            *("One might think 7 but", "7 was given", "from 7 on", "7 if it rains", "7, I can't tell if it is more"),
            *("page 7", "Theorem 7", "room 7", "an upper bound is 7", "7 at best", "7, but squared"),
            *("x+y=7", "xy=7", "7 = 2x", r"$\sum x = 7$", "$A^{-1} = 7$", r"$\dot E = 7$", "-A = 7", "2x = 7"),
        )
    ),
    *(
        ("array: [1, 2]", answer)
        for answer in (
            *("(y,x)=(1,2)", "$(x_2,x_1)^T=(1,2)$", "three times [1,2]", "normalized [1,2]", "close to [1,2]"),
            *("x=2, y=1", "x=1, y=2 or x=2, y=1", "x=1, y=2, z=3", "x != 1, y = 2"),
        )
    ),
    *(("array: [1, 2]", answer) for answer in ("reverse([1,2])", "cumsum([1,2])", "sum of [1,2]")),
    (_LABELLED, "biases = 1800\nweights = 20"),
    (_LABELLED, "weights: 1800, neurons: 20"),
    *(
        (_MOMENTS, answer)
        for answer in (
            *("mean 4, standard deviation 9", r"$\mu=4$, $\sigma=9$", "mean 4, sigma = 9", "median 4, variance 9"),
            *("mean 4, median 9", "The mean is 4 and 9 is the standard deviation", "mean: 4\nsd: 9"),
            "| mean | sd |\n|---|---|\n| 4 | 9 |",
        )
    ),
    *((_EXTREMES, answer) for answer in ("max -4, min 10", r"$\max f = -4$, $\min f = 10$", "maximum -4, minimum 10")),
    *(("number: 3/8", answer) for answer in ("3/8 x", "3/8 squared", "not 3/8")),
    *(("number: 8", answer) for answer in ("3 out of 8", "3:8")),
    *(
        ("array: [2, 3, 10, 1]", answer)
        for answer in (
            *("y != [2,3,10,1]", "2y = [2,3,10,1]", "-y = [2,3,10,1]", "$y^2 = [2,3,10,1]$", "multiples of [2,3,10,1]"),
            *("[2,3,10,1] reversed", "[2,3,10,1] plus one more", "orthogonal to [2,3,10,1]", "[2,3,10,1] (wrong)"),
        )
    ),
    *(
        ("array: [[1, 2], [3, 4]]", answer)
        for answer in ("A^T = [[1,2],[3,4]]", "transpose of [[1,2],[3,4]]", "columns (1,2) and (3,4)", "[1,2],[3,5]")
    ),
    *(
        ("set: [1, 4]", answer)
        for answer in (
            "x ≠ 1, 4",
            r"$x \notin \{1,4\}$",
            "x>1 and x<4",
            "2x = 1, 2x = 4",
            "x=1, y=4",
            "$x^2 = 1, x^2 = 4$",
        )
    ),
    *(
        ("positions: [[0, 1]]", answer)
        for answer in ("(column, row) = (0,1)", "(col,row)=(0,1)", "near (0,1)", "left of (0,1)", "anywhere but (0,1)")
    ),
    *(
        ("shape: [5, 4]", answer)
        for answer in (
            *("smaller than 5x4", "3 matrices of shape 5x4", "3 images 5x4", "a list of 3 arrays of shape (5,4)"),
            *("3 (5,4)", "batch of (5,4)", "each of the 7 slices is 5x4", "(5,4) plus channels", "(5,4 n)"),
            *("the input has shape (5,4)", "W^T has shape (5,4)", r"$W^T \in \mathbb{R}^{5\times 4}$"),
            *("(5,4) (columns, rows)", "(width, height) = (5,4)", "5x4 (W x H)", "5x4, columns first", "W=5, H=4"),
            *("reversed (5,4)", "(5,4) but reversed", "(5,4) per image", "3 times (5,4)", "4 times 5"),
        )
    ),
    *(
        ("limits: {k1: 0..1, k2: 0..2}", answer)
        for answer in (
            *("k1 from 0 to 1, k2 from 0 to 2, step 2", "k1 in (0,1), k2 in (0,2)", "k2 = 0,2 and k1=0,1"),
            *("k1 = 0..1 and k2 = 0..2, both even", "k1 ∈ {0,1}, k2 ∈ {0,2}"),
        )
    ),
    *(
        ("positions: [[1, 3]]", answer)
        for answer in ("(1,3) from the bottom", "one off from (1,3)", "(1,3) and everything around", "x=1, y=3")
    ),
    *(
        ("limits: {k1: 0..1, k2: 0..2}", answer)
        for answer in ("k1 in range(0,1), k2 in range(0,2)", "k1 from 0 to 1 exclusive, k2 from 0 to 2 exclusive")
    ),
    *(("set: [1, 4, 5]", answer) for answer in ("1, 4, 5, ...", "1, 4 and 5 but not 4", "1, 4, 5 and so on")),
    *(("array: [1, 4, 5]", answer) for answer in ("(1, 4, 5), ...", "x = (1, 4, 5), where x = (0, 0, 0)")),
    *((_WEIGHTS, f"{_GRADIENT}, {word} $dJ/dZ[i,k] = 2 Z[i,k]$") for word in ("where", "with", "and")),
    *((_LINE, f"$ay + 1$ {tail}") for tail in ("where $a = 5$", "with $y = 3$", "where a = 5")),
    *(("number: 5", answer) for answer in ("x = 5 where x = 3", "5 $x$", "5 e^{2}", "$5$ $e^{2}$")),
    ("number: 0.927", "5 cis(0.927)"),
    *((_EIGEN, answer) for answer in (r"$\lambda = 2$, $v = (1,1)$", "eigenvalue 1: (1,1)", "v=(1,1) or (1,-2)")),
    *(
        (_SOLUTIONS, f"{_SOLVED} {tail}")
        for tail in (r", $t \ge 0$", ", t = 2", "for t in [0, 1]", r"for $t \in \mathbb{Z}$")
    ),
    ("shape: [3, 4, 5]", "[[3, 4, 5]]"),
    *(("array: [[1, 2], [3, 4]]", f"$\\begin{{pmatrix}}1&2\\\\3&4\\end{{pmatrix}}^{power}$") for power in ("T", "2")),
    ("positions: [[1, 3], [2, 3]]", "(1,3) counting from 1"),
    *(
        ("prose: {overfit: [overfit, memorise], noise: [noise, outlier]}\nenough: 1\nabsent: wrong", answer)
        for answer in (
            *("Overfitting can be ruled out", "less overfitting", "noiseless", "noise-free", "far from overfitting"),
            *(
                "The network overfits? No.",
                "Is it overfitting?",
                "absence of overfitting",
                "The opposite of overfitting",
            ),
            *("It would overfit if it were bigger", "overfit or underfit", "overfits less"),
        )
    ),
    *(
        ("set: [1, 4]", answer)
        for answer in (
            *(
                "R \\ {1,4}",
                "[1,4]",
                "(1, 4]",
                "x in [1,4]",
                "either 1 or 4, I can't tell which",
                "1 and 4 among others",
            ),
            *("1 and 4 do not work", "1 and 4 are extraneous", "all real numbers except {1,4}", "divisible by 1 and 4"),
        )
    ),
    *((_EIGEN, answer) for answer in ("λ1=1: (1,1)", "t(1,1), t=0", "(1,1) for λ=1", "0*(1,1)")),
    *(
        (_SOLUTIONS, f"(1,2,0) + t(1,-1,1) {tail}")
        for tail in ("with t in N", ", t an integer", "for t ∈ Z", "for positive t", ", t non-zero")
    ),
    (_PROSE, "overfitting is impossible; noise does not matter"),
    (_PROSE, "It fails to overfit, lacking noise"),
    *[
        (_ENERGY, answer)
        for answer in (
            r"$2$ times $\frac12 m v^2$",
            r"3/2 of $\frac12 m v^2$",
            r"proportional to $\frac12 m v^2$",
            r"$\frac12 m v^2$, then squared",
            r"$\frac12 m v^2$, multiplied by 2",
            r"It is $\frac12 m v^2$, but with $a$ in place of $v$",
        )
    ],
    *[
        (_SPEED, answer)
        for answer in (
            "4.95 m/s (withdrawn)",
            "4.95 m/s\n\nI take (a) back.",
            "4.95 m/s\n\nP.S. In (a) I forgot a factor of 2, so double it.",
            "4.95 m/s - scratch that",
            "4.95 m/s, never mind",
            "4.95 m/s. Wrong!",
            "4.95 m/s, doubled",
            "4.95 m/s; I forgot to multiply by 2.",
            "I first thought 4.95 m/s, but friction makes it smaller.",
        )
    ],
    *[
        (_DEPENDENCE, answer)
        for answer in (
            "Yes. They are dependent.",
            "yes and no",
            "Yes, if c is not 0",
            "independent unless c = 1",
            "It is false that they are independent",
            "non-independent",
        )
    ],
    (_CRITICAL, "(0, 0) is no saddle, (1, 1) is a minimum"),
    (_CRITICAL, "(0, 0) is a saddle, (1, 1) is not a minimum"),
    (_CRITICAL, "(0, 0) can't be a saddle; (1, 1) is a minimum"),
    *[
        (_CRITICAL, answer)
        for answer in (
            "(0, 0) is a saddle; (1, 1) is a minimum of x only.",
            "(0, 0) is a saddle and (1, 1) is a minimum of -f",
            "(0, 0) is a saddle and a minimum; (1, 1) is a minimum",
            "(0, 0) is a saddle, (1, 1) is a minimum if a > 0, else a maximum",
            "(0, 0) saddle, (1, 1) minimum. Both wrong.",
        )
    ],
    *[
        (_FALLEN, answer)
        for answer in (
            "v = 4.95 m/s, E/2 = 12.3 J",
            "2v = 4.95 m/s, E = 12.3 J",
            "speed 4.95 m/s, twice the energy 12.3 J",
            "half the speed is 4.95 m/s, energy 12.3 J",
            "change in speed 4.95 m/s, energy 12.3 J",
            "v = 4.95 m/s, E = 12.3 J, the speed should be larger",
        )
    ],
    ("array: [2, 3, 10, 1]", "2, 3, 10, 1 and one more"),
    ("number: 5133600", "5133600 multiplications and as many for the sigmoid, so twice that"),
    (_SPACES, "rank A = 2 rank B, nullity 3"),
    (_SPACES, "nullity = 3 rank, rank = 2"),
    (_SPACES, "rank: none of 2; nullity: 3"),
]


@lru_cache
def rubric_of(fields: str) -> PreparedRubric:
    """A rubric of one question."""
    lines = "\n".join(f"    {line}" for line in fields.strip().splitlines())
    return parse_rubric(f"questions:\n  q:\n    points: 1\n{lines}\n", "one")


def mark_of(fields: str, answer: str) -> Mark:
    """The mark of an answer that is the whole file."""
    document = READERS.load("markdown").read(answer, "answer.md")
    graded = grade(rubric_of(fields), Submission("s", (document,)))
    assert graded.log == ()
    return graded.marks[0]


@pytest.mark.parametrize(("fields", "answer"), RIGHT)
def test_what_is_right_stays_right(fields: str, answer: str) -> None:
    """An answer that a person marks right without hesitation earns full marks."""
    mark = mark_of(fields, answer)
    assert mark.status is Status.RIGHT, (mark.read_as, mark.reasons)


@pytest.mark.parametrize(("fields", "answer"), NEVER_RIGHT)
def test_what_may_not_pass(fields: str, answer: str) -> None:
    """An answer that says something else is never right, whatever it contains."""
    mark = mark_of(fields, answer)
    assert mark.status is not Status.RIGHT, mark.read_as


def test_a_right_formula_behind_a_wrong_one_is_for_a_person() -> None:
    """ "thus the cdf is F and the density is its derivative, f": no foreseen mistake is taken from the first."""
    answer = "thus the cdf is $1-e^{-t^2}$ and the density is its derivative, $2t\\,e^{-t^2}$."
    assert mark_of(_DENSITY, answer).status is Status.REVIEW
    assert mark_of(_DENSITY, "thus it is $1-e^{-t^2}$, as $2t > 0$.").status is Status.PARTIAL
