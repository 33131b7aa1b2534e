"""Reads what is raised: powers, transposes, labels such as `x^{(i)}`, degrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.expressions import Call, Expr, Index, Name, Num, Op, Unit, names_in
from grader.notation.products import is_label
from grader.notation.subscripts import read_subscript, read_suffixes
from grader.notation.tokens import Token

if TYPE_CHECKING:
    from grader.notation.parser import Parser

POWER = 50  # how tightly a power binds
_TRANSPOSED = ("⊤", "T")
_RINGS = ("⊙", "°")


def read_power(parser: Parser, left: Expr) -> Expr:
    """What is raised behind an operand."""
    parser.advance()
    token = parser.peek()
    if token is None:
        raise parser.fail("nothing stands in the exponent")
    if _raises_degrees(parser, token):
        turned = Op("degree", (left,), (left.place[0], parser.stop))
        return _temperature(parser, left) or turned
    if (stars := _stars(parser)) and (parser.dialect.free or _names_best(parser, left, stars)):
        return _starred(parser, left, stars)
    if token.kind == "name" and _transposes(parser, left, token.text):
        parser.advance()
        return Op("transpose", (left,), (left.place[0], token.stop))
    if token.kind == "open" and token.text == "{":
        _as_group(parser, token)
    if token.kind != "group":
        after = parser.peek(1)
        lowered = isinstance(left, Name | Index) and after is not None and after.kind == "op" and after.text == "_"
        if parser.dialect.free and lowered and token.kind in ("num", "name"):  # x^2_i
            right = parser.atom()
            return Op("pow", (read_subscript(parser, left), right), (left.place[0], parser.stop))
        if token.kind == "num" and after is not None and _indices_follow(parser, left, after):
            right = parser.atom()
            return Op("pow", (read_suffixes(parser, left), right), (left.place[0], parser.stop))
        parser.deeper()
        try:
            right = parser.expression(POWER)
        finally:
            parser.depth -= 1
        return _turned_inverse(parser, left, right) or Op("pow", (left, right), (left.place[0], right.place[1]))
    if not parser.dialect.free and isinstance(left, Name) and _is_worded(parser):
        parser.at -= 1
        return read_suffixes(parser, read_subscript(parser, left))  # Y^{\mathrm{sub}}[i, k, n]
    labels = parser.dialect.free and is_label(parser) and not (isinstance(left, Name) and left.name == "e")
    inner = parser.braces()
    place = (left.place[0], parser.stop)
    if labels:  # W^{[1]}, x^{(i)}: the number of a layer or of a sample is no power
        return Index(left, (Call("superscript", (inner,), place),), place)
    return _raised(parser, left, inner)


def _raised(parser: Parser, left: Expr, inner: Expr) -> Expr:
    """What a raised expression in braces makes of the operand before it."""
    if isinstance(inner, Name) and _transposes(parser, left, inner.name):
        return Op("transpose", (left,), (left.place[0], parser.stop))
    if (turned := _turned_inverse(parser, left, inner)) is not None:
        return turned
    if _is_of_array(parser, left, inner):  # \delta^{W}[i, j], as \delta^W[i, j]
        inner = read_suffixes(parser, inner)
    elif isinstance(left, Name | Index) and parser.is_next("op", "_"):  # x^{2}_{i}
        left = read_subscript(parser, left)
    elif (after := parser.peek()) is not None and _indices_follow(parser, left, after):
        left = read_suffixes(parser, left)
    return Op("pow", (left, inner), (left.place[0], parser.stop))


def _indices_follow(parser: Parser, left: Expr, after: Token) -> bool:
    """Whether a power of a declared array without indices has them behind it: `U^2[i, j]`, `U^2_{i,j}`."""
    array = isinstance(left, Name) and parser.names.get(left.name, 0) > 0
    return array and (after.kind, after.text) in (("op", "_"), ("open", "["))


def _is_of_array(parser: Parser, left: Expr, raised: Expr) -> bool:
    """Whether a declared array stands raised beside a letter of the student's own, and its indices follow."""
    own = isinstance(left, Name) and left.name not in parser.names and left.name != "e"
    array = isinstance(raised, Name) and parser.names.get(raised.name, 0) > 0
    return own and array and parser.is_next("open", "[")


def _stars(parser: Parser) -> int:
    """How many tokens the raised star of `w^*`, `w^{*}`, `w^{\\star}` has; 0 where none stands, or a factor follows."""
    first, second, third = (parser.peek(k) for k in range(3))
    if first is not None and first.text in _STARS:
        begins = second is not None and not second.spaced and second.kind in ("name", "num", "open", "group", "func")
        return 0 if begins else 1
    grouped = first is not None and first.kind == "group" and second is not None and second.text in _STARS
    return 3 if grouped and third is not None and third.kind == "endgroup" else 0


_STARS = ("*", "\\star", "⋆", "★")


def _starred(parser: Parser, left: Expr, stars: int) -> Expr:
    """`w^* = ...` names what is best; a star in the middle of a formula may be a conjugate as well."""
    before = parser.tokens[parser.at - 3] if parser.at >= _BEHIND_NAME else None
    parser.at += stars
    place, after = (left.place[0], parser.stop), parser.peek()
    named = after is not None and after.kind == "rel"
    listed = (
        before is not None and before.kind in ("open", "sep") and after is not None and after.kind in ("close", "sep")
    )
    if isinstance(left, Name) and (named or listed):
        return Name(_best_of(parser, left), place)
    return Op("pow", (left, Name("star", place)), place)


def read_best(parser: Parser, left: Expr) -> Expr | None:
    """`p* = ...` typed without a caret; None where the star multiplies."""
    after = parser.peek(1)
    if not isinstance(left, Name) or after is None or after.kind != "rel":
        return None
    return Name(_best_of(parser, left), (left.place[0], parser.advance().stop))


def _names_best(parser: Parser, left: Expr, stars: int) -> bool:
    """Whether a sign of relation follows the star of a letter; elsewhere it may be a conjugate."""
    after = parser.peek(stars)
    return isinstance(left, Name) and after is not None and after.kind == "rel"


def _best_of(parser: Parser, left: Name) -> str:
    """The name of what is best; where names are declared it is the value that is asked for of that letter."""
    return f"{left.name}_star" if parser.dialect.free else left.name


_BEHIND_NAME = 3  # what stands before a name and its caret


def _is_worded(parser: Parser) -> bool:
    """Whether a group holds one word, and indices follow: it says which array, and is no power."""
    _, word, end, behind = (parser.peek(k) for k in range(4))
    worded = word is not None and word.kind in ("word", "name", "func", "reduce") and len(word.text) >= _SHORTEST_LABEL
    if not worded or end is None or end.kind != "endgroup" or behind is None:
        return False
    return behind.text in ("[", "(") or (behind.text == "_" and word is not None and word.kind == "reduce")


_SHORTEST_LABEL = 3


def _as_group(parser: Parser, opener: Token) -> None:
    """The brace of `x^{2}` typed as plain text, which holds no set; as it is where it is never closed."""
    depth = 0
    for at in range(parser.at, len(parser.tokens)):
        token = parser.tokens[at]
        depth += (token.text == "{") - (token.text == "}")
        if token.kind in ("break", "stop"):
            break
        if not depth:
            opener.kind, token.kind = "group", "endgroup"
            break


def _temperature(parser: Parser, left: Expr) -> Expr | None:
    """`25^\\circ C` is a quantity, no angle times C."""
    token, after = parser.peek(), parser.peek(1)
    if not parser.dialect.units or token is None or token.text not in ("C", "F"):
        return None
    if token.kind not in ("name", "unit") or (after is not None and after.kind in ("name", "num", "open", "unit")):
        return None
    parser.advance()
    return Op("mul", (left, Unit(f"°{token.text}", (token.start, token.stop))), (left.place[0], token.stop), "")


def _raises_degrees(parser: Parser, token: Token) -> bool:
    """Reads `^\\circ`, `^{\\circ}`: a raised ring is the sign of degrees."""
    after, closing = parser.peek(1), parser.peek(2)
    if token.kind == "op" and token.text in _RINGS:
        parser.at += 1
        return True
    grouped = token.kind == "group" and after is not None and after.kind == "op" and after.text in _RINGS
    if not (grouped and closing is not None and closing.kind == "endgroup"):
        return False
    parser.at += 3
    return True


def _transposes(parser: Parser, left: Expr, exponent: str) -> bool:
    number = (isinstance(left, Num) and left.value not in (0, 1)) or left == Name("e", left.place)
    if parser.dialect.free and exponent == "T" and number:
        return False  # 2^T and e^T are powers, while \\mathbf 1^T is a row of ones
    array = isinstance(left, Name) and parser.names.get(left.name, 0) > 0  # X^T, also where T is a declared number
    return exponent in _TRANSPOSED and (array or exponent not in parser.names)


def _turned_inverse(parser: Parser, left: Expr, raised: Expr) -> Expr | None:
    """`A^{-T}`, the inverse of the transpose, of what has a capital in it; None for any other power."""
    if not (parser.dialect.free and isinstance(raised, Op) and raised.op == "neg" and isinstance(raised.args[0], Name)):
        return None
    if not _transposes(parser, left, raised.args[0].name) or not any(name[0].isupper() for name in names_in(left)):
        return None
    place = (left.place[0], raised.place[1])
    turned = Op("transpose", (left,), place)
    return Op("pow", (turned, Op("neg", (Num(1, raised.place, "1"),), raised.place)), place)
