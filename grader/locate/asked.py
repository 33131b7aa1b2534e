"""Labels inside of quoted questions: of the first part behind words, and of all parts above the answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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


def repeated_above(labels: Sequence[tuple[Label | None, int]]) -> frozenset[int]:
    """Which labels of letters, each with the depth of its quotation, only repeat the sheet: "> (a) ... > (b) ...", and
    below them, unquoted, the answers "(a) ...", "(b) ..."."""
    found = [
        number
        for number, ((label, depth), (below_it, outer)) in enumerate(pairwise(labels))
        if label is not None and below_it is not None and depth > outer == 0 and label.path == below_it.path
    ]
    found = found if len(found) > 1 else []  # > (a) ..., (a) 5x4, > (b) ..., (b) 6
    quoted: dict[tuple[str, ...], int] = {}
    below: set[tuple[str, ...]] = set()
    for number, (label, depth) in enumerate([*labels, (None, 0)]):
        lettered = label is not None and len(label.path) == 1 and not label.path[0].isdecimal()
        if not lettered or label is None or (depth and below):
            shared = quoted.keys() & below
            found += [quoted[path] for path in quoted] if len(shared) > 1 else []
            quoted, below = {}, set()
        if lettered and label is not None and depth:
            quoted[label.path] = number
        elif lettered and label is not None and quoted:
            below.add(label.path)
    return frozenset(found)
