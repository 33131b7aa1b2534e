"""Looks ahead: whether a bracket holds a list of index letters, and how many tokens it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.expressions import Expr, Group
from grader.notation.tokens import Token

if TYPE_CHECKING:
    from grader.notation.parser import Parser

_IN_A_LIST = frozenset(["name", "num", "op", "sep"])
_IN_BRACKETS = _IN_A_LIST | {"group", "endgroup"}  # j_{1}


def letters_listed(parser: Parser, at: int, several: bool = False, closer: str = ")") -> int:
    """How many tokens a bracket takes, from an offset on, that holds index letters without brackets in it; else 0.

    Tokens are looked at, not read: reading twice would double with each bracket inside another.
    """
    if not is_kind(parser.peek(at), "open"):
        return 0
    count, commas, letters = 1, 0, 0
    kinds, others = (_IN_BRACKETS, ";:^") if closer == "]" else (_IN_A_LIST, ";:^_")
    while (token := parser.peek(at + count)) is not None and token.kind in kinds and token.text not in others:
        commas += token.kind == "sep"
        letters += token.kind == "name"
        count += 1
    closed = token is not None and token.kind == "close" and token.text == closer
    return count + 1 if closed and letters and (commas or not several) else 0


def is_kind(token: Token | None, kind: str) -> bool:
    """Whether there is a token, and of that kind."""
    return token is not None and token.kind == kind


def as_rows(tokens: list[Token], items: list[Expr]) -> list[Expr]:
    """`[1 2; 3 4]`: semicolons end rows of one length; without any, or with none but them, the entries as they are."""
    ends = [token.start for token in tokens if token.kind == "sep" and token.text == ";"]
    rows: list[list[Expr]] = [[]]
    for item in items:
        while ends and item.place[0] > ends[0]:
            ends.pop(0)
            rows.append([])
        rows[-1].append(item)
    if len(rows) < 2 or len({len(row) for row in rows}) > 1 or len(rows[0]) < 2:
        return items
    return [Group("[]", tuple(row), (row[0].place[0], row[-1].place[1])) for row in rows]
