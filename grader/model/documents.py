"""What a student handed in, cut into blocks that remember where they stand."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grader.model.records import NamedTuple

if TYPE_CHECKING:
    from grader.model.sources import Source


class Span(NamedTuple):
    """A stretch of a document's text: offsets in characters, the end excluded."""

    start: int
    stop: int


class Note(NamedTuple):
    """Something a reader repaired, ignored or could not read; the sentence is made in `report`."""

    id: str  # short and stable: "unclosed-math", "wrong-encoding", "hidden-text"
    span: Span | None = None
    facts: tuple[tuple[str, str], ...] = ()


class Run(NamedTuple):
    """A piece of a block in one notation.

    `text` is the slice of the document that `span` names, except for runs whose markup stands for other
    words (an escape such as `\\*`, an entity such as `&times;`, the number that `\\question` prints) and for
    breaks, whose text is one blank or newline. So offset `k` inside `text` is offset `span.start + k` in the
    document whenever `len(text) == span.stop - span.start`.
    """

    kind: str  # text, math (inline), display, code, image, html, cell (a table cell ends here), break
    text: str
    span: Span
    marks: tuple[str, ...] = ()  # strong, emphasis, struck, link; sorted


KEY = "key"  # the `info` of a heading that is a key in a file of answers


class Block(NamedTuple):
    """One paragraph, heading, list item's paragraph, table row, code block or rule."""

    kind: str  # heading, paragraph, row, code, html, rule
    span: Span
    runs: tuple[Run, ...]
    level: int = 0  # heading: 1 to 6; otherwise the depth of nesting in lists
    label: str = ""  # the list marker as typed ("2.", "-"), on the first block of a list item
    info: str = ""  # language tag of a code block; "cell python" for the code of a notebook's cell, "output" below it,
    # "file conv.py" for a program; of a heading: KEY
    quoted: int = 0  # depth of block quotes

    @property
    def text(self) -> str:
        """The words of the block with markup removed; mathematics without its delimiters."""
        runs = self.runs
        return runs[0].text if len(runs) == 1 else "".join([run.text for run in runs])

    @property
    def is_program(self) -> bool:
        """Whether this is the code of a notebook's cell or of a program's file: it says how an answer was found, and
        is one only where code is asked for."""
        return self.info.startswith(("cell ", "file "))


class Place(NamedTuple):
    """Where something stands for a person: the part of the file ("" or "cell 7"), line and column from 1."""

    sheet: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Document:
    """One file, as text and as blocks in the order in which they stand.

    `text` is what was read, and all spans are offsets into it. Where that is not the file itself, because macros
    were expanded or cells taken out of a notebook, `source` says what a person sees, and where.
    """

    name: str
    text: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    source: Source | None = None
    question: str = ""  # the question that the name of the file was said to announce, whatever the name looks like
    is_program: bool = field(init=False, repr=False, compare=False)  # a file of Python, or several
    _starts: tuple[int, ...] = field(default=(), repr=False, compare=False)

    def __post_init__(self) -> None:
        for block in self.blocks:
            start, stop = block.span
            if not 0 <= start <= stop <= len(self.text):
                raise ValueError(f"not a stretch of {self.name}: {start} to {stop}")
        starts = [0]
        find = self.original.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        object.__setattr__(self, "_starts", tuple(starts))
        object.__setattr__(self, "is_program", any(block.info.startswith("file ") for block in self.blocks))

    @property
    def original(self) -> str:
        """The file's text as a person sees it."""
        return self.text if self.source is None else self.source.text

    def origin(self, start: int, stop: int) -> tuple[int, int]:
        """The offsets in `original` of a stretch of the text."""
        if self.source is None:
            return start, stop
        first = self.source.origin(start)
        if stop <= start:
            return first[0], first[0]
        last = self.source.origin(stop - 1)
        return min(first[0], last[0]), max(first[1], last[1])

    def place(self, offset: int) -> Place:
        """Where a character of `original` stands."""
        line = bisect_right(self._starts, offset)
        column = offset - self._starts[line - 1] + 1
        if self.source is None or not self.source.sheets:
            return Place("", line, column)
        sheet = self.source.sheet(offset)
        return Place(sheet.name, line - bisect_right(self._starts, sheet.start) + 1, column)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both counted from 1, of a character of the text."""
        place = self.place(self.origin(offset, offset)[0])
        return place.line, place.column

    def line_at(self, offset: int) -> str:
        """The line of `original` on which one of its characters stands, without its line end."""
        number = bisect_right(self._starts, offset)
        start = self._starts[number - 1]
        stop = self._starts[number] if number < len(self._starts) else len(self.original)
        return self.original[start:stop].rstrip("\r\n")


class Submission(NamedTuple):
    """Everything one student handed in. `notes` say what of it could not be read.

    `ignored` names what is no answer and was left out for that, a whole folder with a slash at its end.
    """

    id: str
    documents: tuple[Document, ...]
    notes: tuple[Note, ...] = ()
    ignored: tuple[str, ...] = ()
