"""What Markdown may see of a text: a copy of the same length with everything else blacked out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from grader.model.documents import Note, Span
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.read._fences import Fence, find_fences, left_margin
from grader.read._formulafences import formulas_of
from grader.read._maths import take_maths
from grader.read._obsidian import OWN_MARKS, unprinted
from grader.read._pandoc import exported, literal_brackets
from grader.read._regions import HEADING, Found, Index, Region
from grader.read._stars import arithmetic

# For CommonMark a formula is a letter, so `**$x$**` is bold; a tag is punctuation, so `<p>_x_</p>` works.
_LETTER = "\ue000"
_POINT = "‡"

_FRONT = later(r"---[ \t]*\n(?P<body>(?:[^\n]*\n){1,60}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FRONT_LINE = later(r"[\w\"' .-]+:(?:\s|\Z)|[ \t]|- |#|\Z")
_FRONT_KEY = later(r"^[A-Za-z_][\w -]*:", re.MULTILINE)


class Scan(NamedTuple):
    """The masked text, and what was taken out of it."""

    masked: str
    found: Found
    fences: tuple[Fence, ...]


def scan_markdown(text: str) -> Scan:
    """Everything that has to be decided before the blocks are known."""
    fences, lost = find_fences(text)
    index = Index(text, _walls(text, fences))
    index.literal = literal_brackets(text)
    found = Found()
    skip = sorted([(fence.start, fence.stop) for fence in fences] + lost)
    front = _front_matter(text)
    if front:
        skip.insert(0, (0, front))
    formal = formulas_of(text, fences)
    if formal.regions or formal.blank:
        fences = formal.code
        code = [(fence.start, fence.stop) for fence in fences] + [region.span for region in formal.regions]
        skip = sorted([*code, *lost, *formal.blank, *([(0, front)] if front else [])])
    literal = _take_all(index, found, skip)
    _add(found, formal.regions)
    _add(found, [*exported(text, index.literal, found.regions)] if "~" in text or index.literal else ())
    if any(mark in text for mark in OWN_MARKS):
        unseen, notes = unprinted(text, found.regions, skip)
        _add(found, unseen)
        found.notes += notes
    found.notes += [Note("unclosed-fence", Span(*span)) for span in lost]
    found.notes.sort(key=_place)
    found.marks.sort()
    # Escapes and links are left to CommonMark: black out only what it would misread.
    blank = (*lost, *formal.blank, *([(0, front)] if front else []))
    patches = [(start, stop, re.sub(r"[^\n]", " ", text[start:stop])) for start, stop in blank]
    patches += _shifted(text, fences)
    patches += [(at, at + 1, _LETTER) for at in literal]
    for region in found.regions:
        span = region.span
        filler = _LETTER if region.kind in ("math", "display") else _POINT
        patches.append((span.start, span.stop, filler * (span.stop - span.start)))
    if "*" in text or "_" in text:
        patches += [(start, stop, _LETTER * (stop - start)) for start, stop in arithmetic(text)]
    return Scan(_patched(text, patches), found, tuple(fences))


def _add(found: Found, regions: Iterable[Region]) -> None:
    if regions:
        found.regions = sorted([*found.regions, *regions], key=lambda region: region.span.start)


def scan_plain(text: str) -> Found:
    """Mathematics is the only markup of a plain text."""
    found = Found()
    index = Index(text, [])
    _take_all(index, found, [], plain=True)
    return found


def scan_page(text: str, walls: list[int], literal: list[tuple[int, int]]) -> Found:
    """The mathematics typed into a page: between the walls, and outside of what is literal. Both are in order."""
    found = Found()
    _take_all(Index(text, walls), found, literal, plain=True)
    return found


def _take_all(index: Index, found: Found, skip: list[tuple[int, int]], plain: bool = False) -> list[int]:
    """Fill `found`; give back the offsets of comment marks that are only text."""
    literal: list[int] = []
    at = 0
    ahead = 0
    for begin, stop, kind in index.events:
        while ahead < len(skip) and skip[ahead][1] <= begin:
            ahead += 1
        if ahead < len(skip) and skip[ahead][0] <= begin:
            continue
        # `$x$$y$`: the first of two dollars closed a formula, the second opens the next.
        start = max(begin, at) if kind == "dollar" else begin
        if not at <= start < stop or (plain and kind in ("ticks", "comment", "tag")):
            continue
        at = _take(index, found, start, stop, kind)
        if kind == "comment" and at == start + 4:
            literal.append(start)
    return literal


def _take(index: Index, found: Found, start: int, stop: int, kind: str) -> int:
    if kind == "ticks":
        return _code_end(index, start, stop)
    if kind == "comment":
        from grader.read._html import take_comment

        return take_comment(index, found, start)
    if kind == "tag":
        from grader.read._html import take_tag

        return take_tag(index, found, start, stop)
    return take_maths(index, found, start, stop, kind)


def _code_end(index: Index, start: int, stop: int) -> int:
    close = index.next("`" * (stop - start), stop)
    if close < min(index.next("blank", start), index.next("wall", start)):
        return close + stop - start
    return stop


def _walls(text: str, fences: list[Fence]) -> list[int]:
    walls = [fence.start for fence in fences]
    ahead = 0
    for match in HEADING.finditer(text):
        while ahead < len(fences) and fences[ahead].stop <= match.start():
            ahead += 1
        if ahead == len(fences) or match.start() < fences[ahead].start:
            walls.append(match.start())
    walls.sort()
    return walls


def _front_matter(text: str) -> int:
    """The end of a YAML header; two rules with an answer between them are none."""
    match = _FRONT.match(text) if text.startswith("---") else None
    if not match or not _FRONT_KEY.search(match["body"]):
        return 0
    return match.end() if all(_FRONT_LINE.match(line) for line in match["body"].split("\n")) else 0


def _shifted(text: str, fences: list[Fence]) -> list[tuple[int, int, str]]:
    patches = []
    for fence in fences:
        margin = left_margin(text, fence)
        if margin is not None:
            line = " " * margin + text[fence.ticks : fence.opening]
            patches.append((fence.start, fence.opening, line.ljust(fence.opening - fence.start)))
    return patches


def _place(note: Note) -> tuple[int, int]:
    return (note.span.start, note.span.stop) if note.span else (0, 0)


def _patched(text: str, patches: list[tuple[int, int, str]]) -> str:
    patches.sort(key=lambda patch: (patch[0], -patch[1]))
    pieces: list[str] = []
    at = 0
    for start, stop, replacement in patches:
        if start < at:  # inside a longer one: a star in a formula
            continue
        pieces += (text[at:start], replacement)
        at = stop
    pieces.append(text[at:])
    return "".join(pieces)
