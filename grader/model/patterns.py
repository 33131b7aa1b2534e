"""Regular expressions that most hand-ins never need, compiled when they are first asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from grader.model.records import NamedTuple

_compile = re.compile


def later(source: str, flags: int = 0, holds: Sequence[str] = ()) -> re.Pattern[str]:
    """A pattern whose compilation, which may take a millisecond, waits for its first use.

    If all that it finds holds one of some words, `holds` (in small letters where the case is ignored), it is asked
    only about texts with such a word; a line of its own each time, for long texts are not looked through from within.
    """
    pattern = cast("re.Pattern[str]", _Pattern(source, flags))
    return (
        cast("re.Pattern[str]", _Holding(pattern, tuple(holds), bool(flags and flags & re.IGNORECASE)))
        if holds
        else pattern
    )


@contextmanager
def postponed() -> Iterator[None]:
    """Around an import: what a library compiles as it is imported waits for its first use as well.

    PyYAML alone takes five milliseconds for patterns of which we ask none.
    """
    usual = re.compile

    def wait(source: Any, flags: int = 0) -> Any:
        return cast(Any, _Pattern(source, flags)) if isinstance(source, str) else _compile(source, flags)

    re.compile = wait  # type: ignore[assignment]
    try:
        yield
    finally:
        re.compile = usual


def folded(text: str) -> str:
    """The text in small letters, as a pattern that ignores the case reads it."""
    text = text.lower()
    if not text.isascii():
        for letter, plain in _ALIKE:
            text = text.replace(letter, plain)
    return text


_ALIKE = (("\u017f", "s"), ("\u0131", "i"), ("i\u0307", "i"))  # ſ, ı and what İ becomes


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
        found = getattr(_compile(self._source, self._flags), name)
        if callable(found):
            setattr(self, name, found)
        return found


class _Holding:
    """Stands for a pattern that is asked only where one of its words is; what else a pattern can do is as always."""

    def __init__(self, pattern: re.Pattern[str], words: tuple[str, ...], folds: bool) -> None:
        self.pattern, self.words, self.folds = pattern, words, folds

    def search(self, text: str, *places: int) -> re.Match[str] | None:
        return self.pattern.search(text, *places) if self._may_match(text) else None

    def match(self, text: str, *places: int) -> re.Match[str] | None:
        return self.pattern.match(text, *places) if self._may_match(text) else None

    def fullmatch(self, text: str, *places: int) -> re.Match[str] | None:
        return self.pattern.fullmatch(text, *places) if self._may_match(text) else None

    def finditer(self, text: str, *places: int) -> Iterator[re.Match[str]]:
        return self.pattern.finditer(text, *places) if self._may_match(text) else iter(())

    def sub(self, new: str, text: str) -> str:
        return self.pattern.sub(new, text) if self._may_match(text) else text

    def __getattr__(self, name: str) -> Any:
        return getattr(self.pattern, name)

    def _may_match(self, text: str) -> bool:
        text = folded(text) if self.folds else text
        for word in self.words:  # noqa: SIM110 - asked hundreds of times a hand-in: half of what `any` costs
            if word in text:
                return True
        return False
