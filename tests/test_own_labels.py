"""Answers whose parts have letters of their own, and answers in bold before what explains them."""

from __future__ import annotations

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.model.results import Mark
from grader.read import READERS

RUBRIC = r"""
questions:
  test:
    points: 3
    title: The t test
    parts:
      statistic: {number: 3, tolerance: 1%, labels: [t, statistic]}
      decision: {choice: reject, options: {reject: [reject, rejected], keep: [keep, not reject]}}
  flight:
    points: 2
    title: Time of flight and range of the ball
    parts:
      time: {number: 3.04, unit: s, tolerance: 1%, labels: [time, t]}
      range: {number: 52.7, unit: m, tolerance: 1%, labels: [range, R, x]}
  interval: {points: 2, title: The confidence interval, array: [50.7, 54.1], tolerance: 0.5%}
  series: {points: 2, title: The coefficients, equals: 2*(-1)^(n+1)/n, quantity: b_n}
  motion: {points: 2, title: The solution, equals: "2e^{-t} - e^{-2t}"}
  work: {points: 1, title: The work, number: 4}
  share: {points: 1, title: The share, number: 7/9, tolerance: 1%}
  weights: {points: 1, title: The distribution, array: [0.211, 0.526, 0.263], tolerance: 1%}
"""


def mark_of(question: str, answer: str) -> Mark:
    document = READERS.load("markdown").read(f"# {question}\n\n{answer}\n", "a.md")
    marks = grade(parse_rubric(RUBRIC, "one"), Submission("s01", (document,))).marks
    return next(one for one in marks if one.id == question)


@pytest.mark.parametrize(
    ("question", "answer", "status"),
    [
        ("test", "$t = 3.0$; this is beyond $2.131$, therefore reject $H_0$.", "right"),
        ("test", "$t = \\frac{2.4}{0.8} = 3$. It exceeds $2.131$, so $H_0$ is rejected at $5\\,\\%$.", "right"),
        ("test", "$t = 2.131$; this is below $3.0$, therefore reject $H_0$.", "review"),
        ("test", "$2 - t = 3.0$; this is beyond $2.131$, therefore reject $H_0$.", "review"),
        ("flight", "t = 3.04 s, R = 52.7 m. I used v_y = 10 m/s and v_x = 20·cos 30° = 17.3 m/s.", "right"),
        ("test", "$t = 3.0$, by hand 2.9. Rejected.", "review"),
        ("test", "$t = 3.0$, halved by the wind. Rejected.", "review"),
        ("flight", "t = 3.04 s, R = 52.7 m, measured 48.1 m", "review"),
        ("flight", "t = 3.04 s, and R = 52.7 m, plus 3 m for rolling", "review"),
        ("flight", "t = 3.04 s, R = 17.3 m. I used v_y = 10 m/s and v_x = 52.7 m/s.", "review"),
    ],
)  # fmt: skip
def test_a_part_s_own_letter_says_which_value_is_its_own(question: str, answer: str, status: str) -> None:
    """Numbers without a name beside "t = 3.0" are no answers to the part whose letter t is."""
    assert mark_of(question, answer).status.value == status


@pytest.mark.parametrize(
    ("question", "answer", "status"),
    [
        ("interval", "**The interval goes from 50.7 to 54.1.** The error is 0.8, 2.131 of them are 1.70.", "right"),
        ("interval", "**The interval goes from 45.6 to 59.2.** For 50.7 to 54.1 it is too small.", "review"),
        ("series", "**$b_n = \\frac{2}{n}(-1)^{n+1}$.** The boundary term has $\\cos(n\\pi) = (-1)^n$.", "right"),
        ("series", "**$b_n = \\frac{2}{n}(-1)^n$.** The boundary term has $\\cos(n\\pi) = (-1)^n$.", "wrong"),
        ("series", "**Step 1.** The term has $\\cos(n\\pi) = (-1)^n$. So $b_n = \\frac{2}{n}(-1)^{n+1}$.", "right"),
        ("motion", "**y(t) = 2 exp(−t) − exp(−2t).** The transform is $(s+3)/(s^2+3s+2)$.", "right"),
    ],
)  # fmt: skip
def test_an_answer_in_bold_is_the_answer(question: str, answer: str, status: str) -> None:
    """What stands in bold before plain sentences is marked; these only explain it."""
    assert mark_of(question, answer).status.value == status


@pytest.mark.parametrize(
    ("question", "answer", "status"),
    [
        ("work", "$U(1,2) - U(0,0) = 4$", "right"),
        ("work", "W = phi(1,2) - phi(0,0) = 2 + 2 = 4", "right"),
        ("work", "W = phi(1,2) - phi(0,0) = 2 + 2 = 5", "partial"),
        ("share", "The share is $7/9 = 0,778$.", "right"),
        ("share", "The share is $7/9 = 0.5$.", "partial"),
        ("weights", "$\\pi = (0,211;\\ 0,526;\\ 0,263)$", "right"),
        ("weights", "$\\pi = (0.211;\\ 0.526;\\ 0.263)$", "right"),
        (
            "motion",
            "$$\\begin{align*} s^2 Y - s + 3 s Y - 3 + 2 Y &= 0 \\\\ y(t) &= 2 e^{-t} - e^{-2t} \\end{align*}$$",
            "right",
        ),
        (
            "motion",
            "$$\\begin{align*} s^2 Y - s + 3 s Y - 3 + 2 Y &= 0 \\\\ y(t) &= 2 e^{-t} + e^{-2t} \\end{align*}$$",
            "review",
        ),
    ],
)
def test_what_leads_to_a_value_is_no_other_value(question: str, answer: str, status: str) -> None:
    """Arguments of functions, decimal commas and earlier lines of a derivation are not taken for the answer."""
    assert mark_of(question, answer).status.value == status


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("series", "**$b_n = \\frac{2}{n}(-1)^{n+1}$.** I am not sure; it could be $b_n = \\frac2n$."),
        ("series", "**$b_n = \\frac{2}{n}(-1)^{n+1}$.** But that is wrong."),
        ("interval", "**The interval goes from 50.7 to 54.1.** Actually it goes from 40 to 50."),
        ("interval", "**The interval goes from 50.7 to 54.1.** The interval goes from 40 to 60 here."),
        ("motion", "**y(t) = 2 exp(−t) − exp(−2t).** This does not solve it."),
        ("share", "**The share is 7/9.** The share is 2/9."),
        ("work", "**W = 4.** Twice that is the answer."),
        ("test", "$t = 3.0$ is the critical value, the statistic is $2.131$, reject."),
        ("test", "The critical t = 3.0, we get 2.131. Rejected."),
    ],
)
def test_what_comes_back_to_an_answer_keeps_it_from_full_marks(question: str, answer: str) -> None:
    """Hedges, turns, a second value of the same thing and letters of other things earn no full marks."""
    assert mark_of(question, answer).status.value in ("review", "partial", "wrong")
