"""Limits that are infinite: where a function grows without bound as its letter goes to a target."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from grader.equality.precise import Precise
from grader.equality.walker import Walker
from grader.model.errors import Undecided
from grader.model.expressions import Call, Expr, Limit, Name, Num, Op, names_in, walk

_FAR = (10, 20, 40, 80, 160)  # powers of ten: even a logarithm grows as fast as these
_NEAR = (1.5, 1.9, 2.3, 2.7, 2.9)  # where e^x can be computed
_MODEST = 30  # a larger number may hide what comes behind it: x^{400} e^{-x/10}
_DIGITS, _STEPS = 200, 4_000
# Of these, powers and logarithms no function turns round for ever (G. H. Hardy, "Orders of Infinity", 1910).
_STEADY = frozenset("exp log sqrt abs log2 log10 sinh cosh tanh arctan sigmoid".split())
_STEADY_SIGNS = frozenset(["add", "neg", "mul", "div", "pow"])


def infinite_sign(expr: Expr) -> int:
    """1 for infinity and for what certainly goes there, -1 for minus infinity, 0 for all else."""
    if isinstance(expr, Op) and expr.op == "neg":
        return -infinite_sign(expr.args[0])
    if isinstance(expr, Limit):
        return _sign_of_limit(expr)
    return int(isinstance(expr, Name) and expr.name == "infty")


def lacks_limit(expr: Expr) -> bool:
    """Whether a limit from both sides certainly has no value, since it has another one on each: `1/x` at 0."""
    if not isinstance(expr, Limit) or expr.side or infinite_sign(expr.target) or not _is_followed(expr):
        return False
    signs = {_sign_from(expr, side) for side in (1, -1)}
    if 0 not in signs:
        return len(signs) == 2
    algebra = Precise(_DIGITS, frozenset(), False)
    walker = Walker(algebra, {}, _STEPS)
    try:
        body, target = walker.bound(expr.variable, expr.body), walker(expr.target)
        one, other = (algebra.approach(target, side, body) for side in "+-")
    except (ArithmeticError, ValueError, Undecided):
        return False
    return bool(abs(one - other) > 1e-6)


def _is_followed(expr: Limit) -> bool:
    """Whether a limit is that of a steady function of its letter alone."""
    if names_in(expr.body) - {expr.variable, "pi", "e"} or names_in(expr.target) - {"pi", "e", "infty"}:
        return False
    return all(_is_steady(node) for node in walk(expr.body))


def _sign_of_limit(expr: Limit) -> int:
    """The sign of an infinite limit, from both sides unless one is named; 0 where it may have a value, or none."""
    if not _is_followed(expr):
        return 0
    sides = (1,) if infinite_sign(expr.target) else {"+": (1,), "-": (-1,)}.get(expr.side, (1, -1))
    found = {_sign_from(expr, side) for side in sides}
    return found.pop() if len(found) == 1 else 0


def _is_steady(node: Expr) -> bool:
    if isinstance(node, Num):
        return -_MODEST <= node.value <= _MODEST
    if isinstance(node, Op):
        return node.op in _STEADY_SIGNS
    return isinstance(node, Name) or (isinstance(node, Call) and node.function in _STEADY and len(node.args) == 1)


def _sign_from(expr: Limit, side: int) -> int:
    for places in (_FAR, _NEAR):
        values = _values(expr, side, places)
        if values is not None:
            return _growth(values)
    return 0


def _growth(values: list[Any]) -> int:
    """The sign of numbers that grow by more and more, or by as much as before; 0 where they may settle."""
    steps = [after - before for before, after in pairwise(values)]
    for sign in (1, -1):
        if values[-1] * sign > 10 and all(step * sign > 0 for step in steps):
            widening = all(after * sign > before * sign * 0.99 for before, after in pairwise(steps))
            return sign if widening else 0
    return 0


def _values(expr: Limit, side: int, places: tuple[float, ...]) -> list[Any] | None:
    """The values closer and closer to the target; None where they are too large to be computed, or no real numbers."""
    algebra = Precise(_DIGITS, frozenset(), False)
    mp, towards = algebra.mp, infinite_sign(expr.target)
    try:
        target = None if towards else Walker(algebra, {}, _STEPS)(expr.target)
        found = []
        for place in places:
            size = mp.mpf(10) ** mp.mpf(place)
            here = size * towards if target is None else target + side / size
            value = Walker(algebra, {expr.variable: here}, _STEPS)(expr.body)
            if not mp.isfinite(value) or type(value) is mp.mpc:
                return None
            found.append(value)
    except (ArithmeticError, ValueError, Undecided):
        return None
    return found
