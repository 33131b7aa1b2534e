"""What goes on with a formula in prose: factors behind a blank, and letters glued to a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.notation.parser import Parser
    from grader.notation.tokens import Token


def is_set_apart(parser: Parser, token: Token) -> bool:
    """Whether a declared letter behind a blank is a factor: `2 L / (3 g)`, with signs of products around."""
    before, after = parser.tokens[parser.at - 1] if parser.at else None, parser.peek(1)
    if before is None or after is None:
        return False
    if before.text == ")" and after.text == "^" and (token.text == "e" or token.text in parser.names):
        return True  # (2x - 3x^2) e^(-3x)
    if before.kind != "num" or token.text not in parser.names:
        return False
    further = parser.peek(2)
    if after.kind == "op":  # but the lengths "46 n * 62 m"
        return after.text in "/^" or (after.text in "*·" and further is not None and further.kind != "num")
    goes_on = after.text == "(" or (after.kind == "name" and after.text in parser.names)
    if goes_on and _is_in_brackets(parser):
        return True  # sqrt(2 g L (1 - cos(a)))
    at = parser.at - 1
    opened = at > 1 and parser.tokens[at - 1].text == "(" and parser.tokens[at - 2].text in ("/", "*", "·")
    return after.text == ")" and opened


def _is_in_brackets(parser: Parser) -> bool:
    """Whether what is read stands in the brackets of a function, where nothing is said in words."""
    depth = 0
    for at in range(parser.at - 1, max(0, parser.at - _LONGEST), -1):
        token = parser.tokens[at]
        depth += {"close": 1, "open": -1}.get(token.kind, 0)
        if depth < 0:
            return parser.tokens[at - 1].kind in ("func", "sqrt") and not token.spaced
        if token.kind in ("word", "sep", "rel"):
            return False
    return False


def is_divided(parser: Parser) -> bool:
    """Whether brackets behind a power go on as a formula: `sigma^2 (n-1)/n`, but no `x^2 (for n > 1)`."""
    before, depth = [token.text for token in parser.tokens[max(0, parser.at - 2) : parser.at]], 0
    if before[:1] != ["^"]:
        return False
    for ahead in range(_LONGEST):
        token = parser.peek(ahead)
        if token is None or token.kind in ("word", "rel", "sep"):
            return False
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if not depth:
            behind = parser.peek(ahead + 1)
            return behind is not None and not behind.spaced and behind.text in ("/", "^", "*")
    return False


_LONGEST = 40  # tokens in brackets


def is_glued(tokens: Sequence[Token], at: int) -> bool:
    """Whether strange letters stand right behind a number, and a formula goes on: `2PR/(P+R)`, but not `5km/h`."""
    before, word = tokens[at - 1] if at else None, tokens[at]
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if before is None or before.kind != "num" or word.kind != "word" or word.spaced or word.maths or after is None:
        return False
    if after.spaced or after.text not in ("/", "*", "^") or not word.text.isalpha():
        return False
    from grader.reference.units import parse_unit

    try:
        return parse_unit(word.text) is None
    except ValueError:
        return True
