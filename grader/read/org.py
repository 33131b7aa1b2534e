"""Org files, written again as Markdown: headings, lists, blocks, emphasis; formulas are LaTeX already."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.model.documents import Document, Note, Span
from grader.read._view import View
from grader.read.markdown import read_view
from grader.read.reader import Reader

_LINE = re.compile(
    r"(?P<head>\*+[ \t]+(?:[TD]O(?:DO|NE)[ \t]+)?)"
    r"|[ \t]*(?:"
    r"(?P<begin>\#\+begin_(?P<what>\w+)(?P<more>[^\n]*))|(?P<end>\#\+end_\w+[^\n]*)"
    r"|(?P<keyword>\#\+(?P<key>\w+)(?:\[[^\]\n]*\])?:(?P<value>[^\n]*))|(?P<comment>\#(?:[ \t][^\n]*)?\Z)"
    r"|(?P<drawer>:[A-Za-z_-]+:[ \t]*(?P<said>[^\n]*)\Z)|(?P<fixed>:(?:[ \t]|\Z))"
    r"|(?P<item>(?:[-+]|\d+[.)])[ \t]+(?:\[@\d+\][ \t]*)?)|(?P<rule>\|[-+]+\|?[ \t]*\Z)"
    r")",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"(?P<maths>\$\$[^$]+\$\$|\$[^$\n]+\$|\\\([^\n]{0,500}?\\\)|\\\[[^\n]{0,500}?\\\])"
    r"|(?P<mark>(?<![^\s({'\"|-])(?P<sign>[*/+=~_])(?P<inner>[^\s](?:[^\n]{0,200}?[^\s])?)(?P=sign)(?=[\s.,;:!?)}'\"|-]|\Z))"
    r"|@@(?P<backend>\w+):(?P<raw>[^\n@]{0,300})@@"
    r"|\[\[(?P<link>[^\]\n]+)\](?:\[(?P<said>[^\]\n]*)\])?\]"
)
_SIGNS = {"*": "**", "/": "*", "+": "~~", "=": "`", "~": "`", "_": ""}
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|bmp|heic|tiff?|pdf)\Z", re.IGNORECASE)
_CODE = frozenset({"src", "example", "export"})
_HIDDEN = frozenset({"comment"})
_PRINTED = re.compile(r"[ \t]*:(?:[ \t]|\n|\Z)")  # a line below `#+RESULTS:`
_RESULTS = re.compile(r"[ \t]*#\+results\b", re.IGNORECASE)
_LONGEST = 2_000  # characters of a line in which emphasis is looked for


def read(text: str, name: str) -> Document:
    """The document, whatever the text; nothing is run, no other file is opened."""
    walk = _Walk(text)
    at = 0
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        walk.line(at, stop)
        at = stop + 1
    walk.view.keep(len(text))
    return read_view(walk.view, name)


class _Walk:
    """Line by line; what a block holds stays as it is, or is not read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.view = View(text)
        self.inside = ""  # the block that is open
        self.ends = {found[1].lower(): found.start() for found in re.finditer(r"#\+end_(\w+)", text, re.IGNORECASE)}
        self.indents: list[int] = []  # of the lists that are open
        self.ruled = False
        self.printed = False  # lines of results, put into a fence

    def line(self, start: int, stop: int) -> None:
        """One line, without its end."""
        line = self.text[start:stop]
        found = _LINE.match(line)
        kind = found.lastgroup if found else None
        if self.inside:
            self._in_block(start, stop, found)
            return
        self.ruled = self.ruled and line.lstrip().startswith("|")
        kinds = ("head", "begin", "end", "keyword", "comment", "drawer", "fixed", "item", "rule")
        kind = next((name for name in kinds if found and found[name] is not None), None)
        self.view.keep(start)
        if kind and found:
            _TAKES[kind](self, found, start, stop)
        else:
            self._plain(start, stop)

    def _in_block(self, start: int, stop: int, found: re.Match[str] | None) -> None:
        ended = found is not None and found["end"] and found["end"].lower().startswith(f"#+end_{self.inside}")
        if self.inside in _HIDDEN:
            self.view.drop(stop)
        elif ended:
            self.view.keep(start)
            self.view.replace(stop, "```" if self.inside in _CODE else "")
        elif self.inside not in _CODE:
            self._plain(start, stop)
        if ended:
            self.inside = ""

    # -- lines -----------------------------------------------------------------------------------------------

    def head(self, found: re.Match[str], start: int, stop: int) -> None:
        level = min(found["head"].count("*"), 6)
        self.indents.clear()
        self.view.replace(start + found.end(), "#" * level + " ")
        tags = re.compile(r"[ \t]+:[\w@:]+:[ \t]*\Z").search(self.text, start + found.end(), stop)
        self._words(start + found.end(), tags.start() if tags else stop)
        if tags:
            self.view.drop(stop)

    def begin(self, found: re.Match[str], start: int, stop: int) -> None:
        what = found["what"].lower()
        if self.ends.get(what, -1) < stop:
            self.view.notes.append(Note("unclosed-fence", Span(self.view.length, self.view.length)))
            self.view.drop(stop)
            return
        self.inside = what
        if what in _CODE:
            language = re.match(r"\s*([\w+-]*)", found["more"])
            above = self.text[: max(0, start - 1)].rpartition("\n")[2]
            word = "output" if what == "example" and _RESULTS.match(above) else language[1] if language else ""
            self.view.replace(stop, f"```{word}")
            return
        if what in _HIDDEN:
            self.view.notes.append(Note("hidden-text", Span(self.view.length, self.view.length)))
        self.view.drop(stop)

    def end(self, found: re.Match[str], start: int, stop: int) -> None:
        self.view.drop(stop)

    def keyword(self, found: re.Match[str], start: int, stop: int) -> None:
        key = found["key"].lower()
        if key == "title":
            self.view.replace(start + found.start("value"), "# ")
            self.view.keep(stop)
        elif key == "include":
            self.view.notes.append(
                Note("not-included", Span(self.view.length, self.view.length), (("what", found["value"].strip()[:60]),))
            )
            self.view.drop(stop)
        elif key == "results" and _PRINTED.match(self.text, stop + 1):
            self.view.replace(stop, "```output")
            self.printed = True
        else:
            self.view.drop(stop)

    def comment(self, found: re.Match[str], start: int, stop: int) -> None:
        self.view.drop(stop)

    def drawer(self, found: re.Match[str], start: int, stop: int) -> None:
        """`:PROPERTIES:` and what stands in it."""
        self.view.drop(stop)

    def fixed(self, found: re.Match[str], start: int, stop: int) -> None:
        """`: 1820` is what code printed, if it says so above; it must not become a list or a heading."""
        self.view.drop(start + found.end())
        if not self.printed:
            self._words(self.view.at, stop)
            return
        self.view.keep(stop)
        if not _PRINTED.match(self.text, stop + 1):
            self.view.replace(stop, "\n```")
            self.printed = False

    def item(self, found: re.Match[str], start: int, stop: int) -> None:
        line = self.text[start:stop]
        indent = len(line) - len(line.lstrip())
        while self.indents and self.indents[-1] >= indent:
            self.indents.pop()
        self.view.replace(start + indent, "    " * len(self.indents))
        self.indents.append(indent)
        self.view.keep(start + found.end())
        self._words(start + found.end(), stop)

    def rule(self, found: re.Match[str], start: int, stop: int) -> None:
        """A line in a table: only the first stands below a heading row."""
        if self.ruled:
            self.view.drop(stop)
        else:
            self.view.replace(stop, self.text[start:stop].replace("+", "|"))
        self.ruled = True

    def _plain(self, start: int, stop: int) -> None:
        words = self.text[start:stop].lstrip()
        indent = stop - start - len(words)
        if words:
            while self.indents and self.indents[-1] >= indent:
                self.indents.pop()
            self.view.replace(stop - len(words), "    " * len(self.indents))
        row = words.startswith("|") and not self.text[max(0, start - 2) : start].endswith("|\n")
        self._words(stop - len(words), stop)
        after = self.text[stop + 1 : stop + 400].lstrip(" \t")
        if row and self.indents == [] and not after.startswith("|-") and not self.ruled:
            width = max(words.rstrip().rstrip("|").count("|"), 1)
            self.view.replace(stop, "\n|" + "---|" * width)
            self.ruled = True

    # -- words -----------------------------------------------------------------------------------------------

    def _words(self, start: int, stop: int) -> None:
        at = start
        end = min(stop, start + _LONGEST)
        while (found := _INLINE.search(self.text, at, end)) is not None:
            self.view.keep(found.start())
            at = found.end()
            if found["mark"]:
                sign = _SIGNS[found["sign"]]
                self.view.replace(found.start("inner"), sign)
                self.view.keep(found.end("inner"))
                self.view.replace(found.end(), sign)
            elif found["backend"]:
                self._exported(found)
            elif found["link"]:
                self._link(found)
        self.view.keep(stop)

    def _exported(self, found: re.Match[str]) -> None:
        """`@@latex:$x$@@` is words in LaTeX; what is there for other formats only is on no page."""
        if found["backend"].lower() in ("latex", "tex"):
            self.view.drop(found.start("raw"))
            self.view.keep(found.end("raw"))
        self.view.drop(found.end())

    def _link(self, found: re.Match[str]) -> None:
        if found["said"] and not _PICTURE.search(found["link"]):
            self.view.drop(found.start("said"))
            self.view.keep(found.end("said"))
            self.view.drop(found.end())
        elif _PICTURE.search(found["link"]):
            path = re.sub(r"[\s()<>\[\]\\]", "_", found["link"].removeprefix("file:"))
            self.view.replace(found.end(), f"![]({path})")
        else:
            self.view.drop(found.start("link"))
            self.view.keep(found.end("link"))
            self.view.drop(found.end())


_TAKES: dict[str, Callable[[_Walk, re.Match[str], int, int], None]] = {
    "head": _Walk.head, "begin": _Walk.begin, "end": _Walk.end, "keyword": _Walk.keyword, "comment": _Walk.comment,
    "drawer": _Walk.drawer, "fixed": _Walk.fixed, "item": _Walk.item, "rule": _Walk.rule,
}  # fmt: skip

READER = Reader(
    "org",
    (".org",),
    read,
    (
        "* Problem 1\n\n(a) The shape is \\(5 \\times 4\\).\n\n- *6*\n",
        "#+title: Homework\n** 2\n#+begin_src python\nprint(6)\n#+end_src\n| a | 6 |\n|---+---|\n| b | 7 |\n",
    ),
)
