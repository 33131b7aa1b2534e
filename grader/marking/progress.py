"""What the answers of one submission have come to so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from grader.model.expressions import Relation


@dataclass(slots=True, eq=False, repr=False)
class Progress:
    """What later questions of the same submission may follow from: the student's own values by name."""

    values: dict[str, Any] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    undecided: set[str] = field(default_factory=set)  # names of answers that a person has yet to decide

    def copied(self) -> Progress:
        """The same, to try an answer with."""
        return Progress(dict(self.values), list(self.relations), set(self.undecided))

    def take(self, other: Progress) -> None:
        """Goes on from what another came to."""
        self.values, self.relations, self.undecided = other.values, other.relations, other.undecided
