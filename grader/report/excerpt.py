"""How the student's own words are shown: a few rows, safe, with carets under the words that count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.model.results import Evidence
from grader.report.clean import ELLIPSIS, clean, width

COLUMNS = 100  # of a row in a file; a terminal says its own
_LEAST_COLUMNS = 20
_EXCERPTS, _ROWS, _CHARACTERS = 6, 10, 700
# Characters that are shown as they are and take one column: Latin, Greek, punctuation, arrows, mathematical signs.
_NARROW = later("[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e\u2070-\u20cf\u2100-\u2319]*")

Stretch = tuple[int, int]  # offsets into a line
Line = tuple[str, int]  # file, with the cell of a notebook, and number
Char = tuple[str, bool]  # a character, and whether the mark is about it
_PASSED = (" ", ELLIPSIS)  # need no caret where everything else has one


class Excerpt(NamedTuple):
    """Lines that stand together in one file; `text` is clean, the file name is not."""

    file: str
    line: int
    text: str


def excerpts(evidence: Iterable[Evidence], columns: int = COLUMNS, whole: bool = False) -> tuple[Excerpt, ...]:
    """The lines of the evidence, each once, neighbours together; at most six pieces of ten rows, unless the whole
    is asked for.

    A line longer than `columns` is cut to the words that count with what stands around them.
    """
    lines = _lines(evidence)
    groups: list[list[Line]] = []
    for file, number in lines:
        if groups and groups[-1][-1] == (file, number - 1):
            groups[-1].append((file, number))
        else:
            groups.append([(file, number)])
    room = max(columns, _LEAST_COLUMNS)
    return tuple(
        Excerpt(*group[0], _cut_off([_rows(*lines[line], room) for line in group], None if whole else _ROWS))
        for group in groups[: None if whole else _EXCERPTS]
    )


def _lines(evidence: Iterable[Evidence]) -> dict[Line, tuple[str, list[Stretch]]]:
    """Every line that some evidence shows, and the stretches of it that count."""
    lines: dict[Line, tuple[str, list[Stretch]]] = {}
    for one in evidence:
        start, stop = one.column - 1, one.column - 1 + one.width
        for number, text in enumerate(one.text.rstrip("\n").split("\n"), start=one.line):
            _, stretches = lines.setdefault((one.place, number), (text, []))
            inside = (max(0, start), min(stop, len(text)))
            if one.width and inside[0] < inside[1]:
                stretches.append(inside)
            start, stop = start - len(text) - 1, stop - len(text) - 1
    return lines


def _cut_off(lines: list[list[str]], most: int | None) -> str:
    """So many rows of words, and as many characters: marks that take no room count too; rows of carets do not."""
    shown: list[str] = []
    count = length = 0
    for rows in lines:
        for row in rows:
            if not ("^" in row and set(row) <= {"^", " "}):
                count, length = count + 1, length + len(row)
            if most is not None and (count > most or (length > _CHARACTERS and shown)):
                return "\n".join([*shown, ELLIPSIS])
            shown.append(row)
    return "\n".join(shown)


def _rows(line: str, stretches: list[Stretch], columns: int) -> list[str]:
    """A line as one row and its carets; if even the words that count are too long, those words in rows."""
    narrow = (line.isascii() and line.isprintable()) or _NARROW.fullmatch(line)
    if narrow and (rows := _narrow_rows(line, stretches, columns)):  # most lines, and ten times faster
        return rows
    chars = list(_cleaned(line, stretches))
    first, last = _counting([counts for _, counts in chars], columns)
    if _width(chars) <= columns:
        return _row(chars)
    if _width(chars[first:last]) > columns - 2:
        return [_text(row).rstrip() for row in _wrapped(_between(chars, first, last), columns)]
    free = columns - 2 - _width(chars[first:last])
    before = _room(reversed(chars[:first]), max(free // 2, free - _width(chars[last:])))
    after = _room(chars[last:], free - _width(chars[first - before : first]))
    return _row(_between(chars, first - before, last + after))


def _counting(counts: Sequence[bool], columns: int) -> Stretch:
    """From the first to the last character that counts; the beginning of a line where none does."""
    if True not in counts:
        return 0, min(len(counts), columns - 2)
    return counts.index(True), len(counts) - counts[::-1].index(True)


def _narrow_rows(line: str, stretches: list[Stretch], columns: int) -> list[str]:
    """What the characters one by one would give, for a line of narrow ones; nothing if what counts is too long."""
    text = line.rstrip()
    carets = " " * len(text)
    for start, stop in stretches:
        carets = carets[:start] + "^" * (min(stop, len(text)) - start) + carets[stop:]
    if len(line) > columns:
        first, last = _counting([mark == "^" for mark in carets], columns)
        free = columns - 2 - (last - first)
        if free < 0:
            return []
        before = min(first, max(free // 2, free - (len(line) - last)))
        cut = slice(first - before, last + max(0, free - before))
        head, tail = (any(map(str.isalnum, words)) for words in (line[: cut.start], line[cut.stop :]))
        text = f"{ELLIPSIS * head}{line[cut]}{ELLIPSIS * tail}".rstrip()
        carets = " " * head + carets[cut]
    carets = carets.rstrip()
    marks = carets.ljust(len(text))
    if not carets or all(mark == "^" or char in _PASSED for mark, char in zip(marks, text, strict=True)):
        return [text]
    return [text, carets]


def _row(chars: list[Char]) -> list[str]:
    """The row, and below it the carets; none where the mark is about the whole row."""
    text = _text(chars).rstrip()
    if all(counts or not char.strip() for char, counts in chars if char != ELLIPSIS):
        return [text]
    plain = text.isascii()
    carets = "".join(("^" if counts else " ") * (1 if plain else width(char)) for char, counts in chars).rstrip()
    return [text, carets] if carets else [text]


def _cleaned(line: str, stretches: list[Stretch]) -> Iterator[Char]:
    """The characters that can be shown. Cleaning goes piece by piece, so that carets stay in their places."""
    edges = sorted({0, len(line), *(edge for stretch in stretches for edge in stretch)})
    for start, stop in pairwise(edges):
        counts = any(low <= start and stop <= high for low, high in stretches)
        piece = clean(line[start:stop]).replace("\n", " ").replace("\t", " ")
        trailing = len(piece) - len(piece.rstrip()) if stop == len(line) else 0
        for place, char in enumerate(piece):
            yield char, counts and place < len(piece) - trailing


def _between(chars: list[Char], first: int, last: int) -> list[Char]:
    """A stretch with dots where words were cut off; the `$$` around a formula are no words."""
    before, after = (any(char.isalnum() for char, _ in cut) for cut in (chars[:first], chars[last:]))
    dots = [(ELLIPSIS, False)]
    return [*(dots if before else []), *chars[first:last], *(dots if after else [])]


def _room(chars: Iterable[Char], columns: int) -> int:
    """How many characters fit."""
    count = 0
    for char, _ in chars:
        columns -= width(char)
        if columns < 0:
            break
        count += 1
    return count


def _wrapped(chars: list[Char], columns: int) -> Iterator[list[Char]]:
    at = 0
    while at < len(chars):
        head = chars[at : at + columns]
        count = max(1, _room(head, columns))
        blanks = [place + 1 for place in range(columns // 2, count) if head[place][0] == " "]
        if blanks and at + count < len(chars):
            count = blanks[-1]
        yield head[:count]
        at += count


def _width(chars: list[Char]) -> int:
    return width(_text(chars))


def _text(chars: list[Char]) -> str:
    return "".join(char for char, _ in chars)
