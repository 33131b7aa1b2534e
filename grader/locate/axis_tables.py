"""A table with a row for each axis, `| axis | meaning | length |`, as the shape that it tells."""

from __future__ import annotations

import re
from dataclasses import replace

from grader.model.documents import Block, Document, Run, Span
from grader.model.patterns import later
from grader.model.records import NamedTuple

_AXIS = later(r"(?:axis|axes|dim(?:ension)?s?|index|achse)(?: (?:no\.?|number|index))?|#|no\.?", re.I)
_NAME = later(r"(?:meaning|name|what(?: it (?:is|means|holds))?|describes?|description|stands for|bedeutung)", re.I)
_LENGTH = later(r"(?:length|size|extent|entries|count|values|länge|größe)(?: of (?:the )?axis)?", re.I)
_NUMBER = later(r"[\d\s·*=x×.,\\cdot()]*\d[\d\s)]*")


class _Columns(NamedTuple):
    axis: int  # -1 if there is none
    name: int
    length: int


Cell = tuple[Run, ...]


def with_axis_tables(document: Document) -> Document:
    """The document with such tables as paragraphs; one with other columns, or axes in no order, stays as it is."""
    if not any(block.kind == "row" and _LENGTH.search(block.text) for block in document.blocks):
        return document
    blocks: list[Block] = []
    at = 0
    while at < len(document.blocks):
        stop = at
        while (
            stop < len(document.blocks)
            and document.blocks[stop].kind == "row"
            and (stop == at or _goes_on(document, stop))
        ):
            stop += 1
        made = _shape(document.blocks[at:stop]) if stop - at > 2 else None
        blocks += [made] if made is not None else document.blocks[at : max(stop, at + 1)]
        at = max(stop, at + 1)
    return replace(document, blocks=tuple(blocks))


def _goes_on(document: Document, number: int) -> bool:
    """Whether a row is one of the table above: no other head stands in it."""
    return _columns(_cells(document.blocks[number])) is None


def _shape(rows: tuple[Block, ...]) -> Block | None:
    columns = _columns(_cells(rows[0]))
    cells = [_cells(row) for row in rows[1:]]
    if columns is None or any(len(row) <= max(columns) for row in cells):
        return None
    lengths = [row[columns.length] for row in cells]
    numbers = [_text(row[columns.axis]) for row in cells] if columns.axis >= 0 else []
    counted = all(map(str.isdecimal, numbers))
    if not all(_NUMBER.fullmatch(_text(one)) for one in lengths):
        return None
    if counted and numbers and list(map(int, numbers)) not in (list(range(len(cells))), list(range(1, len(cells) + 1))):
        return None
    named = columns.name if columns.name >= 0 else columns.axis
    names = [row[named] for row in cells] if columns.name >= 0 or not counted else []
    runs = [*_listed(lengths), *(_listed(names, " ") if names and all(map(_text, names)) else ())]
    span = Span(rows[0].span.start, rows[-1].span.stop)
    return Block("paragraph", span, tuple(runs), quoted=rows[0].quoted)


def _columns(head: list[Cell]) -> _Columns | None:
    """Where the columns stand; None if it is no head of such a table."""
    words = [_text(cell).lower() for cell in head]
    places = [
        next((at for at, word in enumerate(words) if pattern.fullmatch(word)), -1)
        for pattern in (_AXIS, _NAME, _LENGTH)
    ]
    found = _Columns(*places)
    return found if found.length >= 0 and max(found.axis, found.name) >= 0 else None


def _cells(block: Block) -> list[Cell]:
    cells: list[list[Run]] = [[]]
    for run in block.runs:
        if run.kind == "cell":
            cells.append([])
        else:
            cells[-1].append(run)
    return [tuple(cell) for cell in cells]


def _text(cell: Cell) -> str:
    return "".join(run.text for run in cell).strip()


def _listed(cells: list[Cell], before: str = "") -> list[Run]:
    """The cells between round brackets, with commas."""
    runs: list[Run] = []
    for number, cell in enumerate(cells):
        start = cell[0].span.start
        runs += [Run("text", ", " if number else f"{before}(", Span(start, start)), *cell]
    stop = runs[-1].span.stop
    return [*runs, Run("text", ")", Span(stop, stop))]
