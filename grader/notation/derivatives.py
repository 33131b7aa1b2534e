"""Reads derivatives of one array by another: `dJ/dZ[i,j]` in its spellings becomes one name with its indices."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from grader.model.errors import Unreadable
from grader.model.expressions import Call, Expr, Index, Name, Num, Op, base_name, spelled
from grader.notation.subscripts import read_suffixes
from grader.notation.sums import read_limit
from grader.notation.tokens import Names, Token

if TYPE_CHECKING:
    from grader.notation.parser import Parser


Part = tuple[str, Expr]  # the name that is derived, or derived by, and how it was written


def read_fraction(parser: Parser, command: Token) -> Expr | None:
    """`\\frac{\\partial J}{\\partial Z[i,j]}` as the name `dJ/dZ` with its indices; None if it is no derivative."""
    before = parser.at
    parts: list[Part] = []
    try:
        for _ in range(2):
            opener = parser.advance() if parser.is_next("group") else None
            with parser.brackets if opener else nullcontext():
                part = _part(parser)
            if part is None or (opener and not parser.is_next("endgroup")):
                parser.at = before
                return None
            if opener:
                parser.advance()
            parts.append(part)
    except Unreadable:
        parser.at = before
        return None
    return _derivative(parts[0], parts[1], (command.start, parser.stop), parser.dialect.free)


def read_slash(parser: Parser) -> Expr | None:
    """`∂J/∂Z[i,j]` as the name `dJ/dZ` with its indices; None if it is no derivative."""
    before = parser.at
    top = _part(parser)
    if top is not None and parser.is_next("op", "/"):
        parser.advance()
        low = _part(parser)
        if low is not None:
            return _derivative(top, low, (parser.tokens[before].start, parser.stop), parser.dialect.free)
    parser.at = before
    return None


def read_by(parser: Parser) -> Expr | None:
    """`\\partial_{Z[i,j]} J` as the name `dJ/dZ` with its indices; None if it is nothing of the kind."""
    before, command = parser.at, parser.advance()
    try:
        if not parser.is_next("op", "_"):
            raise Unreadable("no subscript", *(command.start, command.stop))
        parser.advance()
        low = read_limit(parser)
    except Unreadable:
        low = None
    token = parser.peek()
    base = low.base if isinstance(low, Index) else low
    if not isinstance(base, Name) or token is None or token.kind != "name" or low is None:
        parser.at = before
        return None
    parser.advance()
    top = Name(token.text, (token.start, token.stop))
    return _derivative((top.name, top), (base.name, low), (command.start, token.stop))


def _part(parser: Parser) -> Part | None:
    """`\\partial J` or `dZ[i,j]` at the current place: the letter's name, and the expression with its indices."""
    token = parser.peek()
    if token is None:
        return None
    if not (token.kind == "partial" or (token.kind == "name" and token.text == "d" and "d" not in parser.names)):
        if token.kind not in ("name", "word") or len(token.text) not in (2, 3) or token.text[0] != "d":
            return None
        parser.advance()  # "dJ" lexed as one word
        return token.text[1:], Name(token.text[1:], (token.start, token.stop))
    parser.advance()
    following = parser.peek()
    if following is not None and following.kind == "group":  # \partial \mathbf{Z}
        inner = parser.braces()
        return (inner.name, read_suffixes(parser, inner)) if isinstance(inner, Name) else None
    if following is None or following.kind != "name":
        return None
    parser.advance()
    expr = read_suffixes(parser, Name(following.text, (following.start, following.stop)))
    base = expr.base if isinstance(expr, Index) else expr
    return (base.name, expr) if isinstance(base, Name) else None


def read_nabla(parser: Parser) -> Expr:
    """`\\nabla_Z J` as the name `dJ/dZ`."""
    command = parser.advance()
    if parser.dialect.free and (operator := _vector_operator(parser)):
        body = parser.factor()
        return Call(operator, (body,), (command.start, body.place[1]))
    if parser.dialect.free and not parser.is_next("op", "_"):  # the gradient of a function that nobody named
        body = parser.factor()
        return Call("nabla", (body,), (command.start, body.place[1]))
    if (raised := _raised_array(parser, command)) is not None:
        return raised
    if not parser.is_next("op", "_"):
        return _of_argument(parser, command) or _bare(parser, command)
    parser.advance()
    low = read_limit(parser)
    token = parser.peek()
    element = isinstance(low, Index) and isinstance(low.base, Name) and not parser.dialect.free
    if element and isinstance(low, Index) and token is not None and token.kind == "name":  # \\nabla_{W[k, n]} J
        parser.advance()
        return Index(Name(f"d{token.text}/d{base_name(low)}", low.place), low.indices, (command.start, token.stop))
    if parser.dialect.free and isinstance(low, Name) and parser.is_next("open", "("):  # \\nabla_x (x^T A x)
        body = parser.factor()
        return Call(f"nabla_{low.name}", (body,), (command.start, body.place[1]))
    if parser.dialect.free and isinstance(low, Name) and _is_written_out(parser):  # \\nabla_w \\|Xw - y\\|^2
        body = parser.term()
        return Call(f"nabla_{low.name}", (body,), (command.start, body.place[1]))
    if isinstance(low, Name) and (of := _only_loss(parser, low.name)) and parser.is_next("open", "["):
        return Name(of, (command.start, low.place[1]))  # \\nabla_Z[i, j], of the one loss there is
    if token is None or token.kind != "name" or not isinstance(low, Name):
        raise parser.fail("this gradient cannot be read", command, "\\nabla_W J")
    parser.advance()
    inside = [one.text if (one := parser.peek(ahead)) is not None else "" for ahead in range(3)]
    if parser.dialect.free and inside == ["(", low.name, ")"]:
        parser.at += 3  # \\nabla_\\theta J(\\theta)
    return Name(f"d{token.text}/d{low.name}", (command.start, token.stop))


def _of_argument(parser: Parser, command: Token) -> Expr | None:
    """`\\nabla J(w)` as `dJ/dw`, if the argument is an array, or the only letter that the loss is derived by."""
    ahead = [parser.peek(at) for at in range(4)]
    loss, opener, argument, closer = ahead
    if loss is None or opener is None or argument is None or closer is None or parser.dialect.free:
        return None
    if (loss.kind, opener.text, argument.kind, closer.text) != ("name", "(", "name", ")"):
        return None
    if f"d{loss.text}/d{argument.text}" not in parser.names:
        return None
    parser.at += 4
    return Name(f"d{loss.text}/d{argument.text}", (command.start, closer.stop))


def _is_written_out(parser: Parser) -> bool:
    """Whether more follows than the letter of a function: a norm, a fraction, a sum, a power `x^T A x`."""
    token, after = parser.peek(), parser.peek(1)
    if token is None or token.kind in ("open", "op"):
        return False
    if token.kind != "name":
        return token.kind in _WRITTEN
    return after is not None and after.kind == "op" and after.text == "^"


_WRITTEN = frozenset(["num", "norm", "frac", "func", "sqrt", "reduce", "bar"])


def _bare(parser: Parser, command: Token) -> Expr:
    """`\\nabla J`, `\\nabla J(w)`: the one derivative of J that is known."""
    token = parser.peek()
    loss = token.text if token is not None else ""
    of = [name for name in parser.names if name.startswith(f"d{loss}/d") and name != f"d{loss}/d{loss}"]
    if len(of) != 1 and (whole := _of_unknown(parser, command)) is not None:
        return whole
    if len(of) != 1:
        raise parser.fail("this gradient does not say with respect to what", command, "\\nabla_W J")
    parser.advance()
    inside = [parser.peek(ahead) for ahead in range(3)]
    if [one.text for one in inside if one is not None] == ["(", of[0].partition("/d")[2], ")"]:
        parser.at += 3  # J(w)
    return Name(of[0], (command.start, parser.stop))


def _of_unknown(parser: Parser, command: Token) -> Expr | None:
    """`\\nabla f = ...` and `\\nabla f(1, 2) = ...` where no derivative is known, or several: nabla_f."""
    token = parser.peek()
    if token is None or token.kind != "name":
        return None
    ahead, last = 1, token
    if (opener := parser.peek(1)) is not None and opener.text == "(":
        while last.text != ")" and ahead < _LONGEST_ARGUMENT:
            last = parser.peek(ahead)  # type: ignore[assignment]
            if last is None or last.kind not in ("open", "num", "name", "sep", "op", "close"):
                return None
            ahead += 1
    after = parser.peek(ahead)
    if after is None or after.kind != "rel":
        return None
    parser.at += ahead
    return Name(f"nabla_{token.text}", (command.start, last.stop))


_LONGEST_ARGUMENT = 12  # tokens


def _raised_array(parser: Parser, command: Token) -> Expr | None:
    """`\\nabla^Z_{ij}`, like `\\delta^Z_{ij}`: a letter of the student's own; None for anything else."""
    if not parser.is_next("op", "^") or parser.dialect.free:
        return None
    before = parser.at
    parser.advance()
    raised = parser.braces() if parser.is_next("group") else parser.atom()
    if isinstance(raised, Name) and parser.names.get(raised.name, 0) > 0:
        raised = read_suffixes(parser, raised)
    if base_name(raised) in parser.names:
        letter = Name("nabla", (command.start, command.stop))
        return Op("pow", (letter, raised), (command.start, parser.stop))
    parser.at = before
    return None


def _only_loss(parser: Parser, name: str) -> str:
    """The one declared derivative by a name, `dJ/dZ`; "" if there are none or several."""
    found = [known for known in parser.names if known.endswith(f"/d{name}") and not parser.names.get(known[1:2], 0)]
    return found[0] if len(found) == 1 else ""


def _vector_operator(parser: Parser) -> str:
    """`\\nabla\\cdot`, `\\nabla\\times`, `\\nabla^2`: the name of the operator, "" if it is a gradient."""
    token, after = parser.peek(), parser.peek(1)
    if token is None or token.kind != "op":
        return ""
    if token.text in _OPERATORS:
        parser.advance()
        return _OPERATORS[token.text]
    if token.text != "^" or after is None:
        return ""
    before = parser.at
    parser.advance()
    power = parser.braces() if after.kind == "group" else parser.atom()
    if isinstance(power, Num) and power.value == 2:
        return "laplacian"
    parser.at = before
    return ""


_OPERATORS = {"·": "divergence", "×": "curl", "*": "divergence"}


def as_derivative(left: Expr, right: Expr, names: Names) -> Expr | None:
    """`dU[i,j]/dZ[i,j]`, where neither dU nor dZ is declared but U and Z are, as the name `dU/dZ`."""
    parts: list[Part] = []
    for side in (left, right):
        base = side.base if isinstance(side, Index) else side
        if not isinstance(base, Name) or base.name in names or base.name[:1] != "d" or base.name[1:] not in names:
            return None
        parts.append((base.name[1:], side))
    return _derivative(parts[0], parts[1], (left.place[0], right.place[1]))


def _derivative(top: Part, low: Part, place: tuple[int, int], free: bool = False) -> Expr:
    name = Name(f"d{top[0]}/d{low[0]}", place)
    if (
        free
        and isinstance(top[1], Index)
        and isinstance(low[1], Index)
        and spelled(top[1].indices) != spelled(low[1].indices)
    ):  # an entry of a Jacobian, of which nothing is declared
        return Index(name, (*low[1].indices, *top[1].indices), place)
    for part in (low[1], top[1]):  # the indices of the denominator are those of the derivative
        if isinstance(part, Index):
            return Index(name, part.indices, place)
    return name


def quotient_of(left: Expr, right: Expr, names: Names) -> Expr | None:
    """`dU/dZ` typed with a slash, perhaps with a factor before it: `a * dU[i]/dZ[i]`."""
    derivative = as_derivative(left, right, names)
    if derivative is None and isinstance(left, Op) and left.op == "mul":
        inner = as_derivative(left.args[1], right, names)
        if inner is not None:
            return Op("mul", (left.args[0], inner), (left.place[0], right.place[1]), left.sign)
    return derivative
