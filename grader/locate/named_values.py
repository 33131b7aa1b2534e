"""A name in an answer that words say a cell gives a value to: "(40, 80, n) with this n", and `n = 240 * 10` below."""

from __future__ import annotations

import re

from grader.locate.pieces import lines_of, stands_as_typed
from grader.model.answers import Answer
from grader.model.documents import Block, Run
from grader.model.patterns import later

_CELL = later(
    r"\b(?:next|following|previous|preceding|nächsten?|folgenden?|vorigen?) (?:code )?(?:cell|zelle)\b"
    r"|\b(?:cell|zelle) (?:below|above|unten|oben)\b",
    re.I,
    holds=("cell", "zelle"),
)
_BACK = re.compile(r"previous|preceding|vorige|above|oben", re.I)
_THIS = later(r"\b(?:with|where|for|mit|für) (?:this|that|the same|diese[mrns]?) (?P<name>[A-Za-z])\b", re.I)


def with_named_value(answer: Answer, at: int) -> Answer:
    """An answer that begins in the document's block `at`, and the line of the cell that gives the value.

    The answer as it is, if the cell does not show this name by its last line, or gives it no plain number, once.
    """
    document = answer.document
    words = [block for block in answer.blocks if block.kind != "code"]
    text = "\n".join([block.text for block in words])
    pointed, this = _CELL.search(text), _THIS.search(text)
    if pointed is None or this is None or re.search(rf"\b{this['name']}\s*=", text):
        return answer
    cells = [number for number, block in enumerate(document.blocks) if block.info.startswith("cell ")]
    back = _BACK.search(pointed[0]) is not None
    near = [number for number in cells if (number < at if back else number > at)]
    cell = document.blocks[near[-1] if back else near[0]] if near else None
    given = _given(document.text, cell, this["name"]) if cell is not None else None
    return answer if given is None else answer._replace(blocks=(*words, given))


def _given(text: str, cell: Block, name: str) -> Block | None:
    """The line `n = 240 * 10` of a cell that ends with `n`, as words."""
    lines = cell.text.rstrip().split("\n")
    if lines[-1].strip() not in (name, f"print({name})") or not stands_as_typed(text, cell):
        return None
    told = [one for one in lines_of(text, cell.runs[0].span) if re.search(rf"\b{name}\b", text[one.start : one.stop])]
    plain = re.compile(rf"{name}[ \t]*=[ \t]*[\d(][\d \t()*+./-]*")
    if len(told) != 2 or plain.fullmatch(text[told[0].start : told[0].stop].rstrip()) is None:
        return None
    return Block("paragraph", told[0], (Run("text", text[told[0].start : told[0].stop], told[0]),))
