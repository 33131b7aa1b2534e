"""What is particular to HTML: what a browser shows is read, what it hides is not, and places are those of the file."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_read_markdown import PIECES, check

from grader.grade import grade, parse_rubric
from grader.marking.evidence import evidence_at
from grader.model.documents import Document, Submission
from grader.read import READERS

RUBRIC = "questions:\n  1: {points: 1, number: 2*3}\n  2: {points: 1, number: 7}\n"
TAGS = (
    "<p>", "</p>", "<div>", "</div>", "<ul>", "<ol type=a start=3>", "</ol>", "</ul>", "<li>", "</li>", "<table>",
    "<tr>", "<td>", "</td>", "</tr>", "</table>", "<h2>", "</h2>", "<pre>", "</pre>", "<code>", "</code>", "<br>",
    "<sub>", "</sub>", "<sup>", "</sup>", "<img alt='x^2' class=latex>", "<img alt=a>", "<math>", "</math>", "<mi>x",
    "</mi>", "<mn>2</mn>", "<msup>", "</msup>", "<annotation encoding='application/x-tex'>", "</annotation>",
    "<script type='math/tex'>", "</script>", "<script>", "<style>", "</style>", "<p hidden>", "<span style='color:#fff'>",
    "</span>", "<s>", "</s>", "<blockquote>", "</blockquote>", "<hr>", "<input type=checkbox checked>", "&nbsp;", "&lt",
    "&times;", "&#x41;", "&#0;", "&", "<", ">", "\"", "'", "<!--", "-->", "<!doctype html>", "<svg>", "</svg>", "<a href=\"",
    "<template>", "</template>", "<span class=katex-html>", "<head>", "</head>", "<option>", "<th>", "<caption>", "\x00",
)  # fmt: skip


def read(text: str) -> Document:
    """A text as a page."""
    return READERS.load("html").read(text, "hw.html")


def shown(text: str) -> list[str]:
    """The words of each block."""
    return [block.text for block in read(text).blocks]


def notes(text: str) -> list[str]:
    """The notes by name."""
    return [note.id for note in read(text).notes]


@settings(max_examples=800, deadline=None)
@given(text=st.lists(st.sampled_from(TAGS + PIECES), max_size=60).map("".join) | st.text())
def test_any_text_is_read(text: str) -> None:
    """No text raises, blocks and runs stand in order with exact slices, and the file is what a person sees."""
    document = read(text)
    assert document.original == text
    check(document)
    for block in document.blocks:
        for run in block.runs:
            start, stop = document.origin(run.span.start, run.span.stop)
            assert 0 <= start <= stop <= len(text)
            evidence_at(document, run.span.start, run.span.stop)


@pytest.mark.parametrize("piece", [*TAGS, "<a b='", '<p title="x', "</", "<!", "<p ", "$x<b>", "<p><b>", "<br> "])
def test_time_is_linear(piece: str) -> None:
    """A hundred thousand of anything are read within seconds."""
    start = time.perf_counter()
    read(piece * (400_000 // len(piece)))
    assert time.perf_counter() - start < 20


def test_examples_are_read() -> None:
    """Each example gives blocks and no complaint."""
    for example in READERS.load("html").examples:
        assert read(example).blocks and not read(example).notes
