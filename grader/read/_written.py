"""A page that is written down from a file whose bytes nobody reads: one line for each paragraph or row of a table."""

from __future__ import annotations

from grader.model.documents import Document, Note, Span
from grader.read._htmltext import Op
from grader.read._macros import DEFINES
from grader.read._page import blocks_of


class Written:
    """Grows from front to back; what is written is what a person sees, so its lines are the paragraphs."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.ops: list[Op] = []
        self.walls: list[int] = []  # no formula that is typed crosses them
        self.notes: list[Note] = []
        self.depth = 0

    def words(self, words: str, kind: str = "words", meaning: str = "") -> None:
        """Words of this kind; `meaning` is what a picture is said to show."""
        if words:
            start = self.length
            self.pieces.append(words)
            self.length += len(words)
            self.ops.append(Op(kind, start, self.length, meaning))

    def not_read(self, message: str, shown: str = "formula") -> None:
        """A formula stands here, and it is not known what it says."""
        span = Span(self.length, self.length + len(shown) + 2)
        self.notes.append(Note("formula-not-read", span, (("message", message),)))
        self.words(f"[{shown}]", "image")

    def ignored(self, id: str) -> None:
        """Something stands here that does not count."""
        self.notes.append(Note(id, Span(self.length, self.length)))

    def op(self, kind: str, words: str = "", number: int = 0) -> None:
        """Something begins or ends here."""
        self.ops.append(Op(kind, self.length, self.length, words, number))

    def gap(self, words: str) -> None:
        """Blanks that no formula crosses."""
        self.walls.append(self.length)
        self.pieces.append(words)
        self.length += len(words)

    def line(self) -> None:
        """A line ends inside a paragraph."""
        start = self.length
        self.pieces.append("\n")
        self.length += 1
        self.ops.append(Op("break", start, start + 1))

    def cell(self) -> None:
        """A cell of a table ends."""
        start = self.length
        self.gap("\t")
        self.ops.append(Op("cell", start, start))

    def nest(self, depth: int) -> None:
        """How many lists stand around what comes next."""
        if depth != self.depth:
            self.op("depth", number=depth - self.depth)
            self.depth = depth

    def close(self, kind: str = "", level: int = 0) -> None:
        """A paragraph, heading or row ends."""
        self.op("close", kind, level)
        self.op("item-end")
        self.gap("\n")

    def document(self, name: str) -> Document:
        """All of it."""
        text = "".join(self.pieces)
        blocks, found = blocks_of(text, self.ops, self.walls)
        notes = [*self.notes, *found]
        notes += [Note("macros-not-read", Span(at.start(), at.end())) for at in [DEFINES.search(text)] if at]
        notes.sort(key=lambda note: (note.span.start, note.span.stop) if note.span else (0, 0))
        return Document(name, text, blocks, tuple(notes))
