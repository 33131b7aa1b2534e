"""Answers below a label of several parts: each part takes the piece in its place, if no other order fits better."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import permutations

from grader.kinds.kind import remark
from grader.marking.outcomes import undecided
from grader.model.answers import JOINT, Answer, Located
from grader.model.results import Mark, Status
from grader.model.rubrics import Question
from grader.prepare.parts import PreparedPart

Asked = Sequence[tuple[Question, PreparedPart]]


def in_their_order(
    questions: Asked, marks: Sequence[Mark], located: Located, mark: Callable[[Question, PreparedPart, Answer], Mark]
) -> list[Mark]:
    """The marks; those below one label are for a person where its pieces would earn more in another order.

    "(c) and (d): -6 at (1,0). 6 at (1,3).": nothing says which of them is which. A bug of ours stays one.
    """
    kept = {one.id: one for one in marks}
    parts = {question.id: (question, part) for question, part in questions}
    for among in dict.fromkeys(answer.among for answer in located.answers if answer.clue == JOINT):
        pieces = [answer for name in among if (answer := located.get(name)) is not None and answer.among == among]
        if len(pieces) < len(among) or not _fits_better(among, pieces, kept, parts, mark):
            continue
        for name in among:
            if kept[name].status is not Status.ERROR:
                reason = remark("joint-order")
                kept[name] = undecided(*parts[name], Status.REVIEW, reason, kept[name].evidence, kept[name].read_as)
    return [kept[one.id] for one in marks]


def _fits_better(
    among: Sequence[str],
    pieces: Sequence[Answer],
    kept: dict[str, Mark],
    parts: dict[str, tuple[Question, PreparedPart]],
    mark: Callable[[Question, PreparedPart, Answer], Mark],
) -> bool:
    """Whether the pieces earn as much in another order: then nobody can say which one is meant."""
    credits = {
        (name, at): (kept[name] if piece.question == name else mark(*parts[name], piece._replace(question=name))).credit
        for name in among
        for at, piece in enumerate(pieces)
    }

    def total(order: Sequence[int]) -> Fraction:
        return sum((credits[name, at] or Fraction(0) for name, at in zip(among, order, strict=True)), Fraction(0))

    own = tuple(range(len(pieces)))
    return any(total(order) >= total(own) for order in permutations(own) if order != own)
