"""What is seen of an HTML page, as it becomes text, and a list of what stands where in it."""

from __future__ import annotations

import re
from html import unescape

from grader.model.documents import Note, Span
from grader.model.records import NamedTuple
from grader.read._htmlformulas import Formula
from grader.read._htmltokens import ENTITY, Token
from grader.read._view import View

_PIECES = re.compile(rf"[\s\xa0]+|[\u200b\u2060\ufeff\xad]+|{ENTITY.pattern}")
_WHITE = " \t\n\r\f\v\xa0"


class Op(NamedTuple):
    """Something that stands in the text, from `start` to `stop`, or ends there."""

    kind: str
    start: int
    stop: int
    words: str = ""
    number: int = 0


class PageText:
    """Grows from front to back."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.view = View(text)
        self.ops: list[Op] = []
        self.walls: list[int] = []  # of the view: no formula that is typed crosses them
        self.cells = self.code = self.preformatted = 0  # how many of them are open
        self.unseen_at = -1  # how many elements are open around the one that is not seen
        self.after_break = False

    def words(self, token: Token) -> int | None:
        """Blanks, line ends and entities as they are seen on the page."""
        if self.unseen_at >= 0:
            return None
        start = self.view.length
        at = token.start
        self.after_break &= not self.text[at : token.stop].replace("&nbsp;", " ").strip(_WHITE)
        while (found := _PIECES.search(self.text, at, token.stop)) is not None:
            self.view.keep(found.start())
            self._piece(found)
            at = self.view.at
        self.view.keep(token.stop)
        self._shown(start)
        return None

    def _piece(self, found: re.Match[str]) -> None:
        piece = found.group()
        if piece[0] == "&":
            words = unescape(piece)
            if words == piece:
                self.view.keep(found.end())
            elif words.strip(_WHITE + "\u200b\u2060\ufeff\xad"):
                self.view.replace(found.end(), words)
            else:
                self.view.replace(found.end(), " " if words.strip("\u200b\u2060\ufeff\xad") else "")
        elif piece[0] in "\u200b\u2060\ufeff\xad":
            self.view.drop(found.end())
        elif self.preformatted:
            self.view.keep(found.end())
        else:
            self.view.blank(found.end())

    def _shown(self, start: int) -> None:
        if start < self.view.length:
            kind = "words" if not self.code else "pre" if self.preformatted and not self.cells else "code"
            self.ops.append(Op(kind, start, self.view.length))

    def put(self, words: str, stop: int) -> None:
        """Words that stand for a tag."""
        self.after_break = False
        start = self.view.length
        self.view.replace(stop, words)
        self._shown(start)

    def op(self, kind: str, words: str = "", number: int = 0) -> None:
        self.ops.append(Op(kind, self.view.length, self.view.length, words, number))

    def part(self, stop: int) -> None:
        """A gap that no formula crosses."""
        self.after_break = False
        self.walls.append(self.view.length)
        self.view.replace(max(stop, self.view.at), "\n\n")

    def formula(self, formula: Formula, stop: int) -> None:
        """A formula that the page itself marks as one."""
        self.after_break = False
        start = self.view.length
        if formula.fault:
            self.view.replace(stop, "[formula]")
            span = Span(start, self.view.length)
            self.view.notes.append(Note("formula-not-read", span, (("message", formula.fault),)))
            self.ops.append(Op("image", start, self.view.length, ""))
            return
        if formula.words is not None:
            self.view.replace(stop, formula.words)
        else:
            self.view.drop(formula.start)
            self._decoded(formula.start, formula.stop, formula.entities)
            self.view.drop(stop)
        self.ops.append(Op("display" if formula.display else "math", start, self.view.length))

    def _decoded(self, start: int, stop: int, entities: bool) -> None:
        for found in ENTITY.finditer(self.text, start, stop) if entities else ():
            self.view.keep(found.start())
            self.view.replace(found.end(), unescape(found.group()).replace("\xa0", " "))
        self.view.keep(stop)
