"""Lines such as "Summary" or "All answers:" above a table that gives the answers again."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import takewhile

from grader.model.documents import Block, Document
from grader.model.patterns import later

_LINE = later(
    r"\W*(?:(?:my|all|the|final|short)\s+){0,3}(?:summary|overview|answer table|zusammenfassung|results?|answers?|总结)"
    r"(?:\s+of\s+(?:all\s+|my\s+|the\s+){0,2}(?:answers|results))?\W*",
    re.I,
)


def is_overview(block: Block) -> bool:
    """Whether all of a paragraph or heading says that answers follow."""
    return block.kind in ("paragraph", "heading") and _LINE.fullmatch(block.text) is not None


def overview_lines(document: Document, labelled: Container[int]) -> list[int]:
    """The numbers of the paragraphs that are such a line, above a table of which a row is `labelled`."""
    found = []
    for number, block in enumerate(document.blocks):
        if block.kind == "heading" or number in labelled or not is_overview(block):
            continue
        below = range(number + 1, len(document.blocks))
        table = takewhile(lambda at: document.blocks[at].kind == "row", below)
        found += [number] if any(at in labelled for at in table) else []
    return found
