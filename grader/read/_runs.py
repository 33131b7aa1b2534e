"""The runs of a paragraph: text, mathematics, code, images, each an exact stretch of the file."""

from __future__ import annotations

from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from grader.model.documents import Run, Span
from grader.read._inline import inline_tokens
from grader.read._regions import Found

_MARKS = {"strong": "strong", "em": "emphasis", "s": "struck", "link": "link"}
_BREAKS = ("softbreak", "hardbreak")


class RunMaker:
    """Makes runs from front to back of one document: regions and marks are passed only once."""

    def __init__(self, text: str, found: Found, parser: MarkdownIt, env: dict[str, Any]) -> None:
        self.text = text
        self.regions = found.regions
        self.marks = found.marks
        self.parser = parser
        self.env = env
        self._region = 0
        self._mark = 0
        self._tag_marks: dict[str, int] = {}
        self._runs: list[Run] = []
        self._open: dict[str, int] = {}

    def runs(self, masked: str, lines: list[tuple[int, int]]) -> tuple[Run, ...]:
        """The runs of these lines, without blanks or breaks at either end."""
        content, places = _joined(masked, lines)
        self._runs = []
        self._open = {}
        line = 0
        for token in inline_tokens(self.parser, content, self.env):
            start, stop = token.meta["at"]
            while line + 1 < len(places) and places[line + 1][0] <= start:
                line += 1
            shift = places[line][1] - places[line][0]
            end = stop + shift
            if token.type in _BREAKS or "\n" in content[start:stop]:
                after = _line_of(places, line, stop)
                end = stop + places[after][1] - places[after][0]
            self._take(token, start + shift, end)
        return _trimmed(self._runs)

    def _take(self, token: Token, start: int, stop: int) -> None:
        kind, _, side = token.type.rpartition("_")
        if kind in _MARKS:
            self._open[_MARKS[kind]] = self._open.get(_MARKS[kind], 0) + (1 if side == "open" else -1)
        elif token.type == "text":
            if self.text.startswith("<", start) and stop - start == len(token.content) + 2:
                start, stop = start + 1, stop - 1  # `<https://...>`
            if token.content:
                self._words(start, stop)
        elif token.type == "text_special":
            exact = len(token.content) == stop - start
            self._add(Run("text", self.text[start:stop] if exact else token.content, Span(start, stop)))
        elif token.type in _BREAKS:
            self._break(start, stop)
        elif token.type == "code_inline":
            self._code(len(token.markup), start, stop)
        elif token.type == "image":
            alt = self.text[start + 2 : start + 2 + len(token.content)]
            self._add(Run("image", alt, Span(start, stop)))

    def _words(self, start: int, stop: int) -> None:
        regions = self.regions
        while self._region < len(regions) and regions[self._region].span.stop <= start:
            self._region += 1
        while self._region < len(regions) and regions[self._region].span.start < stop:
            region = regions[self._region]
            if region.span.start > start:
                self._add(Run("text", self.text[start : region.span.start], Span(start, region.span.start)))
            if region.kind == "break":
                self._break(region.span.start, region.span.stop)
            elif region.kind not in ("hidden", "tag"):
                self._add(Run(region.kind, region.text, region.inner))
            start = region.span.stop
            self._region += 1
        if start < stop:
            self._add(Run("text", self.text[start:stop], Span(start, stop)))

    def _break(self, start: int, stop: int) -> None:
        while self._runs and self._runs[-1].kind == "text":
            last = self._runs[-1]
            words = last.text.rstrip(" \t")
            if len(words) == len(last.text):
                break
            self._runs.pop()
            if words:
                place = Span(last.span.start, last.span.start + len(words))
                self._runs.append(Run("text", words, place, last.marks))
        self._add(Run("break", "\n", Span(start, stop)))

    def _code(self, ticks: int, start: int, stop: int) -> None:
        """CommonMark strips one blank on either side, so that code may begin with a tick."""
        start, stop = start + ticks, stop - ticks
        words = self.text[start:stop]
        if words[:1] in (" ", "\n") and words[-1:] in (" ", "\n") and words.strip(" \n"):
            start, stop = start + 1, stop - 1
        self._add(Run("code", self.text[start:stop], Span(start, stop)))

    def _add(self, run: Run) -> None:
        marks = self._marks_at(run.span.start)
        if run.kind == "text" and self._joins(run, marks):
            return
        self._runs.append(Run(run.kind, run.text, run.span, marks) if marks else run)

    def _joins(self, run: Run, marks: tuple[str, ...]) -> bool:
        """Whether the run could be added to the text before it: `\\frac` comes as an escape and a word."""
        last = self._runs[-1] if self._runs else None
        if last is None or last.kind != "text" or last.marks != marks or last.span.stop != run.span.start:
            return False
        whole = Span(last.span.start, run.span.stop)
        if len(last.text) + len(run.text) != whole.stop - whole.start:
            return False
        self._runs[-1] = Run("text", self.text[whole.start : whole.stop], whole, marks)
        return True

    def _marks_at(self, at: int) -> tuple[str, ...]:
        while self._mark < len(self.marks) and self.marks[self._mark][0] <= at:
            _, mark, step = self.marks[self._mark]
            self._tag_marks[mark] = self._tag_marks.get(mark, 0) + step
            self._mark += 1
        if not self._open and not self._tag_marks:
            return ()
        both = [mark for marks in (self._open, self._tag_marks) for mark, count in marks.items() if count > 0]
        return tuple(sorted(set(both)))


def _joined(masked: str, lines: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """The lines as one content, and for each line its offset in the content and in the file."""
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    offset = 0
    for number, (start, stop) in enumerate(lines):
        piece = masked[start:stop]
        if number == len(lines) - 1:
            piece = piece.rstrip(" \t")
        if number == 0:
            piece = piece.lstrip(" \t")
        pieces.append(piece)
        places.append((offset, stop - len(masked[start:stop].lstrip(" \t")) if number == 0 else start))
        offset += len(piece) + 1
    return "\n".join(pieces), places


def _line_of(places: list[tuple[int, int]], line: int, offset: int) -> int:
    while line + 1 < len(places) and places[line + 1][0] <= offset:
        line += 1
    return line


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    start, stop = 0, len(runs)
    while start < stop and _is_blank(runs[start]):
        start += 1
    while stop > start and _is_blank(runs[stop - 1]):
        stop -= 1
    return tuple(runs[start:stop])


def _is_blank(run: Run) -> bool:
    return run.kind == "break" or (run.kind == "text" and not run.text.strip(" \t\n"))
