"""Formulas of a question with several parts that stand in a program beside its words."""

from __future__ import annotations

from collections.abc import Sequence

from grader.kinds.kind import View
from grader.model.documents import Block, Span
from grader.model.results import Mark, Status
from grader.prepare.parts import PreparedPart


def with_code(parts: Sequence[PreparedPart], view: View) -> View | None:
    """The answer with the programs that were left out beside it, where its words hold no formula at all."""
    code = [block for block in view.answer.context if block.kind == "code" and not block.is_program]
    asked = [(part.kind, part.expected) for part in parts if part.kind is not None and part.kind.compounds]
    if not code or not asked or any(kind.find(expected, view) for kind, expected in asked):
        return None
    base = min(view.base, *[block.span.start for block in code])
    blocks = [_moved(block, base - view.base) for block in view.answer.blocks]
    blocks += [_moved(block, base) for block in code]
    answer = view.answer._replace(blocks=tuple(sorted(blocks, key=lambda block: block.span.start)), context=())
    return View(answer, view.names, None, view.reasons, view.context, base)


def tells_all(parts: Sequence[PreparedPart], mark: Mark) -> bool:
    """Whether all formulas that are asked for are right: a program that says less is for a person."""
    asked = {part.part.id for part in parts if part.kind is not None and part.kind.compounds}
    return all(one.status is Status.RIGHT for one in mark.parts if one.id in asked)


def _moved(block: Block, by: int) -> Block:
    """A block with its places counted from this many characters further on."""
    span = Span(block.span.start - by, block.span.stop - by)
    runs = [run._replace(span=Span(run.span.start - by, run.span.stop - by)) for run in block.runs]
    return block._replace(span=span, runs=tuple(runs))
