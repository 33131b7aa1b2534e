"""Foreseen mistakes beside a right answer of another kind."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.grade import grade, lint, parse_rubric
from grader.model.documents import Submission
from grader.read import READERS

_PAIRS = """
    property: eigenpairs
    of: [[2, 1, 0], [1, 3, 1], [0, 1, 2]]
    mistakes: [{set: [1, 2, 4], credit: 1/2, say: The eigenvectors are missing.}]
"""
_PROJECTION = """
    equals: '\\frac{5}{3}(2,1,2)'
    mistakes:
      - {array: "[30, 15, 30]", credit: 1/4, say: Divide.}
      - {number: 5/3, credit: 1/2, say: This is the coefficient.}
"""
_ROUNDED = """
    equals: '\\frac{5}{3}(2,1,2)'
    mistakes: [{array: "[10/3, 5/3, 10/3]", credit: 1, say: "Right, in decimals."}]
"""
_NUMBER = """
    number: 3.5
    symbols: {h: positive, mu: positive}
    mistakes: [{equals: h/mu, credit: 1/2, say: Put in the numbers.}]
"""
_CUTOFF = """
    number: 1/(2*pi*10000*22e-9)
    unit: Hz
    tolerance: 1%
    mistakes: [{number: 1/(10000*22e-9), credit: 1/2, say: Divide by 2 pi.}]
"""
_LIMITS = """
    array: [51.02, 52.98]
    tolerance: 0.02%
    mistakes: [{array: [51.18, 52.82], credit: 1/2, say: 1.645 belongs to 90 percent.}]
"""
_SPACE = """
    property: null space
    of: [[1, 2], [2, 4]]
    mistakes: [{property: parallel, to: [1, 2], credit: 1/4, say: This is a row.}]
"""


@pytest.mark.parametrize(
    ("fields", "answer", "credit"),
    [
        (_PAIRS, "1, 2 and 4", "1/2"),
        (_PAIRS, "$\\lambda_1=1$, $\\lambda_2=2$, $\\lambda_3=4$, I don't know how to get the eigenvectors", "1/2"),
        (
            _PAIRS,
            "$\\lambda=1,2,4$\n\n$\\lambda=1$: $v=(1,-1,1)$\n\n$\\lambda=2$: $v=(1,0,-1)$\n\n$\\lambda=4$: $v=(1,2,1)$",
            "right or open",
        ),
        (_PAIRS, "The eigenvalues are 1, 2, 4. The vectors are (1,-1,1), (1,0,-1) and (1,2,1).", "right or open"),
        (_PAIRS, "(1,-1,1), (1,0,-1) and (1,2,1) for the eigenvalues 1, 2, 4", "right or open"),
        (_PROJECTION, "$15/9 = 5/3$", "1/2"),
        (_PROJECTION, "(30, 15, 30)", "1/4"),
        (
            _PROJECTION,
            "$\\frac{v\\cdot u}{u\\cdot u}u=\\frac{15}{9}(2,1,2)=(\\frac{30}{9},\\frac{15}{9},\\frac{30}{9})$",
            "right or open",
        ),
        (_ROUNDED, "u.v = 15, u.u = 9, so proj = 15/9 * (2, 1, 2) = (3.33, 1.67, 3.33)", "1"),
        (_ROUNDED, "$u\\cdot v = 15$, so $p = (3.33, 1.67, 3.5)$", "0"),
        (_CUTOFF, "$1/(2.2\\cdot10^{-4}) = 4545$ Hz", "1/2"),
        (_CUTOFF, "4600 Hz", "0"),
        (_LIMITS, "[51.2, 52.8]", "1/2"),
        (_LIMITS, "[51.0, 53.0]", "0"),
        (_PAIRS, "1, 2, 4; (1,-1,1) for 1, (1,0,-1) for 2 and (1,2,1) for 4", "1"),
        (_PAIRS, "1, 2, 4; (1,-1,1) for 2, (1,0,-1) for 1 and (1,2,1) for 4", "1/3"),
        (_PAIRS, "$(1,-1,1)$ for $\\lambda=1$ and $(1,0,-1)$ for $\\lambda=2$ and $(1,2,1)$ for $\\lambda=4$", "1"),
        (_NUMBER, "$d = h/\\mu$", "1/2"),
        (_NUMBER, "$d = h/\\mu = 3.5$", "1"),
        (_SPACE, "(1, 2)", "1/4"),
        (_SPACE, "(2, -1)", "1"),
    ],
)
def test_a_mistake_of_another_kind(fields: str, answer: str, credit: str) -> None:
    """It settles an answer that was read and found wrong, or that holds nothing else; nothing is taken from another."""
    document = READERS.load("markdown").read(answer, "a.md")
    rubric = parse_rubric(f"questions:\n  q:\n    points: 1{fields}", "one")
    (mark,) = grade(rubric, Submission("s", (document,))).marks
    assert mark.credit in ((None, 1) if credit == "right or open" else (Fraction(credit),)), mark.read_as


_BAYES = """
    number: 0.107143
    tolerance: 1%
    mistakes: [{number: 0.106145, tolerance: 0.2%, credit: 3/4, say: Weigh them.}, {number: 0.2, credit: 1/4, say: No.}]
"""


@pytest.mark.parametrize(
    ("answer", "status"),
    [("0.107", "right"), ("0.1071", "right"), ("0.108", "right"), ("0.106", "partial"), ("0.1061", "review"),
     ("0.0190/0.179 = 0.106", "review"), ("0.1066", "right"), ("0.2", "partial"), ("0.11", "review")],
)  # fmt: skip
def test_what_is_nearer_to_a_mistake_is_for_a_person(answer: str, status: str) -> None:
    """A value within the tolerance that is a foreseen mistake, too, earns nothing by itself."""
    rubric = parse_rubric(f"questions:\n  1:\n    points: 4{_BAYES}", "r")
    document = READERS.load("markdown").read(f"# 1\n\n{answer}\n", "a.md")
    (mark,) = grade(rubric, Submission("a", (document,))).marks
    assert str(mark.status) == status, mark


def test_lint_names_a_mistake_that_never_counts() -> None:
    """A mistake within the tolerance of the reference is said to be one; any other is not."""
    failed = [one for one in lint(parse_rubric(f"questions:\n  1:\n    points: 4{_BAYES}", "r")) if not one.ok]
    assert ["tells the mistake" in one.what for one in failed] == [True]
