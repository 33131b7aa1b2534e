"""Complex numbers, where a rubric's number is one: `3+4i`, `3+4j`, `5 e^{0.927 i}`, `5∠53.13°`.

Only there is `i` (or `j`) the imaginary unit: everywhere else it is a letter that may be an index. A rubric that
defines one of them itself has only the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from grader.kinds._forms import literal
from grader.maths.evaluation import evaluate
from grader.maths.scope import Scope
from grader.model.errors import Unreadable
from grader.model.expressions import Expr, Name, Num, Op, names_in, rebuilt, walk

_TURN = "∠"  # the imaginary unit of an angle, whatever `i` is in a rubric
UNITS = {"i": 1j, "j": 1j, _TURN: 1j}
_LEAST = 3  # digits that a rounded number must show


class _Names(Mapping[str, Any]):
    """The names of a rubric, and the imaginary unit behind them."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self.names = names

    def __getitem__(self, name: str) -> Any:
        return self.names[name] if name in self.names else UNITS[name]

    def __contains__(self, name: object) -> bool:
        return name in self.names or name in UNITS

    def __iter__(self) -> Iterator[str]:
        return iter({**dict.fromkeys(UNITS), **dict.fromkeys(self.names)})

    def __len__(self) -> int:
        return len(set(UNITS) | set(self.names))


def speaks_of(expr: Expr, names: Mapping[str, Any]) -> bool:
    """Whether an expression of a rubric holds the imaginary unit, or an angle: then its number is complex."""
    own = {name for name in UNITS if name not in names}
    return bool(names_in(expr) & own) or any(isinstance(node, Op) and node.op == "angle" for node in walk(expr))


def complex_value(expr: Expr | None, scope: Scope | None = None, degrees: bool = False) -> complex | None:
    """The complex number of an expression, None if it is not one finite number.

    An angle is in radians unless its sign says degrees; with `degrees`, one without a sign is in degrees too.
    """
    if expr is None:
        return None
    scope = Scope({}) if scope is None else scope
    try:
        data = evaluate(*with_unit(expr, scope, degrees)).data
        value = complex(float(data) if isinstance(data, Fraction) else data)
    except (Unreadable, TypeError, ValueError, OverflowError):
        return None
    return value if abs(value) < float("inf") else None


def with_unit(expr: Expr, scope: Scope, degrees: bool = False) -> tuple[Expr, Scope]:
    """An expression with its angles spelled out, and a scope in which `i` and `j` are the imaginary unit."""
    return _plain(expr, degrees), replace(scope, names=_Names(scope.names))


def _plain(expr: Expr, degrees: bool) -> Expr:
    """An expression with its angles spelled out: r∠θ as r·e^(iθ), d° as d·π/180."""
    if isinstance(expr, Op) and expr.op == "angle":
        radius, angle = (_plain(arg, degrees) for arg in expr.args)
        if degrees and not any(isinstance(node, Op) and node.op == "degree" for node in walk(expr.args[1])):
            angle = _in_radians(angle)
        unit = Name(_TURN, angle.place)
        turned = Op("pow", (Name("e", angle.place), Op("mul", (unit, angle), angle.place)), angle.place)
        return Op("mul", (radius, turned), expr.place)
    if degrees and isinstance(expr, Op) and expr.op == "pow" and _is_turn(expr):
        base, exponent = expr.args
        return Op("pow", (base, _in_radians(_plain(exponent, degrees))), expr.place)
    if isinstance(expr, Op) and expr.op == "degree":
        return _in_radians(_plain(expr.args[0], degrees))
    return rebuilt(expr, lambda part: _plain(part, degrees))


def _is_turn(power: Op) -> bool:
    """Whether a power is e^{-j71.3}, whose angle has no sign."""
    base, exponent = power.args
    signed = any(isinstance(node, Op) and node.op == "degree" for node in walk(exponent))
    return isinstance(base, Name) and base.name == "e" and bool(names_in(exponent) & UNITS.keys()) and not signed


def _in_radians(angle: Expr) -> Expr:
    half = Op("div", (Name("pi", angle.place), Num(180, angle.place, "180")), angle.place)
    return Op("mul", (angle, half), angle.place)


def is_close(expr: Expr, value: complex, truth: complex, tolerance: Fraction | None) -> bool:
    """Whether a complex number is the reference: by the modulus of the difference.

    With a tolerance t, |a - b| <= t |b| (t itself if b is 0). Without one, a and b are equal up to 1e-9, or a is as
    far off as rounding its decimals, of at least three digits each, can make it.
    """
    distance = abs(value - truth)
    if tolerance is not None:
        return distance <= float(tolerance) * (abs(truth) or 1) * (1 + 1e-12)
    return distance <= 1e-9 * (abs(truth) or 1) + _rounding(expr, value)


def _rounding(expr: Expr, value: complex) -> float:
    """How far half a unit in the last digit of each decimal may move a number."""
    total = 0.0
    for node in walk(expr):
        if not isinstance(node, Num) or "." not in node.text:
            continue
        number = literal(node)
        if number is None:
            return 0.0
        if len(number.digits) < _LEAST:
            return 0.0
        moved = Num(number.value + Fraction(10) ** -number.places / 2, node.place, node.text)
        other = complex_value(_replaced(expr, node, moved))
        total += 0.0 if other is None else abs(other - value)
    return total * (1 + 1e-6)


def _replaced(expr: Expr, old: Expr, new: Expr) -> Expr:
    return new if expr is old else rebuilt(expr, lambda part: _replaced(part, old, new))
