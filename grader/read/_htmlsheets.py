"""The style sheets inside a page, as far as they say what is printed: Google Docs puts its numbers nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from grader.model.patterns import later
from grader.read import _htmltags as tags
from grader.read._htmltokens import Attribute

_STYLE = re.compile(r"<(/?)style\b[^<>]{0,200}>", re.IGNORECASE)
_LONGEST, _LONGEST_SELECTOR = 400_000, 2_000  # characters of the sheets of a page, and before a brace
_BRACE = re.compile(r"[{}]")
_CLASS = re.compile(r"([a-z][a-z0-9]*)?\.([\w-]+)", re.IGNORECASE)
_BEFORE = re.compile(r"(?:ol|ul)?\.([\w-]+)\s*>\s*li::?before", re.IGNORECASE)
_CONTENT = re.compile(r"content\s*:\s*([^;]*)")
_PIECE = re.compile(r"\"([^\"]*)\"|'([^']*)'|counter\(\s*([\w-]+)\s*(?:,\s*([\w-]+)\s*)?\)")
_DEPTH = later(r"\blst-kix_\w+-(\d)\b", holds=("lst-kix_",))
_NUMBER = re.compile(r"-?\d{1,6}")
_SAID = ("font-weight", "font-style", "text-decoration", "text-decoration-line", "vertical-align", "list-style-type")

Piece = tuple[str, str, str]  # words, or the name of a counter and its style


class Sheet:
    """What the classes of a page change, and how far the counters of its lists came."""

    def __init__(self, text: str) -> None:
        self._rules: dict[tuple[str, str], list[tuple[int, str, str]]] = {}
        self._before: dict[str, list[Piece]] = {}
        self._counts: dict[str, int] = {}
        order = count()
        for selectors, body in _rules(_uncommented(_sheets(text))):
            for selector in selectors.split(","):
                self._take(selector.strip(), body, next(order))

    def _take(self, selector: str, body: str, order: int) -> None:
        if (before := _BEFORE.fullmatch(selector)) is not None and (content := _CONTENT.search(body)) is not None:
            pieces = [(one[1] or one[2] or "", one[3] or "", one[4] or "") for one in _PIECE.finditer(content[1])]
            if any(name for _, name, _ in pieces):
                self._before[before[1]] = pieces
        elif (simple := _CLASS.fullmatch(selector)) is not None:
            for declaration in body.split(";"):
                name, _, value = declaration.partition(":")
                if name.strip().lower() in _SAID:
                    key = ((simple[1] or "").lower(), simple[2])
                    self._rules.setdefault(key, []).append((order, name.strip().lower(), value))

    def style(self, name: str, attributes: dict[str, Attribute]) -> str:
        """What is said of an element, by its classes and then by itself, without blanks."""
        own = re.sub(r"\s+", "", attributes["style"].value).lower() if "style" in attributes else ""
        if not self._rules or "class" not in attributes:
            return own
        classes = attributes["class"].value.split()
        rules = [rule for each in classes for tag in ("", name) for rule in self._rules.get((tag, each), ())]
        said = {prop: re.sub(r"\s+", "", value).lower() for _, prop, value in sorted(rules)}
        return ";".join([*(f"{prop}:{value}" for prop, value in said.items() if f"{prop}:" not in own), own])

    def list_class(self, attributes: dict[str, Attribute]) -> str:
        """The class of a list whose numbers the sheet writes; empty if it writes none."""
        classes = attributes["class"].value.split() if "class" in attributes and self._before else ()
        return next((each for each in classes if each in self._before), "")

    def begin(self, name: str, attributes: dict[str, Attribute]) -> None:
        """Such a list begins, anew or where one of its class ended."""
        start = attributes["start"].value.strip() if "start" in attributes else ""
        if _NUMBER.fullmatch(start):
            self._counts[self._counter(name)] = int(start) - 1
        elif "start" in attributes["class"].value.split():
            self._counts[self._counter(name)] = 0

    def label(self, name: str) -> str:
        """The label of its next item: `(b)`, `1.2.`."""
        own = self._counter(name)
        self._counts[own] = self._counts.get(own, 0) + 1
        shown = [
            tags.numbered(self._counts.get(counter, 1), tags.NUMBERING.get(style, "1"))[:-1] if counter else words
            for words, counter, style in self._before[name]
        ]
        return " ".join("".join(shown).split())

    def _counter(self, name: str) -> str:
        return [counter for _, counter, _ in self._before[name] if counter][-1]


def depth_of(attributes: dict[str, Attribute]) -> int:
    """How many lists stand around this one: Google Docs writes lists in lists beside each other, `lst-kix_x-1`."""
    found = _DEPTH.search(attributes["class"].value) if "class" in attributes else None
    return int(found[1]) if found else 0


def _sheets(text: str) -> str:
    """What stands between each `<style>` and its end."""
    found: list[str] = []
    begun = -1
    for tag in _STYLE.finditer(text):
        if not tag[1]:
            begun = tag.end() if begun < 0 else begun
        elif begun >= 0:
            found.append(text[begun : tag.start()])
            begun = -1
    return "\n".join(found)[:_LONGEST]


def _uncommented(sheet: str) -> str:
    found: list[str] = []
    at = 0
    while (start := sheet.find("/*", at)) >= 0 and (stop := sheet.find("*/", start + 2)) >= 0:
        found.append(sheet[at:start])
        at = stop + 2
    return "".join([*found, sheet[at:]])


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors, and what stands between their braces; not what holds for print or for narrow screens only."""
    depth = begun = opened = 0
    whole = True
    for brace in _BRACE.finditer(sheet):
        if brace[0] == "{":
            whole = depth == 0
            opened = brace.end() if whole else opened
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                selectors = sheet[begun : opened - 1].rpartition(";")[2]
                if whole and "@" not in selectors and len(selectors) < _LONGEST_SELECTOR:
                    yield selectors, sheet[opened : brace.start()]
                begun = brace.end()
