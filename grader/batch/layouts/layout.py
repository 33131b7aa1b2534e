"""What a layout of a download must offer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from grader.model.patterns import later
from grader.model.records import NamedTuple

_DIGITS = later(r"(\d+)")


class Tree(NamedTuple):
    """A download: all paths in it, `/` between folders, those to ignore and empty folders with a slash at the end.

    `load` gives the bytes of a small file, None if they cannot be had. `asked` is the layout asked for, or `auto`.
    """

    name: str
    names: tuple[str, ...]
    load: Callable[[str], bytes | None]
    pattern: str = ""
    assignment: str = ""
    asked: str = "auto"

    @property
    def forced(self) -> bool:
        """Was the layout asked for?"""
        return self.asked != "auto"

    @property
    def tops(self) -> tuple[str, ...]:
        """The names at the top, folders with a slash behind them, sorted."""
        return tuple(sorted({name[: name.find("/") + 1] or name for name in self.names}))


class Place(NamedTuple):
    """Whose a file is. An empty `student`: nobody's, the download's own."""

    student: str
    path: str  # inside the hand-in
    attempt: str | None = None  # None: of whichever attempt counts
    late: bool | None = None  # None: nothing says so
    question: str = ""  # what the file is said to answer
    aside: bool = False  # belongs to the hand-in, and is no answer
    note: str = ""  # what has to be said of it
    shown: Callable[[bytes], bytes] | None = None  # leaves what the platform wrote out of it, lines keep their number
    earlier: tuple[str, ...] = ()  # attempts that are mentioned and not there


Places = Mapping[str, Place]


def natural(label: str) -> tuple[Any, ...]:
    """Orders labels as people count: "2" before "10", and nothing before all.

    Numbers are compared as texts: Python refuses to convert one of five thousand digits.
    """
    parts = ((part, part.lstrip("0")) for part in _DIGITS.split(label) if part)
    return tuple((0, len(bare), bare) if part.isdecimal() else (1, 0, part) for part, bare in parts)


def shared_start(texts: Sequence[str], sign: str) -> str:
    """What several texts begin with alike, up to the last such sign."""
    low, high = min(texts), max(texts)
    most = next((at for at, pair in enumerate(zip(low, high, strict=False)) if len(set(pair)) > 1), len(low))
    return low[: low.rfind(sign, 0, most) + 1]


class Layout(NamedTuple):
    """A way to lay out the hand-ins of a class.

    `places` says whose each path is, as far as it can tell; a path that is not in the tree is a hand-in that is
    mentioned and missing. It raises UsageError if something has to be asked first. `certain` is asked when every
    path has a place: could these names be anything else? `order` sorts the labels of attempts.
    """

    name: str
    doc: str
    places: Callable[[Tree], Places]
    certain: Callable[[Tree, Places], bool]
    order: Callable[[str], tuple[Any, ...]] = natural


def always(tree: Tree, places: Places) -> bool:
    """For names that nobody would give by chance."""
    return True


def never(tree: Tree, places: Places) -> bool:
    """For a layout that has to be asked for."""
    return False
