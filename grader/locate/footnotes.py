"""Footnotes stand with the words that they belong to: `see footnote[^dz]`, and at the end `[^dz]: dJ/dZ = ...`."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from grader.locate.pieces import drop, keep
from grader.model.documents import Block, Document

_NOTE = re.compile(r"\s*\[\^([^\]\s]{1,40})\]:\s*")
_BEGINS = re.compile(r"^[ \t]*(?=\[\^[^\]\s]{1,40}\]:)", re.M)
_MARK = re.compile(r"\[\^([^\]\s]{1,40})\](?!:)")


def with_footnotes(document: Document) -> Document:
    """The document with each footnote behind the block that its mark stands in first, both without the mark.

    A footnote that no mark asks for stays where it is.
    """
    if not any("[^" in block.text for block in document.blocks):
        return document
    document = replace(document, blocks=tuple(one for block in document.blocks for one in _apart(block)))
    notes: dict[str, int] = {}
    for number, block in enumerate(document.blocks):
        begun = _NOTE.match(block.text) if block.kind == "paragraph" else None
        if begun is not None:
            notes.setdefault(begun[1], number)
    blocks: list[Block] = []
    moved: set[int] = set()
    for number, block in enumerate(document.blocks):
        if block.kind == "code" or number in notes.values():
            blocks.append(block)
            continue
        marks = [one for one in _MARK.finditer(block.text) if notes.get(one[1], number) != number]
        blocks.append(drop(block, [one.span() for one in marks]))
        for place in dict.fromkeys(notes[one[1]] for one in marks):
            if place not in moved:
                moved.add(place)
                blocks.append(_without_mark(document.blocks[place]))
    gone = {id(document.blocks[place]) for place in moved}
    return replace(document, blocks=tuple(block for block in blocks if id(block) not in gone)) if moved else document


def _apart(block: Block) -> list[Block]:
    """The notes of a block, each by itself: without blank lines between them they are one paragraph."""
    starts = [one.start() for one in _BEGINS.finditer(block.text)] if block.kind == "paragraph" else []
    if not starts or starts == [0]:
        return [block]
    places = [0, *starts, len(block.text)]
    return [keep(block, low, high) for low, high in pairwise(places) if block.text[low:high].strip()]


def _without_mark(note: Block) -> Block:
    begun = _NOTE.match(note.text)
    return drop(note, [(0, begun.end())]) if begun is not None else note
