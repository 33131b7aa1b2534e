"""Labels of whole layouts: tables with a row a problem, parts between bars, labels at the ends of paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from grader.locate.labels import Label, plain, read_label
from grader.locate.overviews import is_overview
from grader.model.documents import Block, Document
from grader.model.patterns import later
from grader.model.records import NamedTuple

_FEWEST = 4


class Stretch(NamedTuple):
    """Where an answer begins and what labels it; it ends before the label, where that stands behind it."""

    block: int
    at: int
    label: Label | None


# -- tables with a row a problem and a column a part -----------------------------------------------------------

_LETTER = later(r"\s*[(（]?\s?([a-h])\s?[)）.:]?(?:[,:–-]?\s[^|]{2,30})?\s*|\s*\.?(\d)\s*")
_NUMBER = later(r"\s*(?:[^\W\d_]{1,12}[ .]*)?#?(\d{1,2})[.):]?\s*")


def grid(document: Document) -> Mapping[int, tuple[Label, ...]]:
    """The labels of the cells of tables whose first row names parts and whose first column names problems.

    Where all of the first row names parts, the row below it holds the answers to those of one problem. Few cells count
    where words above them say that they are all answers.
    """
    found: dict[int, tuple[Label, ...]] = {}
    announced = False
    parts: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    before = -2
    whole = not any(map(_begins, document.blocks))  # then the head of the smallest table tells the parts
    for number, block in enumerate(document.blocks):
        if block.kind != "row":
            continue
        parts, alone = (parts, alone) if before == number - 1 else ((), ())
        overview = is_overview(document.blocks[number - 1]) if number and before != number - 1 else False
        announced = announced or overview
        before = number
        cells = _cells(block)
        texts = [plain(block.text[a:b]) for a, b in cells]
        if alone and len(cells) >= len(alone):
            found[number] = tuple(
                Label((letter,), start, (start,), "row", "", True, False)
                for letter, before, (start, stop) in zip(alone, ("", *alone), cells, strict=False)
                if start < stop and letter != before
            )
            alone = ()
        elif (letters := _letters_alone(texts, whole)) is not None:
            alone = letters
            found[number] = ()
        elif (letters := _header(texts, overview)) is not None:
            parts = letters
        elif parts and (problem := _NUMBER.fullmatch(texts[0])):
            path = str(int(problem[1]))
            labels = [Label((path,), 0, (cells[0][1],), "row", "problem", True, False)]
            for letter, left, (start, stop) in zip(parts, ("", *parts), cells[1:], strict=False):
                fresh = start < stop and letter != left
                labels += [Label((path, letter), start, (start, start), "row", "", True, False)] if fresh else []
            found[number] = tuple(labels)
    return found if whole or announced or sum(map(len, found.values())) >= _FEWEST else {}


def _letters_alone(texts: list[str], whole: bool) -> tuple[str, ...] | None:
    """The parts that all cells of a row name, `| a | b | c |`; where no other label stands, from any part on."""
    first = texts[0].strip().strip("()")
    if first.startswith("a"):
        return _header(["", *texts])
    letters = tuple(text.strip().strip("().") for text in (texts if texts[-1].strip() else texts[:-1]))
    each = whole and all(re.fullmatch("[a-h]", letter) for letter in letters)
    return letters if each and len(letters) > 1 and all(ord(b) - ord(a) == 1 for a, b in pairwise(letters)) else None


def _cells(block: Block) -> list[tuple[int, int]]:
    cells, start, at = [], 0, 0
    for run in block.runs:
        if run.kind == "cell":
            cells.append((start, at))
            start = at + len(run.text)
        at += len(run.text)
    return [*cells, (start, at)]


def _header(texts: list[str], from_any: bool = False) -> tuple[str, ...] | None:
    """The parts that a row names, all of it in order from the first on: `| Problem | (a) | (b) |`."""
    while texts and not texts[-1].strip():
        texts = texts[:-1]
    letters = [found[1] or found[2] for text in texts[1:] if (found := _LETTER.fullmatch(text)) is not None]
    in_order = all(ord(b) - ord(a) in (0, 1) for a, b in pairwise(letters))  # | c, sub-sampling | c, pooling |
    in_order = in_order and len(set(letters)) > 1
    return (
        tuple(letters)
        if len(letters) == len(texts) - 1 > 1 and (from_any or letters[0] in ("a", "1")) and in_order
        else None
    )


# -- parts between bars ----------------------------------------------------------------------------------------

_LINE = later(r"^[ \t]*(?:[^\W\d_]{1,12}[ .]{0,2})?(\d{1,2})[ \t]?[:.)|][ \t]*(?=a[ \t:)])", re.M)
_BETWEEN = later(r"(?:\A|[|;/]\s*)([a-h])[ \t:)]+(?=\S)")


def barred(document: Document) -> Mapping[int, tuple[Label, ...]]:
    """`1: a (40, 80) | b 5x4 | c 6`, `2: a 5; b 6`: lines that hold all parts of a problem."""
    found = {
        number: tuple(_barred(block.text))
        for number, block in enumerate(document.blocks)
        if block.kind == "paragraph" and _may_bar(block.text) and _LINE.search(block.text)
    }
    lines = sum(len({label.path[0] for label in labels}) for labels in found.values())
    enough = lines > 1 or any(len(labels) > 2 for labels in found.values())
    return {number: labels for number, labels in found.items() if labels} if enough else {}


def _may_bar(text: str) -> bool:
    return ("|" in text or ";" in text) and any(sign in text for sign in (": a", ". a", ") a", "| a"))


def _barred(text: str) -> Iterator[Label]:
    for line in _LINE.finditer(text):
        stop = text.find("\n", line.end())
        within = text[line.end() : len(text) if stop < 0 else stop]
        parts = [part for part in _BETWEEN.finditer(within)]
        parts = [part for k, part in enumerate(parts) if part[1] == chr(ord("a") + k)]
        if len(parts) < 2 or [part[1] for part in parts] != [chr(ord("a") + k) for k in range(len(parts))]:
            continue
        for k, part in enumerate(parts):
            start = line.start(1) if not k else line.end() + part.start()
            end = line.end() + part.end()
            yield Label((str(int(line[1])), part[1]), start, (line.end(1) if not k else end, end), "%", "", True)


# -- labels at the ends of paragraphs --------------------------------------------------------------------------

_BEHIND = later(r"[ \t\n.]*(?:[(\[（]\s?(\d{1,2})\s?[.)]?\s?([a-h])\s?[)\]）]|\\tag\*?\{\(?(\d{1,2})\.?([a-h])\)?\})")
_LONGEST = 13  # characters of such a label: \tag*{(12.a)}


def behind(document: Document) -> list[Stretch]:
    """Where answers begin whose labels stand behind them: "..., so it is 5x4. **(1a)**"; none if they are few.

    In such a document no paragraph begins with a label.
    """
    ends = [(number, end) for number, block in enumerate(document.blocks) if (end := _end(block)) is not None]
    paths = [path for _, (_, path) in ends]
    if len(ends) < _FEWEST or len(set(paths)) < len(paths) or any(map(_begins, document.blocks)):
        return []
    found: list[Stretch] = []
    after = -1
    for number, (at, path) in ends:
        first = next(
            (k for k in range(after + 1, number) if document.blocks[k].kind not in ("heading", "rule", "code")), number
        )
        begin = first if after >= 0 else number
        found.append(Stretch(begin, 0, Label(path, 0, (0, 0), "(%)", "", True)))
        found.append(Stretch(number, at, None))
        after = number
    return found


def _end(block: Block) -> tuple[int, tuple[str, str]] | None:
    """Where the label at the end of a block begins, and its path."""
    last = block.runs[-1].text.rstrip(" \n.*_") if block.runs else ""
    if block.kind not in ("paragraph", "row") or last[-1:] not in _CLOSING:
        return None
    text = block.text.rstrip()
    for closing in ("\\end{align*}", "\\end{align}", "\\end{equation}", "."):
        text = text.removesuffix(closing).rstrip()
    at = max(text.rfind("("), text.rfind("["), text.rfind("（"), text.rfind("\\tag"))
    at = text.rfind("\\tag") if "\\tag" in text[max(0, at - 8) :] else at
    short = at > 0 and len(text) - at <= _LONGEST and "," not in text[at:]
    found = _BEHIND.fullmatch(plain(text[at:])) if short else None
    if found is None:
        return None
    number, letter = found[1] or found[3], found[2] or found[4]
    return at, (str(int(number)), letter)


_CLOSING = frozenset(")]}）")


def _begins(block: Block) -> bool:
    label = read_label(plain(block.text[:80])) if block.kind in ("paragraph", "heading") else None
    return label is not None and label.closed and (len(label.path) > 1 or not label.path[0].isdecimal())


# -- labels of the rows of one display -------------------------------------------------------------------------

_ROW = later(
    r"(?:\A\s*|\\begin\{[a-z]+\*?\}\s*|\\\\\s*(?:\[[^\]]*\]\s*)?)(?=&?\s*\\(?:text|mathrm|textbf|mbox)\s?\{\s*\(?([a-h]|[ivx]{1,5})\)?[.:)]?\s*\})",
    holds=("\\text", "\\mathrm", "\\mbox"),
)
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")
_TAG = later(r"&?\s*\\(?:text|mathrm|textbf|mbox)\s?\{[^{}]*\}(?:\s|\\q?quad|\\[,;:! ]|&|~)*")


def aligned(document: Document) -> Mapping[int, tuple[Label, ...]]:
    """Rows of a display that begin with a part in words: `\\text{(a)} & 5 \\times 4 \\\\ \\text{(b)} & 6`."""
    found: dict[int, tuple[Label, ...]] = {}
    for number, block in enumerate(document.blocks):
        if block.kind != "paragraph" or not any(run.kind == "display" for run in block.runs):
            continue
        labels = []
        for row in _ROW.finditer(block.text):
            tag = _TAG.match(block.text, row.end())
            if tag is not None:
                labels.append(Label((row[1],), row.end(), (tag.end(),), "(%)", "", True))
        letters = [label.path[0] for label in labels]
        romans = letters == list(_ROMANS[: len(letters)])
        if len(labels) > 1 and (romans or all(a < b for a, b in pairwise(letters))):
            found[number] = tuple(labels)
    return found
