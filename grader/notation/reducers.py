"""Which words of plain text begin a sum, a maximum or a function, by what follows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.model.patterns import later

if TYPE_CHECKING:
    from grader.notation.tokens import Lexer

FUNCTION_FOLLOWS = re.compile(r"\s*(?:[(\[{_^⌈⌊\d\\|'′]|over\b|[²³⁴]\s*\()|[₀-₉ᵢⱼₖₗₘₙₚₛₜ]")
_ENTRIES_FOLLOW = later(  # max of x[s*k+j] over j = 0, ..., p-1
    r"\s+(?:of\s+(?:the\s+)?)?[A-Za-z]\w{0,3}\[[^\]\n]{1,40}\](?:,?\s+(?:over|for|with|where)\s+|,\s*)\w{1,3}\s?"
    r"(?:=|in\b|from\b)"
    r"|\s+of\s+(?:(?:all|the|values)\s+){0,3}[A-Za-z]\w{0,3}\[[^\]\n]{1,40}\]"  # X[s*k], ..., X[s*k+p-1]
    r"(?:,\s*[A-Za-z]\w{0,3}\[[^\]\n]{1,40}\]){0,3}(?:,?\s*(?:\.\.\.|…|up\s+to\s)|\s+to\s+[A-Za-z]\w{0,3}\[)"
)
_OVER_FOLLOWS = later(r"\s+over\s+\w{1,3}\s?(?:=|in\b|from\b)")  # maximum over j = 0, ..., p-1
_REDUCER_FOLLOWS = later(r"\s+(?:max|min|sum|product|maximum|minimum|largest|greatest|biggest|smallest)\b")
_SPELLED = {
    "maximum": "max", "largest": "max", "greatest": "max", "biggest": "max", "minimum": "min", "smallest": "min",
    "Maximum": "max", "Minimum": "min",
}  # fmt: skip
_TOTAL_FOLLOWS = later(r"\s+\d[\d,.]*(?:\s+[a-z]|[.;,]?\s*(?:\Z|\n))")  # in sum 1820 parameters


def reduces(lexer: Lexer, word: str) -> bool:
    """Whether `sum`, `max` or a word like it stands before what it takes; "in sum 1820" takes nothing."""
    if word == "sum" and lexer.prose and _TOTAL_FOLLOWS.match(lexer.source, lexer.at):
        return False
    follows = FUNCTION_FOLLOWS.match(lexer.source, lexer.at) or _ENTRIES_FOLLOW.match(lexer.source, lexer.at)
    return follows is not None


def read_reducing_word(lexer: Lexer, word: str, start: int, stop: int) -> bool:
    """Adds the `max` of "the largest of x[s*k+j] over j = 0, ..., p-1"; drops the article behind an equals sign."""
    if word in _SPELLED and (
        _ENTRIES_FOLLOW.match(lexer.source, lexer.at) or _OVER_FOLLOWS.match(lexer.source, lexer.at)
    ):
        lexer.add("reduce", _SPELLED[word], start, stop)
        return True
    equated = word == "the" and lexer.tokens and lexer.tokens[-1].kind == "rel" and lexer.tokens[-1].text == "="
    return bool(equated) and _REDUCER_FOLLOWS.match(lexer.source, lexer.at) is not None
