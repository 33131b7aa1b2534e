"""What the names at the top of a file stand for, at its end and at any line of it."""

from __future__ import annotations

import cmath
import functools
import itertools
import math
import operator
import statistics
from bisect import bisect_right
from collections import defaultdict

import numpy

from grader.programs.numpy_names import names_of
from grader.programs.outlines import Outline, Statement

STARRED = {one.__name__: one for one in (numpy, numpy.linalg, math, cmath, statistics, itertools, functools, operator)}
WHOLE = ("FunctionDef", "AsyncFunctionDef", "ClassDef", "Import", "ImportFrom")


class Bindings:
    """Statements by the names that they give a value, and by those whose objects they change."""

    def __init__(self, outline: Outline, failed: frozenset[int]) -> None:
        self.statements = outline.statements
        self.failed = {id(one) for number, one in enumerate(outline.statements) if number in failed}
        self.binding: dict[str, list[Statement]] = defaultdict(list)
        self.changing: dict[str, list[tuple[Statement, bool]]] = defaultdict(list)
        self.stars = [one for one in outline.statements if "*" in one.binds and one.what == "ImportFrom"]
        for number, one in enumerate(outline.statements):
            for name in one.binds:
                known = _narrowed(one, name)
                self.binding[name].append(known)
                self.failed |= {id(known)} if number in failed else set()
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

    def taken(self, name: str) -> list[Statement]:
        """The same for those who take a name from the file: `from numpy import *` gives it, too."""
        known = self.of(name)
        last = max((one.first for one in known), default=0)
        stars = [_starred(one, name) for one in self.stars if one.first > last and id(one) not in self.failed]
        stars = [one for one in stars if one.aliases]
        certain = any(full.rpartition(".")[0] in STARRED for one in stars for _, full in one.aliases)
        return stars if certain else [*stars, *known]

    def replacing(self, name: str, given: list[Statement]) -> list[Statement]:
        """Of what gives a name its value the imports that stand below a function of that name: which of both is meant
        to be the answer nobody knows."""
        own = any(one.what in WHOLE[:2] for one in self.binding.get(name, ()))
        return [one for one in given if own and one.what.startswith("Import")]

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


def _narrowed(one: Statement, name: str) -> Statement:
    """Of an import only what it gives one name: `from b import fast, slow` uses nothing slow where `fast` is read."""
    full = tuple(full for alias, full in one.aliases if alias == name != "*")
    return _importing(one, name, full) if full else one


def _starred(one: Statement, name: str) -> Statement:
    """What `from numpy import *` gives a name, if the module may hold it; of a module not known here that is open."""
    modules = [module for alias, module in one.aliases if alias == "*"]
    held = (f"{module}.{name}" for module in modules if _may_hold(module, name))
    return _importing(one, name, tuple(held))


def _importing(one: Statement, name: str, full: tuple[str, ...]) -> Statement:
    uses = tuple((use, one.first) for each in full for use in names_of(each))
    return one._replace(binds=(name,), uses=uses, imports=full, aliases=tuple((name, each) for each in full))


def _may_hold(module: str, name: str) -> bool:
    known = STARRED.get(module)
    return known is None or name in getattr(known, "__all__", dir(known))
