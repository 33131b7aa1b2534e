"""What the styles and lists of a Word document say: headings, labels, and which words are not to be seen."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.model.records import NamedTuple
from grader.read._htmltags import numbered
from grader.read._omml import is_on
from grader.read._xml import Node

LEVELS = 9  # of a list; a heading deeper than six is one of six
_DEEPEST = 20  # styles that are based on each other
_HEADING = re.compile(r"heading ([1-9])\Z", re.IGNORECASE)
_PLACE = re.compile(r"%([1-9])")


class Look(NamedTuple):
    """How a run looks; None: it does not say, so it looks as its style does."""

    strong: bool | None = None
    emphasis: bool | None = None
    struck: bool | None = None
    unseen: bool | None = None  # hidden, or too small to be read
    white: bool | None = None
    shaded: bool | None = None  # has a ground of its own, before which white can be seen
    raised: str | None = None  # "^{", "_{" or ""


class Style(NamedTuple):
    """A style with all that it is based on."""

    level: int = 0  # of a heading
    list: tuple[str, int] | None = None  # its list, and the level in it
    look: Look = Look()


def look_of(about: Node | None) -> Look:
    """What the properties of a run say."""
    if about is None:
        return Look()
    size, color, aligned = about.value("w:sz"), about.value("w:color"), about.value("w:vertAlign")
    struck = [is_on(value) for value in (about.value("w:strike"), about.value("w:dstrike")) if value is not None]
    hidden = about.value("w:vanish")
    tiny = size is not None and size.isdecimal() and int(size[:6]) <= 4  # half points
    return Look(
        _switch(about.value("w:b")),
        _switch(about.value("w:i")),
        any(struck) if struck else None,
        True if tiny else _switch(hidden) if hidden is not None else False if size else None,
        None if color is None else color.upper() == "FFFFFF",
        is_shaded(about) or (about.value("w:highlight") or "none") != "none" or None,
        None if aligned is None else {"superscript": "^{", "subscript": "_{"}.get(aligned, ""),
    )


def is_shaded(about: Node | None) -> bool:
    """Whether a run, paragraph or cell has a ground that is not white."""
    shade = about.child("w:shd") if about is not None else None
    fill = shade.attributes.get("w:fill", "auto").upper() if shade is not None else "AUTO"
    return fill not in ("AUTO", "FFFFFF", "")


def over(below: Look, above: Look) -> Look:
    """What is said above holds, the rest is as below."""
    return Look._make(low if high is None else high for low, high in zip(below, above, strict=True))


def _switch(value: str | None) -> bool | None:
    return None if value is None else is_on(value)


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Node | None) -> None:
        nodes = list(root.all("w:style")) if root is not None else []
        self.nodes = {node.attributes.get("w:styleId", ""): node for node in nodes}
        basic = [node for node in nodes if is_on(node.attributes.get("w:default"))]
        self.basic = {node.attributes.get("w:type", ""): node.attributes.get("w:styleId", "") for node in basic}
        self.known: dict[str, Style] = {}

    def of(self, name: str | None, kind: str = "paragraph") -> Style:
        """A style, or the one that holds where none is named."""
        name = self.basic.get(kind, "") if name is None else name
        if name not in self.known:
            self.known[name] = self._read(name)
        return self.known[name]

    def _read(self, name: str) -> Style:
        chain: list[Node] = []
        while name in self.nodes and len(chain) < _DEEPEST and self.nodes[name] not in chain:
            chain.append(self.nodes[name])
            name = chain[-1].value("w:basedOn") or ""
        style = Style()
        for node in reversed(chain):
            about = node.child("w:pPr")
            heading = _HEADING.match(node.value("w:name") or "")
            level = int(heading[1]) if heading else outline(about)
            style = Style(
                style.level if level is None else level,
                membership(about, style.list),
                over(style.look, look_of(node.child("w:rPr"))),
            )
        return style


def outline(about: Node | None) -> int | None:
    """The level of a heading by which a paragraph stands in the outline; 0: it does not, None: nothing is said."""
    level = about.value("w:outlineLvl") if about is not None else None
    if level is None or not re.fullmatch(r"[0-9]", level):
        return None
    return 0 if level == "9" else int(level) + 1


def membership(about: Node | None, before: tuple[str, int] | None) -> tuple[str, int] | None:
    """The list that a paragraph is an item of, and how deep; number 0 takes it out of that of its style."""
    found = about.child("w:numPr") if about is not None else None
    if found is None:
        return before
    number, level = found.value("w:numId"), found.value("w:ilvl")
    number = before[0] if number is None and before else number or "0"
    depth = int(level) if level and re.fullmatch(r"[0-8]", level) else before[1] if before and level is None else 0
    return None if number == "0" else (number, depth)


# -- lists -----------------------------------------------------------------------------------------------------


class _Level(NamedTuple):
    start: int = 1
    format: str = "decimal"
    words: str = "%1."


def _level(node: Node) -> _Level:
    start, words = node.value("w:start") or "1", node.value("w:lvlText")
    return _Level(
        int(start) if re.fullmatch(r"\d{1,6}", start) else 1,
        node.value("w:numFmt") or "decimal",
        "" if words is None else words[:40],
    )


class Lists:
    """Counts the items of all lists; lists of one kind go on counting where the one before ended."""

    def __init__(self, root: Node | None, styles: Styles) -> None:
        self.kinds: dict[str, list[_Level]] = {}
        self.kind_of: dict[str, str] = {}
        self.overrides: dict[str, dict[int, int]] = {}
        self.own: dict[str, list[_Level]] = {}
        self.counts: dict[str, list[int]] = {}
        self.begun: set[tuple[str, int]] = set()
        linked: dict[str, str] = {}
        for node in root.all("w:abstractNum") if root is not None else ():
            kind = node.attributes.get("w:abstractNumId", "")
            self.kinds[kind] = _levels(node, [_Level()] * LEVELS)
            if (link := node.value("w:numStyleLink")) is not None:
                linked[kind] = link
        for node in root.all("w:num") if root is not None else ():
            self._number(node)
        for kind, link in linked.items():
            other = styles.of(link).list
            self.kinds[kind] = self.kinds.get(self.kind_of.get(other[0], "") if other else "", self.kinds[kind])

    def _number(self, node: Node) -> None:
        number, kind = node.attributes.get("w:numId", ""), node.value("w:abstractNumId") or ""
        self.kind_of[number] = kind
        for change in node.all("w:lvlOverride"):
            place = change.attributes.get("w:ilvl", "")
            start = change.value("w:startOverride") or ""
            if re.fullmatch(r"[0-8]", place) and re.fullmatch(r"\d{1,6}", start):
                self.overrides.setdefault(number, {})[int(place)] = int(start)
            if change.child("w:lvl") is not None:
                self.own[number] = _levels(change, self.own.get(number) or self.kinds.get(kind, [_Level()] * LEVELS))

    def label(self, number: str, depth: int) -> str:
        """The label of the next item: `3.`, `(b)`, `1.2.`, or `-` for a bullet."""
        kind = self.kind_of.get(number, "")
        levels = self.own.get(number) or self.kinds.get(kind)
        if levels is None:
            return "-"
        counts = self.counts.setdefault(kind, [level.start - 1 for level in levels])
        for place, start in self.overrides.get(number, {}).items():
            if place == depth and (number, place) not in self.begun:
                counts[place] = start - 1
                self.begun.add((number, place))
        for place in range(depth):
            counts[place] = max(counts[place], levels[place].start)
        counts[depth] += 1
        counts[depth + 1 :] = [level.start - 1 for level in levels[depth + 1 :]]
        if levels[depth].format == "bullet":
            return "-"
        if levels[depth].format == "none":
            return ""
        return _PLACE.sub(
            lambda found: _formatted(counts[int(found[1]) - 1], levels[int(found[1]) - 1].format), levels[depth].words
        ).strip()


def _levels(node: Node, before: list[_Level]) -> list[_Level]:
    levels = list(before)
    for each in node.all("w:lvl"):
        place = each.attributes.get("w:ilvl", "")
        if re.fullmatch(r"[0-8]", place):
            levels[int(place)] = _level(each)
    return levels


_FORMATS: dict[str, Callable[[int], str]] = {
    "lowerLetter": lambda number: numbered(number, "a")[:-1],
    "upperLetter": lambda number: numbered(number, "A")[:-1],
    "lowerRoman": lambda number: numbered(number, "i")[:-1],
    "upperRoman": lambda number: numbered(number, "I")[:-1],
    "decimalZero": lambda number: f"{number:02}",
    "none": lambda number: "",
}


def _formatted(number: int, format: str) -> str:
    return _FORMATS.get(format, str)(number)
