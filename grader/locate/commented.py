"""Code whose comments are the labels of answers, where no question asks for code: `# 1a (rows, columns)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from grader.locate.labels import Label
from grader.locate.printed import comment_label
from grader.model.documents import Block, Document, Run, Span
from grader.model.patterns import later
from grader.model.records import NamedTuple

_LANGUAGES = frozenset({"", "python", "py", "python3", "{python}", "text", "txt"})
_STRINGS = r"\"[^\"\n]*\"|'[^'\n]*'"
_HASH = re.compile(rf"(?:{_STRINGS}|[^#\"'\n])*+(#)")
# What a line of code says is only read where nothing has to be run for it.
_GIVEN = later(r"[ \t]*(?:[A-Za-z_]\w*[ \t]*=(?!=)[ \t]*)?[-\d(\[{][\d\s()\[\],.*/+_-]*[ \t]*")
_ARROW = later(r"[ \t]*(?:[-=]+>|→|⇒|:)[ \t]*")


class _Line(NamedTuple):
    """A line of code; offsets count from the start of the document. `hash` is where its comment begins."""

    start: int
    stop: int
    hash: int
    label: Label | None


def with_commented(document: Document) -> Document:
    """The document, with the code that is a list of answers as paragraphs: the words of comments, and what is given.

    Code in which one answer has to be run to be known stays as it is.
    """
    if document.is_program or not any(block.kind == "code" and "#" in block.text for block in document.blocks):
        return document
    blocks: list[Block] = []
    for block, following in zip(document.blocks, [*document.blocks[1:], None], strict=True):
        shown = following is not None and following.kind == "code" and following.info.startswith("output")
        made = None if shown else _paragraphs(document.text, block)
        blocks += [block] if made is None else made
    return document if tuple(blocks) == document.blocks else replace(document, blocks=tuple(blocks))


def _paragraphs(text: str, block: Block) -> list[Block] | None:
    info = block.info.removeprefix("cell ").split(" ")[0].lower()
    if block.kind != "code" or len(block.runs) != 1 or info not in _LANGUAGES or "#" not in block.text:
        return None
    whole = block.runs[0].span
    if text[whole.start : whole.stop] != block.text:  # inside of a quote or a list: no line stands where it seems to
        return None
    lines = list(_lines(text, whole))
    labels = [line.label for line in lines if line.label is not None]
    if not _are_parts(labels):
        return None
    first = next(number for number, line in enumerate(lines) if line.label is not None)
    before = Span(whole.start, lines[first].start)
    code = text[before.start : before.stop].rstrip()
    head = [block._replace(span=before, runs=(Run("code", code, before),))] if code.strip() else []
    groups: list[list[_Line]] = []
    for line in lines[first:]:
        if line.label is not None:
            groups.append([])
        groups[-1].append(line)
    made = [_answer(text, block, group) for group in groups]
    answers = [one for one in made if one is not None]
    return [*head, *answers] if len(answers) == len(made) else None


def _are_parts(labels: Sequence[Label]) -> bool:
    """In order, and either several or with their problem: one "# a)" alone may be a step."""
    in_order = all(a.path < b.path for a, b in pairwise(labels))
    return in_order and bool(labels) and (len(labels) > 1 or len(labels[0].path) > 1)


def _lines(text: str, whole: Span) -> Iterator[_Line]:
    at = whole.start
    while at <= whole.stop:
        stop = text.find("\n", at, whole.stop)
        stop = whole.stop if stop < 0 else stop
        found = _HASH.match(text, at, stop)
        begin = found.start(1) if found else stop
        yield _Line(at, stop, begin, comment_label(text[begin:stop]) if found else None)
        at = stop + 1


def _answer(text: str, block: Block, lines: Sequence[_Line]) -> Block | None:
    """A paragraph with the label of its first line; None if one of its lines is code that has to be run."""
    label = lines[0].label
    runs: list[Run] = []
    for line in lines:
        begin = line.hash + (label.stop if line is lines[0] and label is not None else 0)
        words = _words(text, begin, line.stop)
        code = text[line.start : line.hash]
        said = line is lines[0] and any(map(str.isdecimal, text[words.start : words.stop]))
        if code.strip() and not said:  # x[::2]  # 5a -> [1, 3, 0, 1]: the comment says what it gives
            if not _GIVEN.fullmatch(code):
                return None
            start = line.start + len(code) - len(code.lstrip())
            place = Span(start, start + len(code.strip()))
            runs.append(Run("code", text[place.start : place.stop], place))
        if words.start < words.stop:
            runs += [Run("text", " ", Span(line.hash, line.hash + 1))] if code.strip() and not said else []
            runs.append(Run("text", text[words.start : words.stop], words))
        if runs and runs[-1].kind != "break":
            runs.append(Run("break", "\n", Span(line.stop, line.stop + 1)))
    span = Span(lines[0].start, lines[-1].stop)
    sign = f"{''.join(label.path)})" if label is not None else ""
    return Block("paragraph", span, tuple(runs[:-1]), 1, sign, "", block.quoted)


def _words(text: str, begin: int, stop: int) -> Span:
    """A comment without its sign, and without an arrow behind its label."""
    while begin < stop and text[begin] in "# \t":
        begin += 1
    arrow = _ARROW.match(text, begin, stop)
    begin = arrow.end() if arrow else begin
    return Span(begin, begin + len(text[begin:stop].rstrip()))
