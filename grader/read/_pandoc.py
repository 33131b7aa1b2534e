"""What pandoc makes of a Word file: escaped brackets, indices between tildes, two hyphens for a dash."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.model.documents import Span
from grader.model.patterns import later
from grader.read._regions import Region

# `\[` is a bracket of the text where it stands directly behind a letter, Y\[b, n, s\*k\], or holds numbers, \[1, 3\].
_BRACKET = later(r"\\\[(?P<inside>(?:[\w \t,.:;+()/⌊⌋⌈⌉·×−~^\n–-]|\\[*_~^+=.-])*?)\\\]", holds=("\\[",))
_NUMBERS = re.compile(r"\s*[-–]{0,2}\d+(?:\s*,\s*[-–]{0,2}\d+)+\s*")
_GLUED = re.compile(r"(?<![A-Za-z])(?:[A-Za-z]{1,3}|\w*[\d~^)\]_*])\Z")
_INDEX = later(r"(?<=[A-Za-z)\]])(?P<sign>[~^])(?P<inside>[\w=.,+*()/-]{1,24})(?P=sign)(?![~^\w])", holds=("~", "^"))
_DASH = re.compile(
    r"(?<![\w.|:<!\\-])(?P<word>[\w.]{0,20}--\w{1,20}(?![\w-])(?:\.\d{1,20})?)|(?<=\s)(?P<alone>--)(?=\s)"
)
_REACH = 12  # characters before a bracket that say whether it is an index
_FAR = 200  # characters of a line that are looked at


def literal_brackets(text: str) -> frozenset[int]:
    """Where `\\[` begins no display: behind a letter, and around numbers in a line of words.

    Around letters only where others stand behind letters.
    """
    if "\\[" not in text:
        return frozenset()
    glued: set[int] = set()
    numbers: set[int] = set()
    letters: set[int] = set()
    for found in _BRACKET.finditer(text):
        start = found.start()
        if "\n\n" in found["inside"] or not found["inside"].strip():
            continue
        if _GLUED.search(text, max(0, start - _REACH), start):
            glued.add(start)
        elif _is_among_words(text, start, found.end()):
            (numbers if _NUMBERS.fullmatch(found["inside"]) else letters).add(start)
    return frozenset(glued | numbers | letters) if glued else frozenset(numbers)


def _is_among_words(text: str, start: int, stop: int) -> bool:
    before = text[max(0, start - _FAR) : start].rpartition("\n")[2]
    after = text[stop : stop + _FAR].partition("\n")[0]
    return any(map(str.isalnum, before + after))


def exported(text: str, literal: frozenset[int], taken: list[Region]) -> Iterator[Region]:
    """The indices, powers and dashes of such a file as they were typed; none inside of what is `taken`."""
    dashes = _DASH.finditer(text) if literal else ()
    found = [*_INDEX.finditer(text), *dashes]
    if not found:
        return
    at, behind = 0, -1
    for one in sorted(found, key=lambda match: match.start()):
        while at < len(taken) and taken[at].span.stop <= one.start():
            at += 1
        if one.start() < behind or (at < len(taken) and taken[at].span.start < one.end()):
            continue
        behind = one.end()
        typed, (start, stop) = _typed(one), one.span()
        inner = Span(start, stop - (len(typed) == stop - start))  # as long as it is, it would pass for a slice
        yield Region("text", Span(start, stop), inner, typed)


def _typed(found: re.Match[str]) -> str:
    """A dash between words stays one; in brackets, and before a number, it is a minus."""
    groups = found.groupdict()
    if groups.get("word"):
        return found[0].replace("--", "–")
    if groups.get("alone"):
        before = found.string[max(0, found.start() - _FAR) : found.start()].rpartition("\n")[2]
        opened = sum(map(before.count, "([⌊")) - sum(map(before.count, ")]⌋"))
        return "-" if opened > 0 else "–"
    return ("_" if found["sign"] == "~" else "^") + "{" + found["inside"].replace("--", "-") + "}"
