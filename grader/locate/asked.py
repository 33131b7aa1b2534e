"""The first part's label inside of a quoted question: "> X has shape (6, 5). (a) Give the shape.", then "> (b) ..."."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from grader.locate.labels import Label
from grader.model.documents import Document

_FIRST = re.compile(r"[^\s(=]\s+(?=\(a\)\s+\S)")
_SECOND = re.compile(r"\s*\(b\)\s+\S")


def asked_letters(document: Document) -> Mapping[int, tuple[Label, ...]]:
    """Quoted blocks in which "(a)" stands behind words, where the problem's next quoted block begins with "(b)"."""
    found: dict[int, tuple[Label, ...]] = {}
    quoted = [
        (number, block) for number, block in enumerate(document.blocks) if block.quoted or block.kind == "heading"
    ]
    for (number, block), (_, following) in pairwise(quoted):
        if block.kind == "heading" or not _SECOND.match(following.text):
            continue
        spots = [spot.end() for spot in _FIRST.finditer(block.text)]
        if len(spots) == 1 and not block.text.lstrip().startswith("(a)"):
            at = spots[0]
            found[number] = (Label(("a",), at, (at + len("(a) "),), "(%)", "", True),)
    return found
