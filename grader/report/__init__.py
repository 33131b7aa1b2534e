"""Results to text, one file per output; nothing here prints or writes."""

from __future__ import annotations

from collections.abc import Iterable

from grader.model.errors import UsageError
from grader.model.registry import Registry
from grader.model.results import GradedSubmission
from grader.report.report import Report

REPORTS: Registry[Report] = Registry("grader.report", "REPORT", Report, ("csv", "jsonl", "markdown", "terminal"))


def render(graded: GradedSubmission | Iterable[GradedSubmission], format: str = "markdown") -> str:
    """One submission, or several, as text; UsageError for a format that is not in `REPORTS.names`."""
    many = (graded,) if isinstance(graded, GradedSubmission) else tuple(graded)
    if format not in REPORTS.names:
        raise UsageError(f"there is no report {format!r}; there are {', '.join(REPORTS.names)}")
    return REPORTS.load(format).render(many)
