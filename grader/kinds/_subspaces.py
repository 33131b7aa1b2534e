"""Vectors and bases of a space: eigenvectors, null spaces, column spaces, what is orthogonal or parallel.

A space is all v with C v = 0. For an eigenvalue c of A, C is A - c I; for the column space of A the rows of C are a
basis of what is orthogonal to it (Strang, Introduction to Linear Algebra, 4.1: the four subspaces).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from grader.kinds._vectors import Pair, flattened
from grader.kinds._vectors_written import Written, exactly
from grader.kinds._verdicts import (
    HALF,
    NOTHING,
    RIGHT,
    Condition,
    Verdict,
    amount,
    decide,
    differing,
    independent,
    independent_count,
    of_columns,
    shown,
    size_text,
    text,
    unsure,
)
from grader.kinds.kind import mistake, remark
from grader.maths.linear import Eigenvalue, Matrix, null_space, shifted
from grader.model.records import NamedTuple
from grader.model.results import Reason

Explain = Callable[[Written], Reason]  # why a vector does not belong to a space, with numbers


class Space(NamedTuple):
    """All v with `matrix` v = 0, of a dimension."""

    matrix: Written  # C, of shape (rows, n)
    dimension: int
    explain: Explain

    @property
    def basis(self) -> Matrix:
        """One basis, as columns."""
        return null_space(self.matrix.best)

    @property
    def size(self) -> int:
        """The length of its vectors."""
        return self.matrix.shape[1]


def space(matrix: Matrix, explain: Explain) -> Space:
    """The space of all v with M v = 0."""
    return Space(exactly(matrix), null_space(matrix).shape[1], explain)


def span_of(columns: Matrix, explain: Explain) -> Space:
    """The span of the columns of a matrix."""
    return space(null_space(columns.T.conj()).T.conj(), explain)


def _not_an_eigenvector(v: Written, product: Matrix, value: str, multiple: Matrix) -> Reason:
    found, wanted = differing(product, multiple)
    facts = {"vector": text(v), "product": found, "value": value, "multiple": wanted}
    return mistake("not-an-eigenvector", **facts)


def eigenspace(matrix: Matrix, value: Eigenvalue) -> Space:
    """All v with A v = c v."""
    dimension = value.geometric

    def explain(v: Written) -> Reason:
        return _not_an_eigenvector(v, matrix @ shown(v), amount(value.value), shown(v) * value.value)

    return Space(exactly(shifted(matrix, value.value)), dimension, explain)


# -- one vector ----------------------------------------------------------------------------------------------------


def _misfit(vector: Written, size: int, what: str) -> Verdict | None:
    """A wrong number of entries, or nothing but zeros."""
    if vector.shape != (size,):
        return Verdict(NOTHING, (remark("array-size-differs", found=size_text(vector.shape)),))
    if not np.any(np.abs(vector.ball.mid) > vector.ball.rad):
        zero = Verdict(NOTHING, (mistake("zero-vector", what=what),))
        return unsure() if vector.rounded and vector.ball.mid.any() else zero
    return None


def belongs(of: Space) -> Condition:
    """C v = 0, of the matrix at 0 and the vector at 1; `reason` is set by whoever knows the vector."""
    return Condition(lambda given: [given[0] @ given[1][:, None]], lambda: remark("wrong"))


def check_vector(spaces: Sequence[Space], wanted: str, what: str, written: Written) -> Verdict:
    """A vector that is not zero and lies in one of the spaces, of length 1 where that is wanted."""
    vector = flattened(written)
    misfit = _misfit(vector, spaces[0].size, what)
    if misfit is not None:
        return misfit
    verdicts = []
    for one in spaces:
        inside = belongs(one)._replace(reason=partial(one.explain, vector))
        verdicts.append(decide([inside, *of_columns([vector], wanted, 1)], [one.matrix, vector]))
    if any(verdict.credit is None for verdict in verdicts) and RIGHT not in verdicts:
        return unsure()
    return max(verdicts, key=lambda verdict: verdict.credit or NOTHING)


# -- a basis -------------------------------------------------------------------------------------------------------


def check_basis(of: Space, wanted: str, what: str, written: Sequence[Written]) -> Verdict:
    """As many independent vectors as the space has dimensions, all inside, of the wanted lengths and angles.

    The part of them that is right earns that part of the credit; a right span of which only lengths or angles are
    wrong, or with vectors too many, earns half.
    """
    vectors = [flattened(v) for v in written]
    for vector in vectors:
        misfit = _misfit(vector, of.size, what)
        if misfit is not None:
            return misfit
    each = [decide([belongs(of)._replace(reason=partial(of.explain, v))], [of.matrix, v]) for v in vectors]
    if any(verdict.credit is None for verdict in each):
        return unsure()
    inside = [v for v, verdict in zip(vectors, each, strict=True) if verdict.credit == 1]
    count, outside = independent_count(inside), len(vectors) - len(inside)
    if outside:
        reason = next(verdict.reasons[0] for verdict in each if verdict.credit != 1)
        too_many = max(0, len(vectors) - of.dimension)  # nobody earns more by writing down more
        return Verdict(_part(count - too_many, of.dimension), (reason,))
    free = independent(vectors)
    if free is None:
        return unsure()
    facts = {"count": len(vectors), "rank": count, "needed": of.dimension}
    if not free:
        full = count >= of.dimension
        return Verdict(HALF if full else _part(count, of.dimension), (mistake("vectors-dependent", **facts),))
    if len(vectors) < of.dimension:
        return Verdict(_part(count, of.dimension), (mistake("too-few-vectors", **facts),))
    return _shaped([of.matrix] * len(vectors), [of] * len(vectors), vectors, wanted)


def _part(count: int, needed: int) -> Fraction:
    """A part of the credit that is never all of it."""
    return max(NOTHING, min(Fraction(count, needed), HALF if count >= needed else Fraction(count, needed)))


def _shaped(matrices: Sequence[Written], spaces: Sequence[Space], vectors: list[Written], wanted: str) -> Verdict:
    """The wanted lengths and angles of vectors that are known to lie in their spaces, all at once."""
    conditions = []
    for k, (one, vector) in enumerate(zip(spaces, vectors, strict=True)):
        at = len(matrices) + k
        conditions.append(Condition(_in(k, at), partial(one.explain, vector)))
    conditions += of_columns(vectors, wanted, len(matrices))
    return decide(conditions, [*matrices, *vectors])


def _in(matrix: int, vector: int) -> Callable[[Sequence[Any]], list[Any]]:
    return lambda given: [given[matrix] @ given[vector][:, None]]


# -- eigenvalues with their vectors --------------------------------------------------------------------------------


class Spectrum(NamedTuple):
    """A square matrix with its eigenvalues."""

    matrix: Matrix
    values: tuple[Eigenvalue, ...]

    @property
    def needed(self) -> int:
        """How many independent eigenvectors there are."""
        return sum(value.geometric for value in self.values)


def check_pairs(of: Spectrum, wanted: str, given: Sequence[Pair]) -> Verdict:
    """Every eigenvalue with as many independent vectors as it has; each that is right earns its part."""
    found: dict[int, list[Written]] = {}
    wrong: list[Reason] = []
    for pair in given:
        vector = flattened(pair.vector)
        misfit = _misfit(vector, len(of.matrix), "eigenvector")
        verdict, number = (misfit, -1) if misfit is not None else _check_pair(of, pair.value, vector)
        if verdict is None or verdict.credit is None:
            return unsure()
        if verdict.credit == 1:
            found.setdefault(number, []).append(vector)
        else:
            wrong.append(verdict.reasons[0])
    counts = sum(independent_count(vectors) for vectors in found.values())
    if wrong:
        return Verdict(_part(counts - max(0, len(given) - of.needed), of.needed), tuple(wrong[:2]))
    if any(independent(vectors) is None for vectors in found.values()):
        return unsure()
    right = [(number, vector) for number, vectors in found.items() for vector in vectors]
    if counts < len(right):
        facts = {"count": len(right), "rank": counts, "needed": of.needed}
        return Verdict(_part(counts, of.needed), (mistake("vectors-dependent", **facts),))
    if counts < of.needed:
        return Verdict(_part(counts, of.needed), (mistake("pairs-missing", count=counts, needed=of.needed),))
    spaces = [eigenspace(of.matrix, of.values[number]) for number, _ in right]
    return _shaped([one.matrix for one in spaces], spaces, [vector for _, vector in right], wanted)


def _check_pair(of: Spectrum, value: Written, vector: Written) -> tuple[Verdict, int]:
    """Whether A v = c v, and which eigenvalue c is."""
    product, multiple = of.matrix @ shown(vector), shown(vector) * shown(value).item()
    reason = _not_an_eigenvector(vector, product, text(value), multiple)
    number = next((k for k, e in enumerate(of.values) if _is(value, e.value)), None)
    if number is None:
        near = any(abs(complex(value.ball.mid) - complex(e.value)) <= 2 * float(value.ball.rad) for e in of.values)
        return unsure() if near and value.rounded else Verdict(NOTHING, (reason,)), -1
    inside = belongs(eigenspace(of.matrix, of.values[number]))._replace(reason=lambda: reason)
    return decide([inside], [eigenspace(of.matrix, of.values[number]).matrix, vector]), number


def _is(value: Written, eigenvalue: Any) -> bool:
    """Exactly where both are exact, otherwise within the digits if these are enough."""
    same = isinstance(eigenvalue, Fraction) and value.exact is not None and value.exact.item() == eigenvalue
    if same or (isinstance(eigenvalue, Fraction) and value.exact is not None and not value.rounded):
        return bool(same)
    if value.rounded and value.coarse.any():
        return False
    distance = abs(complex(value.ball.mid) - complex(eigenvalue))
    return bool(distance <= float(value.ball.rad) * (1 - 1e-6) + 1e-9 * max(1.0, abs(complex(eigenvalue))))
