"""Raised and lowered signs of Unicode: x², 2⁻¹, ℝ⁴⁶ˣ⁶², k₁, xᵢ₊₁, max₀≤ⱼ<ₚ."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.model.patterns import later
from grader.notation import signs

if TYPE_CHECKING:
    from grader.notation.tokens import Lexer

RAISED = f"[{signs.RAISED}]+"
LOWERED = f"[{signs.LOWERED}₀-₎]+(?:(?:[≤<≥>=]|\\.\\.|…)[{signs.LOWERED}₀-₎]+)*"
_PIECES = later(r"\d+|\.\.|[A-Za-z]\d*|.")
_LENGTHS = later(r"\d+(?:x\d+)+|[a-z](?:x[a-z])+")


def read_raised(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """A power, or the lengths of a shape."""
    lexer.add("op", "^", start, start)
    raised = found[0].translate(signs.SUPERSCRIPTS)
    if raised.startswith("-") and raised[1:].isdecimal():
        lexer.add("op", "-", start, start)
        raised = raised[1:]
    if raised.isdecimal():
        lexer.add("num", raised, start, stop)
        return
    if _LENGTHS.fullmatch(raised):
        raised = raised[0] + raised[1:-1].replace("x", "×") + raised[-1]
    lexer.add("group", "{", start, start)
    for piece in re.findall(r"\d+|.", raised):
        if piece.isalnum():
            lexer.add("num" if piece.isdecimal() else "name", piece, start, stop)
        else:
            lexer.sign(piece, start, stop)
    lexer.add("endgroup", "}", stop, stop)


def read_lowered(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """An index, or the limits below a maximum."""
    index = found[0].translate(signs.SUBSCRIPT_LETTERS).translate(signs.SUBSCRIPT_DIGITS)
    lexer.add("op", "_", start, start)
    if index.isalnum():
        lexer.add("num" if index.isdigit() else "name", index, start, stop)
        return
    lexer.add("group", "{", start, start)
    for piece in _PIECES.finditer(index):
        at, end = start + piece.start(), start + piece.end()
        if piece[0].isalnum():
            lexer.add("num" if piece[0].isdigit() else "name", piece[0], at, end)
        else:
            lexer.sign(piece[0], at, end)
    lexer.add("endgroup", "}", stop, stop)
