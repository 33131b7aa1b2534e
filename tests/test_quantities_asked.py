"""What stands before the sign of equality, where the rubric says what is asked for."""

from __future__ import annotations

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.model.errors import RubricError
from grader.read import READERS

RUBRIC = """
questions:
  energy: {points: 2, number: 0.045, unit: J, quantity: [E_kin, K]}
  slope: {points: 2, equals: 2x, quantity: ["f'", df/dx]}
  projection: {points: 2, array: [2, 4, 4], quantity: p}
  chance: {points: 2, number: 0.15, quantity: P(A)}
  eigenvalues: {points: 2, set: [-1, 3], quantity: λ}
  product: {points: 2, array: [[1, 2], [3, 4]], quantity: AB}
  det: {points: 2, number: -2, quantity: det A}
  sum: {points: 2, symbols: {"a[i]": [n]}, formula: "sum[i] a[i]^2", quantity: S}
  inverse: {points: 2, array: [[3, -1], [-5, 2]], quantity: "A^{-1}"}
  posterior: {points: 2, number: 0.269, tolerance: 1%, quantity: ["P(D|+)"]}
  exactly: {points: 2, number: 0.3, quantity: "P(X=2)"}
  spread: {points: 2, number: 0.56, quantity: ["Var(X)", "V(X)", '\\sigma^2']}
  taylor: {points: 2, equals: 'x - x^3/6', quantity: [T_3, p_3]}
  roots: {points: 2, parts: {first: {number: 2, quantity: x_1}, second: {number: 7, quantity: x_2}}}
  moments:
    points: 2
    parts:
      mean: {number: 1.2, quantity: ["E(X)", '\\mu']}
      variance: {number: 0.56, quantity: ["Var(X)", "V(X)", '\\sigma^2']}
  centres:
    points: 2
    parts: {one: {array: [2, 1.33], quantity: ['\\mu_1']}, two: {array: [4.5, 3.5], quantity: ['\\mu_2']}}
  pair: {points: 2, parts: {first: {number: 3, quantity: N}, second: {number: 5, quantity: M}}}
"""
INVERSE = r"\begin{pmatrix}3&-1\\-5&2\end{pmatrix}"
MATRIX = r"\begin{pmatrix}1&2\\3&4\end{pmatrix}"
RIGHT, REVIEW, WRONG = "right", "review", "wrong"


def status_of(question: str, answer: str) -> tuple[str, str]:
    """The status that an answer gets, and what is said of it."""
    document = READERS.load("markdown").read(f"# {question}\n\n{answer}\n", "a.md")
    marks = grade(parse_rubric(RUBRIC, "one"), Submission("s", (document,))).marks
    mark = next(one for one in marks if one.id == question)
    return mark.status.value, " ".join(reason.id for reason in mark.reasons)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("energy", "0.045 J"),
        ("energy", "The kinetic energy is 0.045 J."),
        ("energy", "$E_{\\text{kin}} = 0.045$ J"),
        ("energy", "$E_{\\mathrm{kin}} = \\frac12 m v^2 = 45$ mJ"),
        ("energy", "K = 0.045 J"),
        ("energy", "$E = 0.045$ J"),
        ("energy", "0.045 J = K"),
        ("slope", "$2x$"),
        ("slope", "$f'(x) = 2x$"),
        ("slope", "$f^{\\prime} = 2x$"),
        ("slope", "$\\frac{df}{dx} = 2x$"),
        ("slope", "$\\frac{d}{dx} x^2 = 2x$"),
        ("projection", "$\\vec p = (2, 4, 4)$"),
        ("projection", "$\\frac{a \\cdot b}{a \\cdot a} a = (2, 4, 4)$"),
        ("projection", "p_1 = 2, p_2 = 4, p_3 = 4"),
        ("chance", "P(A) = 0.15"),
        ("chance", "P = 1 - 0.85 = 0.15"),
        ("eigenvalues", "$\\lambda_1 = -1$, $\\lambda_2 = 3$"),
        ("eigenvalues", "λ = -1 and λ = 3"),
        ("product", f"$A B = {MATRIX}$"),
        ("product", f"$A \\cdot B = {MATRIX}$"),
        ("det", "$|A| = -2$"),
        ("det", "$\\det(A) = -2$"),
        ("sum", "$S = \\sum_i a_i^2$"),
        ("pair", "M = 5, N = 3"),
        ("inverse", f"$A^{{-1}} = {INVERSE}$"),
        ("inverse", "A^(-1) = [[3, -1], [-5, 2]]"),
        ("posterior", "$P(D \\mid +) = 0.269$"),
        ("exactly", "$P(X = 2) = 0.3$"),
        ("spread", "Var(X) = 0.56"),
        ("spread", "$\\operatorname{Var}(X) = 0.56$"),
        ("spread", "$\\mathbb{V}(X) = 0.56$"),
        ("taylor", "$T_3(x) = x - x^3/6$"),
        ("roots", "$x_2 = 7$, $x_1 = 2$"),
        ("moments", "$\\mathbb{V}(X) = 0.56$ and $\\mathbb{E}(X) = 1.2$"),
        ("moments", "$\\sigma^2 = 0.56$, $\\mu = 1.2$"),
        ("centres", "$\\mu_2 = (4.5, 3.5)$, $\\mu_1 = (2, 1.33)$"),
    ],
)
def test_the_quantity_may_stand_before_the_value(question: str, answer: str) -> None:
    """What is asked for, however it is set, working, and nothing at all take nothing from a right value."""
    assert status_of(question, answer)[0] == RIGHT


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("energy", "E_pot = 0.045 J"),
        ("energy", "the energy is $E_{\\text{pot}} = 0.045$ J"),
        ("energy", "$\\Delta E = 0.045$ J"),
        ("energy", "$P = 0.045$ J"),
        ("energy", "0.045 J = W"),
        ("slope", "$f(x) = 2x$"),
        ("slope", "$f''(x) = 2x$"),
        ("slope", "$y' = 2x$"),
        ("projection", "$|p| = (2, 4, 4)$"),
        ("projection", "q = [2, 4, 4]"),
        ("chance", "P(not A) = 0.15"),
        ("chance", "$P(A \\mid B) = 0.15$"),
        ("eigenvalues", "x = -1, x = 3"),
        ("product", f"$BA = {MATRIX}$"),
        ("product", f"$(AB)^T = {MATRIX}$"),
        ("sum", "$T = \\sum_i a_i^2$"),
        ("slope", "$g'(x) = 2x$"),
        ("slope", "$\\frac{dx}{df} = 2x$"),
        ("inverse", f"$B^{{-1}} = {INVERSE}$"),
        ("posterior", "P(+|D) = 26.9%"),
        ("posterior", "$LR = 0.269$"),
        ("exactly", "P(X=3) = 0.3"),
        ("exactly", "$P(X \\le 2) = 0.3$"),
        ("spread", "$\\sigma = 0.56$"),
        ("taylor", "$R_3(x) = x - x^3/6$"),
    ],
)
def test_the_value_of_something_else_goes_to_a_person(question: str, answer: str) -> None:
    """A right value given to another letter, or to what is made of the letter asked for, is no full mark."""
    assert status_of(question, answer) in [(REVIEW, "other-quantity"), (REVIEW, "other-left-side")]


def test_values_of_parts_are_told_apart_by_their_quantities() -> None:
    """Two values under each other's letters are wrong, and not right in their order."""
    assert status_of("pair", "M = 3, N = 5")[0] == WRONG
    assert status_of("roots", "$x_1 = 7$, $x_2 = 2$")[0] == WRONG


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("questions: {a: {points: 1, number: 3, quantity: E = 3}}", "write `E`"),
        ("questions: {a: {points: 1, shape: [3], quantity: E}}", "does not go with `shape`"),
        ("questions: {a: {points: 1, number: 3, quantity: {E: 3}}}", "a text or a list of texts"),
    ],
)
def test_what_is_no_quantity_is_refused(text: str, message: str) -> None:
    """An equation, a mapping and a kind without a left side are faults of the rubric that say what to do."""
    with pytest.raises(RubricError, match=message):
        parse_rubric(text, "one")
