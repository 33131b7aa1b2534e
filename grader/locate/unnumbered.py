"""A hand-in without any number: its answers in the order of the sheet, where the count leaves no doubt."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grader.locate.assign import Cut
from grader.locate.outline import Node
from grader.locate.pieces import is_blank
from grader.model.answers import ALONE
from grader.model.documents import Block, Document

_FEWEST = 3  # questions; of two, either may be the one that was left out
Style = Callable[[Block], bool]


def by_count(document: Document, questions: Sequence[Node]) -> list[Cut]:
    """The cuts of a document whose texts of one style are just as many as the questions; [] if none are.

    A style is what repeats the question above its answer: headings of one level, bold lines, block quotes, lines that
    end with a question mark. Behind each of them something must stand. Without any such line, every paragraph may be
    an answer.
    """
    if len(questions) < _FEWEST:
        return []
    blocks = document.blocks
    for style in _styles(blocks):
        opening = [at for at, block in enumerate(blocks) if style(block)]
        if len(opening) == len(questions) and _all_answered(blocks, opening):
            return [
                Cut(at, 0, len(blocks[at].text), one.question, ALONE)
                for at, one in zip(opening, questions, strict=True)
            ]
    said = [at for at, block in enumerate(blocks) if not is_blank(block) and block.kind != "heading"]
    asked = any(_is_stressed(blocks[at]) or _is_question(blocks[at]) or blocks[at].quoted for at in said)
    if len(said) != len(questions) or asked:
        return []
    return [Cut(at, 0, 0, one.question, ALONE) for at, one in zip(said, questions, strict=True)]


def _styles(blocks: Sequence[Block]) -> list[Style]:
    levels = sorted({block.level for block in blocks if block.kind == "heading"})
    return [*map(_heading_of, levels), _is_stressed, _is_quoted, _is_question]


def _heading_of(level: int) -> Style:
    return lambda block: block.kind == "heading" and block.level == level


def _is_quoted(block: Block) -> bool:
    return bool(block.quoted) and not is_blank(block)


def _is_stressed(block: Block) -> bool:
    """A line that is bold or emphasised as a whole."""
    if block.kind != "paragraph" or is_blank(block):
        return False
    return all(not run.text.strip() or {"strong", "emphasis"} & set(run.marks) for run in block.runs)


def _is_question(block: Block) -> bool:
    return block.kind == "paragraph" and block.text.rstrip(" *_\n").endswith(("?", "？"))


def _all_answered(blocks: Sequence[Block], opening: Sequence[int]) -> bool:
    ends = [*opening[1:], len(blocks)]
    return all(
        any(not is_blank(block) for block in blocks[at + 1 : end]) for at, end in zip(opening, ends, strict=True)
    )
