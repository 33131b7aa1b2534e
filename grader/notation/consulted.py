"""Declared names and settings that remember which of them a reading asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grader.notation.tokens import Names


class Consulted(Mapping[str, int]):
    """The same names; where others answer every question alike, the reading under them is the same too.

    One answer is read under the names of each part that asks for something in it, which differ in a name or two.
    """

    __slots__ = ("_all", "_asked", "_names")

    def __init__(self, names: Names) -> None:
        self._names = names
        self._asked: dict[str, int | None] = {}
        self._all = False

    def get(self, name: str, default: int | None = None) -> int | None:  # type: ignore[override]
        found = self._asked[name] = self._names.get(name)
        return default if found is None else found

    def __contains__(self, name: object) -> bool:
        found = self._asked[name] = self._names.get(name)  # type: ignore[index, call-overload]
        return found is not None

    def __getitem__(self, name: str) -> int:
        self._asked[name] = self._names.get(name)
        return self._names[name]

    def __iter__(self) -> Iterator[str]:
        self._all = True
        return iter(self._names)

    def __len__(self) -> int:
        self._all = True
        return len(self._names)

    def is_answered_alike(self, names: Names) -> bool:
        """Whether other names give the same answers to all that was asked."""
        if self._all:
            return self._names == names
        return all([names.get(name) == found for name, found in self._asked.items()])


class Choice:
    """A setting of a reading that remembers whether it was asked for; if not, the reading is the same without it."""

    __slots__ = ("_chosen", "asked")

    def __init__(self, chosen: bool) -> None:
        self._chosen, self.asked = chosen, False

    def __bool__(self) -> bool:
        self.asked = True
        return self._chosen

    def is_answered_alike(self, chosen: bool) -> bool:
        """Whether another choice makes no difference."""
        return not self.asked or self._chosen == chosen
