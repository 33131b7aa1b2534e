"""HTML pages, as rich editors and the text boxes of learning platforms write them, to blocks and runs."""

from __future__ import annotations

from grader.model.documents import Document
from grader.model.sources import Source
from grader.read._htmlwalk import PageWalk
from grader.read._macros import DEFINES
from grader.read._page import blocks_of
from grader.read.reader import Reader


def read(text: str, name: str) -> Document:
    """The document, whatever the text; what had to be guessed stands in its notes.

    Its text is what a browser would show, and `source` leads back to the file: nothing is fetched, no script runs.
    """
    walk = PageWalk(text)
    walk.run()
    page = walk.view.text
    blocks, found = blocks_of(page, walk.ops, walk.walls)
    notes = [*walk.view.notes, *found]
    if DEFINES.search(text):
        from grader.read._pagemacros import expanded

        blocks, own = expanded(text, page, blocks)
        notes += own
    notes.sort(key=lambda note: (note.span.start, note.span.stop) if note.span else (0, 0))
    return Document(name, page, blocks, tuple(notes), Source(text, tuple(walk.view.stretches)))


READER = Reader(
    "html",
    (".html", ".htm"),
    read,
    (
        "<h2>Problem 1</h2>\n<p>(a) The shape is \\(5 \\times 4\\).</p><ol type=a><li>x<sub>1</sub> = 10<sup>3</sup>",
        '<p>1a)&nbsp;<img class="equation_image" data-equation-content="x^2 &lt; 4" alt="LaTeX: x^2"><br>'
        "<table><tr><td>b<td><math><mi>y</mi><mo>=</mo><mn>6</mn></math></table>",
    ),
)
