"""Grading many submissions one by one, so that memory does not grow with their number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from grader.batch.found import Found
from grader.model.results import GradedSubmission, Mark

if TYPE_CHECKING:
    from grader.prepare.parts import PreparedRubric
    from grader.read.items import Listing

_UNREAD = frozenset(
    {"missing-file", "nothing-readable", "binary-file", "too-large", "unknown-format", "unreadable-file"}
    | {"broken-notebook", "broken-docx", "broken-pdf", "scanned", "extra-missing"}
    | {"zip-broken", "zip-damaged", "zip-encrypted", "zip-too-much", "not-in-the-download"}
)


def run(
    prepared: PreparedRubric, found: Iterable[Found], progress: Callable[[], object] = lambda: None
) -> Iterator[GradedSubmission]:
    """Every submission graded, in the order given; one that cannot be read is graded too, by its notes."""
    from grader.grade import grade_file

    for one in found:
        yield grade_file(prepared, one.path, one.id) if one.listing is None else _member(prepared, one, one.listing)
        progress()


def _member(prepared: PreparedRubric, one: Found, listing: Listing) -> GradedSubmission:
    """A hand-in of a download."""
    from grader.grade import grade_read
    from grader.read.bundle import read_listing

    graded = grade_read(prepared, lambda: read_listing(listing, one.id, one.id), one.id)
    return replace(graded, hand_in=one.hand_in)


def unreadable(graded: GradedSubmission) -> bool:
    """Was nothing read at all? No mark shows a word of the student's, and a note says why."""
    return any(note.id in _UNREAD for note in graded.notes) and not any(map(_shown, graded.marks))


def _shown(mark: Mark) -> bool:
    return bool(mark.evidence) or any(map(_shown, mark.parts))
