"""Rows of typed numbers, and rows and columns that words name one by one: "first row 1 2, second row 3 4"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from grader.kinds._stretches import Stretch
from grader.model.patterns import later

_ATOM = r"(?:\d+(?:\.\d*)?(?:√\d+|sqrt\(\d+\))?|\.\d+|√\d+|sqrt\(\d+\))"
_ONE = rf"[-+−–]?{_ATOM}(?:/{_ATOM})?(?![\w^*/√(!%°'])"
ROW = rf"(?<![\w.^*/√]){_ONE}(?:(?:[ \t\u00a0]*[,&][ \t\u00a0]*|[ \t\u00a0]+){_ONE})+(?!\s?,\s?\d)"
_ENTRY = later(_ONE)
_SIGNS = "-+−–"
_BLANKS = " \t\u00a0"


def entries_of(row: str) -> list[str]:
    """The entries of a row that are set apart in one way, all by commas or all by blanks; none otherwise."""
    found = list(_ENTRY.finditer(row))
    signs = {row[one.end() : other.start()].strip(_BLANKS) for one, other in pairwise(found)}
    if len(signs) > 1:
        return []
    return [entry[0].replace("−", "-").replace("–", "-").rstrip(".") for entry in found]


def _surely_apart(row: str) -> int:
    """How many entries a row has if each `1 -1` with one blank in it is a difference."""
    found = list(_ENTRY.finditer(row))
    gaps = [(row[one.end() : other.start()], other[0]) for one, other in pairwise(found)]
    return 1 + sum(len(gap) > 1 or bool(gap.strip(_BLANKS)) or other[0] not in _SIGNS for gap, other in gaps)


def rows_of(rows: Sequence[str], shape: Sequence[int], *, safe: bool) -> list[list[str]]:
    """The entries of all rows of a matrix of a shape; none if there are others, or all rows may be differences.

    `safe` are rows in square brackets, which keep to the custom that a blank and a sign begin an entry.
    """
    found = [entries_of(row) for row in rows]
    if [len(row) for row in found] != [shape[1]] * shape[0]:
        return []
    lengths = {_surely_apart(row) for row in rows}
    return found if safe or len(lengths) > 1 or lengths == {shape[1]} else []


def told(rows: Iterable[Iterable[str]]) -> str:
    """Rows as a list of lists."""
    listed = ", ".join(f"[{', '.join(row)}]" for row in rows)
    return f"[{listed}]"


# -- rows in words -------------------------------------------------------------------------------------------------

_NTH = {"first": 1, "1st": 1, "top": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_NTH |= {"one": 1, "two": 2, "three": 3, "four": 4, "bottom": -1, "last": -1}
_LIST = rf"(?:\[[ \t]*{ROW}[ \t]*\]|\([ \t]*{ROW}[ \t]*\)|{ROW})(?:\^\{{?T\}}?|ᵀ)?"
_NAMED = later(
    rf"(?:\bthe\s+)?(?:\b(?P<nth>{'|'.join(_NTH)})\s+(?P<what>row|column)\b(?:\s*(?:is|reads|are|=|:))*"
    rf"|\b(?P<axis>row|column)\s+(?P<number>\d|one|two|three|four)(?:\s*(?:is|reads|are|=|:))+)\s*(?P<list>{_LIST})",
    re.IGNORECASE,
)
_BETWEEN = later(r"[\s,;.]*(?:(?:and|then)\s+)?")
_TURNED = rf"[\[(][ \t]*{ROW}[ \t]*[\])](?:\^\{{?T\}}?|ᵀ)?"
_ALL = rf"(?P<lists>{_TURNED}(?:(?:\s*[,;]?\s*(?:and)?\s*){_TURNED})+)"
_COLUMNS = later(rf"\bcolumns?(?:\s+(?:vectors?|are|is))*\s*[:=]?\s*{_ALL}", re.IGNORECASE)
_AS_COLUMNS = later(_ALL + r"\s+as\s+(?:(?:its|the)\s+)?columns\b", re.IGNORECASE)
_ROW = later(ROW)
_LONGEST = 2000  # characters of a block


def spelled_rows(text: str, shape: Sequence[int]) -> Iterator[Stretch]:
    """Rows or columns that are counted from the first on, and lists that are told to be columns."""
    lowered = text.lower()
    if ("row" not in lowered and "column" not in lowered) or len(text) > _LONGEST:
        return
    group: list[re.Match[str]] = []
    for found in (*_NAMED.finditer(text), None):
        if group and (found is None or not _BETWEEN.fullmatch(text, group[-1].end(), found.start())):
            yield from _counted(group, shape)
            group = []
        if found is not None:
            group.append(found)
    for pattern in (_COLUMNS, _AS_COLUMNS):
        for found in pattern.finditer(text):
            rows = _turned([row[0] for row in _ROW.finditer(found["lists"])], shape)
            if rows:
                yield Stretch(found.start(), found.end(), told(rows))


def _counted(group: list[re.Match[str]], shape: Sequence[int]) -> Iterator[Stretch]:
    axes = {(one["what"] or one["axis"]).lower() for one in group}
    numbers = [_number(one["nth"] or one["number"], len(group)) for one in group]
    if len(axes) != 1 or numbers != list(range(1, len(group) + 1)):
        return
    lists = [_ROW.search(one["list"]) for one in group]
    typed = [one[0] for one in lists if one is not None]
    rows = rows_of(typed, shape, safe=False) if axes == {"row"} else _turned(typed, shape)
    if rows:
        yield Stretch(group[0].start(), group[-1].end(), told(rows))


def _number(word: str, count: int) -> int:
    number = int(word) if word.isdecimal() else _NTH[word.lower()]
    return count if number < 0 else number


def _turned(columns: Sequence[str], shape: Sequence[int]) -> list[list[str]]:
    found = rows_of(columns, shape[::-1], safe=False)
    return [list(row) for row in zip(*found, strict=True)]
