"""Chains of which only the ends can be read: `w_1 = w_0 - \\eta \\nabla J(w_0) = \\frac16 (10, 14)^T`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.errors import Unreadable
from grader.model.expressions import Expr, Relation, names_in
from grader.notation.tokens import Token

if TYPE_CHECKING:
    from grader.notation.parser import Parser

_OPENING, _CLOSING = ("open", "group", "matrix"), ("close", "endgroup", "endmatrix")
_ENDS = ("edge", "break", "line", "stop", "row")
_DENIALS = frozenset(  # words and names by which the value is none, or that of something else
    "not no never wrong false instead isn isnt incorrect error err residual res loss cost gradient grad max min".split()
)


def value_at_end(parser: Parser, start: int) -> Expr | None:
    """The first and the last member of a chain of three or more, where that value has no letters.

    None for anything else: a formula in letters may hang on what could not be read. The parser stands behind the
    chain then, and at `start` otherwise.
    """
    stop, signs = _signs(parser.tokens, start)
    if len(signs) < 2 or any(token.text.lower() in _DENIALS for token in parser.tokens[start:stop]):
        parser.at = start
        return None
    computed = any(token.kind == "op" for token in parser.tokens[start : signs[0]])
    found, behind = _read(parser, signs[-1] + 1, stop)  # the last first: reading may split tokens, \frac13
    count = len(parser.tokens)
    first, _ = _read(parser, start, signs[0])
    behind += len(parser.tokens) - count
    if found is None or (first is None and computed) or names_in(found) or isinstance(found, Relation):
        parser.at = start
        return None  # b - proj(b) = ... is no name for its value
    parser.at = behind
    return Relation((first, found), ("=",), (parser.tokens[start].start, found.place[1]))


def _signs(tokens: list[Token], start: int) -> tuple[int, list[int]]:
    """Where a formula ends, and its signs of equality outside all brackets; none where another relation stands."""
    depth, signs = 0, list[int]()
    for at in range(start, len(tokens)):
        token = tokens[at]
        depth += (token.kind in _OPENING) - (token.kind in _CLOSING)
        if token.kind in _ENDS and depth <= 0:
            return at, signs
        if token.kind == "rel" and depth == 0:
            if token.text != "=":
                return at, []
            signs.append(at)
    return len(tokens), signs


def _read(parser: Parser, start: int, stop: int) -> tuple[Expr | None, int]:
    """All that stands between two places as one expression, and where it ends; None if it is more, or unreadable."""
    parser.at = start
    if start >= stop:
        return None, start
    end = parser.tokens[stop] if stop < len(parser.tokens) else None
    try:
        found = parser.expression()
    except (Unreadable, RecursionError):
        return None, start
    return (found if parser.peek() is end else None), parser.at
