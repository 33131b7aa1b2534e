"""Plain text to blocks and runs: paragraphs, lines and formulas, no other markup."""

from __future__ import annotations

import re

from grader.model.documents import Block, Document, Run, Span
from grader.model.sources import Source
from grader.read._macros import DEFINES, Macros
from grader.read._regions import Found, Region
from grader.read._scan import scan_plain
from grader.read._view import expand_formulas
from grader.read.reader import Reader

# `1.`, `12)`, `(a)`, `b)`, `iv.`, `3.2`, `（c）` and a blank or the end of the line behind it.
_NUMBER = r"(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})"
_LABEL = re.compile(rf"[ \t]*(?:[(（]{_NUMBER}[)）]|{_NUMBER}[.)）])(?:[ \t]|$)")
# `**(40, 80)**` out of habit; `2**3` is a power, and what is opened twice is none.
_BOLD = re.compile(r"(?<![\w)\]*])\*\*(?![\s*])((?:[^*\n]|\*(?!\*))+)(?<![\s*])\*\*(?![\w*(])")
# A reply by e-mail: `> (a) the size of Z` above the answer. One or two such lines may compare.
_REPLIED = re.compile(r"^[ \t]*>(?:[> \t]*)(?=[^\s>\d=-]|(?<=[ \t])\S|$)", re.M)
_QUOTED = re.compile(r"[ \t]*>[> \t]*")
_FEWEST_QUOTED = 3
_WROTE = re.compile(r"\b(?:wrote|writes|schrieb|schreibt|escribió|a écrit|ha scritto|写道)\b[^\n]{0,60}[:：]\s*$", re.I)
_MARKUP = re.compile(r"[\\$`<*\n]")  # what may begin anything but words
_DRAWN = re.compile(r"([-_=*~#])\1{4,}")
_LONGER = 8  # characters by which a line across the page is longer than the words above it, which it does not underline
_LONGEST_LINE = 300  # of those that tell the number of a page; longer ones are blanks, to keep a machine busy
_PAGE = re.compile(
    r"(?:.{0,60}?[ \t]{3,})?[-–— ]{0,3}(?:p(?:age|\.)|Seite|S\.)\s?\d{1,3}(?:\s?(?:/|of|von)\s?\d{1,3})?[-–— ]{0,3}",
    re.I,
)
_DOTTED = re.compile(r"[ \t]*\d{1,3}(?:\.\d{1,3})+[.)]?(?:[ \t]|$)")


def read(text: str, name: str) -> Document:
    """Each line that begins with a label starts a block, and so does each line behind a blank one."""
    found = scan_plain(text)
    if DEFINES.search(text) and (view := expand_formulas(text, [region.span for region in found.regions], Macros())):
        read = _document(view.text, name, scan_plain(view.text))
        notes = (*read.notes, *view.notes)
        return Document(name, read.text, read.blocks, notes, Source(text, tuple(view.stretches)))
    return _document(text, name, found)


def _quotes(text: str) -> bool:
    """Whether lines are quoted as in a reply."""
    return ">" in text and len(_REPLIED.findall(text)) >= _FEWEST_QUOTED


def read_words(text: str) -> Document:
    """The blocks of a piece of text in which no macros are defined."""
    return _document(text, "", scan_plain(text))


def is_bare(text: str) -> bool:
    """Is this one line of words, without markup or blanks around it?"""
    return _MARKUP.search(text) is None and text == text.strip() != "" and _DRAWN.fullmatch(text) is None


def _document(text: str, name: str, found: Found) -> Document:
    maker = _Maker(text, found.regions, quotes=bool(name) and _quotes(text))
    for line in _lines(text, found.regions):
        maker.take(*line)
    maker.close()
    return Document(name, text, tuple(maker.blocks), tuple(found.notes))


def _lines(text: str, regions: list[Region]) -> list[tuple[int, int]]:
    """Lines as a reader sees them: a formula over several lines does not end one."""
    lines: list[tuple[int, int]] = []
    start = at = ahead = 0
    while at <= len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        while ahead < len(regions) and regions[ahead].span.stop <= stop:
            ahead += 1
        if ahead < len(regions) and regions[ahead].span.start < stop:
            at = regions[ahead].span.stop
            continue
        lines.append((start, stop))
        start = at = stop + 1
    return lines


class _Maker:
    def __init__(self, text: str, regions: list[Region], quotes: bool) -> None:
        self.text = text
        self.quotes = quotes
        self._quoted = 0  # how often the lines of the open block are quoted
        self.regions = regions
        self.blocks: list[Block] = []
        self._runs: list[Run] = []
        self._region = 0
        self._start = self._end = 0

    def take(self, start: int, stop: int) -> None:
        """One line; `start` may stand behind the text when the text ends in a newline."""
        quote = _QUOTED.match(self.text, start, stop) if self.quotes else None
        depth = quote.group().count(">") if quote else 0
        start = quote.end() if quote else start
        if depth != self._quoted:
            self._quoted = self._quoted or (depth if self._runs and _WROTE.search(self._runs[-1].text) else 0)
            self.close()
        self._quoted = depth
        while start < stop and self.text[start].isspace():
            start += 1
        while stop > start and self.text[stop - 1].isspace():
            stop -= 1
        if start >= stop:
            self.close()
            return
        if self._is_rule(start, stop):
            self.close()
            self.blocks.append(Block("rule", Span(start, stop), ()))
            return
        if _LABEL.match(self.text, start, stop) or _DOTTED.match(self.text, start, stop):
            self.close()
        if self._runs:
            self._runs.append(Run("break", "\n", Span(self._end, start)))
        self._words(start, stop)
        self._end = stop

    def _is_rule(self, start: int, stop: int) -> bool:
        """Whether a line is drawn across the page, or tells its number; one that underlines a heading is none."""
        if not self._runs and stop - start <= _LONGEST_LINE and _PAGE.fullmatch(self.text, start, stop):
            return True
        if _DRAWN.fullmatch(self.text, start, stop) is None:
            return False
        above = self.text.rfind("\n", self._start, self._end) + 1 if self._runs else self._end
        return not self._runs or stop - start > self._end - max(above, self._start) + _LONGER

    def close(self) -> None:
        """The block ends here, if one is open."""
        if self._runs:
            self.blocks.append(Block("paragraph", Span(self._start, self._end), tuple(self._runs), quoted=self._quoted))
            self._runs = []

    def _words(self, start: int, stop: int) -> None:
        if not self._runs:
            self._start = start
        while self._region < len(self.regions) and self.regions[self._region].span.start < stop:
            region = self.regions[self._region]
            self._add("text", start, region.span.start)
            self._runs.append(Run(region.kind, region.text, region.inner))
            start = region.span.stop
            self._region += 1
        self._add("text", start, stop)

    def _add(self, kind: str, start: int, stop: int) -> None:
        at = start
        for bold in _BOLD.finditer(self.text, start, stop) if self.text.find("**", start, stop) >= 0 else ():
            self._run(kind, at, bold.start())
            self._run(kind, *bold.span(1), ("strong",))
            at = bold.end()
        self._run(kind, at, stop)

    def _run(self, kind: str, start: int, stop: int, marks: tuple[str, ...] = ()) -> None:
        if start < stop:
            self._runs.append(Run(kind, self.text[start:stop], Span(start, stop), marks))


READER = Reader(
    "plain",
    (".txt",),
    read,
    ("Homework 10\n\n1. The shape is (5, 4)\n   and $x = 3$\n(a) 6\n", "$$\nx\n\n= 1\n$$ and \\(y\\)\nb) no"),
)
