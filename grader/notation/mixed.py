"""Mixed numbers: `2 \\frac{1}{3}`, `3 1/2`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.expressions import Expr, Num, Op

if TYPE_CHECKING:
    from grader.notation.parser import Parser
    from grader.notation.tokens import Token

_GOES_ON = frozenset("op name num open group func frac binom sqrt reduce int lim partial matrix".split())


def is_mixed(left: Expr, right: Expr, token: Token) -> bool:
    """`1 \\frac{1}{2}` is one and a half."""
    if isinstance(left, Op) and left.op == "neg":
        left = left.args[0]
    if token.kind != "frac" or not isinstance(left, Num) or not left.text.isdecimal():
        return False
    return (
        isinstance(right, Op)
        and right.op == "div"
        and all(isinstance(a, Num) and a.text.isdecimal() for a in right.args)
    )


def as_mixed(parser: Parser, left: Expr, right: Expr, token: Token) -> Expr | None:
    """The mixed number that a number before a fraction is; None for a product, which goes on or has 3/2 in it."""
    if not is_mixed(left, right, token):
        return None
    after, (top, bottom) = parser.peek(), (arg.value for arg in right.args)  # type: ignore[union-attr]
    ends = after is None or after.kind not in _GOES_ON or after.text in ("+", "-", "−")
    return mixed(left, right) if parser.dialect.free or (ends and top < bottom) else None


def mixed(whole: Expr, part: Expr) -> Expr:
    """`2 1/2` as a sum; a sign before it belongs to all of it."""
    place = (whole.place[0], part.place[1])
    if isinstance(whole, Op):  # -3 1/2
        return Op("neg", (Op("add", (whole.args[0], part), place),), place)
    return Op("add", (whole, part), place)


def read_mixed(parser: Parser, whole: Expr) -> Expr | None:
    """`3 1/2`, typed with a blank."""
    top, slash, bottom = (parser.peek(ahead) for ahead in range(3))
    if not (isinstance(whole, Num) and whole.text.isdecimal() and parser.tokens[parser.at - 1].kind == "num"):
        return None
    if top is not None and top.kind == "num" and "/" in top.text:  # 2½
        return mixed(whole, parser.atom())
    if top is None or slash is None or bottom is None or slash.text != "/" or slash.spaced or bottom.spaced:
        return None
    if not (top.kind == bottom.kind == "num" and top.spaced and top.text.isdecimal() and bottom.text.isdecimal()):
        return None
    parser.at += 3
    above, below = (Num(int(one.text), (one.start, one.stop), one.text) for one in (top, bottom))
    part = Op("div", (above, below), (top.start, bottom.stop))
    return Op("add", (whole, part), (whole.place[0], bottom.stop))
