"""What a terminal can show: colour or none, a table of rich or plain columns."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

import click

from grader.model.results import Status
from grader.report.phrases import SYMBOLS
from grader.report.summary import LEGEND, Row, aligned, table

_COLOURS: dict[Status, str] = {
    Status.RIGHT: "green",
    Status.PARTIAL: "yellow",
    Status.WRONG: "red",
    Status.BLANK: "bright_black",
    Status.REVIEW: "cyan",
    Status.ERROR: "magenta",
}
_BY_SYMBOL = {SYMBOLS[status]: colour for status, colour in _COLOURS.items()}


def is_terminal(stream: TextIO) -> bool:
    """Can the stream move a cursor and draw?"""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def has_colour(stream: TextIO) -> bool:
    """NO_COLOR counts when it is set to anything at all."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR")


def paint(text: str, status: Status) -> str:
    """Words in the colour of a status, where stdout has colours."""
    return click.style(text, fg=_COLOURS[status]) if has_colour(sys.stdout) else text


def columns() -> int:
    """How long a line for people may be: what the terminal has room for, within reason."""
    from shutil import get_terminal_size

    from grader.report.excerpt import COLUMNS

    return min(get_terminal_size().columns, 140) if is_terminal(sys.stdout) else COLUMNS


def show_table(rows: Sequence[Row], questions: Sequence[str]) -> None:
    """The summary on stdout; rich is imported for a terminal only."""
    if is_terminal(sys.stdout):
        _show_rich(rows, questions)
    else:
        click.echo(aligned(table(rows, questions)), nl=False)


def _show_rich(rows: Sequence[Row], questions: Sequence[str]) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    colour = has_colour(sys.stdout)
    console = Console(no_color=not colour, highlight=False)
    head, *lines = table(rows, questions, console.width - 4)
    drawn = Table(box=SIMPLE, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold" if colour else "")
    for number, name in enumerate(head):
        drawn.add_column(Text(name), justify="right" if number and name != "marks" else "left", no_wrap=True)
    for row, line in zip(rows, lines, strict=True):
        cells = [Text(text) for text in line]
        if len(row.points) == len(line) - 5:
            for cell, symbol in zip(cells[3:-2], row.symbols, strict=True):
                cell.stylize(_BY_SYMBOL[symbol])
        else:
            cells[3] = Text.assemble(*((symbol, _BY_SYMBOL[symbol]) for symbol in row.symbols))
        drawn.add_row(*cells)
    console.print(drawn)
    console.print(Text(LEGEND, "dim" if colour else ""))
