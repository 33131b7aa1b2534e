"""A number: exact where the reference is exact, otherwise within a tolerance or as rounded."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any, NamedTuple

from grader.kinds._choosing import Candidate, changed_by, choose, hesitates, rank
from grader.kinds._numbers import read_fraction, scalar, value_of
from grader.kinds.kind import (
    Example,
    Kind,
    Setup,
    View,
    mistake,
    not_found,
    partial,
    remark,
    review,
    right,
    wrong,
)
from grader.maths.evaluation import evaluate
from grader.model.errors import Unreadable
from grader.model.expressions import Call, Expr, Num, Op, Relation, walk
from grader.model.results import Finding
from grader.model.rubrics import Mapping
from grader.model.vocabulary import Field
from grader.notation.printing import show
from grader.notation.reading import Claim
from grader.reference.functions import is_exact

_SLIP = Fraction(4, 5)  # a right set-up with a slip of arithmetic
_FACTOR = Fraction(2, 5)  # a right product with one factor forgotten
_DIGITS = 3  # significant digits that a rounded decimal must show to be taken for the exact value


class Expected(NamedTuple):
    """The reference value; `factors` are those of a product, to tell which one was forgotten."""

    value: Any
    text: str
    tolerance: Fraction | None
    factors: tuple[tuple[str, Any], ...]


def prepare(fields: Mapping, setup: Setup) -> Expected | None:
    """Computes the number. Records a fault if it cannot be computed or is not one number."""
    node = fields.get("number")
    expr = setup.parse(node)
    if expr is None or node is None:
        return None
    try:
        value = scalar(evaluate(expr, setup.world.scope()).data)
    except Unreadable as error:
        setup.fault(node.place, f"cannot compute the number: {error.message}")
        return None
    if value is None:
        setup.fault(node.place, "this is not one finite number")
        return None
    limit = read_fraction(fields.get("tolerance"), setup)
    return Expected(value, show(expr), limit, _factors(expr, setup))


def _factors(expr: Expr, setup: Setup) -> tuple[tuple[str, Any], ...]:
    if not (isinstance(expr, Op) and expr.op == "mul"):
        return ()
    found: list[tuple[str, Any]] = []
    waiting: list[Expr] = [expr]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Op) and node.op == "mul":
            waiting.extend(node.args)
        else:
            value = scalar(evaluate(node, setup.world.scope()).data)
            if value is not None and abs(value) not in (0, 1):
                found.append((show(node), value))
    return tuple(found)


def candidate(claim: Claim) -> tuple[Any, Expr, tuple[Any, ...]] | None:
    """The value of a claim, the expression it stands in, and the values before it in a chain."""
    expr = claim.expr
    if any(isinstance(part, Call) and part.function in ("max", "min") for part in _members(expr)):
        return None  # max(1820, 1810) leaves the choice to us
    if isinstance(expr, Relation):
        if any(op not in ("=", "~") for op in expr.ops):
            return None
        values = [(value_of(operand), operand) for operand in expr.operands]
        numbers = [(value, operand) for value, operand in values if value is not None and operand is not None]
        if not numbers:
            return None
        value, operand = numbers[-1]
        return value, operand, tuple(earlier for earlier, _ in numbers[:-1])
    value = value_of(expr)
    return None if value is None or expr is None else (value, expr, ())


def _members(expr: Expr | None) -> tuple[Expr | None, ...]:
    return expr.operands if isinstance(expr, Relation) else (expr,)


def candidates_of(view: View) -> list[Candidate]:
    """Every number in an answer; a number written as a word is seldom the answer if another is there."""
    found = [(claim, candidate(claim)) for claim in view.claims(view.reading())]
    return [
        Candidate(claim, value, rank(claim) - (6 if _is_word(claim) else 0))
        for claim, value in found
        if value is not None
    ]


def _is_word(claim: Claim) -> bool:
    return isinstance(claim.expr, Num) and claim.place[1] - claim.place[0] != len(claim.expr.text)


def find(expected: Any, view: View) -> tuple[Claim, ...]:
    """The claims that are numbers."""
    return tuple(found.claim for found in candidates_of(view))


def agrees(value: Any, expr: Expr, expected: Expected) -> bool:
    """Whether a student's number is the reference.

    Exact numbers must be equal. With a tolerance t, |a - b| <= t * |b|, or t itself if b is 0. Without one, a
    decimal also counts if it is the reference correctly rounded to the digits shown, at least three of them.
    """
    truth = expected.value
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
    if not isinstance(literal, Num) or "." not in literal.text or "e" in literal.text.lower():
        return False
    fraction = literal.text.split(".")[1]
    digits = literal.text.replace(".", "").lstrip("0")
    target = abs(truth) * 100 if isinstance(expr, Op) and expr.op == "percent" else abs(truth)
    same_sign = (truth < 0) == (isinstance(expr, Op) and expr.op == "neg")
    half = Fraction(1, 2 * 10 ** len(fraction))
    return (
        same_sign and len(digits) >= least and abs(Fraction(target) - literal.value) <= half * (1 + Fraction(1, 10**9))
    )


def judge(expected: Expected, view: View) -> Finding:
    """Compares the claimed number with the reference."""
    candidates = candidates_of(view)
    chosen, rivals = choose(candidates)
    if chosen is None:
        return not_found(view, "a number")
    claim, (value, expr, earlier) = chosen.claim, chosen.value
    read_as = show(claim.expr)
    words = changed_by(claim, view.reading())
    if words:
        return review((claim,), read_as, remark("changed-by-words", words=words), value=value)
    broken = [other for other in view.claims(view.reading()) if other.error is not None and other.place > claim.place]
    if broken and broken[0].error is not None:
        return review((broken[0],), read_as, remark("unreadable", message=broken[0].error.message, what="a number"))
    if agrees(value, expr, expected):
        others = [rival for rival in rivals if not agrees(rival.value[0], rival.value[1], expected)]
        differing = [c for c in candidates if not agrees(c.value[0], c.value[1], expected)]
        wavering = [c for c in differing if hesitates((c.claim, claim), view.reading())]
        others = [rival for rival in others if _conflicts(rival, chosen)] + wavering
        if earlier and _is_far(earlier[-1], value):  # 1810 = 1820
            return review((claim,), read_as, remark("chain-inconsistent"), value=value)
        if others:
            return review((claim, *(other.claim for other in others)), read_as, remark("several-answers"), value=value)
        return right((claim,), read_as, value=value)
    agreeing = [c for c in candidates if agrees(c.value[0], c.value[1], expected) and not c.claim.aside]
    listed = [c for c in candidates if c is not chosen and (c.claim.joined or claim.joined)]
    if any(c in rivals for c in agreeing) or (listed and not earlier):  # "0,5": two numbers, or one with a comma
        return review((claim, *(c.claim for c in agreeing)), read_as, remark("several-answers"), value=value)
    if any(agrees(number, Num(0, (0, 0)), expected) for number in earlier) and rounds_to(expr, expected.value, 2):
        return right((claim,), read_as, value=value)  # 1/6 = 0.17
    if any(agrees(number, Num(0, (0, 0)), expected) for number in earlier) and _has_working(claim.expr):
        return partial(_SLIP, (claim,), read_as, mistake("arithmetic-slip", found=number_text(value)), value=value)
    for name, factor in expected.factors if len(expected.factors) > 2 else ():
        if is_exact(value) and value * factor == expected.value:
            return partial(_FACTOR, (claim,), read_as, mistake("factor-missing", factor=name), value=value)
    return wrong((claim,), read_as, remark("number-differs", found=number_text(value)), value=value)


def _conflicts(rival: Candidate, chosen: Candidate) -> bool:
    """Whether another number stands as a second answer: "6 or 7", or a chain whose result is not used."""
    later = max(rival.claim, chosen.claim, key=lambda claim: claim.place)
    if later.joined or later.before.split()[-1:] == ["or"]:
        return True
    if rival.value[0] in _numbers_in(chosen.claim.expr):
        return False
    alone = not re.search(r"[a-z]", rival.claim.before.split("\n")[-1]) and not re.search(r"[a-z]", chosen.claim.before)
    return isinstance(rival.claim.expr, Relation) or rival.rank > 0 or alone


def _is_far(earlier: Any, value: Any) -> bool:
    """Whether the member before the last says another number, beyond rounding."""
    if isinstance(earlier, int) and isinstance(value, int):
        return earlier != value
    return bool(abs(earlier - value) > 0.01 * max(abs(earlier), abs(value)))


def _has_working(expr: Expr | None) -> bool:
    """Whether a chain computes something before its result: "3*4 = 13", not "1820 = 5"."""
    members = expr.operands[:-1] if isinstance(expr, Relation) else ()
    return any(isinstance(member, Op | Call) and not isinstance(member, Num) for member in members)


def _numbers_in(expr: Expr | None) -> set[Any]:
    """The values of all parts of an expression."""
    return {value_of(node) for node in walk(expr)} if expr is not None else set()


def number_text(value: Any) -> str:
    """A number for a sentence."""
    if isinstance(value, float):
        return f"{value:.6g}"
    return str(value)


KIND = Kind(
    name="number",
    doc="one number",
    fields=(
        Field("number", "expression", "the reference value, as an expression", required=True),
        Field("tolerance", "number", "accepted relative distance, such as 0.01 (absolute where the value is 0)"),
    ),
    prepare=prepare,
    judge=judge,
    describe=lambda expected: number_text(expected.value),
    value=lambda expected: expected.value,
    find=find,
    model_answer=lambda expected: number_text(expected.value),
    in_words=r"\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|hundred|thousand|none|zero|dozen|half)\b",
    examples=(
        Example("number: 46*62*20", "The total is $46\\times62\\times20 = 57{,}040$.", "right"),
        Example("number: 46*62*20", "46*62*20", "right"),
        Example("number: 46*62*20", "57041", "wrong"),
        Example("number: 46*62*20", "$46\\cdot62\\cdot20 = 57140$", "partial"),
        Example("number: 1/3", "about 0.333", "right"),
        Example("number: 6", "6 or 7", "review"),
        Example("number: 6", "many", "review"),
        Example("number: 6", "$\\frac{6}{$", "review"),
    ),
)
