"""Words beside a formula that make another one of it: "2 times", "then squared", "but with a in place of v"."""

from __future__ import annotations

import re
from collections.abc import Container

from grader.kinds._modifiers import change_before, change_behind
from grader.kinds._told_behind import told_behind
from grader.model.patterns import later

_ENDS = later(r"[.;!?\n]\s+|\n")

_TIMES = later(r"(?:\S+ times|[\d)]\$? of)(?: the)?\W*\Z")
_DIFFERENCE = later(
    r"\b(?:change|increase|decrease|difference|variation|rate|exponential|cube|tenth|percent)s? (?:of|in)(?: the)?\W*\Z"
)


def sentence_before(text: str, start: int) -> str:
    """The words before a place in its sentence, in small letters and without dollars."""
    return _ENDS.split(text[:start].rstrip(" $"))[-1].lower().replace("$", "")


def changed_beside(text: str, place: tuple[int, int]) -> str:
    """Such words directly before or behind a formula at this place of a text, in its sentence; "" where none are."""
    before = _ENDS.split(text[: place[0]].rstrip(" $"))[-1].lower()
    behind = _ENDS.split(text[place[1] :].lstrip(" $"))[0].lower()
    changed = _TIMES.search(before) or _DIFFERENCE.search(before) or change_before(before) or change_behind(behind)
    return changed[0].strip() if changed is not None else told_behind(text[place[1] :])


def changed_somewhere(text: str, place: tuple[int, int]) -> str:
    """Such words beside any of several formulas that were read as one claim, at a place that is the whole text."""
    if place[0] > 0 or place[1] < len(text.rstrip()):
        return ""
    found = ((one, _DEFINES.search(text[: one.start()].lower())) for one in _FORMULA.finditer(text))
    told = (changed_beside(text, one.span()) for one, defines in found if defines is None)
    denied = _DENIED.search(_FORMULA.sub(" ", text).lower())
    return next(filter(None, told), denied[0] if denied is not None else "")


_FORMULA = re.compile(r"\$[^$]+\$")
_DEFINES = later(r"\b(?:let|set|put|where|with|and)\W*\Z")
_DENIED = later(r"\b(?:not|never|wrong|twice|double|half|isn.?t|doubled|halved|squared)\b")
_SPELLED = re.compile(r"(?<![\w·])[A-Za-z](?:·[a-z]){3,}")  # c·e·n·t·r·e·2, but not j·w·R·C
_LETTERS = re.compile(r"[A-Za-z](?:·[A-Za-z]){2,}")
_TYPED = re.compile(r"\$[^$]*\$|\\[A-Za-z]+")
_WORDS = re.compile(r"(?<![A-Za-z])[A-Za-z][a-z]{3,}(?![A-Za-z])")


def are_words(read_as: str, text: str, letters: Container[str]) -> bool:
    """Whether letters of a formula are words of the answer: t·i·m·e·s. A word of known letters alone is a product."""
    if _SPELLED.search(read_as) is not None:
        return True
    products = [found.replace("·", "") for found in _LETTERS.findall(read_as)]
    words = _WORDS.findall(_TYPED.sub(" ", text)) if products else []
    return any(
        word in product and not all(letter in letters for letter in word) for product in products for word in words
    )
