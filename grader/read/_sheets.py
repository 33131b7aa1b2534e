"""Puts documents that were read one by one below each other, each on a sheet with its own count of lines."""

from __future__ import annotations

from grader.model.documents import Block, Document, Note, Run, Span
from grader.model.sources import Sheet, Source, Stretch

_GAP = "\n\n"


class Sheets:
    """Grows from front to back."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.originals: list[str] = []
        self.stretches: list[Stretch] = []
        self.sheets: list[Sheet] = []
        self.blocks: list[Block] = []
        self.notes: list[Note] = []
        self.read = 0  # characters of the text that is read ...
        self.seen = 0  # ... and of the one that a person sees

    def add(self, name: str, document: Document) -> None:
        """One more document; on the sheet of the one before if it has the same name."""
        same = bool(self.sheets) and self.sheets[-1].name == name
        self._part(_GAP if self.sheets and not same else "\n" if same and self._in_line() else "")
        by = self.read
        if not same:
            self.sheets.append(Sheet(self.seen, name))
        source = document.source
        if source is not None or by != self.seen:
            self.stretches.append(Stretch(by, self.seen, self.seen, True))
        for stretch in source.stretches if source else ():
            start, origin, stop, exact = stretch
            self.stretches.append(Stretch(start + by, origin + self.seen, stop + self.seen, exact))
        self.blocks += [_moved(block, by) for block in document.blocks]
        self.notes += [note._replace(span=_shift(note.span, by) if note.span else None) for note in document.notes]
        self._put(document.text, document.original)

    def _in_line(self) -> bool:
        """Whether the last sheet holds a line that has not ended: outputs are counted on, one below the other."""
        return self.seen > self.sheets[-1].start and not self.originals[-1].endswith("\n")

    def _part(self, gap: str) -> None:
        if gap:
            self._put(gap, gap)

    def _put(self, text: str, original: str) -> None:
        if original:
            self.texts.append(text)
            self.originals.append(original)
        self.read += len(text)
        self.seen += len(original)

    def document(self, name: str) -> Document:
        """All of them as one."""
        source = Source("".join(self.originals), tuple(self.stretches), tuple(self.sheets))
        return Document(name, "".join(self.texts), tuple(self.blocks), tuple(self.notes), source)


def _shift(span: Span, by: int) -> Span:
    return Span(span.start + by, span.stop + by)


def _moved(block: Block, by: int) -> Block:
    runs = tuple(Run(run.kind, run.text, _shift(run.span, by), run.marks) for run in block.runs)
    return block._replace(span=_shift(block.span, by), runs=runs)
