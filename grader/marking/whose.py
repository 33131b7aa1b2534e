"""Whose a value with its uncertainty is: that of `2g = 9.77 ± 0.20`, the literature value, or what is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from grader.model.patterns import later

_LEFT = later(
    r"(?P<times>\d\s*|[-−/]\s*)?(?P<base>\\?[A-Za-z]+)(?:_\{?\s*(?:\\(?:text|mathrm)\s*\{)?\s*(?P<index>\w+)\s*\}*)?"
    r"(?P<turned>\s*[/^'’].{1,6}?)?\s*(?:=|≈|\\approx)\s*(?:\\left\s*)?\(?\s*\Z",
    holds=("=", "≈", "\\approx"),
)
_OWN_INDEX = frozenset("exp meas measured best final result mean avg res mess".split())
_LETTERS = 2  # of a label that is a symbol
_OTHERS = later(
    r"\b(?:(?:literature|book|textbook|table) value|(?:my|our|the) (?:lab )?(?:partner|neighbou?r|friend|book))"
    r"(?: \w+){0,2}[^\w.;]*\Z",
    holds=("value", "partner", "neighbo", "friend", "book"),
)
_SCALED = later(
    r"\b(?:twice|double|half) (?:of|the|as|that|this|its|what)\b|\b(?:two|2|three|3) (?:standard deviations|sigmas?|σ)"
    r"|\b(?:must|should|has to|have to|needs? to) be (?:doubled|halved|larger|smaller)\b"
)
_BESIDE = 120  # characters in which words are about a value


def is_of_another(labels: Sequence[str], before: str, behind: str) -> bool:
    """Whether a value is that of another letter than a label's, or of someone else, or has still to be scaled.

    `before` and `behind` are the texts beside the value with its uncertainty.
    """
    if _SCALED.search(behind[:_BESIDE].casefold()) or _OTHERS.search(before[-_BESIDE:].casefold()):
        return True
    symbols = {bare for label in labels if len(bare := label.strip("$\\ ")) <= _LETTERS}
    left = _LEFT.search(before)
    if left is None or not symbols:
        return False
    if left["times"] or left["turned"]:
        return True
    base, index = left["base"].strip("\\"), left["index"]
    if base not in symbols:
        return len(base) <= _LETTERS or left["base"].startswith("\\")
    return index is not None and f"{base}_{index}" not in labels and index.casefold() not in _OWN_INDEX
