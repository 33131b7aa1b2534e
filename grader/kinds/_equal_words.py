"""Words beside a formula that make another one of it: "2 times", "then squared", "but with a in place of v"."""

from __future__ import annotations

from grader.kinds._modifiers import change_before, change_behind
from grader.model.patterns import later

_ENDS = later(r"[.;!?\n]\s+|\n")

_TIMES = later(r"(?:\S+ times|[\d)]\$? of)(?: the)?\W*\Z")


def changed_beside(text: str, place: tuple[int, int]) -> str:
    """Such words directly before or behind a formula at this place of a text, in its sentence; "" where none are."""
    before = _ENDS.split(text[: place[0]].rstrip(" $"))[-1].lower()
    behind = _ENDS.split(text[place[1] :].lstrip(" $"))[0].lower()
    changed = _TIMES.search(before) or change_before(before) or change_behind(behind)
    return changed[0].strip() if changed is not None else ""
