"""What the names of a download say about a hand-in: whose it is, which attempt, whether it was late."""

from __future__ import annotations

from grader.model.records import NamedTuple


class Attempt(NamedTuple):
    """One attempt; `files` are names in the download, none if it is only mentioned there."""

    label: str  # as it was written: "2", "2026-01-01-10-00-00"; "" if nothing tells attempts apart
    late: bool | None  # None: nothing says whether it was
    files: tuple[str, ...] = ()


class HandIn(NamedTuple):
    """Where a submission comes from. Attempts stand from the first to the last, and the last one counts."""

    layout: str
    student: str
    attempts: tuple[Attempt, ...]

    @property
    def late(self) -> bool | None:
        """Whether the attempt that counts was late."""
        return self.attempts[-1].late
