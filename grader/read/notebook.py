"""Jupyter notebooks, as they were saved: nothing is run."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from grader.model.documents import Block, Document, Note, Run, Span
from grader.read import markdown, plain
from grader.read._answersheets import as_sheet
from grader.read._macros import Macros
from grader.read._sheets import Sheets
from grader.read.reader import Reader

LONGEST_OUTPUT = 50_000  # characters that the outputs of one cell may have; what a loop printed is no answer

# Colours of a terminal, and signs that print nothing.
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|.)|[\x00-\x08\x0b\x0e-\x1f]")
_HALVES = re.compile("[\ud800-\udfff]")  # `"\\ud800"` is JSON, but no character, and no file could hold it
# Of one output the first of these that it has.
_FORMS = ("text/markdown", "text/plain", "text/latex")


def read(text: str, name: str) -> Document:
    """The cells one after another; lines are counted within each, as a notebook shows them.

    A file that is no notebook becomes a document without blocks, and a note that says why.
    """
    try:
        whole = json.loads(text)
    except RecursionError:
        return _broken(text, name, "it is nested too deeply")
    except ValueError as error:
        where = (
            f"line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else "a number is too long"
        )
        return _broken(text, name, f"{where[:1].lower()}{where[1:]}")
    cells = _cells(whole)
    if cells is None:
        return _broken(text, name, "it has no list of cells")
    maker = _Maker(_language(whole))
    for number, cell in enumerate(cells, start=1):
        maker.cell(cell, f"cell {number}")
    if not cells:
        return _broken(text, name, "it has no cells")
    return maker.sheets.document(name)


def _broken(text: str, name: str, message: str) -> Document:
    return Document(name, text, (), (Note("broken-notebook", Span(0, 0), (("message", message),)),))


def _cells(whole: Any) -> list[Any] | None:
    """Of version 4, or of version 3, where they stand on sheets."""
    if not isinstance(whole, dict):
        return None
    if isinstance(whole.get("cells"), list):
        cells: list[Any] = whole["cells"]
        return cells
    sheets = whole.get("worksheets")
    if not isinstance(sheets, list):
        return None
    lists = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
    return [cell for each in lists if isinstance(each, list) for cell in each]


def _language(whole: dict[str, Any]) -> str:
    metadata = whole.get("metadata")
    for key, field in (("language_info", "name"), ("kernelspec", "language")):
        about = metadata.get(key) if isinstance(metadata, dict) else None
        name = about.get(field) if isinstance(about, dict) else None
        if isinstance(name, str) and re.fullmatch(r"[\w+#.-]{1,30}", name):
            return name.lower()
    return "code"


def _joined(source: Any) -> str | None:
    """Text is a string, or a list of strings with their line ends; None if it is something else."""
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        return None
    return _HALVES.sub("\ufffd", source.replace("\r\n", "\n"))


class _Maker:
    """Each kind of cell to a sheet of blocks; macros that a formula defines hold in all later cells."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.macros = Macros()
        self.sheets = Sheets()

    def cell(self, cell: Any, name: str) -> None:
        """A cell of whatever kind; what cannot be one is said."""
        kind = cell.get("cell_type") if isinstance(cell, dict) else None
        take = _CELLS.get(kind) if isinstance(kind, str) else None
        words = _joined(cell.get("source", cell.get("input"))) if take else None
        if take is None or words is None:
            self.sheets.add(name, _nothing("odd-cell"))
            return
        take(self, cell, words, name)

    def markdown(self, cell: dict[str, Any], words: str, name: str) -> None:
        self.sheets.add(name, markdown.read_with(words, name, self.macros))

    def raw(self, cell: dict[str, Any], words: str, name: str) -> None:
        self.sheets.add(name, plain.read(words, name))

    def heading(self, cell: dict[str, Any], words: str, name: str) -> None:
        level = cell.get("level")
        level = level if isinstance(level, int) and 1 <= level <= 6 else 1
        read = plain.read(words, name)
        self.sheets.add(
            name, Document(name, words, tuple(each._replace(kind="heading", level=level) for each in read.blocks))
        )

    def code(self, cell: dict[str, Any], words: str, name: str) -> None:
        self.sheets.add(name, _code(words, f"cell {self.language}"))
        outputs = cell.get("outputs", [])
        room = LONGEST_OUTPUT
        for output in outputs if isinstance(outputs, list) else [None]:
            made = self._output(output, room)
            room -= len(made.text)
            self.sheets.add(f"output of {name}", made)

    def _output(self, output: Any, room: int) -> Document:
        """A saved output; what a program complained of is no answer."""
        if not isinstance(output, dict):
            return _nothing("odd-output")
        kind = output.get("output_type")
        if kind in ("error", "pyerr"):
            return _nothing("cell-failed")
        if kind == "stream":
            said = output.get("name", output.get("stream"))
            return _printed(_joined(output.get("text")), room) if said != "stderr" else _nothing("stderr-not-read")
        data = _data(output)
        if any(form.startswith("image/") for form in data):
            return Document("", "[picture]", (Block("paragraph", Span(0, 9), (Run("image", "", Span(0, 9)),)),))
        form = next((form for form in _FORMS if form in data), "")
        if form in ("text/markdown", "text/latex"):
            words = _joined(data[form])
            return (
                markdown.read_with(words, "", self.macros)
                if words and len(words) <= room
                else _nothing("output-not-read", form)
            )
        if form:
            return _printed(_joined(data[form]), room)
        return _nothing("output-not-read", ", ".join(sorted(data))[:60] or "nothing")


def _data(output: dict[str, Any]) -> dict[str, Any]:
    """The forms of an output; version 3 names them without a type."""
    data = output.get("data")
    if isinstance(data, dict):
        return {form: value for form, value in data.items() if isinstance(form, str)}
    return {form: output[key] for key, form in _OLD_FORMS.items() if key in output}


_OLD_FORMS = {
    "text": "text/plain", "latex": "text/latex", "html": "text/html", "png": "image/png", "jpeg": "image/jpeg",
    "svg": "image/svg+xml",
}  # fmt: skip


def _printed(words: str | None, room: int) -> Document:
    if words is None:
        return _nothing("odd-output")
    lines = _ESCAPES.sub("", words).split("\n")
    whole = "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in lines)  # a progress bar writes over itself
    shown = whole[: max(0, room)]
    if shown.lstrip().startswith("{") and (sheet := as_sheet(shown, "json")) is not None:
        return sheet
    made = _code(shown, "output")
    if len(shown) == len(whole):
        return made
    return Document("", shown, made.blocks, (Note("output-cut", Span(len(shown), len(shown))),))


def _code(words: str, info: str) -> Document:
    stop = len(words.rstrip())
    run = Run("code", words[:stop], Span(0, stop))
    return Document("", words, (Block("code", Span(0, stop), (run,), info=info),) if stop else ())


def _nothing(note: str, what: str = "") -> Document:
    return Document("", "", (), (Note(note, Span(0, 0), (("what", what),) if what else ()),))


_CELLS: dict[str, Callable[[_Maker, dict[str, Any], str, str], None]] = {
    "markdown": _Maker.markdown,
    "code": _Maker.code,
    "raw": _Maker.raw,
    "heading": _Maker.heading,
}

READER = Reader(
    "notebook",
    (".ipynb",),
    read,
    (
        '{"cells": [{"cell_type": "markdown", "source": ["## 1\\n", "(a) $x = 3$"]}, {"cell_type": "code", '
        '"source": "2*3", "outputs": [{"output_type": "execute_result", "data": {"text/plain": ["6"]}}]}], '
        '"nbformat": 4}',
        '{"worksheets": [{"cells": [{"cell_type": "heading", "level": 2, "source": "1"}, {"cell_type": "code", '
        '"input": "print(6)", "outputs": [{"output_type": "stream", "stream": "stdout", "text": "6\\n"}]}]}], '
        '"nbformat": 3}',
    ),
)
