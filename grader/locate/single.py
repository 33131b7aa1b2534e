"""Where the answer to the only question begins in a file without labels: behind the sheet's head and its number."""

from __future__ import annotations

import re

from grader.locate.assign import Cut
from grader.locate.labels import plain, read_label
from grader.locate.pieces import is_blank
from grader.model.documents import Document
from grader.model.patterns import later

_HEAD = later(
    r"[ \t]*(?:(?:home\s?work|hw|(?:exercise |problem |übungs)?(?:sheet|set|blatt)|assignment|pset|devoir|tarea|lab)\b"
    r"|(?:name|student|matrik\w*|id|group|date|course|class|datum|gruppe|nom|nombre)\b\s*(?:(?:no|nr|number|id)\b)?\s*"
    r"(?=[:#.]|\d))[^\n=]{0,80}(?:\n|\Z)",
    re.I,
)
_REACH = 120  # characters in which a label stands


def begins_at(document: Document, question: str) -> Cut:
    """The cut from which on the words answer the question."""
    cut = Cut(0, 0, 0, question, "whole file")
    for number, block in enumerate(document.blocks):
        if is_blank(block):
            continue
        at = 0
        while (head := _HEAD.match(block.text, at)) is not None and head.end() > at:
            at = head.end()
        if block.text[at:].strip():
            stop = at + _label(block.text[at : at + _REACH], question, document, number)
            left = block.text[stop:].strip() or any(not is_blank(one) for one in document.blocks[number + 1 :])
            return cut._replace(block=number, stop=stop) if stop and left else cut._replace(block=number)
    return cut


def _label(text: str, question: str, document: Document, number: int) -> int:
    """Where the question's own number ends that the answer begins with; 0 where it has none, or begins a list."""
    label = read_label(plain(text))
    if label is None or not question or label.path not in ((question,), (question[-1:],)):
        return 0
    if not (label.closed or label.alone):
        return 0
    following = [read_label(plain(line)) for block in document.blocks[number:] for line in block.text.split("\n")]
    paths = [one.path for one in following[1:] if one is not None and one.closed]
    return 0 if any(path[-1] == _next(question) for path in paths) else label.stop


def _next(question: str) -> str:
    last = question[-1:]
    return str(int(last) + 1) if last.isdecimal() else chr(ord(last) + 1)
