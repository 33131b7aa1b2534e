"""Hand-ins without labels: headings of their own, or the items of a list, as many as there are questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from grader.locate.assign import Cut
from grader.locate.outline import Node, leaves
from grader.locate.pieces import is_blank
from grader.model.answers import ALONE
from grader.model.documents import Block, Document

_FEWEST = 4  # questions; fewer headings agree by chance
_WORD = re.compile(r"[^\W\d_]{3,}")
_ASKS = re.compile(r"\W*(?:find|give|compute|write|determine|state|derive|what|which|how|calculate)\b", re.I)
_BULLETS = ("-", "*", "+")

Style = tuple[str, int]


def by_sections(root: Node, document: Document) -> list[Cut]:
    """The cuts of a document whose sections are exactly as many as the questions, one below the other.

    Where the count differs nothing is guessed: one part left out, and every answer behind it would be another's.
    """
    questions = leaves(root)
    if len(questions) < _FEWEST:
        return []
    fitting = _fitting(document.blocks, range(len(document.blocks)), len(questions))
    if len(fitting) != 1:
        return []
    return _cuts(document, *fitting[0], [leaf.question for leaf in questions])


def by_topics(document: Document, cuts: list[Cut]) -> list[Cut]:
    """The cuts, and those of the parts below problems that have no label for any: exactly as many topics of one style.

    `**EEG:** (40, 80, 2400)`. All such problems must have as many as they have parts, or nothing is guessed.
    """
    found: list[Cut] = []
    kinds: set[str] = set()
    for cut, following in zip(cuts, [*cuts[1:], None], strict=True):
        if not cut.parts:
            continue
        numbers = range(cut.block + 1, following.block if following else len(document.blocks))
        fitting = _fitting(document.blocks, numbers, len(cut.among))
        if len(fitting) != 1:
            return cuts
        found += _cuts(document, *fitting[0], cut.among)
        kinds.add(fitting[0][0][0])
    if len(found) < _FEWEST or len(kinds) > 1:  # quotes are questions below one problem, and answers below another
        return cuts
    open_ = [cut._replace(parts=False) for cut in cuts]
    return sorted([*open_, *found], key=lambda cut: (cut.block, cut.at))


def with_headings(root: Node, document: Document, cuts: list[Cut]) -> list[Cut]:
    """The cuts, and those of headings of the same rank as that of a problem, where nobody read what they are about.

    Such a heading ends the answer above it. Where there are just so many as problems, it stands for its own by order;
    elsewhere what is below it may answer any question that has no answer.
    """
    begun = {cut.block: cut for cut in cuts if not cut.at}
    heads = [number for number, block in enumerate(document.blocks) if block.kind == "heading"]
    known = [number for number in heads if number in begun and begun[number].heading and _is_problem(begun[number])]
    levels = {document.blocks[number].level for number in known}
    if len(levels) != 1:
        return cuts
    same = [number for number in heads if {document.blocks[number].level} == levels and number >= known[0]]
    missed = [number for number in same if number not in begun]
    if not missed:
        return cuts
    claimed = {cut.question for cut in cuts}
    open_ = tuple([leaf.question for leaf in leaves(root) if leaf.question not in claimed])
    added: list[Cut] = []
    for number in missed if open_ else ():
        child = root.children[same.index(number)] if len(same) == len(root.children) else None
        alone = child is not None and not child.children and child.question in open_
        stop = len(document.blocks[number].text)
        question = child.question if alone and child is not None else ""
        clue, parts = (ALONE, False) if question else ("", True)
        added.append(Cut(number, 0, stop, question, clue, parts=parts, among=() if question else open_, heading=True))
    return sorted([*cuts, *added], key=lambda cut: (cut.block, cut.at))


def _is_problem(cut: Cut) -> bool:
    """Whether a heading is that of a whole problem, with parts or without."""
    return bool(cut.among) or (bool(cut.question) and not cut.question[-1:].isalpha())


def _fitting(blocks: Sequence[Block], numbers: Iterable[int], count: int) -> list[tuple[Style, list[int]]]:
    """The styles in which just so many blocks are written that may stand above answers, or hold them."""
    styles: dict[Style, list[int]] = {}
    for number in numbers:
        if (style := _style(blocks[number])) is not None:
            styles.setdefault(style, []).append(number)
    fitting = [
        (style, found) for style, found in styles.items() if len(found) == count and _are_answered(blocks, found, style)
    ]
    if any(style[0] != "quoted" and _are_asked(blocks, found) for style, found in fitting):
        fitting = [(style, found) for style, found in fitting if style[0] != "quoted"]
    return fitting


def _are_asked(blocks: Sequence[Block], items: Sequence[int]) -> bool:
    """Whether each of these is a question, with its answer as a quote below: `- The size of Z`, `  > (5, 4)`."""
    below = [blocks[number + 1] if number + 1 < len(blocks) else None for number in items]
    return all(
        block is not None and block.quoted > blocks[number].quoted and not block.label
        for number, block in zip(items, below, strict=True)
    )


def _cuts(document: Document, style: Style, numbers: Sequence[int], questions: Sequence[str]) -> list[Cut]:
    cuts = []
    asked = style[0] == "item" and _are_asked(document.blocks, numbers)
    for number, question in zip(numbers, questions, strict=True):
        block = document.blocks[number]
        stop = {"item": len(block.text) if asked else 0, "topic": _topic(block)}.get(style[0], len(block.text))
        cuts.append(Cut(number, 0, stop, question, ALONE, heading=asked or style[0] != "item"))
    return cuts


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
    if _topic(block):
        return "topic", block.level
    worded = [run for run in block.runs if run.text.strip()]
    bold = all("strong" in run.marks for run in worded) and "\n" not in block.text.strip()
    if block.kind == "paragraph" and not bold and block.text.rstrip().endswith(("?", "？")):
        return "question", block.level
    least = 1 if _ASKS.match(block.text) else 2 + ("=" in block.text)
    if not (block.kind == "heading" or bold) or len(_WORD.findall(block.text)) < least:
        return None  # "**(5, 4)**" and "**Z = U, both (5, 4)**" are answers
    return ("heading", block.level) if block.kind == "heading" else ("bold", block.level)


def _topic(block: Block) -> int:
    """Where the bold words end that name what a paragraph is about, with their colon; 0 if there are none."""
    at = 0
    for run in block.runs:
        if "strong" not in run.marks and run.text.strip():
            break
        at += len(run.text)
    words, behind = block.text[:at].rstrip(), block.text[at:]
    if block.kind != "paragraph" or block.label or not words or "\n" in words:
        return 0
    if words.endswith((":", "：")):
        return at
    return at + 1 if behind.startswith((":", "：")) else 0


def _are_answered(blocks: Sequence[Block], numbers: Sequence[int], style: Style) -> bool:
    """Whether words stand below every heading, up to the next."""
    if style[0] in ("item", "topic"):
        return True
    return all(
        any(not is_blank(block) for block in blocks[start + 1 : stop])
        for start, stop in pairwise([*numbers, len(blocks)])
    )
