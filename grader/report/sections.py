"""What a reader is shown of a mark: what several parts have in common is said once."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from grader.model.records import NamedTuple
from grader.model.results import UNDECIDED, Evidence, Mark, Reason, Status
from grader.report.sentences import Quote, explain

NOT_YET = frozenset({Status.PARTIAL, Status.WRONG, Status.BLANK})  # where a hint helps


class Section(NamedTuple):
    """A question, or one or several of its parts that come to the same.

    The sections below it hold what differs; where there are none, all that is to be said stands here.
    """

    title: str
    status: Status
    points: Fraction | None
    max: Fraction
    evidence: tuple[Evidence, ...]
    read_as: str
    sentences: tuple[str, ...]
    hint: str = ""
    explain: str = ""
    expected: str = ""
    below: tuple[Section, ...] = ()


def section(mark: Mark, quote: Quote = str, plain: Quote = str) -> Section:
    """A question as it is shown; `quote` and `plain` prepare the facts of its sentences."""
    return _section((mark,), (), mark.max, quote, plain)


def _section(marks: tuple[Mark, ...], ids: tuple[str, ...], share: Fraction, quote: Quote, plain: Quote) -> Section:
    """Marks that come to the same; `share` is what they are worth together, in points."""
    first = marks[0]
    groups = _groups(first.parts, quote, plain) if first.parts and len(marks) == 1 else []
    weight = sum((part.max for part in first.parts), Fraction(0))
    sentences = list(_sentences(first, quote, plain))
    alike = groups[0] if len(groups) == 1 and not groups[0][0].parts else ()  # nothing to tell apart
    if alike:
        sentences += [text for text in _sentences(alike[0], quote, plain) if text not in sentences]
    below = _without(
        sentences,
        [
            _section(group, tuple(part.id for part in group), _share(group, share, weight), quote, plain)
            for group in groups
            if group is not alike
        ],
    )
    shown = alike or (() if below else marks)
    helped = (first, *alike[:1])
    credit = first.credit
    return Section(
        ", ".join(ids) or first.id,
        first.status,
        None if credit is None else credit * share,
        share,
        _evidence(shown, bool(ids)) or (first.evidence if alike else ()),
        _read_as(shown),
        tuple(sentences),
        next((one.hint for one in helped if one.hint and one.status in NOT_YET), ""),
        next((one.explain for one in helped if one.explain and one.status in NOT_YET), ""),
        first.expected if first.reveal else "",
        below,
    )


def _groups(parts: tuple[Mark, ...], quote: Quote, plain: Quote) -> list[tuple[Mark, ...]]:
    """Parts with the same verdict for the same reasons, in the order of their first."""
    groups: dict[object, list[Mark]] = {}
    for place, part in enumerate(parts):
        revealed = part.expected if part.reveal else ""
        credit = None if part.credit is None else part.credit.as_integer_ratio()
        same = (part.status, credit, _sentences(part, quote, plain), part.hint, part.explain, revealed)
        groups.setdefault(place if part.parts else same, []).append(part)
    return [tuple(group) for group in groups.values()]


def _without(sentences: list[str], below: list[Section]) -> tuple[Section, ...]:
    """The sections below a whole; what all of them say moves to `sentences`, which are those of the whole."""
    shared = [text for text in below[0].sentences if all(text in one.sentences for one in below)] if below[1:] else []
    sentences += [text for text in shared if text not in sentences]
    return tuple(
        one._replace(sentences=tuple(text for text in one.sentences if text not in sentences)) for one in below
    )


def _share(group: tuple[Mark, ...], share: Fraction, weight: Fraction) -> Fraction:
    return share * sum((part.max for part in group), Fraction(0)) / weight if weight else Fraction(0)


def _sentences(mark: Mark, quote: Quote, plain: Quote) -> tuple[str, ...]:
    """Every reason once. A verdict without reasons speaks for itself, unless the answer is for a person."""
    reasons = mark.reasons
    if not reasons and not mark.parts and mark.status in UNDECIDED:
        reasons = (Reason(mark.status.value),)
    return tuple(dict.fromkeys(explain(reason, "student", quote, plain) for reason in reasons))


def _evidence(marks: Iterable[Mark], is_part: bool) -> tuple[Evidence, ...]:
    """Each place once. A part that was left out holds the words of the whole answer, none of its own."""
    found = (one for mark in marks if not (is_part and mark.status is Status.BLANK) for one in mark.evidence)
    return tuple(dict.fromkeys(found))


def _read_as(marks: tuple[Mark, ...]) -> str:
    readings = list(dict.fromkeys(mark.read_as for mark in marks if mark.read_as))
    if len(readings) < 2:
        return "".join(readings)
    return "; ".join(f"{mark.id}: {mark.read_as}" for mark in marks if mark.read_as)
