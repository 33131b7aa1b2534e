"""Labels of hand-ins that are one long line: `1a (40, 80); 1b 5x4; 2a 6, ...`."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from grader.locate.labels import Label
from grader.model.documents import Document
from grader.model.patterns import later

_FEWEST = 6
_LABEL = later(r"(?:\A|[;|\n]|[:.,](?=\s))\s*(\d{1,2})[.\s]?\(?([a-h])\)?(?:\s*[:=)–—-](?=\s)|\s)\s*(?=\S)")


def run_on(document: Document) -> Mapping[int, tuple[Label, ...]]:
    """The labels of a block that goes on from part to part; nothing if they are few, or any is out of order.

    A part may be left out, with its answer. A block whose lines begin with labels is none of these.
    """
    found = {}
    for number, block in enumerate(document.blocks):
        if block.kind != "paragraph" or block.label or block.text.count(";") + block.text.count("|") < _FEWEST - 1:
            continue
        labels = [
            Label((str(int(one[1])), one[2]), one.start(1), (one.end(1), one.end()), "%", "", True, False)
            for one in _LABEL.finditer(block.text)
        ]
        paths = [(int(label.path[0]), label.path[1]) for label in labels]
        if len(paths) >= _FEWEST and all(a < b for a, b in pairwise(paths)):
            found[number] = tuple(labels)
    return found
