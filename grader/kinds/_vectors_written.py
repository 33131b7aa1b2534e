"""Vectors and matrices as a student wrote them: exact where that was typed, and how far the digits carry.

A decimal `0.71` stands for everything that rounds to it, 0.705 to 0.715; roots and fractions are what they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from grader.kinds._numbers import scalar
from grader.maths.balls import Ball
from grader.maths.evaluation import CONSTANTS, evaluate
from grader.maths.linear import Matrix, as_exact, as_floats
from grader.maths.scope import Scope
from grader.model.errors import Unreadable
from grader.model.expressions import Call, Expr, Group, Name, Num, Op, Relation, names_in, rebuilt, walk
from grader.model.records import NamedTuple
from grader.reference.functions import is_exact

_ROUNDING = 1e-12  # of roots in double precision
_MOST_DECIMALS = 12  # in one entry
_MOST_PARAMETERS = 8
_MOST_ITEMS = 24  # in one list; a matrix of a rubric has at most 12 rows
_SMALLEST, _LARGEST = Fraction(1, 10**40), 10**40  # of an entry; beyond, products of doubles overflow
_COARSE = 0.02  # a radius above this part of the largest entry says too little: 0.7 could be very much

Names = Mapping[str, Any]  # numbers by name: free parameters, and `i` where complex numbers are allowed


class Written(NamedTuple):
    """A number, vector or matrix: `ball` with what its digits allow, `exact` as typed (None if it holds roots)."""

    exact: Matrix | None
    ball: Ball

    @property
    def shape(self) -> tuple[int, ...]:
        """The lengths of the axes."""
        return self.ball.shape

    @property
    def T(self) -> Written:
        """The transpose."""
        return Written(None if self.exact is None else self.exact.T, self.ball.T)

    @property
    def rounded(self) -> bool:
        """Whether some entry is a decimal, so that it stands for more than itself."""
        limit = 1e-9 * np.maximum(1.0, np.abs(self.ball.mid)) if self.exact is None else 0.0
        return bool(np.any(self.ball.rad > limit))

    @property
    def coarse(self) -> np.ndarray:
        """Which entries have too few digits to stand for more than what is typed."""
        largest = float(np.max(np.abs(self.ball.mid), initial=0.0))
        return np.asarray(self.ball.rad > _COARSE * largest)

    @property
    def too_fine(self) -> bool:
        """Whether some decimal has more digits than doubles can tell apart."""
        rad = self.ball.rad
        return bool(np.any((rad > 0) & (rad < _ROUNDING * np.maximum(1.0, np.abs(self.ball.mid)))))

    @property
    def trusted(self) -> Ball:
        """What the digits allow; 0.5 beside 0.866 is taken as it is typed, for half a unit of it is too much."""
        return Ball(self.ball.mid, np.where(self.coarse, 0.0, self.ball.rad))

    @property
    def best(self) -> Matrix:
        """What to show and to compute with: exact if possible."""
        return self.ball.mid if self.exact is None else self.exact

    def part(self, key: Any) -> Written:
        """Some of the entries."""
        exact = None if self.exact is None else np.asarray(self.exact[key], dtype=object)
        return Written(exact, self.ball[key])

    def reshaped(self, *shape: int) -> Written:
        """The same entries in another shape."""
        exact = None if self.exact is None else self.exact.reshape(shape)
        return Written(exact, Ball(self.ball.mid.reshape(shape), self.ball.rad.reshape(shape)))


def exactly(matrix: Matrix) -> Written:
    """A matrix of the rubric."""
    return Written(matrix, Ball(as_floats(matrix), np.zeros(matrix.shape))) if matrix.dtype == object else known(matrix)


def known(matrix: Matrix) -> Written:
    """Floats that are known up to rounding."""
    return Written(None, Ball(matrix, _ROUNDING * np.maximum(1.0, np.abs(matrix))))


def stacked(items: list[Written]) -> Written:
    """Vectors as the rows of a matrix, numbers as a vector."""
    exacts = [item.exact for item in items]
    exact = None if any(e is None for e in exacts) else np.array([e.tolist() for e in exacts if e is not None], object)
    return Written(exact, Ball(np.array([i.ball.mid for i in items]), np.array([i.ball.rad for i in items])))


def number_of(expr: Expr, names: Names) -> Written | None:
    """A number; None if it is none, or holds a name that is not known."""
    try:
        value = _value(expr, names)
        if value is None or not (value == 0 or _SMALLEST < abs(value) < _LARGEST):
            return None
        decimals = [node for node in walk(expr) if isinstance(node, Num) and _half(node)]
        if len(decimals) > _MOST_DECIMALS:
            return None
        radius = 0.0 if is_exact(value) else _ROUNDING * max(1.0, abs(value))
        for node in decimals:
            moved = [_value(_moved(expr, node, sign * _half(node)), names) for sign in (-1, 1)]
            radius += max(float("inf") if m is None else float(abs(m - value)) for m in moved)
    except (Unreadable, OverflowError):
        return None
    if not np.isfinite(radius):
        return None
    exact = as_exact(value) if is_exact(value) else None
    return Written(exact, Ball(np.asarray(value if isinstance(value, complex) else float(value)), np.asarray(radius)))


def _value(expr: Expr, names: Names) -> Any:
    """An int, Fraction, float or, where `i` is a name, complex number."""
    data = evaluate(expr, Scope(names)).data
    plain = data.item() if isinstance(data, np.ndarray | np.generic) and np.size(data) == 1 else data
    if isinstance(plain, complex) and plain.imag != 0:
        return plain if np.isfinite(plain) and "i" in names else None
    return scalar(plain)


def _half(node: Num) -> Fraction:
    """Half a unit of the last digit of a decimal; 0 for a whole number."""
    mantissa, _, power = node.text.lower().partition("e")
    if "." not in mantissa and not power:
        return Fraction(0)
    places = len(mantissa.partition(".")[2]) - (int(power) if power.lstrip("+-").isdigit() and len(power) < 4 else 0)
    return Fraction(1, 2) * Fraction(10) ** -places


def _moved(expr: Expr, node: Num, by: Fraction) -> Expr:
    if expr is node:
        return Num(node.value + by, node.place, "")
    return rebuilt(expr, lambda part: _moved(part, node, by))


def matrix_of(expr: Expr | None, names: Names) -> Written | None:
    """The vector (shape (n,)) or matrix (shape (rows, columns)) that an expression lists; None if it lists none."""
    if isinstance(expr, Call) and expr.function == "binomial" and len(expr.args) == 2:  # \\binom{1}{2} is a column
        expr = Group("()", expr.args, expr.place)
    if isinstance(expr, Group):
        return _listed(expr, names)
    if isinstance(expr, Op) and expr.op in _OPERATIONS:
        found: Written | None = _OPERATIONS[expr.op](expr, names)
        return found
    return None


def _listed(group: Group, names: Names) -> Written | None:
    items = group.items
    if len(items) == 1 and (group.brackets == "()" or (isinstance(items[0], Group) and _is_table(items[0]))):
        return matrix_of(items[0], names)  # brackets around a matrix
    if len(items) > _MOST_ITEMS or any(isinstance(item, Relation) for item in items):
        return None
    rows = [matrix_of(item, names) if isinstance(item, Group | Op) else None for item in items]
    rows = [number_of(item, names) if row is None else row for item, row in zip(items, rows, strict=True)]
    found = [row for row in rows if row is not None]
    if not found or len(found) < len(rows) or len({row.shape for row in found}) > 1 or len(found[0].shape) > 1:
        return None
    return stacked(found)


def _is_table(group: Group) -> bool:
    return any(isinstance(item, Group) for item in group.items)


def _negated(expr: Op, names: Names) -> Written | None:
    inner = matrix_of(expr.args[0], names)
    return None if inner is None else Written(None if inner.exact is None else -inner.exact, -inner.ball)


def _transposed(expr: Op, names: Names) -> Written | None:
    inner = matrix_of(expr.args[0], names)
    return None if inner is None else inner.T


def _added(expr: Op, names: Names) -> Written | None:
    terms = [matrix_of(arg, names) for arg in expr.args]
    found = [term for term in terms if term is not None]
    if len(found) < len(terms) or len({term.shape for term in found}) > 1:
        return None
    total = found[0]
    for term in found[1:]:
        exact = None if total.exact is None or term.exact is None else total.exact + term.exact
        total = Written(exact, total.ball + term.ball)
    return total


def _multiplied(expr: Op, names: Names) -> Written | None:
    """A number times a list, on either side; `diag` times a list is the diagonal matrix."""
    if isinstance(expr.args[0], Name) and expr.args[0].name == "diag" and len(expr.args) == 2:
        inner = matrix_of(expr.args[1], names)
        if inner is None or len(inner.shape) != 1:
            return None
        exact = None if inner.exact is None else as_exact(np.diag([0] * len(inner.exact)).tolist())
        if exact is not None and inner.exact is not None:
            exact[np.diag_indices(len(exact))] = inner.exact
        return Written(exact, Ball(np.diag(inner.ball.mid), np.diag(inner.ball.rad)))
    lists = [matrix_of(arg, names) for arg in expr.args]
    found = [item for item in lists if item is not None]
    factors = [number_of(arg, names) for arg, item in zip(expr.args, lists, strict=True) if item is None]
    if len(found) != 1 or any(factor is None for factor in factors):
        return None
    result = found[0]
    for factor in factors:
        result = _scaled(result, factor) if factor is not None else result
    return result


def _divided(expr: Op, names: Names) -> Written | None:
    above = matrix_of(expr.args[0], names)
    below = number_of(Op("div", (Num(1, expr.place, "1"), expr.args[1]), expr.place), names)
    return None if above is None or below is None else _scaled(above, below)


def _scaled(matrix: Written, factor: Written) -> Written:
    exact = None if matrix.exact is None or factor.exact is None else matrix.exact * factor.exact.item()
    c, r = factor.ball.mid.item(), float(factor.ball.rad)
    rad = np.abs(matrix.ball.mid) * r + matrix.ball.rad * (abs(c) + r)
    return Written(exact, Ball(matrix.ball.mid * c, rad))


_OPERATIONS: Mapping[str, Any] = {
    "neg": _negated, "transpose": _transposed, "add": _added, "mul": _multiplied, "div": _divided,
}  # fmt: skip


class Affine(NamedTuple):
    """All points `start` + t1 `directions[0]` + ..., each of shape (n,)."""

    start: Written
    directions: tuple[Written, ...]


def parameters_of(expr: Expr, names: Names) -> tuple[str, ...]:
    """Names without a value, in alphabetical order."""
    return tuple(sorted(names_in(expr) - names.keys() - CONSTANTS.keys() - {"diag"}))


def affine_of(expr: Expr | None, names: Names) -> Affine | None:
    """A vector that may hold free parameters, each in the first power; None if it is no such thing."""
    if expr is None:
        return None
    free = parameters_of(expr, names)
    if len(free) > _MOST_PARAMETERS:
        return None

    def at(*values: int) -> Written | None:
        found = matrix_of(expr, {**names, **dict(zip(free, values, strict=True))})
        return None if found is None else flat(found)

    start = at(*(0 for _ in free))
    steps = [at(*(int(k == j) for j in range(len(free)))) for k in range(len(free))]
    test = at(*range(2, len(free) + 2))
    if start is None or test is None:
        return None
    directions = []
    predicted = start.ball
    for number, point in enumerate(steps):
        if point is None:
            return None
        exact = None if point.exact is None or start.exact is None else point.exact - start.exact
        step = Written(exact, point.ball - start.ball if free else point.ball)
        directions.append(step)
        predicted = predicted + Ball(step.ball.mid * (number + 2), step.ball.rad * (number + 2))
    if np.any(np.abs(predicted.mid - test.ball.mid) > 1e-9 * (1 + np.abs(test.ball.mid))):
        return None  # t^2
    turned = at(*(-1 for _ in free)) if free else start
    back = start.ball.mid - sum(step.ball.mid for step in directions)
    if turned is None or np.any(np.abs(back - turned.ball.mid) > 1e-9 * (1 + np.abs(back))):
        return None  # |t|
    return Affine(start, tuple(directions))


def flat(found: Written) -> Written | None:
    """A row or column as a vector; None for a matrix."""
    if len(found.shape) == 1:
        return found
    return found.reshaped(-1) if len(found.shape) == 2 and 1 in found.shape else None
