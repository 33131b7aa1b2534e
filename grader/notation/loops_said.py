"""An index with both its ends, as programs and people say it: `j in range(p)`, `j from 0 to p-1`, `j = 0, ..., p-1`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.errors import Unreadable
from grader.model.expressions import Bound, Expr, Name, Num, Op
from grader.notation.tokens import Token

if TYPE_CHECKING:
    from grader.notation.parser import Parser


_ANDS = ("and", "und", "et", "y")


def as_loop(parser: Parser) -> tuple[Bound, ...]:
    """An index with both its ends; nothing for anything else, and then nothing is read."""
    from grader.notation.sums import shift

    before, token = parser.at, parser.peek()
    if token is None or token.kind != "name":
        return ()
    index = Name(parser.advance().text, (token.start, token.stop))
    ends = _of_range(parser) or from_to(parser) or _between_dots(parser) or _with_dots(parser)
    if ends is None:
        parser.at = before
        return ()
    low, high, is_open = ends
    return (Bound(index.name, low, shift(high, is_open, down=True), index.place),)


def _of_range(parser: Parser) -> tuple[Expr, Expr, bool] | None:
    """`in range(p)`, `in range(a, b)`: the end is excluded."""
    before = parser.at
    if not (steps(parser, "in") and steps(parser, "range") and parser.is_next("open", "(")):
        parser.at = before
        return None
    opener = parser.advance()
    with parser.brackets:
        items = parser.items(")")
        close = parser.expect("close", ")", opener)
    if len(items) not in (1, 2):
        raise Unreadable("this range has no whole steps of one", opener.start, close.stop)
    return (items[0] if len(items) == 2 else Num(0, items[0].place, "0")), items[-1], True


def _between_dots(parser: Parser) -> tuple[Expr, Expr, bool] | None:
    """`in 0..p-1`, both ends included."""
    before = parser.at
    if steps(parser, "in") and not parser.is_next("open"):
        found = parser.expression()
        if isinstance(found, Op) and found.op == "range":
            return found.args[0], found.args[1], False
    parser.at = before
    return None


def from_to(parser: Parser) -> tuple[Expr, Expr, bool] | None:
    """`from 0 to p-1`, both ends included."""
    if not steps(parser, "from"):
        return None
    low = parser.expression()
    return (low, parser.expression(), False) if _steps_to(parser) else None


def _with_dots(parser: Parser) -> tuple[Expr, Expr, bool] | None:
    """`= 0..p-1`, `= 0, ..., p-1`, `= 0 to p-1`, both ends included."""
    if not steps(parser, "="):
        return None
    low = parser.expression()
    if isinstance(low, Op) and low.op == "range":
        return low.args[0], low.args[1], False
    if _steps_to(parser):
        return low, parser.expression(), False
    if parser.is_next("dots"):  # j = 0…p-1
        parser.advance()
        return low, parser.expression(), False
    while (token := parser.peek()) is not None and is_comma(token):
        parser.advance()
        if parser.is_next("dots"):
            parser.advance()
            if (token := parser.peek()) is not None and is_comma(token):
                parser.advance()
            return low, parser.expression(), False
        parser.expression()
    return None


def steps(parser: Parser, word: str) -> bool:
    """Steps over a word, if it is the next."""
    token = parser.peek()
    if token is None or token.text != word or token.kind not in ("word", "rel", "name"):
        return False
    parser.advance()
    return True


def _steps_to(parser: Parser) -> bool:
    """Steps over `to`, `up to` or `until`, if that is next."""
    before = parser.at
    if steps(parser, "up") and not steps(parser, "to"):
        parser.at = before
        return False
    return parser.at != before or any(steps(parser, word) for word in _TOS)


_TOS = ("to", "until", "till", "through", "bis", "hasta")


def range_behind_comma(parser: Parser) -> tuple[Bound, ...]:
    """The range of `max x[s*k+j], j = 0..p-1`, which no word announces; nothing where none stands."""
    before, token = parser.at, parser.peek()
    if token is None or not is_comma(token) or parser.dialect.free:
        return ()
    parser.advance()
    found = as_loop(parser)
    if not found:
        parser.at = before
    return found


def is_comma(token: Token) -> bool:
    """Whether a comma or a word for "and" stands here."""
    return (token.kind == "sep" and token.text == ",") or (token.kind in ("word", "name") and token.text in _ANDS)
