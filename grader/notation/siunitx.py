"""Reads numbers, units and angles in the commands of the package siunitx: `\\SI{5}{\\metre\\per\\second}`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.reference.units import parse_unit

if TYPE_CHECKING:
    from grader.notation.tokens import Lexer

_ARGUMENT = re.compile(r"\s*(?:\[[^\]{}]*\]\s*)?\{((?:[^{}]|\{[^{}]*\})*)\}")
_NUMBER = re.compile(r"\s*([-+−]?)\s*((?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?)\s*")
# What the arguments of each command are.
COMMANDS = {"SI": "nu", "qty": "nu", "si": "u", "unit": "u", "num": "n", "ang": "a"}


def read(lexer: Lexer, name: str, start: int, offset: int) -> None:
    """The tokens of one command; what is no plain number or known unit is a command that nobody knows.

    `offset` is where the text of the lexer begins in the source.
    """
    before, at = len(lexer.tokens), lexer.at
    for kind in COMMANDS[name]:
        argument = _ARGUMENT.match(lexer.source, lexer.at)
        if argument is None or not _read_argument(lexer, kind, argument, offset):
            del lexer.tokens[before:]
            lexer.at = at
            lexer.add("word", "\\" + name, start, offset + at)
            return
        lexer.at = argument.end()


def _read_argument(lexer: Lexer, kind: str, argument: re.Match[str], offset: int) -> bool:
    start, stop = (offset + place for place in argument.span(1))
    if kind == "u":
        try:
            parse_unit(argument[1])
        except ValueError:
            return False
        lexer.add("unit", argument[1].strip(), start, stop)
        return True
    number = _NUMBER.fullmatch(argument[1].replace("{,}", "."))
    if number is None:
        return False
    if number[1] in ("-", "−"):
        lexer.add("op", "-", start, start)
    lexer.add("num", number[2], start, stop)
    if kind == "a":
        lexer.add("op", "°", stop, stop)
    return True
