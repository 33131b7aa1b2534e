"""What `\\setlist`, `\\settasks` and `\\newlist` say of the labels of lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.read._texlabels import form_of

if TYPE_CHECKING:
    from grader.read._texlists import Numbering
    from grader.read._texwalk import Walk

_BRACES = r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\}){0,400})\}"
_SET = re.compile(r"\*?\s*(?:\[([^\]\n]{0,60})\])?\s*" + _BRACES)
_NEW = re.compile(r"\*?\s*\{([A-Za-z*]{1,40})\}\s*\{([A-Za-z*]{1,40})\}\s*\{\d\}")
_DECLARED = re.compile(r"\\(setlist|settasks|setenumerate|newlist)(?![A-Za-z@])")
TASKS = "tasks"


def declare_lists(numbering: Numbering, preamble: str) -> None:
    """Takes what a preamble says of lists."""
    for found in _DECLARED.finditer(preamble):
        _take(numbering, found[1], preamble, found.end())


def set_list(walk: Walk, name: str, start: int, at: int) -> int:
    """The same in the middle of a text, from there on."""
    return _take(walk.numbering, name, walk.text, at)


def _take(numbering: Numbering, name: str, text: str, at: int) -> int:
    if name == "newlist":
        if (made := _NEW.match(text, at)) is not None:
            numbering.kinds[made[1]] = made[2]
        return made.end() if made else at
    said = _SET.match(text, at)
    if said is None:
        return at
    form = form_of(said[2]) if "=" in said[2] else ""
    names = [word.strip() for word in (said[1] or "").split(",") if word.strip()]
    kinds = [word for word in names if not word.isdecimal()] or ["enumerate"]
    depths = [word for word in names if word.isdecimal()] or [""]
    if name == "settasks":
        kinds, depths = [TASKS], [""]
    if form:
        numbering.forms |= {(kind, depth): form for kind in kinds for depth in depths}
    return said.end()
