"""The range of an index beside what is summed: `max(x[k] for k in range(n))`, `max(x[k]) for k = 0..n`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.errors import Unreadable
from grader.model.expressions import Bound, Expr, Num, Reduce, names_in
from grader.notation.sums import read_bounds, shift
from grader.notation.tokens import Token

if TYPE_CHECKING:
    from grader.notation.parser import Parser


def with_its_range(parser: Parser, operator: Token) -> Expr | None:
    """`max(X[s*k+j] for j=0..p-1)`, `\\max\\{X_{sk+j} : j=0..p-1\\}`; None if the brackets hold nothing of the kind."""
    before, opener = parser.at, parser.advance()
    closer = _CLOSES.get(opener.text, "")
    try:
        with parser.brackets:
            body = parser.statement()
            parser.skip_edges()
            word = parser.peek()
            if not closer or word is None or not _opens_range(word, opener):
                parser.at = before
                return None
            bounds = _stated_bounds(parser, closer)
            parser.expect("close", closer, opener)
    except Unreadable:
        parser.at = before
        return None
    return Reduce(operator.text, bounds, body, (operator.start, parser.stop))


_CLOSES = {"(": ")", "{": "}"}
_BEFORE_RANGE = ("for", "over", "with", "where")


def _opens_range(token: Token, opener: Token) -> bool:
    """Whether the range of an index begins here; in braces also behind a colon or a bar."""
    in_braces = opener.text == "{" and (token.text in (":", "|", "mid") or token.kind in ("bar", "mid"))
    return in_braces or token.text in _BEFORE_RANGE


def range_behind(parser: Parser, operator: Token, args: tuple[Expr, ...]) -> Expr | None:
    """`max(X[s*k+j]) for j from 0 to p-1`; None if no range of an index of the one argument follows."""
    before, word = parser.at, parser.after_soft()
    if len(args) != 1 or word is None or word.text not in _BEFORE_RANGE or word.kind != "word":
        return None
    parser.skip_soft()
    try:
        bounds = _stated_bounds(parser, "")
    except Unreadable:
        parser.at = before
        return None
    if not all(b.high is not None and b.index not in parser.names and b.index in names_in(args[0]) for b in bounds):
        parser.at = before
        return None
    return Reduce(operator.text, bounds, args[0], (operator.start, parser.stop))


def _stated_bounds(parser: Parser, closer: str) -> tuple[Bound, ...]:
    """`for i in range(n) for j in range(m)`, `for j from 0 to p-1`, or bounds as under a sum sign."""
    found: list[Bound] = []
    while (word := parser.peek()) is not None and (not found or word.text in _BEFORE_RANGE):
        parser.advance()
        parser.skip_soft()
        index = parser.peek()
        if index is not None and index.kind == "name" and (limits := _spoken_limits(parser)) is not None:
            found.append(Bound(index.text, *limits, (index.start, index.stop)))
        else:
            found += read_bounds(parser.items(closer) if closer else [parser.statement()], None)
        if closer:
            parser.skip_edges()
    return tuple(found)


def _spoken_limits(parser: Parser) -> tuple[Expr, Expr] | None:
    """The limits of `j in range(p)` and `j from 0 to p-1`; None, and nothing read, for anything else."""
    before = parser.at
    parser.advance()
    parser.skip_soft()
    word, after = parser.peek(), parser.peek(1)
    if word is not None and after is not None and word.text == "in" and after.text == "range":
        parser.at += 2
        opener = parser.expect("open", "(", after)
        with parser.brackets:
            items = parser.items(")")
            close = parser.expect("close", ")", opener)
        if 1 <= len(items) <= 2:
            low = items[0] if len(items) == 2 else Num(0, (opener.start, close.stop), "0")
            return low, shift(items[-1], True, down=True)
    elif word is not None and word.text == "from":
        parser.advance()
        low = parser.expression()
        parser.skip_soft()
        if parser.is_next("word", "to"):
            parser.advance()
            parser.skip_soft()
            return low, parser.expression()
    parser.at = before
    return None
