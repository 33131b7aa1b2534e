"""Indices above others: `X^{(i)}_{u,v,c}`, `X_{u,v}^{(i,c)}`, `X^i[u,v,c]`. Which axes they are, no sign says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.expressions import Call, Expr, Index, Name, Op
from grader.notation.listings import is_kind, letters_listed
from grader.notation.tokens import Token

if TYPE_CHECKING:
    from grader.notation.parser import Parser

RAISED = "superscript"  # a call of this function, as the last index, holds the indices above the others
_OPERATIONS = frozenset(["T", "H", "top", "dagger"])  # what is raised alone, and is no index


def read_raised_indices(parser: Parser, left: Expr, following: Token) -> Expr | None:
    """The axes that are left above the others, as a last index that holds them; None for a power."""
    base = left.base if isinstance(left, Index) else left
    rank = parser.names.get(base.name, 0) if isinstance(base, Name) else 0
    if following.text != "^" or following.kind != "op":
        return None
    if rank < 2:
        return _of_own_array(parser, left)
    before = parser.at
    above = _above(parser)
    below = left.indices if isinstance(left, Index) else ()
    if above and not below and isinstance(left, Name):
        below = _below(parser, left)
    below = _apart(below, rank - len(above))
    if not above or not below or len(below) + len(above) != rank:
        parser.at = before
        return None
    place = (above[0].place[0], above[-1].place[1])
    return Index(base, (*below, Call(RAISED, above, place)), (left.place[0], parser.stop))


def _of_own_array(parser: Parser, left: Expr) -> Expr | None:
    """`\\delta^{(i)}_{u,v}`: an array of the student's own, whose axes may stand in any order; None for all else."""
    braced = is_kind(parser.peek(1), "group")
    if parser.dialect.free or not isinstance(left, Name) or left.name in parser.names or left.name in _NUMBERS:
        return None
    if not letters_listed(parser, 1 + braced):
        return None
    before = parser.at
    above = _above(parser)
    below = _below(parser, left) if above and not parser.is_next("open", "(") else ()
    if not below:
        parser.at = before
        return None
    return Index(left, (*above, *below), (left.place[0], parser.stop))


_NUMBERS = frozenset(["e", "pi"])


def _above(parser: Parser) -> tuple[Expr, ...]:
    """What is raised, a list of letters in brackets or one letter; the cursor stays where it is none of both."""
    braced = is_kind(parser.peek(1), "group")
    count = letters_listed(parser, 1 + braced) or letters_listed(parser, 1 + braced, closer="]")
    lone = parser.peek(1 + braced)
    if not count and lone is not None and lone.kind == "name" and _is_letter(lone.text):
        above: tuple[Expr, ...] = (Name(lone.text, (lone.start, lone.stop)),)
        count = 1
    elif count:
        above = ()
    else:
        return ()
    if braced and not is_kind(parser.peek(1 + braced + count), "endgroup"):
        return ()
    parser.at += 1 + braced
    if above:
        parser.at += 1
    else:
        above = _items(parser)
    parser.at += braced
    return above


def _is_letter(text: str) -> bool:
    """Whether it may be an index; `⊤` and `†` are none."""
    return text.isalpha() and text not in _OPERATIONS


def _items(parser: Parser) -> tuple[Expr, ...]:
    opener = parser.advance()
    closer = ")" if opener.text == "(" else "]"
    with parser.brackets:
        items = parser.items(closer)
        parser.expect("close", closer, opener)
    return tuple(items)


def _below(parser: Parser, left: Name) -> tuple[Expr, ...]:
    """The indices that follow: a subscript, or brackets."""
    from grader.notation.subscripts import read_brackets, read_subscript

    if parser.is_next("op", "_"):
        found = read_subscript(parser, left)
    elif parser.is_next("open", "["):
        found = read_brackets(parser, left, "]")
    elif letters_listed(parser, 0, several=True):
        found = read_brackets(parser, left, ")")
    else:
        return ()
    return found.indices if isinstance(found, Index) else ()


def _apart(below: tuple[Expr, ...], count: int) -> tuple[Expr, ...]:
    """`X^{(i)}_{uvc}`, a letter for each of so many axes that are left."""
    (only, *others) = below or (None,)
    if others or only is None or count < 2:
        return below
    if isinstance(only, Name) and only.name.isalpha() and len(only.name) == count:
        stop = only.place[1]
        return tuple(Name(letter, (stop - count + k, stop - count + k + 1)) for k, letter in enumerate(only.name))
    found: list[Expr] = []
    node: Expr = only
    while isinstance(node, Op) and node.op == "mul" and node.sign == "":
        node, last = node.args
        found.insert(0, last)
    found.insert(0, node)
    return tuple(found) if len(found) == count else below
