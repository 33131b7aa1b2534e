"""Answers with a defining property: rubrics that cannot be, evidence in numbers, and laws that hold for any answer."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_what_may_not_pass import mark_of, rubric_of

from grader.grade import parse_rubric
from grader.kinds._factor_table import FACTORISATIONS
from grader.kinds._properties import PROPERTIES
from grader.kinds._verdicts import amount
from grader.maths.balls import Ball, possible, refuted
from grader.maths.linear import as_exact, eigenvalues, null_space, rank, rational, reduced, solve
from grader.model.errors import RubricError
from grader.model.results import Status
from grader.report.sentences import explain

FEW = settings(max_examples=40, deadline=None, derandomize=True)


# -- rubrics that cannot be ----------------------------------------------------------------------------------------

FAULTS = [
    ("property: eigenvectr\nof: [[1, 2], [3, 4]]", "property", "did you mean `eigenvector`?"),
    ("property: eigenvector\nof: [[2, 1], [1, 2]]\nvalue: 4", "value", "its eigenvalues are 3, 1"),
    ("property: eigenvector\nvalue: 3", "property", "needs `of`"),
    ("property: eigenvector\nof: [[1, 2, 3], [3, 4, 5]]", "of", "this one is 2 by 3"),
    ("property: eigenvector\nof: [[1, 2], [3]]", "of", "different lengths"),
    ("property: eigenvector\nof: zz", "of", "the name zz is not known"),
    ("property: eigenvector\nof: 3", "of", "must be a matrix"),
    ("property: eigenvector\nof: [[0, -1], [1, 0]]\nvalue: i", "value", "write `numbers: complex`"),
    ("property: eigenpairs\nof: [[0, -1], [1, 0]]", "of", "the eigenvalue i is complex"),
    ("property: eigenpairs\nof: [[1, 2], [3, 4]]\nvectors: orthonormal", "vectors", "cannot all be orthogonal"),
    ("property: eigenvector\nof: [[1, 2], [3, 4]]\nvectors: orthnormal", "vectors", "did you mean `orthonormal`?"),
    ("property: null space\nof: [[1, 0], [0, 1]]", "of", "nothing but the zero vector"),
    ("property: null space\nof: [[1, 1]]\nvalue: 3", "value", "does not go with `property: null space`"),
    ("property: parallel\nto: [0, 0]", "to", "none but zero is parallel"),
    ("property: orthogonal\nto: [[1, 0], [0, 1]]", "to", "only the zero vector"),
    ("property: solution\nof: A x = b\nlet: {A: [[1, 1], [1, 1]], b: [1, 2]}", "of", "ask for `least squares`"),
    ("property: solution\nof: A\nlet: {A: [[1, 1], [1, 1]]}", "of", "write `A x = b`"),
    ("property: solution\nof: A x = b\nlet: {A: [[1, 1]], b: [1, 2]}", "of", "A has 1 rows, and b has 2 entries"),
    ("property: minimiser\nof: (x-1)^2\nvalue: 1\nsymbols: {x: real}", "value", "0 was found at (1)"),
    ("property: minimiser\nof: (x-1)^2\nvalue: -1\nsymbols: {x: real}", "value", "0 was found at (1)"),
    ("property: minimiser\nof: 3\nvalue: 3", "of", "unknowns"),
    ("property: factorisation\nof: [[1, 2], [3, 4]]", "property", "needs `as`"),
    ("property: factorisation\nof: [[1, 2], [3, 4]]\nas: LUP", "as", "did you mean `LU`?"),
    ("property: factorisation\nof: [[1, 2], [3, 4]]\nas: Cholesky", "of", "not symmetric"),
    ("property: factorisation\nof: [[1, 2], [2, 1]]\nas: Cholesky", "of", "its least eigenvalue is -1"),
    ("property: factorisation\nof: [[0, 2], [3, 4]]\nas: LU", "of", "meets a pivot 0"),
    ("property: factorisation\nof: [[3, 1], [0, 3]]\nas: PDP", "of", "1 of 2 independent eigenvectors"),
    ("property: factorisation\nof: [[0, -1], [1, 0]]\nas: PDP", "of", "write `numbers: complex`"),
    ("property: factorisation\nof: [[1, 2], [3, 4]]\nas: QDQ", "of", "not symmetric"),
]


@pytest.mark.parametrize(("fields", "path", "words"), FAULTS)
def test_a_rubric_that_cannot_be(fields: str, path: str, words: str) -> None:
    """What no answer could have is a fault with its line and path, and a proposal where there is one."""
    lines = "\n".join(f"    {line}" for line in fields.splitlines())
    with pytest.raises(RubricError) as raised:
        parse_rubric(f"questions:\n  q:\n    points: 1\n{lines}\n", "one")
    fault = next(fault for fault in raised.value.faults if fault.path == f"questions.q.{path}")
    assert words in f"{fault.message}; {fault.suggestion}"
    assert fault.line == 4 + [line.partition(":")[0] for line in fields.splitlines()].index(path)


@pytest.mark.parametrize("name", PROPERTIES)
def test_every_property_is_shown(name: str) -> None:
    """Each row says what it is, and what it needs is among the fields."""
    row = PROPERTIES[name]
    assert row.doc
    assert row.needs
    assert set((*row.needs, *row.may)) <= {"of", "to", "value", "as", "vectors", "numbers"}


MATRICES = {
    "definite": [[4, 2, 0], [2, 5, 1], [0, 1, 3]],
    "turned": [[0, 2, 1], [3, 1, 0], [1, 0, 4]],
    "fractions": [[Fraction(1, 3), 2, 0], [1, Fraction(1, 2), 1], [0, 1, 5]],
}


@pytest.mark.parametrize(("kind", "matrix"), list(product(FACTORISATIONS, MATRICES.values())))
def test_computed_factors_have_the_property(kind: str, matrix: list[list[Fraction]]) -> None:
    """What the grader computes itself earns full marks, in fractions and in decimals."""
    how = FACTORISATIONS[kind]
    if how.exists(as_exact(matrix)):
        return
    shown = [[str(entry) for entry in row] for row in matrix]
    fields = f"property: factorisation\nof: {shown}\nas: {kind}\nnumbers: complex".replace("'", "")
    _, part = rubric_of(fields).questions[0]
    mark = mark_of(fields, part.expected.model)
    assert mark.status is Status.RIGHT, (part.expected.model, mark.reasons)


# -- evidence ------------------------------------------------------------------------------------------------------

_A = "let: {A: [[2, 1], [1, 2]]}\n"
_SPACE = "let: {A: [[1, 0], [1, 1], [0, 1]]}\nproperty: column space\nof: A\nvectors: orthonormal"
_QR = "let: {A: [[3, 1], [4, 3]]}\nproperty: factorisation\nof: A\nas: QR"
EVIDENCE = [
    (
        _A + "property: eigenvector\nof: A\nvalue: 3",
        "(1, 1.0001)",
        "For v = (1, 1), A v = (3.0001, 3.0002), but 3 v = (3, 3.0003).",
    ),
    (_A + "property: eigenvector\nof: A\nvalue: 3", "(1, 2)", "For v = (1, 2), A v = (4, 5), but 3 v = (3, 6)."),
    (_A + "property: eigenvector\nof: A", "(1, 2)", "For v = (1, 2), A v = (4, 5), which is no multiple of v."),
    (_A + "property: eigenvector\nof: A", "(0, 0)", "The zero vector is no eigenvector."),
    (_A + "property: eigenpairs\nof: A", "lambda = 3: (1, 1)", "Eigenvectors asked for: 2; given: 1."),
    (_SPACE, "(1, 1, 0)", "Vectors that a basis needs: 2; given: 1."),
    (_SPACE, "(1,1,0), (0,1,1)", "(1, 1, 0) and (0, 1, 1) are not orthogonal: their product is 1."),
    (_SPACE, "(1,1,0), (-1,1,2)", "(1, 1, 0) has the length 1.414, not 1."),
    (_QR, "Q = [[1,0.5],[0,1]], R = [[1,0],[0,1]]", "Columns 1 and 2 of Q are not orthogonal: their product is 0.5."),
    (_QR, "Q = [[1,0],[0,1]], R = [[3,1],[4,3]]", "R is not upper triangular: the entry in row, column (2, 1) is 4."),
    (_QR, "Q = [[1,0],[0,1]], R = [[1,2],[0,1]]", "Q R = [[1, 2], [0, 1]], but A = [[3, 1], [4, 3]]."),
]


@pytest.mark.parametrize(("fields", "answer", "sentence"), EVIDENCE)
def test_the_first_condition_that_fails_is_said_in_numbers(fields: str, answer: str, sentence: str) -> None:
    """The reason is a sentence with what the student's own vectors come to."""
    assert [explain(reason) for reason in mark_of(fields, answer).reasons] == [sentence]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Fraction(1, 3), "1/3"),
        (2, "2"),
        (0.70710678, "0.7071"),
        (1e-17, "0"),
        (1j, "i"),
        (1 - 2j, "1 - 2i"),
        (-1j, "-i"),
    ],
)
def test_numbers_are_short(value: complex, words: str) -> None:
    """Fractions stay, decimals are cut to four digits, rounding errors are zero."""
    assert amount(value) == words


# -- exact and inexact mathematics ---------------------------------------------------------------------------------


def test_elimination_is_exact() -> None:
    """A matrix that is nearly singular in floats has its full rank in fractions."""
    tiny = Fraction(1, 10**30)
    assert rank(as_exact([[1, 1], [1, 1 + tiny]])) == 2
    assert rank(as_exact([[1, 1], [1, 1]])) == 1
    assert reduced(as_exact([[2, 4], [1, 3]]))[1] == [0, 1]
    assert null_space(as_exact([[1, 1, 1]])).shape == (3, 2)
    assert solve(as_exact([[1, 1], [1, 1]]), as_exact([1, 2])) is None


def test_floats_that_mean_fractions() -> None:
    """1/3 in double precision is 1/3; the root of 2 is no fraction."""
    assert rational(np.array([1 / 3, 0.1])).tolist() == [Fraction(1, 3), Fraction(1, 10)]
    assert rational(np.array([2**0.5])).dtype == float


@pytest.mark.parametrize(
    ("matrix", "found"),
    [
        ([[2, 1], [1, 2]], [(3, 1, 1), (1, 1, 1)]),
        ([[3, 1], [0, 3]], [(3, 2, 1)]),
        ([[2, 0, 0], [0, 2, 0], [0, 0, 5]], [(5, 1, 1), (2, 2, 2)]),
        ([[2, 1, 0], [0, 2, 1], [0, 0, 2]], [(2, 3, 1)]),
    ],
)
def test_multiplicities(matrix: list[list[int]], found: list[tuple[int, int, int]]) -> None:
    """Repeated eigenvalues are one, exact, with both multiplicities, also where the matrix is defective."""
    assert [tuple(value) for value in eigenvalues(as_exact(matrix))] == found


@pytest.mark.parametrize(
    ("middle", "radius", "fails", "holds"),
    [(0.71, 0.005, False, True), (0.72, 0.005, True, False), (0.7, 0.05, False, True), (2**0.5 / 2, 0.0, False, True)],
)
def test_what_digits_allow(middle: float, radius: float, fails: bool, holds: bool) -> None:
    """Of x with 2 x^2 = 1: refuted if no x inside the radius will do, possible if a witness is found there."""
    value = Ball(np.array([[middle]]), np.array([[radius]]))
    equations = lambda given: [given[0] @ given[0] - np.array([[0.5]])]  # noqa: E731
    assert refuted(equations, [value]) is fails
    assert possible(equations, [value]) is holds


# -- laws ----------------------------------------------------------------------------------------------------------

small = st.integers(-3, 3)


@st.composite
def spectra(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, list[int]]:
    """A matrix of whole numbers, its eigenvectors as columns, and its eigenvalues, all different."""
    size = draw(st.integers(2, 3))
    values = draw(st.lists(st.integers(-4, 4), min_size=size, max_size=size, unique=True))
    lower, upper = np.eye(size, dtype=int), np.eye(size, dtype=int)
    for i in range(size):
        for j in range(i):
            lower[i, j], upper[j, i] = draw(small), draw(small)
    p = lower @ upper
    inverse = np.rint(np.linalg.inv(p)).astype(int)
    return p @ np.diag(values) @ inverse, p, values


def tuple_of(vector: np.ndarray) -> str:
    """(1, 2)"""
    return "(" + ", ".join(str(entry) for entry in vector.tolist()) + ")"


@FEW
@given(spectra(), st.fractions(-9, 9, max_denominator=9), st.integers(0, 2))
def test_any_multiple_of_an_eigenvector(case: tuple[np.ndarray, np.ndarray, list[int]], by: Fraction, at: int) -> None:
    """A nonzero multiple of an eigenvector is right; to another eigenvalue it is not."""
    a, p, values = case
    at = at % len(values)
    assume(by != 0)
    vector = "(" + ", ".join(str(by * int(x)) for x in p[:, at]) + ")"
    rubric = f"property: eigenvector\nof: {a.tolist()}\nvalue: "
    assert mark_of(rubric + str(values[at]), vector).status is Status.RIGHT
    assert mark_of(rubric + str(values[at - 1]), vector).status is Status.WRONG


@FEW
@given(spectra(), st.permutations(range(3)))
def test_the_order_of_pairs_is_free(case: tuple[np.ndarray, np.ndarray, list[int]], order: list[int]) -> None:
    """All pairs in any order are right, and each that is missing takes its part."""
    a, p, values = case
    pairs = [f"$\\lambda = {values[k]}$: ${tuple_of(p[:, k])}$" for k in order if k < len(values)]
    rubric = f"property: eigenpairs\nof: {a.tolist()}"
    assert mark_of(rubric, "; ".join(pairs)).credit == 1
    assert mark_of(rubric, "; ".join(pairs[1:])).credit == Fraction(len(pairs) - 1, len(pairs))


@FEW
@given(
    st.lists(st.lists(small, min_size=3, max_size=3), min_size=2, max_size=2), st.lists(small, min_size=4, max_size=4)
)
def test_any_recombination_of_a_basis(rows: list[list[int]], by: list[int]) -> None:
    """Invertible combinations of a basis are a basis; singular ones are not."""
    vectors, change = np.array(rows), np.array(by).reshape(2, 2)
    assume(np.linalg.matrix_rank(vectors) == 2 and change.any())
    answer = ", ".join(tuple_of(row) for row in change @ vectors)
    invertible = by[0] * by[3] != by[1] * by[2]
    assert (mark_of(f"property: basis\nof: {rows}", answer).status is Status.RIGHT) is invertible


@FEW
@given(spectra(), st.integers(0, 2), st.integers(0, 2), st.integers(-2, 2))
def test_a_changed_entry_is_not_right(
    case: tuple[np.ndarray, np.ndarray, list[int]], at: int, row: int, by: int
) -> None:
    """An eigenvector with one entry changed is right exactly if numpy finds that it still is one."""
    a, p, values = case
    at, row = at % len(values), row % len(values)
    vector = p[:, at].copy()
    vector[row] += by
    holds = bool(vector.any()) and bool(np.all(a @ vector == values[at] * vector))
    mark = mark_of(f"property: eigenvector\nof: {a.tolist()}\nvalue: {values[at]}", tuple_of(vector))
    assert mark.status is (Status.RIGHT if holds else Status.WRONG)


@FEW
@given(st.lists(small, min_size=4, max_size=4), st.integers(0, 3), st.integers(-2, 2), st.sampled_from("QR"))
def test_a_changed_factor_is_not_right(entries: list[int], at: int, by: int, which: str) -> None:
    """A factorisation in six digits is right; with one entry changed it is right only if it still is one."""
    a = np.array(entries).reshape(2, 2)
    q, r = np.linalg.qr(a)
    factors = {"Q": np.round(q, 6), "R": np.round(r, 6)}
    factors[which] = factors[which].copy()
    factors[which].flat[at] += by
    answer = ", ".join(
        f"{name} = [{', '.join('[' + ', '.join(f'{x:.6f}' for x in row) + ']' for row in m)}]"
        for name, m in factors.items()
    )
    q, r = factors.values()
    near = {"atol": 1e-4}
    holds = np.allclose(q.T @ q, np.eye(2), **near) and abs(r[1, 0]) < 1e-4 and np.allclose(q @ r, a, **near)
    mark = mark_of(f"property: factorisation\nof: {a.tolist()}\nas: QR", answer)
    assert mark.status in ((Status.RIGHT, Status.REVIEW) if holds else (Status.WRONG, Status.PARTIAL))


@FEW
@given(spectra(), st.integers(0, 2), st.integers(1, 5))
def test_rounding_is_never_wrong(case: tuple[np.ndarray, np.ndarray, list[int]], at: int, digits: int) -> None:
    """A unit eigenvector rounded to any number of digits is right, or goes to a person; with four it is right."""
    a, p, values = case
    at = at % len(values)
    vector = p[:, at] / np.linalg.norm(p[:, at])
    answer = "(" + ", ".join(f"{x:.{digits}f}" for x in vector) + ")"
    mark = mark_of(f"property: eigenvector\nof: {a.tolist()}\nvalue: {values[at]}\nvectors: unit", answer)
    assert mark.status in (Status.RIGHT, Status.REVIEW)
    assert digits < 5 or mark.status is Status.RIGHT


@FEW
@given(
    st.fractions(Fraction(1, 10), 10, max_denominator=50), st.fractions(-1, 1, max_denominator=40), st.integers(1, 4)
)
def test_decimals_are_decided_by_their_intervals(length: Fraction, off: Fraction, digits: int) -> None:
    """(x, y) may lie on the line x = y only if the intervals of x and y meet; what cannot is wrong."""
    x, y = f"{float(length):.{digits}f}", f"{float(length + off):.{digits}f}"
    assume(float(x) > 0 and float(y) > 0)
    apart = abs(Fraction(x) - Fraction(y)) > Fraction(1, 10**digits)
    mark = mark_of("property: parallel\nto: [1, 1]", f"({x}, {y})")
    if apart:
        assert mark.status is Status.WRONG
    else:
        assert mark.status in (Status.RIGHT, Status.REVIEW)
        assert x != y or mark.status is Status.RIGHT
