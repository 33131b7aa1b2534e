"""Numbers with a word or a note behind each: `1000 (which image) / 3 (R, G or B)`, `2852 positions x 20 filters`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.model.patterns import later

if TYPE_CHECKING:
    from grader.notation.tokens import Lexer

_NOTE = r"\ ?\([A-Za-z][A-Za-z ,/'-]{0,40}\)"
_NOUN = r"\ [a-z]{3,}(?:\ [a-z]{3,})?"
_NOUNS = rf"{_NOUN}\ [x×]\ ?\d+(?:{_NOUN}\ [x×]\ ?\d+)*(?![\w.])(?:{_NOUN}(?=\s?=))?"
_NOTES = rf"{_NOTE}(?:\s?[x×]\s?\d+{_NOTE})+|{_NOTE}(?:\s?[/|,]\s?\d+{_NOTE}){{2,}}"
NOTED = rf"(?<=\d)(?:{_NOUNS}|{_NOTES})"
_LENGTH = later(r"([x×/|,])\s?(\d+)")


def read_noted(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """The lengths behind the first, with crosses between; where nothing is declared, letters in brackets multiply."""
    if lexer.dialect.free:
        lexer.at -= len(found[0]) - 1
        if found[0][0] == " ":
            lexer.spaced = True
        else:
            lexer.sign("(", start, start + 1)
        return
    for length in _LENGTH.finditer(found[0]):
        lexer.add("op", "×", start + length.start(), start + length.start() + 1)
        lexer.add("num", length[2], start + length.start(2), start + length.end())
