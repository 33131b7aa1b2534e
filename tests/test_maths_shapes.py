"""Shapes with letters: what each piece of a formula is, the first that cannot be, and what is said about it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.grade import grade, parse_rubric
from grader.maths.evaluation import evaluate
from grader.maths.extents import sizes_of
from grader.maths.fitting import Shape
from grader.maths.shapes import Misfit, infer
from grader.maths.sizes import Sizes, number, size_of, smaller
from grader.maths.worlds import World, read_definition
from grader.model.documents import Submission
from grader.model.errors import Undecided
from grader.model.expressions import Call, Expr, Name, Num, Op
from grader.model.results import Mark, Status
from grader.notation.printing import show
from grader.notation.reading import parse_expression
from grader.read import READERS
from grader.report.sentences import explain

DECLARED = {
    "X": "n, p", "W": "p, q", "K": "p, p", "C": "n, 1", "R": "n, p, q", "w": "p", "y": "n", "b": "q", "c": "", "n": "",
    "a": "h", "g": "m", "D": "ceil(n/2), p", "Z": "h - m + 1, m",
}  # fmt: skip
AXES = {name: len(list(filter(None, text.split(", ")))) for name, text in DECLARED.items()}


def sizes(text: str) -> Sizes:
    """Lengths as a rubric declares them."""
    return tuple(size_of(parse_expression(item, {})) for item in text.split(", ") if item)


SHAPES = {name: sizes(text) for name, text in DECLARED.items()}


def parsed(text: str) -> Expr:
    """An expression in TeX."""
    return parse_expression(text + r"\,", AXES)


# -- lengths ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("h-p+1", "h - p + 1"), ("1+h-p", "h - p + 1"), ("1-p", "1 - p"), ("-p", "-p"), ("2*n*p", "2·n·p"),
        ("(n+1)*(n-1)", "n·n - 1"), ("n^2 - n*n", "0"), ("h-(p-1)", "h - p + 1"), ("3", "3"), ("n/2", "None"),
        ("ceil(n/s)", "None"), ("n^p", "None"), ("0.5", "None"),
    ],
)  # fmt: skip
def test_a_length_is_a_polynomial(text: str, shown: str) -> None:
    """Equal lengths are shown alike however they are typed; what is no polynomial is not known."""
    assert str(size_of(parse_expression(text, {}))) == shown


def test_lengths_have_values_and_an_order() -> None:
    """A length is a number once its letters are; the smaller of two is known where they differ by a number."""
    full, valid = sizes("h, h-2")
    assert full is not None
    assert valid is not None
    assert valid.at({"h": 7}) == 5
    assert smaller([full, valid]) == valid
    assert smaller([full, number(3)]) is None


# -- shapes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("X w", "n"), ("X w - y", "n"), ("X^T (X w - y)", "p"), ("2 X^T X w", "p"), ("X W", "n × q"),
        ("X W + b", "n × q"), ("W^T X^T", "q × n"), ("(X w - y)^T X", "p"), ("y^T y", "a number"), ("c X / 2", "n × p"),
        ("y^T y X", "n × p"), (r"X \odot X", "n × p"), (r"X \odot w", "n × p"), (r"\sigma(X w)", "n"),
        (r"\exp(X)", "n × p"), (r"\max(0, X)", "n × p"), ("X^2", "n × p"), ("K^{-1} w", "p"), (r"\det K", "a number"),
        (r"X \cdot W", "n × q"), ("X@W", "n × q"), ("-X", "n × p"), ("X/n", "n × p"), (r"\pi y", "n"),
        ("X_{:,1} - y", "n"), ("X[1,:] w", "a number"), ("X[1:,:]", "? × p"), ("Z", "(h - m + 1) × m"),
        ("Z g + 1", "h - m + 1"), ("D w", "?"), ("[y, y]", "2 × n"), ("X > 0", "n × p"), ("(X > 0) X^T", "n × n"),
    ],
)  # fmt: skip
def test_the_shape_of_a_formula(text: str, shape: str) -> None:
    """Products of whole arrays are matrix products; sums and functions go element by element."""
    assert str(infer(parsed(text), SHAPES)) == shape


@pytest.mark.parametrize(
    ("function", "shape"),
    [
        ("sum", "a number"), ("mean", "a number"), ("norm", "a number"), ("trace", "a number"), ("max", "a number"),
        ("transpose", "p × n"), ("flip", "n × p"), ("softmax", "n × p"), ("exp", "n × p"), ("shape", "2"),
        ("size", "a number"), ("where", "? × 2"), ("inv", "unknown"), ("det", "unknown"), ("abs", "unknown"),
        ("factorial", "unknown"), ("multiplications", "unknown"), ("frobnicate", "unknown"), ("dot", "unknown"),
    ],
)  # fmt: skip
def test_the_shape_of_a_function(function: str, shape: str) -> None:
    """Functions reduce, keep, or turn; bars may be a norm, and a function that nobody knows has no known shape."""
    assert str(infer(Call(function, (Name("X", (0, 1)),), (0, 4)), SHAPES)) == shape


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("inv(K) w", "p"), ("outer(w, y)", "p × n"), ("dot(X, w)", "n"), ("correlate(a, g)", "h - m + 1"),
        ("zeros(n, 3)", "n × 3"), ("subsample(X, 2)", "? × p"), ("delta(X, X)", "n × p"), ("max(X, w)", "n × p"),
    ],
)  # fmt: skip
def test_the_shape_of_functions_of_several(text: str, shape: str) -> None:
    """Outer products, correlations and filled arrays have lengths with letters too."""
    assert str(infer(parse_expression(text, AXES), SHAPES)) == shape


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("X[i,k] w[k]", ("i", "k")), (r"\sum_k X_{ik} w_k", ("i",)), (r"\sum_{i,k} X_{ik} w_k", ()),
        ("X[i+k,k]", ("i", "k")), ("X[i][k]", ("i", "k")), ("w[2]", ()), (r"\max_i X_{ik}", ("k",)),
        ("X[k,i] y[i]", ("k", "i")),
    ],
)  # fmt: skip
def test_indexed_expressions_are_numbers(text: str, letters: tuple[str, ...]) -> None:
    """One element is a number with free letters; outside an array are zeros, so a letter may run over two axes."""
    assert infer(parsed(text), SHAPES)[:2] == ((), letters)


@pytest.mark.parametrize(
    "text",
    [
        "q X", "q X y", r"f(X) w", "y w^T", "w w^T", "X w^T w", "X y^T y", "W^T X^T + b", "X * W", "X * w", "X * y",
        "|y| w", "C - y", "C w^T", "X^{-1} y", "R w", "X[i] w", "X[i,j,k]", "w[i,j] y", "1_n^T y",
        "w X^T w^T", r"\sum X w", "X^q y", r"\{y, w\} X", "c_i X",
    ],
)  # fmt: skip
def test_what_may_be_meant_otherwise_is_unknown(text: str) -> None:
    """Unknown names, outer products, a bias on each column, a star between matrices: nothing is claimed of these."""
    assert infer(parsed(text), SHAPES).sizes is None


MISFITS = [
    ("X y", "X y", "n × p", "n", ["Xᵀ·y"]),
    ("2 X y", "X y", "n × p", "n", ["Xᵀ·y"]),
    ("-c X y", "X y", "n × p", "n", ["Xᵀ·y"]),
    ("X w + X y - q", "X y", "n × p", "n", ["Xᵀ·y"]),
    ("X^T w + X y", "X^T w", "p × n", "p", ["X·w"]),
    ("X^T (W y - X^T w)", "W y", "p × q", "n", []),
    (r"q(\sigma(X y))", "X y", "n × p", "n", ["Xᵀ·y"]),
    (r"\frac{1}{q} (X y)", "X y", "n × p", "n", ["Xᵀ·y"]),
    ("W X", "W X", "p × q", "n × p", []),
    ("X^T W", "X^T W", "p × n", "p × q", ["X·W"]),
    ("X X", "X X", "n × p", "n × p", ["Xᵀ·X", "X·Xᵀ"]),
    ("w X", "w X", "p", "n × p", ["w·Xᵀ"]),
    ("y w", "y w", "n", "p", []),
    ("y^T w", "y^T w", "n", "p", []),
    ("X w - w", "X w - w", "n", "p", []),
    ("X w + y + w", "X w + y + w", "n", "p", []),
    ("X + W", "X + W", "n × p", "p × q", []),
    ("X^T X + X", "X^T X + X", "p × p", "n × p", []),
    ("X^T + X", "X^T + X", "p × n", "n × p", ["X + X", "Xᵀ + Xᵀ"]),
    (r"X \odot W", r"X \odot W", "n × p", "p × q", []),
    ("w / y", "w / y", "p", "n", []),
    ("W * X", "W * X", "p × q", "n × p", []),
    ("Z a", "Z a", "(h - m + 1) × m", "h", []),
    (r"\sum_i X[i,k] (X y)", "X y", "n × p", "n", ["Xᵀ·y"]),
]


@pytest.mark.parametrize(("text", "piece", "left", "right", "meant"), MISFITS, ids=[row[0] for row in MISFITS])
def test_the_first_piece_that_cannot_be(text: str, piece: str, left: str, right: str, meant: list[str]) -> None:
    """The innermost, leftmost product or sum is named with its place, its shapes, and the transpose that fits."""
    with pytest.raises(Misfit) as caught:
        infer(parsed(text), SHAPES)
    misfit = caught.value
    assert text[slice(*misfit.place)] == piece
    assert [str(misfit.left_shape), str(misfit.right_shape)] == [left, right]
    assert [show(turned) for turned in misfit.turned] == meant


def test_a_misfit_is_uncertain_where_another_reading_fits() -> None:
    """Two matrices of one shape side by side may be meant element by element; X y can be nothing."""
    found = {}
    for text in ("X X", "X y"):
        with pytest.raises(Misfit) as caught:
            infer(parsed(text), SHAPES)
        found[text] = (caught.value.certain, caught.value.message)
    assert found == {
        "X X": (False, "n × p and n × p cannot be multiplied"),
        "X y": (True, "n × p and n cannot be multiplied"),
    }


@pytest.mark.parametrize(
    ("left", "body", "shape"),
    [
        ("Z[i,j]", "sum[l] X[i,l]*W[l,j]", "n × q"),
        ("r[i]", "sum[l] a[i+l]*g[l]", "h - m + 1"),
        ("r[i]", "sum[l=0..m-1] a[i+l]*g[l]", "h - m + 1"),
        ("r[i]", "a[i+2]", "h - 2"),
        ("r[i]", "a[i+1] - a[i]", "h - 1"),
        ("r[i=0..n]", "i", "n + 1"),
        ("r[i]", "a[2*i]", "?"),
        ("r[i]", "a[i]*w[i]", "?"),
        ("r", "X w - y", "n"),
    ],
)
def test_the_shape_of_an_equation(left: str, body: str, shape: str) -> None:
    """A letter of a forward equation runs as far as every array is read inside its bounds, in letters."""
    expr = parse_expression(left, {})
    definition = read_definition(expr, parse_expression(body, AXES))
    assert definition is not None
    assert str(Shape(sizes_of(definition, SHAPES))) == shape


# -- the same as the evaluation --------------------------------------------------------------------------------

MATRICES, VECTORS = ("A", "B", "M"), ("u", "v")
PLAIN = ("", "·", "@", "⊙")


def leaves() -> st.SearchStrategy[Expr]:
    """Matrices, vectors, numbers."""
    return st.sampled_from([Name(name, (0, 0)) for name in (*MATRICES, *VECTORS, "s")] + [Num(2, (0, 0))])


def grown(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    """One more operation."""
    signs = st.sampled_from([*PLAIN, "*"])
    return st.one_of(
        st.builds(lambda a, b, sign: Op("mul", (a, b), (0, 0), sign), inner, inner, signs),
        st.builds(lambda op, a, b: Op(op, (a, b), (0, 0)), st.sampled_from(["add", "div"]), inner, inner),
        st.builds(lambda op, a: Op(op, (a,), (0, 0)), st.sampled_from(["neg", "transpose"]), inner),
        st.builds(lambda a: Op("pow", (a, Num(2, (0, 0))), (0, 0)), inner),
        st.builds(
            lambda f, a: Call(f, (a,), (0, 0)), st.sampled_from(["tanh", "sum", "norm", "abs", "transpose"]), inner
        ),
        st.builds(
            lambda f, a, b: Call(f, (a, b), (0, 0)), st.sampled_from(["max", "delta", "dot", "outer"]), inner, inner
        ),
    )


FORMULAS = st.recursive(leaves(), grown, max_leaves=6)
LENGTHS = st.integers(1, 4)
DATA = st.fixed_dictionaries(
    {**dict.fromkeys(MATRICES, st.tuples(LENGTHS, LENGTHS)), **dict.fromkeys(VECTORS, st.tuples(LENGTHS))}
)


def evaluated(expr: Expr, lengths: dict[str, tuple[int, ...]]) -> tuple[int, ...] | None:
    """The shape of the value; None if there is none."""
    data: dict[str, Any] = {name: np.full(shape, 0.5) for name, shape in lengths.items()}
    try:
        return evaluate(expr, World({}, data | {"s": 3}).scope()).shape
    except Undecided:
        return None


def inferred(expr: Expr, lengths: dict[str, tuple[int, ...]]) -> tuple[int | None, ...] | str:
    """The inferred shape in numbers, `misfit` or `unknown`."""
    shapes: dict[str, Sizes] = {name: tuple(number(n) for n in shape) for name, shape in lengths.items()}
    try:
        found = infer(expr, shapes | {"s": ()}).sizes
    except Misfit:
        return "misfit"
    return "unknown" if found is None else tuple(None if size is None else size.constant for size in found)


@settings(max_examples=1500, deadline=None, derandomize=True, database=None)
@given(FORMULAS, DATA)
@example(parsed("X^T (X w - y)"), {"X": (3, 2), "w": (2,), "y": (3,)})
def test_shapes_agree_with_the_evaluation(expr: Expr, lengths: dict[str, tuple[int, ...]]) -> None:
    """A shape is that of the value; a misfit is never said of what can be computed; the unknown is no claim."""
    claim, truth = inferred(expr, lengths), evaluated(expr, lengths)
    if claim == "misfit":
        assert truth is None
    elif claim != "unknown":
        assert claim == truth


def two_matrices(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    """One more operation, of which there is one reading only."""
    return st.one_of(
        st.builds(lambda a, b, sign: Op("mul", (a, b), (0, 0), sign), inner, inner, st.sampled_from(PLAIN)),
        st.builds(lambda a, b: Op("add", (a, b), (0, 0)), inner, inner),
        st.builds(lambda op, a: Op(op, (a,), (0, 0)), st.sampled_from(["neg", "transpose"]), inner),
        st.builds(lambda a: Call("tanh", (a,), (0, 0)), inner),
    )


@settings(max_examples=800, deadline=None, derandomize=True, database=None)
@given(
    st.recursive(st.sampled_from([Name(name, (0, 0)) for name in (*MATRICES, "s")]), two_matrices, max_leaves=6),
    st.fixed_dictionaries(dict.fromkeys(MATRICES, st.tuples(st.integers(2, 4), st.integers(2, 4)))),
)
def test_matrices_fit_exactly_where_they_can_be_computed(expr: Expr, lengths: dict[str, tuple[int, ...]]) -> None:
    """Where signs have one reading, a formula is a misfit if and only if it cannot be computed."""
    claim, truth = inferred(expr, lengths), evaluated(expr, lengths)
    assert claim == ("misfit" if truth is None else truth)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(FORMULAS)
def test_letters_stand_for_lengths_that_differ(expr: Expr) -> None:
    """A shape with letters is that of the value at lengths that all differ, and a misfit cannot be computed there."""
    declared = {"A": "n, p", "B": "p, n", "M": "p, h-p+1", "u": "p", "v": "n", "s": ""}
    values = {"n": 3, "p": 5, "h": 11}
    lengths = {name: tuple(size.at(values) for size in sizes(text) if size) for name, text in declared.items() if text}
    truth = evaluated(expr, lengths)
    try:
        found = infer(expr, {name: sizes(text) for name, text in declared.items()}).sizes
    except Misfit:
        assert truth is None
        return
    if found is not None:
        assert tuple(size.at(values) if size else None for size in found) == truth


# -- what is said ----------------------------------------------------------------------------------------------

LEAST_SQUARES = """
questions:
  1:
    points: 4
    gradient: dJ/dw[k]
    symbols: {"X[i,k]": [n, p], "w[k]": [p], "y[i]": [n]}
    let: {"r[i]": "sum[k] X[i,k]*w[k] - y[i]", J: "sum[i] r[i]^2"}
"""
WITHOUT_LETTERS = """
questions:
  1:
    points: 4
    formula: 'g[k] = 2*sum[i] X[i,k]*(sum[l] X[i,l]*w[l] - y[i])'
    symbols: {X: [n, p], w: [p], y: [n]}
"""
NUMBER = """
questions:
  1:
    points: 4
    formula: 's = sum[i] y[i]*y[i]'
    symbols: {X: [n, p], w: [p], y: [n]}
"""
LAYER = """
questions:
  1:
    points: 4
    formula: 'Z[k,i] = sum[l] W[k,l]*X[l,i] + b[k]'
    symbols: {W: [q, p], X: [p, n], b: [q], U: [q, n], c: [q], d: [n]}
"""


def marked(rubric: str, answer: str) -> Mark:
    """The mark of an answer."""
    document = READERS.load("markdown").read(f"# 1\n\n{answer}\n", "a.md")
    graded = grade(parse_rubric(rubric, "r"), Submission("a", (document,)))
    assert graded.log == ()
    return graded.marks[0]


def pointed(mark: Mark) -> list[str]:
    """The words over the carets."""
    return [one.text[one.column - 1 : one.column - 1 + one.width] for one in mark.evidence]


GOLDEN = [
    (LEAST_SQUARES, r"$\partial J/\partial w = 3 X (X w - y)$", "X (X w - y)",
     "X is n × p and X·w - y is n, so X·(X·w - y) cannot be multiplied; did you mean Xᵀ·(X·w - y)?"),
    (LEAST_SQUARES, r"$\partial J/\partial w = X^T(X^T w - y)$", "X^T w",
     "Xᵀ is p × n and w is p, so Xᵀ·w cannot be multiplied; did you mean X·w?"),
    (LEAST_SQUARES, r"$\partial J/\partial w = 2X^T X w - X y$", "X y",
     "X is n × p and y is n, so X·y cannot be multiplied; did you mean Xᵀ·y?"),
    (LEAST_SQUARES, r"$\partial J/\partial w = 2 X^T \left(X w - w\right)$", "X w - w",
     "X·w is n and w is p, so X·w - w cannot be subtracted."),
    (WITHOUT_LETTERS, "$g = 2 X y$", "X y",
     "X is n × p and y is n, so X·y cannot be multiplied; did you mean Xᵀ·y?"),
    (NUMBER, "$s = y w$", "y w", "y is n and w is p, so y·w cannot be multiplied."),
]  # fmt: skip


@pytest.mark.parametrize(("rubric", "answer", "piece", "sentence"), GOLDEN, ids=[row[1] for row in GOLDEN])
def test_a_formula_that_cannot_be_is_wrong(rubric: str, answer: str, piece: str, sentence: str) -> None:
    """No lengths make it fit: the carets are under the piece, and the words say why and what would fit."""
    mark = marked(rubric, answer)
    assert mark.status is Status.WRONG
    assert [explain(reason) for reason in mark.reasons] == [sentence]
    assert pointed(mark) == [piece]


@pytest.mark.parametrize("answer", ["2 X (X w - y)", "2X^T(X^T w - y)", "2X^T X w - 2 X y"])
def test_a_transpose_that_explains_all_is_a_slip(answer: str) -> None:
    """Where one transpose makes it right, that is the slip, with the credit of one."""
    mark = marked(LEAST_SQUARES, rf"$\partial J/\partial w = {answer}$")
    assert (mark.status, mark.mistakes) == (Status.PARTIAL, ("wrong-transpose",))


@pytest.mark.parametrize(
    ("rubric", "answer", "sentence", "status"),
    [
        (LEAST_SQUARES, r"$\partial J/\partial w = X^T X$", "As a whole this is p × p; asked is p.", Status.REVIEW),
        (LEAST_SQUARES, r"$\partial J/\partial w = y^T X w$", "As a whole this is a number; asked is p.", Status.WRONG),
        (NUMBER, "$s = X^T y$", "As a whole this is p; asked is a number.", Status.WRONG),
    ],
)
def test_another_shape_than_asked_is_said(rubric: str, answer: str, sentence: str, status: Status) -> None:
    """A formula that can be, but is of another shape, earns nothing by itself, and both shapes are said."""
    mark = marked(rubric, answer)
    assert mark.status is status
    assert [explain(reason) for reason in mark.reasons][-1] == sentence


@pytest.mark.parametrize(
    ("rubric", "answer"),
    [
        (LEAST_SQUARES, r"$\partial J/\partial w = X^T X w - X y$ where $X \in \mathbb{R}^{p \times n}$"),
        (LEAST_SQUARES, r"If the columns of X are samples, $\partial J/\partial w = X^T X w - X y$."),
        (LEAST_SQUARES, r"$\partial J/\partial w = 2 X^T (X w - y) = 2 X^T X w - 3 X y$"),
        (LAYER, r"$Z = U^T (U U)$"),
        (NUMBER, "$s = X * y$"),
    ],
)
def test_what_may_be_meant_otherwise_is_for_a_person(rubric: str, answer: str) -> None:
    """Own lengths, another version in the chain, an outer product, a product element by element: no mark."""
    assert marked(rubric, answer).status is Status.REVIEW


@pytest.mark.parametrize(
    ("rubric", "answer", "status"),
    [
        (LEAST_SQUARES, r"$\partial J/\partial w = 2 X^T (X w - y)$", Status.RIGHT),
        (LEAST_SQUARES, r"$\partial J/\partial w = 2 (X w - y)^T X$", Status.RIGHT),
        (LEAST_SQUARES, r"$\partial J/\partial w = 2 X[i,k] r[i]$", Status.PARTIAL),
        (LEAST_SQUARES, r"$\partial J/\partial w = q X y$", Status.REVIEW),
    ],
)
def test_what_fits_is_marked_as_before(rubric: str, answer: str, status: Status) -> None:
    """Nothing is said of shapes where a formula is right, is read by its indices, or holds an unknown letter."""
    mark = marked(rubric, answer)
    assert mark.status is status
    assert not any("shape" in reason.id for reason in mark.reasons)


def test_words_without_a_mark_where_a_misfit_is_uncertain() -> None:
    """Two matrices of one shape: both products that would fit are named, and a person decides."""
    mark = marked(LAYER, "$Z = U^T (U U)$")
    assert explain(mark.reasons[0]) == (
        "U is q × n and U is q × n, so U·U cannot be multiplied as matrices; did you mean Uᵀ·U or U·Uᵀ?"
    )
    assert mark.mistakes == ()
