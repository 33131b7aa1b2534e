"""Reads what is evaluated at a point or between two: `\\left. F \\right|_a^b`, `[F]_a^b`, `f(x) |_{x = 1}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.expressions import Call, Expr, Name, Relation, names_in

if TYPE_CHECKING:
    from grader.notation.parser import Parser
    from grader.notation.tokens import Token

AT, BETWEEN = "at", "between"  # at(f, x = a); between(f, x = a, x = b)
_CONSTANTS = frozenset(["pi", "e", "i", "infty"])


def has_both_limits(parser: Parser) -> bool:
    """Whether a lower and an upper limit follow: `[F]_1^2`, where `[A]_{ij}` has indices."""
    token = parser.peek()
    if not parser.dialect.free or token is None or token.kind != "op" or token.text not in "_^":
        return False
    depth, ahead = 0, 1
    while (token := parser.peek(ahead)) is not None:
        depth += {"group": 1, "endgroup": -1}.get(token.kind, 0)
        ahead += 1
        if depth == 0:
            after = parser.peek(ahead)
            return (
                after is not None and after.kind == "op" and {parser.tokens[parser.at].text, after.text} == {"_", "^"}
            )
    return False


def read_between(parser: Parser, opener: Token) -> Expr:
    """What stands between `\\left.` and `\\right|`."""
    with parser.brackets:
        parser.bars += 1
        try:
            body = parser.expression()
        finally:
            parser.bars -= 1
        if not parser.is_next("bar"):
            raise parser.fail("this is never closed by \\right|", opener, "\\right|")
        parser.advance()
    return read_limits_of(parser, body, opener.start)


def is_evaluated(parser: Parser, token: Token) -> bool:
    """Whether a bar stands here that only evaluates what is before it: `x^2 |_{x = 1}`."""
    after = parser.peek(1)
    lowered = after is not None and after.kind == "op" and after.text == "_"
    return (parser.dialect.free or bool(token.maths)) and token.kind == "bar" and not parser.bars and lowered


def read_limits_of(parser: Parser, body: Expr, start: int) -> Expr:
    """The limits, and what they make of what was evaluated."""
    opener = parser.tokens[parser.at - 1]
    low: Expr | None = None
    high: Expr | None = None
    while (token := parser.peek()) is not None and token.kind == "op" and token.text in "_^":
        parser.advance()
        limit = parser.braces() if parser.is_next("group") else parser.atom()
        low, high = (limit, high) if token.text == "_" else (low, limit)
    if low is None:
        raise parser.fail("this does not say where it is evaluated", opener, "|_{x=1}")
    place = (start, parser.stop)
    if high is None:
        if not (isinstance(low, Relation) and low.ops == ("=",) and isinstance(low.operands[0], Name)):
            raise parser.fail("this does not say where it is evaluated", opener, "|_{x=1}")
        return Call(AT, (body, low), place)
    low = _named(parser, body, low, opener)
    return Call(BETWEEN, (body, low, _named(parser, body, high, opener, low)), place)


def _named(parser: Parser, body: Expr, limit: Expr, opener: Token, other: Relation | None = None) -> Relation:
    """`x = a`; without a name that of the other limit, the only letter there is, or x."""
    if isinstance(limit, Relation):
        if limit.ops != ("=",) or not isinstance(limit.operands[0], Name):
            raise parser.fail("this does not say where it is evaluated", opener, "|_{x=0}^{x=1}")
        return limit
    letters = names_in(body) - _CONSTANTS
    named = other.operands[0] if other is not None else None
    if isinstance(named, Name):
        name = named.name
    elif len(letters) == 1 or "x" in letters:
        name = "x" if "x" in letters else next(iter(letters))
    else:
        raise parser.fail("this does not say which letter is replaced", opener, "|_{x=0}^{x=1}")
    return Relation((Name(name, limit.place), limit), ("=",), limit.place)
