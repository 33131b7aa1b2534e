"""What the answers of one submission have come to so far."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from grader.marking.withdrawn import Taking, takings
from grader.model.answers import Located
from grader.model.expressions import Relation
from grader.model.results import Mark
from grader.prepare.parts import PreparedPart


class Progress:
    """What later questions of the same submission may follow from: the student's own values by name."""

    __slots__ = ("_takings", "relations", "undecided", "values")

    def __init__(
        self,
        values: dict[str, Any] | None = None,
        relations: list[Relation] | None = None,
        undecided: set[str] | None = None,
    ) -> None:
        self.values = {} if values is None else values
        self.relations = [] if relations is None else relations
        self.undecided = set() if undecided is None else undecided  # names of answers that a person has yet to decide
        self._takings: tuple[Taking, ...] | None = None

    def define(self, relations: Iterable[Relation]) -> None:
        """Learns relations that stand above an answer."""
        self.relations.extend(one for one in relations if one not in self.relations)

    def takings(self, located: Located) -> tuple[Taking, ...]:
        """What takes an answer back, looked for once a submission."""
        if self._takings is None:
            self._takings = takings(located)
        return self._takings

    def copied(self) -> Progress:
        """The same, to try an answer with."""
        return Progress(dict(self.values), list(self.relations), set(self.undecided))

    def take(self, other: Progress) -> None:
        """Goes on from what another came to."""
        self.values, self.relations, self.undecided = other.values, other.relations, other.undecided

    def leave_open(self, prepared: PreparedPart, mark: Mark) -> None:
        """Remembers that a person decides about an answer, or about some of its parts: what follows from it waits."""
        if mark.credit is not None:
            return
        if prepared.part.name:
            self.undecided.add(prepared.part.name)
        known = {inner.id: inner for inner in mark.parts}
        for part in prepared.parts:
            self.leave_open(part, known.get(part.part.id, mark))
