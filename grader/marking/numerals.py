"""What begins an answer: a number with a dot that Markdown takes for the marker of a list, "6. It has 3 rows", and the
labels of other questions in one heading, "4-a, 4-b: see the code below"."""

from __future__ import annotations

import re

from grader.marking.cuts import since
from grader.model.answers import Answer
from grader.model.documents import Run, Span
from grader.prepare.parts import PreparedPart

_MARKER = re.compile(r"(\d{1,9})[.)]")
_DIGITS = re.compile(r"\d+")


def with_numeral(answer: Answer, prepared: PreparedPart, id: str) -> Answer:
    """The answer with its first list marker as a number, where a number is asked for and nothing makes it a list.

    That is a marker but the first of a list, without a neighbour in the document, and no number of the question's own.
    """
    answer = _without_labels(answer, id)
    if not any(part.kind is not None and part.kind.name == "number" for part in (prepared, *prepared.parts)):
        return answer
    at, block = next(((k, one) for k, one in enumerate(answer.blocks) if one.kind != "heading"), (0, None))
    found = _MARKER.fullmatch(block.label) if block is not None else None
    if block is None or found is None or not block.text.strip():
        return answer
    number, own = int(found[1]), set(map(int, _DIGITS.findall(id)))
    labels = {int(one[1]) for other in answer.document.blocks if (one := _MARKER.fullmatch(other.label))}
    if number < 2 or number in own or labels & {number - 1, number + 1}:
        return answer
    start = block.span.start
    marker = Run("text", f"{found[0]} ", Span(start, start + len(found[0])))
    typed = block._replace(runs=(marker, *block.runs), label="")
    return answer._replace(blocks=(*answer.blocks[:at], typed, *answer.blocks[at + 1 :]))


_LABEL = r"\(?\d{1,2}\s?[-.]?\s?(?:\([a-h]\)|[a-h]\b)\)?"
_NEXT = rf"\s*(?:[,;&/+]|and\s)\s*(?:and\s+)?{_LABEL}"
_SIBLINGS = re.compile(rf"\s*(?:(?:{_NEXT})+\s*:?|{_LABEL}(?:{_NEXT})*\s*:(?!=))")


def _without_labels(answer: Answer, id: str) -> Answer:
    """The answer behind the labels of questions with the same number that stand beside its own: ", 4-b, 4-c:"."""
    at = next((k for k, one in enumerate(answer.blocks) if one.text.strip()), None)
    found = _SIBLINGS.match(answer.blocks[at].text) if at is not None else None
    number = _DIGITS.match(id)
    if at is None or found is None or number is None or {*_DIGITS.findall(found[0])} != {number[0]}:
        return answer
    blocks = (*answer.blocks[:at], since(answer.blocks[at], found.end()), *answer.blocks[at + 1 :])
    return answer._replace(blocks=blocks)
