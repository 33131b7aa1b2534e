"""Formulas in boxes, each the answer to one of several parts: what is in the box is read as if there were none."""

from __future__ import annotations

from grader.kinds.kind import View
from grader.model.documents import Block, Run, Span
from grader.model.patterns import later
from grader.notation.boxes import closing

_DELIMITED = ("math", "display")
_BOX = later(r"\s*(?:\\displaystyle(?![A-Za-z])\s*)?(?:\\boxed\s*\{)?")


def without_boxes(view: View) -> View:
    """The answer with what is in each formula that is boxed as a whole, and without `\\\\displaystyle`."""
    text = view.answer.text
    if "\\boxed" not in text and "\\displaystyle" not in text:
        return view
    blocks = tuple([_opened(block) for block in view.answer.blocks])
    return view if blocks == view.answer.blocks else view.alone(blocks)


def _opened(block: Block) -> Block:
    return block._replace(runs=tuple([_inside(run) if run.kind in _DELIMITED else run for run in block.runs]))


def _inside(run: Run) -> Run:
    found = _BOX.match(run.text)
    if found is None or not found[0].strip():
        return run
    start, stop = found.end(), len(run.text)
    if "\\boxed" in found[0]:
        stop = closing(run.text, start)
        if run.text[stop + 1 :].strip(" .,;\n"):
            return run
    return run._replace(text=run.text[start:stop], span=Span(run.span.start + start, run.span.start + stop))
