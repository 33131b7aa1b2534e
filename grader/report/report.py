"""What a report is: a name, and a function from graded submissions to text."""

from __future__ import annotations

from collections.abc import Callable

from grader.model.records import NamedTuple
from grader.model.results import GradedSubmission


class Report(NamedTuple):
    """One output format. `render` writes nothing; it takes the submissions in the order to be reported."""

    name: str
    suffix: str
    render: Callable[[tuple[GradedSubmission, ...]], str]
