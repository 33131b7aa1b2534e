"""Methods of arrays behind their elements: the `max()` of `X[b, s*k : s*k+p, c].max()`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.expressions import Call, Expr, Index, Slice
from grader.notation.tokens import Token

if TYPE_CHECKING:
    from grader.notation.parser import Parser

_METHODS = ("max", "min")


def read_method(parser: Parser, left: Expr, following: Token) -> Expr | None:
    """The largest or smallest of a slice along one axis; None for all else, and for a method with arguments."""
    slices = [index for index in left.indices if isinstance(index, Slice)] if isinstance(left, Index) else []
    word, opener, closer = (parser.peek(k) for k in (1, 2, 3))
    if len(slices) != 1 or parser.dialect.free or word is None or word.text not in _METHODS or word.spaced:
        return None
    if following.spaced or opener is None or closer is None or (opener.text, closer.text) != ("(", ")"):
        return None
    parser.at += 4
    return Call(word.text, (left,), (left.place[0], closer.stop))
