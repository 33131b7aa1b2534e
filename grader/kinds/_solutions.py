"""Solutions of linear equations and least-squares problems, one or all of them; and minimisers of a function."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import product
from typing import Any

from grader.kinds._vectors_written import Affine, Written, exactly
from grader.kinds._verdicts import (
    HALF,
    NOTHING,
    RIGHT,
    Condition,
    Verdict,
    amount,
    decide,
    differing,
    independent_count,
    shown,
    size_text,
    text,
    unsure,
)
from grader.kinds.kind import mistake, remark
from grader.maths.linear import Matrix, null_space
from grader.model.records import NamedTuple
from grader.model.results import Reason
from grader.reference.functions import is_exact

_NEAR = 1e-12  # relative; of a least value in double precision
_GRID = 4  # steps from a digit's middle to its edge at which a function is looked at
MOST_UNKNOWNS = 4  # more make the grid too large


class System(NamedTuple):
    """M x = r; for least squares that is A^T A x = A^T b, whose solutions are the minimisers of |A x - b|."""

    matrix: Matrix
    right: Matrix
    explain: Callable[[Written], Reason]  # why a point is no solution, with numbers

    @property
    def nullity(self) -> int:
        """How many free parameters all solutions have."""
        return int(null_space(self.matrix).shape[1])


def equations(matrix: Matrix, right: Matrix) -> System:
    """A x = b."""

    def explain(x: Written) -> Reason:
        found, wanted = differing(matrix @ shown(x), right)
        return mistake("not-a-solution", vector=text(x), product=found, wanted=wanted)

    return System(matrix, right, explain)


def normal_equations(matrix: Matrix, right: Matrix) -> System:
    """A^T A x = A^T b (Golub and Van Loan, Matrix Computations, 5.3.1)."""

    def explain(x: Written) -> Reason:
        rest = right - matrix @ shown(x)
        return mistake("not-least-squares", vector=text(x), rest=text(rest), product=text(matrix.T @ rest))

    return System(matrix.T @ matrix, matrix.T @ right, explain)


def check_solution(of: System, every: bool, found: Affine) -> Verdict:
    """A point that solves the system, and with `every` all such points; what solves it for some earns half."""
    size = of.matrix.shape[1]
    if found.start.shape != (size,):
        return Verdict(NOTHING, (remark("array-size-differs", found=size_text(found.start.shape)),))
    matrix, right = exactly(of.matrix), exactly(of.right)

    def at_zero(given: Sequence[Any]) -> list[Any]:
        return [given[0] @ given[2][:, None] - given[1][:, None]]

    conditions = [Condition(at_zero, lambda: of.explain(found.start))]
    for number, direction in enumerate(found.directions, 3):
        changed = text(of.matrix @ shown(direction))
        reason = mistake("direction-changes-product", vector=text(direction), product=changed)
        conditions.append(Condition(_still(number), partial(_same, reason), HALF))
    verdict = decide(conditions, [matrix, right, found.start, *found.directions])
    if verdict.credit != 1 or not every:
        return verdict
    free, nullity = independent_count(found.directions), of.nullity
    if free < nullity:
        return Verdict(HALF, (mistake("parameters-missing", count=free, needed=nullity),))
    return verdict


def _same(reason: Reason) -> Reason:
    return reason


def _still(direction: int) -> Callable[[Sequence[Any]], list[Any]]:
    """M d = 0."""
    return lambda given: [given[0] @ given[direction][:, None]]


# -- minimisers ----------------------------------------------------------------------------------------------------


class Minimum(NamedTuple):
    """A function of some unknowns, and its least value."""

    function: Callable[[Mapping[str, Any]], Any]  # exact for exact arguments if it can be; None where it has no value
    unknowns: tuple[str, ...]
    least: Any


def check_minimiser(of: Minimum, found: Affine) -> Verdict:
    """Whether the function takes its least value at a point.

    A decimal is right if a point inside its digits reaches the least value, found on a grid that closes in on the
    best point; it is wrong if the function stays clearly above that on a grid twice as wide.
    """
    point = found.start
    if found.directions or point.shape != (len(of.unknowns),):
        return Verdict(NOTHING, (remark("array-size-differs", found=size_text(point.shape)),))
    centre = point.best.tolist()
    value = of.function(dict(zip(of.unknowns, centre, strict=True)))
    if value is None:
        return Verdict(None, (remark("cannot-evaluate", message="the function has no value there"),))
    if is_least(of, value):
        return RIGHT
    facts = {"vector": text(point), "found": amount(value)}
    if not point.rounded:
        return Verdict(NOTHING, (mistake("not-least", **facts),))
    radii = [float(r) for r in point.ball.rad.tolist()]
    middle = [float(x) for x in centre]
    if is_least(of, _best(of, middle, point.trusted.rad.tolist(), rounds=20)):
        return RIGHT
    wide = _best(of, middle, [2 * r for r in radii], rounds=6)
    if wide > of.least + 0.1 * (value - of.least):
        return Verdict(NOTHING, (mistake("not-least", **facts),))
    return unsure()


def is_least(of: Minimum, value: Any) -> bool:
    """Whether a value is the least one: exactly, or to twelve digits."""
    if is_exact(value) and is_exact(of.least):
        return bool(value == of.least)
    return bool(abs(value - of.least) <= _NEAR * max(1.0, abs(of.least)))


def _best(of: Minimum, middle: Sequence[float], radii: Sequence[float], rounds: int) -> float:
    """The least value found inside a box: a grid around the best point so far, finer each time, never outside."""
    best, least = list(middle), float("inf")
    widths = list(radii)
    steps = range(-_GRID, _GRID + 1) if len(middle) <= 2 else range(-1, 2)
    for _ in range(rounds):
        around = list(best)
        for shift in product(steps, repeat=len(middle)):
            spot = [
                min(max(x + w * s / steps[-1], m - r), m + r)
                for x, w, s, m, r in zip(around, widths, shift, middle, radii, strict=True)
            ]
            value = of.function(dict(zip(of.unknowns, spot, strict=True)))
            if value is not None and value < least:
                best, least = spot, value
        widths = [w / 2 for w in widths]
    return least


def lowest(of: Minimum) -> tuple[list[Any], Any]:
    """The lowest point that is found from a coarse grid on, exact where it lies on it, and the value there.

    It only has to find what the rubric says is there; a point that is lower still is the rubric's fault.
    """
    steps = [Fraction(k, 2) for k in range(-8, 9)] if len(of.unknowns) <= 2 else [Fraction(k) for k in range(-2, 3)]
    values = {
        spot: value
        for spot in product(steps, repeat=len(of.unknowns))
        if (value := of.function(dict(zip(of.unknowns, spot, strict=True)))) is not None
    }
    if not values:
        return [], float("inf")
    start = min(values, key=lambda spot: (values[spot], [abs(x) for x in spot], spot))
    if is_least(of, values[start]):
        return list(start), values[start]
    point, least = [float(x) for x in start], float(values[start])
    width = 1.0
    while width > 1e-13 * max(1.0, *map(abs, point)) and width < 1e6:
        around = [
            [x + width * s for x, s in zip(point, shift, strict=True)]
            for shift in product((-1, 0, 1), repeat=len(point))
        ]
        found = [(value, spot) for spot in around if (value := _at(of, spot)) is not None]
        better = min(found, default=(least, point))
        width = width * 2 if better[0] < least else width / 2
        least, point = min((least, point), better)
    return point, least


def _at(of: Minimum, spot: Sequence[float]) -> float | None:
    value = of.function(dict(zip(of.unknowns, spot, strict=True)))
    return None if value is None else float(value)
