"""What style sheets and attributes change: marks, the labels of lists, and tables that only arrange a page."""

from __future__ import annotations

import re

from grader.read import _htmltags as tags
from grader.read._htmltokens import Attribute, tokens


def marks(name: str, style: str) -> list[str]:
    """What an element changes about its words."""
    found = [tags.MARKS[name]] if name in tags.MARKS else []
    for mark, pattern in (("struck", tags.STRUCK), ("strong", tags.STRONG), ("emphasis", tags.EMPHASIS)):
        if style and mark not in found and pattern.search(style):
            found.append(mark)
    return found


def list_of(name: str, attributes: dict[str, Attribute], style: str, told: str = "") -> list[object]:
    """The style of a list's labels, which is empty without numbers, its first number, and what `told` its numbers."""
    if name != "ol":
        return ["", 1, ""]
    typed = tags.LIST_STYLE.search(style)
    kind = typed[1] if typed else attributes["type"].value.strip() if "type" in attributes else ""
    start = attributes["start"].value.strip() if "start" in attributes else ""
    return [tags.NUMBERING.get(kind, "1"), int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1, told]


def layout_tables(text: str) -> set[int]:
    """The cells of tables that hold headings, lists or tables: they arrange a page, and their rows say nothing."""
    found: set[int] = set()
    stack: list[tuple[list[int], list[bool]]] = []
    for token in tokens(text):
        if token.kind == "open" and stack and token.name in _HEAVY:
            stack[-1][1].append(True)
        if token.name == "table" and token.kind == "open":
            stack.append(([], []))
        elif token.name in tags.CELLS and token.kind == "open" and stack:
            stack[-1][0].append(token.start)
        elif token.name == "table" and token.kind == "close" and stack:
            cells, heavy = stack.pop()
            found.update(cells if heavy else ())
    for cells, heavy in stack:
        found.update(cells if heavy else ())
    return found


_HEAVY = tags.LISTS | tags.PREFORMATTED | frozenset(tags.HEADINGS) | {"table", "blockquote"}
