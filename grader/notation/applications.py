"""Reads what brackets behind a letter hold that is a function: `f(x)`, `P(A | B)`, `E[X]`, `p(x_i | \\theta)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.expressions import Call, Expr, Group, Index, Name
from grader.notation.tokens import Token

if TYPE_CHECKING:
    from grader.notation.parser import Parser

_CHANCES = frozenset(["P", "E", "Var", "Cov"])


def is_chance(parser: Parser, left: Expr) -> bool:
    """`E[X]` is E(X), where E is a function."""
    chance = isinstance(left, Name) and left.name in _CHANCES and left.name in parser.dialect.functions
    return parser.dialect.free and chance


def is_function(parser: Parser, left: Expr, opener: Token) -> bool:
    """Whether brackets hold the argument of a function that nobody declared: `f(x)`, `f'_1(x)`, `P(A)`."""
    if not (parser.dialect.free and isinstance(left, Name | Index)):
        return False
    name = _head_of(left)
    letters = name.replace("'", "").split("_")[0].rstrip("0123456789")
    primed = "'" in name and opener.text == "("
    known = letters in parser.dialect.functions or letters in parser.dialect.words
    if letters not in _NUMBERED and name[-1:].isdigit() and _opens_sum(parser):
        return False  # V(t) = V_0(1 - e^{-t/RC})
    return (known or primed) and (not opener.spaced or opener.maths)


_NUMBERED = frozenset(["f", "g", "h", "F", "G", "H", "phi", "psi", "Phi", "Psi", "P", "Q"])  # often f_1(x), f_2(x)


def _opens_sum(parser: Parser) -> bool:
    """Whether brackets open with a number and a sign behind it, or a function, as those of a factor do."""
    first, second = parser.peek(1), parser.peek(2)
    if first is None or second is None:
        return False
    grows = first.text == "e" and second.text == "^"
    return first.kind == "func" or grows or (first.kind == "num" and second.text in ("+", "-"))


def read_application(parser: Parser, left: Expr) -> Expr:
    """A function's value; what stands behind a bar, `P(A | B)`, is a group of its own among the arguments."""
    opener = parser.advance()
    closer = ")" if opener.text == "(" else "]"
    with parser.brackets:
        outside, parser.given = parser.given, _says_given(parser, _head_of(left))
        try:
            items = parser.items(closer)
        finally:
            parser.given = outside
        if parser.is_next("bar") or parser.is_next("mid"):  # P(A|B)
            parser.advance()
            given = parser.items(closer)
            items = [*items, Group("|", tuple(given), given[0].place if given else left.place)]
        close = parser.expect("close", closer, opener)
    if isinstance(left, Index):  # f_n(x): the subscript is one more argument
        items = [*left.indices, *items]
    return Call(_head_of(left), tuple(items), (left.place[0], close.stop))


def _head_of(left: Expr) -> str:
    base = left.base if isinstance(left, Index) else left
    return base.name if isinstance(base, Name) else ""


_DENSITIES = frozenset(["p", "q", "Q", "f", "g", "h", "H", "I", "D"])
_LONGEST_ARGUMENT = 200  # tokens


def _says_given(parser: Parser, function: str) -> bool:
    """Whether a bar in the brackets that were just opened separates what is asked from what is given.

    Of a density that is so where a single bar stands in them: two are those of an absolute value.
    """
    return function in _CHANCES or (parser.dialect.free and function in _DENSITIES and _bars(parser) == 1)


def _bars(parser: Parser) -> int:
    """How many bars stand in the brackets that were just opened, and in none inside them."""
    depth = count = 0
    for token in parser.tokens[parser.at : parser.at + _LONGEST_ARGUMENT]:
        depth += {"open": 1, "group": 1, "close": -1, "endgroup": -1}.get(token.kind, 0)
        if depth < 0:
            return count
        count += not depth and token.kind in ("bar", "mid")
    return 0
