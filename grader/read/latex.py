"""LaTeX documents, whole ones and mere bodies, to blocks and runs."""

from __future__ import annotations

import re

from grader.model.documents import Document, Note, Span
from grader.model.sources import Source
from grader.read._boxes import with_boxes_inside
from grader.read._macros import Macros
from grader.read._texcode import listings_of
from grader.read._texcounters import declare
from grader.read._texpairs import Pairs
from grader.read._texsettings import declare_lists
from grader.read._textables import FORMULAS
from grader.read._texview import view_of
from grader.read._texwalk import Walk
from grader.read.reader import Reader

_BEGIN = re.compile(r"\\begin\s?\{document\}")
_END = re.compile(r"\\end\s?\{document\}")
_THEOREM = re.compile(r"\\newtheorem\*?\s*\{(\w{1,40}\*?)\}\s*(?:\[\w{0,40}\]\s*)?\{([^{}\n]{1,60})\}")
_EXAM = re.compile(r"\\documentclass\s*(?:\[[^\]]*\])?\s*\{exam\}|\\begin\{(?:questions|parts)\}")


def read(text: str, name: str) -> Document:
    """The document, whatever the text; what had to be guessed stands in its notes.

    Nothing is typeset: macros of the document are expanded, other files are never opened.
    """
    macros, listings = Macros(), listings_of(text)
    view = view_of(text, macros, listings)
    whole = with_boxes_inside(view.text)
    literal = dict(view.literal)
    begin = next((found for found in _BEGIN.finditer(whole) if not _inside(literal, found.start())), None)
    start = begin.end() if begin else 0
    end = next((found for found in _END.finditer(whole, start) if not _inside(literal, found.start())), None)
    stop = end.start() if end else len(whole)
    walk = Walk(whole, Pairs(whole, view.literal, FORMULAS), literal, macros, stop)
    walk.listings = listings
    walk.exam = bool(_EXAM.search(whole))
    walk.theorems = dict(_THEOREM.findall(whole))
    declare(walk.numbering, whole[:start])
    declare_lists(walk.numbering, whole[:start])
    walk.run(start)
    notes = [note for note in view.notes if note.span and start <= note.span.start < stop] + walk.blocks.notes
    if end and whole[end.end() :].strip():
        notes.append(Note("hidden-text", Span(end.end(), len(whole))))
    notes.sort(key=lambda note: (note.span.start, note.span.stop) if note.span else (0, 0))
    changed = any(not stretch.exact or stretch.start != stretch.origin for stretch in view.stretches)
    source = Source(text, tuple(view.stretches)) if changed or whole != text else None
    blocks = sorted(walk.blocks.done, key=lambda block: block.span.start)  # \footnote{\begin{0}}0\end{1} ends behind
    return Document(name, whole, tuple(blocks), tuple(notes), source)


def _inside(literal: dict[int, int], at: int) -> bool:
    return any(start <= at < stop for start, stop in literal.items())


READER = Reader(
    "latex",
    (".tex", ".latex", ".ltx"),
    read,
    (
        "\\documentclass{article}\n\\newcommand{\\R}{\\mathbb{R}}\n\\begin{document}\n\\section*{Problem 1}\n"
        "\\begin{enumerate}\n\\item[(a)] The shape is $5 \\times 4$. % seen\n\\end{enumerate}\n\\end{document}\n",
        "\\begin{questions}\n\\question[2] How many?\n\\begin{solution}\n\\[ x = 6 \\]\n\\end{solution}\n"
        "\\end{questions}\n",
    ),
)
