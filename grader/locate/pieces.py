"""Cuts words out of blocks without losing where the rest stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.model.documents import Block, Run, Span

Range = tuple[int, int]  # offsets into the text of a block


def keep(block: Block, start: int, stop: int | None = None) -> Block:
    """The block from one offset of its text to another, blanks at the cut removed."""
    text = block.text
    stop = len(text) if stop is None else stop
    if start > 0:
        start += len(text[start:stop]) - len(text[start:stop].lstrip())
    if stop < len(text):
        stop = start + len(text[start:stop].rstrip())
    return drop(block, [(0, start), (stop, len(text))])


def drop(block: Block, ranges: Sequence[Range]) -> Block:
    """The block without some stretches of its text; the same block when nothing is lost."""
    gaps = sorted((start, stop) for start, stop in ranges if start < stop)
    if not gaps:
        return block
    runs: list[Run] = []
    at, gap = 0, 0
    for run in block.runs:
        end = at + len(run.text)
        while gap < len(gaps) and gaps[gap][1] <= at:
            gap += 1
        runs += _pieces(run, at, end, gaps, gap)
        at = end
    if runs:
        first, last = runs[0].span, runs[-1].span
        span = Span(min(first.start, last.start), max(first.stop, last.stop))
    else:
        span = Span(block.span.start, block.span.start)
    return block._replace(runs=tuple(runs), span=span, label="" if gaps[0][0] == 0 else block.label)


def _pieces(run: Run, at: int, end: int, gaps: list[Range], gap: int) -> list[Run]:
    """What is left of one run, which covers at..end of the block's text."""
    pieces: list[Run] = []
    begin = at
    while gap < len(gaps) and gaps[gap][0] < end:
        start, stop = gaps[gap]
        if start > begin:
            pieces.append(_slice(run, begin - at, start - at))
        begin = max(begin, stop)
        gap += 1
    if begin < end:
        pieces.append(run if begin == at else _slice(run, begin - at, end - at))
    if not run.text and not any(start <= at < stop or _led(run, at, stop, start) for start, stop in gaps):
        pieces.append(run)  # a picture without a caption, the end of a cell
    return pieces


def _led(run: Run, at: int, stop: int, start: int) -> bool:
    """Whether a cell ends where the row's label was cut off."""
    return run.kind == "cell" and start == 0 and at == stop


def _slice(run: Run, start: int, stop: int) -> Run:
    if len(run.text) == run.span.stop - run.span.start:
        return run._replace(text=run.text[start:stop], span=Span(run.span.start + start, run.span.start + stop))
    return run._replace(text=run.text[start:stop])  # an escape: its markup cannot be divided


def within(block: Block, start: int, stop: int) -> Span:
    """Where in the document a stretch of the block's text stands."""
    rest = keep(block, start, stop)
    return rest.span if rest.runs else block.span


def holds(text: str, words: Sequence[str]) -> bool:
    """Whether one of these words, in small letters, is in a text: asked before a slow pattern is looked for."""
    lowered = text.lower()
    return any([word in lowered for word in words])


def is_blank(block: Block) -> bool:
    """Whether a block says nothing: no words, no picture."""
    return block.kind == "rule" or not (block.text.strip() or any(run.kind == "image" for run in block.runs))


def lines_of(text: str, whole: Span) -> Iterator[Span]:
    """The lines of a stretch of the document, each without its end."""
    at = whole.start
    while at <= whole.stop:
        stop = text.find("\n", at, whole.stop)
        stop = whole.stop if stop < 0 else stop
        yield Span(at, stop)
        at = stop + 1


def stands_as_typed(text: str, block: Block) -> bool:
    """Whether a block of code is one slice of the document; inside of a quote or a list, no line stands where it
    seems to."""
    return len(block.runs) == 1 and text[block.runs[0].span.start : block.runs[0].span.stop] == block.text
