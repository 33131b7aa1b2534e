"""What a wrong number may be: rounded from a right one, a slip of arithmetic, a product with one factor forgotten."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from grader.kinds._agreement import Expected, agrees, claimed_text, rounds_to, rounds_to_power, told
from grader.kinds._claimed import Claimed, Member
from grader.kinds._doubts import is_about, is_far
from grader.kinds._forms import Demand
from grader.kinds._raised_logarithms import may_be
from grader.kinds._units import without_unit
from grader.kinds.kind import mistake, partial, remark, review, right, wrong
from grader.model.expressions import Call, Expr, Num, Op, Relation
from grader.model.patterns import later
from grader.model.results import Finding
from grader.notation.reading import Claim
from grader.reference.functions import is_exact

SLIP = Fraction(4, 5)  # a right set-up with a slip of arithmetic
_FACTOR = Fraction(2, 5)  # a right product with one factor forgotten
_DOTTED = later(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?![\d.,])")
_THOUSANDS = later(r"[1-9]\d{0,2}\.\d{3}")


def near_miss(expected: Expected, claim: Claim, found: Claimed, read_as: str, text: str) -> Finding:
    """A wrong number: rounded from a right one, a slip of arithmetic, a factor forgotten, or nothing known."""
    value = told(found, expected)
    set_up = [member for member in found.earlier if member_agrees(member, found, expected)]
    rounded = bool(set_up) and _rounds(found.expr, set_up[0].value)
    if rounded and not isinstance(expected.value, complex):
        return right((claim,), read_as, value=value)  # 1/6 = 0.17
    if set_up and expected.rule is not None and found.measure is not None:  # 5 m = 500 mm
        return review((claim,), read_as, remark("chain-inconsistent"), value=value)
    if set_up and has_working(claim.expr):
        return partial(SLIP, (claim,), read_as, mistake("arithmetic-slip", found=claimed_text(found)), value=value)
    for name, factor in expected.factors if len(expected.factors) > 2 else ():
        if is_exact(value) and value * factor == expected.value:
            return partial(_FACTOR, (claim,), read_as, mistake("factor-missing", factor=name), value=value)
    if any(isinstance(member.expr, Num) for member in set_up):  # 1820 = 1800 for W + 20 for b
        return review((claim,), read_as, remark("chain-inconsistent"), value=value)
    thousands = isinstance(found.expr, Num) and _THOUSANDS.fullmatch(found.expr.text) and value * 1000 == expected.value
    short = is_exact(value) and any(value * 10**power == expected.value for power in (3, 6))  # 5.1336 M
    if thousands and len(set(_DOTTED.findall(text))) > 1:  # 1.800 + 20 = 1.820
        return right((claim,), read_as, value=expected.value)
    digits = 1 if is_about(claim) else 2  # 1.820, 5.1e6 or "about 5 million", where a count was asked
    if thousands or short or rounds_to_power(found.expr, expected.value, digits):
        return review((claim,), read_as, remark("several-answers"), value=value)
    plain = expected.demand == Demand()
    if plain and _may_be_rounded(found, expected) and _rounds(found.expr, expected.value):
        return review((claim,), read_as, remark("rounding-unclear"), value=value)  # 32 %, where 7/22 is asked
    return wrong((claim,), read_as, remark("number-differs", found=claimed_text(found)), value=value)


def _may_be_rounded(found: Claimed, expected: Expected) -> bool:
    """Whether a number is real and in the unit of the reference, if it has one: `9.81 km/s^2` is no rounded one."""
    if isinstance(expected.value, int | complex):
        return False
    if found.measure is None or expected.rule is None:
        return True
    from grader.reference.units import convertible

    return convertible(found.measure, expected.rule.measure) and not is_far(told(found, expected), found.value)


def _rounds(expr: Expr, truth: Any) -> bool:
    return rounds_to(expr, truth, 2) or rounds_to_power(expr, truth, 2)  # 1/6 = 0.17, 5133600 = 5.1 * 10^6


def member_agrees(member: Member, found: Claimed, expected: Expected) -> bool:
    """Whether a member of a chain is the reference, in the unit of its last one."""
    return agrees(found._replace(value=member.value, expr=member.expr), expected)


def breaks_chain(found: Claimed, expected: Expected) -> bool:
    """Whether the member before a right number says another one: "1810 = 1820"."""
    before = found.earlier[-1] if found.earlier else None
    if before is None or not is_far(before.value, found.value) or member_agrees(before, found, expected):
        return False
    return not may_be(before.expr, found.value)


def rounds_off(expr: Expr | None, found: Claimed, expected: Expected) -> bool:
    """Whether a chain gives the right number and then says about how much that is: `= 5133600 ≈ 5.1 million`."""
    before = found.earlier[-1] if found.earlier else None
    if before is None or not isinstance(expr, Relation) or expr.ops[-1] != "~" or isinstance(found.value, complex):
        return False
    return member_agrees(before, found, expected) and not is_far(float(before.value), float(found.value))


def has_working(expr: Expr | None) -> bool:
    """Whether a chain computes something before its result: "3*4 = 13", not "1820 = 5"."""
    members = expr.operands[:-1] if isinstance(expr, Relation) else ()
    return any(isinstance(without_unit(member), Op | Call) for member in members if member is not None)
