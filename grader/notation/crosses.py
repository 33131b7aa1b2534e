"""The letter x as a cross between lengths: `46 x 62`, `B x ceil(N/s) x C`, `BxKxC`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.model.patterns import later

if TYPE_CHECKING:
    from grader.notation.tokens import Lexer

_CROSS_FOLLOWS = re.compile(r"\s*[\dA-Za-z(⌈⌊\\$]")
_SIZES = re.compile(r"(?:[A-Z]x)+[A-Z]")
_SIZE_FOLLOWS = later(r"\s+(?:[A-Z](?![\w\[(=])|[Cc]eil\b|[Ff]loor\b|[⌈⌊]|\(\w)")
_LENGTH_FOLLOWS = later(r"\s+\(+\s*(?:1\s?\+\s?)?(?:[Ff]loor|[Cc]eil|[⌊⌈]|[A-Z]\s?[-+/])")


def has_cross(lexer: Lexer, word: str, start: int) -> bool:
    """Adds a word that is a cross, or capitals with crosses between them; False for any other."""
    if word == "by":
        if _is_by(lexer):
            lexer.add("op", "×", start, start + 2)
            return True
        return False
    if word in ("x", "X"):
        if not _is_cross(lexer, word):
            return False
    elif word in lexer.names or not _SIZES.fullmatch(word):
        return False
    for place, letter in enumerate(word):
        cross = letter in "xX"
        lexer.add("op" if cross else "name", "×" if cross else letter, start + place, start + place + 1)
    return True


def _is_by(lexer: Lexer) -> bool:
    """`46 by 62` and `(48-3+1) by 62` are lengths, "divide 6 by 2" and "40 recordings by 80 channels" are not."""
    if not lexer.tokens or not lexer.spaced or not _LENGTH_BY.match(lexer.source, lexer.at):
        return False
    last = lexer.tokens[-1]
    line = lexer.source.rfind("\n", 0, last.start) + 1
    return last.kind in ("num", "close") and not _DOES.search(lexer.source, line, last.start)


_LENGTH_BY = later(r"[ \t]+\(*\d")
_DOES = later(
    r"(?i)\b(?:divi|multipl|increas|decreas|reduc|shr[iau]nk|grow|shift|scal|replac|chang|rais|lower|off|exceed|stride"
    r"|step|larger|smaller|more|less|differ|mov)[a-z]*\b[^.;:]*$"
)


def _is_cross(lexer: Lexer, word: str) -> bool:
    """`46 x 62` and `n x p` are products, "the value x" is not."""
    text, at = lexer.source, lexer.at
    if not lexer.tokens or not _CROSS_FOLLOWS.match(text, at):
        return False
    last = lexer.tokens[-1]
    if last.kind == "edge":  # "46 x $62$"
        last = lexer.tokens[-2] if len(lexer.tokens) > 1 else last
    digit_follows = text[at : at + 2].strip()[:1].isdigit()
    spaced_alike = lexer.spaced == text[at : at + 1].isspace()
    if "x" not in lexer.names and word == "x" and lexer.spaced and spaced_alike and text[at:].lstrip()[:1] == "(":
        if last.kind == "name" and last.text.isupper() and _LENGTH_FOLLOWS.match(text, at):
            return True  # B x (floor((N-1)/s)+1) x C
        return last.kind in ("num", "close")  # (6-2+1) x (5-2+1), beside an image X
    if "x" in lexer.names or "X" in lexer.names:
        behind = last.kind == "num" or (last.kind == "close" and word == "x" and lexer.spaced)
        return (behind and digit_follows) or _is_between_sizes(lexer, word, last.kind)
    return (last.kind in ("num", "close") and (digit_follows or spaced_alike)) or (
        last.kind == "name" and lexer.spaced and spaced_alike
    )


def _is_between_sizes(lexer: Lexer, word: str, last: str) -> bool:
    """`B x ceil(N/s) x C` beside an array X: a small x in the middle of capitals."""
    if word != "x" or "x" in lexer.names or not lexer.spaced or last not in ("name", "close", "num"):
        return False
    before = lexer.tokens[-1].text
    if last == "num":  # B x floor((N-1)/s)+1 x C
        before = ")" if len(lexer.tokens) > 1 and lexer.tokens[-2].text in ("+", "-") else ""
    return (before in (")", "⌉", "⌋") or before.isupper()) and _SIZE_FOLLOWS.match(lexer.source, lexer.at) is not None


_FACTOR = r"(?:[(\\]|d[A-Z]\b|[A-Za-z](?![A-Za-z'’]))"
_CALLED = r"(?:exp|log|ln|sqrt|tanh|sigmoid|sigma|sum|max|min|floor|ceil) ?[(_]"  # behind a blank: X.max() is a call
_FACTOR_FOLLOWS = {True: later(rf"[ \t]+(?:{_FACTOR}|{_CALLED})"), False: later(_FACTOR)}
_NUMBER_FOLLOWS = later(r"[ \t]+\d")


def is_point_product(lexer: Lexer) -> bool:
    """Whether a full stop is typed for a product: `dJ/dU . U . (1-U)`, with blanks on both sides or on none."""
    last = lexer.tokens[-1] if lexer.tokens else None
    if lexer.dialect.free or last is None:
        return False
    if last.kind == "num":  # 46 . 62 . 20
        return lexer.spaced and _NUMBER_FOLLOWS.match(lexer.source, lexer.at) is not None
    named = last.kind == "close" or last.text in lexer.names or (lexer.spaced and last.kind == "name")
    return named and _FACTOR_FOLLOWS[lexer.spaced].match(lexer.source, lexer.at) is not None
