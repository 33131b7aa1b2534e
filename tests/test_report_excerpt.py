"""How the student's own words are shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.model.results import Evidence
from grader.report.clean import width
from grader.report.excerpt import excerpts


@pytest.mark.parametrize(
    ("text", "column", "count", "shown"),
    [
        ("x is 3", 6, 1, "x is 3\n     ^"),
        ("x is 3", 1, 6, "x is 3"),
        ("x is 3", 1, 0, "x is 3"),
        ("x is 3", 99, 2, "x is 3"),
        ("x is 3", 6, 99, "x is 3\n     ^"),
        ("数 is 3", 6, 1, "数 is 3\n      ^"),
        ("\tx is 3", 7, 1, " x is 3\n      ^"),
        ("\x1b[31mx is 3", 11, 1, "x is 3\n     ^"),
        ("a\nb", 1, 1, "a\nb"),
    ],
)
def test_carets(text: str, column: int, count: int, shown: str) -> None:
    """Carets stand under the words, whatever is dropped or wide before them; a whole line needs none."""
    (one,) = excerpts((Evidence("s.md", 1, column, text, count),))
    assert one.text == shown


def test_neighbours_are_shown_together() -> None:
    """Lines that follow each other in one file make one excerpt."""
    lines = tuple(Evidence(file, line, 1, f"line {line}") for file, line in (("a", 1), ("a", 2), ("a", 4), ("b", 5)))
    assert [(one.file, one.line, one.text) for one in excerpts(lines)] == [
        ("a", 1, "line 1\nline 2"),
        ("a", 4, "line 4"),
        ("b", 5, "line 5"),
    ]


def test_places_in_one_line_are_shown_together() -> None:
    """A line stands once, with carets under every place in it that counts."""
    places = tuple(Evidence("s.md", 1, column, "6 at (1,3)", count) for column, count in ((1, 1), (6, 5)))
    assert [one.text for one in excerpts(places)] == ["6 at (1,3)\n^    ^^^^^"]


def test_carets_run_on_over_lines() -> None:
    """Words that go over a line end have carets in each line."""
    (one,) = excerpts((Evidence("s.md", 1, 3, "x =\n  3 + 4, done", 9),))
    assert one.text == "x =\n  ^\n  3 + 4, done\n^^^^^^^"


@pytest.mark.parametrize(
    ("column", "count", "shown"),
    [
        (1, 4, "aaaa bbbb cccc dddd eeee…\n^^^^"),
        (21, 4, "…cccc dddd eeee ffff gggg…\n           ^^^^"),
        (36, 4, "…dddd eeee ffff gggg hhhh\n                     ^^^^"),
        (6, 24, "…bbbb cccc dddd eeee ffff…"),
        (6, 34, "…bbbb cccc dddd eeee ffff\ngggg hhhh"),
    ],
)
def test_long_lines_are_cut_to_the_words(column: int, count: int, shown: str) -> None:
    """What stands around the words gives way first; words that fill a row need no carets, and wrap."""
    line = "aaaa bbbb cccc dddd eeee ffff gggg hhhh"
    (one,) = excerpts((Evidence("s.md", 1, column, line, count),), 26)
    assert one.text == shown


def test_words_far_to_the_right_are_found() -> None:
    """In a very long line the words that count are shown, not its beginning."""
    (one,) = excerpts((Evidence("s.md", 1, 5001, "a" * 5000 + "KEY", 3),))
    line, carets = one.text.split("\n")
    assert line.endswith("KEY")
    assert len(line) == len(carets)
    assert carets.endswith("^^^")


@given(st.lists(st.text(st.characters(), max_size=900), max_size=20), st.integers(1, 99), st.integers(0, 99))
def test_length(lines: list[str], column: int, count: int) -> None:
    """Never more than ten lines of text with their carets, never much more than 600 characters of text."""
    many = tuple(Evidence("s.md", number, column, text, count) for number, text in enumerate(lines, start=1))
    for one in excerpts(many):
        shown = [line for line in one.text.split("\n") if set(line) - {"^", " "}]
        assert len(shown) <= 11
        assert sum(map(len, shown)) <= 720
        assert all(width(line) <= 1500 for line in one.text.split("\n"))
