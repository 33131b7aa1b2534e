"""Whether a student's number is the reference, and what is said of it when only its unit or form is wrong."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from grader.kinds._claimed import Claimed, Member, sheet
from grader.kinds._forms import Demand, fails, is_rounded, literal
from grader.kinds._units import Rule, in_unit, is_difference, may_be_meant, scale
from grader.kinds.kind import View, mistake, remark
from grader.model.expressions import Expr, Num, Op
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.model.results import Finding, Reason, Status
from grader.notation.printing import show
from grader.reference.functions import is_exact

_A_WORD_FOLLOWS = later(r"[^\W\d_]{1,2}[ \t]+[a-z]{2,}")
_DIGITS = 3  # significant digits that a rounded decimal must show to be taken for the exact value


class Expected(NamedTuple):
    """The reference value; `factors` are those of a product, to tell which one was forgotten."""

    value: Any
    text: str
    tolerance: Fraction | None
    factors: tuple[tuple[str, Any], ...] = ()
    rule: Rule | None = None
    demand: Demand = Demand()
    plain: bool = False  # `unit: none`: whatever unit is written, the number counts
    addends: tuple[Any, ...] = ()  # the two of a sum
    called: tuple[str, ...] = ()  # names of the answer: under which other questions use it, and its quantities
    foreign: bool = False  # a declared mistake of another dimension than its question


# -- equality --------------------------------------------------------------------------------------------------


def agrees(claimed: Claimed, expected: Expected) -> bool:
    """Whether a number with its unit is the reference with its own.

    They are compared in the student's unit, so that digits stay what was typed. A number without a unit is compared
    as it stands, and, where the unit asked for is a pure number (%, °, rad), also as the pure number that it is.
    """
    if expected.rule is None:  # by far the most common case, and asked for each declared mistake
        return equal(claimed.value, claimed.expr, expected.value, expected)
    return any(equal(claimed.value, claimed.expr, truth, expected) for truth in _truths(claimed, expected))


def _truths(claimed: Claimed, expected: Expected) -> tuple[Any, ...]:
    """The values that a number may have, in the student's unit."""
    truth, rule = expected.value, expected.rule
    if rule is None or claimed.message:
        return (truth,)
    from grader.reference.units import ONE, convertible

    if claimed.measure is None:
        return (truth, in_unit(truth, rule.measure, ONE)) if convertible(rule.measure, ONE) else (truth,)
    told_there = in_unit(truth, rule.measure, claimed.measure)
    return () if told_there is None else (told_there,)


def equal(value: Any, expr: Expr, truth: Any, expected: Expected) -> bool:
    """Whether two numbers in one unit are the same.

    Exact numbers must be equal. With a tolerance t, |a - b| <= t |b|, or t itself if b is 0. Without one, a decimal
    also counts if it is the reference correctly rounded to the digits shown, at least three of them; where figures
    or decimals are asked for, two are enough, or those asked for.
    """
    if isinstance(truth, complex):
        from grader.kinds._imaginary import is_close

        return is_close(expr, complex(value), truth, expected.tolerance)
    if isinstance(value, complex):
        return False
    if is_rounded(value, expr, truth, expected.demand):
        return True
    if expected.tolerance is not None:
        return bool(abs(value - truth) <= float(expected.tolerance) * (abs(truth) or 1) * (1 + 1e-12))
    if is_exact(value) and is_exact(truth) and value == truth:
        return True
    if is_exact(value) and isinstance(truth, float) and abs(value - truth) <= 1e-9 * abs(truth) + 1e-12:
        return True  # sqrt(2)^2 computes as 2.0000000000000004
    if isinstance(truth, int):
        return bool(is_exact(value) is False and abs(value - truth) <= 1e-9 * max(1, abs(truth)))
    if not is_exact(value):
        return bool(abs(value - truth) <= 1e-9 * abs(truth))
    return rounds_to(expr, truth)


def rounds_to(expr: Expr, truth: Any, least: int = _DIGITS) -> bool:
    """Whether a decimal literal, of at least so many digits, is `truth` rounded to its own last digit."""
    literal = expr.args[0] if isinstance(expr, Op) and expr.op in ("neg", "percent") else expr
    percent = isinstance(expr, Op) and expr.op == "percent"  # 32%
    if not isinstance(literal, Num) or not (percent or "." in literal.text) or "e" in literal.text.lower():
        return False
    fraction = literal.text.partition(".")[2]
    digits = literal.text.replace(".", "").lstrip("0")
    target = abs(truth) * 100 if isinstance(expr, Op) and expr.op == "percent" else abs(truth)
    same_sign = (truth < 0) == (isinstance(expr, Op) and expr.op == "neg")
    half = Fraction(1, 2 * 10 ** len(fraction))
    return (
        same_sign and len(digits) >= least and abs(Fraction(target) - literal.value) <= half * (1 + Fraction(1, 10**9))
    )


def rounds_to_power(expr: Expr, truth: Any, least: int = 3) -> bool:
    """The same for `5.13 * 10^6` and `5.13e6`: rounded to the last digit before the power of ten."""
    found = _SCIENTIFIC.fullmatch(show(expr).replace(" ", ""))
    if found is None or isinstance(truth, complex) or len(found[1].replace(".", "")) < least:
        return False
    unit = Fraction(10) ** (int(found[2]) - len(found[1].partition(".")[2]))
    literal = Fraction(found[1]) * Fraction(10) ** int(found[2])
    return abs(Fraction(truth) - literal) <= unit / 2 * (1 + Fraction(1, 10**9))


_SCIENTIFIC = later(r"(\d+(?:\.\d+)?)(?:[·×*]10\^|[eE]\+?)(-?\d{1,2})")

# -- the form --------------------------------------------------------------------------------------------------


def formed(finding: Finding, claimed: Claimed, expected: Expected) -> Finding:
    """A right number in a form that is not the one asked for earns part of the credit."""
    if finding.status is not Status.RIGHT:
        return finding
    truth = next(t for t in (*_truths(claimed, expected), expected.value))
    good = tuple(member.expr for member in claimed.members if _is_good(member, claimed, expected))
    id = fails(claimed.expr, truth, expected.demand, good)
    if not id:
        return finding
    return lowered(finding, expected.demand.credit, mistake(id, form=expected.demand.form))


def _is_good(member: Member, claimed: Claimed, expected: Expected) -> bool:
    return agrees(claimed._replace(value=member.value, expr=member.expr), expected)


# -- the unit --------------------------------------------------------------------------------------------------


def with_unit(finding: Finding, claimed: Claimed, expected: Expected, rule: Rule, view: View) -> Finding:
    """What the unit makes of a mark that was found for the number.

    A letter that is a name of the rubric may be no unit: `5 g` with g = 9.81. Nor may one before another word be: "5 A
    students", or one in brackets: "5 (a)". These are never why an answer is wrong.
    """
    if claimed.message:
        return open_(finding, remark("unit-unreadable", unit=claimed.unit, message=claimed.message), claimed)
    if claimed.measure is None:
        if finding.status is Status.RIGHT and (unit := unit_before(view, finding)):
            same = unit.replace(" ", "") == rule.text.replace(" ", "")
            return finding if same else open_(finding, remark("unit-unclear", unit=unit), claimed)
        return _without(finding, claimed, expected, rule)
    from grader.reference.rates import mixes_turns

    if mixes_turns(claimed.unit, rule.text):  # 2 Hz for 2 rad/s, or for 4 pi rad/s
        return open_(finding, remark("unit-unclear", unit=claimed.unit), claimed)
    if finding.status is not Status.WRONG:
        return finding
    from grader.reference.units import convertible

    mismatch = not convertible(claimed.measure, rule.measure)
    prose = claimed.unit.startswith("(") or _A_WORD_FOLLOWS.match(sheet(view).text, claimed.place[0])
    if claimed.unit in view.names or (mismatch and (prose or may_be_meant(claimed.unit, rule))):
        return open_(finding, remark("unit-unclear", unit=claimed.unit), claimed)
    if mismatch:
        return _wrong(finding, mistake("unit-wrong-dimension", unit=claimed.unit))
    if is_difference(claimed.value, claimed.measure, expected.value, rule):
        return open_(finding, remark("temperature-or-difference", unit=claimed.unit), claimed)
    same_number = equal(claimed.value, claimed.expr, expected.value, expected)
    factor = scale(claimed.measure, rule) if same_number else ""
    return _wrong(finding, mistake("unit-wrong-scale", unit=claimed.unit, times=factor)) if factor else finding


def unit_before(view: View, finding: Finding) -> str:
    """The unit that stands with the name of a quantity, `t/s = 1.56`, `t [s] = 1.56`, "t in s: 1.56"; "" for none."""
    start, stop = (view.base + place for place in finding.spans[0]) if finding.spans else (0, 0)
    text = view.answer.document.text
    found = _UNIT_BEFORE.search(text[max(view.base, start - _NEAR) : stop].rstrip(" $"))
    if found is None:
        return ""
    unit: str = found["below"] or found["square"] or found["said"]
    from grader.reference.units import parse_unit

    try:
        return unit if parse_unit(unit) is not None else ""
    except ValueError:
        return ""


_NEAR = 40  # characters
_UNIT_BEFORE = later(
    r"(?:\A|[\s$(])[A-Za-zα-ω](?:_\{?\w+\}?)?\s*(?:/\s*(?:\\mathrm\s*\{)?(?P<below>[A-Za-zµΩ°]{1,4})\}?"
    r"|\[\s*(?:\\mathrm\s*\{)?(?P<square>[A-Za-zµΩ°/^\d]{1,8})\}?\s*\]|\s+in\s+(?P<said>[A-Za-zµΩ°/^\d]{1,8}))\s*[=:]\s*"
    r"[-−]?[\d.,]+\Z"
)


def _without(finding: Finding, claimed: Claimed, expected: Expected, rule: Rule) -> Finding:
    if finding.credit is None or finding.credit == 0:
        return finding
    as_asked = equal(claimed.value, claimed.expr, expected.value, expected)
    if rule.bare:
        reason = remark("percent-unclear", number=show(claimed.expr))
        return finding if as_asked or finding.status is not Status.RIGHT else open_(finding, reason, claimed)
    from grader.reference.units import ONE

    pure = in_unit(expected.value, rule.measure, ONE)
    if pure is not None and equal(claimed.value, claimed.expr, pure, expected):
        return finding  # an angle in radians, 0.5 for 50 %: numbers need no unit
    if rule.without is None:
        return open_(finding, remark("unit-missing"), claimed)
    return lowered(finding, rule.without, mistake("unit-missing"))


def not_asked(finding: Finding, claimed: Claimed, expected: Expected, view: View) -> Finding:
    """A wrong number goes to a person if a unit or a percent sign stands beside it of which the rubric says nothing."""
    if finding.status is not Status.WRONG or expected.plain:
        return finding
    percent = isinstance(claimed.expr, Op) and claimed.expr.op == "percent"
    if percent and equal(claimed.value * 100, claimed.expr.args[0], expected.value, expected):  # type: ignore[union-attr]
        return open_(finding, remark("percent-unclear", number=show(claimed.expr)), claimed)
    found = sheet(view).behind(claimed.expr.place[1])
    if percent or found is None or found.measure is None:
        return finding
    beside = claimed._replace(unit=found.text, place=found.place)
    return open_(finding, remark("unit-not-asked", unit=found.text), beside)


def claimed_text(claimed: Claimed) -> str:
    """The number of a claim with its unit, for a sentence: digits as they were typed."""
    number = number_text(claimed.value) if literal(claimed.expr) is None else show(claimed.expr)
    return f"{number} {claimed.unit}".rstrip()


def number_text(value: Any) -> str:
    """A number for a sentence."""
    if isinstance(value, complex):
        return f"{value.real:.6g} {'-' if value.imag < 0 else '+'} {abs(value.imag):.6g}i"
    return f"{value:.6g}" if isinstance(value, float) else str(value)


# -- changing a finding ----------------------------------------------------------------------------------------


def lowered(finding: Finding, credit: Fraction, reason: Reason) -> Finding:
    """A finding with less credit, and why."""
    assert finding.credit is not None
    left = finding.credit * credit
    status = Status.WRONG if left == 0 else Status.RIGHT if left == 1 else Status.PARTIAL
    return Finding(status, left, (*finding.reasons, reason), finding.read_as, finding.spans, finding.value)


def _wrong(finding: Finding, reason: Reason) -> Finding:
    return Finding(Status.WRONG, Fraction(0), (reason,), finding.read_as, finding.spans, finding.value)


def open_(finding: Finding, reason: Reason, claimed: Claimed) -> Finding:
    """A finding that a person decides; it points at the unit if there is one."""
    spans = (claimed.place,) if claimed.unit else finding.spans
    return Finding(Status.REVIEW, None, (reason,), finding.read_as, spans, finding.value)


def complex_doubt(claimed: Claimed, expected: Expected) -> str:
    """Why a complex number that is not the reference is for a person: the id of the reason, "" if it is wrong.

    An angle without a sign that would be right in degrees, 5∠53.13; or what only rounding may keep apart.
    """
    truth, expr = expected.value, claimed.expr
    if not isinstance(truth, complex):
        return ""
    from grader.kinds._imaginary import complex_value, is_close

    limit = Fraction(1, 200) if expected.tolerance is None else expected.tolerance
    turned = complex_value(expr, degrees=True)
    for value, reason in ((turned, "angle-without-degrees"), (claimed.value, "rounding-unclear")):
        found = told(claimed._replace(value=value), expected)
        other = reason == "rounding-unclear" or turned != claimed.value
        if other and found is not None and is_close(expr, complex(found), truth, limit):
            return reason
    return ""


def told(claimed: Claimed, expected: Expected) -> Any:
    """A student's number in the unit of the reference, for later questions; as it stands if it cannot be told so."""
    if expected.rule is None or claimed.measure is None or claimed.value is None:
        return claimed.value
    value = in_unit(claimed.value, claimed.measure, expected.rule.measure)
    return claimed.value if value is None else value
