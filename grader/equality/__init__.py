"""Whether two written formulas mean the same: read, evaluated, compared, and never guessed."""

from __future__ import annotations

from grader.equality.answers import compare
from grader.equality.verdicts import Comparison

__all__ = ["Comparison", "compare"]
