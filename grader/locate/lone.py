"""Labels of those in a hurry: a number or a letter alone in its line, a list around lettered parts."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from grader.locate.labels import Label
from grader.model.documents import Block, Document

if TYPE_CHECKING:
    from grader.locate.sights import Sight

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


def numbered_parts(found: list[Sight]) -> list[Sight]:
    """A list "1. (a) ... 2. (b) ..." numbers the parts of one problem: its second item is no part of problem 2."""
    for at, sight in enumerate(found):
        if sight.source != "list" or sight.label is None or sight.label.path != ("1", "a"):
            continue
        run = [at]
        for k in range(at + 1, len(found)):
            label = found[k].label
            if found[k].source == "list" and label is not None and len(label.path) == 2:
                if label.path != (str(len(run) + 1), chr(97 + len(run))):
                    break
                run.append(k)
        for k in run if len(run) > 1 else ():
            label = found[k].label
            assert label is not None
            found[k] = found[k]._replace(label=label._replace(path=label.path[1:], stops=label.stops[1:]))
    return found
