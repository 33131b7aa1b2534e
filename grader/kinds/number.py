"""A number: exact where the reference is exact, otherwise within a tolerance or as rounded; with its unit and form."""

from __future__ import annotations

from typing import Any

from grader.kinds._agreement import (
    Expected,
    agrees,
    claimed_text,
    complex_doubt,
    formed,
    not_asked,
    number_text,
    open_,
    told,
    with_unit,
)
from grader.kinds._asked import asked, is_formula, is_level, told_before, with_base_ten
from grader.kinds._choosing import Candidate, changed_by, choose, hesitates, is_place, without_places
from grader.kinds._claimed import candidates_in, measured_reading, sheet
from grader.kinds._concluded import (
    adds_up_otherwise,
    concluded,
    is_product_of_rest,
    set_up_before,
    stands_beside,
    sums_up,
)
from grader.kinds._decimal_commas import read_with_points
from grader.kinds._disputes import disputing
from grader.kinds._doubts import (
    is_equation,
    may_be_minus,
    solved,
    spoken_sum,
    unclear,
)
from grader.kinds._forms import FORM_FIELDS, read_demand
from grader.kinds._imaginary import complex_value, speaks_of
from grader.kinds._materials import without_material
from grader.kinds._near_numbers import SLIP, breaks_chain, has_working, member_agrees, near_miss, rounds_off
from grader.kinds._number_terms import addends_of, factors_of
from grader.kinds._numbers import read_fraction, read_tolerance, scalar, value_of
from grader.kinds._orders_said import order_found
from grader.kinds._overtaken import overtaken
from grader.kinds._units import UNIT_FIELDS, for_mistakes, is_foreign, read_rule
from grader.kinds._written import written
from grader.kinds.kind import Example, Kind, Setup, View, mistake, not_found, partial, remark, review, right
from grader.maths.evaluation import evaluate
from grader.model.errors import Unreadable
from grader.model.expressions import Expr, Num
from grader.model.results import Finding
from grader.model.rubrics import Mapping, Scalar
from grader.model.vocabulary import QUANTITY, Field
from grader.notation.printing import show
from grader.notation.reading import Claim, Reading

# -- the rubric ------------------------------------------------------------------------------------------------


def prepare(fields: Mapping, setup: Setup) -> Expected | None:
    """Computes the number. Records a fault if it cannot be computed or is not one number."""
    node = fields.get("number")
    expr = setup.parse(node)
    if expr is None or node is None:
        return None
    try:
        value = _computed(expr, setup)
    except Unreadable as error:
        setup.fault(node.place, f"cannot compute the number: {error.message}")
        return None
    if value is None:
        setup.fault(node.place, "this is not one finite number")
        return None
    given, read = fields.get("tolerance"), read_tolerance if value else read_fraction  # absolute where it is 0
    limit = setup.tolerance if given is None else read(given, setup)
    factors = () if isinstance(value, complex) else factors_of(expr, lambda node: _computed(node, setup))
    addends = () if isinstance(value, complex) else addends_of(expr, lambda node: _computed(node, setup))
    unit = fields.get("unit")
    plain = isinstance(unit, Scalar) and unit.text.strip() == "none"
    rule, demand = read_rule(fields, setup), read_demand(fields, setup, value)
    return Expected(
        value, show(expr), limit, factors, rule, demand, plain, addends, setup.called, is_foreign(rule, setup)
    )


def _computed(expr: Expr, setup: Setup) -> Any:
    """The value of a rubric's expression; `i` and `j` are the imaginary unit where the rubric does not define them."""
    scope = setup.world.scope()
    try:
        return scalar(evaluate(expr, scope).data)  # first: in sum[i] the letter is an index
    except Unreadable:
        value = complex_value(expr, scope) if speaks_of(expr, scope.names) else None
        if value is None:
            raise
    return value if value.imag else scalar(value.real)


# -- the answer ------------------------------------------------------------------------------------------------


def reading_of(expected: Expected, view: View) -> Reading:
    """The answer as it is read for this reference: units are looked for where the rubric asks for one."""
    if isinstance(expected.value, complex):
        from grader.kinds._phasors import joined  # what only complex answers need

        reading, rule = measured_reading(view, True), expected.rule
        key = ("phasors", id(reading), rule.text if rule is not None else "")
        found: tuple[Reading, Reading] = view.remember(key, lambda: (joined(reading, rule), reading))
        return found[0]  # kept alive with the reading: its id is the key
    reading = measured_reading(view) if expected.rule is not None else view.reading()
    if not is_level(expected.rule):
        return reading
    in_tens: tuple[Reading, Reading] = view.remember(
        ("tens", id(reading)), lambda: (with_base_ten(reading, sheet(view).text), reading)
    )
    return in_tens[0]


def find(expected: Expected, view: View) -> tuple[Claim, ...]:
    """The claims that are numbers; where some are, equations that lead to them and coordinates are none."""
    candidates = _choice(expected, view, reading_of(expected, view))[0]
    found = [one.claim for one in candidates if not is_formula(one, expected)] or [one.claim for one in candidates]
    imaginary = isinstance(expected.value, complex)
    return tuple([claim for claim in without_places(found) if not is_equation(claim.expr, imaginary)] or found)


def _choice(
    expected: Expected, view: View, reading: Reading
) -> tuple[list[Candidate], Candidate | None, tuple[Candidate, ...]]:
    """All numbers of an answer, the one that it comes to, and its rivals."""
    evaluate = complex_value if isinstance(expected.value, complex) else value_of

    def make() -> tuple[list[Candidate], Candidate | None, tuple[Candidate, ...]]:
        candidates = without_material(candidates_in(view, reading, evaluate))
        return candidates, *_chosen(candidates)

    return view.gathered("numbers", reading, make, evaluate)


def _chosen(candidates: list[Candidate]) -> tuple[Candidate | None, tuple[Candidate, ...]]:
    chosen, rivals = choose(candidates)
    return concluded(chosen, candidates) if chosen else None, rivals


def judge(expected: Expected, view: View) -> Finding:
    """Compares the claimed number with the reference, also where commas are decimal ones."""
    return read_with_points(_found(expected, view), view, lambda told: _found(expected, told))


def _found(expected: Expected, view: View) -> Finding:
    """What the claimed number is, then its form and its unit, beside those asked for.

    Where several stand as the answer, or one of another dimension does, those count that can be what is asked for.
    """
    reading = reading_of(expected, view)
    candidates, chosen, rivals = _choice(expected, view, reading)
    named = [one for one in candidates if not is_formula(one, expected)]
    if len(named) < len(candidates):
        candidates, chosen, rivals = named, *_chosen(named)
    if chosen is None:
        return order_found(expected, view) or not_found(view, "a number")
    if expected.rule is None and is_product_of_rest(candidates, reading) and agrees(candidates[0].value, expected):
        chosen, candidates, rivals = candidates[0], candidates[:1], ()
    finding = _judged(expected, view, reading, candidates, chosen, rivals)
    mismatch = any(reason.id == "unit-wrong-dimension" for reason in finding.reasons)
    if not mismatch and not any(reason.id == "several-answers" for reason in finding.reasons):
        return finding
    kept = asked(candidates, expected, reading)
    likeliest, others = _chosen(kept) if len(kept) < len(candidates) else (None, ())
    if likeliest is None or not agrees(likeliest.value, expected):
        return finding
    again = _judged(expected, view, reading, kept, likeliest, others)
    if again.credit is None or not mismatch:
        return finding if again.credit is None else again
    return review(tuple([one.claim for one in candidates]), again.read_as, remark("several-answers"), value=again.value)


def _judged(
    expected: Expected,
    view: View,
    reading: Reading,
    candidates: list[Candidate],
    chosen: Candidate,
    rivals: tuple[Candidate, ...],
) -> Finding:
    chosen = told_before(solved(_with_its_unit(chosen, candidates, expected), candidates), candidates, reading)
    claimed, claim = chosen.value, chosen.claim
    imaginary = isinstance(expected.value, complex)
    read_as, open_reason = view.gathered(
        "beside", reading, lambda: (show(claim.expr), unclear(claim, view, reading, imaginary)), claim.place, imaginary
    )
    if may_be_minus(chosen, expected.value, view):
        return review((claim,), read_as, remark("changed-by-words", words="-"))
    if open_reason is not None:
        return open_reason
    if imaginary:
        from grader.kinds._phasors import stands_apart

        if stands_apart(
            chosen, candidates, view.answer.text
        ):  # an amplitude and a phase, with words between that nobody knows
            others = tuple(other.claim for other in candidates)
            return review(others, read_as, remark("several-answers"), value=told(claimed, expected))
    finding = _compared(expected, candidates, (chosen, rivals), reading, read_as, view.answer.text)
    if finding.credit is None:
        return finding
    if (first := overtaken(chosen, candidates, lambda value: agrees(value, expected))) is not None:
        return review((first.claim, claim), read_as, remark("several-answers"), value=told(claimed, expected))
    if finding.credit == 0 and (doubt := complex_doubt(claimed, expected)):
        return open_(finding, remark(doubt), claimed)
    finding = formed(finding, claimed, expected)
    if expected.rule is not None:
        return with_unit(finding, claimed, expected, expected.rule, view)
    return not_asked(finding, claimed, expected, view)


def _with_its_unit(chosen: Candidate, candidates: list[Candidate], expected: Expected) -> Candidate:
    """The same number where it has its unit, if it was repeated without: "v = 5 m/s, so it is 5"."""
    if expected.rule is None or chosen.value.measure is not None or not agrees(chosen.value, expected):
        return chosen
    same = [c for c in candidates if c.value.measure is not None and agrees(c.value, expected)]
    return same[-1] if same else chosen


def _compared(
    expected: Expected,
    candidates: list[Candidate],
    choice: tuple[Candidate, tuple[Candidate, ...]],
    reading: Reading,
    read_as: str,
    text: str,
) -> Finding:
    """What the numbers of an answer say, whatever their form."""
    chosen, rivals = choice
    claim, found = chosen.claim, chosen.value
    value = told(found, expected)
    if agrees(found, expected):
        if breaks_chain(found, expected):  # 1810 = 1820
            return review((claim,), read_as, remark("chain-inconsistent"), value=value)
        if adds_up_otherwise(chosen, candidates, expected.addends):
            return review((claim,), read_as, remark("chain-inconsistent"), value=value)
        if others := disputing(expected, candidates, choice, reading):
            return review((claim, *(other.claim for other in others)), read_as, remark("several-answers"), value=value)
        return right((claim,), read_as, value=value)
    if rounds_off(claim.expr, found, expected):  # 46*62*20*90 = 5133600 ≈ 5.1 million
        return right((claim,), read_as, value=told(found.earlier[-1], expected))
    if any(c.claim.place[0] - claim.place[1] == 1 and c.claim.joined for c in candidates):
        return review((claim,), read_as, remark("several-answers"), value=value)  # 0.02/0.032 = 62,5 %: a decimal comma
    agreeing = [c for c in candidates if agrees(c.value, expected) and stands_beside(c, chosen)]
    second = any(hesitates((c.claim, claim), reading) or has_working(c.claim.expr) for c in agreeing)
    others = [c for c in candidates if c.value.value != found.value]  # "1800; 3*3*10*20" is one number, and its working
    listed = [c for c in others if (c.claim.joined or claim.joined) and not is_place(c.claim.expr)]
    last = agreeing and agreeing[-1] is candidates[-1] and not changed_by(agreeing[-1].claim, reading)
    unsure = listed and (
        not found.earlier
        or any(isinstance(one.expr, Num) and member_agrees(one, found, expected) for one in found.earlier)
    )
    unsure = unsure and not sums_up(chosen, candidates)  # "1800 weights + 10 biases = 1810"
    if any(c in rivals for c in agreeing) or second or last or unsure:  # "0,5": two numbers, or a comma
        return review((claim, *(c.claim for c in agreeing)), read_as, remark("several-answers"), value=value)
    parts = [c for c in candidates if not c.claim.aside]
    if 1 < len(parts) <= _MOST_PARTS and sum(c.value.value for c in parts) == expected.value:
        return review(tuple([c.claim for c in parts]), read_as, remark("adds-up"), value=value)
    finding = near_miss(expected, claim, found, read_as, text)
    if finding.credit == 0 and set_up_before(chosen, candidates, expected.value):
        slip = mistake("arithmetic-slip", found=claimed_text(found))
        return partial(SLIP, (claim,), read_as, slip, value=value)
    return finding


_MOST_PARTS = 4  # "1800 weights and 20 biases"


def _describe(expected: Expected) -> str:
    return number_text(expected.value) + (f" {expected.rule.text}" if expected.rule is not None else "")


KIND = Kind(
    name="number",
    doc="one number",
    fields=(
        Field("number", "expression", "the reference value, as an expression", required=True),
        Field("tolerance", "number", "accepted relative distance, such as 0.01 (absolute where the value is 0)"),
        *UNIT_FIELDS,
        Field("percent", "text", "`yes`: a number of percent, with or without the sign", options=("yes", "no")),
        *FORM_FIELDS,
        QUANTITY,
    ),
    prepare=prepare,
    judge=judge,
    describe=_describe,
    value=lambda expected: None if isinstance(expected.value, complex) else expected.value,
    find=find,
    model_answer=written,
    spoken=True,  # `judge` asks for itself what words change: "per second" is a unit
    doubt=spoken_sum,
    in_words=r"\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|hundred|thousand|none|zero"
    r"|dozen|half|eine?n?|zwei|drei|zehn|un|deux|dos)\b",
    calculates=True,
    for_mistakes=for_mistakes,
    examples=(
        Example("number: 46*62*20", "The total is $46\\times62\\times20 = 57{,}040$.", "right"),
        Example("number: 46*62*20", "46*62*20", "right"),
        Example("number: 46*62*20", "57041", "wrong"),
        Example("number: 46*62*20", "$46\\cdot62\\cdot20 = 57140$", "partial"),
        Example("number: 1/3", "about 0.333", "right"),
        Example("number: 6", "6 or 7", "review"),
        Example("number: 6", "many", "review"),
        Example("number: 6", "$\\frac{6}{$", "review"),
        Example("{number: 9.81, unit: m/s^2}", "$9.81\\,\\frac{\\text{m}}{\\text{s}^2}$", "right"),
        Example("{number: 9.81, unit: m/s^2}", "981 cm/s²", "right"),
        Example("{number: 9.81, unit: m/s^2}", "9.81", "partial"),
        Example("{number: 9.81, unit: m/s^2}", "9.81 m/s", "wrong"),
        Example("{number: 9.81, unit: m/s^2}", "9.81 wum", "review"),
        Example("{number: 50, percent: 'yes'}", "50 %", "right"),
        Example("number: 50", "50 %", "review"),
        Example("{number: 9.80665, significant figures: 3}", "9.81", "right"),
        Example("{number: 9.80665, significant figures: 3}", "9.807", "partial"),
        Example("{number: 2/3, decimals: 2}", "0.67", "right"),
        Example("{number: 1/2, form: lowest terms}", "2/4", "partial"),
        Example("{number: sqrt(2), form: exact}", "$\\sqrt2$", "right"),
        Example("{number: 360, form: factored}", "$360 = 2^3\\cdot3^2\\cdot5$", "right"),
        Example("{number: 12300, form: scientific}", "$1.23\\times10^4$", "right"),
        Example("{number: 3+4*i, form: polar}", "5∠53.13°", "right"),
        Example("number: 3+4*i", "3 - 4j", "wrong"),
        Example("number: 'nullity([[1, 2, 0], [2, 4, 0]])'", "$\\dim N(C) = 3 - 1 = 2$", "right"),
        Example("number: 'nullity([[1, 2, 0], [2, 4, 0]])'", "$\\dim\\ker C = 1$", "wrong"),
        Example("number: 'rank([[1, 2, 0], [2, 4, 0]])'", "$\\operatorname{rank}(C) = 1$", "right"),
        Example("number: 'rank([[1, 2, 0], [2, 4, 0]])'", "$\\mathrm{rk}\\,C = 2$", "wrong"),
        Example("number: 8", "det A = 10 - 2 = 8", "right"),
        Example("number: 8", "det A = 9", "wrong"),
        Example("number: 8", "$2\\det A = 8$", "review"),
        Example("{number: 0.107, tolerance: 1%}", "10.7 percent", "right"),
        Example("{number: 0.107, tolerance: 1%}", "10.7 per cent", "right"),
        Example("number: 5/8", "0.02 / 0.032 = 62,5 %", "review"),
        Example("{number: 0.107, tolerance: 1%}", "107 percent", "wrong"),
        Example(
            "number: 16/3", "$\\iint_D x\\,dA = \\int_0^2 2x^2\\,dx = \\frac{2x^3}{3}\\Big|_0^2 = \\frac{16}3$", "right"
        ),
        Example("number: 16/3", "$\\iint_D x\\,dA = \\left.\\frac{x^3}{3}\\right|_0^2 = \\frac83$", "wrong"),
    ),
)
