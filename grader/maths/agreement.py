"""Whether two values over named axes agree, at every sample."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.maths.values import Value, spread, union
from grader.reference.functions import to_array

RELATIVE = 1e-9
ABSOLUTE = 1e-12  # of the largest entry: what cancels in a sum of that size
FEWEST = 5  # points at which both values must be defined


def agree(found: Value, wanted: Value) -> bool | None:
    """True, False, or None where it cannot be told: too few points at which both are defined.

    Entries agree if |a - b| <= 1e-9 max(|a|, |b|) + 1e-12 of the largest |b|. A point where only one of the two
    is defined (not nan, not infinite) is a difference; where neither is, it tells nothing.
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
    if np.any(np.isfinite(left) != np.isfinite(right)):
        return False
    if defined.sum() < min(FEWEST, defined.size):
        return None
    a, b = left[defined], right[defined]
    limit = RELATIVE * np.maximum(np.abs(a), np.abs(b)) + ABSOLUTE * np.max(np.abs(b), initial=0.0)
    return bool(np.all(np.abs(a - b) <= limit))


def _float(data: Any) -> np.ndarray:
    array = to_array(data)
    return array if array.dtype.kind in "fc" else array.astype(float)
