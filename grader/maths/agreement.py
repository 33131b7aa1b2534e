"""Whether two values over named axes agree, at every sample."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.maths.sampling import POINT_AXIS
from grader.maths.values import Value, spread, union
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


def _float(data: Any) -> np.ndarray:
    array = to_array(data)
    return array if array.dtype.kind in "fc" else array.astype(float)
