"""The markup of Typst and what of it is said in Markdown: words, lines, lists and formulas; places are kept."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.model.documents import Note, Span
from grader.read._mathml import NotRead
from grader.read._typstmath import Drawn, as_latex
from grader.read._view import View

_TOKEN = re.compile(
    r"(?P<comment>(?<![:/])//[^\n]*)|(?P<block>/\*)"
    r"|(?P<raw>`+)"
    r"|(?P<escape>\\u\{[0-9a-fA-F]{1,6}\}|\\[^\w\s])"
    r"|(?P<linebreak>\\(?=[ \n]))"
    r"|(?P<math>\$)"
    r"|(?P<code>\#(?=[A-Za-z_{(\[\"$]))"
    r"|(?P<label><[A-Za-z][\w:.-]{0,80}>(?=\s|\Z|\]))"
    r"|(?P<strong>\*+)"
    r"|(?P<head>^[ \t]*+=+[ \t])"
    r"|(?P<item>^[ \t]*+(?:[-+]|\d{1,9}\.|/)[ \t]+)"
    r"|(?P<indent>^[ \t]++(?=[^\s]))"
    r"|(?P<nbsp>~)",
    re.MULTILINE,
)
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_SPECIAL = re.compile(r"[()\[\]{}]|\"(?:[^\"\\]|\\.)*+\"|\$(?:[^$\\]|\\.)*+\$|//[^\n]*|/\*|\\.|`[^`]*+`", re.DOTALL)
_LEFT = re.compile(r"\n(?=\S)")


class Markup:
    """Writes a view in Markdown; what begins with `#` is left to who knows functions."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.view = View(text)
        self.known: dict[str, str] = {}  # formulas that `#let` names
        self.drawn: dict[str, Drawn] = {}  # and functions that draw one
        self.counts: list[tuple[int, int]] = []  # of the lists that are open: indent, number
        self.last_item = 0  # where the last item begins, or what goes on with it
        self.never: set[str] = set()  # closing marks that do not come any more
        self.closers = matching(text)

    def content(self, start: int, stop: int) -> None:
        """Markup from `start` to `stop`."""
        at = start
        while (found := _TOKEN.search(self.text, at, stop)) is not None:
            self.view.keep(found.start())
            at = max(_TAKES[found.lastgroup or ""](self, found, stop), found.start() + 1)

    def code(self, found: re.Match[str], stop: int) -> int:
        """What begins with `#`."""
        self.view.keep(found.end())
        return found.end()

    def closing(self, mark: str, start: int, stop: int) -> int:
        """Where the next such mark ends; what is behind `start` if there is none."""
        at = -1 if mark in self.never else self.text.find(mark, start)
        if at < 0:
            self.never.add(mark)
        return at + len(mark) if at >= 0 and at + len(mark) <= stop else -1

    # -- words -----------------------------------------------------------------------------------------------

    def raw(self, found: re.Match[str], stop: int) -> int:
        """Code, which Markdown writes alike."""
        end = self.closing(found.group(), found.end(), stop) if len(found.group()) != 2 else found.end()
        self.view.keep(max(end, found.end()))
        return max(end, found.end())

    def block(self, found: re.Match[str], stop: int) -> int:
        """A comment over lines."""
        end = self.closing("*/", found.end(), stop)
        (self.view.drop if end > 0 else self.view.keep)(max(end, found.end()))
        return max(end, found.end())

    def comment(self, found: re.Match[str], stop: int) -> int:
        self.view.drop(found.end())
        return found.end()

    def escape(self, found: re.Match[str], stop: int) -> int:
        words = found.group()
        if words.startswith("\\u"):
            number = int(words[3:-1], 16)
            self.view.replace(found.end(), chr(number) if 32 <= number < 0xD800 else " ")
        else:
            self.view.keep(found.end())
        return found.end()

    def linebreak(self, found: re.Match[str], stop: int) -> int:
        self.view.replace(found.end(), "  \n" if not self.text.startswith("\n", found.end()) else "  ")
        return found.end()

    def strong(self, found: re.Match[str], stop: int) -> int:
        text, (start, end) = self.text, found.span()
        inside = text[start - 1 : start].isalnum() and text[end : end + 1].isalnum()
        if end - start == 1 and not inside:
            self.view.replace(end, "**")
        else:
            self.view.keep(end)
        return end

    def blank(self, found: re.Match[str], stop: int) -> int:
        self.view.replace(found.end(), " ")
        return found.end()

    # -- lines -----------------------------------------------------------------------------------------------

    def head(self, found: re.Match[str], stop: int) -> int:
        level = min(found.group().count("="), 6)
        self.counts.clear()
        self.view.replace(found.end(), "#" * level + " ")
        return found.end()

    def item(self, found: re.Match[str], stop: int) -> int:
        self._left(found.start())
        words = found.group()
        indent = len(words) - len(words.lstrip())
        while self.counts and self.counts[-1][0] > indent:
            self.counts.pop()
        if not self.counts or self.counts[-1][0] < indent:
            self.counts.append((indent, 0))
        marker = words.strip()
        number = int(marker[:-1][:6]) if marker[0].isdigit() else self.counts[-1][1] + (marker == "+")
        self.counts[-1] = (indent, number)
        label = f"{number}. " if marker not in ("-", "/") else "- "
        self.view.replace(found.end(), "    " * (len(self.counts) - 1) + label)
        return found.end()

    def indent(self, found: re.Match[str], stop: int) -> int:
        """In Markdown four blanks make code; what goes on with an item stays in it."""
        self._left(found.start())
        width = len(found.group())
        while self.counts and self.counts[-1][0] >= width:
            self.counts.pop()
        self.view.replace(found.end(), "    " * len(self.counts))
        return found.end()

    def _left(self, at: int) -> None:
        """A line that is not indented ends all lists."""
        if _LEFT.search(self.text, self.last_item, max(at - 1, self.last_item)):
            self.counts.clear()
        self.last_item = at

    # -- formulas --------------------------------------------------------------------------------------------

    def math(self, found: re.Match[str], stop: int) -> int:
        start = found.start()
        end = self.closers.get(start, -1)
        if end < 0 or end >= stop:
            self.view.notes.append(Note("unclosed-math", Span(self.view.length, self.view.length + 1)))
            self.view.keep(found.end())
            return found.end()
        self.formula(start + 1, end, end + 1)
        return end + 1

    def formula(self, start: int, stop: int, end: int) -> None:
        """A formula whose inside stands from `start` to `stop`."""
        inner = self.text[start:stop]
        display = inner[:1].isspace() and inner[-1:].isspace()
        try:
            words = as_latex(inner, self.known, self.drawn)
        except NotRead as error:
            self.unread(end, str(error))
            return
        if words:
            around = "$$" if display else "$"
            self.view.replace(end, f"{around}{words}{around}")
        else:
            self.view.drop(end)

    def unread(self, stop: int, message: str) -> None:
        """What stands up to here is on the page, and it is not known what it says."""
        at = self.view.length
        self.view.notes.append(Note("formula-not-read", Span(at, at + 4), (("message", message),)))
        self.view.replace(stop, "![]()")


def matching(text: str) -> dict[int, int]:
    """Where each bracket and each formula that is opened is closed; of what crosses nothing is."""
    found: dict[int, int] = {}
    stack: list[tuple[str, int]] = []
    place, last = 0, text.rfind("*/")
    while (piece := _SPECIAL.search(text, place)) is not None:
        sign, at, place = piece.group(), piece.start(), piece.end()
        if sign == "/*":
            place = text.find("*/", at + 2) + 2 if at + 2 <= last else place
        if sign[0] == "$":
            found[at] = piece.end() - 1
        elif sign in _BRACKETS:
            stack.append((_BRACKETS[sign], at))
        elif len(sign) == 1:
            for depth in range(len(stack) - 1, max(len(stack) - 4, -1), -1):
                if stack[depth][0] == sign:
                    found[stack[depth][1]] = at
                    del stack[depth:]
                    break
    return found


_TAKES: dict[str, Callable[[Markup, re.Match[str], int], int]] = {
    "comment": Markup.comment, "block": Markup.block, "raw": Markup.raw, "escape": Markup.escape, "math": Markup.math,
    "linebreak": Markup.linebreak, "code": lambda walk, found, stop: walk.code(found, stop), "label": Markup.comment,
    "strong": Markup.strong, "head": Markup.head, "item": Markup.item, "indent": Markup.indent, "nbsp": Markup.blank,
}  # fmt: skip
