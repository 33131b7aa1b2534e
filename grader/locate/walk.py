"""Tells labels from lists and prose by what others of their style say."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from grader.locate.entries import Entry, Style
from grader.locate.outline import Node, roman
from grader.locate.sights import Sight


class Walk:
    """Goes through the entries of one level and remembers where in the sequence it stands."""

    __slots__ = (
        "_bare",
        "_begun",
        "_closed",
        "_corrects",
        "_covered",
        "_current",
        "_nested",
        "_node",
        "_permuted",
        "_primary",
        "_runs",
        "_taken",
        "_weak",
    )

    def __init__(self, node: Node, entries: Sequence[Entry]) -> None:
        labels = [entry for entry in entries if entry.sight.label is not None]
        outer = [entry for entry in labels if entry.sight.source != "inline"]
        known = [entry for entry in outer if entry.place is not None]
        strong = [entry for entry in known if entry.strong and not _apart(entry)]
        self._node = node
        self._primary = _primary(strong or [entry for entry in known if not _apart(entry)] or known)
        self._weak = not strong
        own = [entry.place for entry in known if entry.style == self._primary and entry.sight.at == 0]
        self._permuted = len(own) > 1 and sorted(own) == list(range(len(node.children)))  # type: ignore[type-var]
        self._bare = len(node.children) > 1 or bool(node.key)  # one question: a bare 1. is a step of it
        self._covered = {entry.place for entry in strong or known if entry.explicit or entry.style == self._primary}
        self._current: Entry | None = None
        self._begun = _begun(labels)
        self._closed = ""
        self._corrects = _corrects(entries)
        self._runs: dict[Style, int] = {}
        self._taken: set[int | None] = set()
        self._nested = 0  # how many labels of a list inside the current answer have passed

    def takes(self, entry: Entry) -> bool:
        """Whether this entry begins something new."""
        if entry.sight.label is None:
            return self._ends(entry)
        if self._is_nested(entry):
            self._nested += 1
            return False
        accepted = self._judge(entry)
        if accepted:
            self._taken.add(entry.place)
            self._nested = 0
            self._current, self._closed = entry, self._closed if self._closed != "end" else ""
            self._runs.clear()
        return accepted

    def _ends(self, entry: Entry) -> bool:
        current = self._current
        if not entry.sight.closes:
            return True  # "c, d, e" above their table, which goes on from b
        deeper = current is not None and current.sight.heading and entry.sight.level > current.sight.level
        if deeper and entry.sight not in self._corrects:
            return False
        self._current, self._closed = None, entry.sight.closes
        return True

    def _is_nested(self, entry: Entry) -> bool:
        """Whether it goes on with the answer's own list: "(c) (a) 3 (b) 9", where (a) and (b) were answered above.

        Such a list begins where nothing stands between the label and its (a).
        """
        current = self._current
        label = current.sight.label if current else None
        if current is None or label is None or entry.rest or entry.sight.heading:
            return False
        if not 0 < entry.ordinal <= current.ordinal - (not self._nested) or entry.ordinal != self._nested + 1:
            return False
        if self._nested:
            return True
        one, other = current.sight, entry.sight
        at_once = other.block == one.block and other.at <= label.stop
        below = label.alone and other.block == one.block + 1 and not other.at
        return entry.place in self._taken and (at_once or below)

    def _judge(self, entry: Entry) -> bool:
        current, style = self._current, entry.style
        if current is not None and entry.rest and entry.place == current.place:
            return False  # "3a" inside 3, or "2c" after "2b": a matter of the level below
        if entry.sight.source == "inline":
            return self._continues(entry)
        successor = entry.ordinal == (current.ordinal if current else 0) + 1
        if entry.place is None and not successor and _is_roman(entry):
            return False  # (i) under (b) is no ninth part
        if self._decimal(entry):
            return False
        if entry.explicit:
            known = entry.place is not None or entry.sight.heading or self._label_word(entry)
            return bool(known) or (successor and current is not None)
        if self._closed == "end" and not entry.sight.heading:
            return False  # a numbered list of references
        if style == self._primary:
            above = successor and current is not None and current.style == style and not current.rest
            fresh = self._weak or entry.place not in self._covered or above  # "4." behind "3.", above "4a"
            return entry.sight.heading or (self._bare and fresh and self._weakly(entry))
        return self._other(entry)

    def _decimal(self, entry: Entry) -> bool:
        """Whether "2.5:" is a number, because the rubric has nothing below 2."""
        label = entry.sight.label
        if label is None or label.word or label.form.startswith("(") or entry.sight.heading:
            return False
        if not entry.rest or entry.place is None:
            return False
        return all(raw.isdecimal() for raw in label.path) and not self._node.children[entry.place].children

    @staticmethod
    def _label_word(entry: Entry) -> str:
        label = entry.sight.label
        return label.word if label and (label.closed or label.alone) else ""

    def _continues(self, entry: Entry) -> bool:
        """In the middle of a line only the very next label of the same form counts."""
        current, label = self._current, entry.sight.label
        if current is None and entry in self._begun and entry.place not in self._covered:
            return True
        if current is None or current.sight.label is None or label is None or entry.place is None:
            return False
        if current.sight.block != entry.sight.block or entry.place in self._covered - {current.place}:
            return self._explicit_next(entry, current)
        return label.form == current.sight.label.form and entry.ordinal == current.ordinal + 1

    @staticmethod
    def _explicit_next(entry: Entry, current: Entry) -> bool:
        same = current.sight.block == entry.sight.block
        return same and entry.explicit and entry.ordinal == current.ordinal + 1

    def _weakly(self, entry: Entry) -> bool:
        """A bare label of the style in use: forward, or a repetition of something that exists."""
        step = entry.ordinal - (self._current.ordinal if self._current else 0)
        if entry.place is not None and step > 1 and (self._beside(entry) or entry in self._begun):
            return True  # "- b: 20", "- d: 1820": nothing was written for c
        if entry.place is None or (_shaky(entry) and not self._permuted):  # "b. 20", "a. 10", "c. 5": all of them, once
            return step == 1 and (self._current is not None or entry.place is not None)
        return True

    def _beside(self, entry: Entry) -> bool:
        """Whether it begins an item of the same list as the entry before."""
        before = self._current.sight if self._current is not None and self._current.style == entry.style else None
        return before is not None and entry.sight.level == before.level > 0 == entry.sight.at == before.at

    def _other(self, entry: Entry) -> bool:
        """A label of another style than the file's own: a list inside an answer, unless it fits the gap."""
        current, style = self._current, entry.style
        count = entry.ordinal
        if style in self._runs and count == self._runs[style] + 1:
            self._runs[style] = count
            return False
        if current is not None and count == 1:
            self._runs[style] = 1
            return False
        position = current.ordinal if current else 0
        gap = entry.place is not None and entry.place not in self._covered
        after = current.place + 1 if current and current.place is not None else 0
        if gap and (entry.place == after or (entry.sight.heading and count > position)):
            return entry.sight.heading or self._bare
        shallow = current is None or not current.sight.heading or entry.sight.level <= current.sight.level
        return entry.sight.heading and shallow


def _begun(labels: Sequence[Entry]) -> list[Entry]:
    """The first part in the middle of a line, where the second follows: "**P4.** Let d = dJ/dZ. a) ... b) ...", and
    items of a list that the next one follows."""
    found = []
    for entry, following in pairwise(labels):
        one, other = entry.sight, following.sight
        inline = one.source == other.source == "inline" and one.block == other.block
        signed = one.label is not None and other.label is not None and one.label.form == other.label.form
        if inline and signed and entry.place == 0 and (entry.ordinal, following.ordinal) == (1, 2):
            found.append(entry)
        items = one.level == other.level > 0 == one.at == other.at
        if items and signed and following.ordinal == entry.ordinal + 1:  # a list that begins with "- b: 20"
            found.append(entry)
    return found


def _apart(entry: Entry) -> bool:
    """A correction or a row of a table comes on top of the labels of the answers themselves."""
    label = entry.sight.label
    return entry.sight.source == "row" or (label is not None and label.correction)


def _is_roman(entry: Entry) -> bool:
    label = entry.sight.label
    return label is not None and bool(roman(label.path[entry.depth]))


def _shaky(entry: Entry) -> bool:
    """ "b." and "b:" open sentences as well as answers."""
    label = entry.sight.label
    if label is None or label.path[-1].isdecimal():
        return False
    return label.form in ("%.", "%:") or (label.form == "%" and not label.closed)


def _primary(entries: Sequence[Entry]) -> Style | None:
    """The style that covers most children with fewest repetitions; with a word, and first, if equal."""
    groups: dict[Style, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.style, []).append(entry)

    def merit(style: Style) -> tuple[int, bool, int]:
        group = groups[style]
        distinct = len({entry.place for entry in group})
        again = sum(
            a.place == b.place and a.rest for a, b in zip(group[1:], group, strict=False)
        )  # "2a", "2b": no repetition
        return 2 * distinct + again - len(group), style[1] == "word", -style[2]

    return max(groups, key=merit, default=None)


def _corrects(entries: Sequence[Entry]) -> list[Sight]:
    """Headings of corrections directly above a whole label, "2b": below any heading, they are of the whole hand-in."""
    return [
        one.sight
        for one, following in pairwise(entries)
        if one.sight.closes == "corrections" and following.explicit and following.rest
    ]
