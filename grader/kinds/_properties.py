"""The closed table of properties: what each needs in a rubric, how its answers are read, and how they are checked."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from grader.kinds import _solutions
from grader.kinds._factor_table import FACTORISATIONS
from grader.kinds._factors import check_factors
from grader.kinds._given import Expected, Given
from grader.kinds._matrices import factors_of
from grader.kinds._model import factors_text, vector_text
from grader.kinds._numbers import scalar
from grader.kinds._property_spaces import basis, beside, eigenspace, eigenvector, null, pairs, spanned
from grader.kinds._vectors import points
from grader.kinds._verdicts import amount, text
from grader.maths.evaluation import evaluate
from grader.maths.linear import (
    Matrix,
    null_space,
    rational,
    solve,
)
from grader.maths.scope import Scope
from grader.model.errors import Unreadable
from grader.model.expressions import Expr, Name, Op, Relation, names_in
from grader.model.records import NamedTuple
from grader.notation.printing import show


class Property(NamedTuple):
    """One row: which fields it `needs` and `may` have beside `property`, and how it is prepared."""

    doc: str
    needs: tuple[str, ...]
    may: tuple[str, ...]
    prepare: Callable[[Given], Expected | None]


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
        return Expected(points, len(start), check, what, " + ".join(terms), words, given.complex, every=every)

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
    "eigenvector": Property("a vector with A v = c v", ("of",), ("value", "vectors", "numbers"), eigenvector),
    "eigenpairs": Property("all eigenvalues with eigenvectors", ("of",), ("vectors", "numbers"), pairs),
    "eigenspace": Property(
        "a basis of all eigenvectors to a value", ("of", "value"), ("vectors", "numbers"), basis(eigenspace, True)
    ),
    "null space": Property("a basis of all x with A x = 0", ("of",), ("vectors",), basis(null)),
    "column space": Property(
        "a basis of the span of the columns", ("of",), ("vectors",), basis(lambda g, a: spanned(a, "column space"))
    ),
    "row space": Property(
        "a basis of the span of the rows", ("of",), ("vectors",), basis(lambda g, a: spanned(a.T, "row space"))
    ),
    "basis": Property(
        "a basis of the span of the listed vectors", ("of",), ("vectors",), basis(lambda g, a: spanned(a.T, "span"))
    ),
    "parallel": Property("a multiple of a vector", ("to",), ("vectors",), beside("parallel")),
    "orthogonal": Property("a vector orthogonal to one or several", ("to",), ("vectors",), beside("orthogonal")),
    "solution": Property("one solution of A x = b", ("of",), (), _solution(False, False)),
    "all solutions": Property("every solution, with free parameters", ("of",), (), _solution(True, False)),
    "least squares": Property("an x with the least |A x - b|", ("of",), (), _solution(False, True)),
    "minimiser": Property("a point where a function is least", ("of", "value"), (), _minimiser),
    "factorisation": Property("matrices whose product is A", ("of", "as"), ("numbers",), _factorisation),
}
