"""Whether labelled matrices are the factors of a matrix: each of its form, and their product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from grader.kinds._factor_forms import SHAPES, Shape
from grader.kinds._factor_table import FACTORISATIONS, Factorisation
from grader.kinds._vectors_written import Written, exactly
from grader.kinds._verdicts import (
    HALF,
    NOTHING,
    Condition,
    Verdict,
    amount,
    decide,
    differing,
    independent,
    shown,
    size_text,
    text,
    unsure,
)
from grader.kinds.kind import mistake, remark
from grader.maths.linear import Matrix, as_floats, identity, rank
from grader.model.results import Reason

Factors = Mapping[str, Written]
_LOOSE = 3  # times size and radius of a factor: what rounding its digits can change in a product of it with A


def check_factors(kind: str, matrix: Matrix, factors: Factors) -> Verdict:
    """Each factor is of its form, then the product is the matrix.

    Half is left if the product is right and a form is not, or if one factor is right by itself. What is not
    polynomial, the sign of a diagonal and that P can be inverted, is looked at when all else holds.
    """
    verdict = _checked(kind, matrix, factors)
    if verdict.credit == HALF and verdict.reasons[0].id != "diagonal-negative" and _is_copied(matrix, factors):
        return Verdict(NOTHING, verdict.reasons)
    return verdict


def _is_copied(matrix: Matrix, factors: Factors) -> bool:
    """Q = I, R = A: the matrix itself beside unit matrices is no work at all."""
    a = as_floats(matrix)
    typed = [as_floats(found.best) for found in factors.values()]
    others = [one for one in typed if one.shape != a.shape or not np.allclose(one, a)]
    units = [one.ndim == 2 and np.array_equal(one, np.eye(*one.shape)) for one in others]
    return len(others) < len(typed) and all(units)


def _checked(kind: str, matrix: Matrix, factors: Factors) -> Verdict:
    how = FACTORISATIONS[kind]
    missing = [name for name in how.names if name not in factors]
    matrices = [factors[name] for name in how.names if name in factors]
    if missing:
        return _half_for_one(how, matrix, factors, mistake("matrix-missing", name=missing[0]))
    shapes = [found.shape for found in matrices]
    if any(len(shape) != 2 for shape in shapes) or not how.sizes(*matrix.shape, *shapes):
        sizes = ", ".join(f"{name}: {size_text(shape)}" for name, shape in zip(how.names, shapes, strict=True))
        return Verdict(NOTHING, (remark("factor-sizes-differ", found=sizes),))
    given = [exactly(matrix), *matrices]
    verdict = decide(_conditions(how, matrix, factors), given)
    if verdict.credit == 1:
        return _signs(kind, factors) or _inverse(factors) or verdict
    if verdict.credit is None or verdict.reasons[0].id == "product-differs":
        return verdict if verdict.credit is None else _half_for_one(how, matrix, factors, verdict.reasons[0])
    product = decide([Condition(how.product, lambda: remark("wrong"))], given)
    form_alone = Verdict(HALF, verdict.reasons)
    invertible = kind != "PDP" or rank(matrices[0].ball.mid) == len(matrix)
    return form_alone if product.credit == 1 and invertible else verdict


def _conditions(how: Factorisation, matrix: Matrix, factors: Factors) -> list[Condition]:
    found = []
    for at, (name, forms) in enumerate(how.names.items(), 1):
        for form in forms:
            shape, own = SHAPES[form], factors[name]
            found.append(Condition(partial(_of_factor, shape, at), partial(shape.reason, name, own)))
    return [*found, Condition(how.product, lambda: _product_reason(how, matrix, factors))]


def _of_factor(shape: Shape, at: int, given: Sequence[Any]) -> list[Any]:
    return shape.zero(given[at])


def _product_reason(how: Factorisation, matrix: Matrix, factors: Factors) -> Reason:
    a = as_floats(matrix)
    given = [np.zeros_like(a), *(factors[name].ball.mid for name in how.names)]
    if how.written == "P D P^-1":
        names, whole, found, wanted = "P D", "A P", given[1] @ given[2], a @ given[1]
    elif how.written == "P^T L U":
        names, whole, found, wanted = "L U", "P A", given[2] @ given[3], given[1] @ a
    else:
        names, whole, found, wanted = how.written, "A", np.asarray(how.product(given)[0]), matrix
    first, second = differing(found, wanted)
    return mistake("product-differs", names=names, found=first, whole=whole, wanted=second)


def _half_for_one(how: Factorisation, matrix: Matrix, factors: Factors, reason: Reason) -> Verdict:
    """Half if some factor is right by itself, as far as its digits carry; undecided if these are very few."""
    a, scale = as_floats(matrix), max(1.0, float(np.max(np.abs(as_floats(matrix)))))
    verdict = Verdict(NOTHING, (reason,))
    for name, test in how.alone.items():
        found = factors.get(name)
        if found is None or len(found.shape) != 2 or found.shape[0] != len(matrix):
            continue
        if name in ("L", "P", "D") and found.shape[1] != len(matrix):
            continue
        typed = as_floats(found.best)
        if test(a, typed, 1e-9 * scale):
            return Verdict(HALF, (reason,))
        if found.rounded and test(a, typed, _LOOSE * len(a) * scale * float(np.max(found.ball.rad))):
            if not found.coarse.any():
                return Verdict(HALF, (reason,))
            verdict = unsure()
    return verdict


def _signs(kind: str, factors: Factors) -> Verdict | None:
    """A diagonal that must not be negative, and a P that can be inverted."""
    if kind == "PDP":
        columns = [factors["P"].part((slice(None), k)) for k in range(factors["P"].shape[1])]
        free = independent(columns)
        if free is None:
            return Verdict(None, (remark("digits-undecided"),))
        return None if free else Verdict(NOTHING, (mistake("not-invertible", name="P"),))
    name = {"Cholesky": "L", "SVD": "S"}.get(kind)
    if name is None:
        return None
    numbers = np.diag(factors[name].ball.mid)
    negative = [k for k, number in enumerate(numbers.tolist()) if number.real < 0]
    if not negative:
        return None
    where = f"({negative[0] + 1}, {negative[0] + 1})"
    return Verdict(HALF, (mistake("diagonal-negative", name=name, entry=amount(numbers[negative[0]]), where=where),))


def _inverse(factors: Factors) -> Verdict | None:
    """`P^-1`, where it was given too, is the inverse of P."""
    inverse, p = factors.get("P^-1"), factors.get("P")
    if inverse is None or p is None:
        return None
    if inverse.shape != p.shape:
        return Verdict(HALF, (remark("array-size-differs", found=size_text(inverse.shape)),))
    found = text(np.asarray(as_floats(shown(p)) @ as_floats(shown(inverse))))
    condition = Condition(
        lambda given: [given[0] @ given[1] - identity(len(p.ball.mid))],
        lambda: mistake("inverse-differs", found=found),
        HALF,
    )
    verdict = decide([condition], [p, inverse])
    return None if verdict.credit == 1 else verdict
