"""Labels and claims in the order of the text, and which label each claim then belongs to."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from grader.model.expressions import Expr, Group, Num, Place, Relation, Text
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.model.results import Reason
from grader.notation.printing import show
from grader.notation.reading import Claim, Reading


class Event(NamedTuple):
    """A label or a claim, in the order of the text: `part` is the index of the label's part, -1 for a claim.

    A quantity that no part asks for has the index behind the last part.
    """

    part: int
    claim: Claim | None = None


def labels_behind(
    events: Sequence[Event], own: Sequence[tuple[Claim, int | None]], count: int
) -> list[list[Claim]] | None:
    """Each claim with its own label directly behind it, where others stand before; None if they do not.

    "n in [10] and m in [20]: 10 input and 20 output channels", and "last axis of X = 10, so 10 input, and 20 output",
    where the claims with names of their own only lead there (`own`: the part that each names, or None).
    """
    named = {claim.place for claim, part in own if part is not None}
    tail = _without(events, named) if named else list(events)
    start = next((k for k, event in enumerate(tail) if event.claim is not None), len(tail))
    if start < count and not named:
        return None
    tail = tail[start:]
    claims = [event.claim for event in tail[::2] if event.claim is not None]
    parts = [event.part for event in tail[1::2]]
    if len(tail) != 2 * count or len(claims) != count or sorted(parts) != list(range(count)):
        return None
    return [[claims[parts.index(part)]] for part in range(count)]


def each_followed(events: Sequence[Event], count: int) -> list[list[Claim]] | None:
    """As many claims as parts, in turn with their labels: "y = x[s*k] (sub-sampling), y = max x[s*k+j] (pooling)".

    Behind them stand the claims of other quantities, of which there are none.
    """
    claims = [event.claim for event in events[::2] if event.claim is not None]
    parts = [event.part for event in events[1::2]]
    if len(events) != 2 * count or len(claims) != count or sorted(parts) != list(range(count)):
        return None
    return [*([claims[parts.index(part)]] for part in range(count)), []]


def _without(events: Sequence[Event], named: Collection[Place]) -> list[Event]:
    """The events without the claims at these places and the label directly before each."""
    gone = [event.claim is not None and event.claim.place in named for event in events]
    gone = [here or then for here, then in zip(gone, [*gone[1:], False], strict=True)]
    return [event for event, away in zip(events, gone, strict=True) if not away]


def collapsed(sequence: list[int]) -> list[int]:
    """The parts in order, each run of one part once."""
    return [part for k, part in enumerate(sequence) if k == 0 or sequence[k - 1] != part]


def by_neighbours(events: list[Event]) -> Iterator[tuple[int, Claim]]:
    """Labels before their claims, or after them if the text begins with a claim: "10 input, 20 output"."""
    first = next((event for event in events), None)
    if first is not None and first.part < 0:
        events = events[::-1]
    current: list[int] = []
    fresh = True
    for event in events:
        if event.claim is None:
            current = [*current, event.part] if fresh and event.part not in current else [event.part]
            fresh = True
        else:
            fresh = False
            for part in current:
                yield part, event.claim


def each_by_name(own: Sequence[tuple[Claim, int | None]], count: int) -> list[list[Claim]] | None:
    """One value for each part under its own name, and others in sentences behind: "in = 10, out = 20. W is 3x3".

    So with a number in words before them: "there are two pivots so rank(C) = 2 and nullity(C) = 3".
    """
    named = [(claim, part) for claim, part in own if part is not None]
    if sorted(part for _, part in named) != list(range(count)) or len(own) == count:
        return None
    last = max(claim.sentence for claim, _ in named)
    others = [claim for claim, part in own if part is None]
    first = min(claim.place for claim, _ in named)
    others = [claim for claim in others if claim.in_maths or claim.place > first or not _COUNTS.search(claim.before)]
    if any(claim.sentence <= last for claim in others) or (others and _AGAIN.search(others[0].before)):
        return None
    return [[claim for claim, part in named if part == place] for place in range(count)]


_COLON = later(r"(?:\A|[^\w-])([a-z][\w-]*)\s*[:=]\s*\Z", re.I)


def behind_colons(claims: Sequence[Claim], labels: Sequence[tuple[str, ...]]) -> list[list[Claim]] | None:
    """The last values, each behind its own label and a colon, and others above: "last two axes | in: 10, out: 20"."""
    count = len(labels)
    said = [found[1].lower() if (found := _COLON.search(claim.before)) is not None else "" for claim in claims]
    parts = [next((part for part, own in enumerate(labels) if word in own), -1) for word in said]
    last, own = claims[-count:], parts[-count:]
    if len(claims) <= count or sorted(own) != list(range(count)) or set(parts[:-count]) != {-1}:
        return None
    return [[last[own.index(part)]] for part in range(count)]


def again_otherwise(candidates: Sequence[Claim], count: int) -> bool:
    """Whether values without labels come again in another order: "10 and 20: it reads 20 channels and writes 10"."""
    texts = [show(claim.expr) if claim.expr is not None else "" for claim in candidates[: 2 * count]]
    first, again = texts[:count], texts[count:]
    return len(again) == count and sorted(first) == sorted(again) and first != again


def without_first_said(candidates: list[Claim], count: int, said: Callable[[str], bool]) -> list[Claim]:
    """The values without those that only come first without labels: "10 -> 20, i.e. 10 come in and 20 go out"."""
    if count < 2 or len(candidates) != 2 * count or not all(isinstance(claim.expr, Num) for claim in candidates):
        return candidates
    first, again = candidates[:count], candidates[count:]
    alike = [show(claim.expr) for claim in first] == [show(claim.expr) for claim in again]
    unlabelled = not any(said(claim.before) for claim in first) and any(said(claim.before) for claim in again)
    return again if alike and unlabelled else candidates


def labels_listed_behind(
    claims: Sequence[Claim], candidates: Sequence[Claim], said: Callable[[str], set[int]], count: int
) -> tuple[list[list[Claim]], tuple[Reason, ...]] | None:
    """The last values, each for its label in brackets behind them: "20, 10 (out, in)"; None for anything else."""
    values = candidates[-count:]
    behind = [claim for claim in claims if values and claim.place > values[-1].place]
    group = behind[0].expr if behind and not behind[0].before.strip(" #") else None
    if not isinstance(group, Group) or len(group.items) != count or not all(isinstance(v.expr, Num) for v in values):
        return None
    words = [item.words if isinstance(item, Text) else getattr(item, "name", "") for item in group.items]
    named = [said(word.lower()) for word in words]
    order = [next(iter(parts)) for parts in named if len(parts) == 1]
    listed = [[values[order.index(part)]] for part in range(count)] if sorted(order) == list(range(count)) else None
    return None if listed is None else ([*listed, []], ())


def concludes_otherwise(claims: Sequence[Claim], assigned: Sequence[Sequence[Claim]], after: str) -> bool:
    """Whether bare values behind all others differ from what the parts were given: "10 in, 20 out. So 10 and 200."."""
    count = len(assigned)
    last = claims[-count:]
    if len(claims) <= count or re.search(r"\w", after) or not _CONCLUDES.search(last[0].before):
        return False
    bare = all(isinstance(claim.expr, Num) for claim in last)
    if not bare or any(claim.before.strip() not in ("and", ",", ", and") for claim in last[1:]):
        return False
    given = [{show(ends[-1]) for one in own if (ends := _sides(one.expr))} for own in assigned]
    return any(show(claim.expr) not in values for claim, values in zip(last, given, strict=True) if claim.expr)


_CONCLUDES = later(r"\b(?:so|thus|hence|therefore|altogether|that is|i\.e\.|also|daher|donc)[ ,:]*\Z")


def _sides(expr: Expr | None) -> tuple[Expr, ...]:
    """The sides of an equation that say something; an expression alone is one."""
    sides = expr.operands if isinstance(expr, Relation) else (expr,)
    return tuple(side for side in sides if side is not None)


def again_crosswise(assigned: Sequence[Sequence[Claim]]) -> bool:
    """Whether all parts were given the same several values: "n has 10 values and m 20, so 10 go in and 20 come out"."""
    values = [sorted({show(claim.expr) for claim in own if claim.expr is not None}) for own in assigned]
    return len(values) > 1 and len(values[0]) > 1 and all(own == values[0] for own in values)


def is_several(claims: Sequence[Claim]) -> bool:
    """Whether the values that a part was given differ."""
    return len({show(claim.expr) for claim in claims if claim.expr is not None}) > 1


def told_further(claims: Sequence[Claim], said: Callable[[str], Collection[int]], apart_only: bool) -> bool:
    """Whether the last value of a part only stands in a sentence behind, without a label: "nullity 1. 3 columns"."""
    if not apart_only or not is_several(claims[-2:]) or not any(said(claim.before) for claim in claims[:-1]):
        return False
    last, clause = claims[-1], re.split(r"[.\n]", claims[-1].before)[-1]
    ends = last.sentence > claims[-2].sentence or _FULL_STOP.match(last.before) is not None
    return ends and not said(clause) and not (clause.strip() and _AGAIN.search(clause))


_FULL_STOP = re.compile(r"\s*\.\s")


_COUNTS = later(r"\b(?:there (?:are|is)|we (?:have|find|see|get))(?: only| exactly)?\s*\Z")
_AGAIN = later(  # "in = 10, out = 20. No, 20 and 10"
    r"(?:\A|[.;:!?\n])[^\w.;:!?]*(?:\b(?:no|nope|not|rather|hm+|wait|sorry|oops|actually|correction|better|instead|or|but"
    r"|i mean|maybe|perhaps|nein|doch|sondern|oder)\b[^.;:!?]*)?\W*\Z",
    re.I,
)
_NEITHER = later(r"\bneither\b")
_TURNED = later(r"\bother way (?:a)?round\b|\bvice versa\b|\bumgekehrt\b|\bthe reverse\b|\bi mean(?:t)?\b", re.I)


def takes_back(reading: Reading, first: Claim) -> bool:
    """Whether words deny all values, or turn them round behind the first: "10 in, 20 out. No, other way around"."""
    behind = [claim.before for claim in reading.claims if claim.place > first.place]
    return _NEITHER.search(reading.words) is not None or any(map(_TURNED.search, (*behind, reading.after)))
