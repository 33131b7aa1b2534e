"""Answers that are given again further down, as in a summary: said plainly there, they are in doubt no more."""

from __future__ import annotations

from grader.marking.outcomes import combined
from grader.model.answers import Answer
from grader.model.results import Mark, Status
from grader.prepare.parts import PreparedPart

_SETTLED = frozenset(["changed-by-words", "several-answers", "no-answer-found"])  # doubts about which words count


def says_again(answer: Answer, mark: Mark, later: Answer, other: Mark) -> bool:
    """Whether a second answer further down is the one that the first was read as, among words that left it open.

    One that stands above settles nothing: what follows it may take it back.
    """
    if mark.status is not Status.REVIEW or other.status not in (Status.RIGHT, Status.PARTIAL, Status.WRONG):
        return False
    below = answer.document is later.document and bool(answer.blocks and later.blocks)
    below = below and later.blocks[0].span.start >= max(block.span.stop for block in answer.blocks)
    doubts = {reason.id for one in (mark, *mark.parts) for reason in one.reasons if one.status is Status.REVIEW}
    return below and bool(mark.read_as) and mark.read_as == other.read_as and doubts - {"part-open"} <= _SETTLED


def completed(prepared: PreparedPart, mark: Mark, other: Mark) -> Mark | None:
    """The mark of an answer that stands in two places, one with parts that the other lacks; None for other rivals."""
    pairs = list(zip(mark.parts, other.parts, strict=False))
    lacks = [[part.status is Status.BLANK for part in pair] for pair in pairs]
    if not any(one or two for one, two in lacks):
        return None
    if any(not one and not two and a.credit != b.credit for (one, two), (a, b) in zip(lacks, pairs, strict=True)):
        return None
    return combined(prepared, tuple(b if one else a for (one, _), (a, b) in zip(lacks, pairs, strict=True)))
