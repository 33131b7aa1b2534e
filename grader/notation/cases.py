"""Reads an expression by cases: `\\begin{cases} x & x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.expressions import Cases, Expr

if TYPE_CHECKING:
    from grader.notation.parser import Parser

_BEFORE_CONDITION = frozenset(["if", "for", "when", "where", "falls", "wenn"])
_OTHERWISE = frozenset(["otherwise", "else", "sonst", "elsewhere"])


def read_cases(parser: Parser) -> Expr:
    """Rows of a value and its condition; a row without a condition is "otherwise"."""
    opener = parser.advance()
    pieces: list[tuple[Expr, Expr | None]] = []
    with parser.brackets:
        while not parser.is_next("endmatrix"):
            token = parser.peek()
            if token is None:
                raise parser.fail("these cases never end", opener, "\\end{cases}")
            if token.kind in ("row", "line", "edge"):
                parser.advance()
            else:
                pieces.append(_read_row(parser))
    if not pieces:
        raise parser.fail("there are no cases here", opener)
    return Cases(tuple(pieces), (opener.start, parser.advance().stop))


def _read_row(parser: Parser) -> tuple[Expr, Expr | None]:
    value = parser.expression()
    while (token := parser.peek()) is not None and (token.kind in ("amp", "sep", "edge") or _introduces(token.text)):
        parser.advance()
    token = parser.peek()
    if token is None or token.kind in ("row", "endmatrix", "line"):
        return value, None
    if token.text.lower() in _OTHERWISE:
        parser.advance()
        return value, None
    return value, parser.statement()


def _introduces(word: str) -> bool:
    return word.lower().strip(",:") in _BEFORE_CONDITION
