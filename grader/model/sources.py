"""What was handed in, where the text that is read is not the file letter for letter."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from grader.model.records import NamedTuple


class Stretch(NamedTuple):
    """From the offset `start` of the text that is read on, up to the next stretch: where it comes from.

    If `exact`, character `start + k` is character `origin + k` of the source. Otherwise the whole stretch stands
    for `origin` to `stop`: what a macro puts there stands for the place where the macro is used.
    """

    start: int
    origin: int
    stop: int
    exact: bool


class Sheet(NamedTuple):
    """A part of the source whose lines are counted for themselves, such as a cell of a notebook."""

    start: int  # offset in the source
    name: str  # "cell 7", as a person finds it


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file as a person sees it, and how the text that is read maps to it.

    Without stretches both are the same; without sheets the lines are those of the file.
    """

    text: str
    stretches: tuple[Stretch, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    _starts: tuple[int, ...] = field(default=(), repr=False, compare=False)
    _sheets: tuple[int, ...] = field(default=(), repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(stretch.start for stretch in self.stretches))
        object.__setattr__(self, "_sheets", tuple(sheet.start for sheet in self.sheets))

    def origin(self, offset: int) -> tuple[int, int]:
        """The stretch of the source that a character of the text that is read stands for."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return offset, offset + 1
        stretch = self.stretches[at]
        if not stretch.exact:
            return stretch.origin, stretch.stop
        place = stretch.origin + offset - stretch.start
        return place, place + 1

    def sheet(self, offset: int) -> Sheet:
        """The sheet on which a character of the source stands; without sheets the whole file, unnamed."""
        at = bisect_right(self._sheets, offset) - 1
        return self.sheets[at] if at >= 0 else Sheet(0, "")
