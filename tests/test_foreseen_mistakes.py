"""Foreseen mistakes beside a right answer of another kind."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.grade import grade, parse_rubric
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
