"""Reads what an expression begins with: a number, a name, a fraction, a root, brackets, a matrix."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from grader.model.expressions import Call, Expr, Group, Name, Num, Op, Unit
from grader.notation import rare
from grader.notation.brackets import read_brackets
from grader.notation.calculus import read_applied, read_integral, read_limit_of, read_operator
from grader.notation.calls import read_function
from grader.notation.cells import Cells
from grader.notation.derivatives import read_by, read_fraction, read_nabla, read_slash
from grader.notation.numerals import as_double
from grader.notation.sums import read_reduce
from grader.notation.tokens import Token

if TYPE_CHECKING:
    from grader.notation.parser import Parser

_LONGEST_NUMBER, _LARGEST_EXPONENT = 1000, 400
_LONGEST_COUNT = 20  # digits before "million"
_POWERS = {"million": 6, "millions": 6, "Mio": 6, "Millionen": 6, "billion": 9, "billions": 9, "thousand": 3}
SAYS_SHAPE = frozenset(["shape", "size", "dim"])  # of a name in brackets: shape(Z) = (5, 4)
_CASES = ("cases", "dcases", "rcases")
_DELIMITED = {"vmatrix": "det", "Vmatrix": "norm"}
_ENDS = ("edge", "line", "break", "endgroup")
_BETWEEN_ITEMS = ("amp", "edge", "line")


def _read_number(parser: Parser) -> Expr:
    token = parser.advance()
    text = token.text
    if len(text) > _LONGEST_NUMBER:
        raise parser.fail("this number is too long to be read", token)
    if (power := _power_of_ten(parser)) and len(text) <= _LONGEST_COUNT:
        place = (token.start, parser.advance().stop)
        count = Num(int(text) if text.isdecimal() else Fraction(text), (token.start, token.stop), text)
        return Op("mul", (count, Op("pow", (Num(10, place, "10"), Num(power, place, str(power))), place)), place, "·")
    if text.isdecimal():
        return Num(int(text), (token.start, token.stop), text)
    if "/" in text and parser.dialect.free:  # ½
        above, _, below = text.partition("/")
        halves = (Num(int(part), (token.start, token.stop), part) for part in (above, below))
        return Op("div", tuple(halves), (token.start, token.stop), "frac")
    exponent = text.lower().partition("e")[2]
    if exponent and abs(int(exponent)) > _LARGEST_EXPONENT:
        raise parser.fail("this number is too large to be read", token)
    value = _repeating(text) if text.endswith(")") else as_double(text)
    place = (token.start, token.stop)
    return Num(int(value) if value.denominator == 1 and "." not in text else value, place, text)


def _power_of_ten(parser: Parser) -> int:
    """6 where "million" follows a number of digits; 0 without such a word, and where no names are declared."""
    word = parser.peek()
    if word is None or word.kind != "word" or parser.dialect.free:
        return 0
    return _POWERS.get(word.text, 0)


def _repeating(text: str) -> Fraction:
    """`41.(6)` as a fraction: the digits that repeat, over as many nines."""
    head, _, period = text[:-1].partition("(")
    digits = len(head.partition(".")[2])
    return Fraction(head + "0" if head.endswith(".") else head) + Fraction(
        int(period), 10**digits * (10 ** len(period) - 1)
    )


def _read_name(parser: Parser) -> Expr:
    token = parser.tokens[parser.at]
    if token.text == "d" and "d" not in parser.names and (derivative := read_slash(parser)) is not None:
        return derivative
    parser.advance()
    return Name(token.text, (token.start, token.stop))


def _read_word(parser: Parser) -> Expr:
    """`shape(U)` says of U what stands on the other side of the sign; no other word begins an expression."""
    opener, name, closer = (parser.peek(ahead) for ahead in (1, 2, 3))
    called = opener is not None and opener.text == "(" and closer is not None and closer.text == ")"
    if parser.tokens[parser.at].text not in SAYS_SHAPE or not called or name is None or name.kind != "name":
        text = parser.tokens[parser.at].text
        known = "the command {} is not known" if text.startswith("\\") else "`{}` cannot stand here"
        raise parser.fail(known.format(text), expected="a number, a name or a bracket")
    parser.at += 4
    return Name(name.text, (name.start, name.stop))


def _read_chosen(parser: Parser) -> Expr:
    """`_n C_k`, `{}^n C_k`: a number of choices, or of orders with a P."""
    token = parser.advance()
    if parser.dialect.free and token.text == "∠":  # the phase of H: \\angle H
        inner = parser.operand()
        return Call("arg", (inner,), (token.start, inner.place[1]))
    if not parser.dialect.free or token.text not in "_^":
        raise parser.fail(f"`{token.text}` cannot stand here", token, "a number, a name or a bracket")
    above = parser.braces() if parser.is_next("group") else parser.atom()
    letter = parser.peek()
    if letter is None or letter.kind != "name" or letter.text not in ("C", "P"):
        raise parser.fail(f"`{token.text}` cannot stand here", token, "a number, a name or a bracket")
    parser.advance()
    if not parser.is_next("op", "_"):
        raise parser.fail(f"`{token.text}` cannot stand here", token, "a number, a name or a bracket")
    parser.advance()
    below = parser.braces() if parser.is_next("group") else parser.atom()
    place = (token.start, parser.stop)
    chosen = Call("binomial", (above, below), place)
    return chosen if letter.text == "C" else Op("mul", (chosen, Op("factorial", (below,), place)), place, "·")


def _read_dots(parser: Parser) -> Expr:
    """The dots of `1 + 2 + ... + n`, which whoever compares has to fill."""
    if not parser.dialect.free:
        raise parser.fail("`...` cannot stand here", expected="a number, a name or a bracket")
    token = parser.advance()
    return Name("...", (token.start, token.stop))


def _read_partial(parser: Parser) -> Expr:
    derivative = read_slash(parser) or (read_applied(parser) if parser.dialect.free else read_by(parser))
    if derivative is None:
        raise parser.fail("this derivative cannot be read", parser.advance(), "a derivative such as ∂J/∂Z")
    return derivative


# -- matrices and groups ---------------------------------------------------------------------------------------


def _read_group(parser: Parser) -> Expr:
    return parser.braces()


def _read_matrix(parser: Parser) -> Expr:
    if parser.tokens[parser.at].text in _CASES:
        return rare.read_cases(parser)
    opener = parser.advance()
    table = Cells()
    with parser.brackets:
        while not parser.is_next("endmatrix"):
            token = parser.peek()
            if token is None:
                raise parser.fail("this matrix is never closed", opener, "\\end")
            if token.kind == "row" or token.kind in _BETWEEN_ITEMS:
                table.end(parser.advance())
            else:
                table.take(parser.item())
    place, rows = (opener.start, parser.advance().stop), table.rows()
    written = _matrix_as_typed(rows, place) if parser.dialect.free else _matrix_of(rows, place)
    return Call(_DELIMITED[opener.text], (written,), place) if opener.text in _DELIMITED else written


def _matrix_as_typed(rows: list[list[Expr]], place: tuple[int, int]) -> Group:
    """Rows as a matrix, a row or a column as such."""
    full = [Group("[]", tuple(row), (row[0].place[0], row[-1].place[1])) for row in rows if row]
    return Group("[]", tuple(full), place)


def _matrix_of(rows: list[list[Expr]], place: tuple[int, int]) -> Group:
    """Rows as a matrix; a single row or column is a vector."""
    full = [Group("[]", tuple(row), (row[0].place[0], row[-1].place[1])) for row in rows if row]
    if len(full) == 1:
        return Group("[]", full[0].items, place)
    if all(len(row.items) == 1 for row in full):  # a column vector
        return Group("[]", tuple(row.items[0] for row in full), place)
    return Group("[]", tuple(full), place)


# -- fractions and roots ---------------------------------------------------------------------------------------


def _read_frac(parser: Parser) -> Expr:
    token = parser.advance()
    readers = (read_operator, read_fraction) if parser.dialect.free else (read_fraction, read_operator)
    derivative = readers[0](parser, token) or readers[1](parser, token)
    if derivative is not None:
        return derivative
    top = _read_argument(parser, token)
    bottom = _read_argument(parser, token)
    return Op("div", (top, bottom), (token.start, parser.stop), "frac")


def _read_binomial(parser: Parser) -> Expr:
    token = parser.advance()
    above = _read_argument(parser, token)
    below = _read_argument(parser, token)
    return Call("binomial", (above, below), (token.start, parser.stop))


def _read_unit(parser: Parser) -> Expr:
    token = parser.advance()
    return Unit(token.text, (token.start, token.stop))


def _read_argument(parser: Parser, command: Token) -> Expr:
    """A brace group, or one token (a single digit of a number: `\\frac12`)."""
    token = parser.peek()
    if token is None or token.kind in _ENDS:
        raise parser.fail(f"\\{command.text} needs two arguments", command)
    if token.kind == "group":
        return parser.braces()
    if token.kind == "num" and len(token.text) > 1 and token.text.isdigit():
        between = token.start + 1
        parser.tokens[parser.at : parser.at + 1] = [
            Token("num", token.text[0], token.start, between, True, False),
            Token("num", token.text[1:], between, token.stop, True, False),
        ]
    return parser.atom()


def _read_root(parser: Parser) -> Expr:
    token = parser.advance()
    degree = _DEGREES.get(token.text)
    root: Expr | None = Num(degree, (token.start, token.stop), str(degree)) if degree else None
    if root is None and parser.is_next("open", "["):
        opener = parser.advance()
        with parser.brackets:
            root = parser.expression()
            parser.expect("close", "]", opener)
    whole = parser.is_next("open") or (token.text in "√∛∜" and parser.is_next("num"))  # √12, but \\sqrt12 is √1 2
    inner = parser.operand() if parser.is_next("open") else parser.atom() if whole else _read_argument(parser, token)
    place = (token.start, parser.stop)
    if root is None:
        return Call("sqrt", (inner,), place)
    return Op("pow", (inner, Op("div", (Num(1, place), root), place)), place)


_DEGREES = {"∛": 3, "∜": 4}
ATOMS: dict[str, Callable[[Parser], Expr]] = {
    "num": _read_number,
    "word": _read_word,
    "name": _read_name,
    "dots": _read_dots,
    "op": _read_chosen,
    "partial": _read_partial,
    "nabla": read_nabla,
    "func": read_function,
    "reduce": read_reduce,
    "open": read_brackets,
    "close": rare.read_turned_interval,
    "group": _read_group,
    "bar": rare.read_bars,
    "norm": rare.read_norm,
    "int": read_integral,
    "lim": read_limit_of,
    "binom": _read_binomial,
    "unit": _read_unit,
    "matrix": _read_matrix,
    "frac": _read_frac,
    "sqrt": _read_root,
}
