"""What the names at the top of a file stand for, at its end and at any line of it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict

from grader.programs.outlines import Outline, Statement

WHOLE = ("FunctionDef", "AsyncFunctionDef", "ClassDef", "Import", "ImportFrom")


class Bindings:
    """Statements by the names that they give a value, and by those whose objects they change."""

    def __init__(self, outline: Outline, failed: frozenset[int]) -> None:
        self.statements = outline.statements
        self.failed = {id(one) for number, one in enumerate(outline.statements) if number in failed}
        self.binding: dict[str, list[Statement]] = defaultdict(list)
        self.changing: dict[str, list[tuple[Statement, bool]]] = defaultdict(list)
        for one in outline.statements:
            for name in one.binds:
                self.binding[name].append(one)
            for name in one.touches:
                self.changing[name].append((one, True))
            for name in {*one.fills} - {*one.touches}:
                self.changing[name].append((one, False))
        inner = [each.statement for one in outline.statements for each in one.members]
        late = {name for one in (*outline.statements, *inner) for name in one.later}
        again = (own[1:] for name, own in self.binding.items() if name in late)
        self.again = sorted({one.first for own in again for one in own})

    def of(self, name: str, line: int = 0) -> list[Statement]:
        """What gives a name its last value, or its last above a line, and what stands above where that may still
        count: `f = twice(f)`."""
        known = self.binding.get(name, [])
        found: list[Statement] = []
        for one in reversed([one for one in known if not line or one.first < line] or known):
            found.append(one)
            if id(one) in self.failed:
                continue  # `def f(x, n=1 / 0):` leaves the f above
            if one.what in WHOLE or (one.what in ("Assign", "AnnAssign") and name not in one.reads):
                break
        return found

    def changed(self, name: str) -> list[tuple[Statement, bool]]:
        """What changes the object of a name, each with whether that is certain."""
        return self.changing.get(name, [])

    def moment(self, line: int) -> int:
        """The next line on which a name that functions look up gets another value; 0 where there is none."""
        place = bisect_right(self.again, line) if line else len(self.again)
        return self.again[place] if place < len(self.again) else 0

    def meant(self, name: str, statement: Statement, when: int) -> list[tuple[Statement, bool]]:
        """What a name stands for in a statement, each with whether that is certain: in functions that are called above
        the line `when`, it may be what it stands for there."""
        now, later = name in statement.now, name in statement.later
        found = self.of(name, statement.first) if now else []
        if later or not now:
            found = found + [one for one in self.of(name) if one not in found]
        early = self.of(name, when) if when and later else []
        return [*((one, True) for one in found), *((one, False) for one in early if one not in found)]
