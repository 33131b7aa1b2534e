"""Reads what carries indices: subscripts, slices, sums with their limits, derivatives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.maths.tokens import Names, Token
from grader.model.errors import Unreadable
from grader.model.expressions import Bound, Expr, Group, Index, Name, Num, Op, Reduce, Relation, Slice, Text

if TYPE_CHECKING:
    from grader.maths.parser import Parser

MULTIPLY = 30


# -- subscripts and slices ---------------------------------------------------------------------------------


def read_subscript(parser: Parser, base: Expr) -> Expr:
    """`x_1`, `x_{i,j}`, `C_{in}`: a longer name where that is declared or a number, otherwise indices."""
    parser.at += 1
    token = parser.peek()
    if token is None:
        raise parser.fail("nothing stands in the subscript")
    inner, stop, words = _subscript_content(parser, token)
    place = (base.place[0], stop)
    if isinstance(base, Name):
        joined = "".join(words)
        for name in (base.name + joined, f"{base.name}_{joined}"):
            if words and name in parser.names:
                return Name(name, place)
        rank = parser.names.get(base.name, 0)
        if rank == 0 and words:
            return Name(base.name + joined if joined.isdigit() else f"{base.name}_{joined}", place)
    if isinstance(inner, Group) and inner.brackets == "":
        indices = inner.items
    elif isinstance(inner, Op) and inner.op == "mul" and inner.sign == "":
        indices = _split_letters(inner, parser.names.get(base.name, 0) if isinstance(base, Name) else 0)
    else:
        indices = (inner,)
    return Index(base, indices, place)


def _subscript_content(parser: Parser, token: Token) -> tuple[Expr, int, tuple[str, ...]]:
    """The expression of a subscript, where it ends, and its text if it is a plain word or number."""
    closers = {"group": "endgroup", "open": "close"}
    if token.kind in closers and (token.kind == "group" or token.text in "{["):
        ahead = 1
        words: list[str] = []
        plain = True
        while (inner := parser.peek(ahead)) is not None and inner.kind != closers[token.kind]:
            plain = plain and inner.kind in ("name", "num", "word", "reduce", "func")
            words.append(inner.text)
            ahead += 1
        if plain and any(w.kind in ("word", "reduce", "func") for w in parser.tokens[parser.at : parser.at + ahead]):
            parser.at += ahead + 1
            stop = parser.tokens[parser.at - 1].stop
            return Name("_".join(words), (token.start, stop)), stop, tuple(words)
        if token.kind == "group":
            content, stop = parser._braces()
        else:
            parser.at += 1
            parser._brackets += 1
            items = parser.items("}" if token.text == "{" else "]")
            close = parser._expect("close", "}" if token.text == "{" else "]", token)
            parser._brackets -= 1
            content, stop = (
                (items[0] if len(items) == 1 else Group("", tuple(items), token_place(token, close))),
                close.stop,
            )
        return content, stop, tuple(words) if plain and words else ()
    reader = getattr(parser, f"_read_{token.kind}", None)
    if reader is None or token.kind == "edge":
        raise parser.fail("this subscript cannot be read", token)
    inner_expr: Expr = reader()
    return inner_expr, inner_expr.place[1], (token.text,) if token.kind in ("name", "num", "word") else ()


def _split_letters(product: Op, rank: int) -> tuple[Expr, ...]:
    """`x_{ij}` for an array of two axes has the indices i and j, not their product."""
    factors: list[Expr] = []
    todo: list[Expr] = [product]
    while todo:
        node = todo.pop()
        if isinstance(node, Op) and node.op == "mul" and node.sign == "":
            todo.extend(reversed(node.args))
        else:
            factors.append(node)
    if len(factors) == rank and all(isinstance(factor, Name | Num) for factor in factors):
        return tuple(factors)
    return (product,)


def read_slice(parser: Parser, start: Expr | None) -> Expr:
    """`:`, `1:`, `:3`, `::s` inside an index; the first limit, if any, has been read."""
    first = parser.peek()
    assert first is not None
    limits: list[Expr | None] = [start, None, None]
    for place in (1, 2):
        if not parser.is_next("sep", ":"):
            break
        parser.at += 1
        token = parser.peek()
        if token is not None and token.kind not in ("sep", "close"):
            limits[place] = parser.expression()
    return Slice(
        limits[0],
        limits[1],
        limits[2],
        (start.place[0] if start else first.start, parser.tokens[parser.at - 1].stop),
    )


# -- sums ------------------------------------------------------------------------------------------------


def read_reduce(parser: Parser, operator: Token) -> Expr:
    """`\\sum_{i=0}^{N-1}`, `sum[i,j]`, `sum over i of`, `max(a, b)`: bounds, then the body."""
    specs: list[Expr] = []
    upper: Expr | None = None
    token = parser.peek()
    while token is not None and token.kind == "op" and token.text in "_^":
        parser.at += 1
        content = _limit(parser)
        if token.text == "_":
            specs.extend(content.items if isinstance(content, Group) and content.brackets in ("", "{}") else (content,))
        else:
            upper = content
        token = parser.peek()
    if token is not None and not specs and upper is None:
        if token.kind == "open" and token.text == "[" and not token.spaced:
            parser.at += 1
            parser._brackets += 1
            specs = parser.items("]")
            parser._expect("close", "]", token)
            parser._brackets -= 1
        elif token.kind == "word" and token.text == "over":
            specs = _spoken_indices(parser)
        elif operator.text in ("max", "min", "sum", "prod") and token.kind == "open" and token.text in "({[":
            from grader.model.expressions import Call

            args = parser._arguments(operator)
            return Call(operator.text, args, (operator.start, parser.tokens[parser.at - 1].stop))
    bounds = read_bounds(specs, upper)
    _skip_words(parser, ("of",))
    following = parser.peek()
    if bounds and (following is None or following.kind in ("edge", "break", "stop", "endgroup", "line")):
        return Reduce(
            operator.text, bounds, Text("", bounds[-1].place), (operator.start, bounds[-1].place[1])
        )  # only its limits
    body = parser.expression(MULTIPLY)
    if isinstance(body, Group) and body.brackets in ("{}", "[]") and len(body.items) == 1:
        body = body.items[0]
    return Reduce(operator.text, bounds, body, (operator.start, body.place[1]))


def _limit(parser: Parser) -> Expr:
    token = parser.peek()
    if token is None:
        raise parser.fail("a limit is missing here")
    if token.kind == "group" and (after := parser.peek(1)) is not None and after.kind == "endgroup":
        parser.at += 2
        return Group("", (), (token.start, after.stop))
    if token.kind == "group":
        return parser._braces()[0]
    if token.kind == "open" and token.text in "{(":
        return parser._read_open()
    if token.kind == "name" and (after := parser.peek(1)) is not None and after.kind == "op" and after.text == "_":
        parser.at += 1
        return read_subscript(parser, Name(token.text, (token.start, token.stop)))
    reader = getattr(parser, f"_read_{token.kind}", None)
    if reader is None:
        raise parser.fail("this limit cannot be read", token)
    result: Expr = reader()
    return result


def _spoken_indices(parser: Parser) -> list[Expr]:
    """`over i, j and k of ...`: names up to `of`, a colon, or what is not a name."""
    parser.at += 1
    found: list[Expr] = []
    _skip_words(parser, ("all", "the", "indices"))
    parser.spoken = True
    while (token := parser.peek()) is not None:
        if (
            token.kind == "edge"
            or (token.kind == "sep" and token.text == ",")
            or (token.kind == "word" and token.text == "and")
        ):
            parser.at += 1
        elif token.kind == "name":
            found.append(parser.statement())
            if not _is_list_item(parser):
                break
        else:
            break
    parser.spoken = False
    if parser.is_next("sep", ":"):
        parser.at += 1
    return found


def _is_list_item(parser: Parser) -> bool:
    token = parser.peek()
    ahead = 1 if token is not None and token.kind == "edge" else 0
    token = parser.peek(ahead)
    if token is None:
        return False
    return (token.kind == "sep" and token.text == ",") or (token.kind == "word" and token.text == "and")


def _skip_words(parser: Parser, words: tuple[str, ...]) -> None:
    while (token := parser.peek()) is not None and (
        token.kind == "edge" or (token.kind == "word" and token.text in words)
    ):
        if token.kind == "edge" and not (
            (after := parser.peek(1)) is not None and after.kind in ("word", "edge", "name")
        ):
            return
        parser.at += 1


def read_bounds(specs: list[Expr], upper: Expr | None) -> tuple[Bound, ...]:
    """Indices and their limits from what stands under (and over) a sum sign.

    Understood: `i`, `i=0` with an upper limit, `i=0..n`, `0 <= i < n`, `i in [0, n-1]`, `i in {0, ..., n-1}`,
    `i = 0, ..., n-1`, `i=j=0`. Raises Unreadable for anything else.
    """
    if isinstance(upper, Group) and not upper.items:
        upper = None
    bounds: list[Bound] = []
    specs = _join_ellipsis(specs)
    for spec in specs:
        bounds.extend(_bounds_of(spec, upper))
    if upper is not None and not bounds:
        raise Unreadable("this sum does not name its index", *upper.place)
    return tuple(_shared_limits(bounds, upper))


def _shared_limits(bounds: list[Bound], upper: Expr | None) -> list[Bound]:
    """In `\\sum_{i,j=0}^{n}` the limits of the last index are those of all."""
    last = bounds[-1] if bounds else None
    if last is None or last.low is None or upper is None or len(bounds) == 1:
        return bounds
    return [Bound(b.index, b.low or last.low, b.high or upper, b.place) for b in bounds]


def _join_ellipsis(specs: list[Expr]) -> list[Expr]:
    """`i = 0, 1, ..., n` arrives as `i = 0`, `1`, `...`, `n`: make it one range."""
    joined: list[Expr] = []
    at = 0
    while at < len(specs):
        spec = specs[at]
        rest = specs[at + 1 :]
        if isinstance(spec, Relation) and spec.ops == ("=",) and rest and not isinstance(rest[0], Relation):
            values = []
            while at + 1 < len(specs) and not isinstance(specs[at + 1], Relation):
                values.append(specs[at + 1])
                at += 1
            right = spec.operands[1]
            if values and right is not None and _is_value_list([right, *values]):
                spec = Relation((spec.operands[0], Op("range", (right, values[-1]), right.place)), ("=",), spec.place)
                joined.append(spec)
            else:
                joined.extend([spec, *values])
        else:
            joined.append(spec)
        at += 1
    return joined


def _is_value_list(values: list[Expr]) -> bool:
    """`0, ..., p-1` or consecutive whole numbers `0, 1`."""
    if any(isinstance(value, Name) and value.name == "..." for value in values):
        return True
    numbers = [value.value for value in values if isinstance(value, Num)]
    return len(numbers) == len(values) and all(b - a == 1 for a, b in zip(numbers, numbers[1:], strict=False))


def _bounds_of(spec: Expr, upper: Expr | None) -> list[Bound]:
    if isinstance(spec, Group) and spec.brackets in ("()", ""):
        return [bound for item in spec.items for bound in _bounds_of(item, upper)]
    if isinstance(spec, Name):
        return [Bound(spec.name, None, upper, spec.place)]
    if isinstance(spec, Op) and spec.op == "mul" and spec.sign == "":  # \sum_{ij}
        return [bound for factor in spec.args for bound in _bounds_of(factor, upper)]
    if isinstance(spec, Relation):
        found = _relation_bounds(spec, upper)
        if found:
            return found
    raise Unreadable("this does not name an index and its limits", *spec.place, "an index such as i or i=0")


def _relation_bounds(spec: Relation, upper: Expr | None) -> list[Bound]:
    operands, ops = spec.operands, spec.ops
    first, last = operands[0], operands[-1]
    if all(op == "=" for op in ops) and last is not None and all(isinstance(o, Name) for o in operands[:-1]):
        low, high = _range_limits(last)
        return [Bound(o.name, low, high or upper, o.place) for o in operands[:-1] if isinstance(o, Name)]
    if ops == ("in",) and isinstance(first, Name | Group) and last is not None:
        low, high = _range_limits(last)
        if high is None:
            return []
        names = [first] if isinstance(first, Name) else list(first.items)
        return [Bound(n.name, low, high, n.place) for n in names if isinstance(n, Name)]
    if len(ops) == 2 and isinstance(operands[1], Name) and ops[0] in ("<=", "<") and ops[1] in ("<=", "<"):
        assert first is not None and last is not None
        return [
            Bound(
                operands[1].name,
                shift(first, ops[0] == "<"),
                shift(last, ops[1] == "<", down=True),
                spec.place,
            )
        ]
    if len(ops) == 1 and isinstance(first, Name) and ops[0] in ("<", "<=") and last is not None:
        return [Bound(first.name, None, shift(last, ops[0] == "<", down=True), spec.place)]
    return []


def _range_limits(expr: Expr) -> tuple[Expr | None, Expr | None]:
    """The two ends of `0..n`, `[0, n]`, `{0, 1}`, `{0, ..., n}`; (low, None) for a single value."""
    if isinstance(expr, Op) and expr.op == "range":
        return expr.args[0], expr.args[1]
    if isinstance(expr, Group) and len(expr.items) >= 2:
        closed_above = expr.brackets != "[)"
        return expr.items[0], shift(expr.items[-1], not closed_above, down=True)
    return expr, None


def shift(limit: Expr, strict: bool, down: bool = False) -> Expr:
    """A strict limit on whole numbers as an inclusive one: `j < p` is `j <= p - 1`."""
    if not strict:
        return limit
    one = Num(1, limit.place, "1")
    return Op("add", (limit, Op("neg", (one,), limit.place) if down else one), limit.place)


# -- derivatives -----------------------------------------------------------------------------------------


def _derivative_part(parser: Parser) -> tuple[str, Expr] | None:
    """`\\partial J` or `dZ[i,j]` at the current place: the letter's name, and the expression with its indices."""
    token = parser.peek()
    if token is None:
        return None
    if token.kind == "partial" or (token.kind == "name" and token.text == "d" and "d" not in parser.names):
        parser.at += 1
    elif not (token.kind in ("name", "word") and len(token.text) in (2, 3) and token.text[0] == "d"):
        return None
    else:  # "dJ" lexed as one word
        parser.at += 1
        return token.text[1:], Name(token.text[1:], (token.start, token.stop))
    following = parser.peek()
    if following is not None and following.kind == "group":  # \partial \mathbf{Z}
        inner = parser._braces()[0]
        if isinstance(inner, Name):
            return inner.name, parser._suffixes(inner, following)
        return None
    if following is None or following.kind != "name":
        return None
    parser.at += 1
    expr = parser._suffixes(Name(following.text, (following.start, following.stop)), following)
    if isinstance(expr, Name):
        return expr.name, expr
    if isinstance(expr, Index) and isinstance(expr.base, Name):
        return expr.base.name, expr
    return None


def read_fraction(parser: Parser, command: Token) -> Expr | None:
    """`\\frac{\\partial J}{\\partial Z[i,j]}` as the name `dJ/dZ` with its indices; None if it is no derivative."""
    before = parser.at
    tops: list[tuple[str, Expr]] = []
    try:
        for _ in range(2):
            braced = parser.is_next("group")
            if braced:
                parser.at += 1
                parser._brackets += 1
            part = _derivative_part(parser)
            if braced:
                parser._brackets -= 1
                if part is None or not parser.is_next("endgroup"):
                    parser.at = before
                    return None
                parser.at += 1
            if part is None:
                parser.at = before
                return None
            tops.append(part)
    except Unreadable:
        parser.at = before
        return None
    return _derivative(tops[0], tops[1], (command.start, parser.tokens[parser.at - 1].stop))


def read_slash(parser: Parser, command: Token) -> Expr | None:
    """`∂J/∂Z[i,j]` with the first sign already read; None if it is no derivative."""
    before = parser.at
    parser.at -= 1
    top = _derivative_part(parser)
    if top is None or not parser.is_next("op", "/"):
        parser.at = before
        return None
    parser.at += 1
    low = _derivative_part(parser)
    if low is None:
        parser.at = before
        return None
    return _derivative(top, low, (command.start, parser.tokens[parser.at - 1].stop))


def read_nabla(parser: Parser, command: Token) -> Expr:
    """`\\nabla_Z J` as the name `dJ/dZ`."""
    if not parser.is_next("op", "_"):
        raise parser.fail("this gradient does not say with respect to what", command, "\\nabla_W J")
    parser.at += 1
    low = _limit(parser)
    token = parser.peek()
    if token is None or token.kind != "name" or not isinstance(low, Name):
        raise parser.fail("this gradient cannot be read", command, "\\nabla_W J")
    parser.at += 1
    return Name(f"d{token.text}/d{low.name}", (command.start, token.stop))


def as_derivative(left: Expr, right: Expr, names: Names) -> Expr | None:
    """`dU[i,j]/dZ[i,j]`, where neither dU nor dZ is declared but U and Z are, as the name `dU/dZ`."""
    parts: list[tuple[str, Expr]] = []
    for side in (left, right):
        base = side.base if isinstance(side, Index) else side
        if not isinstance(base, Name) or base.name in names or base.name[:1] != "d" or base.name[1:] not in names:
            return None
        parts.append((base.name[1:], side))
    return _derivative(parts[0], parts[1], (left.place[0], right.place[1]))


def _derivative(top: tuple[str, Expr], low: tuple[str, Expr], place: tuple[int, int]) -> Expr:
    name = Name(f"d{top[0]}/d{low[0]}", place)
    for part in (low[1], top[1]):  # the indices of the denominator are those of the derivative
        if isinstance(part, Index):
            return Index(name, part.indices, place)
    return name


def token_place(first: Token, last: Token) -> tuple[int, int]:
    """From the start of one token to the end of another."""
    return first.start, last.stop
