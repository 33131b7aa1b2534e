"""`lnx` and `xlnx`, where nothing is declared: the logarithm of x, unless l and n are letters of the pair."""

from __future__ import annotations

import re

from grader.model.patterns import later
from grader.notation.glued_functions import WITHOUT_BRACKETS
from grader.notation.signs import GREEK
from grader.reference.functions import find_function

_CALLED = "|".join(sorted(WITHOUT_BRACKETS, key=len, reverse=True))
_LETTERS = "|".join(sorted((name for name in GREEK if len(name) > 1), key=len, reverse=True))
_GLUED = later(
    r"(?<![A-Za-z\\_])(?<!_\{)(?P<before>[A-Za-z]{0,2})ln"
    rf"(?:(?P<after>(?:{_CALLED})?(?:[A-Za-z]{{1,2}}|{_LETTERS})|(?:{_CALLED})(?=\s*[(\\]))(?![A-Za-z])"
    r"|(?<=[A-Za-z]ln)(?=\s*(?:\\left)?\s*[(|\d\\{]|\s+[A-Za-z](?![A-Za-z])))",
    holds=("ln",),
)
_RUN = re.compile(r"\\?[A-Za-z]+")
_LONGEST_PRODUCT = 3  # letters


def respelled(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with blanks around each `ln` that is glued to letters, and the places of these blanks in it."""
    said: list[str] = []
    added: list[int] = []
    at = length = 0
    for found in _GLUED.finditer(text):
        if not found["before"] and not found["after"]:
            continue
        pieces = [text[at : found.start()] + found["before"], "ln", found["after"] or ""]
        for piece, follows in zip(pieces, (bool(found["before"]), True, False), strict=True):
            said.append(piece + " " * follows)
            length += len(piece)
            if follows:
                added.append(length)
                length += 1
        at = found.end()
    return "".join(said) + text[at:], tuple(added)


def are_letters(*texts: str) -> bool:
    """Whether l and n both stand in the formulas as letters of their own, so that `lnx` may be their product."""
    found: set[str] = set()
    for text in texts:
        for run in _RUN.findall(_GLUED.sub(" ", text)):
            if run[0] != "\\" and len(run) <= _LONGEST_PRODUCT and find_function(run) is None:
                found.update(run)
    return {"l", "n"} <= found


def as_typed(place: int, added: tuple[int, ...]) -> int:
    """An offset into a text respelled so as one into the text that was typed."""
    return place - sum(blank < place for blank in added)
