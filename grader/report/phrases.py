"""What every report for people says of a mark and of a whole submission, in the same words."""

from __future__ import annotations

from fractions import Fraction

from grader.model.results import UNDECIDED, GradedSubmission, Mark, Reason, Status
from grader.report.clean import ticked
from grader.report.numbers import decimal, shown
from grader.report.sections import NOT_YET
from grader.report.sentences import Audience, Quote, describe, explain

SYMBOLS: dict[Status, str] = {
    Status.RIGHT: "✓",
    Status.PARTIAL: "~",
    Status.WRONG: "✗",
    Status.BLANK: "-",
    Status.REVIEW: "?",
    Status.ERROR: "!",
}


def points(earned: Fraction | None, most: Fraction) -> str:
    """Points out of points; for what is undecided, what could be had."""
    return f"open, of {shown(most)}" if earned is None else f"{shown(earned)} of {shown(most)}"


def cell(mark: Mark) -> str:
    """A mark in a table: points, the status of what is undecided, nothing for a blank."""
    if mark.points is None:
        return mark.status.value
    return "" if mark.status is Status.BLANK else decimal(mark.points)


def all_sentences(mark: Mark, audience: Audience = "student") -> list[str]:
    """The sentences of a mark and of its parts, each once; without a reason, what the status means."""
    reasons = mark.reasons
    if not reasons and not mark.parts:
        reasons = (Reason(mark.status.value),)
    own = [explain(reason, audience, ticked, str) for reason in reasons]
    below = [sentence for part in mark.parts for sentence in all_sentences(part, audience)]
    return list(dict.fromkeys(own + below))


def notes(graded: GradedSubmission, quote: Quote = str, plain: Quote = str) -> list[str]:
    """What of the hand-in could not be read or was ignored, each once."""
    return list(dict.fromkeys(describe(note, "student", quote, plain) for note in graded.notes))


def again(graded: GradedSubmission) -> list[str]:
    """The questions that are decided and did not earn everything."""
    return [mark.id for mark in graded.marks if mark.status in NOT_YET]


def undecided(graded: GradedSubmission) -> list[str]:
    """The questions that wait for a person."""
    return [mark.id for mark in graded.marks if mark.status in UNDECIDED]


def reviews(graded: GradedSubmission) -> list[tuple[str, str]]:
    """The questions that wait for a person, each with the reason in the instructor's words."""
    waiting = [mark for mark in graded.marks if mark.status in UNDECIDED]
    return [(mark.id, " ".join(dict.fromkeys(_open_reasons(mark)))) for mark in waiting]


def _open_reasons(mark: Mark) -> list[str]:
    """Those of the parts that are undecided, or of the mark itself."""
    inside = [text for part in mark.parts if part.status in UNDECIDED for text in _open_reasons(part)]
    return inside or all_sentences(mark, "instructor")


def total(graded: GradedSubmission) -> str:
    """The score in words, with its range while something is open."""
    text = f"{shown(graded.score)} of {shown(graded.max)}"
    count = len(undecided(graded))
    if not count:
        return text
    verb = "question waits" if count == 1 else "questions wait"
    bracket = f"in all between {shown(graded.least)} and {shown(graded.most)}"
    return f"{text} so far; {count} {verb} for a person ({bracket})"
