"""Numbers with units, compared by what they measure."""

from __future__ import annotations

from fractions import Fraction

from grader.equality.scalars import Habits, compare_scalars
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found
from grader.model.expressions import Expr, Name, Num, Op, Unit, names_in, walk
from grader.reference.units import ONE, convertible, find_unit, parse_unit, power, times
from grader.reference.units import Unit as Measure

_NOWHERE = (0, 0)
_ONE = Num(1, _NOWHERE, "1")


def has_unit(expr: Expr) -> bool:
    """Whether a unit stands anywhere in an expression."""
    return any(isinstance(node, Unit) for node in walk(expr))


def with_units(expr: Expr) -> Expr:
    """An expression whose letters behind a number are units: `0.05 m`, `9.8 m/s^2`."""
    if not (isinstance(expr, Op) and expr.op in ("mul", "div")):
        return expr
    first, rest = expr.args
    if names_in(first):
        first = with_units(first)
        if names_in(first):
            return expr
    measured = _as_unit(rest)
    return expr if measured is None else Op(expr.op, (first, measured), expr.place, expr.sign)


def _as_unit(expr: Expr) -> Expr | None:
    """Names as units; None if one of them is none."""
    if isinstance(expr, Name):
        return Unit(expr.name, expr.place) if find_unit(expr.name) is not None else None
    if isinstance(expr, Op) and expr.op in ("mul", "div", "pow"):
        first = _as_unit(expr.args[0])
        second = expr.args[1] if expr.op == "pow" else _as_unit(expr.args[1])
        return None if first is None or second is None else Op(expr.op, (first, second), expr.place, expr.sign)
    return None


def compare_quantities(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """Two quantities. A unit is not asked for where the gold has none."""
    if not has_unit(gold):
        return compare_scalars(gold, _without_units(answer), habits)
    if not has_unit(answer):
        found = compare_scalars(_without_units(gold), answer, habits)
        return Found(UNDECIDED, "the unit is missing") if found.verdict == EQUAL else found
    try:
        one, other = measure_of(gold), measure_of(answer)
    except ValueError:
        return _by_words(gold, answer, habits)
    if not convertible(one, other):
        return Found(DIFFERENT, "the units measure different things")
    first, second = (_scaled(_without_units(expr), unit) for expr, unit in ((gold, one), (answer, other)))
    return compare_scalars(first, second, habits)


def _scaled(value: Expr, unit: Measure) -> Expr:
    factor, offset = Fraction(unit.factor), Fraction(unit.offset)
    scaled: Expr = Op("mul", (Num(factor, _NOWHERE, str(factor)), value), value.place)
    return Op("add", (scaled, Num(offset, _NOWHERE, str(offset))), value.place) if offset else scaled


def _by_words(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """Units that no table knows are the same where they are spelled alike."""
    found = compare_scalars(_without_units(gold), _without_units(answer), habits)
    if found.verdict != EQUAL:
        return found
    one, other = (
        sorted(node.text.lower().rstrip("s") for node in walk(expr) if isinstance(node, Unit))
        for expr in (gold, answer)
    )
    return found if one == other else Found(UNDECIDED, "a unit is not known")


def measure_of(expr: Expr) -> Measure:
    """The unit of an expression. Raises ValueError where a part of it is not known."""
    if isinstance(expr, Unit):
        return parse_unit(expr.text)
    if isinstance(expr, Op) and expr.op == "mul":
        return times(measure_of(expr.args[0]), measure_of(expr.args[1]))
    if isinstance(expr, Op) and expr.op == "div":
        return times(measure_of(expr.args[0]), power(measure_of(expr.args[1]), -1))
    if isinstance(expr, Op) and expr.op == "neg":
        return measure_of(expr.args[0])
    if isinstance(expr, Op) and expr.op == "pow" and has_unit(expr.args[0]):
        exponent = expr.args[1]
        inner = exponent.args[0] if isinstance(exponent, Op) and exponent.op == "neg" else exponent
        if not isinstance(inner, Num):
            raise ValueError("a unit to a power that is no number")
        return power(measure_of(expr.args[0]), -inner.value if inner is not exponent else inner.value)
    if has_unit(expr):
        raise ValueError("a unit inside an expression")
    return ONE


def _without_units(expr: Expr) -> Expr:
    if isinstance(expr, Unit):
        return _ONE
    if isinstance(expr, Op):
        if expr.op == "pow" and has_unit(expr.args[0]):
            return _ONE
        return Op(expr.op, tuple(_without_units(arg) for arg in expr.args), expr.place, expr.sign)
    return expr
