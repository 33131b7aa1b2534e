"""Typst sources, written again as Markdown: headings, lists, formulas, functions that show something."""

from __future__ import annotations

from grader.model.documents import Document
from grader.read._typstwalk import SourceWalk
from grader.read.markdown import read_view
from grader.read.reader import Reader


def read(text: str, name: str) -> Document:
    """The document, whatever the text; nothing is compiled, no other file is opened."""
    walk = SourceWalk(text)
    walk.run()
    return read_view(walk.view, name)


READER = Reader(
    "typst",
    (".typ",),
    read,
    (
        "= Problem 1\n\n(a) The shape is $5 times 4$.\n\n+ first\n+ $x = 3$\n",
        "#problem(2)[\n  #answer[$ x = 1/2 $]\n]\n#table(columns: 2, [a], [6], [b], [7])\n",
    ),
)
