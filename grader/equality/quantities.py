"""Numbers with units, compared by what they measure."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from grader.equality.hashing import hashed
from grader.equality.keys import key
from grader.equality.precise import Precise
from grader.equality.roles import CONSTANTS
from grader.equality.scalars import Habits, compare_scalars
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found
from grader.equality.walker import Walker
from grader.model.errors import Undecided
from grader.model.expressions import Expr, Group, Name, Num, Op, Relation, Text, Unit, names_in, rebuilt, walk
from grader.reference.rates import mixes_turns
from grader.reference.units import DIMENSIONS, find_unit, parse_unit
from grader.reference.units import Unit as Measure

_GLYPHS = {"Omega": "Ω", "mu": "µ"}
_NOWHERE = (0, 0)
_PI = frozenset(["pi"])  # 36 pi cm^3
_ONE = Num(1, _NOWHERE, "1")


def has_unit(expr: Expr) -> bool:
    """Whether a unit stands anywhere in an expression."""
    return any(isinstance(node, Unit) for node in walk(expr))


def compare_quantities(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """Two quantities. A unit is not asked for where the gold has none."""
    gold, answer = with_units(gold), with_units(answer)
    if (angles := _compare_angles(gold, answer, habits)) is not None:
        return angles
    if not has_unit(gold):
        return compare_scalars(gold, _without_units(answer), habits)
    if not has_unit(answer):
        found = compare_scalars(_without_units(gold), answer, habits)
        return Found(UNDECIDED, "the unit is missing") if found.verdict == EQUAL else found
    found = compare_scalars(_in_base_units(gold), _in_base_units(answer), habits)
    if found.verdict == EQUAL and mixes_turns(_units_of(gold), _units_of(answer)):
        return Found(UNDECIDED, "a radian a second is no hertz, though both are one over a second")
    if found.verdict != DIFFERENT:
        return found
    if _differs_by_rounding(gold, answer, habits):
        return Found(EQUAL, "the numbers are equal, one rounded to ten digits or more, and so are the units")
    if compare_scalars(_without_units(gold), _without_units(answer), habits).verdict == EQUAL:
        return Found(DIFFERENT, "the numbers are equal, the units are not")
    return Found(DIFFERENT, "these are different quantities")


def _differs_by_rounding(gold: Expr, answer: Expr, habits: Habits) -> bool:
    """Whether the same units stand behind two numbers of which one is the other, rounded: `2π m`, 6.28318530718 m."""
    numbers = [_number_before(side) for side in (gold, answer)]
    if numbers[0] is None or numbers[1] is None:
        return False
    units = [_in_base_units(_with_number(side, _ONE)) for side in (gold, answer)]
    pairs = ((numbers[0], numbers[1]), (units[0], units[1]))
    return all(compare_scalars(one, other, habits).verdict == EQUAL for one, other in pairs)


def _compare_angles(gold: Expr, answer: Expr, habits: Habits) -> Found | None:
    """Equal where one side has degrees, and both are one angle: `90°` and `π/2 rad`; None for all else."""
    degrees = [_has_degrees(side) for side in (gold, answer)]
    if not any(degrees) or not all(map(_is_angle, (gold, answer))):
        return None
    if not degrees[1] and not has_unit(answer) and not names_in(answer):
        return None  # 90 is no angle of 90 degrees; 1.57 is none either, unless it says so
    same = compare_scalars(_in_radians(gold), _in_radians(answer), habits).verdict == EQUAL
    return Found(EQUAL, "both are the same angle") if same else None


_RADIANS, _DEGREES = frozenset(["rad", "radian", "radians"]), frozenset(["deg", "degree", "degrees", "°"])


def _has_degrees(expr: Expr) -> bool:
    units = (node.text for node in walk(expr) if isinstance(node, Unit))
    return any(isinstance(node, Op) and node.op == "degree" for node in walk(expr)) or not _DEGREES.isdisjoint(units)


def _is_angle(expr: Expr) -> bool:
    """Whether no unit stands in an expression but those of angles."""
    return all(node.text in _RADIANS | _DEGREES for node in walk(expr) if isinstance(node, Unit))


def _in_radians(expr: Expr) -> Expr:
    if isinstance(expr, Unit):
        half_turn = Op("div", (Name("pi", _NOWHERE), _number(180)), _NOWHERE)
        return half_turn if expr.text in _DEGREES else _ONE
    return rebuilt(expr, _in_radians)


def _units_of(expr: Expr) -> str:
    return " ".join(node.text for node in walk(expr) if isinstance(node, Unit))


def compare_unmarked(gold: Expr, answer: Expr, habits: Habits) -> Found | None:
    """Two numbers with letters behind them that can be units: `1 h` and `3600 s`; None where one is no such thing.

    What can be nothing but a unit, `1 kΩ`, is one. Other letters are units where other numbers stand before them and
    both are the same quantity; where the numbers are equal, `3 J` and `3 N m`, a person has to say.
    """
    if not (_is_measured(gold) and _is_measured(answer)):
        return None
    one, other = with_units(gold), with_units(answer)
    if not (has_unit(one) and has_unit(other)):
        return None
    if compare_scalars(_in_base_units(one), _in_base_units(other), habits).verdict != EQUAL:
        return None
    if mixes_turns(_units_of(one), _units_of(other)):
        return Found(UNDECIDED, "a radian a second is no hertz, though both are one over a second")
    if all(_is_unmistakable(node.text) for expr in (one, other) for node in walk(expr) if isinstance(node, Unit)):
        return Found(EQUAL, "both are the same quantity")
    if compare_scalars(gold, answer, habits).verdict == EQUAL:
        return None
    if compare_scalars(_without_units(one), _without_units(other), habits).verdict == DIFFERENT:
        return Found(EQUAL, "both are the same quantity")
    return Found(UNDECIDED, "they are equal if the letters behind the numbers are units")


def _is_measured(expr: Expr) -> bool:
    """Whether an expression begins with a number and ends with letters."""
    while isinstance(expr, Op) and expr.op in ("mul", "div"):
        expr = expr.args[0]
        if not names_in(expr):
            return True
    return False


def _is_unmistakable(text: str) -> bool:
    return "Ω" in text or text in _UNMISTAKABLE


_UNMISTAKABLE = frozenset(
    ["min", "kg", "km", "cm", "mm", "Hz", "kHz", "MHz", "°C", "°F", "µm", "µF", "µs", "µg", "µA", "µV"]
)


def _in_base_units(expr: Expr) -> Expr:
    """An expression with each unit as a multiple of base units, which are letters of their own."""
    if isinstance(expr, Op) and expr.op == "mul" and isinstance(expr.args[1], Unit):
        measure = _measure(expr.args[1])
        if measure is not None and measure.offset:  # 25 °C is a point on its scale
            scaled = Op("mul", (_in_base_units(expr.args[0]), _number(measure.factor)), expr.place)
            return _times_base(Op("add", (scaled, _number(measure.offset)), expr.place), measure)
    if isinstance(expr, Unit):
        if expr.text in _DEGREES:
            return _in_radians(expr)  # exactly: half a turn is pi
        measure = _measure(expr)
        if measure is None:
            return Name(f"unit {expr.text.lower().rstrip('s')}", expr.place)
        return _times_base(_number(measure.factor), measure)
    return rebuilt(expr, _in_base_units)


_SAME_AS = {"mmHg": "Torr"}  # but for one part in seven million: 760 mmHg are one atmosphere


def _measure(unit: Unit) -> Measure | None:
    try:
        return parse_unit(_SAME_AS.get(unit.text, unit.text))
    except ValueError:
        return None


def _number(value: Fraction | float) -> Num:
    exact = Fraction(value)
    return Num(exact, _NOWHERE, str(exact))


def _times_base(value: Expr, measure: Measure) -> Expr:
    for dimension, exponent in zip(DIMENSIONS, measure.dimension, strict=True):
        if exponent:
            base: Expr = Op("pow", (Name(f"unit {dimension}", _NOWHERE), _number(Fraction(exponent))), _NOWHERE)
            value = Op("mul", (value, base), _NOWHERE)
    return value


def _without_units(expr: Expr) -> Expr:
    if isinstance(expr, Unit):
        return _ONE
    return rebuilt(expr, _without_units)


def with_units(expr: Expr) -> Expr:
    """An expression whose letters behind a number are units: `0.05 m`, `9.8 m/s^2`."""
    if isinstance(expr, Op) and expr.op in ("add", "neg", "pm", "mp"):  # 1.234 s + 5 ms
        terms = tuple(map(with_units, expr.args))
        return expr._replace(args=terms) if all(has_unit(term) and not names_in(term) for term in terms) else expr
    if not (isinstance(expr, Op) and expr.op in ("mul", "div")):
        return expr
    if (summed := _summed(expr)) is not None:
        return summed
    first, rest = expr.args
    if expr.op == "mul" and isinstance(first, Op) and first.op == "mul" and not names_in(first.args[0]):  # 5 \\mu m
        prefixed = _prefixed(Op("mul", (first.args[1], rest), expr.place, expr.sign))
        if prefixed is not None:
            return Op("mul", (first.args[0], prefixed), expr.place, "")
    if isinstance(first, Op) and first.op == "degree" and isinstance(rest, Name) and rest.name in ("C", "F"):  # 25 °C
        return Op(expr.op, (first.args[0], Unit(f"°{rest.name}", rest.place)), expr.place, "")
    if names_in(first) - _PI:
        first = with_units(first)
        if names_in(first) - _PI:
            return expr
    measured = _as_unit(rest)
    return expr if measured is None else Op(expr.op, (first, measured), expr.place, expr.sign)


def is_off(step: Expr, value: Expr) -> bool:
    """Whether a step of a calculation comes to another quantity than its end: `F = 3 kg * 5 m/s^2 = 12 N`.

    A step in letters that are no units, F = m a, is not computed; what is rounded is not off.
    """
    told, end = _units_inside(step), _units_inside(value)
    letters = (names_in(told) | names_in(end)) - CONSTANTS
    if letters or any(isinstance(node, Group | Relation | Text) for expr in (told, end) for node in walk(expr)):
        return False
    if not has_unit(told):
        end = _without_units(end)
    told, end = _in_base_units(told), _in_base_units(end)
    bases = {name: hashed(name, 0) for name in (names_in(told) | names_in(end)) - CONSTANTS}
    try:
        algebra = Precise(_DIGITS, frozenset(), False)
        units = {name: algebra.number(base) for name, base in bases.items()}
        one, other = Walker(algebra, units)(told), Walker(algebra, units)(end)
    except (ArithmeticError, ValueError, Undecided):
        return False
    return bool(abs(one - other) > _ROUNDED * max(abs(one), abs(other)))


_DIGITS = 30
_ROUNDED = 0.01


def _units_inside(expr: Expr) -> Expr:
    """A product of quantities with the letters behind each number as its units: 4 N * 3 m."""
    if isinstance(expr, Op) and expr.op in ("mul", "div", "neg"):
        return with_units(Op(expr.op, tuple(map(_units_inside, expr.args)), expr.place, expr.sign))
    return with_units(expr)


def with_common_unit(expr: Expr) -> Expr:
    """`9.8 \\pm 0.2 m/s^2` as (9.8 \\pm 0.2) m/s^2: a unit behind both numbers is that of both."""
    if isinstance(expr, Relation):
        return rebuilt(expr, with_common_unit)
    if not (isinstance(expr, Op) and expr.op in ("pm", "mp") and len(expr.args) == 2):
        return expr
    value, spread = (with_units(arg) for arg in expr.args)
    numbers = [_number_before(side) for side in (value, spread)]
    if numbers[0] is None or numbers[1] is None or names_in(numbers[0]) | names_in(numbers[1]) or not has_unit(spread):
        return expr
    if has_unit(value) and key(_with_number(value, _ONE)) != key(_with_number(spread, _ONE)):
        return expr
    return _with_number(spread, Op(expr.op, (numbers[0], numbers[1]), expr.place))


def _number_before(expr: Expr) -> Expr | None:
    """The number before the units of a product; None where there is none."""
    if not has_unit(expr):
        return expr
    return _number_before(expr.args[0]) if isinstance(expr, Op) and expr.op in ("mul", "div") else None


def _with_number(expr: Expr, number: Expr) -> Expr:
    """A product with another number before its units."""
    if not (isinstance(expr, Op) and has_unit(expr)):
        return number
    return Op(expr.op, (_with_number(expr.args[0], number), *expr.args[1:]), expr.place, expr.sign)


def _summed(expr: Op) -> Expr | None:
    """`1 h 30 min` as a sum of quantities, each in a smaller unit of the same dimension; None for anything else."""
    factors: list[Expr] = []
    node: Expr = expr
    while isinstance(node, Op) and node.op == "mul" and node.sign == "":
        factors.append(node.args[1])
        node = node.args[0]
    factors = [node, *reversed(factors)]
    if len(factors) < 4 or len(factors) % 2 or not all(isinstance(number, Num) for number in factors[::2]):
        return None
    units = [_as_unit(unit) for unit in factors[1::2]]
    if any(not isinstance(unit, Unit) for unit in units):
        return None
    measures = [_measure(unit) for unit in units if isinstance(unit, Unit)]
    sizes = [(measure.dimension, float(measure.factor)) for measure in measures if measure is not None]
    falling = all(a[0] == b[0] and a[1] > b[1] for a, b in pairwise(sizes))
    if len(sizes) < len(units) or not falling or any(m is not None and m.offset for m in measures):
        return None
    terms = [Op("mul", (n, u), expr.place, "") for n, u in zip(factors[::2], units, strict=True) if u is not None]
    return Op("add", tuple(terms), expr.place)


def _as_unit(expr: Expr) -> Expr | None:
    """Names as units; None if one of them is none."""
    if isinstance(expr, Unit):
        return expr
    if isinstance(expr, Name):
        text = _GLYPHS.get(expr.name, expr.name)
        return Unit(text, expr.place) if find_unit(text) is not None else None
    if (prefixed := _prefixed(expr)) is not None:
        return prefixed
    if isinstance(expr, Op) and expr.op in ("mul", "div", "pow"):
        first = _as_unit(expr.args[0])
        second = expr.args[1] if expr.op == "pow" else _as_unit(expr.args[1])
        return None if first is None or second is None else Op(expr.op, (first, second), expr.place, expr.sign)
    return None


def _prefixed(expr: Expr) -> Unit | None:
    """`\\mu m`, `k\\Omega`: a prefix before a unit, where one of the two is a Greek letter."""
    if not (isinstance(expr, Op) and expr.op == "mul" and expr.sign == ""):
        return None
    prefix, unit = expr.args
    if not isinstance(prefix, Name):
        return None
    text = unit.text if isinstance(unit, Unit) else unit.name if isinstance(unit, Name) else ""
    if not text or not (prefix.name == "mu" or (text == "Omega" and len(prefix.name) == 1)):
        return None
    spelled = _GLYPHS.get(prefix.name, prefix.name) + _GLYPHS.get(text, text)
    return Unit(spelled, expr.place) if find_unit(spelled) is not None else None
