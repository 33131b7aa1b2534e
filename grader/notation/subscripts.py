"""Reads the indices of a name: subscripts, brackets, slices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.expressions import Call, Expr, Group, Index, Name, Num, Op, Slice
from grader.notation.tokens import Token

if TYPE_CHECKING:
    from grader.notation.parser import Parser

_MOST_SUFFIXES = 10
_PLAIN = ("name", "num", "word", "reduce", "func")
_WORDS = ("word", "reduce", "func")
_JOINED = ("name", "num", "word")


def read_suffixes(parser: Parser, left: Expr) -> Expr:
    """Indices directly after a name: `[i,j]`, `_{i,j}`, and `(i,j)` for a declared array."""
    for _ in range(_MOST_SUFFIXES):
        following = parser.peek()
        if following is None:
            return left
        if following.kind == "op" and following.text == "_":
            left = read_subscript(parser, left)
        elif following.kind == "open" and following.text == "[" and _takes_brackets(left, following):
            left = _read_indices(parser, left, "]")
        elif following.kind == "open" and following.text == "(" and not following.spaced and _rank(parser, left) > 0:
            before = parser.at
            indexed = _read_indices(parser, left, ")")
            if len(indexed.indices) != _rank(parser, left):
                parser.at = before
                return left
            left = indexed
        else:
            return left
    raise parser.fail("this carries too many indices to be read")


def _takes_brackets(left: Expr, opener: Token) -> bool:
    if isinstance(left, Group):
        return not opener.spaced
    return isinstance(left, Name | Index | Call) and (opener.maths or not opener.spaced)


def _rank(parser: Parser, base: Expr) -> int:
    """The declared number of axes of a name; 0 for anything else."""
    return parser.names.get(base.name, 0) if isinstance(base, Name) else 0


def _read_indices(parser: Parser, left: Expr, closer: str) -> Index:
    opener = parser.advance()
    with parser.brackets:
        items = parser.items(closer)
        close = parser.expect("close", closer, opener)
    if not items:
        raise parser.fail("these brackets are empty", opener)
    return Index(left, tuple(items), (left.place[0], close.stop))


# -- subscripts ------------------------------------------------------------------------------------------------


def read_subscript(parser: Parser, base: Expr) -> Expr:
    """`x_1`, `x_{i,j}`, `C_{in}`: a longer name where that is declared or a number, otherwise indices."""
    parser.advance()
    token = parser.peek()
    if token is None:
        raise parser.fail("nothing stands in the subscript")
    if token.kind == "group" or (token.kind == "open" and token.text in "{["):
        inner, words = _read_bracketed(parser, token)
        place = (base.place[0], parser.stop)
    else:
        inner, words = parser.atom("this subscript cannot be read"), (token.text,) if token.kind in _JOINED else ()
        place = (base.place[0], inner.place[1])
    if isinstance(base, Name) and words and (name := _longer_name(parser, base, "".join(words))) is not None:
        return Name(name, place)
    indices: tuple[Expr, ...] = (inner,)
    if isinstance(inner, Group) and inner.brackets == "":
        indices = inner.items
    elif isinstance(inner, Op) and inner.op == "mul" and inner.sign == "":
        indices = _split_letters(inner, _rank(parser, base))
    return Index(base, indices, place)


def _longer_name(parser: Parser, base: Name, tail: str) -> str | None:
    """The name that a name and its subscript are together; None if the subscript is an index of an array."""
    for name in (base.name + tail, f"{base.name}_{tail}"):
        if name in parser.names:
            return name
    if _rank(parser, base) != 0:
        return None
    return base.name + tail if tail.isdigit() else f"{base.name}_{tail}"


def _read_bracketed(parser: Parser, opener: Token) -> tuple[Expr, tuple[str, ...]]:
    """The expression of a subscript in brackets, and its words if it is nothing else."""
    inside = _inside(parser, "endgroup" if opener.kind == "group" else "close")
    closed = parser.peek(len(inside) + 1) is not None
    plain = closed and all(token.kind in _PLAIN for token in inside)
    words = tuple(token.text for token in inside) if plain else ()
    if plain and any(token.kind in _WORDS for token in inside):
        parser.at += len(inside) + 2
        return Name("_".join(words), (opener.start, parser.stop)), words
    if opener.kind == "group":
        return parser.braces(), words
    parser.advance()
    with parser.brackets:
        items = parser.items("}" if opener.text == "{" else "]")
        close = parser.expect("close", "}" if opener.text == "{" else "]", opener)
    content = items[0] if len(items) == 1 else Group("", tuple(items), (opener.start, close.stop))
    return content, words


def _inside(parser: Parser, closer: str) -> list[Token]:
    """The tokens after a bracket, up to the first one that closes any."""
    found: list[Token] = []
    while (token := parser.peek(len(found) + 1)) is not None and token.kind != closer:
        found.append(token)
    return found


def _split_letters(product: Op, rank: int) -> tuple[Expr, ...]:
    """`x_{ij}` for an array of two axes has the indices i and j, not their product."""
    factors: list[Expr] = []
    waiting: list[Expr] = [product]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Op) and node.op == "mul" and node.sign == "":
            waiting.extend(reversed(node.args))
        else:
            factors.append(node)
    if len(factors) == rank and all(isinstance(factor, Name | Num) for factor in factors):
        return tuple(factors)
    return (product,)


# -- slices ----------------------------------------------------------------------------------------------------


def read_slice(parser: Parser, start: Expr | None) -> Expr:
    """`:`, `1:`, `:3`, `::s` inside an index; the first limit, if any, has been read."""
    first = parser.peek()
    assert first is not None
    limits: list[Expr | None] = [None, None]
    for place in (0, 1):
        if not parser.is_next("sep", ":"):
            break
        parser.advance()
        token = parser.peek()
        if token is not None and token.kind not in ("sep", "close"):
            limits[place] = parser.expression()
    return Slice(start, limits[0], limits[1], (start.place[0] if start else first.start, parser.stop))
