"""Which numbers of an answer may be the one that is asked for, by unit and by name: `v = 4.95 m/s, d = 4.17 m`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.kinds._agreement import Expected
from grader.kinds._choosing import Candidate, changed_by, hesitates
from grader.kinds._concluded import called_result
from grader.kinds._usual_symbols import STATISTICS, name_of
from grader.model.expressions import Call, Expr, Name, Op, Relation, base_name, names_in, rebuilt
from grader.model.patterns import later
from grader.notation.printing import show
from grader.notation.reading import Reading

if TYPE_CHECKING:
    from grader.kinds._units import Rule

_LETTERS = later(r"[A-Za-z](?:(?:\s|\\[,; ]|[/·*^{}()]|\\cdot|\d)*[A-Za-z])*[\s\d^{}()]*")
_SEVERAL = later(r"[a-z]{2}", holds=())
_DECIBEL = later(r"(?i:dB|decibel)")


def asked(candidates: Sequence[Candidate], expected: Expected, reading: Reading) -> list[Candidate]:
    """Those that may be the answer; all, if nothing tells them apart or the words between them hesitate.

    Beside a number of the unit that is asked for, one of another dimension is something else, and so is what letters
    come to together (`omega*R*C = 2.95`); beside one of the name that is asked for, so is one of another name.
    """
    rule, kept = expected.rule, list(candidates)
    if expected.foreign or any(_ANSWERS.search(one.claim.before) for one in candidates):
        return kept
    if rule is not None and any(fits(one, rule) for one in candidates):
        lefts = {_left(one, fitting=True) for one in candidates if fits(one, rule)} - {""}
        kept = [one for one in candidates if fits(one, rule) or _may_be(one, lefts)]
    named = [_name(one) for one in kept]
    if any(name in expected.called for name in named):
        kept = [one for one, name in zip(kept, named, strict=True) if name in ("", *expected.called)]
    kept = [one for one in kept if not _is_told_in_decibels(one, kept, rule)]
    dropped = [one for one in candidates if one not in kept]
    names = {_name(one) for one in kept} - {""}
    called = called_result(candidates, reading.after)
    if any(one in called or _name(one) in names for one in dropped):  # v = 5 m/s and v = 3 m
        return list(candidates)
    if any(one.claim.boxed for one in dropped) and not any(one.claim.boxed for one in kept):
        return list(candidates)
    doubtful = any(hesitates((one.claim, other.claim), reading) for one in dropped for other in kept)
    return list(candidates) if doubtful else kept


def _may_be(one: Candidate, lefts: set[str]) -> bool:
    """Whether a number without a unit may be meant: not `|Z| = 50` beside `I = 0.2 A`."""
    left = _left(one)
    return one.value.measure is None and not _is_of_several(one) and not (left and lefts and left not in lefts)


def _left(one: Candidate, fitting: bool = False) -> str:
    """What an equation gives a number to, as it reads, unless it is a letter alone and does not fit; "" for none."""
    expr = one.claim.expr
    left = expr.operands[0] if isinstance(expr, Relation) else None
    return show(left) if isinstance(left, Call) or (isinstance(left, Name) and fitting) else ""


_ANSWERS = later(
    r"\b(answer|ans|result|solution|final(?:ly)?)\b[^.;]{0,20}\Z", holds=("ans", "result", "solution", "final")
)


def told_before(chosen: Candidate, candidates: Sequence[Candidate], reading: Reading) -> Candidate:
    """The same number where an equation ended with it, if words only use it again: "kappa = 21; at most 21 times"."""
    if not changed_by(chosen.claim, reading) or isinstance(chosen.claim.expr, Relation):
        return chosen
    before = [
        one for one in candidates if one.claim.place < chosen.claim.place and isinstance(one.claim.expr, Relation)
    ]
    same = [one for one in before if one.value.value == chosen.value.value and not changed_by(one.claim, reading)]
    return same[-1] if same and before[-1] is same[-1] else chosen


def _is_of_several(candidate: Candidate) -> bool:
    expr = candidate.claim.expr
    left = expr.operands[0] if isinstance(expr, Relation) else None
    return isinstance(left, Op) and len(names_in(left) - {"pi", "e"}) > 1


def fits(candidate: Candidate, rule: Rule) -> bool:
    """Whether a number has a unit that measures what is asked for; rad/s is none for Hz."""
    from grader.reference.rates import mixes_turns
    from grader.reference.units import convertible

    found = candidate.value
    if found.measure is None or not convertible(found.measure, rule.measure):
        return False
    return not mixes_turns(found.unit, rule.text)


def _name(candidate: Candidate) -> str:
    expr = candidate.claim.expr
    left = expr.operands[0] if isinstance(expr, Relation) else None
    return base_name(left) or (head if (head := name_of(left)) in STATISTICS else "")


def _is_told_in_decibels(candidate: Candidate, others: Sequence[Candidate], rule: Rule | None) -> bool:
    """Whether a ratio is the one that another number gives in decibels: `|H| = 0.321, |H|_dB = -9.88 dB`."""
    from math import log10

    found = candidate.value
    if rule is None or not _DECIBEL.search(rule.text) or found.measure is not None or found.message:
        return False
    if isinstance(found.value, complex) or found.value <= 0 or not isinstance(candidate.claim.expr, Relation):
        return False
    levels = [one.value.value for one in others if one is not candidate and fits(one, rule)]
    told = [factor * log10(found.value) for factor in (10, 20)]
    return any(abs(level - one) <= _NEAR * abs(level) for level in levels for one in told)


_NEAR = 0.02


# -- letters that are none of units ----------------------------------------------------------------------------


def is_formula(candidate: Candidate, expected: Expected) -> bool:
    """Whether what looks like a unit are letters of a formula: `g = 4\\pi^2 L/T^2` claims no number."""
    found, rule = candidate.value, expected.rule
    if rule is None or fits(candidate, rule) or not candidate.claim.in_maths:
        return False
    if found.measure is None:
        return _is_solved_for(candidate)
    letters = _LETTERS.fullmatch(found.unit.strip()) is not None and not _SEVERAL.search(found.unit)
    fraction = isinstance(found.expr, Op) and found.expr.op == "div" and not names_in(found.expr)
    return letters and not found.earlier and (fraction or bool(names_in(found.expr)))


def _is_solved_for(candidate: Candidate) -> bool:
    """Whether letters that are no unit stand behind a fraction, and a letter on the right: `\\frac12 mv^2 = E`."""
    expr, found = candidate.claim.expr, candidate.value
    last = expr.operands[-1] if isinstance(expr, Relation) else None
    fraction = isinstance(found.expr, Op) and found.expr.op == "div" and not names_in(found.expr)
    return fraction and isinstance(last, Name) and _LETTERS.fullmatch(found.unit.strip()) is not None


# -- logarithms beside decibels --------------------------------------------------------------------------------


def is_level(rule: Rule | None) -> bool:
    """Whether decibels are asked for."""
    return rule is not None and _DECIBEL.search(rule.text) is not None


def with_base_ten(reading: Reading, text: str) -> Reading:
    """The reading with logarithms to base ten, as they are beside decibels: `20 \\log 0.905 = -0.87 dB`.

    `text` is the answer by the places of its claims: `\\ln` and `np.log` stay natural.
    """

    def change(expr: Expr) -> Expr:
        if isinstance(expr, Call) and expr.function == "log" and len(expr.args) == 1:
            before, word = text[: expr.place[0]], text[expr.place[0] :].lstrip("\\ ")
            natural = word.startswith("ln") or before.endswith(".")
            return Call("log" if natural else "log10", (change(expr.args[0]),), expr.place)
        return rebuilt(expr, change)

    claims = [claim if claim.expr is None else claim._replace(expr=change(claim.expr)) for claim in reading.claims]
    return reading._replace(claims=tuple(claims))
