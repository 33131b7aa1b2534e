"""Reads functions and their arguments: `f(a, b)`, `\\sin^2 x`, `\\log_2 8`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.expressions import Call, Expr, Name, Num, Op
from grader.notation.products import goes_on
from grader.notation.tokens import Token
from grader.reference.functions import WRITTEN_FUNCTIONS, find_function

if TYPE_CHECKING:
    from grader.notation.parser import Parser

_BARE = ("name", "frac", "sqrt", "group")
_CLOSERS = {"(": ")", "[": "]", "{": "}"}
INVERSES = {name: f"arc{name}" for name in "sin cos tan cot sec csc sinh cosh tanh coth sech csch".split()}


def is_function(word: str) -> bool:
    """Whether a word in an answer is read as a function where brackets stand behind it."""
    return find_function(word.lower()) in WRITTEN_FUNCTIONS


def read_function(parser: Parser) -> Expr:
    """A function with its arguments, perhaps with an exponent or a base between the two."""
    token = parser.advance()
    name = token.text
    while parser.is_next("op", "'"):
        parser.advance()
        name += "'"
    exponent = _raised_or_lowered(parser) if parser.is_next("op", "^") else None  # \sin^2 x
    if name in ("log", "ln") and parser.is_next("op", "_"):
        return _read_logarithm(parser, token)
    if name == "log" and parser.is_next("op", "^"):
        exponent = _raised_or_lowered(parser)
    args = read_arguments(parser, token)
    if (inverse := INVERSES.get(name)) is not None and _is_minus_one(exponent):
        return Call(inverse, args, (token.start, parser.stop))  # \\sin^{-1} x
    known = name if name == "ln" and parser.dialect.free else find_function(name) or name
    called: Expr = Call(known, args, (token.start, parser.stop))
    if known == "cis" and parser.dialect.free and len(args) == 1:  # 4 cis(pi/6)
        turned = Op("mul", (Name("i", called.place), args[0]), called.place)
        called = Op("pow", (Name("e", called.place), turned), called.place)
    return called if exponent is None else Op("pow", (called, exponent), called.place)


def _is_minus_one(exponent: Expr | None) -> bool:
    return (
        isinstance(exponent, Op)
        and exponent.op == "neg"
        and isinstance(exponent.args[0], Num)
        and exponent.args[0].value == 1
    )


def _raised_or_lowered(parser: Parser) -> Expr:
    parser.advance()
    return parser.braces() if parser.is_next("group") else parser.operand()


def split_digits(parser: Parser, ahead: int) -> None:
    """Sets the first digit of a number in a LaTeX index apart: without braces TeX lowers no more than that."""
    token = parser.peek(ahead)
    if token is None or token.kind != "num" or not token.maths or len(token.text) < 2 or not token.text.isdigit():
        return
    behind = parser.peek(ahead + 1)
    if behind is not None and (
        behind.kind in ("num", "name", "group") or (behind.kind == "open" and not behind.spaced)
    ):
        return  # \log_10 x, as it is typed by most
    between, at = token.start + 1, parser.at + ahead
    parser.tokens[at : at + 1] = [
        Token("num", token.text[0], token.start, between, True, False),
        Token("num", token.text[1:], between, token.stop, True, False),
    ]


def _read_logarithm(parser: Parser, token: Token) -> Expr:
    """`\\log_2 x` is the quotient of two logarithms."""
    split_digits(parser, 1)  # \\log_23 is log_2 3
    base = _raised_or_lowered(parser)
    argument = read_arguments(parser, token)[0]
    place = (token.start, max(token.stop, argument.place[1]))
    if parser.dialect.free:
        return Call("log", (argument, base), place)
    return Op("div", (Call("log", (argument,), place), Call("log", (base,), base.place)), place)


def read_arguments(parser: Parser, function: Token) -> tuple[Expr, ...]:
    """The arguments in brackets or braces, or what is multiplied after the function: `\\sin 2x`."""
    opener = parser.peek()
    if opener is not None and opener.kind == "open" and opener.text in _CLOSERS:
        parser.advance()
        with parser.brackets:
            items = parser.items(_CLOSERS[opener.text])
            parser.expect("close", _CLOSERS[opener.text], opener)
        if not items:
            raise parser.fail("a function without an argument", function)
        return tuple(items)
    if opener is not None and opener.kind == "group":
        return (parser.braces(),)
    return (_bare_argument(parser),)


def _bare_argument(parser: Parser) -> Expr:
    """What is multiplied directly after a function: `\\sin 2x`, but not the next function in `\\sin x \\cos x`."""
    argument = parser.factor()
    while (token := parser.peek()) is not None and token.kind in _BARE and goes_on(parser, token):
        if parser.at_differential():
            break
        factor = parser.factor()
        argument = Op("mul", (argument, factor), (argument.place[0], factor.place[1]))
    return argument
