"""Which words of a paragraph answer which part of a question, when several parts ask for the same kind of thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from math import inf

from grader.kinds.kind import View, mistake, remark
from grader.marking import events as told
from grader.marking.clauses import contradicts, matches, parts_by_clause, pieces, settled
from grader.marking.events import Event
from grader.marking.links import linked, without_given, without_reasons
from grader.marking.listed import listed_under_names
from grader.marking.pairs import apart, is_pair
from grader.marking.subjects import clause_before, clause_behind, is_named, is_quantity, names_another, subject_of
from grader.model.expressions import Call, Expr, Name, Op, Place, Reduce, Relation, base_name
from grader.model.patterns import later
from grader.model.results import Reason
from grader.notation.printing import show
from grader.notation.reading import Claim
from grader.prepare.parts import PreparedPart

_SAME = re.compile(
    r"\b(same|both|each|equal|idem|ditto|dito|likewise|also|identical|alike|all|too|like)\b|\b(jeweils|beiden?|ebenso|genauso|dasselbe|gleiche?)\b"
    r"|\bso (is|are|has|have|does|do)\b|\bas well\b"
    r"|两者|均为|\btutti e due\b|\bentramb[ie]\b"
    r"|\bles deux\b|\bl[ae]s? mêmes?\b"
    r"|\bpareil(?:le)?s?\b|\bigual(?:es|mente)?\b|\btambién\b|\bstess[aeio]\b"
    r"|\b(los|las) dos\b|\bamb[oa]s\b|\bmism[oa]s?\b"
    r"|一样|相同"
)
_REFERENCE = re.compile(r"(?P<name>[A-Za-z]\w*(?:/d\w+)?'*)(?:\[[^\]]*\])? =[^=]")
_DIFFERENT = later(
    r"(\bnot|n.t)\b( \w+){0,3} (same|each|equal|identical|alike)\b|\b(different|other|differs?|unlike|except|but)\b"
)


_UNLIKE = later(
    r"(\bnot|n.t)\b( \w+){0,3} (same|equal|identical|alike)\b|\bunlike\b|\bbut (without|not|with|no)\b|\bexcept\b"
)


def split_views(parts: Sequence[PreparedPart], view: View) -> list[View | None]:
    """A view for each part, limited to its claims; None for a part that nothing answers.

    All parts are of one kind. A claim goes to the part whose label names it: its left side (`Z = ...`), or the
    label's words beside it. Without labels, claims go by their order.
    """
    if len(parts) == 2 and is_pair(parts, view):
        view = apart(view)
    key = ("split", view.places, *map(id, parts))
    split, _ = view.remember(key, lambda: (_split(parts, view), parts))  # kept alive: their ids are the key
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
    labels = [_labels_of(part) for part in parts]
    spoken = dict(kind.reads).get("cross_separates", False)
    named, said = partial(_names_part, labels=labels), partial(_parts_said, labels=labels)
    every |= listed_under_names(view.claims(reading), reading.after, named, said, spoken)
    candidates = without_given(sorted(every.values(), key=lambda claim: claim.place), view, reading, labels)
    candidates = without_reasons(candidates, lambda words: any(_word_labels(words, labels)))
    events = list(_events(view.claims(reading), candidates, labels, reading.after))
    clauses = parts_by_clause(view.claims(reading), candidates, reading.after, named, said)
    assigned, reasons = _assign(events, candidates, parts, labels, reading.words, clauses)
    if len(candidates) == 1 and not all(assigned[: len(parts)]):
        for one, other in linked(view.claims(reading), lambda expr: _names_part(expr, labels)):  # U.shape = Z.shape
            assigned[one] = assigned[one] or assigned[other]
            assigned[other] = assigned[other] or assigned[one]
    if len(candidates) == len(parts) and candidates[-1].before.strip() == "or" and not any(e.part >= 0 for e in events):
        assigned = [list(candidates) for _ in parts] + [[]]  # (46, 62, 20) or (48, 64, 20): for each of the parts
    others = assigned[len(parts) :]
    doubt = (remark("part-named-otherwise"),)
    behind = [*[claim.before for claim in candidates[1:]], reading.after]
    ends = [*[later.sentence > one.sentence for one, later in pairwise(candidates)], True]
    words_told = [
        words.rpartition(".")[0]
        for words, at_end in zip(behind, ends, strict=True)
        if at_end and not (spoken or kind.compounds)
    ]
    if any(_is_torn(claim, labels) for claim in candidates) or any(len(_parts_said(w, labels)) > 1 for w in words_told):
        reasons = (*reasons, *doubt)
    if spoken and any(e.part >= 0 for e in events) and any(c.before.split()[:1] == ["or"] for c in candidates[1:]):
        reasons = (*reasons, remark("several-answers"))  # "Z and U are either (46, 62, 20) or (46, 62, 10)"
    crossed = told.again_crosswise(assigned[: len(parts)])
    if crossed or (not any(e.part >= 0 for e in events) and told.again_otherwise(candidates, len(parts))):
        reasons = (*reasons, remark("several-answers"))
    if _is_likened(view.claims(reading), labels) or told.takes_back(reading, candidates[0]):
        reasons = (*reasons, *doubt)
    found: list[tuple[Places, tuple[Reason, ...]] | None] = []
    for claims in assigned[: len(parts)]:
        if claims:
            found.append((tuple(claim.place for claim in claims), reasons))
        else:  # a value with another name may be meant for this part
            found.append((tuple(claim.place for claim in others[0]), doubt) if others and others[0] else None)
    return found


def _is_likened(claims: Sequence[Claim], labels: Sequence[tuple[str, ...]]) -> bool:
    """Whether a part is said to be like something that is none of them: "U has the same shape as X"."""
    return any(
        isinstance(claim.expr, Name) and _LIKE.search(claim.before) and _names_part(claim.expr, labels) is None
        for claim in claims
    )


_LIKE = later(r"\b(?:same|equal|identical)\b[^.;:]{0,25}\b(?:as|to|of)(?: the)?\s*$")


def _is_torn(claim: Claim, labels: Sequence[tuple[str, ...]]) -> bool:
    """Whether a value's name is that of one part and the words before it are those of another: "input: m = 20"."""
    named = _names_part(claim.expr, labels)
    clause = clause_before(claim)
    if (of := _OF.search(clause)) is not None:  # the output channels of X are
        sides = [_parts_said(words, labels) for words in of.groups()]
        if all(len(side) == 1 for side in sides) and sides[0] != sides[1]:
            return True
    said = _parts_said(clause, labels)
    return named is not None and len(said) == 1 and named not in said


_OF = later(
    r"(?<!and )(?<!or )\b([a-z]+)[ -](?:channels?|features?|shape|size|width)\s+of\s+(?:the\s+)?([a-z]+)\b", re.I
)


def _labels_of(part: PreparedPart) -> tuple[str, ...]:
    """The words that may name a part, and as `F =` what may stand on the left: F and f' are two things."""
    spelled = (*part.part.labels, part.part.id)
    named = _REFERENCE.match(part.kind.describe(part.expected)) if part.kind is not None else None
    lefts = (*spelled, named["name"]) if named else spelled
    return (*(label.lower() for label in spelled), *(f"{label} =" for label in lefts))


def _events(
    claims: Sequence[Claim], candidates: Sequence[Claim], labels: Sequence[tuple[str, ...]], after: str
) -> Iterator[Event]:
    starts = {candidate.place[0]: candidate for candidate in candidates}
    stop, ends = 0, _sentence_behind(claims, candidates)
    for k, claim in enumerate(claims):
        if claim.place[0] >= ends:  # what another sentence says of other things
            yield from _word_labels(claim.before.partition(".")[0], labels)
            return
        if claim.place[0] < stop:  # inside a candidate of several claims: "46 by 62 with 20 channels"
            continue
        for cell in claim.before.split(";") if "; \n" in claim.before else [claim.before]:  # the head of a table
            known = list(_word_labels(cell, labels))
            yield from known or (Event(len(labels)) for _ in range(cell is not claim.before and is_quantity(cell)))
        if claim.place[0] in starts:
            stop = starts[claim.place[0]].place[1]
            if (part := _names_part(claim.expr, labels)) is not None:  # "biases = 1800"
                yield Event(part)
            own = starts[claim.place[0]]
            behind = next((other.before for other in claims[k + 1 :] if other.place[0] >= stop), after)
            other = part is None and names_another(own, behind)
            other = other and not any(_word_labels(f"{clause_before(own)} {clause_behind(behind)}", labels))
            leads = bool(subject_of(own.expr) or clause_before(own))
            yield from (Event(len(labels)) for _ in range(other and leads))
            yield Event(-1, own)
            yield from (Event(len(labels)) for _ in range(other and not leads))
        elif (part := _names_part(claim.expr, labels)) is not None:
            yield Event(part)
    yield from _word_labels(after, labels)


_IN_TURN = later(r"\b(first|second|former|latter|respectively)\b")


def _sentence_behind(claims: Sequence[Claim], candidates: Sequence[Claim]) -> float:
    """Where the first claim of a sentence stands that begins behind all candidates, if these are several."""
    last = candidates[-1]
    if any(_IN_TURN.search(claim.before) for claim in claims if claim.place > last.place):
        return inf
    behind = (claim.place[0] for claim in claims if claim.place > last.place and claim.sentence > last.sentence)
    return min(behind, default=inf) if len(candidates) > 1 else inf


def _word_labels(words: str, labels: Sequence[tuple[str, ...]]) -> Iterator[Event]:
    said = words.replace("-", " ").split()
    for word, following in zip(said, [*said[1:], ""], strict=False):
        if word == "in" and following in _ARTICLES:
            continue  # 20 in the output
        for part, own in enumerate(labels):
            if any(matches(piece, label) for piece in pieces(word) for label in own):
                yield Event(part)
                break


_ARTICLES = frozenset("the each this that a an every total all".split())


def _parts_said(words: str, labels: Sequence[tuple[str, ...]]) -> set[int]:
    return {event.part for event in _word_labels(words, labels)}


def _names_part(expr: Expr | None, labels: Sequence[tuple[str, ...]]) -> int | None:
    """The part that a lone name, or the left side of an equation, names: also `sigma^2`, and the max of `max 10`."""
    left = expr.operands[0] if isinstance(expr, Relation) else expr
    name = base_name(left) or (subject_of(left) if isinstance(left, Call | Reduce) else "")
    if isinstance(left, Op) and left.op == "transpose" and base_name(left.args[0]):
        name = base_name(left.args[0]) + "'"
    name = name or (show(left) if isinstance(left, Op) and left is not expr else "")
    if not name:
        return None
    exact = [part for part, own in enumerate(labels) if f"{name} =" in own]
    if len(exact) == 1:
        return exact[0]
    for piece in (
        name.lower(),
        *reversed(name.lower().split("_")),
        *_ALSO.get(name, ()),
    ):  # of N_out the index says more than the N
        hits = [part for part, own in enumerate(labels) if piece in own]
        if hits:
            return hits[0] if len(hits) == 1 else None
    return None


_ALSO = {"nullity": ("dim", "dimension", "kernel", "ker"), "rank": ("rk",)}  # what \\dim\\ker is called


def _named_in_chain(expr: Expr | None, labels: Sequence[tuple[str, ...]]) -> set[int]:
    operands = expr.operands if isinstance(expr, Relation) else ()
    return {part for operand in operands if (part := _names_part(operand, labels)) is not None}


def _assign(
    events: list[Event],
    claims: list[Claim],
    parts: Sequence[PreparedPart],
    labels: Sequence[tuple[str, ...]],
    words: str,
    clauses: Mapping[Place, int],
) -> tuple[list[list[Claim]], tuple[Reason, ...]]:
    """The values of each part, and what is unclear: a label said twice, a value far from the label of its clause."""
    if (by_clause := settled(clauses, claims, len(parts))) is not None:
        return by_clause, ()
    assigned, duplicate = _in_sequence(events, claims, parts, labels, words)
    if duplicate:  # which the second of both would contradict
        return assigned, (mistake("duplicate-label"),)
    return assigned, (remark("part-named-otherwise"),) if contradicts(clauses, assigned) else ()


def _in_sequence(
    events: list[Event],
    claims: list[Claim],
    parts: Sequence[PreparedPart],
    labels: Sequence[tuple[str, ...]],
    words: str,
) -> tuple[list[list[Claim]], bool]:
    count = len(parts)
    assigned: list[list[Claim]] = [[] for _ in range(count + 1)]  # and the values of other quantities
    own = [(claim, _names_part(claim.expr, labels)) for claim in claims]
    own = [(claim, count if part is None and subject_of(claim.expr) else part) for claim, part in own]
    if all(part is not None for _, part in own) and len({part for _, part in own}) > 1:
        for claim, part in own:
            assigned[part or 0].append(claim)
        return assigned, False
    if (by_name := told.each_by_name(own, count)) is not None:
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
    before = next(k for k, event in enumerate(events) if event.claim is not None)
    after = [event.part for event in events[before + 1 :]]
    # "46 x 62 x 20 for Z and U" speaks of both, "10 input channels, and output channels ..." of the first.
    behind = after if _all_expect_the_same(parts) else after[:1]
    named = sorted({event.part for event in events[:before]} or set(behind))
    named = sorted({*named, *_named_in_chain(claim.expr, labels)})  # "Z = U = (46, 62, 20)"
    named = [part for part in named if part < count] or named
    if len(named) > 1 and _UNLIKE.search(words):  # "(5, 4) for Z, not the same for U"
        assigned[named[0]].append(claim)
        assigned[count].append(claim)
        return assigned
    same = _SAME.search(words) and not _DIFFERENT.search(words)
    if (len(named) == count and count not in named) or same or (not named and _all_expect_the_same(parts)):
        named = list(range(count))
    for part in named or [0]:
        assigned[part].append(claim)
    return assigned


def _in_order(assigned: list[list[Claim]], claims: list[Claim], labels: Sequence[tuple[str, ...]]) -> list[list[Claim]]:
    """The claims as they stand; beside one that has its label, another does not fill a part under a name of its own."""
    labelled = any(assigned)
    others = [
        claim
        for claim, own in zip(claims, assigned, strict=False)
        if labelled and not own and is_named(claim) and not any(_word_labels(clause_before(claim), labels))
    ]
    return [*([] if claim in others else [claim] for claim in claims), others]


def _all_expect_the_same(parts: Sequence[PreparedPart]) -> bool:
    return len({part.kind.describe(part.expected) for part in parts if part.kind is not None}) == 1
