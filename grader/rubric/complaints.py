"""How faults of a rubric are collected, quoted and given a suggestion."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from grader.model.errors import Fault
from grader.model.rubrics import Place

MOST_FAULTS = 100
LONGEST_QUOTE = 60


class Complaints:
    """The faults found so far.

    A place can be spoilt: what stands there was already refused, so nothing more is said about it.
    """

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._spoilt: set[tuple[int, int]] = set()

    def add(self, place: Place, message: str, suggestion: str | Callable[[], str] = "") -> None:
        """Notes a fault. A suggestion that takes time to find comes as a function: it is asked for only
        while the fault can still be shown."""
        if (place.line, place.column) in self._spoilt:
            return
        if not isinstance(suggestion, str):
            suggestion = "" if self.full else suggestion()
        self._faults.append(Fault(place.line, place.column, place.path, message, suggestion))

    @property
    def full(self) -> bool:
        """Are there so many that it is not worth the time to find out more?"""
        return len(self._faults) > MOST_FAULTS

    def spoil(self, place: Place) -> None:
        """Nothing more will be said about what stands here."""
        self._spoilt.add((place.line, place.column))

    def faults(self) -> tuple[Fault, ...]:
        """The first hundred in the order of the file, and how many more there are."""
        faults = sorted(self._faults, key=lambda fault: (fault.line, fault.column, fault.path))
        left = faults[MOST_FAULTS:]
        if not left:
            return tuple(faults)
        count = "1 more fault" if len(left) == 1 else f"{len(left)} more faults"
        return (*faults[:MOST_FAULTS], Fault(left[0].line, left[0].column, left[0].path, f"and {count}"))


def quoted(text: str) -> str:
    """Words of the file for a message: printable, one line, never long."""
    shown = text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 3] + "..."
    return "`" + "".join(mark if mark.isprintable() else ascii(mark)[1:-1] for mark in shown) + "`"


def listed(words: Iterable[str]) -> str:
    """`a`, `b`, `c`."""
    return ", ".join(f"`{word}`" for word in words)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The nearest known word as a suggestion, or nothing."""
    near = closest(word, known)
    return f"did you mean `{near}`?" if near else ""


def closest(word: str, known: Iterable[str]) -> str:
    """The nearest known word, or nothing."""
    from difflib import get_close_matches

    typed = word[:LONGEST_QUOTE].strip().lower().replace("_", " ")
    plain = {name.lower().replace("_", " "): name for name in known}
    near = get_close_matches(typed, plain, n=1, cutoff=0.65)
    return plain[near[0]] if near else ""
