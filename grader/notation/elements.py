"""An element of an array said in words: `X at i,j1+k1,j2+k2,n`, `X at [i, j, n]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.errors import Unreadable
from grader.model.expressions import Expr, Index, Name, Op
from grader.notation.tokens import Token

if TYPE_CHECKING:
    from grader.notation.parser import Parser


def read_element(parser: Parser, left: Expr, following: Token) -> Expr | None:
    """The element, if "at" and exactly as many indices as the array has axes follow its name; None otherwise.

    One index alone is none: "Z at 0" may say where something else is.
    """
    rank = parser.names.get(left.name, 0) if isinstance(left, Name) else 0
    if following.kind != "word" or rank < 2 or parser.dialect.free:
        return None
    before = parser.at
    parser.advance()
    opener = parser.peek()
    bracket = opener is not None and opener.kind == "open" and opener.text in _CLOSING
    if bracket:
        parser.advance()
    try:
        indices = _indices(parser, rank)
    except Unreadable:
        indices = ()
    closed = not bracket or opener is None or parser.is_next("close", _CLOSING[opener.text])
    if len(indices) != rank or not closed or parser.is_next("sep", ","):
        parser.at = before
        return None
    if bracket:
        parser.advance()
    return Index(left, indices, (left.place[0], parser.stop))


_CLOSING = {"(": ")", "[": "]"}


def _indices(parser: Parser, rank: int) -> tuple[Expr, ...]:
    found = [_index(parser)]
    while len(found) < rank and parser.is_next("sep", ","):
        parser.advance()
        found.append(_index(parser))
    return tuple(found)


def _index(parser: Parser) -> Expr:
    """A letter or number, with others added; no product, for "times" goes on behind the last one."""
    index = parser.factor()
    while parser.is_next("op", "+") or parser.is_next("op", "-"):
        sign = parser.advance().text
        right = parser.factor()
        place = (index.place[0], right.place[1])
        index = Op("add", (index, right if sign == "+" else Op("neg", (right,), right.place)), place, sign)
    return index
