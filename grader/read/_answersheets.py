"""Sheets of answers inside other documents: a fence of YAML or JSON, a dictionary that a cell printed."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.model.documents import Block, Document, Note, Run, Span
from grader.model.patterns import later
from grader.model.sources import Source, Stretch

_FENCE = later(
    r"^(?P<fence>`{3,}|~{3,})[ \t]*(?P<kind>ya?ml|json)[ \t]*\n(?P<inside>.*?)\n(?P=fence)[ \t]*$", re.M | re.S
)
_FEWEST = 3  # answers, for a fence to be a sheet of them
_LONGEST = 100_000  # characters


def as_sheet(text: str, kind: str) -> Document | None:
    """The answers that a whole text gives to questions by name; None where it is no such sheet."""
    if len(text) > _LONGEST or not text.strip():
        return None
    from grader.read.answers import read

    made = read(text, f"answers.{kind}")
    names = [block for block in made.blocks if block.kind == "heading"]
    return made if len(names) >= _FEWEST and not any(note.id == "broken-answers" for note in made.notes) else None


def with_sheets(text: str, name: str, read: Callable[[str, str], Document]) -> Document | None:
    """A document whose fences with sheets of answers are read as these; None where it has none.

    `read` reads what stands around them.
    """
    found = [(fence, sheet) for fence in _FENCE.finditer(text) if (sheet := as_sheet(fence["inside"], fence["kind"]))]
    if not found:
        return None
    joined, at = _Joined(text), 0
    for fence, sheet in found:
        joined.add(read(text[at : fence.start()], name), at)
        joined.add(sheet, fence.start("inside"))
        at = fence.end()
    joined.add(read(text[at:], name), at)
    return joined.document(name)


class _Joined:
    """Documents of consecutive stretches of one file, as one."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.texts: list[str] = []
        self.stretches: list[Stretch] = []
        self.blocks: list[Block] = []
        self.notes: list[Note] = []
        self.length = 0

    def add(self, document: Document, origin: int) -> None:
        """One more document, of what stands in the file from `origin` on."""
        by = self.length
        self.stretches.append(Stretch(by, origin, origin, True))
        for start, there, stop, exact in document.source.stretches if document.source else ():
            self.stretches.append(Stretch(start + by, there + origin, stop + origin, exact))
        self.blocks += [_moved(block, by) for block in document.blocks]
        self.notes += [
            note._replace(span=Span(note.span.start + by, note.span.stop + by)) if note.span else note
            for note in document.notes
        ]
        self.texts += [document.text, "\n"]
        self.length += len(document.text) + 1

    def document(self, name: str) -> Document:
        """All of them."""
        source = Source(self.source, tuple(self.stretches))
        return Document(name, "".join(self.texts), tuple(self.blocks), tuple(self.notes), source)


def _moved(block: Block, by: int) -> Block:
    runs = tuple(
        Run(run.kind, run.text, Span(run.span.start + by, run.span.stop + by), run.marks) for run in block.runs
    )
    return block._replace(span=Span(block.span.start + by, block.span.stop + by), runs=runs)
