"""Hand-ins without labels: headings of their own, or the items of a list, as many as there are questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from grader.locate.assign import Cut
from grader.locate.outline import Node, leaves
from grader.locate.pieces import is_blank
from grader.model.answers import ALONE
from grader.model.documents import Block, Document

_FEWEST = 4  # questions; fewer headings agree by chance
_WORD = re.compile(r"[^\W\d_]{3,}")
_BULLETS = ("-", "*", "+")

Style = tuple[str, int]


def by_sections(root: Node, document: Document) -> list[Cut]:
    """The cuts of a document whose sections are exactly as many as the questions, one below the other.

    Where the count differs nothing is guessed: one part left out, and every answer behind it would be another's.
    """
    questions = leaves(root)
    if len(questions) < _FEWEST:
        return []
    styles: dict[Style, list[int]] = {}
    for number, block in enumerate(document.blocks):
        if (style := _style(block)) is not None:
            styles.setdefault(style, []).append(number)
    fitting = [
        (style, numbers)
        for style, numbers in styles.items()
        if len(numbers) == len(questions) and _are_answered(document.blocks, numbers, style)
    ]
    if len(fitting) != 1:
        return []
    (kind, _), numbers = fitting[0]
    titled = kind != "item"
    return [
        Cut(number, 0, len(document.blocks[number].text) if titled else 0, leaf.question, ALONE, heading=titled)
        for number, leaf in zip(numbers, questions, strict=True)
    ]


def by_rules(root: Node, document: Document) -> list[Cut]:
    """The cuts of a document without a label whose rules divide its paragraphs as its problems divide their parts.

    One paragraph an answer, in order: three, a rule, five, a rule, four.
    """
    wanted = [len(leaves(problem)) for problem in root.children]
    groups: list[list[int]] = [[]]
    for number, block in enumerate(document.blocks):
        if block.kind == "rule":
            groups.append([])
        elif block.kind in ("paragraph", "row", "code") and not is_blank(block):
            groups[-1].append(number)
    answers = [number for group in groups for number in group]
    if len(wanted) < 2 or sum(wanted) < _FEWEST or [len(group) for group in groups] != wanted:
        return []
    return [Cut(number, 0, 0, leaf.question, ALONE) for number, leaf in zip(answers, leaves(root), strict=True)]


def _style(block: Block) -> Style | None:
    """What the headings of one rank have in common, or questions that are quoted or asked; None for another block."""
    if is_blank(block) or block.kind not in ("heading", "paragraph"):
        return None
    if block.kind == "paragraph" and block.label in _BULLETS:
        return "item", block.level
    if block.quoted:
        return ("quoted", block.quoted) if len(_WORD.findall(block.text)) > 1 else None
    worded = [run for run in block.runs if run.text.strip()]
    bold = all("strong" in run.marks for run in worded) and "\n" not in block.text.strip()
    if block.kind == "paragraph" and not bold and block.text.rstrip().endswith(("?", "？")):
        return "question", block.level
    if not (block.kind == "heading" or bold) or len(_WORD.findall(block.text)) < 2 + ("=" in block.text):
        return None  # "**(5, 4)**" and "**Z = U, both (5, 4)**" are answers
    return ("heading", block.level) if block.kind == "heading" else ("bold", block.level)


def _are_answered(blocks: Sequence[Block], numbers: Sequence[int], style: Style) -> bool:
    """Whether words stand below every heading, up to the next."""
    if style[0] == "item":
        return True
    return all(
        any(not is_blank(block) for block in blocks[start + 1 : stop])
        for start, stop in pairwise([*numbers, len(blocks)])
    )
