"""Open ends by brackets turned outwards: `]0, 1]` is (0, 1]."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.expressions import Expr, Group

if TYPE_CHECKING:
    from grader.notation.parser import Parser


def read_turned_interval(parser: Parser) -> Expr:
    """`]a, b]` and `]a, b[`, where nothing is declared."""
    token = parser.tokens[parser.at]
    if not parser.dialect.free or token.text != "]" or parser.brackets.depth:
        raise parser.fail(f"`{token.text}` cannot stand here", token, "a number, a name or a bracket")
    parser.advance()
    with parser.brackets:
        low = parser.sum()
        if not parser.is_next("sep"):
            raise parser.fail("an interval has two ends", token)
        parser.advance()
        high = parser.sum()
    if parser.is_next("close", "]") or parser.is_next("open", "["):
        closing = parser.advance()
        return Group("(]" if closing.kind == "close" else "()", (low, high), (token.start, closing.stop))
    raise parser.fail("this interval is never closed", token, "]")
