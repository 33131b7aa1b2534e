"""What of a program a function reaches: all that it calls or looks up, in every file of the hand-in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from grader.model.records import NamedTuple
from grader.programs.bindings import WHOLE, Bindings
from grader.programs.outlines import Outline, Statement
from grader.sandbox.members import DYNAMIC
from grader.sandbox.modules import endings, importable, module_name
from grader.sandbox.names import MAYBE

_DEEPEST, _MOST_LINKS, _MOST_OF_A_NAME, _MOST_TURNS = 9, 20_000, 50, 9
Key = tuple[int, int]  # file, and the line on which a statement begins
Link = tuple[int, Statement, int, bool]  # file, statement, in how many loops it is named, whether it is certain
_DEFINING = ("FunctionDef", "AsyncFunctionDef")


class Reached(NamedTuple):
    """A statement that counts, in how many loops of its callers it stands, and whether it is certain that it counts."""

    statement: Statement
    depth: int
    file: int
    sure: bool = True


class Members:
    """The members of some classes, each with its file and its class."""

    def __init__(self, classes: Iterable[tuple[int, Statement]]) -> None:
        self.classes = {id(one): (file, one) for file, one in classes}
        self.named: dict[str, list[tuple[int, Statement, Statement]]] = defaultdict(list)
        for file, one in self.classes.values():
            for each in one.members:
                for name in each.names:
                    self.named[name].append((file, one, each.statement))

    def every(self) -> Iterator[tuple[int, Statement, Statement]]:
        """All of them, one after the other."""
        for file, one in self.classes.values():
            yield from ((file, one, each.statement) for each in one.members)


class Reach:
    """A whole program: `names` are those of its files, of which `main` is run; `failed` the numbers of the statements
    in each that failed. `lost` says that it is too large to be followed to its end."""

    def __init__(
        self,
        outlines: tuple[Outline, ...],
        names: tuple[str, ...],
        failed: Mapping[int, frozenset[int]],
        main: int = 0,
    ) -> None:
        self.files = tuple(Bindings(one, failed.get(k, frozenset())) for k, one in enumerate(outlines))
        self.lost = False
        self.modules = _modules(names, main)
        self.patches = self._patches()

    def _patches(self) -> dict[int, list[tuple[int, Statement]]]:
        """Statements that change another file from outside, `a.f = g`, by that file."""
        found: dict[int, list[tuple[int, Statement]]] = defaultdict(list)
        for number, own in enumerate(self.files):
            for one in own.statements:
                for file in dict.fromkeys(file for full in one.patched for file, *_ in self._own(full)):
                    found[file].append((number, one))
        return found

    def of(self, file: int, name: str, member: str = "") -> list[Reached]:
        """All that a function reaches, or a member of the class of that name; without a name, the whole of a file and
        what that reaches.

        Of a class that is reached only those members count that something takes which is reached as well.
        """
        own = self.files[file]
        given = own.taken(name) if name else list(own.statements)
        # An import that is the answer itself is a use of what it takes: `from numpy import sort as order`.
        kept = {id(one) for one in given if name and one.what.startswith("Import")}
        over = own.replacing(name, given)
        first = [one for one in given if one not in over] + [one for one, sure in own.changed(name) if sure and name]
        filling = over + [one for one, sure in own.changed(name) if not sure]
        asked = [each.statement for one in first for each in one.members if member and member in each.names]
        live = Members(())
        for _ in range(_MOST_TURNS):
            best = self._walked(file, [*asked, *first], filling, live)
            found = Members((one.file, one.statement) for one in best if one.statement.members)
            if self.lost or len(found.classes) == len(live.classes):
                return [one for one in best if id(one.statement) in kept or not _is_head(one.statement)]
            live = found
        self.lost = True
        return [one for one in best if id(one.statement) in kept or not one.statement.what.startswith("Import")]

    def from_statement(self, file: int, statement: Statement) -> list[Reached]:
        """All that one statement at the top of a file reaches, itself with it."""
        live = Members((number, one) for number, own in enumerate(self.files) for one in own.statements if one.members)
        found = self._walked(file, [statement], [], live)
        return [one for one in found if not _is_head(one.statement)]

    def called_back(self) -> list[Reached]:
        """All that a library may call at any time, for a statement at the top of some file gave it away."""
        every = [(file, one) for file, own in enumerate(self.files) for one in own.statements]
        live = Members((file, one) for file, one in every if one.members)
        found = (self._walked(file, [one], [], live) for file, one in every if one.hands)
        return [one for each in found for one in each if not one.statement.what.startswith("Import")]

    def _walked(self, file: int, first: list[Statement], filling: list[Statement], live: Members) -> list[Reached]:
        starts = [*((one, True) for one in first), *((one, False) for one in filling)]
        waiting = [((file, one, 0, sure), 0, frozenset[int]()) for one, sure in reversed(starts)]
        best: dict[tuple[int, bool, int], Reached] = {}
        count = 0
        while waiting:
            (place, one, depth, sure), called, path = waiting.pop()
            key = id(one)
            when = self._moment(place, one, called)
            known = [best[each] for each in ((key, True, when), (key, sure, when)) if each in best]
            if key in path or any(each.depth >= min(depth, _DEEPEST) for each in known):
                continue
            best[key, sure, when] = Reached(one, min(depth, _DEEPEST), place, sure)
            if count > _MOST_LINKS:
                self.lost = True
                break
            for place_of, link, more, certain in (*self._links(place, one, when), *self._members(place, one, live)):
                count += 1
                then = when if place_of == place else 0
                waiting.append(((place_of, link, depth + more, sure and certain), then, path | {key}))
        return _without_repeats(best.values())

    def _moment(self, file: int, statement: Statement, called: int) -> int:
        """Before which line a statement looks up names, apart from the end of its file, 0: what stands at the top runs
        in its place, and what it calls then too."""
        return called if statement.what in _DEFINING else self.files[file].moment(statement.first)

    def comes_back(self, file: int, statement: Statement) -> bool:
        """Whether a statement comes back to itself by way of an import of the hand-in's own files; without one, what
        its own process says tells."""
        seen: set[tuple[Key, bool]] = set()
        waiting = [(file, statement, False)]
        while waiting and len(seen) < _MOST_LINKS:
            place, at, away = waiting.pop()
            near = [(link, away) for link in self._named(place, at, changed=False)]
            far = [(link, True) for link in self._imported(at)]
            for (next_place, one, *_), out in near + far:
                key = ((next_place, one.first), out)
                if out and one is statement:
                    return True
                if key not in seen:
                    seen.add(key)
                    waiting.append((next_place, one, out))
        return False

    def _links(self, file: int, statement: Statement, when: int) -> Iterator[Link]:
        if statement.members:
            return  # these have links of their own
        yield from self._named(file, statement, when)
        yield from self._imported(statement)

    def _named(self, file: int, statement: Statement, when: int = 0, changed: bool = True) -> Iterator[Link]:
        """What a statement looks up; where `changed`, what changes the objects of these names as well."""
        deep, own = dict(statement.deep), self.files[file]
        for name in sorted({*statement.reads, *statement.now}):
            bound, changing = own.meant(name, statement, when), own.changed(name) if changed else []
            self.lost = self.lost or max(len(bound), len(changing)) > _MOST_OF_A_NAME
            for one, sure in bound[:_MOST_OF_A_NAME]:
                if one is not statement or one.what == "FunctionDef":
                    yield file, one, deep.get(name, 0), sure and name not in statement.kept
            yield from ((file, one, 0, sure) for one, sure in changing[:_MOST_OF_A_NAME] if one is not statement)
        if changed and statement.reads:
            yield from ((place, one, 0, False) for place, one in self.patches.get(file, ()) if one is not statement)

    def _imported(self, statement: Statement) -> Iterator[Link]:
        """What it takes from the hand-in's own files."""
        deep = dict(statement.deep)
        for use, _ in statement.uses:
            found = list(self._elsewhere(use))
            first = found[0][0] if found else 0
            yield from ((place, one, deep.get(use, 0), place == first) for place, one in found)
            for file, *_ in self._own(use) if self.patches else ():
                yield from ((place, one, 0, False) for place, one in self.patches.get(file, ()) if one is not statement)

    def _members(self, file: int, statement: Statement, live: Members) -> Iterator[Link]:
        """What of classes a statement comes to: of a class its head, and what may be come to in any way."""
        for one in statement.members:
            if not one.names or one.loose:
                yield file, one.statement, 0, not one.loose
        if statement.members:
            return
        deep = {name.rpartition(".")[2]: 0 for name, _ in statement.deep}
        for name, depth in statement.deep:
            deep[name.rpartition(".")[2]] = max(depth, deep[name.rpartition(".")[2]])
        if any(name in DYNAMIC for name, _, _ in statement.taken):
            yield from ((place, one, 0, False) for place, _, one in live.every())
        for name, line, sure in statement.taken:
            for place, home, one in live.named.get(name, ()):
                if not line or (place == file and home.first == line):
                    yield place, one, deep.get(name, 0), sure and bool(line)
        for use, _ in statement.uses if live.classes else ():
            for place, owner, rest in self._own(use):
                name = rest.partition(".")[0]
                known = live.named.get(name, ())
                yield from (
                    (at, one, deep.get(name, 0), True) for at, home, one in known if at == place and owner in home.binds
                )

    def _elsewhere(self, use: str) -> Iterator[tuple[int, Statement]]:
        """`pkg.helpers.go`, whose first words are a file of the hand-in."""
        for file, name, _ in self._own(use):
            yield from ((file, one) for one in self.files[file].taken(name))

    def _own(self, use: str) -> list[tuple[int, str, str]]:
        """The file of the hand-in that a full name begins with, the name in it, and what is taken from that; and other
        files that may be meant."""
        plain = use.lstrip(".?=")
        parts = plain.removeprefix("hand_in.").split(".")
        for count in range(len(parts) - 1, 0, -1):
            files = self.modules.get(".".join(parts[:count]), [])
            if files:
                return [(file, parts[count], ".".join(parts[count + 1 :])) for file in files]
        if plain.startswith("hand_in."):
            return [(file, parts[0], ".".join(parts[1:])) for file in range(len(self.files))]
        return []

    def beyond(self, use: str) -> list[str]:
        """What is used by way of own files: `helpers.np.linalg.inv`, where `helpers` imports numpy as np, or takes it
        from one more file."""
        found: dict[str, None] = {}
        waiting = [use]
        while waiting and len(found) < _MOST_OF_A_NAME:
            more = [full for full in self._through(waiting.pop()) if full not in found]
            found |= dict.fromkeys(more)
            waiting += more
        self.lost = self.lost or bool(waiting)
        return list(found)

    def _through(self, use: str) -> Iterator[str]:
        for number, (file, name, rest) in enumerate(self._own(use) if "." in use else ()):
            sign = MAYBE if number else ""
            for one in self.files[file].taken(name):
                if one.what.startswith("Import"):
                    yield from (f"{sign}{full}.{rest}".rstrip(".") for full in one.imports)
                elif rest and one.what not in WHOLE:
                    yield from (f"{sign}{full}.{rest}" for full, _ in one.uses if full[:1] not in "=?.")


def _without_repeats(found: Iterable[Reached]) -> list[Reached]:
    """Each statement once, or twice if it is only certain in fewer loops than it may stand in."""
    best: dict[tuple[int, bool], Reached] = {}
    for one in found:
        key = (id(one.statement), one.sure)
        if key not in best or best[key].depth < one.depth:
            best[key] = one
    return list(best.values())


def _is_head(statement: Statement) -> bool:
    """Whether a statement says nothing by itself: an import, or a class whose members count one by one."""
    return bool(statement.members) or statement.what.startswith("Import")


def _modules(names: tuple[str, ...], main: int) -> dict[str, list[int]]:
    """Files by the names under which they may be imported: first the one that is, and others that end alike, which
    `from .ops import f` in a folder of its own may mean."""
    paths = [module_name(name) for name in names]
    known = importable(paths, paths[main]) if paths else {}
    found: dict[str, list[int]] = {name: [paths.index(path)] for name, path in known.items()}
    for number, path in enumerate(paths):
        for end in endings(path):
            places = found.setdefault(end, [])
            places += [number] if number not in places else []
    return found
