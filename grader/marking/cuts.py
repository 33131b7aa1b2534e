"""Blocks up to a place of their text and from there on, and the clause before a value."""

from __future__ import annotations

from grader.kinds.kind import View
from grader.model.documents import Block, Run, Span
from grader.model.patterns import later
from grader.model.results import Finding

_CLAUSES = later(r"[.;!?]\s|\n|,\s+(?:so|and|hence|thus|therefore|but|which|while|whereas)\s")


def clause_before(view: View, finding: Finding, reach: int) -> str:
    """The words of its clause before the value that was marked, at most so many characters of them."""
    text, start = view.answer.document.text, view.base + finding.spans[0][0]
    return _CLAUSES.split(text[max(view.base, start - reach) : start])[-1]


_SENTENCES = later(r"[.;!?]\s|\n")


def sentence_around(view: View, finding: Finding, reach: int) -> str:
    """The words of its sentence around the value that was marked, at most so many characters on each side."""
    text, start, stop = view.answer.document.text, *(view.base + place for place in finding.spans[0])
    before, behind = text[max(view.base, start - reach) : start], text[stop : min(len(text), stop + reach)]
    end = max((block.span.stop for block in view.answer.blocks), default=0) + view.base
    behind = behind[: max(0, end - stop)]
    return _SENTENCES.split(before)[-1] + text[start:stop] + _SENTENCES.split(behind)[0]


def starts(block: Block) -> list[tuple[int, Run]]:
    """The runs of a block, each with where it begins in the text of the block."""
    found, at = [], 0
    for run in block.runs:
        found.append((at, run))
        at += len(run.text)
    return found


def since(block: Block, at: int) -> Block:
    """What stands from a place of its text on."""
    runs: list[Run] = []
    for start, run in starts(block):
        cut = max(at - start, 0)
        if cut < len(run.text):
            runs.append(
                run._replace(text=run.text[cut:], span=Span(run.span.start + cut, run.span.stop)) if cut else run
            )
    return block._replace(runs=tuple(runs), span=Span(runs[0].span.start if runs else block.span.stop, block.span.stop))


def until(block: Block, at: int) -> Block:
    """What stands before a place of its text."""
    runs: list[Run] = []
    start = 0
    for run in block.runs:
        left = at - start
        if left <= 0:
            break
        start += len(run.text)
        cut = run.text[:left]
        runs.append(
            run if cut == run.text else run._replace(text=cut, span=Span(run.span.start, run.span.start + left))
        )
    span = Span(block.span.start, max((run.span.stop for run in runs), default=block.span.start))
    return block._replace(runs=tuple(runs), span=span)
