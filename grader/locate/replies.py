"""A quoted sheet and unquoted answers, as in a reply by e-mail: `> (a) the size of Z`, and below it `5x4`."""

from __future__ import annotations

from collections.abc import Sequence

from grader.locate.assign import Cut
from grader.locate.clean import clean
from grader.locate.labels import plain, read_label
from grader.locate.pieces import is_blank
from grader.locate.settle import stretch
from grader.model.documents import Block, Document

_FEWEST = 3  # questions
_MOST = 0.75  # of the questions, at least, are answered below what is quoted
_REACH = 40  # characters in which a label stands


def only_asks(document: Document, cuts: Sequence[Cut]) -> bool:
    """Whether what is quoted is the sheet: all labels stand in it and below nearly all of them unquoted words, or none
    of those that count, which are repeated there."""
    asked = quoted = answered = 0
    for cut, following in zip(cuts, [*cuts[1:], None], strict=False):
        if not cut.question:
            continue
        asked += 1
        quoted += document.blocks[cut.block].quoted > 0
        answered += any(not block.quoted and not is_blank(block) for block in stretch(document, cut, following))
    if asked < _FEWEST:
        return False
    if quoted == asked:
        return answered >= _MOST * asked
    if quoted or sum(map(_repeats, document.blocks)) < max(_FEWEST, asked / 2):
        return False
    pairs = zip(cuts, [*cuts[1:], None], strict=False)
    return not any(cut.question and _asks(stretch(document, cut, following)) for cut, following in pairs)


def _asks(blocks: Sequence[Block]) -> bool:
    """Whether the words that are not quoted ask: then what is quoted may answer."""
    return clean([block for block in blocks if not block.quoted], after_label=False).asks


def _repeats(block: Block) -> bool:
    """Whether a quoted block begins with the label of a part."""
    label = read_label(plain(block.text[:_REACH])) if block.quoted else None
    return label is not None and label.closed and not label.path[-1].isdecimal()
