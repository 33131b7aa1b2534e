"""Fences that hold mathematics and no code: `math` as GitHub shows it, `latex`, `{math}` of MyST."""

from __future__ import annotations

from collections.abc import Sequence

from grader.model.documents import Span
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.read._fences import Fence, left_margin
from grader.read._regions import ENVIRONMENTS, QUOTE, Region, inner_text

_INFO = later(r"\{?[.=]?(?:math|latex|tex|katex|mathjax|asciimath)\b", holds=("math", "tex"))
_DELIMITED = later(r"\$|\\[(\[]|\\begin\s?\{" + ENVIRONMENTS + r"\}")
# The source of a whole text, or of what is no formula: it stays code.
_SOURCE = later(
    r"\\(?:documentclass|usepackage|section|item|(?:re)?newcommand)\b|\\begin\s?\{(?:document|tabular|tikz)"
)
_OPTIONS = later(r"(?:[ \t>]*:[a-z-]+:[^\n]*\n)+")  # `:label: eq-1` of MyST


class Formal(NamedTuple):
    """What the fences of a text are: formulas, the lines that are blank for Markdown, and the fences that hold code."""

    regions: list[Region]
    blank: list[tuple[int, int]]
    code: list[Fence]


def formulas_of(text: str, fences: Sequence[Fence]) -> Formal:
    """Tells fences of mathematics from code.

    What delimits its formulas itself, `$k_1 = 0$ and $k_2 = 1$`, is read as words; only its fence is no part of them.
    """
    found = Formal([], [], [])
    for fence in fences:
        begin, stop = fence.opening + 1, text.rfind("\n", 0, fence.stop) if fence.closed else fence.stop
        body = text[begin:stop]
        if not _INFO.match(fence.info.lower()) or not body.strip(" \t\n>") or _SOURCE.search(body):
            found.code.append(fence)
            continue
        options = _OPTIONS.match(text, begin, stop)
        begin = options.end() if options else begin
        found.blank.append((fence.ticks, begin - 1))
        if fence.closed:
            found.blank.append(_closing(text, stop + 1, fence.stop))
        if not _DELIMITED.search(body):
            found.regions.append(_display(text, fence, begin, stop))
    return found


def _display(text: str, fence: Fence, begin: int, stop: int) -> Region:
    """The lines between; where their indentation would make them code they begin at the margin of the fence."""
    quote = QUOTE.match(text, begin, stop)
    margin = left_margin(text, fence)
    deep = fence.ticks - fence.start if margin is None else margin
    stop = max(begin, begin + len(text[begin:stop].rstrip()))  # where the paragraph around it ends
    line = text[begin:stop]
    start = quote.end() if quote else begin + min(deep, len(line) - len(line.lstrip(" \t")))
    inner = begin + len(line) - len(line.lstrip(" \t>"))
    return Region("display", Span(start, stop), Span(inner, stop), inner_text(text, inner, stop))


def _closing(text: str, start: int, stop: int) -> tuple[int, int]:
    return start + len(text[start:stop]) - len(text[start:stop].lstrip(" \t>")), stop
