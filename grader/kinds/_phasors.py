"""Phasors told in two numbers: "1.60 V at -71.3°", "an amplitude of 1.60 V that lags by 71.3°", `|V| = 1.60, φ = ...`.

An amplitude and an angle beside each other are one number only if each word between them is known; otherwise they
stay two numbers, and a person looks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.kinds._choosing import Candidate
from grader.kinds._claimed import Claimed, claimed
from grader.kinds._doubts import is_far
from grader.kinds._imaginary import UNITS, complex_value
from grader.kinds._quantities import LETTERS, family_of, measures
from grader.kinds._units import Rule
from grader.model.expressions import Call, Expr, Name, Op, Relation, Unit, names_in, walk
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.notation.reading import Claim, Reading

_LAGS = frozenset("lag lags lagging behind delay delayed retarded nach hinterher".split())
_LEADS = frozenset("lead leads leading ahead advanced vor voraus".split())
_PHASE = frozenset("phase angle argument arg phasenwinkel winkel phi φ".split()) | _LAGS | _LEADS
_AMPLITUDE = frozenset("amplitude magnitude modulus absolute betrag".split())
_SMALL = frozenset(
    "and with at @ a an the its of is are has have having by to it which that in value shift difference input output"
    " source voltage current signal relative respect und mit bei eine einen einem einer der die das um von eilt dem"
    " , ; : . ( ) = => \n ≈".split(" ")
)
_ANGLES = later(r"(?:phi|varphi|theta|vartheta|alpha|delta|psi)(?:_\w+)?", re.IGNORECASE)
_OTHER_AMPLITUDE = later(
    r"\b(rms|effective|eff|effektiv\w*|peak.to.peak|pp|gain|not)\b", holds=("rms", "eff", "peak", "pp", "gain", "not")
)
_RADIANS = later(r"(?:\\(?:text|mathrm)\s*\{\s*)?rad(?:ians?)?\s*\}?")
_IMAGINARY = later(
    r"(?i:imaginary|imaginär|imaginaire|reactance|réactance|blindwiderstand)|\\Im(?![A-Za-z])|(?<![A-Za-z])(?:Im(?![A-Za-z])|X(?:_\w+)?\s*=)"
)
# What an angle may be that of: "and the current lags by 30°", "the phase of the current is".
_OF_ANOTHER = later(
    r"\b(current|voltage|impedance) (?:lags|leads|is|has)\b"
    r"|\b(?:phase|angle|argument) of the (current|voltage|impedance)\b",
    holds=("current", "voltage", "impedance"),
)
_AFTER = later(r"\s*(?:\(\s*)?([a-z]+)")


class _Part(NamedTuple):
    """A number that may be half of a phasor: its expression without a unit, the unit, and its name."""

    claim: Claim
    expr: Expr
    unit: Unit | None
    value: float
    name: Expr | None


def joined(reading: Reading, rule: Rule | None) -> Reading:
    """The reading with amplitudes and their phases as one claim each, where an answer is a complex number."""
    claims = list(reading.claims)
    for at in range(len(claims) - 2, -1, -1):
        behind = claims[at + 2].before if at + 2 < len(claims) else reading.after
        if (whole := _joined(claims[at], claims[at + 1], behind, rule)) is not None:
            claims[at : at + 2] = [whole]
    return reading._replace(claims=tuple(claims)) if len(claims) < len(reading.claims) else reading


def _joined(first: Claim, second: Claim, behind: str, rule: Rule | None) -> Claim | None:
    """Two claims as one phasor, None where they are not certainly one."""
    parts = _part(first), _part(second)
    if parts[0] is None or parts[1] is None:
        return None
    if _is_amount(parts[0], rule) and _is_angle(parts[1]):
        amount, angle = parts[0], parts[1]
    elif _is_amount(parts[1], rule) and _is_angle(parts[0]):
        angle, amount = parts[0], parts[1]
    else:
        return None
    between, words = _words(second.before), _words(first.before.rpartition(".")[2])
    if not set(between) <= _SMALL | _PHASE | _AMPLITUDE or _OTHER_AMPLITUDE.search(first.before):
        return None
    own = {*words, *between} if angle.claim is first else {*between}
    if rule is not None and (_is_of_another(second.before, rule) or _measures_another(amount.name, rule)):
        return None
    named = bool(own & _PHASE) or _names_angle(angle.name)
    if not named and (angle.claim is first or "." in between or not _in_degrees(angle.expr)):
        return None
    if angle.claim is first and not set(between) & _AMPLITUDE and not _is_modulus(amount.name):
        return None
    after = _AFTER.match(behind) if angle.claim is second else None
    turned = _turned(angle, {*own, after[1]} if after is not None else own)
    if turned is None:
        return None
    place = (first.place[0], second.place[1])
    expr: Expr = Op("angle", (amount.expr, turned), place)
    expr = Op("mul", (expr, amount.unit), place) if amount.unit is not None else expr
    return first._replace(expr=expr, place=place, boxed=first.boxed or second.boxed)


def _is_of_another(between: str, rule: Rule) -> bool:
    """Whether the angle is that of a current where a voltage is asked for, or the other way round."""
    found = _OF_ANOTHER.search(between)
    return found is not None and not measures(family_of(found[1] or found[2]), rule.measure)


def _measures_another(name: Expr | None, rule: Rule) -> bool:
    """`|I| = 2` where volts are asked for."""
    letter = name.args[0] if isinstance(name, Call) and len(name.args) == 1 else name
    return isinstance(letter, Name) and letter.name in LETTERS and not measures(LETTERS[letter.name], rule.measure)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+|\n|=>|[^\w\s]", text)


def _part(claim: Claim) -> _Part | None:
    """The real number that a claim comes to; None where its own chain contradicts it."""
    found = claimed(claim, complex_value)
    if found is None or found.message or complex(found.value).imag or _is_complex(found.expr):
        return None
    if found.earlier and is_far(found.earlier[-1].value, found.value):
        return None
    expr = claim.expr
    last = expr.operands[-1] if isinstance(expr, Relation) else expr
    units = [node for node in walk(last) if isinstance(node, Unit)] if last is not None else []
    if len(units) > 1:
        return None
    name = expr.operands[0] if isinstance(expr, Relation) else None
    return _Part(claim, found.expr, units[0] if units else None, complex(found.value).real, name)


def _is_complex(expr: Expr) -> bool:
    return bool(names_in(expr) & UNITS.keys()) or any(isinstance(n, Op) and n.op == "angle" for n in walk(expr))


def _in_degrees(expr: Expr) -> bool:
    return any(isinstance(node, Op) and node.op == "degree" for node in walk(expr))


def _is_amount(part: _Part, rule: Rule | None) -> bool:
    """Whether a number may be an amplitude: positive, and of the unit that is asked for."""
    if part.value <= 0 or _in_degrees(part.expr) or _names_angle(part.name):
        return False
    if part.unit is None or rule is None:
        return part.unit is None
    from grader.kinds._measured import meaning
    from grader.reference.units import convertible

    measure = meaning(part.unit.text)[0]
    return measure is not None and convertible(measure, rule.measure)


def _is_angle(part: _Part) -> bool:
    """Whether a number may be an angle: with its degrees, in radians, or without a unit."""
    return part.unit is None or _RADIANS.fullmatch(part.unit.text) is not None


def _names_angle(name: Expr | None) -> bool:
    """`φ = ...`, `arg(V) = ...`, `∠V = ...`."""
    if isinstance(name, Call):
        return name.function == "arg"
    return isinstance(name, Name) and _ANGLES.fullmatch(name.name) is not None


def _is_modulus(name: Expr | None) -> bool:
    return isinstance(name, Call) and name.function in ("abs", "norm")


def _turned(angle: _Part, words: set[str]) -> Expr | None:
    """The angle with the sign that "lags" gives it; None where a sign and a word may say two things."""
    lags, leads = bool(words & _LAGS), bool(words & _LEADS)
    if (lags and leads) or (lags and angle.value < 0) or (leads and angle.value < 0):
        return None
    return Op("neg", (angle.expr,), angle.expr.place) if lags else angle.expr


def stands_apart(chosen: Candidate, candidates: Sequence[Candidate], text: str) -> bool:
    """Whether a real number was chosen where two stand in the answer that were not joined, an amplitude and an angle
    or a real and an imaginary part.
    """
    if complex(chosen.value.value).imag:
        return False
    if len(candidates) > 1 and _IMAGINARY.search(text):
        return True
    angles = [_in_degrees(one.value.expr) or _RADIANS.fullmatch(one.value.unit) is not None for one in candidates]
    return any(angles) and not all(angles)


def turned_otherwise(claimed: Claimed, others: Sequence[Candidate]) -> list[Candidate]:
    """Phasors of the same amplitude at another angle: "1.60 V at 71.3°, that is 0.514 - 1.519j V"."""
    size = abs(claimed.value)
    turned = [one for one in others if complex(one.value.value).imag]
    alike = [one for one in turned if abs(abs(one.value.value) - size) <= _NEAR * size]
    return [one for one in alike if abs(one.value.value - claimed.value) > 2 * _NEAR * size]


_NEAR = 0.01
