"""Properties of vectors and of bases, made ready from the fields of a rubric."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from grader.kinds import _subspaces
from grader.kinds._given import Expected, Given
from grader.kinds._model import basis_text, pairs_text, shaped, vector_text
from grader.kinds._vector_pairs import pairs as read_pairs
from grader.kinds._vectors import lists, vectors
from grader.kinds._vectors_written import Written
from grader.kinds._verdicts import Verdict, amount, shown, text
from grader.kinds.kind import mistake, remark
from grader.maths.linear import (
    Matrix,
    as_floats,
    eigenvalues,
    rank,
)
from grader.model.results import Reason


def eigenvector(given: Given) -> Expected | None:
    """A vector with A v = c v, for one eigenvalue or any."""
    matrix = given.square("of")
    values = None if matrix is None else given.eigenvalue(matrix)
    if matrix is None or values is None:
        return None
    spaces = [_subspaces.eigenspace(matrix, value) for value in values]
    if given.fields.get("value") is None:
        spaces = [one._replace(explain=partial(_no_multiple, matrix)) for one in spaces]
    expected = _one_vector(given, spaces, "eigenvector", f"an eigenvector of {text(matrix)}")
    return expected if given.fields.get("value") is None else expected._replace(eigenvalue=values[0].value)


def _no_multiple(matrix: Matrix, v: Written) -> Reason:
    return mistake("no-eigenvector", vector=text(v), product=text(matrix @ shown(v)))


def _one_vector(given: Given, spaces: list[_subspaces.Space], what: str, words: str) -> Expected:
    vector = spaces[0].basis[:, 0]
    model = vector_text(shaped(vector[:, None], given.vectors)[:, 0])
    check = partial(_subspaces.check_vector, spaces, given.vectors, what)
    article = "an" if what[0] in "aeiou" else "a"
    return Expected(vectors, spaces[0].size, check, f"{article} {what}", model, words, given.complex)


def beside(of: str) -> Callable[[Given], Expected | None]:
    """A vector `parallel` or `orthogonal` to one or several."""

    def prepare(given: Given) -> Expected | None:
        rows = given.matrix("to", axes=1)
        if rows is None:
            return None
        if not np.any(as_floats(rows)):
            given.fault("to", "every vector is orthogonal to zero, and none but zero is parallel to it")
            return None
        space = (
            _subspaces.span_of(rows.T, partial(_not_parallel, rows))
            if of == "parallel"
            else _subspaces.space(rows, partial(_not_orthogonal, rows))
        )
        if not space.dimension:
            given.fault("to", "only the zero vector is orthogonal to all of these")
            return None
        return _one_vector(given, [space], "vector", f"a vector {of} to {text(rows)}")

    return prepare


def _not_parallel(rows: Matrix, v: Written) -> Reason:
    return mistake("not-parallel", vector=text(v), other=text(rows[0]))


def _not_orthogonal(rows: Matrix, v: Written) -> Reason:
    products = [(amount(row @ shown(v)), row) for row in rows]
    product, row = next((pair for pair in products if pair[0] != "0"), products[0])
    return mistake("not-orthogonal", vector=text(v), other=text(row), product=product)


def basis(make: Callable[[Given, Matrix], tuple[_subspaces.Space, str] | None], square: bool = False) -> Any:
    """A basis of a space that is made of a matrix."""

    def prepare(given: Given) -> Expected | None:
        matrix = given.square("of") if square else given.matrix("of")
        made = None if matrix is None else make(given, matrix)
        if made is None or matrix is None:
            return None
        space, what = made
        if not space.dimension:
            given.fault("of", f"the {what} holds nothing but the zero vector, so it has no basis")
            return None
        check = partial(_each_way, partial(_subspaces.check_basis, space, given.vectors, "basis vector"))
        model = basis_text(shaped(space.basis, given.vectors))
        words = f"a basis of the {what} of {text(matrix)}"
        return Expected(lists, space.size, check, f"a basis of the {what}", model, words, given.complex)

    return prepare


def _each_way(check: Callable[[Any], Verdict], ways: list[Any]) -> Verdict:
    """A square matrix may list its rows or its columns: if these differ, a person decides."""
    verdicts = [check(way) for way in ways]
    if len({verdict.credit for verdict in verdicts}) == 1:
        return verdicts[0]
    return Verdict(None, (remark("rows-or-columns"),))


def null(given: Given, matrix: Matrix) -> tuple[_subspaces.Space, str]:
    """All x with A x = 0."""

    def explain(v: Written) -> Reason:
        return mistake("not-in-null-space", vector=text(v), product=text(matrix @ shown(v)))

    return _subspaces.space(matrix, explain), "null space"


def spanned(columns: Matrix, what: str) -> tuple[_subspaces.Space, str]:
    """The span of columns; a vector outside raises their rank, and that is the evidence."""
    dimension = rank(columns)

    def explain(v: Written) -> Reason:
        return mistake("not-in-span", vector=text(v), what=what, rank=dimension + 1, dimension=dimension)

    return _subspaces.span_of(columns, explain), what


def eigenspace(given: Given, matrix: Matrix) -> tuple[_subspaces.Space, str] | None:
    """All eigenvectors to one eigenvalue, and zero."""
    values = given.eigenvalue(matrix)
    return None if values is None else (_subspaces.eigenspace(matrix, values[0]), "eigenspace")


def pairs(given: Given) -> Expected | None:
    """All eigenvalues with eigenvectors."""
    matrix = given.square("of")
    values = None if matrix is None else given.allowed(eigenvalues(matrix))
    if matrix is None or values is None:
        return None
    plain = as_floats(matrix)
    if given.vectors in ("orthogonal", "orthonormal") and not np.allclose(plain @ plain.T, plain.T @ plain):
        given.fault("vectors", "the eigenvectors of this matrix cannot all be orthogonal: it does not commute with A^T")
        return None
    spectrum = _subspaces.Spectrum(matrix, values)
    bases = [shaped(_subspaces.eigenspace(matrix, value).basis, given.vectors) for value in values]
    model = pairs_text(values, bases)
    check = partial(_subspaces.check_pairs, spectrum, given.vectors)
    words = f"the eigenvalues of {text(matrix)} with eigenvectors"
    return Expected(read_pairs, len(matrix), check, "eigenvalues with their eigenvectors", model, words, given.complex)
