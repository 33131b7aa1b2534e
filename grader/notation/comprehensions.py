"""Reads what an index runs over where that is said behind: `max(x[j] for j in range(p))`, `... for j from 0 to p-1`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.errors import Unreadable
from grader.model.expressions import Bound, Expr, Index, Name, Num, Op, Reduce, Relation
from grader.notation.described import skip_described, skip_where
from grader.notation.guarded import equation_follows, under_guard
from grader.notation.loops_said import as_loop, from_to, is_comma, steps
from grader.notation.tokens import Token

if TYPE_CHECKING:
    from grader.notation.parser import Parser

_SAYS = ("for", "over", "with", "where")
_ALL = ("all", "each", "every")  # for all i, j1, j2
_CLOSERS = {"(": ")", "{": "}"}
_MOST = 8  # ranges one behind the other


def read_comprehension(parser: Parser, operator: Token) -> Expr | None:
    """Brackets around what is summed and its ranges; None if they hold nothing of the kind."""
    before, opener = parser.at, parser.advance()
    closer = _CLOSERS.get(opener.text, "")
    try:
        with parser.brackets:
            body = parser.statement()
            _goes_on_below(parser)
            bounds = read_ranges(parser, closer) if opener.text == "(" else _of_set(parser) if closer == "}" else ()
            bounds = under_guard(parser, bounds)
            if not bounds:
                parser.at = before
                return None
            parser.expect("close", closer, opener)
    except Unreadable:
        parser.at = before
        return None
    return Reduce(operator.text, bounds, body, (operator.start, parser.stop))


def read_ranges(parser: Parser, closer: str = "") -> tuple[Bound, ...]:
    """`for j in range(p)`, `for j from 0 to p-1`, `over j=0..p-1`, one or several; nothing where none is said.

    Between brackets, which `closer` ends, any list of indices will do: `for i, j`.
    """
    bounds: list[Bound] = []
    while len(bounds) < _MOST and _is_said(parser):
        before = parser.at
        parser.advance()
        if (token := parser.peek()) is not None and token.text in _ALL:
            parser.advance()
        try:
            found = as_loop(parser) or (_as_list(parser, closer) if closer else ())
        except Unreadable:
            found = ()
        if not found:
            parser.at = before
            break
        bounds += found
        if closer:
            _goes_on_below(parser)
    return tuple(bounds)


def _goes_on_below(parser: Parser) -> None:
    """Steps over a comma or the end of a line between brackets, where a range begins behind it."""
    token, word = parser.after_soft(), parser.peek(1)
    if token is not None and token.text == "," and word is not None and word.kind == "word" and word.text in _SAYS:
        parser.advance()  # sum(x[i, j], over all i, j)
        return
    if token is not None and token.kind == "word" and token.text in _SAYS:
        parser.skip_soft()


def _of_set(parser: Parser) -> tuple[Bound, ...]:
    """What stands behind the bar or colon of `max {x[s*k+j] : j = 0, ..., p-1}`."""
    parser.skip_edges()
    token = parser.peek()
    if token is None or not (token.kind in ("mid", "bar") or (token.kind == "sep" and token.text == ":")):
        return ()
    parser.advance()
    return as_loop(parser) or _as_list(parser, "}")


def _is_said(parser: Parser) -> bool:
    token = parser.peek()
    return token is not None and token.kind == "word" and token.text in _SAYS


def _as_list(parser: Parser, closer: str) -> tuple[Bound, ...]:
    from grader.notation.sums import read_bounds

    return read_bounds(parser.items(closer), None)


def spoken_indices(parser: Parser) -> list[Expr]:
    """`over i, j and k of ...`: names up to `of`, a colon, or what is not a name."""
    parser.advance()
    skip_words(parser, ("all", "the", "indices"))
    skip_described(parser)
    if limited := _limited_index(parser) or _bracketed(parser):
        return limited
    found: list[Expr] = []
    parser.spoken = True
    try:
        while (token := parser.peek()) is not None:
            if token.kind == "edge" or is_comma(token) or skip_described(parser):
                parser.at += token is parser.peek()
            elif token.kind == "name":
                found.append(parser.statement())
                skip_where(parser)
                if not _goes_on(parser):
                    break
            elif found and (bracketed := _bracketed(parser)):  # the index i and the positions (j1, j2)
                found += bracketed
                if not _goes_on(parser):
                    break
            elif token.kind == "dots" and found:  # j = 0, ..., p-1
                parser.advance()
                found.append(Name("...", (token.start, token.stop)))
            elif token.kind == "num" and found and _goes_on_after(parser):  # j = 0, 1, ..., p-1
                found.append(parser.expression())
            else:
                break
    finally:
        parser.spoken = False
    if parser.is_next("sep", ":") and not equation_follows(parser):
        parser.advance()
    return found


def _bracketed(parser: Parser) -> list[Expr]:
    """The indices of "over all (i, j1, j2) of" and "over {i, j}:"; nothing, and nothing read, if it is not that."""
    before, token = parser.at, parser.peek()
    if token is None or token.kind != "open" or token.text not in "({":
        return []
    ends = next(
        (k for k in range(before, min(len(parser.tokens), before + _LONGEST_LIST)) if _closes(parser, k)), before
    )
    inside = parser.tokens[before + 1 : ends]
    names = [Name(one.text, (one.start, one.stop)) for one in inside if one.kind == "name"]
    alone = len(names) > 1 and all(one.kind == "name" or is_comma(one) for one in inside)
    if not alone or len(names) != 1 + sum(map(is_comma, inside)):
        return []
    parser.at = ends + 1
    return list(names)


_LONGEST_LIST = 12  # tokens


def _closes(parser: Parser, at: int) -> bool:
    return parser.tokens[at].kind == "close"


def _limited_index(parser: Parser) -> list[Expr]:
    """`0 <= j < p`, `j with 0 <= j < p` and `j from 0 to p-1`, of what follows; nothing, and nothing read, else."""
    before, token = parser.at, parser.peek()
    try:
        if token is not None and token.kind == "name":
            index = Name(parser.advance().text, (token.start, token.stop))
            if (ends := from_to(parser)) is not None:
                low, high, _ = ends
                reach = Op("range", (low, high), (low.place[0], high.place[1]))
                return [Relation((index, reach), ("=",), (index.place[0], high.place[1]))]
            if not any(steps(parser, word) for word in ("with", "where")):
                parser.at = before
                return []
        elif token is None or token.kind != "num":
            return []
        found = parser.statement()
    except Unreadable:
        found = None
    if isinstance(found, Relation) and len(found.operands) == 3 and isinstance(found.operands[1], Name):
        return [found]
    parser.at = before
    return []


def _goes_on(parser: Parser) -> bool:
    """Whether a list goes on, perhaps in the next piece of mathematics."""
    token = parser.peek(1 if parser.is_next("edge") else 0)
    return token is not None and is_comma(token)


def _goes_on_after(parser: Parser) -> bool:
    """Whether dots follow this number: it stands in a list of values."""
    following = [parser.peek(k) for k in (1, 2)]
    return any(token is not None and token.kind == "dots" for token in following)


def skip_words(parser: Parser, words: tuple[str, ...]) -> None:
    """Steps over words between a sign and what it is of, if any stand there."""
    before = parser.at
    if not _skipped(parser, words) and not parser.is_next("name"):
        parser.at = before  # the end of a formula was no step towards such a word


def _skipped(parser: Parser, words: tuple[str, ...]) -> bool:
    """Steps over the words, and over the ends of formulas between them; whether there was one of the words."""
    found = False
    while (token := parser.peek()) is not None:
        after = parser.peek(1)
        if token.kind == "edge":
            if after is None or after.kind not in ("word", "edge", "name"):
                return found
        elif token.kind != "word" or token.text not in words:
            return found
        else:
            found = True
        parser.advance()
    return found


def spoken_conditions(parser: Parser) -> tuple[Expr, ...]:
    """`over all p, q with p+k = i and q+l = j of ...`: what the indices must satisfy; nothing where none is said."""
    before, token = parser.at, parser.peek()
    if token is None or token.kind != "word" or token.text not in ("with", "where", "that") or _sums_again(parser):
        return ()
    found: list[Expr] = []
    parser.spoken = True
    try:
        while len(found) < _MOST and (not found or _goes_on(parser)):
            parser.advance()
            found.append(parser.statement())
    except Unreadable:
        found = []
    finally:
        parser.spoken = False
    if not found or not all(isinstance(one, Relation) and None not in one.operands for one in found):
        parser.at = before
        return ()
    return tuple(found)


def _sums_again(parser: Parser) -> bool:
    """Whether another sum stands before the "of": reading it twice would double with each sum inside another."""
    ahead = 1
    while (token := parser.peek(ahead)) is not None and token.text != "of" and token.kind not in ("break", "stop"):
        if token.kind == "reduce":
            return True
        ahead += 1
    return False


def under_conditions(body: Expr, conditions: tuple[Expr, ...]) -> Expr:
    """What is summed where conditions hold, and zero elsewhere (Iverson's bracket)."""
    for condition in conditions:
        holds = Index(Num(1, condition.place, "1"), (condition,), condition.place)
        body = Op("mul", (holds, body), (condition.place[0], body.place[1]), "")
    return body


def with_left_out(specs: list[Expr]) -> tuple[list[Expr], tuple[Expr, ...]]:
    """What stands below a sum with `j` for `j \\ne i`, and these conditions, each of which leaves out one value."""
    found = tuple(spec for spec in specs if isinstance(spec, Relation) and _leaves_out(spec))
    return [_index_of(spec) for spec in specs], found


def _index_of(spec: Expr) -> Expr:
    index = spec.operands[0] if isinstance(spec, Relation) and _leaves_out(spec) else None
    return spec if index is None else index


def _leaves_out(spec: Relation) -> bool:
    """Whether `j \\ne i` below a sum names its index and one value of it that is left out."""
    index, other = spec.operands[0], spec.operands[-1]
    return spec.ops == ("!=",) and isinstance(index, Name) and isinstance(other, Name) and index.name != other.name


def leaving_out(body: Expr, operator: Token, left_out: tuple[Expr, ...]) -> Expr:
    """What is summed or multiplied, where a value of the index is left out: there a term is 0, a factor 1."""
    if operator.text == "prod":
        for condition in left_out:
            holds = Index(Num(1, condition.place, "1"), (condition,), condition.place)
            body = Op("pow", (body, holds), body.place)
        return body
    if left_out and operator.text != "sum":
        raise Unreadable("this does not name an index and its limits", *left_out[0].place, "an index such as i or i=0")
    return under_conditions(body, left_out)
