"""The closed table of properties: what each needs in a rubric, how its answers are read, and how they are checked."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from grader.kinds import _solutions, _subspaces
from grader.kinds._factor_table import FACTORISATIONS
from grader.kinds._factors import check_factors
from grader.kinds._given import Given
from grader.kinds._matrices import factors_of
from grader.kinds._model import basis_text, factors_text, pairs_text, shaped, vector_text
from grader.kinds._numbers import scalar
from grader.kinds._vectors import Reader, lists, pairs, points, vectors
from grader.kinds._verdicts import Verdict, amount, shown, text
from grader.kinds._written import Written
from grader.kinds.kind import mistake, remark
from grader.maths.evaluation import evaluate
from grader.maths.linear import (
    Matrix,
    as_floats,
    eigenvalues,
    null_space,
    rank,
    rational,
    solve,
)
from grader.maths.scope import Scope
from grader.model.errors import Unreadable
from grader.model.expressions import Expr, Name, Op, Relation, names_in
from grader.model.results import Reason
from grader.notation.printing import show


class Expected(NamedTuple):
    """A property made ready: how answers are read, the length of a vector, and the check of what was read."""

    read: Reader
    size: int
    check: Callable[[Any], Verdict]
    what: str  # "an eigenvector", for "Asked for: ..."
    model: str  # one answer, as a student may write it
    words: str  # the property, for the instructor
    complex: bool = False


class Property(NamedTuple):
    """One row: which fields it `needs` and `may` have beside `property`, and how it is prepared."""

    doc: str
    needs: tuple[str, ...]
    may: tuple[str, ...]
    prepare: Callable[[Given], Expected | None]


# -- vectors and bases ---------------------------------------------------------------------------------------------


def _eigenvector(given: Given) -> Expected | None:
    matrix = given.square("of")
    values = None if matrix is None else given.eigenvalue(matrix)
    if matrix is None or values is None:
        return None
    spaces = [_subspaces.eigenspace(matrix, value) for value in values]
    if given.fields.get("value") is None:
        spaces = [one._replace(explain=partial(_no_multiple, matrix)) for one in spaces]
    return _one_vector(given, spaces, "eigenvector", f"an eigenvector of {text(matrix)}")


def _no_multiple(matrix: Matrix, v: Written) -> Reason:
    return mistake("no-eigenvector", vector=text(v), product=text(matrix @ shown(v)))._replace(mistake=False)


def _one_vector(given: Given, spaces: list[_subspaces.Space], what: str, words: str) -> Expected:
    vector = spaces[0].basis[:, 0]
    model = vector_text(shaped(vector[:, None], given.vectors)[:, 0])
    check = partial(_subspaces.check_vector, spaces, given.vectors, what)
    article = "an" if what[0] in "aeiou" else "a"
    return Expected(vectors, spaces[0].size, check, f"{article} {what}", model, words, given.complex)


def _beside(of: str) -> Callable[[Given], Expected | None]:
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


def _basis(make: Callable[[Given, Matrix], tuple[_subspaces.Space, str] | None], square: bool = False) -> Any:
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


def _null(given: Given, matrix: Matrix) -> tuple[_subspaces.Space, str]:
    def explain(v: Written) -> Reason:
        return mistake("not-in-null-space", vector=text(v), product=text(matrix @ shown(v)))

    return _subspaces.space(matrix, explain), "null space"


def _spanned(columns: Matrix, what: str) -> tuple[_subspaces.Space, str]:
    """The span of columns; a vector outside raises their rank, and that is the evidence."""
    dimension = rank(columns)

    def explain(v: Written) -> Reason:
        return mistake("not-in-span", vector=text(v), what=what, rank=dimension + 1, dimension=dimension)

    return _subspaces.span_of(columns, explain), what


def _eigenspace(given: Given, matrix: Matrix) -> tuple[_subspaces.Space, str] | None:
    values = given.eigenvalue(matrix)
    return None if values is None else (_subspaces.eigenspace(matrix, values[0]), "eigenspace")


def _pairs(given: Given) -> Expected | None:
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
    return Expected(pairs, len(matrix), check, "eigenvalues with their eigenvectors", model, words, given.complex)


# -- factorisations, equations, functions --------------------------------------------------------------------------


def _factorisation(given: Given) -> Expected | None:
    matrix, kind = given.matrix("of"), given.option("as", "QR")
    if matrix is None:
        return None
    how = FACTORISATIONS[kind]
    trouble = how.exists(matrix)
    if trouble:
        given.fault("of", f"there is no such factorisation: {trouble}")
        return None
    computed = how.compute(matrix)
    if any(np.iscomplexobj(found) for found in computed.values()) and not given.complex:
        given.fault("of", "the factors are complex", "write `numbers: complex`")
        return None
    check = partial(check_factors, kind, matrix)
    what, words = f"the factors {', '.join(how.names)}", f"{text(matrix)} = {how.written}"
    return Expected(factors_of(kind), len(matrix), check, what, factors_text(computed), words, given.complex)


def _system(given: Given) -> tuple[Matrix, Matrix] | None:
    """A and b of `of: A x = b`."""
    node = given.fields.get("of")
    expr = given.setup.parse(node)
    if expr is None or node is None:
        return None
    found = _sides(expr, given)
    if found is None:
        given.fault("of", "an equation with one unknown vector at its end is expected here", "write `A x = b`")
        return None
    try:
        a, b = (np.asarray(given.value_of(side)) for side in found)
    except Unreadable as error:
        given.fault("of", f"cannot compute this: {error.message}")
        return None
    matrix, right = given.checked("of", rational(a), 2), given.checked("of", rational(b), 1)
    if matrix is None or right is None:
        return None
    if right.size != len(matrix):
        given.fault("of", f"A has {len(matrix)} rows, and b has {right.size} entries")
        return None
    return matrix, right.reshape(-1)


def _sides(expr: Expr, given: Given) -> tuple[Expr, Expr] | None:
    """The expressions A and b of `A x = b`, where x is a name that the rubric does not know."""
    if not (isinstance(expr, Relation) and expr.ops == ("=",)):
        return None
    left, right = expr.operands
    if not (isinstance(left, Op) and left.op == "mul") or right is None:
        return None
    unknown = left.args[1]
    is_free = isinstance(unknown, Name) and unknown.name not in given.setup.names
    return (left.args[0], right) if is_free else None


def _solution(every: bool, squares: bool) -> Callable[[Given], Expected | None]:
    def prepare(given: Given) -> Expected | None:
        system = _system(given)
        if system is None:
            return None
        of = _solutions.normal_equations(*system) if squares else _solutions.equations(*system)
        start = solve(of.matrix, of.right)
        if start is None:
            given.fault("of", "this has no solution", "ask for `least squares`")
            return None
        free = null_space(of.matrix) if every else np.zeros((len(start), 0))
        terms = [vector_text(start), *(f"t{k} * {vector_text(free[:, k])}" for k in range(free.shape[1]))]
        check = partial(_solutions.check_solution, of, every)
        what = "a least-squares solution" if squares else "all solutions" if every else "a solution"
        words = f"{what} of {text(system[0])} x = {text(system[1])}"
        return Expected(points, len(start), check, what, " + ".join(terms), words, given.complex)

    return prepare


def _minimiser(given: Given) -> Expected | None:
    expr, least = given.setup.parse(given.fields.get("of")), given.setup.parse(given.fields.get("value"))
    if expr is None or least is None:
        return None
    world = given.setup.world
    symbols = [name for name in given.setup.names if name in names_in(expr) and name not in world]
    if not 1 <= len(symbols) <= _solutions.MOST_UNKNOWNS:
        message = f"a function of 1 to {_solutions.MOST_UNKNOWNS} unknowns is expected"
        given.fault("of", message, "list them under `symbols`")
        return None

    def function(point: Mapping[str, Any]) -> Any:
        try:
            found = evaluate(expr, Scope(ChainMap(dict(point), dict(world.scope().names)))).data
        except Unreadable:
            return None
        return scalar(found)

    value = scalar(evaluate(least, world.scope()).data)
    of = _solutions.Minimum(function, tuple(symbols), value)
    point, lowest = _solutions.lowest(of)
    if not _solutions.is_least(of, lowest):
        message = f"this is not the least value: {amount(lowest)} was found at {vector_text(np.array(point))}"
        given.fault("value", message)
        return None
    check = partial(_solutions.check_minimiser, of)
    words = f"a point where {show(expr)} = {amount(value)}"
    return Expected(points, len(symbols), check, "a point", vector_text(np.array(point)), words)


PROPERTIES: Mapping[str, Property] = {
    "eigenvector": Property("a vector with A v = c v", ("of",), ("value", "vectors", "numbers"), _eigenvector),
    "eigenpairs": Property("all eigenvalues with eigenvectors", ("of",), ("vectors", "numbers"), _pairs),
    "eigenspace": Property(
        "a basis of all eigenvectors to a value", ("of", "value"), ("vectors", "numbers"), _basis(_eigenspace, True)
    ),
    "null space": Property("a basis of all x with A x = 0", ("of",), ("vectors",), _basis(_null)),
    "column space": Property(
        "a basis of the span of the columns", ("of",), ("vectors",), _basis(lambda g, a: _spanned(a, "column space"))
    ),
    "row space": Property(
        "a basis of the span of the rows", ("of",), ("vectors",), _basis(lambda g, a: _spanned(a.T, "row space"))
    ),
    "basis": Property(
        "a basis of the span of the listed vectors", ("of",), ("vectors",), _basis(lambda g, a: _spanned(a.T, "span"))
    ),
    "parallel": Property("a multiple of a vector", ("to",), ("vectors",), _beside("parallel")),
    "orthogonal": Property("a vector orthogonal to one or several", ("to",), ("vectors",), _beside("orthogonal")),
    "solution": Property("one solution of A x = b", ("of",), (), _solution(False, False)),
    "all solutions": Property("every solution, with free parameters", ("of",), (), _solution(True, False)),
    "least squares": Property("an x with the least |A x - b|", ("of",), (), _solution(False, True)),
    "minimiser": Property("a point where a function is least", ("of", "value"), (), _minimiser),
    "factorisation": Property("matrices whose product is A", ("of", "as"), ("numbers",), _factorisation),
}
