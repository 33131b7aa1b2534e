"""Where both sides of a comparison are equal: the zeros of their difference, for each point of a sample."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.maths.evaluation import evaluate
from grader.maths.sampling import POINT_AXIS
from grader.maths.values import spread
from grader.maths.worlds import World
from grader.model.errors import Unreadable
from grader.model.expressions import Expr


def numbers(expr: Expr, world: World, count: int) -> np.ndarray | None:
    """A number for each point; None where it cannot be computed, or has other axes."""
    try:
        value = evaluate(expr, world.scope())
        if value.rank or set(value.axes) - {POINT_AXIS}:
            return None
        return np.broadcast_to(np.asarray(spread(value, (POINT_AXIS,), 0), dtype=float), (count,))
    except (Unreadable, TypeError, ValueError):
        return None


def zeros(at: Callable[[np.ndarray], np.ndarray | None], values: np.ndarray) -> list[np.ndarray | None]:
    """Where the parabola through three values of a function is zero: two numbers for each point."""
    three = [at(np.full(len(values), number).astype(values.dtype)) for number in (-1, 0, 1)]
    low, middle, high = three
    if low is None or middle is None or high is None:
        return []
    square, slope = (high + low) / 2 - middle, (high - low) / 2
    with np.errstate(all="ignore"):
        reach = np.sqrt(slope * slope - 4 * square * middle)
        line = -middle / slope
        return [np.where(square == 0, line, (-slope + sign * reach) / (2 * square)) for sign in (1, -1)]
