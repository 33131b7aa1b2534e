"""Tables with one row for each entry of a list, `| k | y[k] |`: the entries are those of the last column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from grader.kinds.kind import View
from grader.model.documents import Block, Run, Span
from grader.model.expressions import Index, Relation
from grader.model.patterns import later
from grader.notation.reading import Claim

_NUMBER = re.compile(r"\s*(?=[-+−]?\s*[\dij])[-+−]?\s*(?:\d+(?:[./]\d+)?)?(?:\s*[-+−]?\s*\d*(?:\.\d+)?\s*[ij])?\s*")


def with_values_listed(view: View, size: int) -> View:
    """The answer with such a table as the list that it is; the same where its rows are not numbered from 0 or 1."""
    if size < 2 or sum(block.kind == "row" for block in view.answer.blocks) < size:
        return view
    blocks = view.remember(("values in rows", size), lambda: _listed(view.answer.blocks, size))
    if blocks == view.answer.blocks:
        return view
    answer = view.answer._replace(blocks=blocks)
    return View(answer, view.names, view.places, view.reasons, view.context, view.base, {}, view.shared)


def _listed(blocks: tuple[Block, ...], size: int) -> tuple[Block, ...]:
    found: list[Block] = []
    for is_row, group in groupby(blocks, key=lambda block: block.kind == "row"):
        rows = list(group)
        told = _as_list(rows, size) if is_row else None
        found += rows if told is None else [told]
    return tuple(found)


def _as_list(rows: list[Block], size: int) -> Block | None:
    cells = [_cells(row) for row in rows]
    body = cells[-size:]
    width = len(body[0])
    if width < 2 or len(rows) not in (size, size + 1) or any(len(row) != width for row in cells):
        return None
    if len(rows) > size and all(_text(cell) and _NUMBER.fullmatch(_text(cell)) for cell in cells[0]):
        return None
    counted = [_text(row[0]) for row in body]
    if counted not in ([str(k) for k in range(size)], [str(k + 1) for k in range(size)]):
        return None
    values = [row[-1] for row in body]
    if not all(_NUMBER.fullmatch(_text(cell)) for cell in values):
        return None
    runs: list[Run] = []
    for number, cell in enumerate(values):
        runs += cell
        end = cell[-1].span.stop
        runs += [] if number == size - 1 else [Run("text", ", ", Span(end, end))]
    return rows[-size]._replace(
        kind="paragraph", runs=tuple(runs), span=Span(rows[-size].span.start, rows[-1].span.stop)
    )


def _cells(row: Block) -> list[list[Run]]:
    """The runs of each cell; those without any are none."""
    cells: list[list[Run]] = [[]]
    for run in row.runs:
        if run.kind == "cell":
            cells.append([])
        else:
            cells[-1].append(run)
    return [cell for cell in cells if cell]


def _text(cell: list[Run]) -> str:
    return "".join(run.text for run in cell).strip()


_RULE = later(r"\|\s*:?-{2,}:?\s*\|")


def is_ruled(blocks: Sequence[Block]) -> bool:
    """Whether the rule below the head of a table stands among words: its columns were not told apart."""
    return any(_RULE.search(run.text) for block in blocks if block.kind == "paragraph" for run in block.runs)


def gives_entries(claims: Sequence[Claim], size: int) -> bool:
    """Whether as many equations give elements of arrays their values: "0: x[0] = 1", "1: x[2] = 3"."""
    given = [c for c in claims if isinstance(c.expr, Relation) and isinstance(c.expr.operands[0], Index)]
    return len(given) == size > 1
