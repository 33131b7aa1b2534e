"""Letters that stand alone on the first line of a paragraph and number the parts of several problems."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from grader.locate.labels import Label
from grader.model.documents import Document

_LONE = re.compile(r"[ \t]*([a-hA-H])[ \t]*(?:\n\s*|\Z)")
_FEWEST = 4


def lone_letters(document: Document) -> Mapping[int, Label]:
    """The labels by block; nothing if they are few, or do not go on from a to the next or begin anew.

    One letter alone on a line may be an answer, "c"; a, b, c, a, b, c in this order are not.
    """
    found: dict[int, Label] = {}
    for number, block in enumerate(document.blocks):
        if block.kind != "paragraph" or block.label or not block.runs or block.runs[0].kind != "text":
            continue
        if (line := _LONE.match(block.text)) is not None:
            letter = line[1].lower()
            found[number] = Label((letter,), line.start(1), (line.end(),), "%", "", True, True)
    letters = [label.path[0] for label in found.values()]
    goes_on = all(later == "a" or ord(later) == ord(before) + 1 for before, later in pairwise(letters))
    return found if len(found) >= _FEWEST and letters[0] == "a" and goes_on else {}
