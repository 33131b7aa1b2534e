"""Reads brackets of all kinds: groups, lists, sets, intervals, conditions, inner products, floors and ceilings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.expressions import Call, Expr, Group, Name, Num, Op, Relation, Text
from grader.notation.differences import has_both_limits, read_between, read_limits_of
from grader.notation.listings import as_rows
from grader.notation.products import is_bracketed_factor
from grader.notation.tokens import Token

if TYPE_CHECKING:
    from grader.notation.parser import Parser

_CLOSERS = {"(": ")", "[": "]", "{": "}"}
_ROUNDED = {"⌈": ("ceil", "⌉"), "⌊": ("floor", "⌋")}


def read_brackets(parser: Parser) -> Expr:
    """Reads an opening bracket and what it holds: a list, a factor, rows of a matrix, an interval; Unreadable else."""
    listed, factor = _stands_in_list(parser), is_bracketed_factor(parser)
    opener = parser.advance()
    if opener.text in _ROUNDED:
        return _read_rounded(parser, opener)
    if opener.text == ".":
        return read_between(parser, opener)
    with parser.brackets:
        closer = _CLOSERS[opener.text]
        around = parser.is_next("matrix")
        begin = parser.at
        items = parser.items(closer)
        if len(items) > 3 and (opener.text == "[" or (opener.text == "(" and not parser.dialect.free)):
            items = as_rows(parser.tokens[begin : parser.at], items)
        parser.skip_edges()
        if (condition := _read_condition(parser, opener, items)) is not None:
            close = parser.expect("close", closer, opener)
            return Group("{|}", (items[0], condition), (opener.start, close.stop))
        found = parser.peek()
        if found is not None and found.kind == "close" and found.text in ")]" and opener.text in "([":
            close = parser.advance()  # half-open intervals: [2, 6)
        elif len(items) == 2 and opener.text == "[" and parser.dialect.free and parser.is_next("open", "["):
            return Group("[)", tuple(items), (opener.start, parser.advance().stop))  # [2, 5[
        elif len(items) > 1 and opener.maths and parser.is_next("edge") and not parser.dialect.free:
            close = parser.tokens[parser.at - 1]  # $(32, 300, 3$: a list that the mathematics ends
            return Group("()", tuple(items), (opener.start, close.stop))
        else:
            close = parser.expect("close", closer, opener)
    return _grouped(parser, items, (opener, close), listed=listed, factor=factor, around=around)


def _grouped(
    parser: Parser, items: list[Expr], ends: tuple[Token, Token], *, listed: bool, factor: bool, around: bool
) -> Expr:
    """What brackets mean that hold these items."""
    opener, close = ends
    brackets = opener.text + close.text
    if brackets == "[]" and len(items) == 1 and not listed and has_both_limits(parser):
        return read_limits_of(parser, items[0], opener.start)
    if around and parser.dialect.free and brackets in _ROUND and len(items) == 1:  # \\left[\\begin{matrix}
        return items[0]
    inner = parser.dialect.free and len(items) == 1 and not listed and getattr(items[0], "name", "") != "emptyset"
    if inner and brackets in _ROUND and _is_bracketed(items[0]):  # {∅} holds one thing, which is empty
        return items[0]
    if len(items) == 1 and (factor or _only_groups(parser, items[0], brackets)):
        return items[0]
    if opener.stop - opener.start >= len(r"\langle") and (product := _inner_product(parser, items)) is not None:
        return product
    return Group(brackets, tuple(items), (opener.start, close.stop))


def _inner_product(parser: Parser, items: list[Expr]) -> Expr | None:
    """`\\langle x, y \\rangle` of declared vectors as x^T y."""
    vectors = [item for item in items if isinstance(item, Name) and parser.names.get(item.name) == 1]
    if len(items) != 2 or len(vectors) != 2:
        return None
    place = (items[0].place[0], items[1].place[1])
    return Op("mul", (Op("transpose", (items[0],), items[0].place), items[1]), place, "")


def _only_groups(parser: Parser, item: Expr, brackets: str) -> bool:
    """Whether brackets say nothing but what belongs together: `(a + b) c`, `[\\nabla_W J]_{k_1 k_2 n m}`."""
    if brackets == "[]":
        return isinstance(item, Name) and parser.is_next("op", "_")
    return brackets == "()" and not isinstance(item, Relation | Text)


def _read_condition(parser: Parser, opener: Token, items: list[Expr]) -> Expr | None:
    """What stands behind the bar of `{x | x > 0}`; None where there is no bar."""
    token = parser.peek()
    if not parser.dialect.free or opener.text != "{" or len(items) != 1 or token is None:
        return None
    if token.kind not in ("mid", "bar") and not (token.kind == "sep" and token.text == ":"):
        return None
    parser.advance()
    said = [parser.statement()]
    while parser.is_next("sep", ","):
        parser.advance()
        said.append(parser.statement())
    return said[0] if len(said) == 1 else Op("and", tuple(said), (said[0].place[0], said[-1].place[1]))


_ROUND = frozenset(["()", "[]", "{}"])


def _stands_in_list(parser: Parser) -> bool:
    """Whether square brackets stand directly in others: [[x], [y]] is a column."""
    before = parser.tokens[parser.at - 1] if parser.at else None
    if not parser.is_next("open", "[") or before is None or not parser.brackets.depth:
        return False
    return before.text in ("[", ",", ";")


def _is_bracketed(item: Expr) -> bool:
    """Whether brackets of any kind around this only group: [x+y]z, but {3} and {-3} are sets and [7] a list."""
    number = item.args[0] if isinstance(item, Op) and item.op == "neg" else item
    return not isinstance(number, Relation | Text | Group | Num)


def _read_rounded(parser: Parser, opener: Token) -> Expr:
    function, closer = _ROUNDED[opener.text]
    with parser.brackets:
        inner = parser.expression()
        close = parser.expect("close", closer, opener)
    return Call(function, (inner,), (opener.start, close.stop))
