"""Takes struck words out of an answer: `~~5~~`, `<s>5</s>`, `\\cancel{5}`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.locate.pieces import Range, drop, within
from grader.model.documents import Block, Note, Run
from grader.model.patterns import later

_CANCEL = later(r"\\(?:cancel|xcancel|bcancel|sout|st)\s*\{", holds=("cancel", "\\s"))
_STRIKE_TAG = later(r"<\s*(/?)\s*(?:s|del|strike)\b", re.I)


def _may_strike(run: Run) -> bool:
    return run.kind == "html" or "struck" in run.marks or ("\\" in run.text and run.kind in ("math", "display"))


def unstruck(block: Block, notes: list[Note]) -> Block:
    """The block without its struck words, each noted."""
    if not any(map(_may_strike, block.runs)):
        return block
    gaps: list[Range] = []
    at, deleted = 0, False
    for run in block.runs:
        if run.kind == "html" and (tag := _STRIKE_TAG.match(run.text)):
            deleted = not tag[1]
        if (deleted or "struck" in run.marks) and run.kind != "cell":
            gaps.append((at, at + len(run.text)))
        elif run.kind in ("math", "display"):
            gaps += [(at + start, at + stop) for start, stop in _cancelled(run)]
        at += len(run.text)
    notes += [Note("struck-out", within(block, start, stop)) for start, stop in _merged(gaps)]
    return drop(block, gaps)


def _cancelled(run: Run) -> list[Range]:
    found: list[Range] = []
    stop = 0
    for begun in _CANCEL.finditer(run.text):
        if begun.start() < stop:
            continue  # inside one that was just removed
        depth, at = 1, begun.end()
        while at < len(run.text) and depth:
            sign = run.text[at]
            depth += (sign == "{") - (sign == "}")
            at += 2 if sign == "\\" else 1
        if depth:
            break  # never closed: leave it to the reader of mathematics
        stop = min(at, len(run.text))
        found.append((begun.start(), stop))
    return found


def _merged(gaps: Sequence[Range]) -> list[Range]:
    merged: list[Range] = []
    for start, stop in gaps:
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], stop)
        elif start < stop:
            merged.append((start, stop))
    return merged
