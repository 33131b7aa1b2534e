"""What TeX does before there are words: comments, conditions and macros; and what of a page cannot be seen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from grader.model.documents import Note, Span
from grader.read._macros import DEFINES, Macros, group_end
from grader.read._texcode import Listing, is_called_code, is_code
from grader.read._textables import UNITS
from grader.read._view import View

_EVENT = re.compile(
    r"(?P<hidden>\\begin\{comment\})"
    r"|(?P<condition>\\(?:iffalse|if0(?=\s))(?![A-Za-z@]))"
    r"|(?P<verb>\\(?:verb\*?|lstinline(?:\[[^\]\n]*\])?)(?P<bar>[^A-Za-z\s*{])[^\n]*?(?P=bar))"
    r"|(?P<phantom>\\[hv]?phantom\s*(?=\{))"
    r"|(?P<silent>\\(?:qedhere|displaybreak|allowdisplaybreaks|noindent|protect)(?![A-Za-z@])(?:\[\d\])?)"
    r"|(?P<columns>\\begin\{(?:alignat|alignedat|IEEEeqnarray)\*?\}(?=\s?\{[^{}\n]*\}))"
    r"|(?P<between>\\(?:short)?intertext(?=\s*\{))"
    r"|(?P<quantity>\\(?P<unit>SI|qty|si|unit|num|ang)(?:\[[^\]\n]*\])?\{(?P<value>[^{}\n]*)\})"
    r"|(?P<defines>" + DEFINES.pattern + ")"
    r"|(?P<environment>\\(?:re)?newenvironment(?![A-Za-z@])\*?)"
    r"|(?P<edge>\\(?P<side>begin|end)\{(?P<name>[A-Za-z@][\w@-]{0,39}\*?)\})"
    r"|(?P<command>\\(?:([A-Za-z@]+)|.))"
    r"|(?P<comment>(?:(?<=\n)[ \t]*)?%[^\n]*)"
    r"|(?P<tie>~)",
    re.DOTALL,
)
_UNIT = re.compile(r"\{([^{}\n]*)\}")
_MACRO = re.compile(r"\\([A-Za-z]+)\s*")
_EXPONENT = re.compile(r"(\d)[eE]([+-]?\d+)")
# `\iff` is an arrow, and `\ifx` a condition.
_CONDITION = re.compile(r"\\(?:(if(?!f(?![A-Za-z@]))[A-Za-z@]*)|else|fi)(?![A-Za-z@])")


def view_of(text: str, macros: Macros, listings: Mapping[str, Listing]) -> View:
    """The text as it is read: what hides nothing but is no word either has become blanks of the same length."""
    view = View(text)
    taker = _Taker(view, macros, listings)
    while (found := _EVENT.search(text, view.at)) is not None:
        view.keep(found.start())
        taker.take(found)
    view.keep(len(text))
    return view


class _Taker:
    """One pass over a text; ends are looked up in it at most once each."""

    def __init__(self, view: View, macros: Macros, listings: Mapping[str, Listing]) -> None:
        self.view, self.macros, self.text, self.listings = view, macros, view.source, listings
        self.last: dict[str, int] = {}  # where each ending stands last: none behind it is searched for
        self.closed = _conditions(view.source) if "\\iffalse" in view.source or "\\if0" in view.source else {}

    def take(self, found: re.Match[str]) -> None:
        """What begins here."""
        kind = next(name for name in _TAKES if found[name] is not None)
        _TAKES[kind](self, found)
        if self.view.at <= found.start():
            self.view.keep(found.end())

    def end_of(self, name: str, start: int) -> int:
        """Behind the `\\end{name}` that comes next; -1 if none does."""
        ending = f"\\end{{{name}}}"
        if ending not in self.last:
            self.last[ending] = self.text.rfind(ending)
        found = self.text.find(ending, start) if start <= self.last[ending] else -1
        return found + len(ending) if found >= 0 else -1

    def literal(self, found: re.Match[str]) -> None:
        """What stands there letter for letter; in what is never closed the rest is read as usual."""
        start, stop = self.view.length, self.end_of(found["name"], found.end())
        if stop < 0:
            self.view.notes.append(Note("unclosed-fence", Span(start, start + found.end() - found.start())))
            return
        self.view.keep(stop)
        self.view.literal.append((start, self.view.length))

    def hidden(self, found: re.Match[str]) -> None:
        stop = self.end_of("comment", found.end())
        if stop >= 0:
            self.view.blank(stop, "hidden-text")

    def condition(self, found: re.Match[str]) -> None:
        stop = self.closed.get(found.start(), -1)
        if stop >= 0:
            self.view.blank(stop, "hidden-text")

    def verb(self, found: re.Match[str]) -> None:
        self.view.literal.append((self.view.length, self.view.length + found.end() - found.start()))
        self.view.keep(found.end())

    def phantom(self, found: re.Match[str]) -> None:
        stop = group_end(self.text, found.end())
        if stop >= 0:
            worded = re.search(
                r"[^\W_]", self.text[found.end() : stop]
            )  # `\phantom{=}` only sets things below each other
            self.view.blank(stop, "hidden-text" if worded else "")

    def defines(self, found: re.Match[str]) -> None:
        definition = DEFINES.match(self.text, found.start())
        stop = self.macros.define(self.text, definition) if definition else None
        if stop is not None:
            self.view.blank(stop)

    def environment(self, found: re.Match[str]) -> None:
        stop = self.macros.define_environment(self.text, found.end())
        if stop is not None:
            self.view.blank(stop)

    def edge(self, found: re.Match[str]) -> None:
        if found["side"] == "begin" and self._is_listing(found["name"], found.end()):
            self.literal(found)
        elif found.group() in self.macros.environments:
            self.view.use_environment(self.macros, found.group()[1:], len(self.text))

    def _is_listing(self, name: str, start: int) -> bool:
        if name in self.listings:
            return True
        if f"\\begin{{{name}}}" in self.macros.environments or not is_called_code(name):
            return False
        stop = self.end_of(name, start)
        return stop >= 0 and is_code(self.text[start : stop - len(f"\\end{{{name}}}")])

    def command(self, found: re.Match[str]) -> None:
        name = found.group()[1:]
        if self.macros.uses(name):
            self.view.use(self.macros, name, len(self.text))

    def comment(self, found: re.Match[str]) -> None:
        """A line that is only a comment leaves no blank line: that would end a paragraph."""
        start, stop = found.span()
        alone = start == 0 or self.text[start - 1] == "\n"
        self.view.blank(min(stop + 1, len(self.text)) if alone else stop)

    def columns(self, found: re.Match[str]) -> None:
        """The `{2}` of `\\begin{alignat}{2}` is no number of the student's."""
        self.view.keep(found.end())
        self.view.blank(self.text.index("}", found.end()) + 1)

    def quantity(self, found: re.Match[str]) -> None:
        """`\\SI{5}{\\meter\\per\\second}` is `5\\,\\mathrm{m/s}`."""
        if self.macros.uses(found["unit"]):
            self.command(re.compile(r"\\[A-Za-z]+").match(self.text, found.start()) or found)
            return
        value, unit, stop = found["value"], "", found.end()
        if found["unit"] in ("SI", "qty") and (second := _UNIT.match(self.text, stop)):
            unit, stop = second[1], second.end()
        elif found["unit"] in ("si", "unit"):
            value, unit = "", value
        elif found["unit"] == "ang":
            value += "°"
        value = _EXPONENT.sub(r"\1 \\times 10^{\2}", value)
        unit = _MACRO.sub(lambda name: UNITS.get(name[1], name[1]), unit)
        self.view.replace(stop, value + (f"\\,\\mathrm{{{unit}}}" if unit else ""))

    def between(self, found: re.Match[str]) -> None:
        """Words between the lines of a formula."""
        self.view.replace(found.end(), r"\\ \text")

    def tie(self, found: re.Match[str]) -> None:
        self.view.blank(found.end())


_TAKES: dict[str, Callable[[_Taker, re.Match[str]], None]] = {
    "hidden": _Taker.hidden,
    "condition": _Taker.condition,
    "verb": _Taker.verb,
    "phantom": _Taker.phantom,
    "silent": _Taker.tie,
    "between": _Taker.between,
    "quantity": _Taker.quantity,
    "columns": _Taker.columns,
    "defines": _Taker.defines,
    "environment": _Taker.environment,
    "edge": _Taker.edge,
    "command": _Taker.command,
    "comment": _Taker.comment,
    "tie": _Taker.tie,
}


def _conditions(text: str) -> dict[int, int]:
    """From the start of each `\\iffalse` to the end of its `\\else` or `\\fi`."""
    closed: dict[int, int] = {}
    open_at: list[int] = []
    for found in _CONDITION.finditer(text):
        if found[1]:
            open_at.append(found.start())
        elif open_at:
            closed.setdefault(open_at[-1], found.end())
            if found.group() == "\\fi":
                open_at.pop()
    return closed
