"""Values as keyboards, computers and notebooks leave them: signs, doubles, calls, units beside names, given numbers."""

from __future__ import annotations

from functools import lru_cache

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.model.results import Mark
from grader.prepare.parts import PreparedRubric
from grader.read import READERS

_CHARGE = "number: 1.602e-19\nunit: C\ntolerance: 1%"
_PERIOD = "number: 1.56\nunit: s\ntolerance: 1%"
_MATRIX = "array: [[4, 1], [2, 3]]"
_INVERTIBLE = "title: Is A invertible?\nchoice: yes"
_WITH_CONSTANT = 'equals: "x^2/2 + C"\nassume: "C: any constant"'
_HALF = "equals: 0.5 m v^2"

_SIGNS = [
    ("number: -5", "x = \u20115", "right"),
    ("number: -5", "x = \u20105", "right"),
    ("number: -5", "x = \u20125", "right"),
    ("number: -5", "x = \u22125", "right"),
    ("number: 5", "x = \u20115", "wrong"),
    ("number: 5", "well\u2011known: 5", "right"),
    ("number: -5", "well\u2011known: 5", "wrong"),
    ("number: 5", "The value is - 5.", "review"),
    ("array: [1, -2]", "(1, \u20112)", "right"),
    ("array: [1, 2]", "(1, \u20112)", "wrong"),
    (_CHARGE, "1.602e\u221219 C", "right"),
    (_CHARGE, "1.602·10^\u221219 C", "right"),
    (_CHARGE, "1.602e19 C", "wrong"),
    ("equals: -\\infty", "\u2212∞", "right"),
    ("equals: -\\infty", "∞", "wrong"),
]
_PRINTED = [
    ("number: 5", "5.000000000000001", "right"),
    ("number: 5", "4.999999999999999", "right"),
    ("number: 5", "5.00000001", "wrong"),
    ("set: [2, 5]", "[2.0000000000000004 5.        ]", "right"),
    ("set: [2, 5]", "[2.0004 5.        ]", "wrong"),
    ("array: [1.4, 3.4]", "[1.4000000000000001 3.4]", "right"),
    (_MATRIX, "np.array([[4, 1], [2, 3]])", "right"),
    (_MATRIX, "np.linalg.inv([[4, 1], [2, 3]])", "review"),
    ("array: [1, 2]", "2*np.array([1, 2])", "review"),
    ("number: 10", "sum(range(10))", "review"),
    ("number: 10", "float(10)", "right"),
    ("number: 10", "2x with x=10", "review"),
    ("number: 10", "1+2+...+10", "review"),
    ("number: 2", "8 mod 6", "review"),
    ("number: 2", "6 : 3", "review"),
    ("number: 2", "ln(e^2)", "right"),
    ("array: [1.5, 2.25]", "[1.5, 2.3]", "review"),
    ("array: [1.5, 2.25]", "[1.5, 2.4]", "wrong"),
    ("array: [1, 2, 3]", "[1, 2, 3.0001]", "wrong"),
]
_BESIDE = [
    (_PERIOD, "t/s = 1.56", "right"),
    (_PERIOD, "t [s] = 1.56", "right"),
    (_PERIOD, "t/s = 1.66", "wrong"),
    ("number: 2.5", "$2\\frac12$", "right"),
    ("number: 1", "$2\\frac12$", "wrong"),
    ("set: [2, 5]", "between 2 and 5", "review"),
    ("set: [2, 5]", "squares of 2 and 5", "review"),
    ("set: [2, 5]", "2 and 5", "right"),
    ("set: [[0, 0], [1, 1]]", "the line through (0, 0) and (1, 1)", "review"),
    (_INVERTIBLE, "No eigenvalue is zero, so A is invertible.", "review"),
    (_INVERTIBLE, "No because det A = 0", "wrong"),
    (_INVERTIBLE, "Yes", "right"),
]
_FORMULAS = [
    (_HALF, "0,5 m v^2", "right"),
    (_HALF, "$E = 0{,}5\\,mv^2$", "right"),
    (_HALF, "0,4 m v^2", "wrong"),
    (_WITH_CONSTANT, "x^2/2 + 5", "right"),
    (_WITH_CONSTANT, "x^2/2 + 10^40", "review"),
    (_WITH_CONSTANT, "100!", "review"),
    ("equals: 2*x*cos(x^2)", "$\\frac{d}{dx}\\sin(x^2)$", "review"),
    ("equals: 2*x*cos(x^2)", "$\\frac{d}{dx}\\sin(x^2) = 2x\\cos(x^2)$", "right"),
    ("equals: 1/3", "$\\int_0^1 x^2 dx$", "review"),
    ("equals: '2'", "$\\lim_{x\\to 1} 2x$", "review"),
    ("equals: '2'", "$\\sum_{k=0}^\\infty 2^{-k}$", "review"),
    ("equals: '2'", "$\\frac{d^2}{dx^2} x^2$", "review"),
    ("equals: x_1^2 + x_2^2", "$\\sum_{k=1}^2 x_k^2$", "right"),
    ("equals: dL/dy * w", "$w\\,\\frac{\\partial L}{\\partial y}$", "right"),
    ("equals: 12 - g t^2/2", "$h(t) = 12\\,\\text{m} - \\frac12 g t^2$", "review"),
    ("equals: 12 - g t^2/2", "$h(t) = 12\\,\\text{m} - g t^2$", "wrong"),
]
_GIVEN = [
    ("h = 12 - 4.905 t^2", "right"),
    ("$h(t) = 12 - \\frac12 g t^2$", "right"),
    ("$12 - \\frac12 g t^2 = 12 - 4.905 t^2$", "right"),
    ("$h_0 - \\frac12 g t^2$", "right"),
    ("$12 - 4.9 t^2$", "review"),
    ("$12 - 9.81 t^2$", "wrong"),
    ("$12 - 4.905 t$", "wrong"),
    ("$9.81 - 6 t^2$", "wrong"),
]


@lru_cache
def rubric(fields: str, given: str = "") -> PreparedRubric:
    lines = "".join(f"    {line}\n" for line in fields.splitlines())
    return parse_rubric(f"title: t\n{given}questions:\n  1:\n    points: 1\n{lines}", "r.yaml")


def mark_of(prepared: PreparedRubric, answer: str) -> Mark:
    document = READERS.load("markdown").read(f"# 1\n\n{answer}\n", "s.md")
    return grade(prepared, Submission("s01", (document,))).marks[0]


@pytest.mark.parametrize(("fields", "answer", "status"), [*_SIGNS, *_PRINTED, *_BESIDE, *_FORMULAS])
def test_values_mean_what_was_typed(fields: str, answer: str, status: str) -> None:
    """A sign, a double or a unit is read as it is meant; what changes a value is for a person."""
    mark = mark_of(rubric(fields), answer)
    assert mark.status.value == status, (mark.read_as, mark.reasons)


@pytest.mark.parametrize(("answer", "status"), _GIVEN)
def test_given_numbers_stand_for_their_names(answer: str, status: str) -> None:
    """A formula with the given numbers put in is the reference; a rounded one is for a person."""
    mark = mark_of(rubric("title: Height\nequals: h0 - g t^2/2", "given: {g: 9.81, h0: 12}\n"), answer)
    assert mark.status.value == status, (mark.read_as, mark.reasons)


@pytest.mark.parametrize("given", ["{'g[n]': n^2}", "{X: [1, 2], 'g[p]': 'sum[a] X[p+a]'}", "{g: [1, 2]}"])
def test_given_names_without_a_number_stay_letters(given: str) -> None:
    """What has indices, or several entries, is put nowhere, and a rubric with it loads."""
    assert mark_of(rubric("equals: g*x", f"given: {given}\n"), "$g x$").status.value == "right"


def test_given_numbers_keep_their_place_in_fractions() -> None:
    """`\\frac m2` has the number above its line."""
    assert mark_of(rubric("equals: m*v^2/2", "given: {m: 3}\n"), "$\\frac m2 v^2$").status.value == "right"
    assert mark_of(rubric("equals: m*v^2/2", "given: {m: 3}\n"), "$\\frac32 v^2$").status.value == "right"
    assert mark_of(rubric("equals: m*v^2/2", "given: {m: 3}\n"), "$\\frac23 v^2$").status.value == "wrong"


def test_a_number_for_a_formula_of_given_numbers_is_for_a_person() -> None:
    """Where every letter is given, nobody says whether the formula or its value was asked for."""
    assert mark_of(rubric("equals: n(n+1)/2", "given: {n: 5}\n"), "15").status.value == "review"
    assert mark_of(rubric("equals: n(n+1)/2", "given: {n: 5}\n"), "30").status.value == "wrong"


@pytest.mark.parametrize(
    ("reader", "text", "status"),
    [
        ("plain", "1. x = 7", "wrong"),
        ("plain", "1) 5", "right"),
        ("plain", "1\nx = 5", "right"),
        ("plain", "Sheet 5\n\nx = 7", "wrong"),
        ("plain", "Name: Jo, ID 5\n\nx=7", "wrong"),
        ("markdown", "# Homework 5\n\nx = 7", "wrong"),
        ("markdown", "# Assignment 5\n\nStudent 1\n\n7", "wrong"),
        ("html", "<p>1. x = 5</p>", "right"),
        ("markdown", "1. x = 5", "right"),
    ],
)
def test_what_heads_a_sheet_is_no_answer_to_its_only_question(reader: str, text: str, status: str) -> None:
    """Numbers of sheets, questions and students are not taken for the value, where one question is all there is."""
    prepared = parse_rubric("title: t\nquestions:\n  1: {points: 2, number: 5}\n", "r.yaml")
    document = READERS.load(reader).read(text, "s.md")
    assert grade(prepared, Submission("s01", (document,))).marks[0].status.value == status
