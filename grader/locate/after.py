"""Labels behind sentences: `The size is 5 by 4 (2b). Its largest value is 6, in row 2 (2c).`"""

from __future__ import annotations

from itertools import pairwise

from grader.locate.labels import Label, plain
from grader.locate.layouts import Stretch
from grader.model.documents import Document
from grader.model.patterns import later

_FEWEST = 6
_LABEL = later(r"[(\[]\s?(\d{1,2})\s?\.?([a-h])\s?[)\]]\s*[.;,:]?")
_REFERS = later(r"\b(?:see|in|from|of|by|as|to|than|with|using)\s*\Z|[\w\]]\Z")


def after_sentences(document: Document) -> list[Stretch]:
    """Where the answers begin and end, in paragraphs that all end with a label; none if any begins with one.

    The labels go on through the whole document, so none of them refers to another answer.
    """
    found: list[Stretch] = []
    paths: list[tuple[int, str]] = []
    for number, block in enumerate(document.blocks):
        if block.kind != "paragraph" or block.label:
            continue
        text = plain(block.text)
        labels = list(_LABEL.finditer(text))
        if not labels:
            continue
        if text[labels[-1].end() :].strip(" *_.\n") or not any(map(str.isalnum, text[: labels[0].start()])):
            return []
        start = 0
        for one in labels:
            if _REFERS.search(text, max(0, one.start() - 12), one.start()):
                return []
            path = (int(one[1]), one[2])
            paths.append(path)
            found.append(Stretch(number, start, Label((str(path[0]), path[1]), start, (start, start), "(%)", "", True)))
            found.append(Stretch(number, one.start(), None))
            start = one.end()
    in_order = all(a < b for a, b in pairwise(paths))
    several = len({stretch.block for stretch in found}) < len(paths)
    return found if len(paths) >= _FEWEST and in_order and several else []
