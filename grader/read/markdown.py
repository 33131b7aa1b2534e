"""Markdown, as students write it, to blocks and runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from markdown_it.token import Token

from grader.model.documents import Block, Document, Note, Run, Span
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.model.sources import Source
from grader.read._blocks import parser
from grader.read._boxes import with_boxes_inside
from grader.read._regions import Found
from grader.read._runs import RunMaker
from grader.read._scan import Scan, scan_markdown
from grader.read.reader import Reader

if TYPE_CHECKING:
    from grader.read._macros import Macros
    from grader.read._view import View

_CLOSING_HASHES = re.compile(r"(?:(?<=[ \t])|^)#+[ \t]*\Z")
# One of these is in every text that defines a command; what reads such is imported for few files.
_DEFINES = ("newcommand", "providecommand", "DocumentCommand", "DeclareMathOperator", "DeclarePairedDelimiter")
_DEFINES_TOO = ("\\def", "\\gdef", "\\edef", "\\xdef", "\\let")


def read(text: str, name: str) -> Document:
    """The document, whatever the text; what had to be guessed stands in its notes."""
    if text.lstrip()[:1] == "<" and is_page(text):
        from grader.read.html import read as read_page

        return read_page(text, name)
    if "ml\n" in text or "json\n" in text:  # ```yaml
        from grader.read._answersheets import with_sheets

        if (sheet := with_sheets(text, name, read)) is not None:
            return sheet
    if not any([word in text for word in (*_DEFINES, *_DEFINES_TOO)]):
        return _document(text, name, scan_markdown(text))
    from grader.read._macros import Macros

    return read_with(text, name, Macros())


def is_page(text: str) -> bool:
    """Whether a text is tags all over, a page of HTML under another name: its lists are lists there."""
    lines = [line for line in text.split("\n") if line.strip()]
    tagged = [line for line in lines if line.lstrip().startswith("<")]
    return len(_CLOSED.findall(text)) >= _FEWEST_TAGS and len(tagged) >= 0.8 * len(lines)


_CLOSED = later(r"</(?:li|p|h[1-6]|td|th|div|dd|dt)>", re.I)
_FEWEST_TAGS = 6


def read_with(text: str, name: str, macros: Macros) -> Document:
    """The same with commands that are defined already: formulas define them, and use them from there on."""
    from grader.read._macros import DEFINES
    from grader.read._view import expand_formulas

    scan = scan_markdown(text)
    view = expand_formulas(text, formulas(scan.found), macros) if macros.known or DEFINES.search(text) else None
    if view is None:
        return _document(text, name, scan)
    read = _document(view.text, name, scan_markdown(view.text))
    notes = tuple(sorted((*read.notes, *view.notes), key=lambda note: note.span.start if note.span else 0))
    return Document(name, read.text, read.blocks, notes, Source(text, tuple(view.stretches)))


def read_view(view: View, name: str) -> Document:
    """A file in another format that was written again as Markdown; macros are not expanded."""
    from grader.read._macros import DEFINES

    text = view.text
    scan = scan_markdown(text)
    read = _document(text, name, scan)
    defined = [found for span in formulas(scan.found) if (found := DEFINES.search(text, span.start, span.stop))]
    notes = [*read.notes, *view.notes, *(Note("macros-not-read", Span(*found.span())) for found in defined[:1])]
    notes.sort(key=lambda note: (note.span.start, note.span.stop) if note.span else (0, 0))
    return Document(name, text, read.blocks, tuple(notes), Source(view.source, tuple(view.stretches)))


def formulas(found: Found) -> list[Span]:
    """Where the formulas stand, delimiters included."""
    return [region.span for region in found.regions if region.kind in ("math", "display")]


def _document(typed: str, name: str, scan: Scan) -> Document:
    text = with_boxes_inside(typed)
    scan = scan if text == typed else scan_markdown(text)
    env: dict[str, Any] = {"fences": {fence.opening: fence for fence in scan.fences}, "too_deep": []}
    tokens = parser().parse(scan.masked, env)
    walk = _Walk(text, scan, env)
    for token in tokens:
        take = _TAKES.get(token.type)
        if take:
            take(walk, token)
    deep = (Note("nested-too-deep", Span(at, at)) for at in env["too_deep"][:1])
    for place in walk.lone:
        walk.blocks[place] = _as_number(walk.blocks, place)
    source = Source(typed) if text != typed else None
    return Document(name, text, tuple(walk.blocks), (*scan.found.notes, *deep), source)


_BELOW_QUOTE = re.compile(r"^ {0,3}>[^\n]*\S[^\n]*\n(?= {0,3}[^\s>])", re.MULTILINE)
_FEWEST_REPLIES = 3
_NO_MARKER = re.compile(r"\d{3,9}[.)]")


_LABELLED = re.compile(r"\s*(?:[(\[]\s?(?:[a-zA-Z]|[ivx]{1,5}|\d{1,2})\s?[)\]]|(?:[a-zA-Z]|[ivx]{1,5}|\d{1,2})[.):])")


class _Item(NamedTuple):
    """An item of a list: its marker as typed, its first block, and how many markers stand before its own there."""

    marker: str
    block: int
    place: int


class _Walk:
    """The block tokens in order, and the containers that are open."""

    def __init__(self, text: str, scan: Scan, env: dict[str, Any]) -> None:
        self.text = text
        self.masked = scan.masked
        self.maker = RunMaker(text, scan.found, parser(), env)
        self.blocks: list[Block] = []
        self.depth = 0
        self.quoted = 0
        self.label = ""
        self.item = 0
        self.items: list[list[_Item]] = []  # of each list that is open
        self.lone: list[int] = []  # blocks that are the only item of a list, and empty

    def open_list(self, token: Token) -> None:
        self.depth += 1
        self.items.append([])

    def close_list(self, token: Token) -> None:
        self.depth -= 1
        items = self.items.pop()
        if len({item.marker for item in items}) == 1 < len(items) and items[0].marker[:1].isdigit():
            self.count_on(items)
        if len(items) == 1 and self.blocks and not self.blocks[-1].runs:
            self.lone.append(len(self.blocks) - 1)

    def open_quote(self, token: Token) -> None:
        self.quoted += 1

    def close_quote(self, token: Token) -> None:
        self.quoted -= 1

    def open_item(self, token: Token) -> None:
        # `3. - text`: the outer item has no block of its own, its marker must not get lost.
        marker = token.info + token.markup
        self.items[-1].append(_Item(marker, len(self.blocks), len(self.label.split())))
        self.label = f"{self.label} {marker}" if self.label else marker
        self.item = token.map[0] if token.map else 0

    def count_on(self, items: Sequence[_Item]) -> None:
        """`1.` before each item is shown as 1, 2, 3; but of `1. (a)` and `1. (b)` the number is the problem's."""
        blocks = [self.blocks[item.block] for item in items]
        if any(_LABELLED.match(block.text) for block in blocks):
            return
        for count, (item, block) in enumerate(zip(items, blocks, strict=True)):
            markers = block.label.split()
            if len(markers) > item.place:
                markers[item.place] = f"{int(item.marker[:-1]) + count}{item.marker[-1]}"
                self.blocks[item.block] = block._replace(label=" ".join(markers))

    def close_item(self, token: Token) -> None:
        """An item without words still says that its number was reached."""
        if self.label:
            marker = self.label.rpartition(" ")[2]
            # Not only the line: behind `- [a]: /b` or a comment there may be nothing left, either.
            after = max(self.line_starts[self.item], self.blocks[-1].span.stop if self.blocks else 0)
            at = max(self.masked.find(marker, after), after)
            self.add("paragraph", Span(at, min(at + len(marker), len(self.text))), ())

    @cached_property
    def line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.masked))]

    def add(self, kind: str, span: Span, runs: tuple[Run, ...], level: int | None = None, info: str = "") -> None:
        depth = self.depth if level is None else level
        self.blocks.append(Block(kind, span, runs, depth, self.label, info, self.quoted))
        self.label = ""

    def paragraph(self, token: Token) -> None:
        lines = list(zip(token.meta["starts"], token.meta["stops"], strict=True))
        lazy = token.meta["lazy"] if self.quoted and self.replies else 0
        if lazy:  # `> (a) the size of Z` and an answer right below: no line of the quotation, as CommonMark has it
            self.sentences(lines[:lazy])
            quoted, self.quoted = self.quoted, 0
            self.sentences(lines[lazy:])
            self.quoted = quoted
        else:
            self.sentences(lines)

    @cached_property
    def replies(self) -> bool:
        """Whether lines stand right below quoted ones again and again, as in a reply by e-mail."""
        return len(_BELOW_QUOTE.findall(self.masked)) >= _FEWEST_REPLIES

    def sentences(self, lines: list[tuple[int, int]]) -> None:
        """The lines of a paragraph."""
        runs = self.maker.runs(self.masked, lines)
        if runs:  # nothing but tags or comments is no paragraph
            number, span = self.number_before(lines[0][0]), self.span(lines)
            if number is not None:
                runs, span = (number, *runs), Span(number.span.start, span.stop)
            self.add("paragraph", span, runs)

    def number_before(self, start: int) -> Run | None:
        """The number that begins a sentence of its own, `5133600. Because ...`, and no list: no list is so long."""
        marker = self.label.rpartition(" ")[2]
        at = self.masked.rfind(marker, 0, start) if _NO_MARKER.fullmatch(marker) else -1
        if at < 0:
            return None
        self.label = self.label.removesuffix(marker).rstrip()
        return Run("text", f"{marker} ", Span(at, at + len(marker)))

    def heading(self, token: Token) -> None:
        level = int(token.tag[1:])
        lines = list(zip(token.meta["starts"], token.meta["stops"], strict=True))
        span = self.span(lines)
        if token.markup in ("=", "-"):
            lines.pop()
        else:
            start, stop = lines[0]
            body = self.masked[start + level : stop]
            lines = [(start + level, start + level + len(_CLOSING_HASHES.sub("", body)))]
        self.add("heading", span, self.maker.runs(self.masked, lines), level)

    def rule(self, token: Token) -> None:
        lines = list(zip(token.meta["starts"], token.meta["stops"], strict=True))
        self.add("rule", self.span(lines), ())

    def fence(self, token: Token) -> None:
        last = -1 if token.meta["closed"] else None
        self.code(token, slice(1, last), token.info)

    def indented(self, token: Token) -> None:
        token.meta["indent"] += 4
        self.code(token, slice(0, None), "")

    def code(self, token: Token, part: slice, info: str) -> None:
        meta = token.meta
        lines = list(zip(meta["marks"], meta["stops"], strict=True))
        inside = [(_skip_indent(self.text, *line, meta["indent"]), line[1]) for line in lines[part]]
        start = meta["starts"][0]
        if inside and inside[0][0] < start:
            start = self.behind_marker(inside[0][0], start, meta["column"] - meta["indent"])
            inside[0] = (start, inside[0][1])
        runs: tuple[Run, ...] = ()
        if inside:
            words = "\n".join(self.text[begin:end] for begin, end in inside)
            runs = (Run("code", words, Span(inside[0][0], inside[-1][1])),)
        self.add("code", Span(start, meta["stops"][-1]), runs, info=info)

    def behind_marker(self, start: int, words: int, deeper: int) -> int:
        """Where code begins whose line begins at `start`: `-     code` has a marker before its blanks."""
        start = max(start, words - max(0, deeper))
        return words - len(self.text[start:words].lstrip("-+*.)>"))

    def table(self, token: Token) -> None:
        """Each row from its own line: CommonMark drops the cells that a heading row has no room for."""
        lines = list(zip(token.meta["starts"], token.meta["stops"], strict=True))
        for line in (lines[0], *lines[2:]):
            runs: list[Run] = []
            for start, stop, bar in _cells(self.masked, *line):
                runs += self.maker.runs(self.masked, [(start, stop)])
                runs.append(Run("cell", "", Span(bar, bar + self.masked.startswith("|", bar))))
            self.add("row", self.span([line]), tuple(runs))

    def span(self, lines: list[tuple[int, int]]) -> Span:
        start, stop = lines[0][0], lines[-1][1]
        while stop > start and self.text[stop - 1] in " \t\n":
            stop -= 1
        return Span(start, stop)


_TAKES = {
    "bullet_list_open": _Walk.open_list, "ordered_list_open": _Walk.open_list,
    "bullet_list_close": _Walk.close_list, "ordered_list_close": _Walk.close_list,
    "list_item_open": _Walk.open_item, "list_item_close": _Walk.close_item,
    "blockquote_open": _Walk.open_quote, "blockquote_close": _Walk.close_quote,
    "paragraph_open": _Walk.paragraph, "heading_open": _Walk.heading, "hr": _Walk.rule,
    "fence": _Walk.fence, "code_block": _Walk.indented, "table_open": _Walk.table,
}  # fmt: skip


def _skip_indent(text: str, start: int, stop: int, columns: int) -> int:
    """Behind at most so many columns of blanks; a tab is taken whole, never cut in two."""
    column = 0
    while start < stop and column < columns and text[start] in " \t":
        column += 1 if text[start] == " " else 4 - column % 4
        start += 1
    return start


def _cells(masked: str, start: int, stop: int) -> list[tuple[int, int, int]]:
    """Start, stop and closing bar of each cell; the bar of the last may be the end of the line."""
    while stop > start and masked[stop - 1] in " \t":
        stop -= 1
    at = start + 1 if masked.startswith("|", start) else start
    cells: list[tuple[int, int, int]] = []
    for match in re.compile(r"\\.|\|").finditer(masked, at, stop):
        if match.group() == "|":
            cells.append((at, match.start(), match.start()))
            at = match.end()
    if at < stop:
        cells.append((at, stop, stop))
    return cells


READER = Reader(
    "markdown",
    (".md", ".markdown", "", ".rmd", ".qmd"),
    read,
    (
        "## 1\n\n(a) The shape is $5 \\times 4$.\n\n- > **6**\n",
        "$$\n\\begin{align}\nx &= 1 \\\\\n  &= 2\n\\end{align}\n$$\n\n| a | $P(y|x)$ |\n|---|---|\n| 1 | 2*3*4 |\n",
    ),
)


def _as_number(blocks: list[Block], place: int) -> Block:
    """`48.` is a list with an empty item, but alone under a heading, or behind a question's number, it is a number.

    A list that begins with 1 may still be filled.
    """
    block = blocks[place]
    outer, _, marker = block.label.rpartition(" ")
    before, after = blocks[place - 1 : place], blocks[place + 1 : place + 2]
    alone = all(one.kind == "heading" for one in (*before, *after)) and bool(before)
    digits = marker[:-1] if block.kind == "paragraph" else ""
    if not (outer or alone) or not digits.isdecimal() or digits == "1" or marker[-1] != ".":
        return block
    run = Run("text", digits, Span(block.span.start, block.span.start + len(digits)))
    return block._replace(runs=(run,), label=outer)
