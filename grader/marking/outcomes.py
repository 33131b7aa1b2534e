"""Marks of questions that nothing was compared for: blank, or for a person; and the reference as text."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from grader.kinds.kind import remark
from grader.marking.evidence import merged
from grader.model.results import UNDECIDED, Evidence, Mark, Reason, Status, total
from grader.model.rubrics import Question
from grader.prepare.parts import PreparedPart

ZERO, ONE = Fraction(0), Fraction(1)


def undecided(
    question: Question,
    prepared: PreparedPart,
    status: Status,
    reason: Reason,
    evidence: tuple[Evidence, ...] = (),
    read_as: str = "",
) -> Mark:
    """A mark without credit: for a person."""
    return Mark(
        question.id,
        question.points,
        status,
        None,
        ZERO,
        ONE,
        read_as,
        expected_text(prepared),
        (reason,),
        evidence,
        reveal=prepared.part.reveal,
    )


def rivalled(question: Question, prepared: PreparedPart, mark: Mark) -> Mark:
    """A mark for a person, where two answers stand in the words of this one."""
    return undecided(question, prepared, Status.REVIEW, remark("several-answers"), mark.evidence, mark.read_as)


def blank(question: Question, prepared: PreparedPart, reason: Reason, evidence: tuple[Evidence, ...] = ()) -> Mark:
    """The mark of a question without an answer."""
    part = prepared.part
    return Mark(
        question.id,
        question.points,
        Status.BLANK,
        ZERO,
        ZERO,
        ZERO,
        "",
        expected_text(prepared),
        (reason,),
        evidence,
        hint=part.hint,
        explain=part.explain,
        reveal=part.reveal,
    )


def combined(prepared: PreparedPart, marks: tuple[Mark, ...]) -> Mark:
    """The mark of a whole from its parts: the weighted credit, undecided while any part is."""
    weight = total([mark.max for mark in marks])
    least = total([mark.least * mark.max for mark in marks if mark.least]) / weight
    most = least
    if any(mark.credit is None for mark in marks):
        most = total([mark.most * mark.max for mark in marks]) / weight
    statuses = {mark.status for mark in marks}
    credit: Fraction | None = least
    if statuses & UNDECIDED:
        status, credit = (Status.ERROR if Status.ERROR in statuses else Status.REVIEW), None
    elif statuses <= {Status.BLANK}:
        status = Status.BLANK
    else:
        status = Status.RIGHT if credit == 1 else Status.WRONG if credit == 0 else Status.PARTIAL
    evidence = merged(tuple(item for mark in marks for item in mark.evidence))
    read_as = "; ".join(f"{mark.id}: {mark.read_as}" for mark in marks if mark.read_as)
    part = prepared.part
    return Mark(
        part.id,
        part.weight,
        status,
        credit,
        least,
        most,
        read_as,
        expected_text(prepared),
        (remark("parts-undecided"),) if credit is None else (),
        evidence,
        marks,
        part.hint if status is not Status.RIGHT else "",
        part.explain if status is not Status.RIGHT else "",
        part.reveal,
    )


def confirmed(questions: Sequence[tuple[Question, PreparedPart]], marks: Sequence[Mark]) -> list[Mark]:
    """The marks of answers that only their order tells apart; all for a person, unless half of them are right.

    Right answers under other questions than their own are as good as never right: that half are is what shows the
    order. A bug of ours stays one.
    """
    if 2 * sum(mark.status is Status.RIGHT for mark in marks) >= len(marks):
        return list(marks)
    return [
        mark
        if mark.status is Status.ERROR
        else undecided(question, part, Status.REVIEW, remark("order-alone"), mark.evidence, mark.read_as)
        for (question, part), mark in zip(questions, marks, strict=True)
    ]


def expected_text(prepared: PreparedPart) -> str:
    """The reference as text, for the instructor."""
    if prepared.parts:
        return "; ".join(f"{inner.part.id}: {expected_text(inner)}" for inner in prepared.parts)
    return "" if prepared.kind is None else prepared.kind.describe(prepared.expected)


def told_by_program(reasons: Sequence[Reason]) -> bool:
    """Whether a program was read as the formula that counts."""
    return any(reason.id == "program-as-formula" for reason in reasons)
