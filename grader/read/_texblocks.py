"""Collects runs into blocks: what is bold or struck out, which label stands before, how deep it is."""

from __future__ import annotations

from grader.model.documents import Block, Note, Run, Span
from grader.model.records import NamedTuple

LONGEST_WORD = 200
DEEPEST = 40  # lists and quotes deeper than this are all on one level


class Frame(NamedTuple):
    """A brace or an environment that is open: what it changes ends at `stop`."""

    stop: int
    marks: frozenset[str]
    heading: int = 0  # a title that becomes a heading of this level
    after: str = ""  # printed where it ends: the bracket around a footnote


class Blocks:
    """Grows from front to back; blanks at the ends of lines and blocks are left out."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.done: list[Block] = []
        self.notes: list[Note] = []
        self.runs: list[Run] = []
        self.frames: list[Frame] = []
        self.marks: frozenset[str] = frozenset()
        self.label = ""
        self.marker = Span(0, 0)  # where the label stands
        self.depth = 0
        self.quoted = 0
        self.start = 0
        self._glued = False  # the last run ends in a sign that stands for a command

    # -- runs ----------------------------------------------------------------------------------------------

    def words(self, start: int, stop: int) -> None:
        """A stretch of the text that is printed as it stands."""
        text = self.text
        if not self.runs or self.runs[-1].kind in ("break", "cell"):
            while start < stop and text[start].isspace():
                start += 1
        if self._glued and start < stop:
            start = self._glue_words(start, stop)
        if start >= stop:
            return
        last = self.runs[-1] if self.runs else None
        marks = tuple(sorted(self.marks))
        exact = last is not None and len(last.text) == last.span.stop - last.span.start
        if last is not None and exact and last.kind == "text" and last.span.stop == start and last.marks == marks:
            self.runs[-1] = Run("text", last.text + text[start:stop], Span(last.span.start, stop), marks)
        else:
            self.add("text", text[start:stop], start, stop)

    def print(self, words: str, start: int, stop: int) -> None:
        """Words that stand for a command."""
        if words.isspace() and (not self.runs or self.runs[-1].kind in ("break", "cell")):
            return
        start = max(start, self.runs[-1].span.stop if self.runs else 0)  # a formula may go on behind a brace
        stop = max(stop, start)
        if words:  # as long as the command, the words would pass for a slice of the text
            self.add("text", words, start, _beside(words, start, stop))

    def glue(self, words: str, start: int, stop: int) -> None:
        """A sign or letter inside a word: `max\\_\\{j\\}` is read as one word."""
        last = self.runs[-1] if self.runs else None
        if last is None or not self._continues(last, start):
            self.print(words, start, stop)
            self._glued = True
            return
        exact = len(last.text) == last.span.stop - last.span.start
        head = last.text[: last.text.rfind(" ") + 1] if exact else ""
        begin = last.span.start + len(head)
        self.runs.pop()
        if head:
            self.runs.append(Run("text", head, Span(last.span.start, begin), last.marks))
        if not self.runs:
            self.start = begin
        self.runs.append(Run("text", last.text[len(head) :] + words, Span(begin, stop), last.marks))
        self._glued = True

    def _continues(self, last: Run, start: int) -> bool:
        """Whether what begins here may belong to the word before; one that never ends would be copied for ever."""
        exact = len(last.text) == last.span.stop - last.span.start
        beside = last.kind == "text" and last.span.stop == start and last.marks == tuple(sorted(self.marks))
        return beside and (exact or len(last.text) < LONGEST_WORD)

    def _glue_words(self, start: int, stop: int) -> int:
        """What goes on without a blank belongs to the word before it."""
        self._glued = False
        last = self.runs[-1] if self.runs else None
        if last is None or not self._continues(last, start):
            return start
        end = start
        while end < stop and not self.text[end].isspace():
            end += 1
        if end > start:
            self.runs[-1] = Run("text", last.text + self.text[start:end], Span(last.span.start, end), last.marks)
        return end

    def add(self, kind: str, words: str, start: int, stop: int) -> None:
        """A run with the marks that hold here."""
        if not self.runs:
            self.start = start
        self.runs.append(Run(kind, words, Span(start, stop), tuple(sorted(self.marks))))

    def line(self, start: int, stop: int) -> None:
        """A line ends, in the source or on the page."""
        self._trim()
        if self.runs and self.runs[-1].kind not in ("break", "cell"):
            self.add("break", "\n", start, stop)

    def cell(self, start: int, stop: int) -> None:
        """A cell of a table ends."""
        self._trim(breaks=True)
        self.add("cell", "", start, stop)

    def _trim(self, breaks: bool = False) -> None:
        while self.runs:
            last = self.runs[-1]
            words = last.text.rstrip() if last.kind == "text" else last.text
            if last.kind == "text" and words == last.text:
                return
            if last.kind not in ("text", "break") or (last.kind == "break" and not breaks):
                return
            self.runs.pop()
            if words.strip():
                exact = len(last.text) == last.span.stop - last.span.start
                start = last.span.start
                stop = start + len(words) if exact else _beside(words, start, last.span.stop)
                self.runs.append(Run("text", words, Span(last.span.start, stop), last.marks))
                return

    # -- blocks --------------------------------------------------------------------------------------------

    def close(self, kind: str = "paragraph", level: int | None = None, info: str = "") -> None:
        """The block ends here, if one is open."""
        self._trim(breaks=True)
        if self.runs:
            self._block(kind, Span(self.start, self.runs[-1].span.stop), level, info)

    def rule(self, start: int, stop: int) -> None:
        """A line across the page, or an item without words."""
        self.close()
        self._block("rule", Span(start, stop), None, "")

    def code(self, start: int, stop: int, info: str) -> None:
        """Lines of code, as they stand."""
        self.close()
        self.start = start
        if self.text[start:stop].strip():
            self.runs = [Run("code", self.text[start:stop], Span(start, stop))]
            self._block("code", Span(start, stop), None, info)

    def item(self, label: str, start: int, stop: int) -> None:
        """An item begins; `3. (a)`: the outer item has no block of its own, its label must not get lost."""
        self.close()
        self.label = f"{self.label} {label}" if self.label else label
        self.marker = Span(start, stop)

    def flush(self) -> None:
        """An item without words still says that its number was reached."""
        self.close()
        if self.label:
            self._block("paragraph", self.marker, None, "")

    def too_deep(self, at: int) -> None:
        """Said once: a list deeper than this goes on as the one around it."""
        if not any(note.id == "nested-too-deep" for note in self.notes):
            self.notes.append(Note("nested-too-deep", Span(at, at)))

    def _block(self, kind: str, span: Span, level: int | None, info: str) -> None:
        depth = min(self.depth, DEEPEST) if level is None else level
        runs, self.runs = tuple(self.runs), []
        self.done.append(Block(kind, span, runs, depth, self.label, info, min(self.quoted, DEEPEST)))
        self.label = ""

    # -- what braces and environments change ---------------------------------------------------------------

    def open(self, stop: int, mark: str = "", heading: int = 0, after: str = "") -> None:
        """From here to `stop`, where a brace or an environment closes."""
        self.frames.append(Frame(stop, self.marks, heading, after))
        if mark:
            self.marks = self.marks | {mark}

    def reach(self, at: int) -> None:
        """Closes what ends at or before `at`."""
        while self.frames and self.frames[-1].stop <= at:
            frame = self.frames.pop()
            if frame.after:
                self.print(frame.after, frame.stop, frame.stop + 1)
            if frame.heading:
                self.close("heading", frame.heading)
            self.marks = frame.marks


def _beside(words: str, start: int, stop: int) -> int:
    """The end of what the words stand for: never as long as they are, or they would pass for a slice of the text."""
    return stop if len(words) != stop - start else start + (len(words) != 1)
