"""Orders of growth: `O(3n^2 + n)` is O(n^2), since the quotient of the two settles as n grows."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from grader.equality.keys import key
from grader.equality.precise import Precise
from grader.equality.roles import CONSTANTS
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found
from grader.equality.walker import Walker
from grader.model.errors import Undecided
from grader.model.expressions import Call, Expr, names_in

ORDERS = frozenset(["O", "Theta", "Omega"])
_FAR = tuple(10 ** (25 * 2**step) for step in range(6))  # where powers and logarithms show what they are
_NEAR = tuple(24 * 2**step for step in range(7))  # where exponentials and factorials can still be evaluated
_RAYS = (1, 2, 3, 5)  # with two letters, one is this power of the other
_GROWING = frozenset("nmNMkKVETdDpqrwLBCS")  # letters that grow; of x, h and t nobody knows whether they shrink
_DIGITS = 60
_SHRINKS, _STAYS = 0.75, 0.95
_LEAST_STEP, _FAR_APART, _SETTLED = 0.3, 2.0, 1e-9

_CERTAIN = Found(EQUAL, "both grow alike, up to a factor")
_APART = Found(DIFFERENT, "one of them grows faster")
_OPEN = Found(UNDECIDED, "whether both grow alike is not certain")


def compare_orders(gold: Call, answer: Call) -> Found:
    """Whether two orders of growth are one: both letters to infinity, along several curves where there are two.

    A letter that may as well go to zero has to say the same at both ends.
    """
    (one, *more), (other, *others) = gold.args, answer.args
    if key(gold) == key(answer):
        return _CERTAIN
    letters = sorted((names_in(one) | names_in(other)) - CONSTANTS)
    if more or others or len(letters) > 2:
        return _OPEN
    if not letters:
        return _constants(one, other)
    ends = (False,) if _GROWING.issuperset(letters) else (False, True)
    found = [_along(one, other, path) for shrinking in ends for path in _paths(letters, shrinking)]
    if all(verdict == EQUAL for verdict in found):
        return _CERTAIN
    if any(verdict == DIFFERENT for verdict in found) and len(ends) == 1:
        return _APART
    return _APART if all(verdict == DIFFERENT for verdict in found) else _OPEN


_Path = Callable[[Any], dict[str, Any]]


def _paths(letters: list[str], shrinking: bool) -> list[_Path]:
    """Ways in which the letters grow: together, and each faster than the other."""

    def path(powers: tuple[int, ...]) -> _Path:
        def at(size: Any) -> dict[str, Any]:
            return {
                name: size**-power if shrinking else size**power for name, power in zip(letters, powers, strict=True)
            }

        return at

    if len(letters) == 1:
        return [path((1,))]
    return [path(powers) for ray in _RAYS for powers in dict.fromkeys([(1, ray), (ray, 1)])]


def _along(one: Expr, other: Expr, path: _Path) -> str:
    """What the quotient does along one path: it settles, it goes to zero or to infinity, or nobody knows."""
    mp = Precise(_DIGITS, frozenset(), False).mp
    for ladder in (_FAR, _NEAR):
        try:
            sizes = []
            for rung in ladder:
                point = path(mp.mpf(rung))
                above, below = (_value(expr, point) for expr in (one, other))
                if not (above > 0 and below > 0):
                    return UNDECIDED
                sizes.append(mp.log(above / below))
        except (ArithmeticError, ValueError, TypeError, Undecided):
            continue
        return _trend([float(size) for size in sizes])
    return UNDECIDED


def _value(expr: Expr, point: dict[str, Any]) -> Any:
    return Walker(Precise(_DIGITS, frozenset(), False), point)(expr)


def _trend(sizes: list[float]) -> str:
    """By the steps between logarithms of the quotient, each taken where the letters have twice as many digits."""
    steps = [abs(later - former) for former, later in pairwise(sizes)]
    if steps[-1] < _SETTLED or all(b <= _SHRINKS * a or b < _SETTLED for a, b in pairwise(steps)):
        return EQUAL
    apart = abs(sizes[-1]) > _FAR_APART and min(steps) > _LEAST_STEP
    return DIFFERENT if apart and all(b >= _STAYS * a for a, b in pairwise(steps)) else UNDECIDED


def _constants(one: Expr, other: Expr) -> Found:
    """O(7) is O(1)."""
    try:
        values = [_value(expr, {}) for expr in (one, other)]
    except (ArithmeticError, ValueError, Undecided):
        return _OPEN
    return _CERTAIN if all(value > 0 for value in values) else _OPEN
