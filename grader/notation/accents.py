"""Letters with a sign above them, `x̄` and `ŷ`, and what begins like a number and is a word."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from grader.notation.signs import GREEK_GLYPHS

if TYPE_CHECKING:
    from grader.notation.tokens import Lexer

_ABOVE = {"\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "bar", "\u0307": "dot", "\u20d7": "vec"}
ACCENTED = (
    r"(?<![^\W\d_])(?:[A-Za-z\u0391-\u03c9][\u0302-\u0305\u0307\u20d7]|[âĉêĝĥîĵôŝûŵŷẑāēīōūȳñãĩõũẏẋṗṙṡẑÂÊÎÔÛŶŴŜẐĀĒĪŌŪȲ])"
    r"(?![^\W\d_])"
)
_MOST_LETTERS = 3  # of a product of letters


def read_accented(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """`x̄` as `\\bar x`; a lone letter of a language with accents is a word of it."""
    signs = unicodedata.normalize("NFD", found.group())
    letter, above = signs[0], _ABOVE.get(signs[1:2])
    if above is None or (lexer.prose and letter in "aeiouAEIOU"):
        lexer.add("word", found.group(), start, stop)
    else:
        letter = GREEK_GLYPHS.get(letter, lexer.canonical(letter))
        lexer.add("name", f"{letter}_{above}", start, stop)


def typeset_accent(found: re.Match[str]) -> str:
    """The same as LaTeX, for a formula that is."""
    signs = unicodedata.normalize("NFD", found.group())
    above = _ABOVE.get(signs[1:2])
    return found.group() if above is None else f"\\{above}{{{signs[0]}}}"


def read_label(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """`2nd`, `3-d` are words of prose; in a formula, 8d and a^2-ab are products and differences."""
    word, digits = found.group(), len(found.group()) - len(found.group().lstrip("0123456789"))
    if _is_name_taken_away(lexer, word[digits:]):  # 1-prior
        lexer.at -= len(word) - digits
        lexer.add("num", word[:digits], start, start + digits)
        return
    if not lexer.dialect.free or not (word[:-1].isdecimal() or _is_difference(lexer, word[digits:])):
        lexer.add("word", word, start, stop)
        return
    lexer.at -= len(word) - digits
    lexer.add("num", word[:digits], start, start + digits)


def _is_name_taken_away(lexer: Lexer, rest: str) -> bool:
    """Whether a declared name is taken away from a number: "1-prior"; without declarations, "2-norm" is a word."""
    return rest[:1] == "-" and lexer.canonical(rest[1:]) in lexer.names


def _is_difference(lexer: Lexer, rest: str) -> bool:
    """Whether "-ab" takes letters away; "3-manifold" is a word."""
    return rest[:1] == "-" and (len(rest) <= _MOST_LETTERS + 1 or lexer.function(rest[1:]) is not None)
