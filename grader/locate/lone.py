"""Labels that stand alone in a line: a number or a letter and nothing else, in order, each above words."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from grader.locate.labels import Label
from grader.model.documents import Block, Document

_SEVERAL = 3  # labels of one kind are believed where there are so many


def lone_labels(document: Document) -> Mapping[int, Label]:
    """By block, the label that its first line is.

    Numbers run on from 1 through the document; letters begin with a again and again, as parts do. A number alone is
    an answer as well: it is a label only where words follow each of them.
    """
    numbers: dict[int, str] = {}
    letters: dict[int, str] = {}
    for at, block in enumerate(document.blocks):
        if block.kind != "paragraph" or block.label or not block.runs or block.runs[0].kind != "text":
            continue
        line = block.runs[0].text.strip()
        if len(line) > 2 and "\n" not in block.text:
            continue
        line = block.text.partition("\n")[0].rstrip()
        if line.isdecimal() and len(line) < 3:
            numbers[at] = line
        elif len(line) == 1 and "a" <= line <= "z":
            letters[at] = line
    found: dict[int, Label] = {}
    if _counts(list(numbers.values())) and _above_words(list(numbers), document.blocks):
        found |= {at: _label(str(int(line)), len(line)) for at, line in numbers.items()}
    if _restarts(list(letters.values())) and all("\n" in document.blocks[at].text.strip() for at in letters):
        found |= {at: _label(line, 1) for at, line in letters.items()}
    return found


def _label(core: str, length: int) -> Label:
    return Label((core,), 0, (length,), "%", "", True, True)


def _counts(lines: list[str]) -> bool:
    return len(lines) >= _SEVERAL and [int(line) for line in lines] == list(range(1, len(lines) + 1))


def _restarts(lines: list[str]) -> bool:
    """a b c a b ...: each is the next of the one before, or a."""
    steps = [ord(b) - ord(a) for a, b in pairwise(["`", *lines])]
    return len(lines) >= _SEVERAL and all(step == 1 or line == "a" for step, line in zip(steps, lines, strict=True))


def _above_words(places: list[int], blocks: tuple[Block, ...]) -> bool:
    return all(b - a > 1 or "\n" in blocks[a].text for a, b in pairwise([*places, len(blocks)]))
