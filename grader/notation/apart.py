"""Factors behind a blank in prose, where most that stands behind a blank begins something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.notation.parser import Parser
    from grader.notation.tokens import Token


def is_set_apart(parser: Parser, token: Token) -> bool:
    """Whether a declared letter behind a blank is a factor: `2 L / (3 g)`, with signs of products around."""
    before, after = parser.tokens[parser.at - 1] if parser.at else None, parser.peek(1)
    if before is None or before.kind != "num" or after is None or token.text not in parser.names:
        return False
    further = parser.peek(2)
    if after.kind == "op":  # but the lengths "46 n * 62 m"
        return after.text in "/^" or (after.text in "*·" and further is not None and further.kind != "num")
    at = parser.at - 1
    opened = at > 1 and parser.tokens[at - 1].text == "(" and parser.tokens[at - 2].text in ("/", "*", "·")
    return after.text == ")" and opened


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
