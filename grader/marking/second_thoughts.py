"""What an answer says behind a right value that takes it back, and titles that ask for what is not so."""

from __future__ import annotations

import re

from grader.kinds.kind import View
from grader.model.patterns import later
from grader.model.results import Finding
from grader.model.rubrics import Part

_AGAIN = later(
    r"\b(?:on second thoughts?|re-?check\w*|checking|wait|hmm+|correction|oops|korrektur)\b",
    re.IGNORECASE,
)
_NUMBER = later(r"-?\d+(?:\.\d+)?")
_LONE_TITLE = later(r"\s*(?:the\s+)?(?P<noun>[^\W\d_]{4,})\s*[.:]?\s*", re.IGNORECASE)
_OF_VALUES = frozenset(["number", "array", "set"])
_NOT = later(
    r"\bnot (?P<word>[a-z]{6,})|\b(?:un|dis|non-?)(?P<root>[a-z]{5,})", re.IGNORECASE, holds=("not", "un", "dis", "non")
)
_DENIED = re.compile(
    r"\b(?:not|no|never|nowhere|fails?|except\w*|but|apart|outside|without|lacks?|loses?|neither|nor|everywhere|else"
    r"|otherwise|elsewhere|unless|where)\b|n['’]t\b"
)
_STEM = 6  # letters by which a word is known again: differentiable, differentiability


def taken_back(part: Part, finding: Finding, view: View) -> str:
    """The words behind a right value by which another one stands: "**7**. On second thought: 6."; "" for none."""
    if part.kind not in _OF_VALUES or not finding.spans:
        return ""
    text = view.answer.document.text
    start, stop = (view.base + place for place in finding.spans[0])
    end = view.base + max((block.span.stop for block in view.answer.blocks), default=0)
    own, behind = _NUMBER.findall(text[start:stop]), text[stop : max(stop, end)]
    if not own or len(finding.spans) > 1:
        return ""
    if again := thought_again(text[start:stop], behind):
        return again
    lone = _LONE_TITLE.fullmatch(part.title)
    if part.kind != "number" or lone is None:
        return ""
    named = re.search(rf"(?i)\b{lone['noun']}\b\s*(?:is|=|:)?\s*\$?(-?\d+(?:\.\d+)?)\b(?!\s*[-+*/^=])", behind)
    return named[0] if named is not None and float(named[1]) != float(own[-1]) else ""


def thought_again(value: str, behind: str) -> str:
    """The words behind a value that come to other numbers, "On second thought: 6"; "" for none."""
    again, own = _AGAIN.search(behind), _NUMBER.findall(value)
    told = _NUMBER.findall(behind[again.end() :]) if again is not None and own else []
    return again[0] if again is not None and told and float(own[-1]) not in map(float, told) else ""


def affirmed(part: Part, finding: Finding, view: View) -> str:
    """The words that say of right places what the title says they are not: "f is differentiable at 0"; "" for none."""
    if part.kind not in _OF_VALUES or not finding.spans:
        return ""
    said = view.answer.text.casefold()
    for found in _NOT.finditer(part.title):
        word = (found["word"] or found["root"]).casefold()[:_STEM]
        for hit in re.finditer(rf"(?<![\w-]){re.escape(word)}\w*", said):
            sentence = (
                re.split(r"[.;!?]\s|\n", said[: hit.start()])[-1] + re.split(r"[.;!?]\s|\n", said[hit.start() :])[0]
            )
            if _DENIED.search(sentence) is None:
                return hit[0]
    return ""
