"""Which brace, environment and formula of a LaTeX text ends where; every question is answered by bisection."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence

_MARK = re.compile(
    r"\\(?P<side>begin|end)\s?\{(?P<name>[^{}\n]{1,40})\}"
    r"|(?<=\{)\\part(?=[ {\\])"  # \frac{\part J}{\part W}: some editors print a partial derivative
    r"|\\(?P<wall>item|question|section|subsection|subsubsection|chapter|paragraph|part|subpart|maketitle)(?![A-Za-z@])"
    r"|\\(?P<closer>[\])])"
    r"|\\."
    r"|(?P<brace>[{}])"
    r"|(?P<dollar>\$)"
    r"|(?P<blank>\n[ \t]*+(?=\n))",
    re.DOTALL,
)


class Pairs:
    """One pass over a text; what stands in `literal` stretches is passed over.

    Walls end what is not closed: no formula holds a heading, an item, or an environment that is no formula.
    """

    def __init__(self, text: str, literal: Sequence[tuple[int, int]], formulas: frozenset[str]) -> None:
        self.text = text
        self.places = {kind: array("q") for kind in ("$", "]", ")", "blank", "wall")}
        self.environments: dict[int, tuple[int, int]] = {}  # start of an opening to the place of its end
        self._braces, self._partners = array("q"), array("q")
        self._read(literal, formulas)

    def next(self, kind: str, start: int) -> int:
        """The first place of a kind at or after `start`; the end of the text if there is none."""
        places = self.places[kind]
        at = bisect_left(places, start)
        return places[at] if at < len(places) else len(self.text)

    def brace_end(self, start: int) -> int:
        """Where the brace closes that opens at `start`; -1 if it does not."""
        at = bisect_left(self._braces, start)
        return self._partners[at] if at < len(self._braces) and self._braces[at] == start else -1

    def _read(self, literal: Sequence[tuple[int, int]], formulas: frozenset[str]) -> None:
        open_braces = array("q")
        open_names: dict[str, list[int]] = {}
        ahead = 0
        for mark in _MARK.finditer(self.text):
            start = mark.start()
            while ahead < len(literal) and literal[ahead][1] <= start:
                ahead += 1
            if ahead < len(literal) and literal[ahead][0] < start:
                continue
            kind = mark.lastgroup
            if kind == "brace":
                self._brace(start, mark.group(), open_braces)
            elif kind == "name":
                self._environment(mark, open_names, mark["name"] in formulas)
            elif kind is not None:
                self.places[{"dollar": "$", "closer": mark.group()[-1]}.get(kind, kind)].append(start)

    def _brace(self, start: int, sign: str, open_braces: array[int]) -> None:
        if sign == "{":
            open_braces.append(len(self._braces))
            self._braces.append(start)
            self._partners.append(-1)
        elif open_braces:
            self._partners[open_braces.pop()] = start

    def _environment(self, mark: re.Match[str], open_names: dict[str, list[int]], formula: bool) -> None:
        if not formula:
            self.places["wall"].append(mark.start())
        stack = open_names.setdefault(mark["name"], [])
        if mark["side"] == "begin":
            stack.append(mark.start())
        elif stack:
            self.environments[stack.pop()] = mark.span()
