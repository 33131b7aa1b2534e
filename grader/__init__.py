"""Marks quantitative homework against a YAML rubric; these public names are loaded on first use."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.equality.answers import compare
    from grader.grade import grade as grade_submission
    from grader.grade import load_rubric
    from grader.model.errors import GraderError
    from grader.read import read_submission
    from grader.report import render
    from grader.version import VERSION as __version__

__all__ = ["GraderError", "__version__", "compare", "grade_submission", "load_rubric", "read_submission", "render"]

# `grader.grade` is the module, so the function cannot have that name here.
_HOMES = {
    "GraderError": ("grader.model.errors", "GraderError"),
    "__version__": ("grader.version", "VERSION"),
    "compare": ("grader.equality.answers", "compare"),
    "grade_submission": ("grader.grade", "grade"),
    "load_rubric": ("grader.grade", "load_rubric"),
    "read_submission": ("grader.read", "read_submission"),
    "render": ("grader.report", "render"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted(__all__)
