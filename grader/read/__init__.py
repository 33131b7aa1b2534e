"""Which formats of hand-ins can be read."""

from __future__ import annotations

from grader.model.registry import Registry
from grader.read.files import read_submission
from grader.read.reader import Reader

READERS: Registry[Reader] = Registry(
    "grader.read",
    "READER",
    Reader,
    (
        "markdown",
        "plain",
        "latex",
        "notebook",
        "html",
        "answers",
        "docx",
        "pdf",
        "typst",
        "org",
        "restructured",
        "python",
    ),
)

__all__ = ["READERS", "Reader", "read_submission"]
