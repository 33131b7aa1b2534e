r"""Answers that are not right at first sight: decimal commas in lists, the letter asked for, formulas in sentences."""

from __future__ import annotations

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.read import READERS

RUBRIC = r"""
given: {g: 9.81}
questions:
  t: {points: 1, title: The t statistic, number: 3, quantity: t}
  height: {points: 1, title: The height in free fall, equals: 'h - \frac{g}{2} t^2'}
  fall: {points: 1, title: Thrown upwards, equals: '2 + 12 t - 4.905 t^2'}
  cooling: {points: 1, title: The temperature, equals: "20 + 60 e^{-0.25 t}"}
  discharge: {points: 1, title: The voltage, equals: "5 e^{-8 t/3}"}
  roots: {points: 1, title: The roots, set: [1.5, -0.5]}
  zeros: {points: 1, title: The zeros, set: [0, 2, -2]}
  tones: {points: 1, title: The frequencies in Hz, set: [100, 300]}
  meet: {points: 1, title: The points where the curves meet, set: [[0, 0], [1, 1]]}
  ends: {points: 1, title: The ends of the interval, equals: "(0.5, 2.5)"}
  fourier: {points: 1, title: "The coefficients b_1, b_3, b_5", array: [1.2732, 0.4244, 0.2546], tolerance: 0.5%}
  heights: {points: 1, title: The heights after 1 and 2 seconds, array: [9.095, 6.38]}
  newton: {points: 1, title: "Newton's iterates x_1 and x_2 from x_0 = 1", array: [1.5, 1.41667]}
  slopes: {points: 1, title: "The gradient at (1, 2)", array: [4, 5]}
  inverse: {points: 1, title: The inverse of B, array: [[-2, 1], [1.5, -0.5]]}
  terms: {points: 1, title: The terms, equals: 4n - 1, quantity: a}
  solution: {points: 1, title: The general solution, equals: "y = 2 + e^{-t}(A + B t)", assume: "A, B: constant"}
  current: {points: 1, title: The current, number: 0.2, unit: A}
  eigen: {points: 1, title: The eigenvalues, set: [5, 2]}
  spectrum: {points: 1, title: The eigenvalues, equals: "{-3+4*i, -3-4*i}"}
  peaks: {points: 1, title: Where the magnitude is largest, set: [1, 3]}
  loss: {points: 1, title: The loss, number: 1.6204}
  prices: {points: 1, title: The prices, array: [1500, 2500]}
  thirds: {points: 1, title: The solutions in thirds, set: [8/3, -1/3]}
  surds: {points: 1, title: The solutions as surds, set: ["sqrt(2)", "-sqrt(2)"]}
  points: {points: 1, title: The critical points, set: [[0, 0], [3/2, 9/4]]}
  motion: {points: 1, title: The motion, equals: "0.08 cos(10 t)"}
  images: {points: 1, title: The shape of the array, shape: [1000, 256, 256, 3]}
  place: {points: 1, title: The position of the entry, positions: "argmax([[1, 2, 3], [4, 5, 9], [7, 8, 6]])"}
  speed: {points: 1, title: The velocity at t = 1, number: 2.19, unit: m/s, quantity: v}
"""
RIGHT, REVIEW, WRONG = "right", "review", "wrong"


@pytest.mark.parametrize(
    ("question", "answer", "status"),
    [
        ("t", "t = 3.0, which is beyond the critical value 2.131.", RIGHT),
        ("t", "The standard error is 0.8. Hence t = 2.4/0.8 = 3.0 > 2.131.", RIGHT),
        ("t", "t = 2.131, beyond 3.0.", REVIEW),
        ("t", "t = 3.0, by hand 2.9", REVIEW),
        ("height", "The height is h - g t^2/2.", RIGHT),
        ("height", "h - g t^2/2, where h is the starting height", RIGHT),
        ("height", "**h - g t^2/2**. Here h is the height at the start.", RIGHT),
        ("height", "The height is h - g t^2.", REVIEW),
        ("height", "The height is not h - g t^2/2.", REVIEW),
        ("height", "The height is h - g t^2/2 plus v t.", REVIEW),
        ("height", "twice h - g t^2/2", REVIEW),
        ("fall", r"$2 + 12t - 4{,}905t^2$", REVIEW),
        ("fall", "2 m + 12 m/s t - 4.905 m/s² t²", REVIEW),
        (
            "fall",
            r"$2\,\mathrm{m} + 12\,\frac{\mathrm m}{\mathrm s} t - 4.905\,\frac{\mathrm m}{\mathrm s^2}t^2$",
            REVIEW,
        ),
        (
            "fall",
            r"$2\,\mathrm{m} + 13\,\frac{\mathrm m}{\mathrm s} t - 4.905\,\frac{\mathrm m}{\mathrm s^2}t^2$",
            WRONG,
        ),
        ("cooling", "20 + 60 e^(-0,25 t)", RIGHT),
        ("cooling", "20 + 60 e^(-0,35 t)", REVIEW),
        ("cooling", r"$20\,°C + 60\,°C\cdot e^{-0.25t}$", REVIEW),
        ("discharge", "$5 e^{-2.67 t}$", REVIEW),
        ("discharge", "$5 e^{-2.68 t}$", WRONG),
        ("roots", "x_1 = 1,5 und x_2 = -0,5", RIGHT),
        ("roots", "L = {-0,5; 1,5}", RIGHT),
        ("roots", "x_1 = 1,5 und x_2 = -0,6", WRONG),
        ("zeros", r"The zeros are $0$ and $\pm2$.", RIGHT),
        ("zeros", "0, ±2", RIGHT),
        ("zeros", "0, ±3", WRONG),
        ("tones", "100 Hz and 300 Hz", RIGHT),
        ("tones", "100 Hz and 200 Hz", WRONG),
        ("tones", "0.3 kHz and 0.1 kHz", REVIEW),
        ("meet", "the origin, (1, 1)", RIGHT),
        ("meet", "the origin, (1, 2)", WRONG),
        ("ends", "(0,5; 2,5)", RIGHT),
        ("ends", "(0,5; 2,6)", WRONG),
        ("fourier", "b_1 = 1.273, b_3 = 0.424, b_5 = 0.255", RIGHT),
        ("fourier", "b1 = 1,273; b3 = 0,424; b5 = 0,255", RIGHT),
        ("fourier", "b_1 = 1.273, b_2 = 0, b_3 = 0.424, b_4 = 0, b_5 = 0.255", RIGHT),
        ("fourier", "b_0 = 1.273, b_1 = 0.424, b_2 = 0.255", REVIEW),
        ("fourier", "a_1 = 1.273, a_3 = 0.424, a_5 = 0.255", REVIEW),
        ("heights", "h(1) = 9.095 and h(2) = 6.38", RIGHT),
        ("heights", "h(0) = 9.095 and h(1) = 6.38", REVIEW),
        ("newton", "x_0 = 1, x_1 = 1.5, x_2 = 1.41667", RIGHT),
        ("newton", "The first iterate is 1.5, the second 1.41667.", RIGHT),
        ("newton", "x_1 = 3/2, x_2 = 17/12", RIGHT),
        ("newton", "x_1 = 3/2, x_2 = 17/11", WRONG),
        ("slopes", "The partial derivatives at (1, 2) are 4 and 5.", REVIEW),
        ("slopes", "(1, 3)", WRONG),
        ("inverse", "The inverse is [[-2, 1], [1.5, -0.5]], since B times it gives [[1, 0], [0, 1]].", RIGHT),
        ("inverse", "The inverse is [[1, 0], [0, 1]], since B times it gives [[-2, 1], [1.5, -0.5]].", REVIEW),
        ("terms", "$a_n = 4n - 1$", RIGHT),
        ("terms", "$a_{n+1} = 4n - 1$", REVIEW),
        ("terms", "$d_n = 4n - 1$", REVIEW),
        ("solution", r"$y = 2 + e^{-t}(C_1 + C_2 t),\qquad C_1, C_2\in\mathbb R.$", RIGHT),
        ("solution", r"$y = e^{-t}(C_1 + C_2 t),\qquad C_1, C_2\in\mathbb R.$", WRONG),
        ("current", "|Z| = sqrt(30^2+40^2) = 50, I = 10/50 = 0.2 A", RIGHT),
        ("current", "|Z| = sqrt(30^2+40^2) = 50, I = 10/50 = 0.3 A", WRONG),
        ("eigen", "det(A - lambda I) = (4 - lambda)*(3 - lambda) - 2, lambda = 5", "partial"),
        ("spectrum", r"$\lambda^2+6\lambda+25=0$, $\lambda_{1,2}=-3\pm4i$", RIGHT),
        ("spectrum", r"$\lambda^2+6\lambda+25=0$, $\lambda_{1,2}=3\pm4i$", WRONG),
        ("peaks", r"They are $2, \sqrt{10}, 0, \sqrt{10}$. The largest ones stand at $k=1$ and at $k=3$.", REVIEW),
        ("peaks", r"They are $2, \sqrt{10}, 0, \sqrt{10}$. The largest ones stand at $k=1$ and at $k=2$.", WRONG),
        ("loss", r"The loss is $-\ln(1-p) = 1.6204$.", RIGHT),
        ("loss", r"The loss is $-\ln(1-p) = 1.7204$.", WRONG),
        ("loss", r"The equation is $-\ln(1-p) = 1.6204$.", REVIEW),
        ("prices", "1,500 and 2,500", RIGHT),
        ("prices", r"$1\,500$; $2\,500$", RIGHT),
        ("prices", "1 500 and 2 500", RIGHT),
        ("prices", "1,501 and 2,501", WRONG),
        ("thirds", "$x = 8/3$ or $x = -1/3$", RIGHT),
        ("thirds", "x = 2.667, -0.333", RIGHT),
        ("thirds", "2.7 and -0.3", REVIEW),
        ("thirds", "2.667 and 0.333", WRONG),
        ("surds", r"$\pm\sqrt2$", RIGHT),
        ("surds", r"$\pm\sqrt3$", WRONG),
        ("points", "(0,0), (1.5, 2.25)", RIGHT),
        ("points", "(0,0), (1.5, 2.3)", REVIEW),
        ("points", "(0,0), (1.5, 2.5)", WRONG),
        ("motion", "$0.08 cos(10 t)$", RIGHT),
        ("motion", "$0.08 sin(10 t)$", WRONG),
        ("images", "images[1000][256][256][3]", RIGHT),
        ("images", "images[1000][256][3][256]", "partial"),
        ("place", "i = 1, j = 2 (left and right column of the window are both 3, 3).", RIGHT),
        ("place", "i = 1, j = 1 (left and right column of the window are both 2, 2).", WRONG),
        ("speed", "v(1) = 2.19 m/s", RIGHT),
        ("speed", "v(2) = 2.19 m/s", REVIEW),
    ],
)
def test_another_reading_earns_what_it_says(question: str, answer: str, status: str) -> None:
    """What a second look makes right is right, what nobody can tell is a person's, and the rest stays wrong."""
    document = READERS.load("markdown").read(f"## {question}\n\n{answer}\n", "s.md")
    marks = grade(parse_rubric(RUBRIC, "sheet"), Submission("s", (document,))).marks
    mark = next(mark for mark in marks if mark.id == question)
    assert mark.status.value == status, (mark.read_as, [reason.id for reason in mark.reasons])
