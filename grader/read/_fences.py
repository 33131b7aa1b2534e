"""Which lines open and close a block of code, when students forget or indent the fence."""

from __future__ import annotations

import re

from grader.model.patterns import later
from grader.model.records import NamedTuple

_FENCE = re.compile(
    r"^(?P<prefix>(?:[ \t>]|[-+*][ \t]|\d{1,9}[.)][ \t])*+)(?P<ticks>`{3,}|~{3,})(?P<info>[^\n]*)$",
    re.MULTILINE,
)
_TAG = re.compile(r"[ \t]*\{?[.A-Za-z]")
_MARKER = re.compile(r"[-+*\d]")
_ITEM = later(r"(?:[-*+]|\d{1,9}[.)])[ \t]")


class Fence(NamedTuple):
    """Offsets of a block of code; `opening` is the end of its first line, `stop` that of its last."""

    start: int  # of the line
    ticks: int
    opening: int
    stop: int
    closed: bool
    info: str


def find_fences(text: str) -> tuple[list[Fence], list[tuple[int, int]]]:
    """The blocks of code, and the spans of opening marks that nothing closes.

    A fence that meets a second opening line with a language (```` ```py ````) was not closed before it.
    """
    if "```" not in text and "~~~" not in text:
        return [], []
    fences: list[Fence] = []
    lost: list[tuple[int, int]] = []
    first: re.Match[str] | None = None
    quote = -1  # where the block quote ends that was looked at last
    for match in _FENCE.finditer(text):
        if first is not None and ">" in first["prefix"]:
            quote = quote if first.end() <= quote else _quote_end(text, first.end())
            if quote < match.start():
                fences.append(_fence(first, quote, closed=False))
                first = None
        if first is None:
            if match["ticks"][0] == "~" or "`" not in match["info"]:
                first = match
        elif _closes(first, match):
            fences.append(_fence(first, match.end(), closed=True))
            first = None
        elif _reopens(first, match):
            lost.append((first.start("ticks"), first.end()))
            first = match
    if first is not None:
        end = _quote_end(text, first.end()) if ">" in first["prefix"] else len(text)
        if end < len(text.rstrip()):
            fences.append(_fence(first, end, closed=False))
        else:
            lost.append((first.start("ticks"), first.end()))
    return fences, lost


def left_margin(text: str, fence: Fence) -> int | None:
    """The indentation an over-indented fence should have had; None if it may stay where it is.

    Under a paragraph such as `  b) see below`, a fence four blanks in would be words for CommonMark.
    """
    margin = fence.ticks - fence.start
    if margin < 4 or text[fence.start : fence.ticks].strip(" \t"):
        return None
    start = fence.start
    for _ in range(200):
        if start == 0:
            return 0
        stop, start = start - 1, text.rfind("\n", 0, start - 1) + 1
        line = text[start:stop]
        words = line.lstrip(" \t")
        if words and len(line) - len(words) < margin:
            return None if _ITEM.match(words) else min(3, len(line) - len(words))
    return None


def _fence(first: re.Match[str], stop: int, closed: bool) -> Fence:
    return Fence(first.start(), first.start("ticks"), first.end(), stop, closed, first["info"].strip())


def _same(first: re.Match[str], match: re.Match[str]) -> bool:
    return match["ticks"][0] == first["ticks"][0] and len(match["ticks"]) >= len(first["ticks"])


def _closes(first: re.Match[str], match: re.Match[str]) -> bool:
    return _same(first, match) and not match["info"].strip() and not _MARKER.search(match["prefix"])


def _reopens(first: re.Match[str], match: re.Match[str]) -> bool:
    return _same(first, match) and "`" not in match["info"] and bool(_TAG.match(match["info"]))


def _quote_end(text: str, start: int) -> int:
    """The end of the last line of the block quote that goes on behind `start`."""
    while start < len(text):
        stop = text.find("\n", start + 1)
        stop = len(text) if stop < 0 else stop
        if not text[start + 1 : stop].lstrip(" \t").startswith(">"):
            return start
        start = stop
    return start
