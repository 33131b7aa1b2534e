"""Where both sides of a comparison are equal: the zeros of their difference, for each point of a sample."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

import numpy as np

from grader.maths.evaluation import evaluate
from grader.maths.sampling import POINT_AXIS, POINTS
from grader.maths.values import Value, spread
from grader.maths.worlds import Domain, World
from grader.model.errors import Unreadable
from grader.model.expressions import Expr, Op, spelled

Difference = Callable[[np.ndarray], np.ndarray | None]

_SIZES = np.array([step * 10.0**power for power in range(-3, 13) for step in (1.0, 3.0)])
_HALVINGS, _NEAR, _FAR = 80, 1e-9, 1000.0


def apart_from_order(turns: Iterable[tuple[Expr, Expr]]) -> list[tuple[Expr, Expr]]:
    """Each pair of sides once, wherever it stands: x < 4 and 4 <= x turn at one place."""
    return list({frozenset(map(spelled, turn)): turn for turn in turns}.values())


def numbers(expr: Expr, world: World, count: int) -> np.ndarray | None:
    """A number for each point; None where it cannot be computed, or has other axes."""
    try:
        value = evaluate(expr, world.scope())
        if value.rank or set(value.axes) - {POINT_AXIS}:
            return None
        return np.broadcast_to(np.asarray(spread(value, (POINT_AXIS,), 0), dtype=float), (count,))
    except (Unreadable, TypeError, ValueError, OverflowError):
        return None


def apart(one: Expr, other: Expr, name: str, world: World, count: int = POINTS) -> Difference:
    """How far both sides are apart, as a function of the values of a name."""
    difference = Op("add", (one, Op("neg", (other,), other.place)), one.place)

    def at(values: np.ndarray) -> np.ndarray | None:
        found = numbers(difference, world.with_data({name: Value((POINT_AXIS,), values)}), count)
        if found is None and (values == values[0]).all() and float(values[0]).is_integer():  # n! of one number only
            found = numbers(difference, world.with_data({name: int(values[0])}), count)
        return found

    return at


def roots_of(at: Difference, domain: Domain) -> list[np.ndarray]:
    """The zeros in a domain, NaN at the points that have none: by a parabola, or else by halving from size to size."""
    with np.errstate(all="ignore"):
        found = [_inside(root, domain) for root in zeros(at, np.zeros(POINTS)) if root is not None]
        exact = [root for root in found if _vanishes(at, root)]
        return exact if exact or not _goes_on(at) else list(_halved(at, domain))


def zeros(at: Difference, values: np.ndarray) -> list[np.ndarray | None]:
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


def _inside(root: np.ndarray, domain: Domain) -> np.ndarray:
    within = (root > domain.low) & (root < domain.high)
    if domain.whole:  # a turn on an end of whole numbers has them on one side
        within |= (root == domain.low) | (root == domain.high)
    return np.where(np.isfinite(root) & within, root, np.nan)


def _vanishes(at: Difference, root: np.ndarray) -> bool:
    """Whether both sides are equal at such zeros, as far as doubles tell."""
    known = np.isfinite(root)
    here, beside = at(np.where(known, root, 0.0)), at(np.where(known, root + 1 + np.abs(root), 0.0))
    if here is None or not known.any() or not np.isfinite(here[known]).all():
        return False
    size = 1 + np.abs(root) + (0 if beside is None else np.abs(beside))
    return bool((np.abs(here) <= _NEAR * size)[known].all())


def _goes_on(at: Difference) -> bool:
    """Whether a function is no parabola: far away it is not where three values say, or one of these is missing."""
    low, middle, high, there = (at(np.full(POINTS, float(place))) for place in (-1, 0, 1, _FAR))
    if low is None or middle is None or high is None or there is None:
        return True
    said = middle + (high - low) / 2 * _FAR + ((high + low) / 2 - middle) * _FAR**2
    return not bool((np.abs(said - there) <= 1e-6 * (1 + np.abs(there))).all())


def _halved(at: Difference, domain: Domain) -> Iterator[np.ndarray]:
    whole = np.floor if domain.whole else np.asarray
    grid = np.concatenate([-_SIZES[::-1], [0.0], _SIZES])
    if np.isfinite(domain.low) and np.isfinite(domain.high):
        grid = np.linspace(domain.low, domain.high, 66)
    grid = np.unique(whole(grid))
    grid = grid[(grid >= domain.low) & (grid <= domain.high)]
    values = [at(np.full(POINTS, place)) for place in grid]
    for (low, first), (high, last) in pairwise(zip(grid, values, strict=True)):
        if first is None or last is None:
            continue
        crosses = np.isfinite(first) & np.isfinite(last) & ((first > 0) != (last > 0))
        left, right = np.full(POINTS, low), np.full(POINTS, high)
        for _ in range(_HALVINGS if crosses.any() else 0):
            middle = whole((left + right) / 2)
            found = at(middle)
            if found is None:
                break
            before = (found > 0) == (first > 0)
            left, right = np.where(before, middle, left), np.where(before, right, middle)
        if crosses.any():
            yield np.where(crosses, (left + right) / 2, np.nan)
