"""Units of an array: one behind the whole, or one behind each entry."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from grader.kinds._agreement import lowered
from grader.kinds._claimed import measured_reading
from grader.kinds._units import Rule, in_unit, scale
from grader.kinds.kind import View, mistake, remark
from grader.model.expressions import Expr, Group, Num, Op, Unit, rebuilt, walk
from grader.model.results import Finding, Reason, Status
from grader.notation.printing import show
from grader.notation.reading import Claim, Reading

if TYPE_CHECKING:
    from grader.reference.units import Unit as Measure


def reading_in(view: View, rule: Rule | None, convert: bool = True, imaginary: bool = False) -> Reading:
    """The answer with each entry told in the unit of the rubric; without `convert`, with units just left out."""
    if rule is None:
        return measured_reading(view, True, grouping=False) if imaginary else view.reading(grouping=False)
    reading = measured_reading(view, imaginary, grouping=False)
    return reading._replace(claims=tuple(_told(claim, rule, convert) for claim in reading.claims))


def _told(claim: Claim, rule: Rule, convert: bool) -> Claim:
    return claim if claim.expr is None else claim._replace(expr=_without(claim.expr, rule, convert))


def _without(expr: Expr, rule: Rule, convert: bool) -> Expr:
    if not (isinstance(expr, Op) and expr.op == "mul" and isinstance(expr.args[-1], Unit)):
        return rebuilt(expr, lambda part: _without(part, rule, convert))
    inner = _without(expr.args[0], rule, convert)
    factor = _factor(_measure(expr.args[-1]), rule) if convert else 1
    if factor in (None, 1):
        return inner
    if isinstance(inner, Group):
        return inner._replace(items=tuple(_scaled(item, factor) for item in inner.items))
    return _scaled(inner, factor)


def _scaled(expr: Expr, factor: int | Fraction | float | None) -> Expr:
    if isinstance(expr, Group):
        return expr._replace(items=tuple(_scaled(item, factor) for item in expr.items))
    if isinstance(expr, Num) and isinstance(factor, int | Fraction):  # an entry stays one number: 0.2 kHz
        return Num(expr.value * factor, expr.place, f"{expr.text}*{factor}")
    return Op("mul", (expr, Num(Fraction(factor or 1), expr.place, str(factor))), expr.place)


def _measure(unit: Unit) -> Measure | None:
    from grader.kinds._measured import meaning  # patterns that only answers with units need

    return meaning(unit.text)[0]


def _factor(measure: Measure | None, rule: Rule) -> int | Fraction | float | None:
    """What turns one unit into the other; None if no factor does: other dimensions, levels, temperatures."""
    if measure is None or measure == rule.measure:
        return None if measure is None else 1
    if measure.logarithmic or measure.offset or rule.measure.logarithmic or rule.measure.offset:
        return None
    factor: int | Fraction | float | None = in_unit(1, measure, rule.measure)
    return factor


def with_units(finding: Finding, view: View, rule: Rule, judge: Callable[[Reading], Finding]) -> Finding:
    """What the units make of a mark that was found for the numbers; `judge` marks another reading of the answer."""
    if finding.credit is None:
        return finding
    claims = [claim for claim in measured_reading(view, grouping=False).claims if _is_about(finding, claim)]
    shown_as = ", ".join(show(claim.expr) for claim in claims)
    finding = Finding(finding.status, finding.credit, finding.reasons, shown_as, finding.spans, finding.value)
    units, entries = _units_in(claims)
    measures = [_measure(unit) for unit in units]
    shown = ", ".join(dict.fromkeys(unit.text for unit in units))
    if not units:
        return _missing(finding, rule)
    if entries > len(units) > 1 or (entries > len(units) == 1 and not _is_behind_all(units[0], finding)):
        return _open(finding, remark("units-differ"), units)
    if None in measures:
        unknown = next(unit for unit, measure in zip(units, measures, strict=True) if measure is None)
        return _open(finding, remark("unit-unclear", unit=unknown.text), (unknown,))
    known = [measure for measure in measures if measure is not None]
    if finding.status is Status.RIGHT and all(_factor(measure, rule) is not None for measure in known):
        return finding
    from grader.reference.units import convertible

    if not all(convertible(measure, rule.measure) for measure in known):
        return _zero(finding, mistake("unit-wrong-dimension", unit=shown))
    if any(_factor(measure, rule) is None for measure in known):
        return _open(finding, remark("unit-unclear", unit=shown), units)
    if (factor := scale(known[0], rule)) and judge(reading_in(view, rule, convert=False)).status is Status.RIGHT:
        return _zero(finding, mistake("unit-wrong-scale", unit=shown, times=factor))
    return finding


def _is_about(finding: Finding, claim: Claim) -> bool:
    return claim.expr is not None and any(low <= claim.place[0] < high for low, high in finding.spans)


def _units_in(claims: list[Claim]) -> tuple[tuple[Unit, ...], int]:
    """The units of an answer, and how many numbers stand in it."""
    units: list[Unit] = []
    entries = 0
    for claim in claims:
        if claim.expr is not None:
            lists = [node for node in walk(claim.expr) if isinstance(node, Group)]
            units += [node for node in walk(claim.expr) if isinstance(node, Unit)]
            entries += sum(not isinstance(item, Group) for group in lists for item in group.items) or 1
    return tuple(sorted(units, key=lambda unit: unit.place)), entries


def _is_behind_all(unit: Unit, finding: Finding) -> bool:
    return unit.place[1] >= max(stop for _, stop in finding.spans)


def _missing(finding: Finding, rule: Rule) -> Finding:
    if not finding.credit:
        return finding
    if rule.without is None:
        return _open(finding, remark("unit-missing"), ())
    return lowered(finding, rule.without, mistake("unit-missing"))


def _zero(finding: Finding, reason: Reason) -> Finding:
    return Finding(Status.WRONG, Fraction(0), (reason,), finding.read_as, finding.spans, finding.value)


def _open(finding: Finding, reason: Reason, units: tuple[Unit, ...]) -> Finding:
    spans = tuple(unit.place for unit in units) or finding.spans
    return Finding(Status.REVIEW, None, (reason,), finding.read_as, spans, finding.value)
