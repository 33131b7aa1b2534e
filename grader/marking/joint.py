"""Answers below a label of several parts: each part takes the piece in its place, if no other order fits better."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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

    "(c) and (d): -6 at (1,0). 6 at (1,3).": nothing says which of them is which. A bug of ours stays one. Where only
    one order gives each part an answer of its kind at all, and all of them are right, that one is meant.
    """
    kept = {one.id: one for one in marks}
    parts = {question.id: (question, part) for question, part in questions}
    for among in dict.fromkeys(answer.among for answer in located.answers if answer.clue == JOINT):
        pieces = [answer for name in among if (answer := located.get(name)) is not None and answer.among == among]
        if len(pieces) < len(among):
            continue
        table = {
            (name, at): kept[name] if piece.question == name else mark(*parts[name], piece._replace(question=name))
            for name in among
            for at, piece in enumerate(pieces)
        }
        orders = list(permutations(range(len(pieces))))
        if not _fits_better(among, orders, table):
            continue
        meant = _only_right(among, orders, table)
        for name in among:
            if meant:
                kept[name] = meant[name]
            elif kept[name].status is not Status.ERROR:
                reason = remark("joint-order")
                kept[name] = undecided(*parts[name], Status.REVIEW, reason, kept[name].evidence, kept[name].read_as)
    return [kept[one.id] for one in marks]


Table = Mapping[tuple[str, int], Mark]  # what each part would be marked for each piece
Order = tuple[int, ...]


def _fits_better(among: Sequence[str], orders: Sequence[Order], table: Table) -> bool:
    """Whether the pieces earn as much in another order: then nobody can say which one is meant."""
    own, *others = [
        sum((table[name, at].credit or Fraction(0) for name, at in zip(among, order, strict=True)), Fraction(0))
        for order in orders
    ]
    return any(other >= own for other in others)


def _only_right(among: Sequence[str], orders: Sequence[Order], table: Table) -> dict[str, Mark]:
    """The marks in the only order in which no part gets what is no answer to it, if they are all right: a shape and
    two numbers of channels below "(a)+(b)" can only be meant in one way."""
    fitting = [order for order in orders if all(_answers(table[one]) for one in zip(among, order, strict=True))]
    meant = {name: table[name, at] for name, at in zip(among, fitting[0], strict=True)} if len(fitting) == 1 else {}
    return meant if all(one.status is Status.RIGHT for one in meant.values()) else {}


def _answers(mark: Mark) -> bool:
    """Whether something in the piece was read as an answer to the part."""
    return mark.status in _DECIDED or bool(mark.read_as)


_DECIDED = frozenset([Status.RIGHT, Status.PARTIAL, Status.WRONG])
