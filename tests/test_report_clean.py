"""Foreign text: no terminal escapes, no markup, no spreadsheet formulas."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report.clean import clean, code_block, code_span, json_safe, one_line, text_cell, width


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain", "plain"),
        ("a\x1b[31mred\x1b[0m", "ared"),
        ("\x1b]0;title\x07x", "x"),
        ("\x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]52;c;AAAA\nnext", "\nnext"),
        ("\x1bPdata\x1b\\x", "x"),
        ("\x9b31mx", "x"),
        ("\x9d0;t\x9cx", "x"),
        ("\x1bcx", "x"),
        ("ab\rcd", "ab\ncd"),
        ("ab\r\ncd", "ab\ncd"),
        ("a\bb\x00c\x7f", "abc"),
        ("\u202eabc\u2066", "abc"),
        ("a\u200bb\ufeff", "ab"),
        ("tab\tstays", "tab\tstays"),
        ("e\u0301 ∑ 数", "e\u0301 ∑ 数"),
        ("\ud800", "\ufffd"),
        ("a\U000e0041b", "ab"),
    ],
)
def test_clean(raw: str, shown: str) -> None:
    """Escape sequences of every family, controls, and bidirectional and invisible characters are dropped."""
    assert clean(raw) == shown


@given(st.text(st.characters(), max_size=60))
def test_clean_is_final(text: str) -> None:
    """Cleaned text has no control character left and can always be encoded."""
    cleaned = clean(text)
    assert not any((ord(char) < 32 and char not in "\n\t") or 127 <= ord(char) < 160 for char in cleaned)
    assert cleaned.encode().decode() == cleaned


@pytest.mark.parametrize(
    ("raw", "cell"),
    [
        ("s01", "s01"),
        ("=1+1", "'=1+1"),
        (" \u200b=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'x"),
        ("\rx", "'x"),
        ("＝1", "'＝1"),
        ("\x1b[31m=1", "'=1"),
        ("a=b", "a=b"),
    ],
)
def test_text_cell(raw: str, cell: str) -> None:
    """Text that a spreadsheet would take for a formula gets an apostrophe."""
    assert text_cell(raw) == cell


@given(st.text(st.characters(), max_size=40))
def test_text_cell_is_never_a_formula(text: str) -> None:
    """No text at all becomes a formula, and each stays one cell of one row."""
    cell = text_cell(text)
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([cell, "2"])
    assert list(csv.reader(io.StringIO(out.getvalue()))) == [[cell, "2"]]


@given(st.text(st.characters(), max_size=60))
def test_json_safe(text: str) -> None:
    """Invisible characters are escaped, on one line, without changing what the JSON means."""
    safe = json_safe(json.dumps(text, ensure_ascii=False))
    assert json.loads(safe) == text
    assert len(safe.splitlines()) == 1
    assert safe.encode()
    assert "\u202e" not in safe


@pytest.mark.parametrize(
    ("raw", "span"),
    [("x", "`x`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("a\n\nb", "`a b`"), ("", "")],
)
def test_code_span(raw: str, span: str) -> None:
    """Backticks and newlines cannot end a code span."""
    assert code_span(raw) == span


def test_code_block_outlasts_fences() -> None:
    """A fence in the text is shorter than the fence around it."""
    assert code_block("````\n<script>\n````").startswith("`````text\n")


def test_one_line_is_cut() -> None:
    """Long text ends in an ellipsis."""
    assert one_line("a b\n" * 100, 10) == "a b a b a…"


def test_width_counts_columns() -> None:
    """Wide characters take two columns and combining ones none."""
    assert width("数e\u0301x") == 4
