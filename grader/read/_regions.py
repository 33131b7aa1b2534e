"""Which stretches of a text are not words: mathematics, tags, hidden parts."""

from __future__ import annotations

import re
from bisect import bisect_left

from grader.model.documents import Note, Span
from grader.model.records import NamedTuple


class Region(NamedTuple):
    """A stretch that Markdown must not look into; `inner` is what remains of it, as `text`."""

    kind: str  # math, display, hidden, tag, or the kind of run that a tag stands for
    span: Span
    inner: Span
    text: str


class Found:
    """What the scan of a text collects."""

    __slots__ = ("marks", "notes", "raised", "regions")

    def __init__(self) -> None:
        self.regions: list[Region] = []
        self.notes: list[Note] = []
        self.marks: list[tuple[int, str, int]] = []  # offset, mark, +1 on or -1 off
        self.raised: set[int] = set()  # where the ends of powers and indices begin


# A line that starts a new part of the file whatever stands open: `##1.` and `###（c)` are headings, too.
HEADING_START = r"#{1,6}(?=[ \t]|[\d(\[（［【]|[^\W\d_A-Za-z]|$)"
HEADING = re.compile(r"^[ \t>]{0,4}" + HEADING_START, re.MULTILINE)
QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")

ENVIRONMENTS = (
    r"(?:align(?:ed|at|edat)?|flalign|gather(?:ed)?|multline|eqnarray|equation|split|d?cases|rcases|math"
    r"|displaymath|subequations|array|[bpvBV]?(?:small)?matrix)\*?"
)


class Index:
    """Where the delimiters of a text stand; every question is answered by bisection.

    One pass and sorted lists keep a text of a hundred thousand unclosed delimiters linear.
    """

    def __init__(self, text: str, walls: list[int]) -> None:
        self.text = text
        self.literal: frozenset[int] = frozenset()  # brackets of the text, escaped
        self.walls = walls  # headings and fences: no mathematics crosses them
        self.events: list[tuple[int, int, str]] = []
        self.places: dict[str, list[int]] = {}
        self.last_comment_end = text.rfind("-->")
        self.partner: dict[int, tuple[int, int]] = {}  # start of an opening to the span of its end
        self._read()

    def next(self, kind: str, start: int, nothing: int | None = None) -> int:
        """The first place of a kind at or after `start`; the end of the text if there is none."""
        places = self.walls if kind == "wall" else self.places.get(kind, [])
        at = bisect_left(places, start)
        if at < len(places):
            return places[at]
        return len(self.text) if nothing is None else nothing

    def _read(self) -> None:
        open_pairs: dict[str, list[int]] = {}
        for match in _EVENT.finditer(self.text):
            kind = match.lastgroup
            if kind is None:  # a sign that begins nothing
                continue
            start, stop = match.start(kind), match.end()
            if kind == "dollar":
                self._add_dollars(start, stop)
                continue
            if kind == "escape":
                kind = match[kind]
            elif kind == "ticks":
                self.places.setdefault("`" * (stop - start), []).append(start)
            elif kind in ("env", "tag"):
                self._pair(match, kind, open_pairs)
            self.places.setdefault(kind, []).append(start)
            self.events.append((start, stop, kind))

    def _add_dollars(self, start: int, stop: int) -> None:
        for at in range(start, stop, 2):
            if at + 1 < stop:
                self.places.setdefault("$$", []).append(at)
            self.events.append((at, min(at + 2, stop), "dollar"))
        self.places.setdefault("$", []).extend(range(start, stop))

    def _pair(self, match: re.Match[str], kind: str, open_pairs: dict[str, list[int]]) -> None:
        if kind == "env":
            name, closing = match["name"], match["side"] == "end"
        else:
            name, closing = "<" + match["tagname"].lower(), bool(match["slash"])
        stack = open_pairs.setdefault(name, [])
        if not closing:
            stack.append(match.start(kind))
        elif stack:
            self.partner[stack.pop()] = match.span(kind)


_EVENT = re.compile(  # Between events it runs from sign to sign, never twice over the same stretch.
    r"[^\\$`<\n]*+(?:(?P<env>\\(?P<side>begin|end)[ ]?\{(?P<name>" + ENVIRONMENTS + r")\})"
    r"|(?P<escape>\\.)"
    r"|(?P<dollar>\$+)"
    r"|(?P<ticks>`+)"
    r"|(?P<comment><!--)"
    # No dollar but in quotes: `$x<y$ and $z>3$` holds two formulas and no tag `<y$ and $z>`; `\(x<y\) and 6>5` one.
    r"|(?P<tag><(?P<slash>/?)(?P<tagname>[A-Za-z][A-Za-z0-9]*)(?:\"[^\"<>]*\"|(?<==)'[^'<>]*'|[^<>\"$\\]"
    r"|\\(?![()\[\]]))*+>)"
    r"|(?P<blank>\n[ \t>]*+(?=\n))"
    r"|[\\<\n]|\Z)"
)


def inner_text(text: str, start: int, stop: int) -> str:
    """The slice; inside a block quote without the `>` that every further line begins with."""
    piece = text[start:stop]
    if "\n" not in piece:
        return piece
    head = QUOTE.match(text, text.rfind("\n", 0, start) + 1)
    if not head or ">" not in head.group():
        return piece
    depth = head.group().count(">")
    return re.sub(rf"\n[ \t]*(?:>[ \t]?){{1,{depth}}}", "\n", piece)
