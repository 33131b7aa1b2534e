"""Whether two values over named axes agree, at every sample."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from grader.maths.evaluation import evaluate
from grader.maths.repairs import with_matrix_products
from grader.maths.sampling import POINT_AXIS
from grader.maths.scope import Scope
from grader.maths.values import Value, spread, union
from grader.model.errors import Unreadable
from grader.model.expressions import Expr
from grader.reference.functions import to_array

RELATIVE = 1e-9
ABSOLUTE = 1e-12  # of the largest entry: what cancels in a sum of that size
FEWEST = 5  # points at which both values must be defined


def agree(found: Value, wanted: Value) -> bool | None:
    """True, False, or None where it cannot be told: too few points at which both are defined.

    Entries agree if |a - b| <= 1e-9 max(|a|, |b|) + 1e-12 of the largest |b| (of 1 at sampled points). A point
    where only one of the two is defined is a difference; where neither is, or one overflows, it tells nothing.
    """
    axes = union(wanted, found)
    if found.rank != wanted.rank:
        return False
    left, right = (np.asarray(_float(spread(value, axes, value.rank))) for value in (found, wanted))
    try:
        left, right = np.broadcast_arrays(left, right)
    except ValueError:
        return False
    defined = np.isfinite(left) & np.isfinite(right)
    with np.errstate(invalid="ignore"):
        overflow = np.isinf(left) | np.isinf(right)  # too large for a double on one side tells nothing
    if np.any((np.isfinite(left) != np.isfinite(right)) & ~overflow):
        return False
    if defined.sum() < min(FEWEST, defined.size):
        return None
    a, b = left[defined], right[defined]
    # What cancels in a sum over an array is of the size of its largest entries; sampled points are apart.
    scale = 1.0 if POINT_AXIS in axes else np.max(np.abs(b), initial=0.0)
    limit = RELATIVE * np.maximum(np.abs(a), np.abs(b)) + ABSOLUTE * scale
    return bool(np.all(np.abs(a - b) <= limit))


def whole_equal(
    body: Expr,
    truths: Sequence[Value],
    letters: tuple[str, ...],
    coordinates: Sequence[Mapping[str, np.ndarray]],
    scopes: Sequence[Scope],
) -> bool | None:
    """Whether a formula of whole arrays, with matrix products, agrees with truths over `letters`, element by element
    in their order, in every scope.

    None if it cannot be computed or has another shape: its author may lay out derivatives in another way.
    """
    for reading in dict.fromkeys((body, with_matrix_products(body))):
        verdicts = [
            _one_whole(reading, truth, letters, tuple(len(values[letter]) for letter in letters), scope)
            for truth, values, scope in zip(truths, coordinates, scopes, strict=True)
        ]
        if None not in verdicts:
            return all(verdicts)
    return None


def _one_whole(body: Expr, truth: Value, letters: tuple[str, ...], shape: tuple[int, ...], scope: Scope) -> bool | None:
    try:
        value = evaluate(body, scope)
    except Unreadable:
        return None
    return None if value.axes or value.shape != shape else agree(Value(letters, value.data), truth)


def _float(data: Any) -> np.ndarray:
    array = to_array(data)
    return array if array.dtype.kind in "fc" else array.astype(float)
