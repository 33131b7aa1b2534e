r"""Units behind the elements of a set of numbers: "100 Hz and 300 Hz", `f = 100\,\text{Hz}`."""

from __future__ import annotations

import re

from grader.kinds.kind import View
from grader.model.documents import Run
from grader.model.patterns import later

_BASE = "Hz|V|A|W|J|N|Pa|K|F|H|Ω|ohm|m|s|g|kg|°C|°|rad|%|mol|eV"
_SPACE = r"(?:\s|\\[,;: ]|~)*"
_SET = r"\\(?:text|mathrm|textrm)\s*\{\s*"
_UNIT = later(
    rf"(?P<number>\d){_SPACE}(?:{_SET})?(?P<unit>(?:[kMGmµun]|\\mu\s?)?(?:{_BASE})(?:/s(?:\^?2|²)?)?)(?![A-Za-z0-9(_^=])\s*"
    r"(?P<end>\})?"
)
_WRITTEN = frozenset(["text", "math", "display"])


def units_of(view: View) -> frozenset[str]:
    """The units behind the numbers of an answer."""
    texts = [run.text for block in view.answer.blocks for run in block.runs if run.kind in _WRITTEN]
    return frozenset(found["unit"] for text in texts for found in _UNIT.finditer(text))


def without_unit_of_all(view: View) -> View:
    """The answer without its unit, where there is one, and that stands for itself: elements in it need no other."""
    units = units_of(view)
    if len(units) != 1 or next(iter(units)) not in _BASE.split("|"):
        return view

    def bare(found: re.Match[str]) -> str:
        return found["number"].ljust(len(found[0]))

    def told(run: Run) -> Run:
        return run._replace(text=_UNIT.sub(bare, run.text)) if run.kind in _WRITTEN else run

    blocks = tuple([block._replace(runs=tuple(map(told, block.runs))) for block in view.answer.blocks])
    answer = view.answer._replace(blocks=blocks)
    return View(answer, view.names, view.places, view.reasons, view.context, view.base)
