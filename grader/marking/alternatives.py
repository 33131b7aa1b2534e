"""A second list beside a right one, between which the student does not choose: "(1, 2, 1) or (1, 1, 1)"."""

from __future__ import annotations

import re

from grader.kinds.kind import View
from grader.marking.cuts import since, starts, until
from grader.model.documents import Block
from grader.model.patterns import later
from grader.model.results import Finding, Status
from grader.prepare.parts import PreparedPart

_KINDS = frozenset(["array", "set", "shape"])  # the other kinds look for a second value themselves
_OR = r"(?:or|alternatively|maybe|perhaps|possibly|oder|vielleicht|ou|no|wait|sorry|oops|correction|i mean|actually)"
_MORE = r"(?:[,:\s]+(?:maybe|perhaps|possibly|else|even|is it|it is|alternatively))*"
_BEHIND = later(rf"[\s.,;)$]*\(?\s*(?P<word>{_OR}){_MORE}\b[\s,:]*(?=[-\d({{\[$\\]|[A-Za-z]\w*\s*=)", re.IGNORECASE)
_BEFORE = later(
    rf"(?<=[\d)}}\]$])(?P<all>[\s,;]*\(?(?P<word>{_OR}){_MORE}[\s,:]*(?:[A-Za-z]\w*\s*=\s*)?\$?\s*)\Z", re.IGNORECASE
)

_FIRST = later(rf"\s*\(?(?P<word>{_OR}){_MORE}[\s,:]*\$?\s*", re.IGNORECASE)


def alternative(prepared: PreparedPart, finding: Finding, view: View) -> str:
    """The word between a right list and one that is not right; "" where nothing stands beside it."""
    if prepared.kind is None or prepared.kind.name not in _KINDS or not finding.spans:
        return ""
    blocks = view.answer.blocks
    for number, block in enumerate(blocks):
        stop, start = _offset(block, finding.spans[-1][1]), _offset(block, finding.spans[0][0])
        if stop is not None and (hit := _following(blocks[number:], stop)) is not None:
            place, word = hit
            if not _is_right(prepared, place, view):
                return word
        before = _BEFORE.search(block.text[:start]) if start is not None else None
        if before is not None and not _is_right(prepared, until(block, before.start()), view):
            return before["word"]
        first = _FIRST.match(block.text) if start is not None and number else None
        if first is not None and first.end() == start and not _is_right(prepared, blocks[number - 1], view):
            return first["word"]
    return ""


def _following(blocks: tuple[Block, ...], stop: int) -> tuple[Block, str] | None:
    """What such a word leads behind a place of the first block, or in the next one; and the word."""
    if (hit := _BEHIND.match(blocks[0].text, stop)) is not None:
        return since(blocks[0], hit.end()), hit["word"]
    ended = not blocks[0].text[stop:].strip(" \n.,;)$")
    if ended and len(blocks) > 1 and (hit := _BEHIND.match(blocks[1].text)) is not None:
        return since(blocks[1], hit.end()), hit["word"]
    return None


def _offset(block: Block, place: int) -> int | None:
    """Where a place of the document is in the text of a block; None where it is not in it."""
    found = [start + place - run.span.start for start, run in starts(block) if run.span.start <= place <= run.span.stop]
    return found[-1] if found else None


def _is_right(prepared: PreparedPart, block: Block, view: View) -> bool:
    answer = view.answer._replace(blocks=(block,))
    alone = View(answer, view.names, None, view.reasons, view.context, view.base)
    assert prepared.kind is not None
    return prepared.kind.judge(prepared.expected, alone).status is Status.RIGHT
