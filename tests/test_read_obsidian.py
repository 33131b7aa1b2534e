"""Markdown as Obsidian writes it: what only sets, links or names words is no text of an answer."""

from __future__ import annotations

import pytest

from grader.read import READERS


def text_of(source: str) -> str:
    """All that is read of a source, blocks apart by a bar."""
    document = READERS.load("markdown").read(source, "a.md")
    return " | ".join("".join(run.text for run in block.runs) for block in document.blocks)


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("shape (2, 3), [[batch]] first", "shape (2, 3), batch first"),
        ("see [[notes on conv|my notes]]", "see my notes"),
        ("it is ==1820==", "it is 1820"),
        ("> [!success]- 5b\n> [2, 3, 10, 1]", "5b\n[2, 3, 10, 1]"),
        ("x = 2\n\n^4c", "x = 2"),
        ("[[1, 2], [3, 4]]", "[[1, 2], [3, 4]]"),
        ("[[1, 2], [3, 4]], so [[5, 6]]", "[[1, 2], [3, 4]], so [[5, 6]]"),
        ("x == 3 and y == 4", "x == 3 and y == 4"),
        ("if a==b: c==d", "if a==b: c==d"),
        ("`==1820==` and `[[batch]]`", "==1820== and [[batch]]"),
        ("2 ^3", "2 ^3"),
        ("[[batch]] at [[1, 3], [2, 3]]", "batch at [[1, 3], [2, 3]]"),
        ("see [[notes#^4c|5a]]", "see 5a"),
        ("P([[x|y]])", "P([[x|y]])"),
        ("==$x = 1$== or ==k = 0..1==", "x = 1 or k = 0..1"),
        ("> [!question] 2b\n> size?\n>> [!success] Answer\n>> 5x4", "2b\nsize? | Answer\n5x4"),
        ("5x4. ^2b", "5x4."),
        ("$$x = 1$$ ^4c", "x = 1"),
        ("y = x ^2b", "y = x ^2b"),
        ("(x + 1) ^2b", "(x + 1) ^2b"),
        ("%%not\nsure%%\n\n6", "6"),
        ("6 %% of\n7 %% more", "6 %% of\n7 %% more"),
        ("2 1\n1 2\n^T", "2 1\n1 2\n^T"),
    ],
)
def test_marks_of_obsidian_are_no_text(source: str, read: str) -> None:
    """Links, highlights, callouts and names of blocks leave their words; lists and comparisons stay as they are."""
    assert text_of(source) == read


def test_a_picture_that_is_embedded_is_a_picture() -> None:
    """`![[scan.png]]` shows a picture, in which an answer may stand."""
    document = READERS.load("markdown").read("![[scan.png|300]]", "a.md")
    assert [run.kind for block in document.blocks for run in block.runs] == ["image"]
