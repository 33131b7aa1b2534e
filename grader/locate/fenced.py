"""Answers typed between fences, each under a whole label of its own: `1(b)  40*80*2400`, `2 2 10 0  <- 5(a)`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from grader.model.documents import Block, Document, Run, Span
from grader.model.patterns import later
from grader.model.records import NamedTuple

_FEWEST = 3  # such labels in a document: one or two may be steps of a calculation
_LABEL = r"(\d{1,2})[ \t]?(?:\.[ \t]?)?\(([a-h])\)"
_BEGINS = later(rf"[ \t]*{_LABEL}[:.]?(?=[ \t]{{2,}}|[ \t]*\Z|:)[ \t]*")
_ENDS = later(rf"[ \t]*(?:<[-=]+|←)[ \t]*{_LABEL}[ \t]*\Z")
_NO_CODE = frozenset({"", "text", "txt"})


class _Line(NamedTuple):
    """A line between fences without its label; offsets count from the start of the document."""

    start: int
    stop: int
    path: tuple[str, str] | None


def with_fenced(document: Document) -> Document:
    """The document, with the labelled lines between fences as paragraphs, and what stands below them as it is."""
    held = {
        number: lines
        for number, block in enumerate(document.blocks)
        if (lines := _labelled(document.text, block)) and any(line.path for line in lines)
    }
    paths = [line.path for lines in held.values() for line in lines if line.path is not None]
    if len(paths) < _FEWEST or len(set(paths)) < len(paths):
        return document
    blocks: list[Block] = []
    for number, block in enumerate(document.blocks):
        blocks += _apart(document.text, block, held[number]) if number in held else [block]
    return replace(document, blocks=tuple(blocks))


def _labelled(text: str, block: Block) -> list[_Line]:
    """The lines of a block that is no code; none if something stands above its first label."""
    if block.kind != "code" or block.info not in _NO_CODE or len(block.runs) != 1:
        return []
    whole = block.runs[0].span
    if text[whole.start : whole.stop] != block.text:  # inside of a quote or a list: no line stands where it seems to
        return []
    lines = list(_lines(text, whole))
    first = next((line for line in lines if line.start < line.stop or line.path), None)
    return lines if first is not None and first.path is not None else []


def _lines(text: str, whole: Span) -> Iterator[_Line]:
    at = whole.start
    while at <= whole.stop:
        stop = text.find("\n", at, whole.stop)
        stop = whole.stop if stop < 0 else stop
        words = text[at:stop]
        begins, ends = _BEGINS.match(words), _ENDS.search(words)
        found = begins or ends
        path = (str(int(found[1])), found[2]) if found is not None else None
        if begins is not None:
            yield _Line(at + begins.end(), stop, path)
        else:
            yield _Line(at, at + (ends.start() if ends is not None else len(words)), path)
        at = stop + 1


def _apart(text: str, block: Block, lines: list[_Line]) -> list[Block]:
    """A paragraph for each label, with what stands beside it, and a block for the lines below it."""
    made: list[Block] = []
    below: list[_Line] = []
    for line in [*lines, _Line(0, 0, ("", ""))]:
        if line.path is None:
            below.append(line)
            continue
        words = text[below[0].start : below[-1].stop] if below else ""
        if words.strip():
            span = Span(below[0].start, below[-1].stop)
            made.append(block._replace(span=span, runs=(Run("code", words, span),)))
        below = []
        span = Span(line.start, line.stop)
        runs = (Run("text", text[line.start : line.stop], span),) if text[line.start : line.stop].strip() else ()
        made.append(Block("paragraph", span, runs, 1, f"{''.join(line.path)})", "", block.quoted))
    return made[:-1]
