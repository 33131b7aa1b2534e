"""Reads what expressions are part of: chains of relations, statements joined by "and" and "or", lists, TeX braces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.errors import Unreadable
from grader.model.expressions import Call, Expr, Group, Name, Op, Relation, Slice, Text
from grader.notation.subscripts import read_slice

if TYPE_CHECKING:
    from grader.notation.parser import Parser
    from grader.notation.tokens import Token

_INFIX = {"over": "div", "choose": "binomial"}


def read_statement(parser: Parser) -> Expr:
    """A chain of relations, or a single expression; where no names are declared, several joined by "and" or "or"."""
    first = _read_chain(parser)
    if not parser.dialect.free or not parser.is_next("op") or _connective(parser) is None:
        return first
    alternatives: list[list[Expr]] = [[first]]
    while (connective := _connective(parser)) is not None:
        parser.skip_soft()
        parser.advance()
        parser.skip_soft()
        following = _read_chain(parser)
        if connective == "and":
            alternatives[-1].append(following)
        else:
            alternatives.append([following])
    joined = [_joined("and", members) for members in alternatives]
    return _joined("or", joined)


def _connective(parser: Parser) -> str | None:
    token = parser.after_soft()
    return token.text if token is not None and token.kind == "op" and token.text in ("and", "or") else None


def _joined(op: str, members: list[Expr]) -> Expr:
    if len(members) == 1:
        return members[0]
    return Op(op, tuple(members), (members[0].place[0], members[-1].place[1]))


def _read_chain(parser: Parser) -> Expr:
    """A chain of relations, or a single expression. A chain may go on after a line end."""
    start = parser.peek()
    if start is None:
        raise parser.fail("nothing stands here")
    if parser.dialect.free and start.kind == "op" and start.text == "not":
        parser.advance()
        inner = _read_chain(parser)
        return Op("not", (inner,), (start.start, inner.place[1]))
    first = None if start.kind == "rel" else parser.expression()
    operands: list[Expr | None] = [first]
    ops: list[str] = []
    last = first
    while (token := parser.after_soft()) is not None and token.kind == "rel":
        before = parser.at
        parser.skip_soft()
        parser.at += 1
        parser.skip_soft()
        if parser.is_next("rel"):  # "= ~ .97"
            continue
        try:
            last = parser.expression()
        except Unreadable:
            if token.maths and not parser.ends_here():
                raise
            parser.at = before
            break
        ops.append(token.text)
        operands.append(last)
    if last is None:
        raise parser.fail("nothing stands on the right of this sign", start)
    if parser.is_next("pmod"):
        operands = _modulo(parser, operands)
        last = operands[-1] or last
    if not ops:
        return operands[0] or last
    return Relation(tuple(operands), tuple(ops), (first.place[0] if first else start.start, last.place[1]))


def _modulo(parser: Parser, operands: list[Expr | None]) -> list[Expr | None]:
    """`a \\equiv b \\pmod{m}`: both sides leave the same rest."""
    parser.advance()
    by = parser.braces() if parser.is_next("group") else parser.atom()
    return [None if one is None else Op("mod", (one, by), (one.place[0], by.place[1])) for one in operands]


# -- lists -----------------------------------------------------------------------------------------------------


def read_items(parser: Parser, closer: str) -> list[Expr]:
    """Comma- or semicolon-separated items up to, not including, a closing bracket."""
    if closer == "]" and (row := _read_printed_row(parser)):
        return row
    found: list[Expr] = []
    parser.skip_edges()
    while not parser.is_next("close", closer) and not parser.is_next("close"):
        found.append(parser.item())
        parser.take_differentials()
        parser.skip_edges()
        if parser.dialect.free and closer == "}" and parser.is_next("sep", ":"):  # {x : x > 0}
            break
        if parser.is_next("sep"):
            parser.advance()
            parser.skip_edges()
        elif parser.is_next("word", "and") or parser.is_next("op", "and"):
            parser.advance()
        elif not (closer == "]" and parser.begins_entry()):  # [3 1] has two entries
            break
    return found


def _read_printed_row(parser: Parser) -> list[Expr]:
    """Numbers with blanks or bars between them, as numpy prints them: `[-6  1 -1  6]`; none if there is more."""
    places = _printed_numbers(parser)
    row: list[Expr] = []
    for at, minus in places:
        parser.at = at
        number = parser.atom()
        row.append(number if minus is None else Op("neg", (number,), (minus.start, number.place[1])))
    return row


def _printed_numbers(parser: Parser) -> list[tuple[int, Token | None]]:
    """Where the numbers of such a row stand, each with its sign; none in the index of a name, `x[3 -1]`."""
    opener, before = parser.tokens[parser.at - 1], parser.tokens[parser.at - 2 : parser.at - 1]
    if before and not opener.spaced and before[0].kind in ("name", "close"):
        return []
    found: list[tuple[int, Token | None]] = []
    minus: Token | None = None
    bars = 0  # [40 | 2400 | 80]
    for at in range(parser.at, min(len(parser.tokens), parser.at + _LONGEST_ROW)):
        token = parser.tokens[at]
        apart = token.spaced or not found or parser.tokens[at - 1].kind in ("line", "mid", "bar")
        if token.kind == "num" and (not token.spaced if minus is not None else apart):
            found.append((at, minus))
            minus = None
        elif token.kind == "op" and token.text == "-" and minus is None and apart:
            minus = token
        elif token.kind == "close" and token.text == "]" and minus is None:
            return found if len(found) > 1 and (not bars or (bars == len(found) - 1 and bars > 1)) else []
        elif token.kind in ("mid", "bar") and parser.tokens[at - 1].kind == "num":
            bars += 1
        elif token.kind not in ("edge", "line"):  # a long row goes on in the next line
            return []
    return []


_LONGEST_ROW = 10_000


def read_item(parser: Parser) -> Expr:
    """One member of a list: a statement, a slice, dots or words."""
    token = parser.peek()
    if token is None:
        raise parser.fail("nothing stands here")
    if token.kind == "dots":
        parser.advance()
        return Name("...", (token.start, token.stop))
    if token.kind == "word":
        return _read_words(parser)
    if token.text == "·" and token.kind == "op" and (placeholder := _read_placeholder(parser)) is not None:
        return placeholder
    if token.kind == "sep" and token.text == ":":
        return read_slice(parser, None)
    item = parser.statement()
    if parser.dialect.free and parser.is_next("arrow"):
        item = _concluded(parser, item)
    if parser.is_next("sep", ":") and not parser.dialect.free:
        return read_slice(parser, item)
    if parser.is_next("word") and not parser.is_next("word", "and"):  # "(1000 images, 3 channels)"
        parser.beside = _read_words(parser)
    return item


def _read_placeholder(parser: Parser) -> Expr | None:
    """The dot of `W[\\cdot] := 0`, all of the indices, or of one of them in `W[\\cdot, \\cdot, n]`."""
    token, before, behind = parser.tokens[parser.at], parser.tokens[parser.at - 1], parser.peek(1)
    if behind is None or before.text not in ("[", ",") or behind.text not in ("]", ","):
        return None
    parser.advance()
    place = (token.start, token.stop)
    return Name("...", place) if (before.text, behind.text) == ("[", "]") else Slice(None, None, None, place)


def _concluded(parser: Parser, left: Expr) -> Expr:
    """`(p \\to q)` inside brackets, where both are statements; what else an arrow joins is left as it is."""
    before = parser.at
    arrow = parser.advance().text
    from grader.notation.arrows import by_arrow

    try:
        found = by_arrow(arrow, left, parser.statement())
    except Unreadable:
        found = None
    if found is None:
        parser.at = before
    return found or left


def _read_words(parser: Parser) -> Text:
    start = parser.advance()
    words, stop = [start.text], start.stop
    while (token := parser.peek()) is not None and (token.kind == "word" or (token.kind == "name" and token.weak)):
        words.append(token.text)
        stop = token.stop
        parser.advance()
    if start.text.startswith("\\"):
        raise parser.fail(f"the command {start.text} is not known", start)
    return Text(" ".join(words), (start.start, stop))


def read_braces(parser: Parser) -> Expr:
    """The expression inside TeX braces."""
    opener = parser.advance()
    with parser.brackets:
        items = [_read_braced(parser)]
        parser.skip_edges()
        while parser.is_next("sep"):
            parser.advance()
            items.append(_read_braced(parser))
            parser.skip_edges()
        if not parser.is_next("endgroup"):
            raise parser.fail("this brace is never closed", opener, "}")
        close = parser.advance()
    return items[0] if len(items) == 1 else Group("", tuple(items), (opener.start, close.stop))


def _read_braced(parser: Parser) -> Expr:
    """One item in TeX braces, perhaps divided by `\\over` or `\\choose`."""
    item = parser.item()
    parser.take_differentials()
    token = parser.peek()
    if token is None or token.kind != "op" or token.text not in _INFIX:
        return item
    parser.advance()
    below = parser.item()
    return _divided(token, item, below)


def _divided(token: Token, above: Expr, below: Expr) -> Expr:
    place = (above.place[0], below.place[1])
    if token.text == "over":
        return Op("div", (above, below), place, "frac")
    return Call("binomial", (above, below), place)
