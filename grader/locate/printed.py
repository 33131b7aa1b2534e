"""Labels of what a program printed: in its lines, or in the comments above what prints them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from grader.locate.labels import Label, plain, read_label
from grader.model.documents import Block, Document
from grader.model.patterns import later

_LETTER = later(r"^[ \t]*([a-h])[ \t]+(?=[\[(\d]|-\d)", re.M)
_WHOLE = later(r"(\d{1,2})[.-]?([a-h])[ \t]+(?=\S)")
_COMMENT = later(r"#+[ \t]*(?=\S)")
_ARROW = later(r"(?:[-=]+>|→|⇒)")
_PRINTS = later(r"print\(.*\);?[ \t]*\Z")
_SHOWS = later(r"(?!(?:import|from|for|while|if|def|class|with|return|del)\b)[^\s=#%!@][^=#]*\Z")  # as a last line


def printed_labels(document: Document) -> Mapping[int, tuple[Label, ...]]:
    """By block: the labels that lines of outputs begin with, and those that comments give to lines."""
    return {**_letters(document), **_whole(document), **_commented(document)}


def _letters(document: Document) -> dict[int, tuple[Label, ...]]:
    """What code printed, each line a letter and its value: `a [1, 3]`, `b 5`; nothing if a line is anything else."""
    found = {}
    for number, block in enumerate(document.blocks):
        if not _is_output(block):
            continue
        lines = [line for line in block.text.split("\n") if line.strip()]
        printed = list(_LETTER.finditer(block.text))
        letters = [line[1] for line in printed]
        if len(printed) == len(lines) > 1 and letters == sorted(set(letters)):
            found[number] = tuple(
                Label(line.groups(), line.start(1), (line.end(),), "%", "", True, False) for line in printed
            )
    return found


def _whole(document: Document) -> dict[int, tuple[Label, ...]]:
    """`1a (40, 80) recordings`, `1b ...`: one after the other through the outputs; between them arrays may go on."""
    found: dict[int, tuple[Label, ...]] = {}
    for number, block in enumerate(document.blocks):
        labels = _begun(block.text) if _is_output(block) else []
        if labels:
            found[number] = tuple(labels)
    paths = [(int(label.path[0]), label.path[1]) for labels in found.values() for label in labels]
    return found if len(paths) > 1 and all(a < b for a, b in pairwise(paths)) else {}


def _begun(text: str) -> list[Label]:
    labels: list[Label] = []
    at = 0
    for line in text.split("\n"):
        begun = _WHOLE.match(line)
        if begun is not None:
            stops = (at + begun.end(1), at + begun.end())
            labels.append(Label((str(int(begun[1])), begun[2]), at, stops, "%", "", True, False))
        elif line[:1] not in ("", " ", "[", "\t") or not labels:
            return []
        at += len(line) + 1
    return labels


def _commented(document: Document) -> dict[int, tuple[Label, ...]]:
    """Cells with a label in a comment above each line that prints, `# (a)`, `print(...)`: each line answers its own."""
    found = {}
    for number, (cell, block) in enumerate(pairwise(document.blocks), start=1):
        after = document.blocks[number + 1] if number + 1 < len(document.blocks) else None
        if not cell.info.startswith("cell ") or not _is_output(block) or (after is not None and _is_output(after)):
            continue
        labels = _of_statements(cell.text)
        starts = [line.start() for line in re.finditer(r"^(?=[^\n]*\S)", block.text, re.M)]
        if labels and (len(labels) == len(starts) or len(labels) == 1) and starts:
            found[number] = tuple(
                label._replace(start=at, stops=(at,) * len(label.stops))
                for label, at in zip(labels, starts, strict=False)
            )
    return found


def _of_statements(code: str) -> list[Label]:
    """The labels in the comments of a cell, in order; none unless exactly one statement below each prints."""
    labels: list[Label] = []
    printing: list[int] = []
    begun = 0  # of those that the last comment names
    lines = code.rstrip().split("\n")
    for number, line in enumerate(lines):
        if named := _named(line):
            begun = len(labels)
            labels += named
            printing += [0] * len(named)
        elif _PRINTS.match(line) or (number == len(lines) - 1 and _SHOWS.match(line)):
            if not labels:
                return []
            waiting = next((at for at in range(begun, len(printing)) if not printing[at]), begun)
            printing[waiting] += 1
        elif line[:1].isspace() and "print" in line:  # in a loop: nobody knows how often
            return []
    in_order = all(a.path < b.path for a, b in pairwise(labels))
    return labels if in_order and all(count == 1 for count in printing) else []


_AND = later(r"\s*(?:and|und|y|et|e|&|,|\+|/|;)\s*")


def _named(line: str) -> list[Label]:
    """The labels that a comment names: `# (a)`, `# 5a and 5b`, `# (c), (d)`."""
    first = comment_label(line)
    if first is None:
        return []
    named, text = [first], plain(line)
    while (more := _AND.match(text, named[-1].stop)) is not None:
        label = read_label(text, more.end())
        if label is None or label.path[-1].isdecimal() or not (label.closed or len(label.path) > 1 or label.alone):
            break
        path = (*first.path[:-1], *label.path) if len(label.path) < len(first.path) else label.path
        named.append(label._replace(path=path, stops=(label.stop,) * len(path), closed=True))
    return named


def comment_label(line: str) -> Label | None:
    """The label that a line of a comment begins with, `# (a) largest`, `# 1a`: a part, never a number alone."""
    comment = _COMMENT.match(line)
    label = read_label(plain(line[comment.end() :])) if comment is not None else None
    if comment is None or label is None or label.path[-1].isdecimal() or len(label.path[-1]) > 1:
        return None
    behind = label.stop + comment.end()
    if not (label.closed or len(label.path) > 1 or _ARROW.match(line, behind)):
        return None
    stops = tuple(stop + comment.end() for stop in label.stops)
    return label._replace(start=label.start + comment.end(), stops=stops, closed=True)


def _is_output(block: Block) -> bool:
    return block.kind == "code" and block.info.startswith("output")
