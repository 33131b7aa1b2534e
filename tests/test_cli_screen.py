"""What a terminal shows: points where they fit, symbols where they do not, colour only where it is wanted."""

from __future__ import annotations

import io

import pytest
from fakes import graded, mark

from grader.cli import screen
from grader.model.results import Status
from grader.report.summary import row

QUESTIONS = ("1a", "1b", "1c", "1d", "2a", "2b")
ROWS = [row(graded(id, *(mark(name, status) for name, status in zip(QUESTIONS, Status, strict=True)))) for id in "ab"]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, columns: int, **env: str) -> str:
    """The table on a terminal so many columns wide."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm-256color", "COLUMNS": str(columns), **env}.items():
        monkeypatch.setenv(name, value)
    out = Terminal()
    monkeypatch.setattr("sys.stdout", out)
    screen.show_table(ROWS, QUESTIONS)
    return out.getvalue()


def test_a_wide_terminal_shows_points(monkeypatch: pytest.MonkeyPatch) -> None:
    """With room, each question has a column of points."""
    text = shown(monkeypatch, 120, NO_COLOR="1")
    assert text.splitlines()[1].split() == ["submission", "score", "max", *QUESTIONS, "review", "error"]
    assert text.splitlines()[3].split() == ["a", "3", "12", "2", "1", "0", "-", "?", "!", "1", "1"]


def test_a_narrow_terminal_shows_symbols(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without room, each question is one character, and no line is cut or wrapped."""
    text = shown(monkeypatch, 60, NO_COLOR="1")
    assert text.splitlines()[3].split() == ["a", "3", "12", "✓~✗-?!", "1", "1"]
    assert "…" not in text


@pytest.mark.parametrize(
    ("env", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colour(monkeypatch: pytest.MonkeyPatch, env: dict[str, str], coloured: bool) -> None:
    """NO_COLOR and a dumb terminal get not one escape sequence."""
    assert ("\x1b[" in shown(monkeypatch, 120, **env)) is coloured


def test_a_pipe_gets_plain_columns(capsys: pytest.CaptureFixture[str]) -> None:
    """Away from a terminal the columns are plain text, all of them, however many."""
    screen.show_table(ROWS, QUESTIONS)
    assert capsys.readouterr().out.splitlines()[1].split() == [
        "a",
        "3",
        "12",
        "2",
        "1",
        "0",
        "-",
        "?",
        "!",
        "1",
        "1",
    ]


def test_words_of_a_status_are_painted_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a pipe the view of a hand-in has no colour."""
    assert screen.paint("right", Status.RIGHT) == "right"
    monkeypatch.setattr("sys.stdout", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert screen.paint("right", Status.RIGHT) == "\x1b[32mright\x1b[0m"
