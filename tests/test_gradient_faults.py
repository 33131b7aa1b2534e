"""A gradient that cannot be derived is a fault of the rubric, with its line, its path and a sentence."""

from __future__ import annotations

import pytest

from grader.grade import parse_rubric
from grader.model.errors import Fault, RubricError

QUESTION = """questions:
  q:
    points: 1
    symbols: {{"a[i]": [N], "c[i]": [N], X: [N, M]}}
    let: {{{let}}}
    gradient: {asked}
"""
SQUARE = '"r[i]": "a[i]^2"'


def faults(let: str, asked: str, terms: str = "") -> list[Fault]:
    """The faults of a rubric with these equations."""
    text = QUESTION.format(let=let, asked=asked) + (f"    in terms of: {terms}\n" if terms else "")
    try:
        parse_rubric(text, "faulty")
    except RubricError as error:
        return list(error.faults)
    return []


@pytest.mark.parametrize(
    ("let", "asked", "terms", "line", "path", "message"),
    [
        (SQUARE, "dJ/da[i]", "dJ/dq", 7, "in terms of", "dJ/dq belongs to no forward equation"),
        (SQUARE, "dJ/da[i]", "dL/dr", 7, "in terms of", "dL/dr belongs to no forward equation"),
        (SQUARE, "dJ/da[i]", "r", 7, "in terms of", "written as a derivative"),
        (SQUARE, "dJ/dc[i]", "dJ/dr", 6, "gradient", "r is not computed from c"),
        (SQUARE, "dJ/dc[i]", "", 6, "gradient", "no forward equation leads to c"),
        (SQUARE, "dJ/dq[i]", "", 6, "gradient", "no forward equation leads to q"),
        (SQUARE, "dJ/da[i,k]", "", 6, "gradient", "number of axes of a: 1, but 2 index letters"),
        (SQUARE, "a[i]", "", 6, "gradient", "written as a derivative"),
        (SQUARE + ', "s[i]": "a[i]^3"', "dJ/da[i]", "", 6, "gradient", "several equations lead from a"),
        (
            SQUARE + ', "s[i]": "a[i]+r[i]", "t[i]": "r[i]^2"',
            "dJ/da[i]", "dJ/dr", 6, "gradient", "s and t come last, and a leads to them around r: give J itself",
        ),
        (SQUARE + ', "s[i]": "floor(r[i])"', "dJ/da[i]", "", 6, "gradient", "in the equation of s: floor has no"),
        (SQUARE + ', "s[i]": "r[i] > 2"', "dJ/da[i]", "", 6, "gradient", "in the equation of s: a comparison"),
        ('"r[i]": "factorial(a[i])"', "dJ/da[i]", "", 6, "gradient", "in the equation of r"),
        ('"r[i]": "a[i]*log(-c[i]^2)"', "dJ/da[i]", "", 6, "gradient", "not a finite number"),
        ('"u[i]": "0*a[i]", J: "max[i] u[i]"', "dJ/du[i]", "", 6, "gradient", "a maximum that two elements share"),
        ('Z: "X @ X"', "dJ/dX", "", 6, "gradient", "in the equation of Z: a product of arrays of shapes"),
        ('Z: "a a^T", J: "det(Z)"', "dJ/da[i]", "", 6, "gradient", "in the equation of J"),
    ],
)  # fmt: skip
def test_fault(let: str, asked: str, terms: str, line: int, path: str, message: str) -> None:
    """The fault stands at the field that is wrong, and says why."""
    found = faults(let, asked, terms)
    assert [(fault.line, fault.path) for fault in found] == [(line, f"questions.q.{path}")], found
    assert message in found[0].message


def test_sound_models_have_no_faults() -> None:
    """The same rubric with sound equations loads."""
    assert faults(SQUARE, "dJ/da[i]", "dJ/dr") == []
    assert faults('"r[i]": "sqrt(a[i])"', "dJ/da[i]") == []
    assert faults(SQUARE + ', "n": "size(a)"', "dJ/da[i]") == []
    assert faults('Z: "X^T X", J: "sum(Z)"', "dJ/dX") == []


@pytest.mark.parametrize(
    ("symbol", "said", "message", "suggestion"),
    [
        ("A", "symetric [n, n]", "`symetric` is no structure of a matrix", "did you mean `symmetric`?"),
        ("A", "positive definit", "`positive definit` is no structure", "did you mean `positive definite`?"),
        ("A", "funny [n, n]", "`funny` is no structure", "symmetric, antisymmetric"),
        ("A", "symmetric", "a symmetric matrix needs its lengths", "A: symmetric [n, n]"),
        ("A", "orthogonal matrix [n, m]", "two equal lengths", "A: orthogonal [n, n]"),
        ("A", "orthogonal [n]", "two equal lengths", "A: orthogonal [n, n]"),
        ("A[i]", "diagonal [n, n]", "two index letters, not 1", "A[i,j]"),
    ],
)
def test_a_structure_that_cannot_be(symbol: str, said: str, message: str, suggestion: str) -> None:
    """A structure that is not known, or cannot be one of this array, is a fault with a suggestion."""
    text = f'questions: {{q: {{points: 1, symbols: {{"{symbol}": "{said}", x: [2]}}, formula: "x[0]"}}}}\n'
    with pytest.raises(RubricError) as caught:
        parse_rubric(text, "faulty")
    (fault,) = caught.value.faults
    assert fault.path == f"questions.q.symbols.{symbol}"
    assert message in fault.message and suggestion in fault.suggestion
