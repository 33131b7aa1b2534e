"""YAML text to a Rubric, with all faults at once, and the JSON Schema for editors."""

from grader.rubric.load import read_rubric
from grader.rubric.schema import json_schema

__all__ = ["json_schema", "read_rubric"]
