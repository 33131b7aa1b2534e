"""Whether what a student wrote has a property: condition by condition, the first that fails said in numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from grader.kinds._vectors_written import Written, stacked
from grader.kinds.kind import mistake, remark
from grader.maths.balls import Equations, possible, refuted
from grader.maths.linear import Matrix, rank
from grader.model.records import NamedTuple
from grader.model.results import Reason

NOTHING, HALF, ALL = Fraction(0), Fraction(1, 2), Fraction(1)
_LONGEST = 12  # characters of a fraction that is shown as one


class Verdict(NamedTuple):
    """What an answer is worth, None if that cannot be told, and why."""

    credit: Fraction | None
    reasons: tuple[Reason, ...] = ()


RIGHT = Verdict(ALL)


def unsure() -> Verdict:
    """The digits that were written allow both."""
    return Verdict(None, (remark("digits-undecided"),))


class Condition(NamedTuple):
    """Equations that must hold for the given matrices; if not, the reason, and the credit that is left.

    Conditions are looked at in order, so `credit` is for an answer that fulfils all those before.
    """

    zero: Equations
    reason: Callable[[], Reason]
    credit: Fraction = NOTHING


def decide(conditions: Sequence[Condition], given: Sequence[Written]) -> Verdict:
    """The first condition that fails for certain; right if all can hold together; undecided otherwise.

    Exact entries are decided exactly. Decimals are right as typed, or if a witness stands inside their digits; they
    are wrong if nothing inside their digits will do. The rest is left to a person.
    """
    exact = [item.exact for item in given if item.exact is not None]
    all_exact, rounded = len(exact) == len(given), any(item.rounded for item in given)
    balls = [item.ball for item in given]
    unproved = False
    for condition in conditions:
        if all_exact and vanishes(condition.zero(exact)):
            continue
        if (all_exact and not rounded) or refuted(condition.zero, balls):
            return Verdict(condition.credit, (condition.reason(),))
        unproved = True
    if not unproved:
        return RIGHT

    if all_exact and any(item.too_fine for item in given):
        return unsure()

    def together(values: Sequence[Any]) -> list[Any]:
        return [equation for condition in conditions for equation in condition.zero(values)]

    return RIGHT if possible(together, [item.trusted for item in given]) else unsure()


def vanishes(equations: Sequence[Any]) -> bool:
    """Whether exact matrices are zero."""
    return all(not np.any(np.asarray(found) != 0) for found in equations)


# -- what lists of vectors have to be ------------------------------------------------------------------------------


def independent(vectors: Sequence[Written]) -> bool | None:
    """Whether vectors are linearly independent; None if their digits allow both.

    Exactly for exact entries. Otherwise by the smallest singular value of the vectors scaled to length 1: above
    twice the radius of the whole matrix they are independent wherever inside their digits they lie (Weyl).
    """
    matrix = stacked(list(vectors))
    if matrix.exact is not None and (not matrix.rounded or rank(matrix.exact) < len(vectors)):
        return rank(matrix.exact) == len(vectors)
    if len(vectors) > matrix.shape[1]:
        return False
    lengths = np.linalg.norm(matrix.ball.mid, axis=1, keepdims=True)
    if not np.all(lengths > 0):
        return False
    smallest = np.linalg.svd(matrix.ball.mid / lengths, compute_uv=False)[-1]
    radius = np.linalg.norm(matrix.ball.rad / lengths)
    if smallest > 2 * radius + 1e-9:
        return True
    return False if not matrix.rounded and smallest < 1e-9 else None


def independent_count(vectors: Sequence[Written]) -> int:
    """How many of the vectors, as typed, are independent."""
    if not vectors:
        return 0
    matrix = stacked(list(vectors))
    return rank(matrix.best)


def orthogonal(first: Written, second: Written, credit: Fraction = HALF) -> Condition:
    """Of the vectors (given as columns of one matrix at 0): the product of two is zero."""
    product = shown(first).conj() @ shown(second)
    reason = mistake("not-orthogonal", vector=text(first), other=text(second), product=amount(product))
    return Condition(lambda given: [], lambda: reason, credit)


def of_columns(vectors: Sequence[Written], wanted: str, at: int) -> list[Condition]:
    """The conditions `unit`, `orthogonal` and `orthonormal` (none for `any`) on vectors that are given from `at` on."""
    conditions = []
    if wanted in ("orthogonal", "orthonormal"):
        for k, second in enumerate(vectors):
            for j, first in enumerate(vectors[:k]):
                conditions.append(orthogonal(first, second)._replace(zero=_product(at + j, at + k, 0)))
    if wanted in ("unit", "orthonormal"):
        for k, vector in enumerate(vectors):
            conditions.append(Condition(_product(at + k, at + k, 1), _length_reason(vector), HALF))
    return conditions


def _product(first: int, second: int, value: int) -> Equations:
    """The inner product of two of the given vectors is a number."""

    def zero(given: Sequence[Any]) -> list[Any]:
        found = given[first].conj()[None, :] @ given[second][:, None]
        return [found - np.array([[Fraction(value)]], dtype=object)]

    return zero


def _length_reason(vector: Written) -> Callable[[], Reason]:
    length = float(np.linalg.norm(np.asarray(vector.ball.mid)))
    return lambda: mistake("not-unit", vector=text(vector), length=amount(length))


# -- in words ------------------------------------------------------------------------------------------------------


def shown(matrix: Written) -> Matrix:
    """The entries as they are shown: decimals stay decimals."""
    return matrix.ball.mid if matrix.rounded else matrix.best


def differing(first: Matrix, second: Matrix) -> tuple[str, str]:
    """Two vectors or matrices, with as many digits as it takes to see that they differ."""
    found = text(first), text(second)
    for digits in (8, 12, 16):
        if found[0] != found[1]:
            break
        found = text(first, digits), text(second, digits)
    return found


def amount(value: Any, digits: int = 4) -> str:
    """A number for a sentence: a fraction as it is, anything else to some digits."""
    plain = value.item() if isinstance(value, np.ndarray | np.generic) else value
    if isinstance(plain, int | Fraction):
        return str(plain) if len(str(plain)) <= _LONGEST else f"{float(plain):.{digits}g}"
    if isinstance(plain, complex):
        real, imaginary = plain.real, plain.imag
        if abs(imaginary) < 1e-12 * max(1.0, abs(real)):
            return amount(real, digits)
        last = f"{amount(abs(imaginary), digits)}i" if abs(imaginary) != 1 else "i"
        if abs(real) < 1e-12 * max(1.0, abs(imaginary)):
            return last if imaginary > 0 else f"-{last}"
        return f"{amount(real, digits)} {'+' if imaginary > 0 else '-'} {last}"
    found = float(plain)
    return "0" if abs(found) < 1e-12 else f"{found:.{digits}g}"


def text(matrix: Written | Matrix, digits: int = 4) -> str:
    """A vector as (1, 2), a matrix as [[1, 2], [3, 4]]."""
    array = shown(matrix) if isinstance(matrix, Written) else matrix
    if array.ndim == 0:
        return amount(array, digits)
    if array.ndim == 1:
        return "(" + ", ".join(amount(entry, digits) for entry in array) + ")"
    return "[" + ", ".join("[" + ", ".join(amount(entry, digits) for entry in row) + "]" for row in array) + "]"


def size_text(shape: tuple[int, ...]) -> str:
    """ "3 entries", or "2 by 3"."""
    return " by ".join(str(length) for length in shape) + (" entries" if len(shape) == 1 else "")
