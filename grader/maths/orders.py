"""Comparisons of values, entry by entry."""

from __future__ import annotations

from typing import Any

import numpy as np


def _ordered(compare: Any) -> Any:
    """An order of real numbers: a complex number is neither more nor less than any other."""

    def holds(one: Any, other: Any) -> Any:
        if not np.iscomplexobj(one) and not np.iscomplexobj(other):
            return compare(one, other)
        real = (np.imag(one) == 0) & (np.imag(other) == 0)
        return real & compare(np.real(one), np.real(other))

    return holds


COMPARISONS = {
    "=": np.equal, "!=": np.not_equal, "<": _ordered(np.less), "<=": _ordered(np.less_equal),
    ">": _ordered(np.greater), ">=": _ordered(np.greater_equal),
}  # fmt: skip
