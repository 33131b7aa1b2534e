"""Words below a label of several parts, "(c) and (d)", told apart: so many lines, items or sentences as parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.locate.assign import Cut
from grader.model.answers import JOINT
from grader.model.documents import Block, Document
from grader.model.patterns import later
from grader.model.records import NamedTuple

_FOR_EACH = later(r"(?<!\w)(?:for|in|zu|für|bei)\s+(?:part\s+)?\(([a-h])\)[,:]?\s+(?=\S)", re.I)
_SENTENCE = later(r"(?<=[^\d\s][.;])\s+(?=\S)|(?<=\d[.;])\s+(?=\S)")
_CLAUSE = later(r"(?:;|,?\s+and|,\s+while|,\s+but)\s+(?=\S)")
_MOST = 4  # parts of one label


class _Piece(NamedTuple):
    """Where a piece begins: a block, and an offset in its text."""

    block: int
    at: int


def told_apart(document: Document, cut: Cut, stop: int, following: Cut | None, named: Sequence[str]) -> list[Cut]:
    """A cut for each part, in order; none if the words do not fall into so many pieces.

    "for (c) 6, for (d) -6" says which is which. Items, lines, or the sentences of a paragraph may stand in any order:
    their clue is JOINT, and the marks must show that no other order fits better.
    """
    spoken = _told_by_letters(document, cut, stop, following, named)
    if spoken or len(named) > _MOST:
        return spoken
    for split in (_items, _lines, _displays):
        pieces = split(document, cut, stop, following)
        if len(pieces) == len(named):
            break
    else:
        pieces = next(
            (
                said
                for between in (_SENTENCE, _CLAUSE)
                if len(said := _sentences(document, cut, stop, following, between)) == len(named)
            ),
            [],
        )
    if len(pieces) != len(named):
        return []
    return [
        cut._replace(
            block=piece.block, at=piece.at, stop=piece.at, question=question, heading=False, clue=JOINT,
            among=tuple(named),
        )
        for piece, question in zip(pieces, named, strict=True)
    ]  # fmt: skip


def _told_by_letters(document: Document, cut: Cut, stop: int, following: Cut | None, named: Sequence[str]) -> list[Cut]:
    """A cut for each part, where the words below "(c)--(e)" say once and in order: for (c) 6, for (d) -6, for (e) 0."""
    found: list[Cut] = []
    for number, block, begin, end in _stretches(document, cut, stop, following):
        for one in _FOR_EACH.finditer(block.text, begin, end):
            question = cut.question[:-1] + one[1].lower()
            found.append(cut._replace(block=number, at=one.start(), stop=one.end(), question=question, heading=False))
    return found if [one.question for one in found] == list(named) else []


def _stretches(document: Document, cut: Cut, stop: int, following: Cut | None) -> Iterator[tuple[int, Block, int, int]]:
    """The blocks behind the label, up to the next cut: number, block, and the stretch of its text."""
    last = following.block if following else len(document.blocks) - 1
    for number in range(cut.block, last + 1):
        block = document.blocks[number]
        begin = stop if number == cut.block else 0
        end = following.at if following and number == following.block else len(block.text)
        yield number, block, begin, max(begin, end)


def _items(document: Document, cut: Cut, stop: int, following: Cut | None) -> list[_Piece]:
    """The items of the list below; nothing if something else stands behind one, or an item says nothing definite."""
    found: list[_Piece] = []
    for number, block, begin, end in _stretches(document, cut, stop, following):
        if not block.text[begin:end].strip():
            continue
        if number > cut.block and block.label and block.kind == "paragraph":
            found.append(_Piece(number, 0))
            if not _gives(block):
                return []
        elif found:
            return []
    return found


def _lines(document: Document, cut: Cut, stop: int, following: Cut | None) -> list[_Piece]:
    """The lines behind the label, also those that a program printed; displays go with the words above them.

    Words that only announce them are none: "(c)+(d) below, first the multiplications:". A display and a line
    of words are no two answers: one of them says what the other is.
    """
    found: list[_Piece] = []
    for number, block, begin, end in _stretches(document, cut, stop, following):
        if block.kind == "code" and not block.info.startswith("output"):
            continue
        at = begin
        for line in block.text[begin:end].split("\n"):
            if line.strip():
                says = any(map(str.isdecimal, line))
                if not says and found:
                    return []
                found += [] if not says else [_Piece(number, at + len(line) - len(line.lstrip()))]
            at += len(line) + 1
    kinds = {_is_display(document.blocks[piece.block]) for piece in found}
    return found if len(kinds) == 1 else []


def _is_display(block: Block) -> bool:
    return block.kind == "paragraph" and {run.kind for run in block.runs if run.text.strip()} == {"display"}


def _displays(document: Document, cut: Cut, stop: int, following: Cut | None) -> list[_Piece]:
    """The displays behind the label, each a block; nothing if words with a number stand beside them."""
    found: list[_Piece] = []
    for number, block, begin, end in _stretches(document, cut, stop, following):
        if not begin and _is_display(block):
            found.append(_Piece(number, 0))
        elif block.text[begin:end].strip() and (found or any(map(str.isdecimal, block.text[begin:end]))):
            return []
    return found


def _sentences(
    document: Document, cut: Cut, stop: int, following: Cut | None, between: re.Pattern[str]
) -> list[_Piece]:
    """The sentences of the only paragraph behind the label, or its clauses: "the largest is 6, and the smallest -6"."""
    worded = [one for one in _stretches(document, cut, stop, following) if one[1].text[one[2] : one[3]].strip()]
    if len(worded) != 1 or worded[0][1].kind != "paragraph":
        return []
    number, block, begin, end = worded[0]
    begin += len(block.text[begin:end]) - len(block.text[begin:end].lstrip())
    starts = [begin, *(one.end() for one in between.finditer(block.text, begin, end) if not _in_maths(block, one))]
    ends = [*starts[1:], end]
    pieces = [block.text[a:b] for a, b in zip(starts, ends, strict=True)]
    return [_Piece(number, at) for at in starts] if all(any(map(str.isdecimal, one)) for one in pieces) else []


def _in_maths(block: Block, found: re.Match[str]) -> bool:
    at = 0
    for run in block.runs:
        if at <= found.start() < at + len(run.text):
            return run.kind in ("math", "display", "code")
        at += len(run.text)
    return False


def _gives(block: Block) -> bool:
    return any(map(str.isdecimal, block.text)) or any(run.kind in ("math", "display") for run in block.runs)
