"""Right values that an answer gives to something else: "the height is 4.17 m", `v_0 = 4.95 m/s`, "x = [2, 3]" for y."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from grader.kinds._asked import fits
from grader.kinds._choosing import Candidate
from grader.kinds._claimed import claimed
from grader.kinds._false_lefts import false_left
from grader.kinds._numbers import value_of
from grader.kinds._qualified import qualified
from grader.kinds._quantities import families, introduced, kinds, measures
from grader.kinds.kind import View, remark
from grader.kinds.number import reading_of
from grader.marking.asked_places import placed_elsewhere
from grader.marking.beside import said_before, said_behind
from grader.marking.called import other_quantity
from grader.marking.contrasts import contrasting
from grader.marking.elsewhere import of_another, qualified_label
from grader.marking.left_changes import left_change
from grader.marking.lefts import other_left, without_index
from grader.marking.named_otherwise import named_otherwise
from grader.marking.other_subjects import of_other_subject
from grader.marking.reported import reported
from grader.marking.second_thoughts import affirmed, taken_back
from grader.model.expressions import Name, Num, Op, Relation, names_in
from grader.model.patterns import later
from grader.model.results import Finding, Reason
from grader.model.rubrics import Part
from grader.notation.printing import show
from grader.notation.reading import Claim, Reading
from grader.notation.remarks import changing_remark
from grader.prepare.parts import PreparedPart

_NEAR = 60  # characters beside a value in which words are about it
_SPELLED = frozenset(["number", "array", "set"])  # kinds whose answers have names on the left


def otherwise(prepared: PreparedPart, finding: Finding, view: View) -> Reason | None:
    """Why a right answer may be that of something else; None where nothing says so."""
    kind = prepared.kind
    if kind is None or kind.in_code:  # what a program does is seen, whatever its comments say
        return None
    read = any(reason.id == "cases-in-words" for reason in finding.reasons)  # "for odd n"
    words = "" if read else qualified(kind.name, view, finding.spans)
    words = (
        words or _asking(view) or _contrasting(prepared.part, finding, view) or false_left(prepared.part, finding, view)
    )
    words = words or reported(finding, view) or named_otherwise(prepared.part, kind.name, finding, view)
    words = words or of_another(prepared.part, finding, view) or qualified_label(prepared.part, finding, view)
    words = words or left_change(prepared.part, finding, view)
    words = words or of_other_subject(prepared.part, kind.name, finding, view)
    words = words or placed_elsewhere(prepared, finding, view)
    words = words or _remarked(kind.name, finding, view)
    words = words or taken_back(prepared.part, finding, view) or affirmed(prepared.part, finding, view)
    if words := words or _said_of_another(prepared, finding, view):
        return remark("changed-by-words", words=words)
    if quantity := other_quantity(prepared.part, finding, view, _reading(prepared, view)):
        return remark("other-quantity", said=quantity, asked=prepared.part.quantities[0])
    return None


_ASKS = later(
    r"\W*(?:is|are|would|could|should|might|may|isn't|or is)(?: it| this| that| they| the answer) ", re.IGNORECASE
)


def _asking(view: View) -> str:
    """The sign of a question that an answer is: "Is it (1000, 256, 256, 3)?"."""
    text = view.answer.text.strip()
    return "?" if text.endswith("?") and _ASKS.match(text) is not None else ""


def _contrasting(part: Part, finding: Finding, view: View) -> str:
    """A name directly beside a right value that is not that of what is asked for: "the singular values are"."""
    if not finding.spans:
        return ""
    text, start = view.answer.document.text, view.base + finding.spans[0][0]
    left, sign, _ = (marked := text[start : view.base + finding.spans[0][1]]).partition("=")
    worded = None if sign else _IN_WORDS.match(marked)  # "The power is C U^2/2", all of it marked
    before = text[max(view.base, start - 2 * _NEAR) : start] + (left + sign if sign else worded[0] if worded else "")
    own = " ".join((part.name, *part.labels, *part.quantities))
    return contrasting((own, part.about), before, _typed_behind(finding, view))


def _continues(claim: Claim, view: View) -> bool:
    """Whether the left side of an equation is only the end of what is typed: `E = ½ C U² = ...`."""
    start = view.base + claim.place[0]
    return _FACTOR.search(view.answer.document.text[max(view.base, start - _NEAR) : start]) is not None


_FACTOR = later(r"[=*/+-]\s*(?:(?:[^\W\d_]|[\d.½¼]+)\s*)+\Z")


def _remarked(kind: str, finding: Finding, view: View) -> str:
    r"""The words of a remark in a formula behind a right answer: `5 \quad (\text{wrong})`."""
    behind = _typed_behind(finding, view) if finding.spans else ""
    return changing_remark(behind, of_value=kind in _SPELLED) if "\\" in behind else ""


_IN_WORDS = later(r"\W*(?:[^\W\d_]{3,}\s+)+(?:is|are|equals|=|:)\s+", re.IGNORECASE)


def _reading(prepared: PreparedPart, view: View) -> Reading:
    kind = prepared.kind
    if kind is None or kind.name == "number":
        return reading_of(prepared.expected, view)
    return view.reading(**dict(kind.reads))


def _said_of_another(prepared: PreparedPart, finding: Finding, view: View) -> str:
    """The words by which a right answer is that of something else; "" if there are none."""
    kind = prepared.kind
    if kind is not None and kind.name == "shape":
        from grader.kinds._shape_otherwise import said_otherwise

        return said_otherwise(prepared.expected, finding, view)
    if kind is not None and kind.name in ("formula", "equals"):
        return said_behind("formula", _typed_behind(finding, view)) if finding.spans else ""
    if kind is None or kind.name not in _SPELLED:
        return ""
    number, reading = kind.name == "number", _reading(prepared, view)
    about = [c for c in view.claims(reading) if any(low <= c.place[0] < high for low, high in finding.spans)]
    if not about:
        return ""
    lead = about[0].before
    if prepared.kind is not None and prepared.kind.name == "array" and (called := _called(finding, view)):
        return called
    tail = _behind(about[-1], reading, view) if number else _typed_behind(finding, view)
    words = said_before(kind.name, lead) or said_behind(kind.name, tail)
    words = words or next(filter(None, (other_left(one, prepared, _continues(one, view)) for one in about)), "")
    if words or not number:
        return words or _other_title(prepared.part.title, lead, view)
    return (
        _other_quantity(prepared, lead)
        or _other_error(prepared.part, lead)
        or _other_title(prepared.part.title, lead, view)
        or _other_object(prepared.part.title, lead, tail)
        or _multiple_named(about, view.claims(reading))
        or _in_degrees(finding, view)
        or _opposed(about[-1], prepared, view.claims(reading))
        or _of_several(about[-1], prepared, view, reading)
    )


_FUNCTION = later(r"(?<![\\\w])(?P<name>mean|sum|max|min|len|sorted|sort|abs|std|var|diff|cumsum|median|norm)\(\s*\Z")


def _called(finding: Finding, view: View) -> str:
    """The function of which a list is the argument, "mean([1, 3, 0, 1])"."""
    start = view.base + finding.spans[0][0]
    found = _FUNCTION.search(view.answer.document.text[max(view.base, start - _NEAR) : start].casefold())
    return found["name"] if found is not None else ""


def _behind(claim: Claim, reading: Reading, view: View) -> str:
    """The words behind a claim up to the next one; of a number in words, "half of that", also that one."""
    following = next((other for other in reading.claims if other.place > claim.place), None)
    if following is None:
        return reading.after
    typed = view.answer.document.text[view.base + following.place[0] : view.base + following.place[1] + _NEAR]
    worded = typed[:1] == "(" or (typed[:1].isalpha() and _value(following) is not None)
    return f"{following.before} {typed}" if worded and typed[1:2].isalpha() else following.before


def _typed_behind(finding: Finding, view: View) -> str:
    """The text behind what was marked, with what it says of single entries: "where 10 should be 9"."""
    stop, end = (view.base + place for place in (finding.spans[-1][1], _end(view)))
    return view.answer.document.text[stop : min(end, stop + 2 * _NEAR)]


def _end(view: View) -> int:
    return max((block.span.stop for block in view.answer.blocks), default=0)


def _value(claim: Claim) -> Any:
    found = claimed(claim, value_of)
    return None if found is None else found.value


# -- words -----------------------------------------------------------------------------------------------------

# What is not the same, though one word may stand for the other in a title.
_CONTRASTS = tuple(
    tuple(group.split())
    for group in (
        "eigenvalue eigenvector",
        "input output",
        "mean median mode variance",
        "minimum maximum",
        "rank nullity trace determinant",
        "numerator denominator",
    )
)

_OBJECT = later(r"\bof\s+\$?([A-Z])\$?\s*\Z")


def _other_quantity(prepared: PreparedPart, lead: str) -> str:
    """The quantity as which words name a value, where it has another unit or the title asks for another one."""
    found = introduced(lead[-2 * _NEAR :])
    if found is None:
        return ""
    clause, noun, family = found
    part, rule = prepared.part, prepared.expected.rule
    if rule is not None and not measures(family, rule.measure):
        return noun
    asked = families(" ".join((part.title, *part.labels)))
    if not asked:
        return ""
    if asked.isdisjoint(families(clause)):
        return noun
    more = sorted(kinds(clause) - kinds(" ".join((part.title, *part.labels)))) if part.title else []
    return f"{more[0]} {noun}" if more else ""


_ERROR = later(
    r"\b(?:uncertainty|error|deviation) (?:of|in|on) (?:the |its )?(length|time|period|angle|mass|diameter|height)\b",
    holds=("uncertainty", "error", "deviation"),
)


def _other_error(part: Part, lead: str) -> str:
    """ "the uncertainty of the length is", where that of something else is asked for."""
    found = _ERROR.search(lead[-_NEAR:].casefold())
    asked = " ".join((part.title, *part.labels)).casefold()
    return "" if found is None or found[1] in asked else found[0]


def _other_title(title: str, lead: str, view: View) -> str:
    """A word before a value that is the counterpart of one in the title: the eigenvectors, for eigenvalues."""
    asked, said = title.casefold(), lead[-_NEAR:].casefold()
    for group in _CONTRASTS if asked else ():
        own = [word for word in group if word in asked]
        other = next((word for word in group if word in said and word not in own), "")
        if own and other and not any(word in said for word in own):
            return other
    of = _OBJECT.search(title) if asked else None
    changed = re.search(rf"\bof\s+\$?{of[1]}\s?(?:\^|\*\*|['’²³⁻])\S*", view.answer.text) if of is not None else None
    return changed[0] if changed is not None else ""


def _multiple_named(about: Sequence[Claim], claims: Sequence[Claim]) -> str:
    """`d = 2r` beside the value of r: what is asked for may be either."""
    lefts = [claim.expr.operands[0] for claim in about if isinstance(claim.expr, Relation)]
    letters = {left.name for left in lefts if isinstance(left, Name)}
    for claim in claims if letters else ():
        expr = claim.expr
        if not isinstance(expr, Relation) or len(expr.operands) != 2 or not isinstance(expr.operands[0], Name):
            continue
        right = expr.operands[1]
        if isinstance(right, Op) and right.op in ("mul", "div") and _is_times(right) and names_in(right) <= letters:
            return show(expr)
    return ""


def _is_times(expr: Op) -> bool:
    """Whether it is a number times a name, and nothing else: 2r, r/2."""
    sorts = {type(arg) for arg in expr.args}
    return len(expr.args) == 2 and sorts == {Num, Name}


_DEGREES = later(r"\W*(?:degrees?|deg)\b")


def _in_degrees(finding: Finding, view: View) -> str:
    """The word behind an angle that was read in radians: "phase $-\\pi/6$ degrees"."""
    if not isinstance(finding.value, complex) or "\N{DEGREE SIGN}" in finding.read_as:
        return ""
    stop = view.base + finding.spans[-1][1]
    found = _DEGREES.match(view.answer.document.text[stop : stop + _NEAR])
    return found[0].strip("$ ") if found is not None else ""


def _opposed(claim: Claim, prepared: PreparedPart, claims: Sequence[Claim]) -> str:
    """Another number under the same letter, `v_0 = 4.95, v = 3`, or the same with the other sign, "i.e. v = -4.95"."""
    value, own, rule = _value(claim), _letter(claim), prepared.expected.rule
    for other in claims if value and not isinstance(value, complex) else ():
        found = claimed(other, value_of) if isinstance(other.expr, Relation) and other.place != claim.place else None
        if found is None or found.value == value or (rule is not None and not fits(Candidate(other, found), rule)):
            continue
        said = found.value
        later = other.place > claim.place and said == -value
        if later or (own and own != (again := _letter(other)) and without_index(own) == again):
            return show(other.expr)
    return ""


def _letter(claim: Claim) -> str:
    left = claim.expr.operands[0] if isinstance(claim.expr, Relation) else None
    return left.name if isinstance(left, Name) else ""


_OF_OBJECT = later(r"\bof (?:the |a )([a-z]+)", re.IGNORECASE)
_ANY_OBJECT = frozenset(
    "object body particle system mass thing motion flight first second whole entire same time point ground end".split()
)


def _other_object(title: str, lead: str, tail: str) -> str:
    """The thing that the words beside a value name as what it is of: "the speed of the car", for that of the ball."""
    asked = _OF_OBJECT.search(title) if title else None
    if asked is None or asked[1].casefold() in _ANY_OBJECT:
        return ""
    beside = (introduced(lead[-2 * _NEAR :]) or ("",))[0], _IS_OF.match(tail)
    for words in (beside[0], beside[1][0] if beside[1] is not None else ""):
        found = _OF_OBJECT.search(words)
        if found is not None and found[1] not in _ANY_OBJECT and found[1].casefold() not in title.casefold():
            return found[0]
    return ""


_IS_OF = later(r"[\s,]*(?:is|where \w+ is)? ?(?:the|its) \w+ of (?:the |a )\w+", re.IGNORECASE)
_FOR = r"(?:away |up |down )?(?:for|at|of|in|from|on|after|before|with|without)"
_FOR_BEHIND = later(rf"\s*{_FOR} (?:the |a )?([a-z]+)", re.IGNORECASE)
_FOR_BEFORE = later(rf"\b{_FOR} (?:the |a )?([a-z]+)(?: it)?\W*(?:is|has|was)?\W*\Z", re.IGNORECASE)


def _of_several(claim: Claim, prepared: PreparedPart, view: View, reading: Reading) -> str:
    """The words that tell a value from another one of the same unit: "6 m/s at the bottom, 4.95 m/s at the top"."""
    rule = prepared.expected.rule
    if rule is None:
        return ""
    own = _told_for(claim, reading, view)
    mine = claimed(claim, value_of)
    if not own or mine is None:
        return ""
    asked = prepared.part.title.casefold()
    for other in view.claims(reading):
        found = claimed(other, value_of) if other is not claim and other.sentence == claim.sentence else None
        if found is None or found.value == mine.value or not fits(Candidate(other, found), rule):
            continue
        theirs = _told_for(other, reading, view)
        if theirs and theirs != own:
            return "" if own in asked and theirs not in asked else own
    return ""


def _told_for(claim: Claim, reading: Reading, view: View) -> str:
    stop = view.base + claim.place[1]
    found = _FOR_BEHIND.match(view.answer.document.text[stop : stop + _NEAR])
    found = found or _FOR_BEFORE.search(claim.before[-_NEAR:])
    return found[1].casefold() if found is not None else ""
