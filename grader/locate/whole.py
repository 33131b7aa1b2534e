"""Labels of questions without parts, among those of parts: `5a) 1`, `5b) 2`, then `6  n^2` or `**6** n^2`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from grader.locate.labels import Label
from grader.locate.layouts import Stretch
from grader.model.documents import Block, Document

_AT_LINE = re.compile(r"^[ \t]{0,3}(?P<number>\d{1,2})(?:[ ]{2,}|\t)(?=\S)", re.M)
_ALONE = re.compile(r"\s*(\d{1,2})\s*[.):]?\s*")


def whole_questions(document: Document, found: Sequence[Stretch], alone: Collection[str]) -> Iterator[Stretch]:
    """Numbers at the beginnings of lines, in bold or set apart by blanks, of questions that no other label names.

    Each must stand once, behind all labels with a smaller number and before all with a larger one: "**6** at (1,3)"
    below 2c is an answer. `found` are the labels seen otherwise; those of a document without any are not looked for.
    """
    seen = [(one.block, one.at, int(one.label.path[0])) for one in found if one.label and one.label.path[0].isdecimal()]
    missing = [number for number in alone if number.isdecimal() and int(number) not in {one for _, _, one in seen}]
    if not missing or not seen:
        return
    spots = [spot for number, block in enumerate(document.blocks) for spot in _spots(number, block)]
    for number in sorted(missing, key=int):
        own = [one for one in spots if one.label is not None and one.label.path == (number,)]
        if len(own) == 1 and _is_in_order(own[0], seen, int(number)) and _is_apart(document, own[0], found):
            yield own[0]


def _spots(number: int, block: Block) -> Iterator[Stretch]:
    """The places of a block where such a number may stand."""
    if block.kind != "paragraph":
        return
    for line in _AT_LINE.finditer(block.text):
        start, stop = line.start("number"), line.end()
        yield Stretch(number, start, Label((str(int(line["number"])),), start, (stop,), "%", "", True))
    at = 0
    for run in block.runs:
        bold = _ALONE.fullmatch(run.text) if run.kind == "text" and "strong" in run.marks else None
        if bold is not None and not block.text[:at].rpartition("\n")[2].strip() and block.text[at:].strip() != bold[1]:
            stop = at + len(run.text)
            yield Stretch(number, at, Label((str(int(bold[1])),), at, (stop,), "%", "", True))
        at += len(run.text)


def _is_in_order(one: Stretch, seen: Sequence[tuple[int, int, int]], number: int) -> bool:
    place = (one.block, one.at)
    return all((other < number) == ((block, at) < place) for block, at, other in seen)


def _is_apart(document: Document, one: Stretch, found: Sequence[Stretch]) -> bool:
    """Whether the label before has an answer of its own: the 6 directly behind "5b" may be its answer."""
    earlier = [each for each in found if each.label is not None and (each.block, each.at) < (one.block, one.at)]
    if not earlier or earlier[-1].label is None:
        return True
    block, stop = earlier[-1].block, earlier[-1].label.stop
    if block == one.block:
        return bool(document.blocks[block].text[stop : one.at].strip())
    between = document.blocks[block + 1 : one.block]
    return bool(document.blocks[block].text[stop:].strip()) or any(part.text.strip() for part in between)
