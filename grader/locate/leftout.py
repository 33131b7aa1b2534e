"""Code that stands beside words says how an answer was found: it is left out, but not the formulas in its comments."""

from __future__ import annotations

import re

from grader.locate.pieces import drop, is_blank
from grader.model.documents import Block, Note, Run, Span
from grader.model.patterns import later

_SAYS = re.compile(r"[\d=]")
_MARGIN = later(r"^[ \t]*(?:##[ \t]*)?\[\d+\][ \t]+|^[ \t]*##[ \t]+", re.M)
_LANGUAGES = frozenset("python py r {r} {python} julia jl matlab octave c c++ cpp java javascript js".split())
# Y[b,k,c] = X[b, s*k, c] as a comment; no code, where it would say how to get Y from what is known.
_FORMULA = later(r"#+[ \t]*(?P<said>[A-Za-z]\w*[ \t]?\[[^\]\n=]{1,60}\][ \t]*=(?!=)[^\n]*[A-Za-z][^\n]*)", holds=("[",))
_COMPUTES = later(r"^[ \t]*(?:import|from|for|while|def|print|assert)\b|>>>", re.M)
_DEFINES = later(r"^[ \t]*[A-Za-z]\w*(?:\[[^\]\n]*\])?[ \t]*=(?!=)[^\n#]*[A-Za-z]", re.M)


def without_code(blocks: list[Block], notes: list[Note]) -> list[Block]:
    """What was found stands beside the code of a cell, or below it.

    Notes: "code-left-out", and "formula-left-out" where what was typed as code may be the formula that is asked for.
    """
    code = [block for block in blocks if is_program(block)]
    if not code:
        return blocks
    kept = [(k, one) for k, block in enumerate(blocks) for one in ([block] if block not in code else _comments(block))]
    rest = [_without_margin(block) for _, block in kept]
    if any(_SAYS.search(block.text) for block in rest if block.kind not in ("code", "heading")):
        printed = {k + 1 for k, block in enumerate(blocks) if is_program(block) and not block.is_program}
        below = [block for k, block in enumerate(blocks) if k in printed and block.kind == "code" and not block.info]
        rest = [block for block in rest if block not in below]  # what the code printed; the words say enough
    if all(is_blank(block) or block.kind == "heading" for block in rest):
        return blocks
    notes.append(Note("code-left-out", code[0].span))
    notes += [Note("formula-left-out", block.span) for block in code if _may_answer(block) and not _comments(block)]
    return rest


def _comments(block: Block) -> list[Block]:
    """The formulas in the comments of a fence; what those of a cell say is of its code."""
    if not _is_typed(block):
        return []
    (run,) = block.runs
    runs: list[Run] = []
    for found in _FORMULA.finditer(block.text):
        start, stop = found.span("said")
        place = Span(run.span.start + start, run.span.start + stop)
        runs += [Run("break", "\n", Span(place.start, place.start)), Run("text", found["said"], place)]
    return [block._replace(kind="paragraph", runs=tuple(runs[1:]), info="")] if runs else []


def _may_answer(block: Block) -> bool:
    return _is_typed(block) and not _COMPUTES.search(block.text) and bool(_DEFINES.search(block.text))


def _is_typed(block: Block) -> bool:
    """Whether it is a fence in a text, all on its own lines of the file."""
    exact = len(block.runs) == 1 and len(block.text) == block.runs[0].span.stop - block.runs[0].span.start
    return exact and not block.is_program and not block.info.startswith("cell ")


def _without_margin(block: Block) -> Block:
    """What R printed without the margin that it prints: `## [1] 5133600`."""
    if block.kind != "code" or "[1]" not in block.text:
        return block
    lines = [line for line in block.text.split("\n") if line.strip()]
    margins = [(found.start(), found.end()) for found in _MARGIN.finditer(block.text)]
    return drop(block, margins) if lines and len(margins) == len(lines) else block


def is_program(block: Block) -> bool:
    """Whether a block is code in a language of its own."""
    return block.is_program or (block.kind == "code" and block.info.split(" ")[0].lower() in _LANGUAGES)
