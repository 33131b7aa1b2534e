"""A number with its unit: what a rubric asks for, what a student wrote, and what each says of a wrong unit."""

from __future__ import annotations

import cmath
import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from grader.kinds._numbers import read_fraction, scalar
from grader.kinds.kind import Setup
from grader.model.expressions import Expr, Op, Unit, walk
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.model.rubrics import Mapping, Scalar
from grader.model.vocabulary import Field

if TYPE_CHECKING:
    from grader.reference.units import Unit as Measure

# The table of units is imported where one is asked for or written.
_WITHOUT = Fraction(1, 2)  # credit of the right number where its unit is missing
_NEAR = 1e-9
UNIT_FIELDS = (
    Field("unit", "text", "the unit that the number is in, such as `m/s^2`; `none` for a plain number"),
    Field("without unit", "credit or review", "credit where the unit is missing, or `review`; 1/2 unless said"),
)
Evaluate = Callable[[Expr | None], Any]


class Rule(NamedTuple):
    """The unit that is asked for; `without` is the credit where none is given, None for a person's decision.

    `bare` says that a number without a unit counts as given in it: what `percent: yes` means.
    """

    measure: Measure
    text: str
    without: Fraction | None
    bare: bool = False


def read_rule(fields: Mapping, setup: Setup) -> Rule | None:
    """The unit of a part, or of the question whose mistake it is; None if none is asked for. Records faults."""
    node, without = fields.get("unit"), fields.get("without unit")
    percent = fields.get("percent")
    if node is None and percent is None and without is None:
        inherited: Rule | None = setup.rule
        return inherited
    from grader.reference.units import parse_unit

    if isinstance(percent, Scalar) and percent.text.strip() == "yes":
        if node is not None:
            setup.fault(percent.place, "`percent` and `unit` say two things", "leave one of them out")
        return Rule(parse_unit("%"), "%", Fraction(1), bare=True)
    if not isinstance(node, Scalar) or node.text.strip() == "none":
        if without is not None:
            setup.fault(without.place, "`without unit` needs a `unit`", "add `unit:`")
        return None
    try:
        measure = parse_unit(node.text)
    except ValueError as error:
        setup.fault(node.place, f"cannot read the unit {node.text!r}: {error}", "write it as m/s^2, km/h, J/(kg K)")
        return None
    if isinstance(without, Scalar) and without.text.strip() == "review":
        return Rule(measure, node.text.strip(), None)
    given = read_fraction(without, setup)
    return Rule(measure, node.text.strip(), _WITHOUT if given is None else given)


def for_mistakes(expected: Any, setup: Setup) -> Setup:
    """Declared mistakes have the unit of their question; one that says none matches a number without a unit too.

    And the tolerance of a question for a number: what is foreseen is rounded as the right answer may be.
    """
    rule: Rule | None = None if expected is None else expected.rule
    given = getattr(expected, "tolerance", None)
    setup = replace(setup, tolerance=given) if isinstance(given, Fraction) else setup
    return setup if rule is None else replace(setup, rule=rule._replace(without=Fraction(1)))


def is_foreign(rule: Rule | None, setup: Setup) -> bool:
    """Whether a declared mistake has a unit of another dimension than its question."""
    if rule is None or setup.rule is None or rule is setup.rule:
        return False
    from grader.reference.units import convertible

    return not convertible(rule.measure, setup.rule.measure)


class Quantity(NamedTuple):
    """A number as written, and its unit: None if it has none, with a message if that cannot be read."""

    value: Any
    measure: Measure | None = None
    message: str = ""


def has_unit(expr: Expr | None) -> bool:
    """Whether a unit stands anywhere in an expression."""
    return expr is not None and any(isinstance(node, Unit) for node in walk(expr))


def without_unit(expr: Expr) -> Expr:
    """An expression without the unit behind it."""
    return expr.args[0] if isinstance(expr, Op) and expr.op == "mul" and isinstance(expr.args[-1], Unit) else expr


def quantity(expr: Expr | None, evaluate: Evaluate) -> Quantity | None:
    """What an expression with units is worth, in units as they were written; None if it is no number."""
    if expr is None or not has_unit(expr):
        value = evaluate(expr)
        return None if value is None else Quantity(value)
    if not isinstance(expr, Op) or expr.op not in _COMBINED:
        return None
    if isinstance(expr.args[-1], Unit):
        return _measured(expr.args[0], expr.args[-1].text, evaluate)
    parts = [quantity(arg, evaluate) for arg in expr.args]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or any(part.message for part in known):
        return None
    try:
        return _COMBINED[expr.op](known)
    except (ValueError, ArithmeticError):
        return None


def _measured(expr: Expr, text: str, evaluate: Evaluate) -> Quantity | None:
    from grader.kinds._measured import meaning  # patterns that only answers with units need
    from grader.reference.units import times

    inner, (measure, message) = quantity(expr, evaluate), meaning(text)
    if inner is None or measure is None:
        return None if inner is None else Quantity(inner.value, None, message)
    try:
        return Quantity(inner.value, measure if inner.measure is None else times(inner.measure, measure))
    except ValueError as error:
        return Quantity(inner.value, None, str(error))


def _product(parts: list[Quantity]) -> Quantity:
    from grader.reference.units import ONE, times

    left, right = parts
    return Quantity(left.value * right.value, times(left.measure or ONE, right.measure or ONE))


def _quotient(parts: list[Quantity]) -> Quantity | None:
    from grader.reference.units import ONE, power, times

    left, right = parts
    value = Fraction(left.value) / right.value if isinstance(left.value, int) else left.value / right.value
    return _known(value, times(left.measure or ONE, power(right.measure or ONE, -1)))


def _sum(parts: list[Quantity]) -> Quantity | None:
    first = parts[0]
    if any(part.measure is None for part in parts) or first.measure is None:
        return None
    told = [in_unit(part.value, part.measure, first.measure) for part in parts if part.measure is not None]
    return None if None in told else _known(sum(told), first.measure)


def _power(parts: list[Quantity]) -> Quantity | None:
    base, exponent = parts
    if exponent.measure is not None or not isinstance(exponent.value, int) or abs(exponent.value) > 20:
        return None
    from grader.reference.units import ONE, power

    exact = base.value if isinstance(base.value, complex) else Fraction(base.value)
    return _known(exact**exponent.value, power(base.measure or ONE, exponent.value))


def _known(value: Any, measure: Measure) -> Quantity | None:
    """A quantity whose number is finite; one that is complex stays so: 10 V/(1+j) and 25 V/(3-4j) A."""
    number = (value if cmath.isfinite(value) else None) if isinstance(value, complex) else scalar(value)
    return None if number is None else Quantity(number, measure)


_COMBINED: dict[str, Callable[[list[Quantity]], Quantity | None]] = {
    "mul": _product,
    "div": _quotient,
    "add": _sum,
    "neg": lambda parts: Quantity(-parts[0].value, parts[0].measure),
    "pow": _power,
}


def in_unit(value: Any, source: Measure, target: Measure) -> Any:
    """A number told in another unit, None if it cannot be: other dimension, or a level of what is not positive."""
    from grader.reference.units import convert

    try:
        if isinstance(value, complex):
            return value * complex(convert(1, source, target))
        return scalar(convert(value, source, target))
    except ValueError:
        return None


# -- what a wrong unit says ------------------------------------------------------------------------------------


def is_difference(value: Any, found: Measure, truth: Any, rule: Rule) -> bool:
    """Whether two temperatures are the same as differences, 5 °C and 5 K: nobody said which was meant."""
    from grader.reference.units import convertible

    if found.offset == rule.measure.offset or not convertible(found, rule.measure):
        return False
    step, asked = found._replace(offset=Fraction(0)), rule.measure._replace(offset=Fraction(0))
    return _near(in_unit(value, step, asked), truth)


def scale(found: Measure, rule: Rule) -> str:
    """By what a unit is too large or too small for the one asked for, "" if it is not: km for m is "1000"."""
    levels = found.logarithmic or found.offset or rule.measure.logarithmic or rule.measure.offset
    factor = None if levels else in_unit(1, found, rule.measure)
    if factor is None or factor in (0, 1):
        return ""
    turned = 1 / Fraction(factor) if abs(factor) < 1 else factor
    name = f"{turned}" if isinstance(turned, int) or (isinstance(turned, Fraction) and turned.denominator == 1) else ""
    return name or f"{float(turned):.4g}"


_DEGREES = later(r"\^?\W*(?:°|circ|deg(?:rees?)?|[CF])\W*", re.IGNORECASE)


def may_be_meant(text: str, rule: Rule) -> bool:
    """Whether a unit of another dimension may stand for one that fits.

    `ms^{-2}` is `m s^{-2}` with a blank that LaTeX does not show, and `20°` or `20 C` are temperatures to many.
    """
    from grader.reference.units import convertible, parse_unit

    if rule.measure.dimension == parse_unit("K").dimension and _DEGREES.fullmatch(text):
        return True
    word = re.search(r"[A-Za-z]{2,3}", text)
    for at in range(word.start() + 1, word.end()) if word is not None else ():
        try:
            if convertible(parse_unit(f"{text[:at]} {text[at:]}"), rule.measure):
                return True
        except ValueError:
            continue
    return False


def _near(found: Any, wanted: Any) -> bool:
    return found is not None and bool(abs(found - wanted) <= max(5e-3 * abs(wanted), _NEAR))
