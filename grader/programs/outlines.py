"""What a program consists of, as its own process read it before anything of it ran."""

from __future__ import annotations

from typing import Any

from grader.model.records import NamedTuple
from grader.programs.numpy_names import names_of


class Loop(NamedTuple):
    """A loop: its line, kind, depth from 1, and the arguments that say how often it runs."""

    line: int
    kind: str
    depth: int
    over: tuple[str, ...]


class Statement(NamedTuple):
    """A statement at the top of a file; `arguments` and what follows are those of a function."""

    what: str
    first: int
    last: int
    binds: tuple[str, ...]
    reads: tuple[str, ...]
    simple: bool
    uses: tuple[tuple[str, int], ...]
    loops: tuple[Loop, ...]
    arguments: tuple[str, ...]
    least: int
    open: bool
    keywords: tuple[str, ...]
    deep: tuple[tuple[str, int], ...] = ()  # names that are used inside loops, and in how many
    touches: tuple[str, ...] = ()  # names whose objects it changes
    unknown: tuple[str, ...] = ()  # names that are looked up and that nothing in it gives a value
    imports: tuple[str, ...] = ()  # modules, and what is taken from them
    guards: bool = False  # `if __name__ == "__main__":`
    calls: str = ""  # the function whose value it gives to a name
    static: tuple[str, ...] = ()  # functions that a class keeps
    plain: bool = False  # gives names a value that is written out: a number, a text, a list of such, `2 * np.pi`
    taken: tuple[tuple[str, int, bool], ...] = ()  # members of a class on such a line; whether that is certain
    kept: tuple[str, ...] = ()  # functions of the program that it keeps, and does not say whether they are called
    gives: tuple[str, ...] = ()  # global names that its functions give a value
    now: tuple[str, ...] = ()  # names that are looked up while it runs
    later: tuple[str, ...] = ()  # names that its functions look up when they are called
    patched: tuple[str, ...] = ()  # full names of what it changes of other modules
    fills: tuple[str, ...] = ()  # names of objects into which it may put a function by way of another, `@register`
    hands: bool = False  # gives a function of the program to a library that may call it at any time
    sets: tuple[str, ...] = ()  # names that functions in it declare as those of the file
    aliases: tuple[tuple[str, str], ...] = ()  # names that an import gives, each with what it stands for
    members: tuple[Any, ...] = ()  # of a class: its head, and what stands in it
    looks: bool = False  # only looks at what is there, and changes no value

    def takes(self, count: int) -> bool:
        """Can it be called with so many arguments?"""
        return self.least <= count and (self.open or count <= len(self.arguments)) and not self.keywords

    def concerns(self, name: str, read: frozenset[str]) -> bool:
        """Does it use a function, or give a value to one of the names that functions read?"""
        return name in self.reads or not read.isdisjoint(self.binds)


class Member(NamedTuple):
    """A statement in a class, by the names that it gives. A `loose` one may be come to without them."""

    statement: Statement
    names: tuple[str, ...]
    loose: bool


class Broken(NamedTuple):
    """A stretch of lines that does not parse, and what the parser says, about which line."""

    first: int
    last: int
    message: str
    line: int


class Outline(NamedTuple):
    """One file."""

    statements: tuple[Statement, ...]
    broken: tuple[Broken, ...]

    def functions(self) -> dict[str, Statement]:
        """Functions by name; of two with one name the last."""
        return {one.binds[0]: one for one in self.statements if one.what == "FunctionDef"}

    def below_guard(self, names: tuple[str, ...]) -> bool:
        """Whether some of the names get a value below `if __name__ == "__main__":` and nowhere else: also by a function
        that is called there, `global mu`."""
        if not any(one.guards for one in self.statements):
            return False
        inside = {name for one in self.statements for name in (*one.sets, *(one.binds if one.guards else ()))}
        return bool({*names} & inside - {name for one in self.statements if not one.guards for name in one.binds})

    def find(self, name: str) -> Statement | None:
        """What gives a name its last value at the top of the file."""
        return next((one for one in reversed(self.statements) if name in one.binds), None)


def read_outlines(value: Any) -> tuple[Outline, ...]:
    """The outlines that were sent. TypeError, KeyError or ValueError if they are none, which is a bug of ours."""
    return tuple(
        Outline(tuple(map(_statement, one["statements"])), tuple(Broken(*piece) for piece in one["broken"]))
        for one in value
    )


def _statement(facts: dict[str, Any]) -> Statement:
    return Statement(
        str(facts["what"]),
        int(facts["first"]),
        int(facts["last"]),
        tuple(facts["binds"]),
        tuple(facts["reads"]),
        bool(facts["simple"]),
        tuple((name, int(line)) for use, line in facts.get("uses", ()) for name in names_of(str(use))),
        tuple(Loop(line, kind, depth, tuple(over)) for line, kind, depth, over in facts.get("loops", ())),
        tuple(facts.get("arguments", ())),
        int(facts.get("least", 0)),
        bool(facts.get("open", False)),
        tuple(facts.get("keywords", ())),
        tuple((str(name), int(depth)) for name, depth in facts.get("deep", ())),
        tuple(facts.get("touches", ())),
        tuple(facts.get("unknown", ())),
        tuple(facts.get("imports", ())),
        bool(facts["guards"]),
        str(facts["calls"]),
        tuple(facts["static"]),
        bool(facts["plain"]),
        tuple((str(name), int(line), bool(sure)) for name, line, sure in facts.get("takes", ())),
        tuple(facts.get("kept", ())),
        tuple(facts.get("gives", ())),
        tuple(facts.get("now", ())),
        tuple(facts.get("later", ())),
        tuple(facts.get("patched", ())),
        tuple(facts.get("fills", ())),
        bool(facts.get("hands", False)),
        tuple(facts["sets"]),
        tuple((str(name), str(full)) for name, full in facts.get("aliases", ())),
        tuple(Member(_statement(one), tuple(one["names"]), bool(one["loose"])) for one in facts.get("members", ())),
        bool(facts.get("looks", False)),
    )
