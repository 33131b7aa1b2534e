"""An answer that goes on over as many items as there are parts behind it that were not found: whose are they?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.locate.outline import Node, leaves
from grader.locate.pieces import is_blank
from grader.model.answers import Answer
from grader.model.documents import Block

_UNSIGNED = re.compile(r"[-*+•]?\Z")


def spread(root: Node, answers: Sequence[Answer]) -> Iterator[Answer]:
    """The items of such answers, each `among` the parts that may be meant; none of these is blank for sure.

    "1. (a)" and below it "- 5x4", "- 6", "- 7": the dashes may be what the student's file numbers as b and c.
    """
    found = {answer.question: answer for answer in answers}
    for problem in root.children:
        parts = [leaf.question for leaf in leaves(problem)]
        for at, question in enumerate(parts):
            missing = _missing(parts[at + 1 :], found)
            answer = found.get(question)
            items = _items(answer, len(missing)) if answer is not None and missing else ()
            if answer is not None and items:
                yield Answer("", answer.document, items, "", among=tuple(missing))


def _missing(parts: Sequence[str], found: dict[str, Answer]) -> list[str]:
    """The parts up to the next that was found."""
    missing = []
    for part in parts:
        if part in found:
            break
        missing.append(part)
    return missing


def _items(answer: Answer, least: int) -> tuple[Block, ...]:
    """The items without a sign of the list in which the words beside the label stand: at least so many.

    Deeper ones are steps of the answer, unless they are just so many, and each gives a number or a formula.
    """
    first = answer.blocks[0] if answer.blocks else None
    if first is None or not first.level or first.kind != "paragraph":
        return ()
    signless = [block for block in answer.blocks[1:] if block.label and _UNSIGNED.match(block.label)]
    items = [block for block in signless if not is_blank(block)]
    beside = tuple([block for block in items if block.level == first.level])
    if len(beside) >= least:
        return beside
    deeper = tuple([block for block in items if block.level == first.level + 1 and _gives(block)])
    return deeper if len(deeper) == len(items) == least else ()


def _gives(block: Block) -> bool:
    return any(map(str.isdecimal, block.text)) or any(run.kind in ("math", "display") for run in block.runs)
