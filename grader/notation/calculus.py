"""Reads integrals, limits and derivatives with an operator: `\\int_0^1 x dx`, `\\lim_{x \\to 0}`, `\\frac{d}{dx} f`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.errors import Unreadable
from grader.model.expressions import Call, Derivative, Expr, Group, Index, Integral, Limit, Name, Num, Op, names_in
from grader.notation.subscripts import read_suffixes
from grader.notation.sums import read_limit
from grader.notation.tokens import Token

if TYPE_CHECKING:
    from grader.notation.parser import Parser

_MOST_DERIVATIVES = 20
_SIDES = ("+", "-")


# -- integrals -------------------------------------------------------------------------------------------------


def read_integral(parser: Parser) -> Expr:
    """One or several integral signs with their limits, the integrand, and its differentials."""
    sign = parser.advance()
    low, high = _read_limits(parser)
    if parser.dialect.free and high is not None and parser.is_next("op", "+"):
        raise parser.fail("what is integrated cannot begin with a plus", expected="braces around the upper limit")
    outside, parser.differentials = parser.differentials, []
    parser.integrals += 1
    try:
        alone = parser.at_differential()
        body = _one(parser) if alone else parser.sum()
        parser.take_differentials()
        if alone and parser.is_next("op", "/"):  # \\int dx/x
            parser.advance()
            below = parser.factor()
            body = Op("div", (body, below), (sign.start, below.place[1]), "/")
        elif alone and parser.dialect.free and (token := parser.peek()) is not None and token.kind in _INTEGRANDS:
            body = parser.term()  # \\int_0^1 dx f(x), as physicists write
    finally:
        parser.integrals -= 1
    found, parser.differentials = parser.differentials, outside
    count = _COUNTS.get(sign.text, 1)
    if not found and count == 1:
        found = [_usual_variable(parser, sign, body)]
    if len(found) == 1 < count and (found[0] in _MEASURES or (low is not None and high is None)):
        count = 1  # \\iint_D f dA names the integral over a region
    if len(found) < count:
        raise parser.fail(f"this integral names {len(found)} variables, not {count}", sign, "dx")
    parser.differentials = outside + found[count:]  # those of the signs around
    for place, variable in enumerate(found[:count]):
        last = place == count - 1
        body = Integral(body, variable, low if last else None, high if last else None, (sign.start, parser.stop))
    return body


def _read_one_limit(parser: Parser) -> Expr:
    """What TeX raises or lowers: a group, or one token, as in `\\int^b_a`."""
    token = parser.peek()
    alone = token is not None and token.kind in ("name", "num")
    return parser.atom() if alone else read_limit(parser)


_INTEGRANDS = frozenset(["num", "name", "func", "open", "group", "frac", "sqrt", "int", "reduce"])
_MEASURES = frozenset(["A", "V", "S"])
_COUNTS = {"iint": 2, "∬": 2, "iiint": 3, "∭": 3, "iiiint": 4}


def _read_limits(parser: Parser) -> tuple[Expr | None, Expr | None]:
    low: Expr | None = None
    high: Expr | None = None
    while (token := parser.peek()) is not None and token.kind == "op" and token.text in "_^":
        parser.advance()
        limit = _read_one_limit(parser)
        if isinstance(limit, Group) and not limit.items:
            continue
        low, high = (limit, high) if token.text == "_" else (low, limit)
    return low, high


def _usual_variable(parser: Parser, sign: Token, body: Expr) -> str:
    """`\\int (x+a)` without a differential: x by custom, or the only letter there is."""
    names = names_in(body)
    if "x" in names or len(names) == 1:
        return "x" if "x" in names else next(iter(names))
    raise parser.fail("this integral does not say by what it integrates", sign, "dx")


def _one(parser: Parser) -> Expr:
    token = parser.tokens[parser.at]
    return Num(1, (token.start, token.start), "1")


# -- limits ----------------------------------------------------------------------------------------------------


def read_limit_of(parser: Parser) -> Expr:
    """`\\lim_{x \\to a^+} f(x)`, `lim_(x->a) f(x)`, `lim x->0 f(x)`."""
    sign = parser.advance()
    if parser.is_next("rel"):
        return Name("lim", (sign.start, sign.stop))  # \\lim = 4.5, where the sheet says which
    if not parser.is_next("op", "_"):
        return _read_limit_in_line(parser, sign)
    parser.advance()
    inside = _tokens_of_group(parser, sign)
    if len(inside) < 3 or inside[0].kind != "name" or inside[1].kind != "arrow":
        raise parser.fail(_NO_PLACE, sign, "\\lim_{x \\to 0}")
    target, side = _without_side(inside[2:])
    if not target:
        raise parser.fail(_NO_PLACE, sign, "\\lim_{x \\to 0}")
    at = parser.same(target)
    goal = at.expression()
    if at.peek() is not None:
        raise at.fail("this limit cannot be read")
    body = parser.term()
    return Limit(body, inside[0].text, goal, side, (sign.start, body.place[1]))


_NO_PLACE = "this limit does not say where it is taken"


def _read_limit_in_line(parser: Parser, sign: Token) -> Expr:
    """What is typed in a line: the place is one number or letter, perhaps infinite, with the sign of a side."""
    variable, arrow = parser.peek(), parser.peek(1)
    if variable is None or arrow is None or variable.kind != "name" or arrow.kind != "arrow":
        raise parser.fail(_NO_PLACE, sign, "\\lim_{x \\to 0}")
    parser.at += 2
    signed = parser.is_next("op", "-") or parser.is_next("op", "+")
    goal_sign = parser.advance() if signed else None
    goal = parser.atom(_NO_PLACE)
    if goal_sign is not None and goal_sign.text == "-":
        goal = Op("neg", (goal,), (goal_sign.start, goal.place[1]))
    token, side = parser.peek(), ""
    if token is not None and token.kind == "op":
        following = parser.peek(1)
        if token.text not in _SIDES or token.spaced or following is None or not following.spaced:
            raise parser.fail(_NO_PLACE, sign, "\\lim_{x \\to 0}")
        side = parser.advance().text
    body = parser.term()
    return Limit(body, variable.text, goal, side, (sign.start, body.place[1]))


def _tokens_of_group(parser: Parser, sign: Token) -> list[Token]:
    if not (parser.is_next("group") or parser.is_next("open", "(")):
        raise parser.fail("braces must stand below this limit", sign, "\\lim_{x \\to 0}")
    depth = 0
    found: list[Token] = []
    while (token := parser.peek()) is not None:
        parser.at += 1
        depth += _OPENING.get(token.kind, 0)
        if depth == 0:
            return found[1:]
        found.append(token)
    raise parser.fail("this brace is never closed", found[0], "}")


_OPENING = {"group": 1, "endgroup": -1, "open": 1, "close": -1}


def _without_side(tokens: list[Token]) -> tuple[list[Token], str]:
    """The target without `^+`, `^{-}` or a bare sign behind it."""
    kinds = [token.text if token.kind == "op" else token.kind for token in tokens]
    if kinds[-4:-2] == ["^", "group"] and kinds[-2] in _SIDES and kinds[-1] == "endgroup":
        return tokens[:-4], kinds[-2]
    if len(kinds) > 1 and kinds[-1] in _SIDES:
        return tokens[: -2 if kinds[-2] == "^" else -1], kinds[-1]
    return tokens, ""


# -- derivatives -----------------------------------------------------------------------------------------------


def read_operator(parser: Parser, command: Token) -> Expr | None:
    """`\\frac{d}{dx} f`, `\\frac{d^2 f(x)}{dx^2}`, `\\frac{\\partial}{\\partial x} f`; None if it is none.

    A lone letter above, `\\frac{dy}{dx}`, is the name of a derivative and no operator.
    """
    before = parser.at
    try:
        found = _read_operator(parser, command)
    except Unreadable:
        found = None
    if found is None:
        parser.at = before
    return found


def _read_operator(parser: Parser, command: Token) -> Expr | None:
    grouped = parser.is_next("group")  # \\frac d{dx} has none
    parser.at += grouped
    if not _takes_d(parser):
        return None
    order = _read_order(parser) if grouped else 1
    body: Expr | None = None
    if grouped and not parser.is_next("endgroup"):
        body = parser.sum()
    if grouped and not parser.is_next("endgroup"):
        return None
    parser.at += grouped
    if not parser.is_next("group") or (isinstance(body, Name) and body.name not in parser.names and order == 1):
        return None
    parser.advance()
    entry = _read_entry(parser) if parser.dialect.free and order == 1 else None
    if isinstance(body, Index):  # a partial derivative of y_i is a name of its own
        return None
    if entry is not None:
        body = parser.term() if body is None else body
        return Call(BY_ENTRY, (body, entry), (command.start, max(parser.stop, body.place[1])))
    variables = _read_variables(parser)
    if variables is None or len(variables) != order:
        return None
    if body is None:
        body = parser.term()
    return Derivative(body, variables, (command.start, max(parser.stop, body.place[1])))


def read_applied(parser: Parser) -> Expr | None:
    """`\\partial_x (xy)`, and `\\partial_{xy} f` by both letters; None if it is none."""
    before, command = parser.at, parser.advance()
    if not parser.is_next("op", "_"):
        parser.at = before
        return None
    parser.advance()
    low = read_limit(parser)
    letters = [low] if isinstance(low, Name) else [*low.args] if isinstance(low, Op) and low.op == "mul" else []
    names = tuple(one.name for one in letters if isinstance(one, Name) and len(one.name) == 1)
    if not names or len(names) != len(letters) or len(names) > _MOST_DERIVATIVES:
        parser.at = before
        return None
    body = parser.term()
    if isinstance(body, Name) and len(names) == 1:
        return Name(f"d{body.name}/d{names[0]}", (command.start, parser.stop))
    return Derivative(body, names, (command.start, max(parser.stop, body.place[1])))


def _read_entry(parser: Parser) -> Index | None:
    """The entry `x_k` by which is derived, up to the end of the group; None for anything else."""
    before = parser.at
    token = parser.peek(1)
    if _takes_d(parser) and token is not None and token.kind == "name":
        parser.advance()
        found = read_suffixes(parser, Name(token.text, (token.start, token.stop)))
        if isinstance(found, Index) and isinstance(found.base, Name) and parser.is_next("endgroup"):
            parser.advance()
            return found
    parser.at = before
    return None


BY_ENTRY = "∂"  # of what, and by which entry


def _takes_d(parser: Parser) -> bool:
    token = parser.peek()
    if token is None or not (token.kind == "partial" or (token.kind == "name" and token.text == "d")):
        return False
    parser.advance()
    return True


def _read_order(parser: Parser) -> int:
    if not parser.is_next("op", "^"):
        return 1
    parser.advance()
    power = parser.braces() if parser.is_next("group") else parser.atom()
    if not (isinstance(power, Num) and isinstance(power.value, int) and 0 < power.value <= _MOST_DERIVATIVES):
        raise parser.fail("a derivative is taken a whole number of times")
    return power.value


def _read_variables(parser: Parser) -> tuple[str, ...] | None:
    found: list[str] = []
    while _takes_d(parser):
        token = parser.peek()
        if token is None or token.kind != "name":
            return None
        parser.advance()
        found += [token.text] * _read_order(parser)
    if not found or not parser.is_next("endgroup"):
        return None
    parser.advance()
    return tuple(found)
