"""Where the mathematics of a text begins and ends, however it is delimited."""

from __future__ import annotations

from grader.model.documents import Note, Span
from grader.model.patterns import later
from grader.read._regions import Found, Index, Region, inner_text

_PRICE = later(r"\$\d[\d,]*+(?:\.\d+)?+(?!\$|[\d\s]*[\\^_=+*/])")
_PRICE_PROSE = later(r"\d[\d.,]*\s+[A-Za-z]{2,}[^\\^_=]*\Z")
_MATHS_SIGN = later(
    r"[\\^_=+*/<>{}≤≥≈×·∂∑]|\A\s*(?:\S{1,3}|[\d.,][\d.,\s]*|[\[({][^\])}]*[\])}])\s*\Z",
)
_ITEM = later(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]")
_NEXT_ITEM = later(r"\n[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]")


def take_maths(index: Index, found: Found, start: int, stop: int, kind: str) -> int:
    """Deal with the delimiter at `start`; give back the offset from which to read on."""
    if kind == "dollar":
        # Not by the width of the event: `$0$$$` is a formula and half of a pair, then `$$`.
        take = _take_display if index.text.startswith("$$", start) else _take_inline
        return take(index, found, start)
    if kind == "env":
        return _take_environment(index, found, start, stop)
    if kind in _BRACKETS:
        return _take_bracket(index, found, start, kind)
    return stop


def _add(found: Found, text: str, kind: str, outer: tuple[int, int], inner: tuple[int, int]) -> int:
    found.regions.append(Region(kind, Span(*outer), Span(*inner), inner_text(text, *inner)))
    return outer[1]


def _take_display(index: Index, found: Found, start: int) -> int:
    wall = index.next("wall", start)
    close = index.next("$$", start + 2, nothing=-1)
    if 0 <= close < wall:
        return _add(found, index.text, "display", (start, close + 2), (start + 2, close))
    stop = min(index.next("blank", start), wall)
    while stop > start + 2 and index.text[stop - 1].isspace():
        stop -= 1
    found.notes.append(Note("unclosed-math", Span(start, stop)))
    if not index.text[start + 2 : stop].strip():  # a closing `$$` whose opening is lost
        return start + 2
    return _add(found, index.text, "display", (start, stop), (start + 2, stop))


def _take_inline(index: Index, found: Found, start: int) -> int:
    text = index.text
    close = index.next("$", start + 1)
    limit = min(index.next("blank", start), index.next("wall", start))
    if close < limit and _is_inline(text, start, close):
        return _add(found, text, "math", (start, close + 1), (start + 1, close))
    if not _PRICE.match(text, start):
        found.notes.append(Note("unclosed-math", Span(start, start + 1)))
    return start + 1


def _is_inline(text: str, start: int, close: int) -> bool:
    """Pandoc's rule (no blank inside the dollars, no digit behind), or one clear formula on one line."""
    content = text[start + 1 : close]
    after = text[close + 1 : close + 2]
    if _PRICE_PROSE.match(content) or (after.isdigit() and after.isascii()):
        return False
    if "\n" in content and _leaves_block(text, start, content):
        return False
    if not content[0].isspace() and not content[-1].isspace():
        return True
    # `$x = 3 and $y = 4$`: a closing dollar that would open the next formula closes nothing.
    opens = after not in ("", "$") and (after.isalnum() or after in "\\({[-")
    return "\n" not in content and not opens and bool(_MATHS_SIGN.search(content))


def _leaves_block(text: str, start: int, content: str) -> bool:
    line = text.rfind("\n", 0, start) + 1
    if text.startswith("|", line):
        return True
    return bool(_ITEM.match(text, line) and _NEXT_ITEM.search(content))


_BRACKETS = {"\\(": ("math", "\\)"), "\\[": ("display", "\\]")}


def _take_bracket(index: Index, found: Found, start: int, kind: str) -> int:
    """Without its partner `\\(` is an escaped bracket, not an unclosed formula."""
    if start in index.literal:
        return start + 2
    run, closing = _BRACKETS[kind]
    close = index.next(closing, start + 2, nothing=-1)
    limit = index.next("wall", start)
    if not (run == "display" and index.text.startswith("\n", start + 2)):
        limit = min(limit, index.next("blank", start))
    if not 0 <= close < limit:
        return start + 2
    return _add(found, index.text, run, (start, close + 2), (start + 2, close))


def _take_environment(index: Index, found: Found, start: int, stop: int) -> int:
    if index.text.startswith("\\end", start):
        return stop
    close = index.partner.get(start)
    if close is None or index.next("wall", start) < close[1]:
        found.notes.append(Note("unclosed-math", Span(start, stop)))
        return stop
    return _add(found, index.text, "display", (start, close[1]), (start, close[1]))
