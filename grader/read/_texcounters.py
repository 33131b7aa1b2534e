"""Counters of a student's own: `\\newcounter`, `\\stepcounter`, `\\arabic`, and what `\\ifnum` decides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.read._texlabels import counted

if TYPE_CHECKING:
    from grader.read._texlists import Numbering
    from grader.read._texwalk import Walk

STYLES = frozenset({"arabic", "alph", "Alph", "roman", "Roman"})
_NAMED = re.compile(r"\s*\{\s*([A-Za-z@]{1,40})\s*\}")
_WITHIN = re.compile(r"\s*\[\s*([A-Za-z@]{1,40})\s*\]")
_SET = re.compile(r"\s*\{\s*([A-Za-z@]{1,40})\s*\}\s*\{\s*(-?\d{1,4}|\\value\s*\{\s*[A-Za-z@]{1,40}\s*\})\s*\}")
_DECLARED = re.compile(r"\\(newcounter|setcounter|addtocounter)(?![A-Za-z@])")
_VALUE = r"(-?\d{1,6}|\\value\s*\{\s*[A-Za-z@]{1,40}\s*\})"
_COMPARED = re.compile(rf"\s*{_VALUE}\s*([<>=])\s*{_VALUE}")
_CONDITION = re.compile(r"\\(?:(if(?!f(?![A-Za-z@]))[A-Za-z@]*)|(else)|fi)(?![A-Za-z@])")
_LONGEST_CONDITION = 20_000  # characters


def declare(numbering: Numbering, preamble: str) -> None:
    """Takes the counters that a preamble makes and sets."""
    for found in _DECLARED.finditer(preamble):
        if found[1] == "newcounter":
            _declare(numbering, preamble, found.end())
        else:
            _set(numbering, preamble, found.end(), found[1] == "addtocounter")


def make_counter(walk: Walk, name: str, start: int, at: int) -> int:
    """`\\newcounter{part}[problem]`: 0 now, and again with each new problem."""
    return _declare(walk.numbering, walk.text, at)


def set_counter(walk: Walk, name: str, start: int, at: int) -> int:
    """`\\setcounter{enumi}{1}` continues a list that was interrupted."""
    return _set(walk.numbering, walk.text, at, name == "addtocounter")


def step_counter(walk: Walk, name: str, start: int, at: int) -> int:
    """`\\stepcounter{problem}`."""
    found = _NAMED.match(walk.text, at)
    if found is None:
        return at
    walk.numbering.set_counter(found[1], 1, add=True)
    walk.numbering.restart_below(found[1])
    return found.end()


def print_counter(walk: Walk, name: str, start: int, at: int) -> int | None:
    """`\\Alph{part}` and `\\thepart`; None where no such counter is known."""
    found = _NAMED.match(walk.text, at) if name in STYLES else None
    counter = found[1] if found else name.removeprefix("the")
    value = walk.numbering.counters.get(counter)
    if value is None or (name in STYLES) != bool(found):
        return None
    stop = found.end() if found else at
    walk.blocks.print(counted(name if found else "arabic", value), start, stop)
    return stop


def decide_condition(walk: Walk, name: str, start: int, at: int) -> int | None:
    """Behind `\\ifnum 3>0`, where it holds, or else behind its `\\else` or `\\fi`; None where neither is certain."""
    said = _COMPARED.match(walk.text, at)
    ends = _branches(walk.text, said.end()) if said else None
    if said is None or ends is None:
        return None
    left, right = (_number(walk.numbering, said[group]) for group in (1, 3))
    if left is None or right is None:
        return None
    otherwise, stop = ends
    if {"<": left < right, ">": left > right, "=": left == right}[said[2]]:
        if otherwise is not None:
            walk.skipped[otherwise.start()] = stop
        return said.end()
    return stop if otherwise is None else otherwise.end()


def skip_branch(walk: Walk, name: str, start: int, at: int) -> int:
    """`\\else` behind a branch that was read: the other one is not."""
    return walk.skipped.get(start, at)


def _branches(text: str, at: int) -> tuple[re.Match[str] | None, int] | None:
    """The `\\else` of a condition, and where its `\\fi` ends."""
    depth, otherwise = 0, None
    for found in _CONDITION.finditer(text, at, at + _LONGEST_CONDITION):
        if found[1]:
            depth += 1
        elif found[2] and not depth:
            otherwise = otherwise or found
        elif not found[2] and not depth:
            return otherwise, found.end()
        elif not found[2]:
            depth -= 1
    return None


def _declare(numbering: Numbering, text: str, at: int) -> int:
    found = _NAMED.match(text, at)
    if found is None:
        return at
    numbering.counters.setdefault(found[1], 0)
    within = _WITHIN.match(text, found.end())
    if within is None:
        return found.end()
    numbering.below.setdefault(within[1], []).append(found[1])
    return within.end()


def _set(numbering: Numbering, text: str, at: int, add: bool) -> int:
    found = _SET.match(text, at)
    value = _number(numbering, found[2]) if found else None
    if found is None or value is None:
        return at
    numbering.set_counter(found[1], value, add)
    return found.end()


def _number(numbering: Numbering, said: str) -> int | None:
    if said.startswith("\\"):
        return numbering.counters.get(said[said.index("{") + 1 :].strip(" }"))
    return int(said)
