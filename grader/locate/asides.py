"""Code below an answer that a line above it gives to another problem: "Z for problem 2", and the array."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.locate.assign import Cut
from grader.locate.outline import Node, leaves
from grader.locate.pieces import is_blank
from grader.model.documents import Block, Document
from grader.model.patterns import later

_NAMES = later(
    r"[^\d\n]{0,60}\b(?:for|of|from|in|to|zu|für|von|aus|pour)\s+"
    r"(?:(?:problem|question|exercise|task|part|aufgabe|frage|teil|exercice)\s+|(?=\d{1,2}\s?\(?[a-h]\b))"
    r"(?P<problem>\d{1,2})(?:\s?\(?[a-h]\)?)?\W*",
    re.I,
)


def with_asides(document: Document, root: Node, cuts: Sequence[Cut]) -> list[Cut]:
    """The cuts, and one for another problem where such a line and code are all that is left below an answer.

    Below a table whose last row answers 5b, "Z for problem 2" and an array are no part of that row. Where words follow
    the code, nobody knows whose they are, and nothing is cut off.
    """
    problems = {child.key: tuple(leaf.question for leaf in leaves(child)) for child in root.children}
    found: list[Cut] = []
    for cut, following in zip(cuts, [*cuts[1:], None], strict=False):
        found.append(cut)
        stop = following.block if following and not following.at else len(document.blocks)
        below = [number for number in range(cut.block + 1, stop) if not is_blank(document.blocks[number])]
        if cut.question and (not following or not following.at) and below:
            found += _aside(document.blocks, cut, below, problems)
    return found


def _aside(blocks: Sequence[Block], cut: Cut, below: Sequence[int], problems: dict[str, tuple[str, ...]]) -> list[Cut]:
    """The cut at the line that names another problem, if only code is below it."""
    at = len(below)
    while at and blocks[below[at - 1]].kind == "code":
        at -= 1
    if not 0 < at < len(below):
        return []
    line = blocks[below[at - 1]]
    named = _NAMES.fullmatch(line.text) if line.kind == "paragraph" and not line.label else None
    among = problems.get(str(int(named["problem"])), ()) if named is not None else ()
    if not among or cut.question in among:
        return []
    return [Cut(below[at - 1], 0, 0, "", parts=True, among=among)]
