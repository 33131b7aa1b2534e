"""What a student says the axes of a shape are, read from the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.kinds._axes_said import Words, axes_of, axis_of, denied, head_of
from grader.kinds._axis_words import are_words
from grader.model.expressions import Expr, Group, Name, Num, Op, Relation, Text, walk
from grader.notation.reading import Claim, Reading

_CUE = re.compile(
    r"\b(dim|dims|dimensions?|axis|axes|means?|meaning|represents?|stands?|order|namely|where|being|corresponds?|are|is|first)\b"
)


def misnames(
    words: Words, found: Sequence[object], wanted: Sequence[object], any_order: bool, claim: Claim, reading: Reading
) -> bool:
    """Whether a list of names beside a right shape calls an axis by the name of another one.

    In the order of the sheet only a name that the rubric denies counts, `channels: [channel, not input]`.
    """
    for names in (_bracketed_names(claim, reading, len(found)), _listed_names(claim, reading, len(found))):
        denies = [denied(words, length, name, wanted) for length, name in zip(found, names or (), strict=False)]
        if any(denies):
            return True
    if not any_order:
        return False
    spoken = spoken_axes(words, found, claim, reading)
    if spoken is not None:
        return contradicts(spoken, found, wanted)
    return partly_contradicts(words, found, wanted, claim, reading)


def order_unknown(
    words: Words, found: Sequence[object], wanted: Sequence[object], claim: Claim, reading: Reading
) -> bool:
    """Whether names that nobody knows stand for axes of different lengths: they may be in another order."""
    if not any(words):
        return False
    for names in (_bracketed_names(claim, reading, len(found)), _listed_names(claim, reading, len(found))):
        if names is not None and are_words(names):
            return len({length for length, name in zip(found, names, strict=True) if not axes_of(name, words)}) > 1
    return False


def spoken_axes(words: Words, found: Sequence[object], claim: Claim, reading: Reading) -> tuple[int, ...] | None:
    """For each axis the student wrote, which named axis of the reference the words call it.

    Only an explicit list counts: as many descriptions as axes, separated by commas or "and" after a word such
    as "means", or a second pair of brackets with as many names. None when the words do not settle it.
    """
    if not words or not any(words):
        return None
    for names in (_bracketed_names(claim, reading, len(found)), _listed_names(claim, reading, len(found))):
        if names is not None:
            matched = _match([axes_of(name, words) for name in names])
            if len(matched) == 1:
                return matched[0]
    return None


def partly_contradicts(
    words: Words,
    found: Sequence[object],
    wanted: Sequence[object],
    claim: Claim,
    reading: Reading,
) -> bool:
    """Whether one of the names in a list of them is that of an axis of another length: "recordings, seconds, channels",
    where the last has 2400 entries. Names that nobody knows say nothing."""
    alone = not any(one.place > claim.place for one in reading.claims)
    listed = _listed_names(claim, reading, len(found)) if alone else None
    for names in (listed, _bracketed_names(claim, reading, len(found))):
        said = [(k, axis_of(head_of(name), words)) for k, name in enumerate(names or ()) if len(name.split()) <= _SHORT]
        right = {axis for place, axis in said if axis is not None and found[place] == wanted[axis]}
        if any(axis is not None and axis not in right for _, axis in said):
            return True
    return False


_SHORT = 2  # words of a name


def _match(hits: list[frozenset[int]]) -> list[tuple[int, ...]]:
    """Every way to give each description an axis of its own: "image width" may name the image or the width."""
    ways: list[tuple[int, ...]] = [()]
    for axes in hits:
        ways = [(*way, axis) for way in ways for axis in sorted(axes) if axis not in way][:50]
    return ways


def contradicts(spoken: tuple[int, ...], found: Sequence[object], wanted: Sequence[object]) -> bool:
    """Whether an axis is called by the name of one that has another length."""
    return any(found[k] != wanted[axis] for k, axis in enumerate(spoken))


def _bracketed_names(claim: Claim, reading: Reading, count: int) -> list[str] | None:
    for other in reading.claims:
        members = other.expr.operands if isinstance(other.expr, Relation) else (other.expr,)
        for expr in members:  # "(1000, 3) = (images, channels)", or a pair of brackets of its own
            if isinstance(expr, Group) and len(expr.items) == count and all(_text(item) for item in expr.items):
                return [_text(item) for item in expr.items]
    return None


_ORDINAL = re.compile(r"\b(?:second|third|fourth|fifth|last)\b")  # each of them is said by itself


_ARTICLE = re.compile(r"^(?:the|an?) ")


def _listed_names(claim: Claim, reading: Reading, count: int) -> list[str] | None:
    text = ""
    behind = [other.expr for other in reading.claims if other.place[0] >= claim.place[1]]
    if sum(isinstance(one, Num) and one.value in _lengths(claim) for one in behind) > 1:
        return None  # "the 3 is for RGB, 1000 for the pictures": each is said by itself
    for other in reading.claims:
        if other.place[0] >= claim.place[1]:  # the claim may be several, "32 by three hundred"
            text += " " + other.before + " "
            items = other.expr.items if isinstance(other.expr, Group) else (other.expr,)
            text += " ".join(_text(item) for item in items if item is not None)
    text = (text + " " + reading.after).strip(" .\n")
    for begin in [0, *(cue.end() for cue in _CUE.finditer(text))][:8]:
        listed = text[begin:].split("\n\n")[0].strip(" .:,;-–—=\n")
        pieces = [
            _ARTICLE.sub("", piece.strip())
            for piece in re.split(r",|;|\n|×|\band\b|\bthen\b|\bby\b", listed)
            if piece.strip(" .")
        ]
        if len(pieces) == count and not any(map(_ORDINAL.search, pieces)):
            return pieces
    return None


def _lengths(claim: Claim) -> frozenset[object]:
    """The numbers that are listed as a shape."""
    nodes = walk(claim.expr) if claim.expr is not None else ()
    return frozenset([node.value for node in nodes if isinstance(node, Num)])


def _text(item: Expr) -> str:
    if isinstance(item, Text):
        return item.words.lower()
    if isinstance(item, Op) and item.op == "div":  # R/G/B
        parts = [_text(arg) for arg in item.args]
        return "/".join(parts) if all(parts) else ""
    return item.name.lower() if isinstance(item, Name) else ""
