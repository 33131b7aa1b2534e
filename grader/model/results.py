"""Marks as data: a status, an exact credit, the evidence, and reasons whose sentences are made later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import lcm

from grader.model.documents import Note
from grader.model.hand_ins import HandIn
from grader.model.records import NamedTuple


class Status(StrEnum):
    """What can be said of an answer. `review` and `error` have no credit: a person decides."""

    RIGHT = "right"
    PARTIAL = "partial"
    WRONG = "wrong"
    BLANK = "blank"
    REVIEW = "review"
    ERROR = "error"


_EXACT = {Status.RIGHT: 1, Status.WRONG: 0, Status.BLANK: 0}
UNDECIDED = frozenset({Status.REVIEW, Status.ERROR})


class Reason(NamedTuple):
    """Why a mark is what it is: an id with facts, turned into a sentence by `report.sentences`.

    `say` is the instructor's own sentence for a declared mistake and is used as it stands.
    A reason with `mistake` set names what went wrong and is listed under the mark's `mistakes`.
    """

    id: str
    facts: tuple[tuple[str, str], ...] = ()
    say: str = ""
    mistake: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One judgement of one answer.

    Credit is a fraction from 0 to 1, and None exactly for `review` and `error`: a finding that breaks this
    cannot be made, so no room can turn "cannot tell" into a score.
    """

    status: Status
    credit: Fraction | None
    reasons: tuple[Reason, ...] = ()
    read_as: str = ""  # how the answer was understood, never simplified
    spans: tuple[tuple[int, int], ...] = ()  # the words it is about, as offsets into the document
    value: object = None  # the student's value, for later questions that follow from it; never reported

    def __post_init__(self) -> None:
        if not isinstance(self.status, Status):
            raise TypeError(f"not a status: {self.status!r}")
        if (self.credit is None) != (self.status in UNDECIDED):
            raise ValueError(f"status {self.status} with credit {self.credit!r}")
        if self.credit is not None and not (
            isinstance(self.credit, Fraction) and 0 <= self.credit.numerator <= self.credit.denominator
        ):
            raise ValueError(f"credit {self.credit!r} is not a fraction from 0 to 1")
        exact = _EXACT.get(self.status)
        if exact is not None and self.credit != exact:
            raise ValueError(f"status {self.status} with credit {self.credit}")


def total(values: Sequence[Fraction]) -> Fraction:
    """A sum of fractions, reduced once and not at every step."""
    below = lcm(*[value.denominator for value in values])
    return Fraction(sum([value.numerator * (below // value.denominator) for value in values]), below)


class Evidence(NamedTuple):
    """The student's own words and where they stand; line and column count from 1, in a notebook within its cell."""

    file: str
    line: int
    column: int
    text: str
    width: int = 0  # how many characters, from column on, the mark is about
    cell: str = ""  # of a notebook: "cell 7", "output of cell 7"

    @property
    def place(self) -> str:
        """What the lines are counted in: a file, or a cell of it."""
        return f"{self.file}, {self.cell}" if self.cell else self.file


class Mark(NamedTuple):
    """The mark of a question, or of one part of it."""

    id: str
    max: Fraction  # points of a question; weight of a part
    status: Status
    credit: Fraction | None
    least: Fraction  # credit if all that is undecided turned out wrong ...
    most: Fraction  # ... and right
    read_as: str = ""
    expected: str = ""  # for the instructor only
    reasons: tuple[Reason, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    parts: tuple[Mark, ...] = ()
    hint: str = ""
    explain: str = ""
    reveal: bool = False

    @property
    def points(self) -> Fraction | None:
        """Points earned, None while undecided."""
        if self.status is Status.RIGHT:
            return self.max
        return self.credit and self.credit * self.max

    @property
    def mistakes(self) -> tuple[str, ...]:
        """Ids of what went wrong here and in the parts, each once, in order."""
        own = [reason.id for reason in self.reasons if reason.mistake]
        below = [name for part in self.parts for name in part.mistakes]
        return tuple(dict.fromkeys(own + below))


@dataclass(frozen=True, slots=True)
class GradedSubmission:
    """All marks of one submission, in the order of the rubric."""

    submission: str
    rubric: str
    marks: tuple[Mark, ...]
    notes: tuple[Note, ...] = ()  # what of the hand-in could not be read, or was ignored
    log: tuple[str, ...] = ()  # tracebacks of our own bugs, for the instructor's log
    ignored: tuple[str, ...] = ()  # files that are no answers
    hand_in: HandIn | None = None  # what the download said of it; None for a plain file or folder

    score: Fraction = field(init=False)  # points of everything decided
    max: Fraction = field(init=False)  # points that could be had
    least: Fraction = field(init=False)  # the score if everything undecided were wrong ...
    most: Fraction = field(init=False)  # ... and right

    def __post_init__(self) -> None:
        object.__setattr__(self, "score", total([points for mark in self.marks if (points := mark.points)]))
        object.__setattr__(self, "max", total([mark.max for mark in self.marks]))
        for name in ("least", "most"):  # most marks are decided: both bounds are the score plus what is not
            open_marks = (getattr(mark, name) * mark.max for mark in self.marks if mark.credit is None)
            object.__setattr__(self, name, sum(open_marks, self.score))

    def count(self, status: Status) -> int:
        """How many questions have a status."""
        return sum(mark.status is status for mark in self.marks)
