"""Which words of a paragraph answer which part of a question, when several parts ask for the same kind of thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from math import inf

from grader.kinds.kind import View, mistake, remark
from grader.marking import events as told
from grader.marking.alike import expect_the_same, settled_alike
from grader.marking.by_units import by_units
from grader.marking.clauses import contradicts, misses, parts_before, parts_by_clause, parts_hinted, settled
from grader.marking.events import Event
from grader.marking.half_labels import is_of_another
from grader.marking.led import each_led, led_by, named_apart
from grader.marking.links import linked, without_counts, without_ends, without_given, without_reasons
from grader.marking.listed import listed_under_names
from grader.marking.named_points import with_points_said
from grader.marking.naming import (
    is_denied,
    is_likened,
    is_of_other_argument,
    is_torn,
    labels_of,
    named_in_chain,
    names_part,
    parts_said,
    word_labels,
)
from grader.marking.overviews import Words, differing, without_overviews
from grader.marking.pairs import apart, is_pair
from grader.marking.phrases import hints_of
from grader.marking.shapes_told import tells_more_shapes
from grader.marking.subjects import (
    clause_before,
    clause_behind,
    is_named,
    is_quantity,
    names_another,
    subject_of,
)
from grader.marking.uncertain import with_uncertainty
from grader.model.expressions import Place
from grader.model.patterns import later
from grader.model.results import Reason
from grader.notation.reading import Claim, Reading
from grader.prepare.parts import PreparedPart

_SAME = re.compile(
    r"\b(same|both|each|equal|idem|ditto|dito|likewise|also|identical|alike|all|too|like)\b|\b(jeweils|beiden?|ebenso|genauso|dasselbe|dieselben?|gleiche?)\b"
    r"|\bso (is|are|has|have|does|do)\b|\bas well\b"
    r"|两者|均为|\btutti e due\b|\bentramb[ie]\b"
    r"|\bles deux\b|\bl[ae]s? mêmes?\b"
    r"|\bpareil(?:le)?s?\b|\bigual(?:es|mente)?\b|\btambién\b|\bstess[aeio]\b"
    r"|\b(los|las) dos\b|\bamb[oa]s\b|\bmism[oa]s?\b"
    r"|一样|相同"
)
_DIFFERENT = later(
    r"(\bnot|n.t)\b( \w+){0,3} (same|each|equal|identical|alike)\b|\b(different|other|differs?|unlike|except|but)\b"
)


_UNLIKE = later(
    r"(\bnot|n.t)\b( \w+){0,3} (same|equal|identical|alike)\b|\bunlike\b|\bbut (without|not|with|no)\b|\bexcept\b"
    r"|\b(is|are) (smaller|larger|bigger|shorter|longer|different|half|twice)\b"
)


def split_views(parts: Sequence[PreparedPart], view: View) -> list[View | None]:
    """A view for each part, limited to its claims; None for a part that nothing answers.

    All parts are of one kind. A claim goes to the part whose label names it: its left side (`Z = ...`), or the
    label's words beside it. Without labels, claims go by their order.
    """
    view = with_points_said(parts, view)
    names = [labels_of(part) for part in parts] if len(parts) == 2 else []
    said = partial(parts_said, labels=names)
    if names and (both := with_uncertainty(parts, view, partial(names_part, labels=names), said)) is not None:
        return both
    if len(parts) == 2 and is_pair(parts, view):
        view = apart(view)
    key = ("split", view.places, *map(id, parts))
    split, _ = view.remember(key, lambda: (settled_alike(parts, view, _split(parts, view)), parts))  # keeps the ids
    return [None if own is None else view.limited(*own) for own in split]


Places = tuple[tuple[int, int], ...]


def _split(parts: Sequence[PreparedPart], view: View) -> list[tuple[Places, tuple[Reason, ...]] | None]:
    kind = parts[0].kind
    assert kind is not None
    reading = view.reading(**dict(kind.reads))
    every = {claim.place: claim for part in parts for claim in kind.find(part.expected, view)}
    if not every:
        return [None] * len(parts)
    if len(every) < len(parts) and kind.compounds:  # a formula that cannot be read may be that of one of them
        every |= {claim.place: claim for claim in view.claims(reading) if claim.error is not None}
    labels = [labels_of(part) for part in parts]
    spoken = dict(kind.reads).get("cross_separates", False)
    named, said = partial(names_part, labels=labels), partial(parts_said, labels=labels)
    every |= listed_under_names(view.claims(reading), reading.after, named, said, spoken)
    placed = sorted(every.values(), key=lambda claim: claim.place)
    candidates = _kept(without_given(without_ends(placed), view, reading, labels), view, reading, said, len(parts))
    sets = kind.name == "set" and not expect_the_same(parts)
    apart_only = not (spoken or kind.compounds)
    several = differing if sets else partial(told.told_further, said=said, apart_only=apart_only)
    candidates, listed = without_overviews(Words(view.claims(reading), candidates, reading.after, said), sets)
    events = list(_events(view.claims(reading), candidates, labels, reading.after))
    clauses = parts_by_clause(view.claims(reading), candidates, reading.after, named, said)
    words = " ; ".join([*(claim.before for claim in view.claims(reading)), reading.after])  # apart: "so (1, 1) is"
    by_list = told.labels_listed_behind(view.claims(reading), candidates, said, len(parts))
    assigned, reasons = by_list or _assign(events, candidates, parts, labels, words, clauses)
    if len(candidates) == 1:
        assigned = _of_only(assigned, candidates[0], view.claims(reading), labels)
    if len(candidates) == len(parts) and candidates[-1].before.strip() == "or" and not any(e.part >= 0 for e in events):
        assigned = [list(candidates) for _ in parts] + [[]]  # (46, 62, 20) or (48, 64, 20): for each of the parts
    others = assigned[len(parts) :]
    torn = listed or is_likened(view.claims(reading), labels) or told.takes_back(reading, candidates[0])
    otherwise = told.concludes_otherwise(view.claims(reading), assigned[: len(parts)], reading.after)
    torn = torn or (apart_only and otherwise) or is_denied(view.answer.text, labels)
    torn = torn or is_of_another(view.answer.text, candidates, labels)
    torn = torn or (kind.name == "shape" and tells_more_shapes(_typed(view), candidates, set(view.names), labels))
    if torn or _is_torn(candidates, reading.after, labels, apart_only):
        reasons = (*reasons, remark("part-named-otherwise"))
    if _is_said_twice(candidates, events, assigned[: len(parts)], spoken):
        reasons = (*reasons, remark("several-answers"))
    meant = (others and others[0]) or next(filter(told.is_several, assigned[: len(parts)]), None)
    return [
        (_places(own), (*reasons, remark("several-answers")) if several(own) else reasons)
        if own
        else (
            _places(meant),
            (remark("part-named-otherwise"),),
        )  # what has another name, or is one of several that another part was given
        if meant
        else None
        for own in assigned[: len(parts)]
    ]


def _typed(view: View) -> str:
    """The text of an answer, in which the places of its claims are."""
    stop = max((block.span.stop for block in view.answer.blocks), default=0)
    return view.answer.document.text[view.base : view.base + stop]


def _of_only(
    assigned: list[list[Claim]], value: Claim, claims: Sequence[Claim], labels: Sequence[tuple[str, ...]]
) -> list[list[Claim]]:
    """The parts of an answer's only value: not one that has an equation of its own, also one that is set equal."""
    assigned = named_apart(assigned, value, claims, partial(names_part, labels=labels))
    if not all(assigned[: len(labels)]):
        for one, other in linked(claims, lambda expr: names_part(expr, labels)):  # U.shape = Z.shape
            assigned[one] = assigned[other] = assigned[one] or assigned[other]
    return assigned


def _kept(
    candidates: list[Claim], view: View, reading: Reading, said: Callable[[str], set[int]], count: int
) -> list[Claim]:
    """The claims without reasons, counts and values that are told again with their labels."""

    def names(words: str) -> bool:
        return bool(said(words))

    candidates = without_counts(without_reasons(candidates, names), view, reading, names, count)
    return told.without_first_said(candidates, count, names)


def _is_torn(candidates: Sequence[Claim], after: str, labels: Sequence[tuple[str, ...]], apart_only: bool) -> bool:
    """Whether a value has the names of two parts; with `apart_only` also, whether words behind a sentence name two."""
    if any(is_torn(claim, labels) for claim in candidates):
        return True
    behind = [*[claim.before for claim in candidates[1:]], after]
    ends = [*[later.sentence > one.sentence for one, later in pairwise(candidates)], True]
    words_told = [words.rpartition(".")[0] for words, at_end in zip(behind, ends, strict=True) if at_end and apart_only]
    return any(len(parts_said(words, labels)) > 1 for words in words_told)


def _is_said_twice(
    candidates: Sequence[Claim], events: Sequence[Event], assigned: Sequence[Sequence[Claim]], spoken: bool
) -> bool:
    labelled = any(event.part >= 0 for event in events)
    if spoken and labelled and any(claim.before.split()[:1] == ["or"] for claim in candidates[1:]):
        return True  # "Z and U are either (46, 62, 20) or (46, 62, 10)"
    return told.again_crosswise(assigned) or (not labelled and told.again_otherwise(candidates, len(assigned)))


def _places(claims: Sequence[Claim]) -> Places:
    return tuple(claim.place for claim in claims)


def _events(
    claims: Sequence[Claim], candidates: Sequence[Claim], labels: Sequence[tuple[str, ...]], after: str
) -> Iterator[Event]:
    starts = {candidate.place[0]: candidate for candidate in candidates}
    stop, ends = 0, _sentence_behind(claims, candidates)
    for k, claim in enumerate(claims):
        if claim.place[0] >= ends:  # what another sentence says of other things
            yield from word_labels(claim.before.partition(".")[0], labels)
            return
        if claim.place[0] < stop:  # inside a candidate of several claims: "46 by 62 with 20 channels"
            continue
        for cell in claim.before.split(";") if "; \n" in claim.before else [claim.before]:  # the head of a table
            known = list(word_labels(cell, labels))
            yield from known or (Event(len(labels)) for _ in range(cell is not claim.before and is_quantity(cell)))
        if claim.place[0] in starts:
            stop = starts[claim.place[0]].place[1]
            if (part := names_part(claim.expr, labels)) is not None:  # "biases = 1800"
                yield Event(part)
            own = starts[claim.place[0]]
            behind = next((other.before for other in claims[k + 1 :] if other.place[0] >= stop), after)
            other = part is None and (names_another(own, behind) or is_of_other_argument(claim.expr, labels))
            other = other and not any(word_labels(f"{clause_before(own)} {clause_behind(behind)}", labels))
            leads = bool(subject_of(own.expr) or clause_before(own))
            yield from (Event(len(labels)) for _ in range(other and leads))
            yield Event(-1, own)
            yield from (Event(len(labels)) for _ in range(other and not leads))
        elif (part := names_part(claim.expr, labels)) is not None:
            yield Event(part)
    yield from word_labels(after, labels)


_IN_TURN = later(r"\b(first|second|former|latter|respectively)\b")


def _sentence_behind(claims: Sequence[Claim], candidates: Sequence[Claim]) -> float:
    """Where the first claim of a sentence stands that begins behind all candidates, if these are several."""
    last = candidates[-1]
    if any(_IN_TURN.search(claim.before) for claim in claims if claim.place > last.place):
        return inf
    behind = (claim.place[0] for claim in claims if claim.place > last.place and claim.sentence > last.sentence)
    return min(behind, default=inf) if len(candidates) > 1 else inf


def _assign(
    events: list[Event],
    claims: list[Claim],
    parts: Sequence[PreparedPart],
    labels: Sequence[tuple[str, ...]],
    words: str,
    clauses: Mapping[Place, int],
) -> tuple[list[list[Claim]], tuple[Reason, ...]]:
    """The values of each part, and what is unclear: a label said twice, a value far from the label of its clause."""
    settled_by = settled(clauses, claims, len(parts)) or each_led(claims, labels)
    settled_by = settled_by or told.each_followed(events, len(parts))
    if (settled_by := settled_by or by_units(claims, parts, partial(parts_said, labels=labels))) is not None:
        return settled_by, ()
    assigned, duplicate = _in_sequence(events, claims, parts, labels, words)
    if duplicate:  # which the second of both would contradict
        return assigned, (mistake("duplicate-label"),)
    before = parts_before(claims, partial(parts_said, labels=labels))
    hinted = parts_hinted(claims, partial(parts_said, labels=labels), hints_of(parts))
    torn = contradicts(clauses, assigned) or misses(before, assigned) or misses(hinted, assigned)
    return assigned, (remark("part-named-otherwise"),) if torn else ()


def _in_sequence(
    events: list[Event],
    claims: list[Claim],
    parts: Sequence[PreparedPart],
    labels: Sequence[tuple[str, ...]],
    words: str,
) -> tuple[list[list[Claim]], bool]:
    count = len(parts)
    assigned: list[list[Claim]] = [[] for _ in range(count + 1)]  # and the values of other quantities
    own = [(claim, names_part(claim.expr, labels)) for claim in claims]
    own = [
        (claim, led_by(claim, labels, count) if part is None and subject_of(claim.expr) else part)
        for claim, part in own
    ]
    if all(part is not None for _, part in own) and len({part for _, part in own}) > 1:
        for claim, part in own:
            assigned[part or 0].append(claim)
        return assigned, False
    if (by_name := told.each_by_name(own, count) or told.behind_colons(claims, labels)) is not None:
        return [*by_name, []], False
    if len(claims) == 1:
        return _of_one_claim(events, claims[0], parts, labels, words), False
    if (behind := told.labels_behind(events, own, count)) is not None:
        named = [[claim for claim, part in own if part == place] for place in range(count)]
        return [*([*first, *then] for first, then in zip(named, behind, strict=True)), []], False
    sequence = told.collapsed([event.part for event in events if event.part >= 0])
    if len(claims) == len(sequence) and max(Counter(p for p in sequence if p < count).values(), default=0) == 1:
        for claim, part in zip(claims, sequence, strict=True):
            assigned[part].append(claim)
        return assigned, False
    for part, claim in told.by_neighbours(events):
        assigned[part].append(claim)
    if len(claims) == count and sum(map(bool, assigned)) < count and not assigned[count]:
        said = Counter(event.part for event in events)  # "10 channels, and 20 after it" says one label once
        twice = any(len(own_claims) > 1 and said[part] > 1 for part, own_claims in enumerate(assigned))
        return _in_order(assigned, claims, labels), twice
    if not any(assigned):
        for part, claim in zip(range(count), claims, strict=False):
            assigned[part].append(claim)
    return assigned, False


def _of_one_claim(
    events: list[Event],
    claim: Claim,
    parts: Sequence[PreparedPart],
    labels: Sequence[tuple[str, ...]],
    words: str,
) -> list[list[Claim]]:
    """One value belongs to the part that is named before it, to several that are named together, or to all."""
    count = len(parts)
    assigned: list[list[Claim]] = [[] for _ in range(count + 1)]
    before = next((k for k, event in enumerate(events) if event.claim is not None), len(events))
    after = [event.part for event in events[before + 1 :]]
    # "46 x 62 x 20 for Z and U" speaks of both, "10 input channels, and output channels ..." of the first.
    behind = after if expect_the_same(parts) else after[:1]
    named = sorted({event.part for event in events[:before]} or set(behind))
    if len(named) > 1 and before and _NONE.search(claim.before):  # "maxima: none, minima: (1, 1)"
        named = [event.part for event in events[:before]][-1:]
    named = sorted({*named, *named_in_chain(claim.expr, labels)})  # "Z = U = (46, 62, 20)"
    named = [part for part in named if part < count] or named
    if len(named) > 1 and _UNLIKE.search(words):  # "(5, 4) for Z, not the same for U"
        assigned[named[0]].append(claim)
        assigned[count].append(claim)
        return assigned
    same = _SAME.search(words) and not _DIFFERENT.search(words)
    if (len(named) == count and count not in named) or same or (not named and expect_the_same(parts)):
        named = list(range(count))
    for part in named or [0]:
        assigned[part].append(claim)
    return assigned


_NONE = later(r"\b(?:none|no|nothing|empty|keine?|aucune?|ninguna?)\b|\{\s*\}|∅")


def _in_order(assigned: list[list[Claim]], claims: list[Claim], labels: Sequence[tuple[str, ...]]) -> list[list[Claim]]:
    """The claims as they stand; beside one that has its label, another does not fill a part under a name of its own."""
    labelled = any(assigned)
    others = [
        claim
        for claim, own in zip(claims, assigned, strict=False)
        if labelled and not own and is_named(claim) and not any(word_labels(clause_before(claim), labels))
    ]
    return [*([] if claim in others else [claim] for claim in claims), others]
