"""An answer as one line of text, as if it were typed at a prompt."""

from __future__ import annotations

from grader.model.documents import Block
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
    """An answer as it would be typed in a line."""
    text, pieces = "", []
    for block in blocks:
        for run in block.runs:
            start = run.span.start
            if limits is not None and not any(low <= start < high for low, high in limits):
                continue
            opener = "$" if run.kind in DELIMITED else ""
            pieces.append((len(text) + len(opener), start, run.span.stop - start))
            text += f"{opener}{run.text}{opener}"
        text += "\n"
    return Typed(text.strip("\n"), tuple(pieces))
