"""A maximum of listed elements, `max(X[s*k], ..., X[s*k+p-1])`, as one over an index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.errors import Unreadable
from grader.model.expressions import Bound, Expr, Index, Name, Num, Op, Reduce
from grader.notation.tokens import Token

if TYPE_CHECKING:
    from grader.notation.parser import Parser

_STEP = "step"  # the index that is made up; no student writes a name so long as one


def over_index(function: str, args: tuple[Expr, ...], place: tuple[int, int]) -> Reduce | None:
    """The maximum, minimum or sum over all elements between the first and the last; None if it is none.

    All are elements of one array and differ at one index only; of the second, that must be one more.
    """
    dots = [k for k, arg in enumerate(args) if isinstance(arg, Name) and arg.name == "..."]
    if len(dots) != 1 or not 0 < dots[0] < len(args) - 1 or len(args) > _MOST:
        return None
    listed = [arg for k, arg in enumerate(args) if k != dots[0]]
    first, last = listed[0], listed[-1]
    at = _differing(first, last)
    if at is None or not isinstance(first, Index) or not isinstance(last, Index):
        return None
    for step, arg in enumerate(listed[1:-1], 1):
        if (
            _differing(first, arg) != at
            or not isinstance(arg, Index)
            or _added(first.indices[at], arg.indices[at]) != step
        ):
            return None
    count = _rest(first.indices[at], last.indices[at])
    if count is None:
        return None
    start = first.indices[at].place
    index = Op("add", (*_terms(first.indices[at]), Name(_STEP, start)), start)
    body = Index(first.base, (*first.indices[:at], index, *first.indices[at + 1 :]), first.place)
    return Reduce(function, (Bound(_STEP, Num(0, start, "0"), count, start),), body, place)


def listed_with_dots(parser: Parser, operator: Token, first: Expr) -> Reduce | None:
    """The maximum of elements that stand without brackets, "the maximum of X[s*k], ..., X[s*k+p-1]", behind the first.

    "X[s*k] to X[s*k+p-1]" has no dots. Nothing is read where they are no such list.
    """
    before, items, joined = parser.at, [first], False
    if operator.text not in ("max", "min") or not isinstance(first, Index) or parser.dialect.free:
        return None
    try:
        while (token := parser.peek()) is not None and len(items) <= _MOST:
            if token.kind == "dots" or (token.kind == "word" and token.text in _TO):
                items.append(Name("...", (token.start, token.stop)))
            elif not (token.kind in ("sep", "edge") and token.text in (",", "")) and token.text not in _AND:
                if not joined:
                    break
                items.append(parser.term())
                joined = False
                continue
            joined = joined or token.kind != "edge"
            parser.advance()
    except Unreadable:
        items = [first]
    found = over_index(operator.text, tuple(items), (operator.start, items[-1].place[1]))
    if found is None:
        parser.at = before
    return found


_TO = ("to", "until", "through")
_AND = ("and", "up")
_MOST = 8  # elements that anybody writes out


def _differing(one: Expr, other: Expr) -> int | None:
    """The only place at which the indices of two elements of one array differ."""
    if not (isinstance(one, Index) and isinstance(other, Index)):
        return None
    if _bare(one.base) != _bare(other.base) or len(one.indices) != len(other.indices):
        return None
    places = [k for k, (a, b) in enumerate(zip(one.indices, other.indices, strict=True)) if _bare(a) != _bare(b)]
    return places[0] if len(places) == 1 else None


def _terms(expr: Expr) -> tuple[Expr, ...]:
    return (
        tuple(term for arg in expr.args for term in _terms(arg))
        if isinstance(expr, Op) and expr.op == "add"
        else (expr,)
        if not (isinstance(expr, Num) and expr.value == 0)  # X[s*k+0], ..., X[s*k+p-1]
        else ()
    )


def _rest(first: Expr, last: Expr) -> Expr | None:
    """What was added to the first index to get the last: p - 1."""
    rest = list(_terms(last))
    for bare in map(_bare, _terms(first)):
        at = next((k for k, term in enumerate(rest) if _bare(term) == bare), None)
        if at is None:
            return None
        rest.pop(at)
    if not rest:
        return None
    return rest[0] if len(rest) == 1 else Op("add", tuple(rest), (rest[0].place[0], rest[-1].place[1]))


def _added(first: Expr, other: Expr) -> int | None:
    rest = _rest(first, other)
    return int(rest.value) if isinstance(rest, Num) and isinstance(rest.value, int) else None


def _bare(expr: object) -> object:
    """An expression without its places, to be compared."""
    if isinstance(expr, Name):
        return expr.name
    if isinstance(expr, Num):
        return expr.value
    if isinstance(expr, tuple):
        fields = getattr(expr, "_fields", None)
        if fields is None:
            return tuple(_bare(each) for each in expr)
        return (type(expr).__name__, *(_bare(getattr(expr, name)) for name in fields if name not in ("place", "sign")))
    return expr
