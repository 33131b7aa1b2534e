"""Labels between unusual signs, `[a] 5x4`, `1/a 6`, `<2b> -6`, `3|c: 5`, where all lines keep to them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from grader.locate.labels import Label, plain, read_label
from grader.model.documents import Block, Document
from grader.model.patterns import later
from grader.model.records import NamedTuple

_FEWEST = 4
_SIGN = r"[^\w\s$\\`'\"=+*^<>≤≥]"
_LINE = later(
    rf"^[ \t]*(?P<open>(?:{_SIGN}|[<>#]){{0,2}})"
    rf"(?:[A-Za-z]{{0,8}}?(?P<number>\d{{1,2}})(?P<middle>(?:{_SIGN}|<){{0,2}}|_))?"
    rf"(?P<part>[a-hA-H](?![a-zA-Z0-9])|(?<=[-–/_:|,])\d{{1,2}})"
    rf"(?P<close>[ \t][·▸•‣»|¦~](?=[ \t])|(?:{_SIGN}|>){{0,3}})(?:[ \t]+(?=\S)|[ \t]*$)",
    re.M,
)
_MAY_BEGIN = re.compile(r"^[ \t]*[^\w\s]{0,2}[A-Za-z]{0,8}(?:\d{1,2}[^\w\s]{0,2}[A-Ha-h\d]|[A-Ha-h](?![a-z]))", re.M)


class _Found(NamedTuple):
    block: int
    label: Label
    signs: tuple[str, str, str, bool, bool]


def signed_labels(document: Document) -> Mapping[int, tuple[Label, ...]]:
    """Lines that begin with the next letter between always the same signs, with the number of the problem or without.

    Nothing where labels of a usual form stand as well: these signs may be those of a list inside of an answer.
    """
    found: dict[tuple[str, str, str, bool, bool], list[_Found]] = {}
    for number, block in enumerate(document.blocks):
        if block.kind != "paragraph" or block.label not in ("", "-", "*", "+") or not _MAY_BEGIN.search(block.text):
            continue
        if any(_is_usual(block.text, line.start()) for line in _BEGUN.finditer(block.text)):
            return {}
        for one in _of_block(number, block):
            found.setdefault(one.signs, []).append(one)
    fitting = [labels for labels in found.values() if _goes_on([one.label.path for one in labels])]
    if len(fitting) != 1:
        return {}
    labels: dict[int, tuple[Label, ...]] = {}
    for one in fitting[0]:
        labels[one.block] = (*labels.get(one.block, ()), one.label)
    return labels


_BEGUN = re.compile(r"^(?=[^\n]*\S)", re.M)


def _is_usual(text: str, at: int) -> bool:
    """Whether a line begins with a part that is read as one wherever it stands."""
    label = read_label(plain(text[at : at + _REACH]))
    return label is not None and label.closed and not label.path[-1].isdecimal()


_REACH = 40  # characters in which a label stands


def _of_block(number: int, block: Block) -> list[_Found]:
    text = plain(block.text)
    labels = []
    for line in _LINE.finditer(text):
        opening, middle, close = line["open"], line["middle"] or "", line["close"].strip()
        if not (opening or close or line["number"]):
            continue  # "a 5x4"
        part, count = line["part"], line["number"]
        path = (str(int(count)), part.lower()) if count else (part.lower(),)
        stops = (line.end("number"), line.end()) if count else (line.end(),)
        label = Label(path, line.start("open"), stops, "%&", "", True)
        labels.append(_Found(number, label, (opening, middle, close, part.isupper(), bool(count))))
    return labels


def _goes_on(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether the parts go on from a, or from 1, below each problem, and the problems from the first."""
    first = "1" if paths[0][-1].isdecimal() else "a"
    if len(paths) < _FEWEST or paths[0][-1] != first:
        return False
    if len(paths[0]) == 1:
        return all(b[0] == "a" or ord(b[0]) == ord(a[0]) + 1 for a, b in pairwise(paths)) and ("b",) in paths
    counts = [(int(path[0]), path[1].rjust(2)) for path in paths]
    begun = all(b[0] == a[0] or b[1].strip() == first or first == "a" for a, b in pairwise(counts))
    return begun and all(a < b for a, b in pairwise(counts)) and len({path[0] for path in paths}) > 1
