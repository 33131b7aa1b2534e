"""Grading many submissions one by one, so that memory does not grow with their number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from grader.batch.discover import Found
from grader.model.results import GradedSubmission, Mark

if TYPE_CHECKING:
    from grader.prepare.parts import PreparedRubric

_UNREAD = frozenset(
    {
        *("missing-file", "nothing-readable", "binary-file", "too-large", "unknown-format", "unreadable-file"),
        "broken-notebook",
    }
)


def run(
    prepared: PreparedRubric, found: Iterable[Found], progress: Callable[[], object] = lambda: None
) -> Iterator[GradedSubmission]:
    """Every submission graded, in the order given; one that cannot be read is graded too, by its notes."""
    from grader.grade import grade_file

    for one in found:
        yield grade_file(prepared, one.path, one.id)
        progress()


def unreadable(graded: GradedSubmission) -> bool:
    """Was nothing read at all? No mark shows a word of the student's, and a note says why."""
    return any(note.id in _UNREAD for note in graded.notes) and not any(map(_shown, graded.marks))


def _shown(mark: Mark) -> bool:
    return bool(mark.evidence) or any(map(_shown, mark.parts))
