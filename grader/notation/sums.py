"""Reads sums, products, maxima and minima: their indices, the limits of these, and what is summed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from grader.model.errors import Unreadable
from grader.model.expressions import Bound, Call, Expr, Group, Index, Name, Num, Op, Reduce, Relation, Text, walk
from grader.notation.calls import read_arguments
from grader.notation.comprehensions import (
    leaving_out,
    read_comprehension,
    read_ranges,
    skip_words,
    spoken_conditions,
    spoken_indices,
    under_conditions,
)
from grader.notation.ellipsis import listed_with_dots, over_index
from grader.notation.guarded import guarded
from grader.notation.loops_said import range_behind_comma
from grader.notation.subscripts import read_subscript
from grader.notation.tied import settled
from grader.notation.tokens import Token

if TYPE_CHECKING:
    from grader.notation.parser import Parser

_OF_ARGUMENTS = ("max", "min", "sum", "prod")
_BODY_ENDS = ("edge", "break", "stop", "endgroup", "line")


def read_reduce(parser: Parser) -> Expr:
    """`\\sum_{i=0}^{N-1}`, `sum[i,j]`, `sum over i of`, `max(a, b)`: bounds, then the body."""
    operator = parser.advance()
    if parser.is_next("rel", "="):
        return Name(operator.text, (operator.start, operator.stop))  # \\min = -6, where the sheet says of what
    specs, upper = _limits(parser)
    conditions: tuple[Expr, ...] = ()
    token = parser.peek()
    if token is not None and token.text == "," and (behind := parser.peek(1)) is not None and behind.text == "over":
        parser.advance()  # the sum, over all i and j, of
        token = behind
    if token is not None and not specs and upper is None:
        if token.kind == "open" and token.text == "[" and not token.spaced:
            parser.advance()
            with parser.brackets:
                specs = parser.items("]")
                parser.expect("close", "]", token)
        elif token.kind == "word" and token.text == "over":
            specs = spoken_indices(parser)
            conditions = spoken_conditions(parser) if operator.text == "sum" else ()
        elif operator.text in _OF_ARGUMENTS and _opens_arguments(parser, operator, token):
            return _of_arguments(parser, operator)
        elif _is_beside(parser, token) and _body_follows(parser, 1):
            specs = [Name(token.text, (token.start, token.stop))]  # Σi Σj x[i, j]
            parser.advance()
    specs, conditions, left_out = settled(parser, operator, specs, conditions)
    bounds, before = read_bounds(specs, upper), parser.at
    skip_words(parser, ("of", "de", "von", "di", "the", "product", "products", "all", "values"))
    if parser.at > before and parser.tokens[parser.at - 1].text == "of" and parser.is_next("line"):
        parser.skip_soft()  # "sum over i, j of", and the rest below
    following = parser.peek()
    if bounds and following is not None and following.kind == "line" and _goes_on_below(parser):
        parser.skip_soft()
        following = parser.peek()
    if bounds and (following is None or following.kind in _BODY_ENDS or _is_left_alone(parser, bounds, following)):
        place = bounds[-1].place
        return Reduce(operator.text, bounds, Text("", place), (operator.start, place[1]))
    if parser.dialect.free and bounds and following is not None and following.text == "+":
        raise parser.fail("what is summed cannot begin with a plus", following, "braces around the upper limit")
    body = leaving_out(under_conditions(parser.term(), conditions), operator, left_out)
    bounds = bounds or read_ranges(parser) or range_behind_comma(parser)  # max of x[s*k+j] over j = 0, ..., p-1
    return _reduction(parser, operator, bounds, body)


def _is_left_alone(parser: Parser, bounds: tuple[Bound, ...], following: Token) -> bool:
    """Whether words or a comma follow limits, so that they are all that is said: `Σ_{k=0}^1, since W is 2x2`."""
    limited = all(bound.high is not None for bound in bounds)
    return limited and not parser.dialect.free and following.kind in ("word", "sep")


def _goes_on_below(parser: Parser) -> bool:
    """Whether the line below holds what is summed, and no equation of its own."""
    token, ahead = parser.after_soft(), 0
    if token is None or token.kind not in ("name", "frac", "partial", "func", "reduce"):
        return False
    while (inner := parser.peek(ahead)) is not None and inner is not token:
        ahead += 1
    while (inner := parser.peek(ahead)) is not None and inner.kind not in ("line", "break", "edge"):
        if inner.kind == "rel":
            return False
        ahead += 1
    return True


def _reduction(parser: Parser, operator: Token, bounds: tuple[Bound, ...], body: Expr) -> Expr:
    """What is summed without limits: all entries of an array, or over the only index that occurs."""
    if not bounds and (listed := listed_with_dots(parser, operator, body)) is not None:
        return listed
    if isinstance(body, Group) and body.brackets in ("{}", "[]") and len(body.items) == 1:
        body = body.items[0]
    place = (operator.start, body.place[1])
    if not bounds:
        indices = [index for node in walk(body) if isinstance(node, Index) for index in node.indices]
        squared = isinstance(body, Op) and body.op == "pow"
        if squared and operator.text in _OF_ARGUMENTS and not indices and not parser.dialect.free:
            return Call(operator.text, (body,), place)  # \\sum (Y - P)^2
        letters = {index.name for index in indices if isinstance(index, Name)}
        if parser.dialect.free and len(letters) == 1:
            bounds = (Bound(letters.pop(), None, None, place),)
    return Reduce(operator.text, bounds, body, place)


def _opens_arguments(parser: Parser, operator: Token, token: Token) -> bool:
    """Whether brackets hold what a reduction is of: of `sum(x)^2` it is x, of `\\sum (x - y)^2` the square."""
    if token.kind != "open" or token.text not in "({[":
        return False
    if operator.text not in ("sum", "prod") or operator.stop - operator.start == len(operator.text):
        return True
    depth = 0
    for at in range(parser.at, len(parser.tokens)):
        depth += {"open": 1, "close": -1}.get(parser.tokens[at].kind, 0)
        if depth <= 0:
            after = parser.tokens[at + 1] if at + 1 < len(parser.tokens) else None
            return after is None or after.text != "^"
    return True


def _of_arguments(parser: Parser, operator: Token) -> Expr:
    """`max(a, b)`, `sum(i, j) x[i, j]`, `max(x[j] for j in range(p))`, `max(x[j]) for j from 0 to p-1`, sum(ln x_i)."""
    if (spoken := read_comprehension(parser, operator)) is not None:
        return spoken
    args = read_arguments(parser, operator)
    if len(args) == 1 and (behind := read_ranges(parser)):  # max(x[s*k+j]) for j from 0 to p-1
        return Reduce(operator.text, behind, args[0], (operator.start, parser.stop))
    if len(args) == _WITH_DOTS and _is_range(args[1]) and isinstance(args[2], Name) and args[2].name == "...":
        ends = args[1].operands if isinstance(args[1], Relation) else ()
        if len(ends) == 2 and isinstance(ends[0], Name):  # max(x[s*k+j], j = 0, ..., p-1)
            place = (args[1].place[0], args[3].place[1])
            return Reduce(operator.text, (Bound(ends[0].name, ends[1], args[3], place),), args[0], place)
    if len(args) > 1 and all(map(_is_range, args[1:])):  # max(x[s*k+j], j=0..p-1)
        return Reduce(operator.text, read_bounds(list(args[1:]), None), args[0], (operator.start, parser.stop))
    indices = operator.text in ("sum", "prod") and all(_is_index(parser, arg) for arg in args)
    if indices and (token := parser.peek()) is not None and token.text == "of" and _body_follows(parser, 1):
        parser.advance()  # sum(i, j) of x[i, j]
    if (indices or all(map(_is_range, args))) and _body_follows(parser):
        body = parser.term()  # sum(i, j) x[i, j], max(j=0..p-1) x[s*k+j]
        return Reduce(operator.text, read_bounds(list(args), None), body, (operator.start, body.place[1]))
    place = (operator.start, parser.stop)
    found = over_index(operator.text, args, place)
    named = operator.text == "sum" and found is None and (len(args) == 1 or not parser.dialect.free)
    if named and (bounds := _named_behind(parser, args)) is not None:
        return Reduce("sum", bounds, args[0], place)
    return found or Call(operator.text, args, place)


def _named_behind(parser: Parser, args: tuple[Expr, ...]) -> tuple[Bound, ...] | None:
    """The indices of `sum(A[i,j] * x[i,j], i, j)`; the only one of `sum(x[i]^2)`; None if no entry is summed."""
    indices = [index for node in walk(args[0]) if isinstance(node, Index) for index in node.indices]
    within = {index.name for index in indices if isinstance(index, Name)} - set(parser.names)
    if not within or not all(isinstance(arg, Name) and arg.name in within for arg in args[1:]):
        return None
    if len(args) == len(within) == 1:
        return (Bound(within.pop(), None, None, args[0].place),)
    return read_bounds(list(args[1:]), None)


_WITH_DOTS = 4


def _is_beside(parser: Parser, token: Token) -> bool:
    """Whether a letter right behind a sum sign is its index; where nothing is declared, Σxy is a sum of products."""
    return token.kind == "name" and not (token.spaced or parser.dialect.free) and token.text not in parser.names


def _is_range(expr: Expr) -> bool:
    """`j=0..p-1` or `j in {0, 1}`: an index with both its ends."""
    if not isinstance(expr, Relation) or expr.ops not in (("=",), ("in",)) or not isinstance(expr.operands[0], Name):
        return False
    last = expr.operands[1]
    return (isinstance(last, Op) and last.op == "range") or (isinstance(last, Group) and expr.ops == ("in",))


def _is_index(parser: Parser, expr: Expr) -> bool:
    return isinstance(expr, Name) and expr.name not in parser.names


def _body_follows(parser: Parser, ahead: int = 0) -> bool:
    """Whether what comes next, after a blank, begins what is summed."""
    token = parser.peek(ahead)
    return token is not None and token.spaced and token.kind in ("name", "frac", "partial", "reduce", "func")


def _limits(parser: Parser) -> tuple[list[Expr], Expr | None]:
    """What stands under the sign, one by one, and what stands over it."""
    specs: list[Expr] = []
    upper: Expr | None = None
    while (token := parser.peek()) is not None and token.kind == "op" and token.text in "_^":
        parser.advance()
        content = read_limit(parser)
        if token.text == "^":
            braced = isinstance(content, Group) and content.brackets == "{}" and len(content.items) == 1
            upper = content.items[0] if braced and isinstance(content, Group) else content  # {K-1}, in plain text
        elif isinstance(content, Group) and content.brackets in ("", "{}"):
            specs.extend(content.items)
        else:
            specs.append(content)
    return specs, upper


def read_limit(parser: Parser) -> Expr:
    """What is written small under or over a sign: a brace group, a bracket, or one token."""
    token = parser.peek()
    if token is None:
        raise parser.fail("a limit is missing here")
    after = parser.peek(1)
    if token.kind == "group":
        if after is not None and after.kind == "endgroup":
            parser.at += 2
            return Group("", (), (token.start, after.stop))
        return parser.braces()
    if token.kind == "name" and after is not None and after.kind == "op" and after.text == "_":
        parser.advance()
        return read_subscript(parser, Name(token.text, (token.start, token.stop)))
    return parser.atom("this limit cannot be read")


# -- limits ----------------------------------------------------------------------------------------------------


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
        under = guarded(bounds, spec)
        bounds = under if under is not None else [*bounds, *_bounds_of(spec, upper)]
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
        at += 1
        if not isinstance(spec, Relation) or spec.ops != ("=",):
            joined.append(spec)
            continue
        values: list[Expr] = []
        while at < len(specs) and not isinstance(specs[at], Relation):
            values.append(specs[at])
            at += 1
        first, low = spec.operands
        if values and low is not None and _is_value_list([low, *values]):
            joined.append(Relation((first, Op("range", (low, values[-1]), low.place)), ("=",), spec.place))
        else:
            joined.extend([spec, *values])
    return joined


def _is_value_list(values: list[Expr]) -> bool:
    """`0, ..., p-1` or consecutive whole numbers `0, 1`."""
    if any(isinstance(value, Name) and value.name == "..." for value in values):
        return True
    numbers = [value.value for value in values if isinstance(value, Num)]
    return len(numbers) == len(values) and all(b - a == 1 for a, b in pairwise(numbers))


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
    between = len(ops) == 2 and isinstance(operands[1], Name) and {*ops} <= {"<=", "<"}
    if between and isinstance(operands[1], Name) and first is not None and last is not None:  # none before a line ends
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
    if len(ops) == 1 and isinstance(last, Name) and ops[0] in ("<", "<=") and first is not None:  # 0 <= k
        return [Bound(last.name, shift(first, ops[0] == "<"), None, spec.place)]
    return []


def _range_limits(expr: Expr) -> tuple[Expr | None, Expr | None]:
    """The two ends of `0..n`, `{0..n}`, `[0, n]`, `{0, 1}`, `{0, ..., n}`; (low, None) for a single value."""
    if isinstance(expr, Group) and expr.brackets == "{}" and len(expr.items) == 1:
        expr = expr.items[0] if isinstance(expr.items[0], Op) and expr.items[0].op == "range" else expr
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
