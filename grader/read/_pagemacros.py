"""A student's own commands in a page, as MathJax would expand them."""

from __future__ import annotations

from collections.abc import Iterable

from grader.model.documents import Block, Note, Run, Span
from grader.read._macros import DEFINES, Macros
from grader.read._view import expand_formulas

_FORMULAS = ("math", "display")


def expanded(source: str, page: str, blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], list[Note]]:
    """The blocks with all commands that the file defines expanded in their formulas, and what could not be.

    Definitions often stand in a part of the page that is not shown; what they make of a formula is. A formula that
    is expanded stands for its place as a whole.
    """
    macros = Macros()
    unread = [found for found in DEFINES.finditer(source) if macros.define(source, found) is None]
    if not macros.known:
        return blocks, [Note("macros-not-read", _first(page))] if unread else []
    notes: list[Note] = []
    changed = tuple(block._replace(runs=tuple(_runs(block.runs, macros, notes))) for block in blocks)
    if unread:
        notes.append(Note("macros-not-read", _first(page)))
    return changed, notes


def _first(page: str) -> Span | None:
    found = DEFINES.search(page)
    return Span(found.start(), found.end()) if found else None


def _runs(runs: tuple[Run, ...], macros: Macros, notes: list[Note]) -> Iterable[Run]:
    for run in runs:
        view = None
        if run.kind in _FORMULAS and "\\" in run.text:
            view = expand_formulas(run.text, [Span(0, len(run.text))], macros)
        if view is None or view.text == run.text:
            yield run
            continue
        notes += [note._replace(span=run.span) for note in view.notes]
        if view.text.strip():  # of a formula of nothing but definitions nothing is left
            alike = len(view.text) == run.span.stop - run.span.start  # the words of the place itself have its length
            yield run._replace(text=view.text + " " * alike)
