"""Numbers in plain text: thousands set apart, digits that repeat, decimals as numpy prints them."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from grader.notation.spellings import NOT_DIGITS

if TYPE_CHECKING:
    from grader.notation.tokens import Lexer


LAKHS = r"(?!0)\d{1,2}(?:,\d{2})+,\d{3}(?![\d,]|\.\d)"  # 51,33,600, as thousands are set apart in India


def read_repeating(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """`0.(3)` is a third where nothing else is meant; in prose, 2.(3) may be a label and a remark."""
    if lexer.dialect.free:
        lexer.add("num", found.group(), start, stop)
        return
    head = found.group().partition("(")[0]
    lexer.at -= len(found.group()) - len(head)
    lexer.add("num", head.rstrip("."), start, start + len(head))


def read_floated(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """`[1., 3., 0.]`, as numpy prints numbers; outside brackets the dot ends a sentence."""
    inside = not lexer.may_group or not lexer.grouping
    last = not lexer.source[lexer.at :].strip()  # the dot ends the line, too, where no bracket is open
    if not inside or (last and not lexer.depth) or not any(token.kind == "open" for token in lexer.tokens):
        lexer.at, stop = lexer.at - 1, stop - 1
    lexer.add("num", found.group().rstrip("."), start, stop)


def read_grouped(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """`5,133,600`, `5 133 600`, `5.133.600`, `5'133'600`."""
    word = found.group()
    whole, point, rest = word.partition(".") if word.count(".") == 1 else (word, "", "")
    lexer.add("num", NOT_DIGITS.sub("", whole) + point + rest, start, stop)


def read_comma(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """`5,1` of "5,1 Mio"."""
    lexer.add("num", found.group().replace(",", "."), start, stop)


def read_number(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """Digits, perhaps with a point and a power of ten; beside `5.133.600` the point of `57.040` groups digits, too."""
    word = found.group() if found.group().isascii() else found.group().translate(_MINUS)  # 1.6e−19
    lexer.add("num", word.replace(".", "") if lexer.dotted and _THOUSANDS.fullmatch(word) else word, start, stop)


_MINUS = str.maketrans("−–‑", "---")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_MILLIONS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3}){2,}(?![\d.,]*\d)")


def has_dotted(text: str) -> bool:
    """Whether a number in a text has two points, `5.133.600`: points that set thousands apart."""
    return text.count(".") > 1 and _MILLIONS.search(text) is not None


def number_behind(lexer: Lexer, letter: str) -> re.Match[str] | None:
    """The digits that number a Greek letter, λ1; where names are declared, one digit behind λ or μ."""
    if lexer.dialect.free:
        return _NUMBER.match(lexer.source, lexer.at) if letter != "pi" else None
    one = _ONE_DIGIT.match(lexer.source, lexer.at)
    declared = one is not None and letter not in lexer.names and f"{letter}{one[0]}" in lexer.names  # θ0
    counts = declared or (letter in _COUNTED and letter not in lexer.names)
    return _ONE_DIGIT.match(lexer.source, lexer.at) if counts else None


_NUMBER, _ONE_DIGIT = re.compile(r"\d{1,2}"), re.compile(r"\d(?![\d.])")
_COUNTED = frozenset(["lambda", "mu"])


_DIGITS_OF_DOUBLES = 15  # from here on the last ones may be those of how a computer keeps a number


def as_double(text: str) -> Fraction:
    """A decimal as a fraction; 5.000000000000001, which a computer prints with all of its digits, is 5.

    Only where 13 digits end in three zeros: those of pi mean what they say.
    """
    exact = Fraction(text)
    if len(text) <= _DIGITS_OF_DOUBLES:
        return exact
    digits = text.lower().partition("e")[0].replace(".", "").lstrip("0")
    if not _DIGITS_OF_DOUBLES <= len(digits) <= _MOST_DIGITS or "." not in text:
        return exact
    rounded = Fraction(f"{float(exact):.12e}")
    short = f"{float(rounded):.12e}".partition("e")[0].rstrip("0")
    return rounded if len(short) <= _SHORT_DIGITS else exact


_MOST_DIGITS = 17  # that a double is printed with
_SHORT_DIGITS = 11  # of 13, with the point
