"""What stands on a page, in order, becomes blocks; formulas typed into its words are found there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

from grader.model.documents import Block, Note
from grader.read._htmltext import Op
from grader.read._regions import Found
from grader.read._scan import scan_page
from grader.read._texblocks import DEEPEST, Blocks

_LITERAL = frozenset({"code", "pre", "math", "display", "image"})


def blocks_of(text: str, ops: list[Op], walls: list[int]) -> tuple[tuple[Block, ...], list[Note]]:
    """The blocks of a page with this text, and what had to be guessed. No formula that is typed crosses a wall."""
    literal = [(op.start, op.stop) for op in ops if op.kind in _LITERAL]
    page = _Page(text, scan_page(text, sorted([*walls, *(start for start, _ in literal)]), literal))
    for op in ops:
        page.take(op)
    page.blocks.flush()
    return tuple(page.blocks.done), [*page.found.notes, *page.blocks.notes]


class _Page:
    """What stands on a page, in order, and the formulas that were found in its words."""

    def __init__(self, text: str, found: Found) -> None:
        self.found = found
        self.blocks = Blocks(text)
        self.marks: Counter[str] = Counter()
        self.listing: tuple[int, int] | None = None
        self._region = 0
        self._at = 0  # behind the last formula, which may go on over several pieces

    def take(self, op: Op) -> None:
        """The next thing; what a formula holds is said with it."""
        if op.start < op.stop and op.stop <= self._at:
            return
        _TAKES[op.kind](self, op)

    def words(self, op: Op) -> None:
        start = max(op.start, self._at)
        regions = self.found.regions
        while self._region < len(regions) and regions[self._region].span.start < op.stop:
            region = regions[self._region]
            self.blocks.words(start, max(start, region.span.start))
            self.blocks.add(region.kind, region.text, region.inner.start, region.inner.stop)
            start = self._at = region.span.stop
            self._region += 1
        if start < op.stop:
            self.blocks.words(start, op.stop)

    def run(self, op: Op) -> None:
        if self.listing is not None:  # a formula or a picture inside a listing divides it
            self._listed("")
        last = self.blocks.runs[-1] if self.blocks.runs else None
        start, words = op.start, self.blocks.text[op.start : op.stop]
        if last and last.kind == op.kind == "code" and last.span.stop == start and last.marks == self._sorted():
            self.blocks.runs.pop()
            start, words = last.span.start, last.text + words
        if op.kind == "code" and not words.strip():
            self.blocks.words(op.start, op.stop)
            return
        self.blocks.add(op.kind, op.words if op.kind == "image" else words, start, op.stop)

    def _sorted(self) -> tuple[str, ...]:
        return tuple(sorted(self.blocks.marks))

    def line(self, op: Op) -> None:
        if op.start >= self._at:
            self.blocks.line(op.start, op.stop)

    def cell(self, op: Op) -> None:
        self.blocks.cell(max(op.start, self._at), max(op.start, self._at))

    def mark(self, op: Op, step: int) -> None:
        self.marks[op.words] += step
        self.blocks.marks = frozenset(mark for mark, count in self.marks.items() if count > 0)

    def pre(self, op: Op) -> None:
        if self.listing is None:
            self.blocks.close()
        self.listing = (self.listing[0] if self.listing else op.start, op.stop)

    def close(self, op: Op) -> None:
        if self.listing is not None:
            self._listed(op.words.removeprefix("code").strip() if op.words else "")
            return
        if op.words == "heading":
            self.blocks.close("heading", op.number)
        else:
            self.blocks.close("row" if op.words == "row" else "paragraph")

    def _listed(self, info: str) -> None:
        start, stop = self.listing or (0, 0)
        self.listing = None
        text = self.blocks.text
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        self.blocks.code(start, stop, info)

    def item(self, op: Op) -> None:
        self.blocks.item(op.words, op.start, op.start)

    def item_end(self, op: Op) -> None:
        self.blocks.flush()

    def depth(self, op: Op) -> None:
        self.blocks.depth += op.number
        if self.blocks.depth > DEEPEST:
            self.blocks.too_deep(op.start)

    def quote(self, op: Op) -> None:
        self.blocks.quoted += op.number

    def rule(self, op: Op) -> None:
        self.blocks.rule(op.start, op.start)


_TAKES: dict[str, Callable[[_Page, Op], None]] = {
    "words": _Page.words, "code": _Page.run, "math": _Page.run, "display": _Page.run, "image": _Page.run,
    "pre": _Page.pre, "break": _Page.line, "cell": _Page.cell, "on": partial(_Page.mark, step=1),
    "off": partial(_Page.mark, step=-1), "close": _Page.close, "item": _Page.item, "item-end": _Page.item_end,
    "depth": _Page.depth, "quote": _Page.quote, "rule": _Page.rule,
}  # fmt: skip
