"""Whether two values over named axes agree, at every sample."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.maths.sampling import POINT_AXIS
from grader.maths.values import Value, spread, union
from grader.reference.functions import to_array

RELATIVE = 1e-9
ABSOLUTE = 1e-12  # of the largest entry: what cancels in a sum of that size
TINY = 1e-9  # values so small may be constants of nature, or what is left of 0
FEWEST = 5  # points at which both values must be defined


def agree(found: Value, wanted: Value) -> bool | None:
    """True, False, or None where it cannot be told: too few points at which both are defined.

    Entries agree if |a - b| <= 1e-9 max(|a|, |b|) + 1e-12 of the largest |b| (of 1 at sampled points, or if that is 0).
    Where neither is defined, or one overflows, a point tells nothing. Two that agree wherever both are defined, but are
    not defined at the same points, (2x^2 + x)/x and 2x + 1, are for a person to tell; so are different tiny values.
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
    apart = bool(np.any((np.isfinite(left) != np.isfinite(right)) & ~overflow))
    if defined.sum() < min(FEWEST, defined.size):
        return False if apart else None
    a, b = left[defined], right[defined]
    # What cancels in a sum over an array is of the size of its largest entries; sampled points are apart.
    size = np.max(np.abs(b), initial=0.0)
    tiny = size < TINY
    scale = 1.0 if (POINT_AXIS in axes or tiny) else size
    limit = RELATIVE * np.maximum(np.abs(a), np.abs(b))
    if tiny and np.any(b) and np.any(np.abs(a - b) > limit) and np.max(np.abs(a), initial=0.0) < TINY:
        return None  # 2 h f for h f, or noise around 0, sin(pi): nobody can tell
    same = bool(np.all(np.abs(a - b) <= limit + ABSOLUTE * scale))
    return None if same and apart else same


def _float(data: Any) -> np.ndarray:
    array = to_array(data)
    return array if array.dtype.kind in "fc" else array.astype(float)
