"""The words of a ban, and what is found of it in a program."""

from __future__ import annotations

import re
from collections.abc import Mapping

from grader.model.records import NamedTuple
from grader.programs.cases import Ban

LOOPS = ("loops", "comprehensions", "recursion")
NESTED = re.compile(r"loops (\d+) deep")
OVER = re.compile(r"loops over (\w+)")
NAME = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*|@")


class Found(NamedTuple):
    """A ban that was broken, and on which line; `sure` is false if only a person can tell."""

    ban: Ban
    line: int
    sure: bool = True


class Asked(NamedTuple):
    """The function that is looked at: its file and name, empty for a snippet, and the rubric's arguments. A `member`
    is what is looked at of the class of that name.

    `known` are names that it is given beside these, `imports` what those of them stand for that were forgotten to be
    imported. `failed` are the numbers of the statements of the file that ended in an exception: what they define
    anew stands for what it stood for before. `lengths` say of each argument how long all its axes are at least in the
    case where they are longest. `results` are the names that a snippet gives a value.
    """

    file: int
    name: str
    arguments: tuple[str, ...]
    known: frozenset[str] = frozenset()
    imports: Mapping[str, str] = {}
    member: str = ""
    failed: frozenset[int] = frozenset()
    lengths: Mapping[str, int] = {}
    results: tuple[str, ...] = ()


def is_loop(ban: Ban) -> bool:
    """Whether it is one of loops, or of functions that come back, and not of a name."""
    return ban.what in LOOPS or bool(NESTED.fullmatch(ban.what) or OVER.fullmatch(ban.what))
