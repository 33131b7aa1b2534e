"""Regular expressions that most hand-ins never need, compiled when they are first asked for."""

from __future__ import annotations

import re
from typing import Any, cast

from grader.model.records import NamedTuple


def later(source: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern whose compilation, which may take a millisecond, waits for its first use."""
    return cast("re.Pattern[str]", _Pattern(source, flags))


def is_plain(text: str) -> bool:
    """Whether every character but tabs and newlines is seen: no control, no mark of direction, no lone surrogate.

    What needs no pattern, of which those over all of Unicode are the slowest to compile.
    """
    return text.isprintable() or text.replace("\n", "").replace("\t", "").isprintable()


class Worded(NamedTuple):
    """A pattern for small letters, with the stems of words of which one begins a word of every text it finds."""

    stems: frozenset[str]
    pattern: re.Pattern[str]

    def search(self, text: str, said: frozenset[str] | None = None) -> re.Match[str] | None:
        """Looks for a word first, which costs less than the pattern; `said` are the stems of the text, if known."""
        said = stems_of(text) if said is None else said
        return None if self.stems.isdisjoint(said) else self.pattern.search(text)


def worded(source: str, words: str = "") -> Worded:
    """A pattern to be tried only where one of its words is; they are read off `words`, by default the pattern itself.

    Each alternative must have a whole word of its own, which is not among the smallest.
    """
    plain = _SPECIAL.sub(" ", words or source)
    return Worded(frozenset([word[:_STEM] for word in _WORDS.findall(plain) if word not in _SMALLEST]), later(source))


def stems_of(text: str) -> frozenset[str]:
    """The first letters of each word."""
    return frozenset([word[:_STEM] for word in _WORDS.findall(text)])


_SPECIAL = re.compile(r"\\.")
_WORDS = re.compile(r"[a-z]+")
_STEM = 4  # letters that are the same in all forms of a word: summed, summing
_SMALLEST = frozenset(
    "a an and are at be by for from has have i in is it its of one s t that the then there this three two was we were"
    " with".split()
)  # in too many texts to tell anything


class _Pattern:
    """Stands for the compiled pattern; its methods, once asked for, are those of the pattern itself."""

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._source, self._flags), name)
        if callable(found):
            setattr(self, name, found)
        return found
