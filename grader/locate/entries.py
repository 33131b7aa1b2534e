"""Sights as seen from one node of the rubric: which child each of them may name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from grader.locate.outline import Node, ordinal, roman
from grader.locate.sights import Sight
from grader.model.records import NamedTuple

FAMILIES = ("number", "letter", "roman")
View = tuple[Sight, int]  # a sight, and how many components of its path are used up
Style = tuple[str, str, int, int]  # source, form or "word", level, depth of quotes


class Entry(NamedTuple):
    """A sight as seen from one node: which child it names. `depth` components of its path are used up."""

    sight: Sight
    depth: int
    place: int | None  # index of the child, None if the rubric has no such child
    ordinal: int
    explicit: bool = False  # named as no list inside an answer is: with a word, or with a whole path

    @property
    def rest(self) -> bool:
        label = self.sight.label
        return label is not None and len(label.path) > self.depth + 1

    @property
    def strong(self) -> bool:
        return self.sight.heading or self.explicit

    @property
    def style(self) -> Style:
        """What labels of one sequence have in common."""
        sight, label = self.sight, self.sight.label
        form = label.form + ("A" if label.upper else "") if label else ""
        named = "word" if label and label.word else ""
        source = sight.source if sight.heading or sight.source == "row" else ""
        return source, named or form, sight.level, sight.quoted


def entries(node: Node, views: Iterable[View]) -> list[Entry]:
    """The sights that may name a child of this node, numbered as its children are."""
    family = node.family
    views = list(views)
    parted = any(child.children for child in node.children) and any(
        sight.label is not None and sight.label.word == "problem" for sight, _ in views
    )
    found = []
    views = list(views)
    form = _roman_form(node, views)
    for sight, depth in views:
        label = sight.label
        if label is None:
            found.append(Entry(sight, depth, None, 0))
            continue
        if depth >= len(label.path) or (parted and label.word == "part" and len(label.path) == 1):
            continue  # below "First problem", "second part" is none of the problems
        raw = label.path[depth]
        place = node.find(raw)
        if place is None and family == "number" and label.upper and len(label.path) == 1 and roman(raw):
            raw = str(roman(raw))  # "II." for problem 2
            place = node.find(raw)
            if place is None:
                continue
        counted = family == "roman" or (family == "letter" and label.word == "part")  # Part 1, second part
        if place is None and counted and raw.isdecimal() and 0 < int(raw) <= len(node.children):
            place = int(raw) - 1
        count = ordinal(raw, family) if family in FAMILIES else None
        if place is None:
            place = _dotted(node, sight, depth) if depth or label.form != form else _below_roman(node, raw)
            count = count if place is None else place + 1
        if place is None and (count is None or not _belongs(node, label.path, depth, label.word)):
            continue
        explicit = bool(label.word) or _whole(node, label.path, depth)
        found.append(Entry(sight, depth, place, count or (place or 0) + 1, explicit))
    return found


def _whole(node: Node, path: tuple[str, ...], depth: int) -> bool:
    """Whether a label without a word is a problem's number and a part that the rubric has."""
    if len(path) < 2 or not path[0].isdecimal():
        return False
    place = node.find(path[depth])
    if depth or place is None:
        return place is not None
    child = node.children[place]
    return child.find(path[1]) is not None or (child.family == "letter" and 0 < roman(path[1]) <= len(child.children))


def _dotted(node: Node, sight: Sight, depth: int) -> int | None:
    """ "2.4" and "2-iv" name the fourth part of 2 also when the rubric calls it d."""
    path = sight.label.path if sight.label else ("",)
    raw = path[depth]
    if not (depth and sight.source != "inline" and node.family == "letter"):
        return None
    count = int(raw) if raw.isdecimal() else roman(raw) if path[0].isdecimal() else 0
    return count - 1 if 0 < count <= len(node.children) else None


def _roman_form(node: Node, views: Sequence[View]) -> str:
    """The form of the parts below "I. (i)" or "1. i)", where "(ii)" and "(iii)" come next; empty if there is none.

    Where letters stand below the problem as well, the numerals only list.
    """
    if node.family != "letter" or not views or not views[0][1] or views[0][0].label is None:
        return ""
    labels = [(sight.label, depth) for sight, depth in views if sight.label is not None]
    raws = [label.path[depth] for label, depth in labels if depth < len(label.path)]
    lettered = any(node.find(raw) is not None for raw in raws)
    return labels[0][0].form if raws[:1] == ["i"] and not lettered else ""


def _below_roman(node: Node, raw: str) -> int | None:
    """The place of the part that a numeral counts."""
    return roman(raw) - 1 if 0 < roman(raw) <= len(node.children) else None


def _belongs(node: Node, path: tuple[str, ...], depth: int, word: str) -> bool:
    """Whether a component that no child has can still be meant for this level."""
    if word == "part" and path[depth].isdecimal():
        return not any(child.children for child in node.children)
    return True
