"""Values and labels that share a clause: "At (0, 0) det H < 0, a saddle point. At (1, 1) it is a minimum."."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from grader.marking.subjects import APART
from grader.model.expressions import Expr, Place
from grader.model.patterns import later
from grader.notation.reading import Claim

Named = Callable[[Expr | None], int | None]
Said = Callable[[str], set[int]]
_ENDS = re.compile(r"[.;\n]")


def parts_by_clause(
    claims: Sequence[Claim], candidates: Sequence[Claim], after: str, named: Named, said: Said
) -> dict[Place, int]:
    """The part of each value that is alone in its clause beside one label, by the value's place.

    `named` gives the part that an expression names, `said` those that words name; `after` are the words behind all
    claims.
    """
    starts = {candidate.place[0]: candidate.place for candidate in candidates}
    inside: list[Place] = []
    labels: set[int] = set()
    found: dict[Place, int] = {}
    for claim in (*claims, None):
        first, *others = _ENDS.split(claim.before if claim is not None else after)
        for words, ends in [
            (first, bool(others)),
            *((words, place < len(others)) for place, words in enumerate(others, 1)),
        ]:
            labels |= said(words)
            if ends or claim is None:
                found |= {inside[0]: next(iter(labels))} if len(inside) == len(labels) == 1 else {}
            if ends:
                inside, labels = [], set()
        if claim is None:
            break
        inside += [starts[claim.place[0]]] if claim.place[0] in starts else []
        part = named(claim.expr)
        labels |= {part} if part is not None else set()
    return found


def parts_before(candidates: Sequence[Claim], said: Said) -> dict[Place, int]:
    """The part of each value that one label alone leads in its own clause: 2 in "kernel 3, rank 2"."""
    found: dict[Place, int] = {}
    for claim in candidates:
        pieces = APART.split(claim.before)
        if len(pieces) > 1 and len(labels := said(pieces[-1])) == 1 and not said(" ".join(pieces[:-1])):
            found[claim.place] = next(iter(labels))
    return found


def parts_hinted(candidates: Sequence[Claim], said: Said, hints: Sequence[frozenset[str]]) -> dict[Place, int]:
    """The part of each value whose clause has a word of one part's label alone: 2 in "the first is 2".

    `hints` are the words that the labels of each part have and those of no other.
    """
    found: dict[Place, int] = {}
    for claim in candidates:
        words = APART.split(claim.before)[-1]
        alone = {part for part, own in enumerate(hints) if not own.isdisjoint(_WORDS.findall(words))}
        if len(alone) == 1 and not said(words):
            found[claim.place] = next(iter(alone))
    return found


def settled(found: Mapping[Place, int], candidates: Sequence[Claim], count: int) -> list[list[Claim]] | None:
    """The values of each part, where every value shares a clause with a label of its own; None otherwise."""
    if len(found) < len(candidates) or len(candidates) < 2 or len(set(found.values())) < len(found):
        return None
    return [*([claim for claim in candidates if found[claim.place] == part] for part in range(count)), []]


def contradicts(found: Mapping[Place, int], assigned: Sequence[Sequence[Claim]]) -> bool:
    """Whether a value was given to another part than the one that its clause names."""
    return any(
        found.get(claim.place, part) != part and claim not in assigned[found[claim.place]]
        for part, claims in enumerate(assigned)
        for claim in claims
    )


def misses(found: Mapping[Place, int], assigned: Sequence[Sequence[Claim]]) -> bool:
    """Whether a part was not given a value that its own words lead: 14 in "a 3 x 4 field: area 12, perimeter 14"."""
    given = [{claim.place for claim in claims} for claims in assigned]
    return any(place not in given[part] for place, part in found.items())


def is_labelled(labels: Sequence[str], others: Sequence[str], text: str) -> bool:
    """Whether a label of a part, and of none of the others, stands anywhere in an answer: "P1 is a saddle point".

    In "10 input channels, I do not know how many output channels" the label says that there is no answer; in a first
    line "Largest value and one position" it only repeats what is asked.
    """
    if _NOT_KNOWN.search(text.lower()):
        return False
    text = _TITLE.sub("", text)
    shared = {label.lower() for label in others}
    own = tuple(label.lower() for label in labels if len(label) >= _LEAST and label.lower() not in shared)
    if any(word.startswith(own) for word in _WORDS.findall(text.lower())):
        return True
    symbols = [one for one in labels if (len(one) == _SYMBOL or "_" in one) and one.lower() not in shared]
    return any(re.search(rf"(?<![A-Za-z_]){re.escape(symbol)}(?![A-Za-z_])", text) for symbol in symbols)


_SYMBOL = 2  # characters of tr; t_crit has more


_NOT_KNOWN = later(
    r"(?:\bnot|n['’]t) (?:really )?know\b|\bno (?:idea|clue)\b|\bunknown\b|weiß (?:ich )?nicht",
    holds=("know", "idea", "clue", "weiß"),
)
_TITLE = later(
    r"\A\W*(?:(?!is\b|are\b|has\b|was\b|not\b|no\b)[^\W\d]+[ -]){1,6}"
    r"and (?:(?:one|an?|its|the|any|some|give|state) ){0,2}"
    r"(?:positions?|index|indices|places?|locations?)\W*\n(?=\s*\S)",
    re.I,
    holds=("and",),
)
_WORDS = re.compile(r"[^\W\d_]+")
_LEAST = 3  # letters of a label that is a word


def pieces(word: str) -> tuple[str, ...]:
    """A word, and the pieces of a program's name: in_channels."""
    return (word, *filter(None, word.split("_"))) if "_" in word else (word,)


def matches(word: str, label: str) -> bool:
    """Whether a word is a label, or a longer one that begins so."""
    return word == label or (len(label) >= 3 and word.startswith(label))
