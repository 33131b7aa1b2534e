"""Answers typed between fences, each under a whole label of its own: `1(b)  40*80*2400`, `2 2 10 0  <- 5(a)`."""

from __future__ import annotations

from dataclasses import replace

from grader.locate.pieces import lines_of, stands_as_typed
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
    if block.kind != "code" or block.info not in _NO_CODE or not stands_as_typed(text, block):
        return []
    lines = [_line(text, span) for span in lines_of(text, block.runs[0].span)]
    first = next((line for line in lines if line.start < line.stop or line.path), None)
    return lines if first is not None and first.path is not None else []


def _line(text: str, span: Span) -> _Line:
    words = text[span.start : span.stop]
    begins, ends = _BEGINS.match(words), _ENDS.search(words)
    found = begins or ends
    path = (str(int(found[1])), found[2]) if found is not None else None
    if begins is not None:
        return _Line(span.start + begins.end(), span.stop, path)
    return _Line(span.start, span.start + (ends.start() if ends is not None else len(words)), path)


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
