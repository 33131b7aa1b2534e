"""How a number is written: its significant figures, its decimals, and the form that a rubric asks for.

Figures: zeros before the first other digit do not count and those behind the last do (`1.20` has three), but in a
whole number they may or may not (`1800` has two, three or four figures: whatever is asked for). In `1.20e3` and
`1.20 × 10^3` those before the power of ten count.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Any

from grader.kinds._numbers import read_fraction
from grader.kinds.kind import Setup
from grader.model.expressions import Call, Expr, Name, Num, Op, walk
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.model.rubrics import Mapping, Scalar
from grader.model.vocabulary import Field
from grader.reference.functions import is_exact

FORMS = ("exact", "fraction", "lowest terms", "decimal", "scientific", "factored", "polar", "rectangular")
_RATIONAL = frozenset(["fraction", "lowest terms"])
_COMPLEX = frozenset(["polar", "rectangular"])
_CREDIT = Fraction(1, 2)  # of the right value in another form
_SPAN = later(r"([0-9]{1,2})(?:\s*\.\.\s*([0-9]{1,2}))?")
_LARGEST = 10**12  # of a number that is factored
_FEW = 2  # figures that a rounded number must show to be taken for the value at all
FORM_FIELDS = (
    Field("significant figures", "text", "how many figures the number must show: `3`, or `3..4`"),
    Field("decimals", "text", "how many digits must stand behind the point: `2`, or `1..2`"),
    Field("form", "text", "how the number must be written", options=FORMS),
    Field("wrong form", "credit", "credit for the right value in another form or with other figures; 1/2 unless said"),
)
Bounds = tuple[int, int]


class Demand(NamedTuple):
    """What a rubric asks of the form; the credit of a right value that does not have it."""

    form: str = ""
    figures: Bounds | None = None
    decimals: Bounds | None = None
    credit: Fraction = _CREDIT


class Literal(NamedTuple):
    """A number as digits: `value` is the whole number `digits` times ten to the power `-places`."""

    value: Fraction
    digits: str  # without leading zeros
    places: int
    point: bool
    power: bool  # with a power of ten
    mantissa: Fraction


def read_demand(fields: Mapping, setup: Setup, value: Any) -> Demand:
    """The form that a part asks for. Records faults: a form that this value cannot have."""
    node, form = fields.get("form"), ""
    if isinstance(node, Scalar):
        form = node.text.strip()
        whole = isinstance(value, int) and 1 < abs(value) <= _LARGEST
        why = {
            form in _RATIONAL and not is_exact(value): "this number is no fraction",
            form in _COMPLEX and not isinstance(value, complex): "this number is not complex",
            form == "factored" and not whole: "only whole numbers from 2 to 10^12 are factored",
        }.get(True)
        if why:
            setup.fault(node.place, f"`form: {form}` cannot be: {why}")
    credit = read_fraction(fields.get("wrong form"), setup)
    figures = _bounds(fields.get("significant figures"), setup, 1)
    decimals = _bounds(fields.get("decimals"), setup, 0)
    for key, bounds in (("significant figures", figures), ("decimals", decimals)):
        place = getattr(fields.get(key), "place", None)
        if place and bounds and (isinstance(value, complex) or form in ("exact", "factored", *_RATIONAL, *_COMPLEX)):
            setup.fault(place, f"`{key}` is for a real number in digits")
    return Demand(form, figures, decimals, _CREDIT if credit is None else credit)


def _bounds(node: Any, setup: Setup, least: int) -> Bounds | None:
    if not isinstance(node, Scalar):
        return None
    found = _SPAN.fullmatch(node.text.strip())
    low, high = (int(found[1]), int(found[2] or found[1])) if found else (0, -1)
    if not least <= low <= high:
        setup.fault(node.place, f"{node.text!r} is no number of digits", "write `3`, or `3..4`")
        return None
    return low, high


def literal(expr: Expr) -> Literal | None:
    """A number written in digits, perhaps with a sign, a power of ten or a percent sign; None for all else."""
    if isinstance(expr, Op) and expr.op == "neg":
        inner = literal(expr.args[0])
        return None if inner is None else inner._replace(value=-inner.value)
    if isinstance(expr, Op) and expr.op == "percent":
        inner = literal(expr.args[0])
        return None if inner is None else inner._replace(value=inner.value / 100, places=inner.places + 2)
    if isinstance(expr, Op) and expr.op == "mul" and (exponent := _ten(expr.args[1])) is not None:
        inner = literal(expr.args[0])
        if inner is None or inner.power:
            return None
        return inner._replace(value=inner.value * Fraction(10) ** exponent, places=inner.places - exponent, power=True)
    if not isinstance(expr, Num):
        return None
    return (_typed_short if len(expr.text) <= _SHORT else _typed)(expr.text, expr.value)


def _typed(text: str, value: int | Fraction) -> Literal | None:
    if not re.fullmatch(r"[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?", text):
        return None
    head, _, tail = text.lower().partition("e")
    shift, behind = int(tail or 0), len(head.partition(".")[2])
    digits = head.replace(".", "").lstrip("0")
    return Literal(Fraction(value), digits, behind - shift, "." in head, bool(tail), Fraction(head))


_SHORT = 30  # characters of a number that is remembered: it is compared with every declared mistake
_typed_short = lru_cache(maxsize=1000)(_typed)


def _ten(expr: Expr) -> int | None:
    """The exponent of a power of ten."""
    if isinstance(expr, Num) and expr.value == 10:
        return 1
    if not (isinstance(expr, Op) and expr.op == "pow" and isinstance(expr.args[0], Num) and expr.args[0].value == 10):
        return None
    sign, exponent = 1, expr.args[1]
    if isinstance(exponent, Op) and exponent.op == "neg":
        sign, exponent = -1, exponent.args[0]
    return sign * exponent.value if isinstance(exponent, Num) and isinstance(exponent.value, int) else None


def figures(number: Literal) -> Bounds:
    """How many significant figures a number has, at least and at most."""
    most = max(1, len(number.digits))
    return (most if number.point else max(1, len(number.digits.rstrip("0"))), most)


def is_rounded(value: Any, expr: Expr, truth: Any, demand: Demand) -> bool:
    """Whether a number is the value rounded to what a rubric asks for, or digits the value rounded to what they show.

    A last digit that may stand for either neighbour of a tie is right. Digits that are neither those asked for nor at
    least two say too little to be taken for the value.
    """
    if isinstance(truth, complex) or demand.figures is demand.decimals is None:
        return False
    if is_exact(value) and any(_is_step(Fraction(value), truth, step) for step in _steps(truth, demand)):
        return True
    number = literal(expr)
    if number is None:
        return False
    least, most = figures(number)
    counts = [count for count in range(least, most + 1) if count >= _FEW]
    if demand.figures is not None:
        counts = [k for k in range(least, most + 1) if demand.figures[0] <= k <= demand.figures[1]] or counts
    elif demand.decimals is not None and demand.decimals[0] <= max(0, number.places) <= demand.decimals[1]:
        counts = [most]
    return any(_is_within(number.value, truth, Fraction(10) ** (most - count - number.places)) for count in counts)


def _steps(truth: Any, demand: Demand) -> list[Fraction]:
    """One in the last digit that a rubric asks for, for each number of digits that it allows."""
    if demand.figures is not None:
        first = math.floor(math.log10(abs(truth))) + 1 if truth else 1
        return [Fraction(10) ** (first - count) for count in range(demand.figures[0], demand.figures[1] + 1)]
    low, high = demand.decimals or (0, -1)
    return [Fraction(10) ** -count for count in range(low, high + 1)]


def _is_step(value: Fraction, truth: Any, step: Fraction) -> bool:
    return value % step == 0 and _is_within(value, truth, step)


def _is_within(value: Fraction, truth: Any, step: Fraction) -> bool:
    """Whether a value is the nearest multiple of a step; of a tie, the one away from zero or the even one."""
    off = abs(Fraction(truth) - value)
    if abs(off - step / 2) > step / 10**9:
        return off < step / 2
    return abs(value) > abs(Fraction(truth)) or (value / step) % 2 == 0


def fails(expr: Expr, truth: Any, demand: Demand, members: tuple[Expr, ...]) -> str:
    """The id of what is wrong with the form of a right value, "" if nothing is.

    Figures and decimals are those of the last member of a chain; a form may be that of any member that is right:
    `360 = 2^3·3^2·5` is factored.
    """
    number = literal(expr)
    if demand.figures is not None:
        shown = (0, 0) if number is None else figures(number)
        if shown[1] < demand.figures[0] or shown[0] > demand.figures[1]:
            return "figures-differ"
    if demand.decimals is not None:
        places = -1 if number is None else max(0, number.places)
        if not demand.decimals[0] <= places <= demand.decimals[1]:
            return "decimals-differ"
    if demand.form and not any(_HAS_FORM[demand.form](member, truth) for member in members):
        return _OF_THEIR_OWN.get(demand.form, "form-differs")
    return ""


_OF_THEIR_OWN = {"exact": "not-exact", "lowest terms": "not-in-lowest-terms", "factored": "not-factored"}


# -- forms -----------------------------------------------------------------------------------------------------


def _inner(expr: Expr) -> Expr:
    return expr.args[0] if isinstance(expr, Op) and expr.op == "neg" else expr


def _whole(expr: Expr) -> int | None:
    inner = _inner(expr)
    return inner.value if isinstance(inner, Num) and isinstance(inner.value, int) and inner.text.isdecimal() else None


def _fraction(expr: Expr, truth: Any) -> bool:
    inner = _inner(expr)
    if isinstance(inner, Op) and inner.op == "div":
        return all(_whole(arg) is not None for arg in inner.args)
    return _whole(expr) is not None or (isinstance(inner, Num) and "/" in inner.text)


def _lowest(expr: Expr, truth: Any) -> bool:
    inner = _inner(expr)
    if not _fraction(expr, truth) or not isinstance(inner, Op):
        return _fraction(expr, truth)
    top, bottom = (_whole(arg) or 0 for arg in inner.args)
    return math.gcd(top, bottom) == 1 and bottom != 1


def _decimal(expr: Expr, truth: Any) -> bool:
    number = literal(expr)
    return number is not None and not number.power and (number.point or isinstance(truth, int))


def _scientific(expr: Expr, truth: Any) -> bool:
    number = literal(expr)
    return number is not None and number.power and 1 <= number.mantissa < 10


def is_prime(number: int) -> bool:
    """Whether a number up to 10^12 is prime; larger ones are not asked for."""
    if number < 2 or number > _LARGEST:
        return False
    return all(number % by for by in range(2, math.isqrt(number) + 1))


def prime_factors(number: int) -> list[tuple[int, int]]:
    """Primes and their powers, the smallest first, of a whole number from 2 up."""
    found: list[tuple[int, int]] = []
    by = 2
    while by * by <= number:
        count = 0
        while number % by == 0:
            number, count = number // by, count + 1
        found += [(by, count)] if count else []
        by += 1
    return found + ([(number, 1)] if number > 1 else [])


def _factored(expr: Expr, truth: Any) -> bool:
    inner = _inner(expr)
    if isinstance(inner, Op) and inner.op == "mul":
        return all(_factored(arg, truth) for arg in inner.args)
    if isinstance(inner, Op) and inner.op == "pow":
        return (_whole(inner.args[1]) or 0) >= 1 and _factored(inner.args[0], truth)
    return is_prime(_whole(inner) or 0)


def _exact(expr: Expr, truth: Any) -> bool:
    """No rounding: digits with a point stand only for what they are, and never for an irrational number."""
    if is_exact(truth):
        return literal(expr) is None or literal(expr).value == truth  # type: ignore[union-attr]
    return any(isinstance(node, Name | Call) or (isinstance(node, Op) and node.op == "pow") for node in walk(expr))


def _polar(expr: Expr, truth: Any) -> bool:
    """r∠θ, r e^{iθ}, r exp(iθ), r (cos θ + i sin θ)."""
    return any(
        (isinstance(node, Op) and node.op == "angle")
        or (isinstance(node, Op) and node.op == "pow" and node.args[0] == Name("e", node.args[0].place))
        or (isinstance(node, Call) and node.function in ("exp", "cos", "sin"))
        for node in walk(expr)
    )


def _rectangular(expr: Expr, truth: Any) -> bool:
    """a + b i: at most a sum of a real number and a multiple of i."""
    terms = expr.args if isinstance(expr, Op) and expr.op == "add" else (expr,)
    units = [sum(isinstance(node, Name) and node.name in ("i", "j") for node in walk(term)) for term in terms]
    return len(terms) <= 2 and not _polar(expr, truth) and sorted(units) in ([0], [1], [0, 1])


_HAS_FORM: dict[str, Callable[[Expr, Any], bool]] = {
    "exact": _exact,
    "fraction": _fraction,
    "lowest terms": _lowest,
    "decimal": _decimal,
    "scientific": _scientific,
    "factored": _factored,
    "polar": _polar,
    "rectangular": _rectangular,
}
