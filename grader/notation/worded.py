"""Numbers in words: six, forty-six, a hundred and twenty, minus six."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.model.patterns import later
from grader.notation import signs

if TYPE_CHECKING:
    from grader.notation.tokens import Lexer

_BEHIND = later(r"\s+(?=\d|([A-Za-z-]+))")
_MINUS = frozenset(["minus", "Minus"])
_ROUND = {"hundred": 100, "thousand": 1000}
_ONE_OF = re.compile(r"\b(?:a|one)\s+\Z", re.I)
_FOLLOWING = later(r"[\s-]*(and\s+)?([A-Za-z-]*)(?!\d)")


def read_number_word(lexer: Lexer, word: str, start: int, stop: int) -> bool:
    """`six`, `forty-six`, the sign of `minus six`; False for any other word."""
    if (number := signs.SPELLED.get(word.lower())) is not None:
        lexer.add("num", number, start, stop).weak = True
    elif word in _ROUND and (one := _ONE_OF.search(lexer.source, 0, lexer.at - len(word))) is not None:
        behind = _FOLLOWING.match(lexer.source, lexer.at)
        more = signs.SPELLED.get(behind[2].lower()) if behind else None
        if behind is None or (more is None and (behind[1] or behind[2] in _ROUND)):
            return False  # a hundred thousand, a hundred and some
        if more is not None:  # a hundred and twenty
            lexer.at, stop = behind.end(), stop + behind.end() - lexer.at
        while lexer.tokens and lexer.tokens[-1].text in ("a", "one"):
            lexer.tokens.pop()
        lexer.add("num", str(_ROUND[word] + int(more or 0)), start - len(one.group()), stop).weak = True
    else:
        found = _BEHIND.match(lexer.source, lexer.at) if word in _MINUS else None
        if found is None or (found[1] is not None and found[1].lower() not in signs.SPELLED):
            return False
        lexer.add("op", "-", start, stop)
        lexer.at, lexer.spaced = found.end(), False
    return True
