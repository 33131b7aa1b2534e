"""An answer as one line of text, as if it were typed at a prompt."""

from __future__ import annotations

from grader.model.documents import Block, Run
from grader.model.patterns import later
from grader.model.records import NamedTuple

DELIMITED = ("math", "display")


class Typed(NamedTuple):
    """An answer as one text, with its formulas between dollars, and where each piece of it stands."""

    text: str
    pieces: tuple[tuple[int, int, int], ...]  # offset in the text, offset in the document, length

    def place(self, start: int, stop: int) -> tuple[int, int]:
        """A stretch of the text as one of the document."""
        return self._offset(start), max(self._offset(start), self._offset(stop - 1) + 1)

    def _offset(self, at: int) -> int:
        for begin, there, length in reversed(self.pieces):
            if at >= begin:
                return there + min(at - begin, length)
        return self.pieces[0][1] if self.pieces else 0


def typed(blocks: tuple[Block, ...], limits: tuple[tuple[int, int], ...] | None) -> Typed:
    """An answer as it would be typed in a line; with `limits`, only what stands in these stretches of the document.

    Of several stretches with "and" between, "on (-oo, -1) and on (3, oo)", a list is made.
    """
    text, between = "", ""
    pieces: list[tuple[int, int, int]] = []
    for block in blocks:
        for run in block.runs:
            opener, start = "$" if run.kind in DELIMITED else "", run.span.start
            at = start
            for low, high in _kept(run, limits):
                between += run.text[at - start : low - start]
                if limits is not None and pieces and _LISTS.fullmatch(between):
                    text += ", "
                pieces.append((len(text) + len(opener), low, high - low))
                text += f"{opener}{run.text[low - start : high - start]}{opener}"
                at, between = high, ""
            between += run.text[at - start :]
        text += "\n"
    return Typed(text.strip("\n"), tuple(pieces))


def _kept(run: Run, limits: tuple[tuple[int, int], ...] | None) -> list[tuple[int, int]]:
    """Stretches of a run that count: a formula as a whole or behind an arrow, of words what is inside the limits."""
    start, stop = run.span.start, run.span.start + len(run.text)
    if limits is None:
        return [(start, max(stop, run.span.stop))]
    if run.kind in DELIMITED:
        if any(low <= start < high for low, high in limits):
            return [(start, max(stop, run.span.stop))]
        inside = [(low, min(high, stop)) for low, high in sorted(limits) if start < low < stop]
        return [one for one in inside if _FOLLOWS.search(run.text, 0, one[0] - start)]
    return [(max(low, start), min(high, stop)) for low, high in sorted(limits) if low < stop and start < high]


_FOLLOWS = later(r"(?:\\(?:(?:Long)?[Rr]ightarrow|implies|therefore|leadsto)|⇒|⟹|→|=>)\s*\Z")
_LISTS = later(r"[\s,;]*\b(?:and|or|und|oder)\b[\s,]*(?:also )?(?:(?:on|for|in|at|auf|für|bei)\b)?[\s]*")
