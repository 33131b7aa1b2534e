"""grades.csv: a row per submission for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from grader.model.results import GradedSubmission, Status
from grader.report.clean import text_cell
from grader.report.numbers import decimal
from grader.report.phrases import cell
from grader.report.report import Report

_FIXED = ("submission", "score", "max", "review", "error")


def header(graded: GradedSubmission | None) -> str:
    """The first line; every submission of one rubric has the same."""
    questions = [text_cell(mark.id) for mark in graded.marks] if graded else []
    return _line((*_FIXED, *questions))


def row(graded: GradedSubmission) -> str:
    """One submission. Blank is empty, never 0: no answer is not a wrong answer."""
    counts = (str(graded.count(Status.REVIEW)), str(graded.count(Status.ERROR)))
    numbers = (decimal(graded.score), decimal(graded.max), *counts)
    return _line((text_cell(graded.submission), *numbers, *map(cell, graded.marks)))


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _render(many: tuple[GradedSubmission, ...]) -> str:
    return header(many[0] if many else None) + "".join(map(row, many))


REPORT = Report("csv", ".csv", _render)
