"""Lines that begin with a whole label and no sign behind it, `Q2 2 and 5`, or with it in square brackets, `[4] yes`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from grader.locate.labels import Label
from grader.model.documents import Document
from grader.model.patterns import later

_FEWEST = 4
_LINE = later(
    r"^[ \t]*(?:(?P<word>Q|Ex|P|Problem|Question|Exercise|Task|Aufgabe|Frage)\.?[ \t]?(?P<number>\d{1,2})"
    r"(?:[ \t]?(?:\((?P<inner>[a-h])\)|(?P<letter>[a-h])(?![A-Za-z])))?"
    r"|\[(?P<square>\d{1,2})(?P<part>[a-h])?\][.:)]?)[ \t]+(?=\S)",
    re.M,
)


def headed_lines(document: Document) -> Mapping[int, tuple[Label, ...]]:
    """The labels by block; nothing where they are few, do not go on, or are of two forms.

    Square brackets around a number alone are those of a reference: some must have a letter as well.
    """
    found: list[tuple[int, Label, bool]] = []
    for number, block in enumerate(document.blocks):
        if block.kind != "paragraph" or not block.runs or block.runs[0].kind != "text":
            continue
        for line in _LINE.finditer(block.text):
            problem, part = line["number"] or line["square"], line["inner"] or line["letter"] or line["part"]
            path = (problem, part) if part else (problem,)
            stops = (line.end(),) if not part else (line.start(), line.end())
            begin = line.end() - len(line[0].lstrip())
            label = Label(path, begin, stops, "%", "problem" if line["word"] else "", True, False)
            found.append((number, label, line["word"] is not None))
    keys = [(int(label.path[0]), label.path[1] if len(label.path) > 1 else "") for _, label, _ in found]
    lettered = {bool(letter) for _, letter in keys}
    goes_on = all(one < other for one, other in pairwise(keys))
    if len(found) < _FEWEST or not goes_on or len({worded for *_, worded in found}) > 1:
        return {}
    if not lettered.issuperset({True}) and not found[0][2]:
        return {}
    if lettered == {True}:
        return {}  # `Q1 (a)`, which needs no others to be read
    labels: dict[int, tuple[Label, ...]] = {}
    for number, label, _ in found:
        labels[number] = (*labels.get(number, ()), label)
    return labels
