"""Axes named one after the other in a sentence of their own: "First comes the image, then the row, last the column"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from grader.kinds._axes import misnames
from grader.kinds._axes_said import Words, axis_of, head_of
from grader.model.documents import Block
from grader.model.patterns import later
from grader.notation.reading import Claim, Reading

_SENTENCE = later(r";|[.:!?]\s|\n\s*\n")
_PIECE = later(r",|\||\n|×|→|(?<=[a-z]) x (?=[a-z]{3})| / |\(|\)|\band\b|\bthen\b|\bby\b|\bfollowed\b")
_FEWEST = 3  # names in a row that are a list
_LONGEST = 8  # words of a name, "first comes the number of the image"
_BACKWARDS = later(r"\b(?:last to first|reverse|backwards?|from the (?:end|back|right))\b")


def text_of(blocks: Iterable[Block]) -> str:
    """The words of an answer in small letters, with a bar between the cells of a table."""
    return "\n".join(
        "".join(" | " if run.kind == "cell" else run.text for run in block.runs) for block in blocks
    ).casefold()


def named_otherwise(
    words: Words, found: Sequence[object], wanted: Sequence[object], claim: Claim, reading: Reading, text: str
) -> bool | None:
    """Whether names beside a right shape give its axes another order: None if a person must say. `text` is the whole
    answer where the axes may stand in any order, and "" where they may not."""
    if misnames(words, found, wanted, bool(text), claim, reading):
        return None if _BACKWARDS.search(text) else True
    return _listed_otherwise(words, found, wanted, text) if text else False


def _listed_otherwise(words: Words, found: Sequence[object], wanted: Sequence[object], text: str) -> bool | None:
    """Whether lists of axes in a text are in another order than the shape `found`; `wanted` are the axes' lengths.

    True where every such list names all axes, None where only some do, or where not all lists agree.
    """
    runs = [run for run in _runs(words, text) if len(run) >= _FEWEST]
    against = [run for run in runs if not _is_within([wanted[axis] for axis in run], found)]
    if not against:
        return False
    whole = all(len(run) == len(found) for run in against)
    return True if whole and len(against) == len(runs) and not _BACKWARDS.search(text) else None


def _runs(words: Words, text: str) -> Iterator[list[int]]:
    """The axes that follow each other in a list, each once; other names may stand between them, but no numbers."""
    spelled = tuple(tuple(word for word in synonyms if len(word) > 1) for synonyms in words)
    for sentence in _SENTENCE.split(text):
        run: list[int] = []
        for piece in _PIECE.split(sentence):
            name = piece.strip(" \t\r.,:-–—*_|")
            if not name:
                continue
            known = spelled if len(name) > 1 else words  # "in c, height, width, colour": the part (c)
            axis = axis_of(head_of(name), known)
            axis = axis_of(name, known) if axis is None else axis
            if any(sign.isdigit() for sign in name) or len(name.split()) > _LONGEST or axis in run:
                yield run
                run = []
            elif axis is not None:
                run.append(axis)
        yield run


def _is_within(lengths: Sequence[object], found: Sequence[object]) -> bool:
    """Whether lengths stand in this order in a shape, others between them."""
    rest = iter(found)
    return all(any(length == other for other in rest) for length in lengths)
