"""The functions and definitions of Typst, as far as they show what they are given."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.model.documents import Note, Span
from grader.read._mathml import NotRead
from grader.read._typstmarkup import Markup
from grader.read._typstmath import Drawn, as_latex
from grader.read._typstown import DEEPEST, Argument, Own, own_function, show_own
from grader.read._view import View

_CALL = re.compile(r"#([A-Za-z_][\w.-]*)")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_LET = re.compile(
    r"#let[ \t]+([A-Za-z][\w-]*)[ \t]*=[ \t]*(?:\$((?:[^$\\]|\\.)*)\$|(\"[^\"\n]*\"|-?\d+(?:\.\d+)?)[ \t]*(?:\n|\Z))"
)
_DRAWN = re.compile(
    r"#let[ \t]+([A-Za-z][\w-]*)\(([ \t]*[A-Za-z][\w-]*(?:[ \t]*,[ \t]*[A-Za-z][\w-]*)*)[ \t]*\)[ \t]*=[ \t]*"
    r"\$((?:[^$\\]|\\.)*)\$"
)
_ARGUMENT = re.compile(r"[\w.+-]{1,8}\Z")
_KEY = re.compile(r"\s*([a-z][a-z-]*)\s*:\s*")
_WHITE = re.compile(
    r"fill:\s*(?:white|luma\((?:100%|25[45])\)|rgb\(\s*\"#?(?:fff|ffffff)\"\s*\))|size:\s*0(?:\.\d+)?(?:pt|em)"
)

_SILENT = frozenset(
    "set show import v h pagebreak colbreak counter context bibliography outline line parbreak metadata state "
    "smallcaps.no let place.no".split()
)
_PROBLEMS = frozenset("problem question exercise task prob exo aufgabe homework-problem".split())
_PARTS = frozenset("subproblem part subquestion subpart subtask subexercise".split())
_PICTURES = frozenset({"image", "cetz.canvas", "canvas", "diagram", "plot", "lq.diagram"})
_BLOCKS = frozenset("answer solution block align figure quote rect par proof ans sol center pad stack columns".split())


class SourceWalk(Markup):
    """A whole file."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.spoken: dict[str, str] = {}  # words that `#let` names
        self.own: dict[str, Own] = {}  # functions that show what they are given
        self.problems = self.parts = 0
        self.depth = 0

    def run(self) -> None:
        """All of it."""
        self.content(0, len(self.text))
        self.view.keep(len(self.text))

    # -- code ------------------------------------------------------------------------------------------------

    def code(self, found: re.Match[str], stop: int) -> int:
        """What begins with `#`: a function with what it is given, a definition, or an expression."""
        start = found.start()
        drawn = _DRAWN.match(self.text, start, stop)
        if drawn is not None:
            names = tuple(name.strip() for name in drawn[2].split(","))
            self.drawn[drawn[1]] = Drawn(names, drawn[3])
            self.view.drop(drawn.end())
            return drawn.end()
        let = _LET.match(self.text, start, stop)
        if let is not None:
            return self._let(let)
        call = _CALL.match(self.text, start, stop)
        if call is None:
            return self._expression(start, stop)
        name, at = call[1].rstrip(".-"), start + 1 + len(call[1].rstrip(".-"))
        if name in ("set", "show", "import", "let", "include"):
            return self._statement(name, start, stop)
        if name in ("if", "for", "while", "context", "return", "else"):
            return self._statement("code", start, stop)
        arguments, end = self._arguments(at, stop)
        if end == at:
            self._word(name, at)
            return at
        self._called(name, arguments, start, end)
        return end

    def _let(self, found: re.Match[str]) -> int:
        if found[2] is not None:
            try:
                self.known[found[1]] = as_latex(found[2], self.known, self.drawn)
            except NotRead:
                self.view.notes.append(Note("macros-not-read", Span(self.view.length, self.view.length)))
        else:
            self.spoken[found[1]] = found[3].strip('"')
            self.known.setdefault(
                found[1], found[3].strip('"') if found[3][0] != '"' else f"\\text{{{found[3][1:-1]}}}"
            )
        self.view.drop(found.end())
        return found.end()

    def _word(self, name: str, stop: int) -> None:
        if name in self.spoken:
            self.view.replace(stop, self.spoken[name])
        elif name in self.known:
            self.view.replace(stop, f"${self.known[name]}$")
        elif name in _SILENT:
            self.view.drop(stop)
        else:
            self.unread(stop, "it holds code")

    def _expression(self, start: int, stop: int) -> int:
        """`#{..}`, `#(..)`, `#[..]`, `#"words"` or `#$x$`."""
        opening = self.text[start + 1 : start + 2]
        end = self.closers.get(start + 1, -1) if opening != '"' else -1
        quoted = _STRING.match(self.text, start + 1, stop)
        if quoted:
            self.view.replace(quoted.end(), quoted.group()[1:-1])
            return quoted.end()
        if not start < end < stop:
            self.view.keep(start + 1)
            return start + 1
        if opening == "[":
            self._inside(start + 2, end, end + 1)
        elif opening == "$":
            self.formula(start + 2, end, end + 1)
        else:
            self.unread(end + 1, "it holds code")
        return end + 1

    def _statement(self, name: str, start: int, stop: int) -> int:
        """It ends with its line, or with what is opened on it."""
        at = start + 1
        while at < stop and self.text[at] not in "\n;":
            end = self.closers.get(at, -1)
            at = end + 1 if at < end < stop else at + 1
        words = self.text[start:at]
        place = Span(self.view.length, self.view.length)
        if name == "include":
            path = _STRING.search(words)
            self.view.notes.append(Note("not-included", place, (("what", path.group()[1:-1] if path else "?"),)))
        elif name == "let" and (defined := own_function(words)) is not None:
            self.own[defined[0]] = defined[1]
        elif name in ("let", "code"):
            self.view.notes.append(Note("macros-not-read", place))
        if name == "code":
            self.unread(at, "it holds code")
        else:
            self.view.drop(at)
        return at

    def _arguments(self, at: int, stop: int) -> tuple[list[Argument], int]:
        """What a function is given, in round brackets and in square ones behind them."""
        found: list[Argument] = []
        end = self.closers.get(at, -1)
        if self.text.startswith("(", at) and at < end < stop:
            found += self._split(at + 1, end)
            at = end + 1
        while self.text.startswith("[", at) and at < self.closers.get(at, -1) < stop:
            found.append(Argument("", at, self.closers[at] + 1))
            at = self.closers[at] + 1
        return found, at

    def _split(self, start: int, stop: int) -> Iterator[Argument]:
        at = begin = start
        while at <= stop:
            if at == stop or self.text[at] == ",":
                key = _KEY.match(self.text, begin, at)
                first = key.end() if key else begin
                while first < at and self.text[first].isspace():
                    first += 1
                last = at
                while last > first and self.text[last - 1].isspace():
                    last -= 1
                if first < last:
                    yield Argument(key[1] if key else "", first, last)
                begin = at + 1
            end = self.closers.get(at, -1) if at < stop else -1
            at = end + 1 if at < end < stop else at + 1

    # -- functions -------------------------------------------------------------------------------------------

    def _called(self, name: str, arguments: list[Argument], start: int, stop: int) -> None:
        words = self.text[start:stop]
        shown = [each for each in arguments if not each.key or each.key in ("caption", "body")]
        kind = name.rpartition(".")[2].lower()
        if name in self.own and show_own(self, self.own[name], shown, start, stop):
            return
        if name in _PICTURES:
            path = _STRING.search(words)
            self.view.replace(stop, f"![]({_address(path.group()[1:-1]) if path else 'picture'})")
        elif name == "hide" or (name in ("text", "box", "block") and _WHITE.search(words.partition("[")[0])):
            self.view.notes.append(Note("hidden-text", Span(self.view.length, self.view.length)))
            self.view.drop(stop)
        elif name in ("strike", "overline", "underline", "emph", "strong", "super", "sub", "raw"):
            self._marked(name, shown, stop)
        elif name in ("table", "grid", "tablex"):
            self._table(arguments, stop)
        elif name in ("heading",) or kind in _PROBLEMS or kind in _PARTS:
            self._headed(name, kind, arguments, shown, stop)
        elif name == "footnote":
            self._around(" (", shown, ")", stop)
        elif name == "link":
            self._around("", shown[1:] or shown, "", stop)
        elif name == "linebreak":
            self.view.replace(stop, "  \n")
        elif name in _SILENT:
            self.view.drop(stop)
        elif any(self.is_content(each) for each in shown):
            apart = "\n\n" if kind in _BLOCKS or len(shown) > 1 else ""
            self._around(apart, shown, apart, stop)
        else:
            self.unread(stop, "it holds code")

    def is_content(self, argument: Argument) -> bool:
        """Whether it is markup, a text, a formula or a call, and no number or setting."""
        return (
            self.text[argument.start] in '["$'
            or _CALL.match("#" + self.text[argument.start : argument.stop]) is not None
        )

    def _around(self, before: str, shown: list[Argument], after: str, stop: int) -> None:
        self.view.replace(self.view.at, before)
        for number, each in enumerate(shown):
            if number and before == "\n\n":
                self.view.replace(self.view.at, "\n\n")
            self.argument(each)
        self.view.drop(stop)
        self.view.replace(stop, after)

    def argument(self, argument: Argument) -> None:
        """What a function is given, where it stands."""
        start, stop = argument.start, argument.stop
        opening = self.text[start]
        self.view.drop(start)
        if opening == "[" and self.closers.get(start) == stop - 1:
            self._inside(start + 1, stop - 1, stop)
        elif opening == "$" and self.closers.get(start) == stop - 1:
            self.formula(start + 1, stop - 1, stop)
        elif opening == '"' and self.text[stop - 1] == '"':
            self.view.drop(start + 1)
            self.view.keep(stop - 1)
            self.view.drop(stop)
        elif (call := _CALL.match("#" + self.text[start:stop])) is not None and self.depth < DEEPEST:
            self.depth += 1
            arguments, end = self._arguments(start + len(call[1]), stop)
            if end == stop and arguments:
                self._called(call[1], arguments, start, stop)
            self.depth -= 1
        self.view.drop(stop)

    def _inside(self, start: int, stop: int, end: int) -> None:
        self.view.drop(start)
        if self.depth >= DEEPEST:
            self.view.notes.append(Note("nested-too-deep", Span(self.view.length, self.view.length)))
        else:
            self.depth += 1
            self.content(start, stop)
            self.depth -= 1
        self.view.keep(stop)
        self.view.drop(end)

    def _marked(self, name: str, shown: list[Argument], stop: int) -> None:
        before, after = _MARKS[name]
        self._around(before, shown, after, stop)

    def _headed(self, name: str, kind: str, arguments: list[Argument], shown: list[Argument], stop: int) -> None:
        """A heading, and below it what it is said to head; a problem without a number is the next one."""
        first = self.text[shown[0].start : shown[0].stop].strip('"') if shown else ""
        named = bool(shown) and self.text[shown[0].start] not in "[$" and _ARGUMENT.match(first) is not None
        self.counts.clear()
        if name == "heading":
            level = next((self.text[each.start : each.stop] for each in arguments if each.key == "level"), "1")
            self._around(f"\n\n{'#' * int(level) if level in '123456' else '#'} ", shown, "\n\n", stop)
            return
        if kind in _PROBLEMS:
            self.problems = int(first) if named and first.isdecimal() else self.problems + 1
            self.parts = 0
            title = f"## Problem {first if named else self.problems}"
        else:
            self.parts += 1
            title = f"### ({first.strip('().') if named else chr(96 + min(self.parts, 26))})"
        self._around(f"\n\n{title}\n\n", shown[1:] if named else shown, "\n\n", stop)

    def _table(self, arguments: list[Argument], stop: int) -> None:
        cells: list[Argument] = []
        for each in arguments:
            call = re.compile(r"table\.(?:header|footer)\(").match(self.text, each.start, each.stop)
            if call and self.closers.get(call.end() - 1) == each.stop - 1:
                cells += [inner for inner in self._split(call.end(), each.stop - 1) if not inner.key]
            elif not each.key and not self.text.startswith(("table.hline", "table.vline"), each.start):
                cells.append(each)
        width = next((self._columns(each) for each in arguments if each.key == "columns"), 1)
        self.view.replace(self.view.at, "\n\n")
        for number, cell in enumerate(cells):
            self.view.replace(self.view.at, "| " if number % width == 0 else " | ")
            self._flat(cell)
            if number % width == width - 1 or number == len(cells) - 1:
                rule = "\n" + "|---" * width + "|" if number == width - 1 else ""
                self.view.replace(self.view.at, f" |{rule}\n")
        self.view.drop(stop)
        self.view.replace(stop, "\n")

    def _columns(self, argument: Argument) -> int:
        words = self.text[argument.start : argument.stop]
        if re.fullmatch(r"\d{1,3}", words):
            return max(1, int(words))
        if words.startswith("("):
            return max(1, sum(1 for _ in self._split(argument.start + 1, argument.stop - 1)))
        return 1

    def _flat(self, cell: Argument) -> None:
        """A cell of a table is a line; its line ends are blanks."""
        outer, counts = self.view, self.counts
        self.view, self.counts = View(self.text), []
        self.view.at, self.view.length = outer.at, outer.length
        self.argument(cell)
        inner, self.view, self.counts = self.view, outer, counts
        outer.pieces += [piece.replace("\n", " ").replace("|", "/") for piece in inner.pieces]
        outer.stretches += inner.stretches
        outer.notes += inner.notes
        outer.length, outer.at = inner.length, max(inner.at, cell.stop)


def _address(path: str) -> str:
    return re.sub(r"[\s()<>\[\]\\]", "_", path)[:200] or "picture"


_MARKS = {
    "strike": ("~~", "~~"), "emph": ("*", "*"), "strong": ("**", "**"), "raw": ("`", "`"), "super": ("^{", "}"),
    "sub": ("_{", "}"), "overline": ("", ""), "underline": ("", ""),
}  # fmt: skip
