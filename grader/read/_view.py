"""The text that is read, put together from what stands in a file and what macros make of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from grader.model.documents import Note, Span
from grader.model.patterns import later
from grader.model.sources import Stretch
from grader.read._macros import DEFINES, Bomb, Macros

_COMMAND = later(r"\\(?:([A-Za-z@]+)|.)", re.DOTALL)


class View:
    """Grows from front to back; `text` and `stretches` are what a Source needs to lead back to the file."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.pieces: list[str] = []
        self.stretches: list[Stretch] = []
        self.notes: list[Note] = []
        self.literal: list[tuple[int, int]] = []  # stretches of the text that hold code
        self.length = 0
        self.at = 0  # how much of the source is taken

    @property
    def text(self) -> str:
        """What there is so far."""
        return "".join(self.pieces)

    def keep(self, stop: int) -> None:
        """The source up to here, as it stands."""
        if stop > self.at:
            self._put(self.source[self.at : stop], Stretch(self.length, self.at, stop, True))
            self.at = stop

    def blank(self, stop: int, note: str = "") -> None:
        """The source up to here is not to be read: blanks in its place; `note` says that something was ignored."""
        if note:
            self.notes.append(Note(note, Span(self.length, self.length + stop - self.at)))
        if stop > self.at:
            self._put(" " * (stop - self.at), Stretch(self.length, self.at, stop, True))
            self.at = stop

    def drop(self, stop: int) -> None:
        """The source up to here leaves nothing."""
        self.at = max(self.at, stop)

    def use(self, macros: Macros, name: str, limit: int) -> None:
        """The use of a macro that begins here; one that never ends stays as it was typed, with a note."""
        self._expand(name, lambda: macros.expand(self.source, self.at), limit)

    def use_environment(self, macros: Macros, name: str, limit: int) -> None:
        """The same for `\\begin{name}` or `\\end{name}` of an environment of the student's own."""
        macro, after = macros.environments["\\" + name], self.at + 1 + len(name)
        self._expand(name, lambda: macros.expand_as(self.source, name, macro, after), limit)

    def _expand(self, name: str, expand: Callable[[], tuple[str, list[int], int]], limit: int) -> None:
        start = self.at
        end = start + 1 + len(name)
        try:
            words, places, stop = expand()
        except Bomb:
            place = Span(self.length, self.length + end - start)
            self.notes.append(Note("macro-bomb", place, (("macro", "\\" + name),)))
            stop = limit + 1
        if stop > limit:
            self.keep(end)
            return
        at = 0
        while at < len(words):
            end = at + 1
            if places[at] < 0:
                while end < len(words) and places[end] < 0:
                    end += 1
                stretch = Stretch(self.length, start, stop, False)
            else:
                while end < len(words) and places[end] == places[at] + end - at:
                    end += 1
                stretch = Stretch(self.length, places[at], stop, True)
            self._put(words[at:end], stretch)
            at = end
        self.at = stop

    def replace(self, stop: int, words: str) -> None:
        """Other words in the place of the source up to here."""
        self._put(words, Stretch(self.length, self.at, stop, False))
        self.at = stop

    def fetch(self, start: int, stop: int, words: str) -> None:
        """Words for a stretch of the source that stands before what is taken already."""
        exact = self.source[start:stop] == words
        self._put(words, Stretch(self.length, start, stop, exact))

    def _put(self, words: str, stretch: Stretch) -> None:
        last = self.stretches[-1] if self.stretches else None
        goes_on = last is not None and last.exact and stretch.exact
        if not goes_on or last is None or last.origin - last.start != stretch.origin - stretch.start:
            self.stretches.append(stretch)
        self.pieces.append(words)
        self.length += len(words)


def expand_formulas(text: str, formulas: Sequence[Span], macros: Macros) -> View | None:
    """The text with the macros of its formulas expanded, whose definitions are taken out; None if there are none.

    The spans include the delimiters; of a formula that holds nothing but definitions nothing is left.
    """
    if not macros.known and not any(DEFINES.search(text, span.start, span.stop) for span in formulas):
        return None
    view = View(text)
    for span in formulas:
        view.keep(span.start)
        _expand_formula(view, span, macros)
    view.keep(len(text))
    return view


def _expand_formula(view: View, span: Span, macros: Macros) -> None:
    text, defined = view.source, False
    inner = View(text)
    inner.at, inner.length = view.at, view.length
    at = span.start
    while (found := _COMMAND.search(text, at, span.stop)) is not None:
        at = found.end()
        name = found[1] or found.group()[1:]
        definition = DEFINES.match(text, found.start(), span.stop)
        if definition is not None and (stop := macros.define(text, definition)) is not None and stop <= span.stop:
            inner.keep(found.start())
            inner.drop(stop)
            defined, at = True, stop
        elif macros.uses(name):
            inner.keep(found.start())
            inner.use(macros, name, span.stop)
            at = inner.at
    inner.keep(span.stop)
    if defined and not re.sub(r"\\(?:begin|end)\{[a-z*]+\}|[\s$\\()\[\]]", "", inner.text):
        view.drop(span.stop)
        return
    view.pieces += inner.pieces
    for stretch in inner.stretches:
        view.stretches.append(stretch)
    view.notes += inner.notes
    view.length, view.at = inner.length, max(inner.at, span.stop)
