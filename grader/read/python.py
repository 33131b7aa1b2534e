"""A program of Python: its text as code, cut where a comment at the margin says which question follows."""

from __future__ import annotations

import re

from grader.model.documents import Block, Document, Run, Span
from grader.read.reader import Reader

# `# Question 3`, `# %% Problem 2b`, `# (a)`, `## 3.2:`; other comments belong to the program.
_WORDS = r"question|problem|exercise|task|part|number|no|nr|q|ex|aufgabe|teil"
_NUMBER = r"\d{1,3}(?:\.\d{1,3})*[. ]?\(?[a-z]?\)?"
_LABEL = re.compile(
    rf"^#[# %*=-]*(?P<label>(?:{_WORDS})[. ]*\(?(?:{_NUMBER}|[a-z]\))(?!\w)[^\n]{{0,60}}?"
    r"|(?:part|teil) [a-z]|\(?\d{1,3}\.?[a-z]?\)|\([a-z]\)|\d{1,3}\.(?=[ \t]*$)|\d{1,3}\.?[a-z]|\d{1,3}(?:\.\d{1,3})+)"
    r"[ .:=*#-]*$",
    re.MULTILINE | re.IGNORECASE,
)


def read(text: str, name: str) -> Document:
    """Blocks of code, each behind the heading that its comment is."""
    blocks: list[Block] = []
    at = 0
    for found in _LABEL.finditer(text):
        blocks += _code(text, at, found.start(), name)
        span = Span(found.start("label"), found.end("label"))
        blocks.append(Block("heading", span, (Run("text", found["label"], span),), level=2))
        at = found.end()
    blocks += _code(text, at, len(text), name)
    return Document(name, text, tuple(blocks))


def _code(text: str, start: int, stop: int, name: str) -> list[Block]:
    """One stretch of the program, without the blank lines around it."""
    words = text[start:stop]
    if not words.strip():
        return []
    begin = start + len(words) - len(words.lstrip("\n \t\f"))
    begin = text.rfind("\n", start, begin) + 1 or start  # the indentation of the first line stays
    end = start + len(words.rstrip())
    span = Span(begin, end)
    return [Block("code", span, (Run("code", text[begin:end], span),), info=f"file {name}")]


READER = Reader(
    "python",
    (".py",),
    read,
    (
        "import numpy as np\n\n\n# Question 1\ndef f(x):\n    # 2. the square\n    return x**2\n\n# (b)\ny = f(3)\n",
        "def f(x):\n    return x\n",
    ),
)
