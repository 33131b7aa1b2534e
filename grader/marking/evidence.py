"""The student's own words that a mark is about, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable

from grader.model.answers import Answer
from grader.model.documents import Document
from grader.model.results import Evidence

_LINES_SHOWN = 4


def evidence_at(document: Document, start: int, stop: int) -> Evidence:
    """The line on which a stretch of a document's text begins, and how much of it is meant."""
    return _shown(document, *document.origin(start, stop))


def _shown(document: Document, start: int, stop: int) -> Evidence:
    """The same for a stretch of what the student sees."""
    start = min(start, max(0, len(document.original) - 1))
    sheet, line, column = document.place(start)
    text = document.line_at(start)
    width = max(1, min(stop - start, len(text) - column + 1))
    return Evidence(document.name, line, column, text, width, sheet)


def lines_at(document: Document, start: int, stop: int) -> tuple[Evidence, ...]:
    """The lines of a stretch; of a long one the last few, where a chain of equalities ends."""
    return _lines(document, start, stop)[-_LINES_SHOWN:]


def _lines(document: Document, start: int, stop: int) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    start, stop = document.origin(start, stop)
    while start < stop:
        end = document.original.find("\n", start, stop)
        end = stop if end < 0 else end
        words = document.original[start:end]
        begin = start + len(words) - len(words.lstrip())
        if words.strip():
            found.append(_shown(document, begin, start + len(words.rstrip())))
        start = end + 1
    return tuple(found)


def words_of(answer: Answer, base: int = 0) -> tuple[Evidence, ...]:
    """The first lines of an answer whose places are counted from `base`."""
    found = []
    for block in answer.blocks[:_LINES_SHOWN]:
        runs = [run for run in block.runs if run.text.strip()]
        start = runs[0].span.start if runs else block.span.start
        stop = runs[-1].span.stop if runs else block.span.stop
        found.append(evidence_at(answer.document, base + start, base + stop))
    return tuple(found)


def all_words_of(*answers: Answer) -> tuple[Evidence, ...]:
    """Every line of some answers, in the order in which they stand in their files."""
    found: list[Evidence] = []
    for answer in answers:
        for run in (run for block in answer.blocks for run in block.runs):
            if run.text.strip() and run.span.start < run.span.stop:
                found += _lines(answer.document, run.span.start, run.span.stop)
    return _joined(found)


def merged(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Each place once, in order; several on one line become one stretch."""
    return tuple(sorted(_joined(evidence), key=lambda item: (item.file, item.line)))


def _joined(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    lines: dict[tuple[str, int], Evidence] = {}
    for item in evidence:
        key = (item.place, item.line)
        if key in lines:
            first = lines[key]
            start = min(first.column, item.column)
            stop = max(first.column + first.width, item.column + item.width)
            item = item._replace(column=start, width=stop - start)
        lines[key] = item
    return tuple(lines.values())
