"""Letters of options that look like the labels of parts: "5a) b) bisection" chooses b, and begins no part b."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from grader.locate.assign import Cut
from grader.model.documents import Document
from grader.model.rubrics import Mapping, Part, Rubric, Scalar
from grader.model.rubrics import Sequence as List

_LETTER = re.compile(r"\W*([A-Za-z])\W*")


def with_options(document: Document, cuts: Sequence[Cut], rubric: Rubric) -> list[Cut]:
    """The cuts without those for the letter of an option, right behind the label of a question that offers it."""
    offered = {question.id: set(_letters(question.part)) for question in rubric.questions}
    if not any(offered.values()):
        return list(cuts)
    dropped = [
        following
        for cut, following in pairwise(cuts)
        if cut.question
        and cut.block == following.block
        and following.at <= cut.stop
        and _letter(document, following) in offered.get(cut.question, ())
        and (_is_whole_label(document, cut) or _comes_again(following, cuts))
    ]
    return [cut for cut in cuts if cut not in dropped]


def _letters(part: Part) -> Iterator[str]:
    """The options of a choice that are single letters; of several parts, those of the first."""
    if part.parts:
        yield from _letters(part.parts[0])
    options = part.fields.get("options")
    if isinstance(options, Mapping):
        yield from (key.text.strip().lower() for key, _ in options.entries if len(key.text.strip()) == 1)
    elif isinstance(options, List):
        yield from (one.text.strip().lower() for one in options.items if isinstance(one, Scalar))


def _letter(document: Document, cut: Cut) -> str:
    found = _LETTER.fullmatch(document.blocks[cut.block].text[cut.at : cut.stop])
    return found[1].lower() if found is not None else ""


def _comes_again(cut: Cut, cuts: Sequence[Cut]) -> bool:
    """Whether the question that a letter would begin has a label of its own further down."""
    return any(other.question == cut.question and other.block > cut.block for other in cuts)


def _is_whole_label(document: Document, cut: Cut) -> bool:
    """Whether a label names its problem too, "5a)", and begins a block: of "a) b) 3" nobody knows."""
    label = document.blocks[cut.block].text[cut.at : cut.stop]
    return cut.at == 0 and any(map(str.isdigit, label)) and any(map(str.isalpha, label))
