"""The statement on the last line of an answer in plain text, below its working: `g'(0) = 2`, then `T_3(x) = 2x`."""

from __future__ import annotations

from collections.abc import Callable

from grader.kinds._equal_conclusions import TURNED
from grader.kinds._typed_line import DELIMITED
from grader.kinds.kind import View
from grader.model.patterns import later
from grader.model.results import Finding, Status

_STATED = later(
    r"[ \t]*(?P<left>[^\W\d]\w{0,3}['′’]{0,3}(?:\([a-z](?:, ?[a-z])?\))?|(?:∫|int |integral of )[^=\n]{1,60}?)"
    r"\s*=(?![=>])[^\n]+"
)
_WORKING = later(r"[^\n]*[=:][^\n]*")


def below_working(finding: Finding, view: View, judge: Callable[[View], Finding]) -> Finding:
    """The finding, or that of the last line alone where the lines together are not right."""
    if finding.status is Status.RIGHT or (below := _last_line(view)) is None:
        return finding
    again = judge(below)
    unread = any(reason.id == "unreadable" for reason in finding.reasons)
    return again if again.status is Status.RIGHT or finding.status is Status.WRONG or unread else finding


def _last_line(view: View) -> View | None:
    """The answer limited to its last line, where that states a value and each line above is working for it.

    None where a line above gives the same left side another value, or words take something back.
    """
    runs = [run for block in view.answer.blocks for run in block.runs]
    if view.places is not None or not runs or any(run.kind in DELIMITED for run in runs):
        return None
    text, base = view.answer.document.text, view.base
    start, stop = base + runs[0].span.start, base + runs[-1].span.stop
    lines = [line for line in text[start:stop].rstrip().split("\n") if line.strip()]
    stated = [_STATED.fullmatch(line.rstrip()) for line in lines]
    if (
        len(lines) < 2
        or stated[-1] is None
        or not all(map(_WORKING.fullmatch, lines))
        or TURNED.search(text, start, stop)
    ):
        return None
    if any(one is not None and one["left"] == stated[-1]["left"] for one in stated[:-1]):
        return None
    at = text.rindex(lines[-1], start, stop) - base
    return view.limited(((at, at + len(lines[-1])),), view.reasons)
