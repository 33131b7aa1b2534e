"""Everything raised on purpose.

GraderError
├── RubricError     the instructor's mistakes: all faults of one rubric, each with line and path
├── UsageError      what was asked for cannot be done: a folder that cannot be written, no such file
└── Unreadable      words that are not mathematics we can read: carries the place, becomes a finding
    └── Undecided   mathematics that was read, but cannot be evaluated or compared

A student's mistake is never an exception that leaves a room: `Unreadable` is caught by the answer kinds and
becomes a finding with status `review`.
"""

from __future__ import annotations

from grader.model.records import NamedTuple


class Fault(NamedTuple):
    """One mistake in a rubric: where it stands, what is wrong, and what may have been meant."""

    line: int  # 1-based; 0 when no line can be named
    column: int  # 1-based
    path: str  # questions.3d.points
    message: str  # lower case, no full stop
    suggestion: str = ""  # "did you mean `points`?"

    def __str__(self) -> str:
        tail = f" ({self.suggestion})" if self.suggestion else ""
        where = f" @ {self.path}" if self.path else ""
        return f"line {self.line}, column {self.column}: {self.message}{where}{tail}"


class GraderError(Exception):
    """The root of all errors raised on purpose."""


class RubricError(GraderError):
    """A rubric that cannot be used; `faults` holds every mistake found, in the order of the file."""

    def __init__(self, name: str, faults: tuple[Fault, ...]) -> None:
        self.name = name
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.line, fault.column, fault.path)))
        count = f"{len(faults)} fault{'s' if len(faults) != 1 else ''}"
        lines = [f"{name}:{fault.line}:{fault.column}: {_rest(fault)}" for fault in self.faults]
        super().__init__("\n".join([f"{name}: {count} in the rubric", *lines]))


class UsageError(GraderError):
    """What was asked for cannot be done; one sentence that says what to do."""


class Unreadable(GraderError):
    """Words that cannot be read as mathematics.

    `start` and `stop` are offsets into the text that was read; `expected` says what would have been accepted.
    """

    def __init__(self, message: str, start: int = 0, stop: int = 0, expected: str = "") -> None:
        super().__init__(message)
        self.message, self.start, self.stop, self.expected = message, start, stop, expected


class Undecided(Unreadable):
    """Mathematics that was read, but whose value or equality cannot be established."""


class Misfit(Undecided):
    """An index without any values: the lengths of a sample do not fit together."""


def _rest(fault: Fault) -> str:
    where = f"{fault.path}: " if fault.path else ""
    tail = f"; {fault.suggestion}" if fault.suggestion else ""
    return f"{where}{fault.message}{tail}"
