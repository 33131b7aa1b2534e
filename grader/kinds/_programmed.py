"""A formula given as a program: loops that add up, slices and einsum, told in index notation and judged as such."""

from __future__ import annotations

from collections.abc import Callable

from grader.kinds._expected import Expected
from grader.kinds._formula_choice import find_formulas
from grader.kinds.kind import View, remark, review
from grader.model.documents import Block, Run, Span
from grader.model.results import Finding
from grader.notation.loop_code import formulas_of


def without_programs(view: View) -> View:
    """The words of an answer alone: what a program says was understood."""
    blocks = tuple(block for block in view.answer.blocks if not _is_code(block))
    return view.alone(blocks)


def _is_code(block: Block) -> bool:
    return block.kind == "code" and block.info != "output" and len(block.runs) == 1


def programmed(expected: Expected, view: View, judge: Callable[[Expected, View], Finding]) -> Finding | None:
    """The finding for what a program computes; None where it is not understood, or a formula stands beside it."""
    inside = [block for block in view.answer.blocks if _is_code(block)]
    beside = [_from_start(block, view.base) for block in view.answer.context if _is_code(block)]
    codes, spans = [*inside, *beside], [block.span for block in inside]
    loss = expected.target.partition("/d")[0].removeprefix("d") if "/d" in expected.target else ""
    for claim in find_formulas(expected, view):
        if not any(span.start <= claim.place[0] < span.stop for span in spans):
            return None
    told = [(block, one) for block in codes for one in formulas_of(block.runs[0].text, expected.names, loss)]
    told = [(block, one) for block, one in told if one.text.startswith((f"{expected.target}[", f"{expected.target} ="))]
    if not expected.target or len(told) != 1:
        return review((), "", remark("code-only")) if _is_code_alone(view) else None
    ((block, formula),) = told
    start = block.runs[0].span.start
    retold = Block("paragraph", block.span, (Run("text", formula.text, block.span),))
    answer = view.answer._replace(blocks=(retold,))
    finding = judge(expected, View(answer, view.names, None, view.reasons, view.context, view.base))
    place = (start + formula.place[0], start + formula.place[1])
    reasons = (remark("program-as-formula"), *finding.reasons)
    return Finding(finding.status, finding.credit, reasons, finding.read_as, (place,), finding.value)


def _from_start(block: Block, base: int) -> Block:
    """A block of the document with its place counted from the start of the answer."""
    start, stop = block.runs[0].span
    run = block.runs[0]._replace(span=Span(start - base, stop - base))
    return block._replace(span=Span(block.span.start - base, block.span.stop - base), runs=(run,))


def _is_code_alone(view: View) -> bool:
    """Whether nothing but the code of cells and files is there, which nobody understood."""
    worded = [block for block in view.answer.blocks if block.kind != "heading"]
    return bool(worded) and all(block.is_program for block in worded)
