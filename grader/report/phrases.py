"""What every report for people says of a mark and of a whole submission, in the same words."""

from __future__ import annotations

from collections.abc import Callable

from grader.model.results import UNDECIDED, GradedSubmission, Mark, Reason, Status
from grader.report.numbers import decimal
from grader.report.sentences import Audience, describe, explain

NOT_YET = frozenset({Status.PARTIAL, Status.WRONG, Status.BLANK})  # where a hint helps
SYMBOLS: dict[Status, str] = {
    Status.RIGHT: "✓",
    Status.PARTIAL: "~",
    Status.WRONG: "✗",
    Status.BLANK: "-",
    Status.REVIEW: "?",
    Status.ERROR: "!",
}


def points(mark: Mark) -> str:
    """Points out of points; for what is undecided, what could be had."""
    if mark.points is None:
        return f"open, of {decimal(mark.max)}"
    return f"{decimal(mark.points)} of {decimal(mark.max)}"


def cell(mark: Mark) -> str:
    """A mark in a table: points, the status of what is undecided, nothing for a blank."""
    if mark.points is None:
        return mark.status.value
    return "" if mark.status is Status.BLANK else decimal(mark.points)


def why(mark: Mark, audience: Audience = "student", quote: Callable[[str], str] = str) -> list[str]:
    """Every reason as a sentence, each once; the meaning of the status where no reason was given."""
    reasons = mark.reasons
    if not reasons and not mark.parts:
        reasons = (Reason(mark.status.value),)
    return list(dict.fromkeys(explain(reason, audience, quote) for reason in reasons))


def all_sentences(mark: Mark, audience: Audience = "student") -> list[str]:
    """The sentences of a mark and of its parts, each once."""
    own = why(mark, audience)
    below = [sentence for part in mark.parts for sentence in all_sentences(part, audience)]
    return list(dict.fromkeys(own + below))


def notes(
    graded: GradedSubmission, audience: Audience = "student", quote: Callable[[str], str] = str
) -> list[str]:
    """What of the hand-in could not be read or was ignored, each once."""
    return list(dict.fromkeys(describe(note, audience, quote) for note in graded.notes))


def waiting(graded: GradedSubmission) -> int:
    """How many questions wait for a person."""
    return sum(mark.status in UNDECIDED for mark in graded.marks)


def total(graded: GradedSubmission) -> str:
    """The score in words, with its range while something is open."""
    text = f"{decimal(graded.score)} of {decimal(graded.max)}"
    count = waiting(graded)
    if not count:
        return text
    verb = "question waits" if count == 1 else "questions wait"
    bracket = f"between {decimal(graded.least)} and {decimal(graded.most)}"
    return f"{text} so far; {count} {verb} for a person ({bracket})"
