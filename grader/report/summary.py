"""The table of all submissions: a row of short texts each, wide with points or narrow with symbols."""

from __future__ import annotations

from collections.abc import Sequence

from grader.model.records import NamedTuple
from grader.model.results import GradedSubmission, Status
from grader.report.clean import one_line, width
from grader.report.numbers import decimal
from grader.report.phrases import SYMBOLS, cell

LEGEND = "✓ right  ~ partly right  ✗ not right  - blank  ? needs a person  ! grader failed"
_SHORT = {"review": "?", "error": "!", "": "-"}


class Row(NamedTuple):
    """What the table keeps of a submission, so that the submission itself can go."""

    submission: str
    score: str
    max: str
    review: int
    error: int
    points: tuple[str, ...]
    symbols: str


def row(graded: GradedSubmission) -> Row:
    """The row of one submission."""
    cells = [cell(mark) for mark in graded.marks]
    return Row(
        one_line(graded.submission, 40),
        decimal(graded.score),
        decimal(graded.max),
        graded.count(Status.REVIEW),
        graded.count(Status.ERROR),
        tuple(_SHORT.get(text, text) for text in cells),
        "".join(SYMBOLS[mark.status] for mark in graded.marks),
    )


def table(rows: Sequence[Row], questions: Sequence[str], room: int | None = None) -> list[tuple[str, ...]]:
    """Header and cells: points by question, or symbols alone where that is wider than `room`."""
    head = ("submission", "score", "max", *map(one_line, questions), "review", "error")
    full = [head, *((one.submission, one.score, one.max, *one.points, *_counts(one)) for one in rows)]
    if room is None or sum(columns(full)) + 2 * len(head) <= room:
        return full
    head = ("submission", "score", "max", "marks", "review", "error")
    return [head, *((one.submission, one.score, one.max, one.symbols, *_counts(one)) for one in rows)]


def columns(cells: Sequence[tuple[str, ...]]) -> list[int]:
    """The width of each column."""
    return [max(map(width, column)) for column in zip(*cells, strict=True)]


def aligned(cells: Sequence[tuple[str, ...]]) -> str:
    """Plain text: the first column to the left, the others to the right, two blanks between."""
    widths = columns(cells)
    return "".join(_padded(line, widths) for line in cells)


def _padded(line: tuple[str, ...], widths: list[int]) -> str:
    pads = [" " * (most - width(text)) for text, most in zip(line, widths, strict=True)]
    first, *rest = zip(line, pads, strict=True)
    return "  ".join([first[0] + first[1], *(pad + text for text, pad in rest)]).rstrip() + "\n"


def _counts(one: Row) -> tuple[str, str]:
    return str(one.review), str(one.error)
