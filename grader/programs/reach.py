"""What of a program a function reaches: all that it calls or looks up, in every file of the hand-in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from grader.programs.outlines import Outline, Statement

_DEEPEST, _MOST_STEPS = 9, 5000
Key = tuple[int, int]  # file, and the line on which a statement begins


class Reached(NamedTuple):
    """A statement that counts, and in how many loops of its callers it stands."""

    statement: Statement
    depth: int
    file: int


class Reach:
    """A whole program: `names` are those of its files."""

    def __init__(self, outlines: tuple[Outline, ...], names: tuple[str, ...]) -> None:
        self.outlines = outlines
        self.modules: dict[str, int] = {}
        for number, name in enumerate(names):
            path = name.removesuffix(".py").replace("\\", "/").strip("/").removesuffix("/__init__").replace("/", ".")
            for known in (path.rpartition(".")[2], path):
                if known:
                    self.modules.setdefault(known, number)

    def of(self, file: int, name: str) -> list[Reached]:
        """All that a function reaches; without a name, the whole of a file and what that reaches."""
        own = self.outlines[file]
        first = own.all_of(name) + own.changing(name) if name else list(own.statements)
        waiting = [((file, one), 0, frozenset[Key]()) for one in reversed(first)]
        best: dict[Key, Reached] = {}
        for _ in range(_MOST_STEPS):
            if not waiting:
                break
            (place, one), depth, path = waiting.pop()
            key = (place, one.first)
            if key in path or (key in best and best[key].depth >= depth):
                continue
            best[key] = Reached(one, min(depth, _DEEPEST), place)
            waiting += [(link, depth + more, path | {key}) for link, more in self._links(place, one)]
        return [one for one in best.values() if not one.statement.what.startswith("Import")]

    def below(self, file: int, statement: Statement) -> Iterator[Statement]:
        """What a statement reaches through others, itself too if it comes back to itself."""
        seen: set[Key] = set()
        waiting = [(file, statement)]
        while waiting and len(seen) < _MOST_STEPS:
            for (place, one), _ in self._links(*waiting.pop()):
                if (place, one.first) not in seen:
                    seen.add((place, one.first))
                    waiting.append((place, one))
                    yield one

    def _links(self, file: int, statement: Statement) -> Iterator[tuple[tuple[int, Statement], int]]:
        deep, own = dict(statement.deep), self.outlines[file]
        for name in statement.reads:
            for one in own.all_of(name):
                if one is not statement or one.what == "FunctionDef":
                    yield (file, one), deep.get(name, 0)
            yield from (((file, one), 0) for one in own.changing(name) if one is not statement)
        for use, _ in statement.uses:
            for place, one in self._elsewhere(use):
                yield (place, one), deep.get(use, 0)

    def _elsewhere(self, use: str) -> Iterator[tuple[int, Statement]]:
        """`pkg.helpers.go`, whose first words are a file of the hand-in."""
        parts = use.lstrip(".").removeprefix("hand_in.").split(".")
        for count in range(len(parts) - 1, 0, -1):
            file = self.modules.get(".".join(parts[:count]))
            if file is not None:
                yield from ((file, one) for one in self.outlines[file].all_of(parts[count]))
                return
