"""reStructuredText, written again as Markdown: headings, lists, directives and roles; formulas are LaTeX already."""

from __future__ import annotations

import re

from grader.model.documents import Document, Note, Span
from grader.read._view import View
from grader.read.markdown import read_view
from grader.read.reader import Reader

_RULE = re.compile(r"([=\-~^\"'`#*+:.<>_])\1{2,}[ \t]*\Z")
_DIRECTIVE = re.compile(r"(?P<indent>[ \t]*)\.\.(?:[ \t]+(?:\|\w+\|[ \t]+)?(?P<name>[\w:-]+)::[ \t]*(?P<more>[^\n]*))")
_COMMENT = re.compile(r"[ \t]*\.\.(?:[ \t]|\Z)")
_TARGET = re.compile(r"[ \t]*\.\.[ \t]+(?:_|\[)")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<marker>[-*+•]|\d{1,9}[.)]|#\.)(?P<blank>[ \t]+)")
_ROW = re.compile(r"[ \t]*\*[ \t]+-(?:[ \t]+|\Z)")
_CELL = re.compile(r"[ \t]*-(?:[ \t]+|\Z)")
_FIELD = re.compile(
    r"[ \t]*:(?P<name>(?:[^\W\d_]{3,12} )?\(?(?:\d{1,2}[.-]?)?[A-Za-z]?(?:\d|[ivx]{0,4})\)?):(?=[ \t]|\Z)"
)
_OPTION = re.compile(r"[ \t]*:[\w -]+:(?:[ \t]|\Z)")
_INLINE = re.compile(
    r":(?P<role>[a-z][\w:+-]{0,40}):`(?P<inner>[^`]*)`"
    r"|(?P<nothing>\\[ ])"
    r"|``(?P<code>[^`\n]+(?:`[^`\n]+)*)``"
    r"|`(?P<link>[^`<\n]+?)(?:[ \t]*<[^>`\n]*>)?`__?"
)
_GRID = re.compile(r"[ \t]*\+(?:[-=]+\+)+[ \t]*\Z")
_SIMPLE = re.compile(r"[ \t]*=+(?:[ \t]+=+)+[ \t]*\Z")
_ROLES = {"sub": ("_{", "}"), "sup": ("^{", "}"), "superscript": ("^{", "}"), "subscript": ("_{", "}")}
_LITERAL = frozenset({"code", "code-block", "sourcecode", "highlight", "parsed-literal"})
_SHOWN = frozenset(
    "note warning admonition topic sidebar container rst-class epigraph pull-quote hint tip important solution answer "
    "exercise question problem figure-caption".split()
)
_SILENT = frozenset("contents role default-role header footer raw class".split())
_LONGEST = 2_000  # characters of a line in which roles are looked for


class _Line:
    __slots__ = ("indent", "start", "stop", "words")

    def __init__(self, text: str, start: int, stop: int) -> None:
        self.start, self.stop = start, stop
        self.words = text[start:stop].rstrip()
        self.indent = len(self.words) - len(self.words.lstrip())


def read(text: str, name: str) -> Document:
    """The document, whatever the text; nothing is run, no other file is opened."""
    walk = _Walk(text)
    walk.run()
    return read_view(walk.view, name)


class _Walk:
    """Line by line; the levels of headings are those of their underlines, in the order in which they come."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.view = View(text)
        self.lines: list[_Line] = []
        at = 0
        while at <= len(text):
            stop = text.find("\n", at)
            stop = len(text) if stop < 0 else stop
            self.lines.append(_Line(text, at, stop))
            at = stop + 1
        self.at = 0
        self.styles: list[str] = []
        self.indents: list[int] = []  # of the items that are open: where their words begin
        self.number = 0

    def run(self) -> None:
        """All of it."""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.view.keep(line.start)
            self.at += 1
            if not line.words:
                self.view.keep(line.stop)
            elif not (self._heading(line) or self._directive(line) or self._table(line)):
                self._plain(line)
        self.view.keep(len(self.text))

    def _next(self, ahead: int = 0) -> _Line | None:
        return self.lines[self.at + ahead] if self.at + ahead < len(self.lines) else None

    # -- headings --------------------------------------------------------------------------------------------

    def _heading(self, line: _Line) -> bool:
        below, third = self._next(), self._next(1)
        framed = _RULE.match(line.words) and below is not None and third is not None and third.words == line.words
        if framed and below is not None and third is not None and 0 < len(below.words.strip()) <= len(line.words):
            self._title(below, line.words[0] * 2)
            self.at += 2
            self.view.drop(third.stop)
            return True
        under = below is not None and line.indent == 0 and _RULE.match(below.words)
        if not under or below is None or len(below.words) < min(len(line.words), 4) or _RULE.match(line.words):
            return False
        self._title(line, below.words[0])
        self.at += 1
        self.view.drop(below.stop)
        return True

    def _title(self, line: _Line, style: str) -> None:
        if style not in self.styles:
            self.styles.append(style)
        self.indents.clear()
        self.view.drop(line.start + line.indent)
        self.view.replace(self.view.at, "\n" + "#" * min(self.styles.index(style) + 1, 6) + " ")
        self._words(line.start + line.indent, line.start + len(line.words))
        self.view.replace(line.stop, "\n")

    # -- directives ------------------------------------------------------------------------------------------

    def _directive(self, line: _Line) -> bool:
        found = _DIRECTIVE.match(line.words)
        if found is None:
            if _COMMENT.match(line.words) and not line.words.strip().startswith("..."):
                self._hidden(line, noted=not _TARGET.match(line.words))
                return True
            return False
        name, more = found["name"].lower(), line.start + found.start("more")
        if name == "math":
            self._maths(line, more)
        elif name == "list-table":
            self._rows(line)
        elif name in _LITERAL:
            self._code(line, found["more"].strip())
        elif name in ("image", "figure"):
            path = re.sub(r"[\s()<>\[\]\\]", "_", found["more"].strip())
            self.view.replace(line.stop, f"![]({path or 'picture'})\n" if found["more"].strip() else "")
            self._skip_options(line)
        elif name in ("include", "literalinclude"):
            place = Span(self.view.length, self.view.length)
            self.view.notes.append(Note("not-included", place, (("what", found["more"].strip()[:60]),)))
            self.view.drop(line.stop)
            self._skip_options(line)
        elif name in _SHOWN:
            self.view.drop(more)
            self._words(more, line.start + len(line.words))
            self.view.replace(line.stop, "\n")
            self._skip_options(line)
        else:
            self._hidden(line, noted=name not in _SILENT)
        return True

    def _skip_options(self, line: _Line) -> None:
        while (below := self._next()) is not None and _OPTION.match(below.words) and below.indent > line.indent:
            self.view.drop(below.stop)
            self.at += 1

    def _body(self, line: _Line) -> list[_Line]:
        """The lines that are indented below, without blank ones at the end."""
        found: list[_Line] = []
        while (below := self._next(len(found))) is not None and (not below.words or below.indent > line.indent):
            found.append(below)
        while found and not found[-1].words:
            found.pop()
        self.at += len(found)
        return found

    def _hidden(self, line: _Line, noted: bool) -> None:
        body = self._body(line)
        if noted:
            self.view.notes.append(Note("hidden-text", Span(self.view.length, self.view.length)))
        self.view.drop(body[-1].stop if body else line.stop)

    def _maths(self, line: _Line, more: int) -> None:
        body = self._body(line)
        self.view.replace(more, "\n$$")
        self.view.keep(line.start + len(line.words))
        self.view.drop(line.stop)
        for each in body:
            if _OPTION.match(each.words):
                self.view.drop(each.stop)
            elif not each.words:
                self.view.replace(each.stop, "$$\n\n$$" if self.view.pieces[-1] not in ("\n$$", "$$\n\n$$") else "")
            else:
                self.view.replace(each.start + each.indent, "\n")
                self.view.keep(each.start + len(each.words))
                self.view.drop(each.stop)
        self.view.replace(self.view.at, "$$\n")

    def _code(self, line: _Line, language: str) -> None:
        body = self._body(line)
        options = 0
        while options < len(body) and _OPTION.match(body[options].words):
            options += 1
        self._fenced(line, body[options:], re.sub(r"[^\w+-]", "", language))

    def _fenced(self, line: _Line, body: list[_Line], language: str) -> None:
        while body and not body[0].words:
            body = body[1:]
        indent = min((each.indent for each in body if each.words), default=0)
        self.view.replace(line.stop, f"\n```{language}")
        for each in body:
            self.view.drop(each.start)
            self.view.replace(min(each.start + indent, each.stop), "\n")
            self.view.keep(each.stop)
        self.view.replace(self.view.at, "\n```\n")

    # -- tables ----------------------------------------------------------------------------------------------

    def _table(self, line: _Line) -> bool:
        """A grid, or columns below rules of `=`; a cell over several lines is several rows."""
        if _GRID.match(line.words):
            return self._grid(line)
        if not _SIMPLE.match(line.words):
            return False
        columns = [found.span() for found in re.finditer(r"=+", line.words)]
        width, first = len(columns), True
        self.view.replace(line.stop, "")
        while (row := self._next()) is not None and row.words:
            self.at += 1
            self.view.drop(row.start)
            if _SIMPLE.match(row.words) or set(row.words.strip()) <= set("- "):
                self.view.drop(row.stop)
                continue
            for number, (start, stop) in enumerate(columns):
                stop = len(row.words) if number == width - 1 else stop
                begin, end = min(row.start + start, row.stop), min(row.start + stop, row.stop)
                self.view.drop(begin)
                self.view.replace(begin, "\n| " if number == 0 else " | ")
                self._words(begin, end)
            self.view.replace(row.stop, " |" + ("\n|" + "---|" * width if first else ""))
            first = False
        self.view.replace(self.view.at, "\n")
        return True

    def _rows(self, line: _Line) -> None:
        """`list-table`: a row begins with `* -`, its next cell with `-`; cells with directives in them stay a list."""
        begun = self.at
        body = [each for each in self._body(line) if not _OPTION.match(each.words)]
        self.view.replace(line.stop, "\n")
        if any(each.words.lstrip().startswith("..") for each in body):
            self.at = begun
            self._skip_options(line)
            return
        width = rows = 0
        for each in body:
            row = _ROW.match(each.words)
            cell = row or _CELL.match(each.words)
            begin = each.start + (cell.end() if cell else each.indent)
            self.view.drop(begin)
            if row is not None:
                rows += 1
                end = "" if rows == 1 else " |\n" + "|---" * width + "|" if rows == 2 else " |"
                self.view.replace(begin, f"{end}\n| ")
            else:
                self.view.replace(begin, " | " if cell else " ")
            width += cell is not None and rows == 1
            self._words(begin, each.start + len(each.words))
            self.view.drop(each.stop)
        self.view.replace(self.view.at, " |\n\n")

    def _grid(self, line: _Line) -> bool:
        width, first = line.words.count("+") - 1, True
        self.view.replace(line.stop, "")
        while (row := self._next()) is not None and row.words.lstrip().startswith(("|", "+")):
            self.at += 1
            self.view.drop(row.start)
            if row.words.lstrip().startswith("+"):
                self.view.drop(row.stop)
                continue
            self.view.replace(row.start + row.indent, "\n")
            self._words(row.start + row.indent, row.stop)
            if first:
                self.view.replace(row.stop, "\n|" + "---|" * width)
            first = False
        self.view.replace(self.view.at, "\n")
        return True

    # -- paragraphs ------------------------------------------------------------------------------------------

    def _plain(self, line: _Line) -> None:
        while self.indents and line.indent < self.indents[-1]:
            self.indents.pop()
        item, field = _ITEM.match(line.words), _FIELD.match(line.words)
        start = line.start + line.indent
        below = self._next()
        if field is not None or (item is None and below is not None and below.indent > line.indent and below.words):
            self.view.replace(self.view.at, "\n")  # a field or a term, each a paragraph of its own
        if field is not None:
            self.view.drop(line.start + field.start("name"))
            self.view.keep(line.start + field.end("name"))
            start = line.start + field.end()
            self.view.replace(start, "" if field["name"].endswith(")") else ")")
        elif item is not None:
            self.view.replace(start, "    " * len(self.indents))
            if item["marker"] == "#.":
                self.number = self.number + 1 if self._goes_on(line) else 1
                self.view.replace(start + 2, f"{self.number}.")
            self.indents.append(item.end())
            self.view.keep(line.start + item.end())
            start = line.start + item.end()
        else:
            self.view.replace(start, "    " * len(self.indents))
        stop = line.start + len(line.words)
        literal = line.words.endswith("::")
        self._words(start, stop - 2 if literal else stop)
        if literal:
            self.view.replace(stop, ":" if len(line.words.strip()) > 2 else "")
            body = self._body(line)
            if body:
                self._fenced(line, body, "")
        self.view.keep(line.stop)

    def _goes_on(self, line: _Line) -> bool:
        before = self.at - 2
        while before >= 0 and before > self.at - 40 and (not self.lines[before].words or self.lines[before].indent):
            before -= 1
        return before >= 0 and self.lines[before].words.startswith("#.")

    def _words(self, start: int, stop: int) -> None:
        at = start
        while (found := _INLINE.search(self.text, at, min(stop, start + _LONGEST))) is not None:
            self.view.keep(found.start())
            at = found.end()
            if found["role"] is not None:
                role = found["role"]
                before, after = ("$", "$") if role == "math" else _ROLES.get(role, ("", ""))
                self._between(found, "inner", before, after)
            elif found["code"] is not None:
                self.view.keep(found.end())
            elif found["nothing"] is not None:
                self.view.drop(found.end())
            else:
                self._between(found, "link", "", "")
        self.view.keep(stop)

    def _between(self, found: re.Match[str], group: str, before: str, after: str) -> None:
        self.view.replace(found.start(group), before)
        self.view.keep(found.end(group))
        self.view.replace(found.end(), after)


READER = Reader(
    "restructured",
    (".rst", ".rest"),
    read,
    (
        "Problem 1\n=========\n\n(a) The shape is :math:`5 \\times 4`.\n\n#. first\n#. second\n",
        "2\n-\n\n.. math::\n\n   x = 3\n\nSo::\n\n  print(6)\n\n===  ===\na    6\nb    7\n===  ===\n",
    ),
)
