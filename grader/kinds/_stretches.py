"""Stretches of a block's words that are told in other signs, each in the place of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.model.documents import Block, Run, Span
from grader.model.records import NamedTuple

OTHER = "\x00"  # stands for what is no typed word: mathematics, which has signs of its own, or a picture
_TYPED = frozenset(["text", "code", "break"])


class Stretch(NamedTuple):
    """Some characters of a block's words, and what they say."""

    start: int
    stop: int
    told: str


def words_of(block: Block) -> str:
    """The typed words of a block, with a sign that is in no word for everything else."""
    return "".join(run.text if run.kind in _TYPED else OTHER * _width(run) for run in block.runs)


def text_of(block: Block) -> str:
    """The words and formulas of a block, at the same places as its typed words."""
    return "".join(run.text or OTHER for run in block.runs)


def retold(block: Block, stretches: Sequence[Stretch]) -> Block:
    """The block with what its stretches say in their places; none of them may hold anything but typed words."""
    runs: list[Run] = []
    at = 0
    for one in sorted(stretches):
        runs += _pieces(block, at, one.start)
        covered = list(_pieces(block, one.start, one.stop))
        runs.append(Run("text", one.told, Span(covered[0].span.start, covered[-1].span.stop)))
        at = one.stop
    return block._replace(runs=(*runs, *_pieces(block, at, len(words_of(block))))) if stretches else block


def _width(run: Run) -> int:
    return len(run.text) if run.kind in _TYPED else max(1, len(run.text))


def _pieces(block: Block, start: int, stop: int) -> Iterator[Run]:
    """The runs between two places of the words, the first and the last perhaps cut."""
    at = 0
    for run in block.runs:
        end = at + _width(run)
        if at < stop and start < end:
            yield _cut(run, max(start - at, 0), min(stop, end) - at)
        at = end


def _cut(run: Run, begin: int, end: int) -> Run:
    """Some characters of a run; where its markup says other words than it holds, they stand in all of its place."""
    if run.kind not in _TYPED or (begin, end) == (0, len(run.text)):
        return run
    first, last = run.span
    if len(run.text) == last - first or run.kind == "code":
        first, last = min(first + begin, last), min(first + end, last)
    return run._replace(text=run.text[begin:end], span=Span(first, last))
