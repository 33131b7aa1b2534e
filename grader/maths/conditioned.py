"""Sums over indices that conditions tie to one another: where j + k = p, one of the two follows from the other."""

from __future__ import annotations

from collections.abc import Iterator

from grader.maths.repairs import rewrite
from grader.model.expressions import Expr, Index, Name, Num, Op, Reduce, Relation, names_in, nodes_of


def resolved(expr: Expr) -> Expr:
    """The expression without the indices of sums that an equation below the sum gives: W[p-j] summed over j, for W[k]
    summed over j and k with j + k = p. Outside of an array there are zeros, so it is the same sum, with fewer terms."""

    def change(node: Expr) -> Expr | None:
        if not isinstance(node, Reduce) or node.op != "sum":
            return None
        found: Expr = node._replace(body=rewrite(node.body, change))
        while isinstance(found, Reduce) and (fewer := _with_one_less(found)) is not None:
            found = fewer
        return found

    return rewrite(expr, change) if any(map(_is_condition, nodes_of(Index, expr))) else expr


def _is_condition(node: Expr) -> bool:
    """Whether a node is Iverson's bracket of an equation, 1[j + k = p]."""
    held = (
        node.indices[0] if isinstance(node, Index) and isinstance(node.base, Num) and len(node.indices) == 1 else None
    )
    return isinstance(held, Relation) and held.ops == ("=",)


def _with_one_less(node: Reduce) -> Expr | None:
    factors = list(_factors(node.body))
    free = [one.index for one in node.bounds if one.low is None and one.high is None]
    for at, factor in enumerate(factors):
        if not _is_condition(factor) or not isinstance(factor, Index):
            continue
        rest = [one for k, one in enumerate(factors) if k != at]
        for letter in free:
            value = _solved(factor.indices[0], letter)
            if value is None or not rest or not any(_runs_along(one, letter) for one in rest):
                continue
            body = rest[0]
            for one in rest[1:]:
                body = Op("mul", (body, one), (body.place[0], one.place[1]), "")
            body = rewrite(body, lambda one, letter=letter, value=value: value if _is_name(one, letter) else None)  # type: ignore[misc]
            bounds = tuple(one for one in node.bounds if one.index != letter)
            return node._replace(bounds=bounds, body=body) if bounds else body
    return None


def _factors(expr: Expr) -> Iterator[Expr]:
    if isinstance(expr, Op) and expr.op == "mul":
        for arg in expr.args:
            yield from _factors(arg)
    else:
        yield expr


def _is_name(node: Expr, name: str) -> bool:
    return isinstance(node, Name) and node.name == name


def _runs_along(expr: Expr, letter: str) -> bool:
    """Whether an index stands alone in some place of an array, so that it runs along the whole axis."""
    return any(_is_name(place, letter) for node in nodes_of(Index, expr) for place in node.indices)


def _solved(condition: Expr, letter: str) -> Expr | None:
    """What an equation says that a letter is, where it stands in it once and by itself."""
    if not isinstance(condition, Relation) or None in condition.operands:
        return None
    for one, other in (condition.operands, condition.operands[::-1]):
        terms = list(_terms(one)) if one is not None else []
        own = [sign for sign, term in terms if _is_name(term, letter)]
        others = [(sign, term) for sign, term in terms if not _is_name(term, letter)]
        if len(own) != 1 or other is None or letter in names_in(other) or any(letter in names_in(t) for _, t in others):
            continue
        value: Expr = other
        for sign, term in others:
            value = Op("add", (value, Op("neg", (term,), term.place) if sign > 0 else term), condition.place, "+")
        return value if own[0] > 0 else Op("neg", (value,), condition.place)
    return None


def _terms(expr: Expr, sign: int = 1) -> Iterator[tuple[int, Expr]]:
    if isinstance(expr, Op) and expr.op == "add":
        for arg in expr.args:
            yield from _terms(arg, sign)
    elif isinstance(expr, Op) and expr.op == "neg":
        yield from _terms(expr.args[0], -sign)
    else:
        yield sign, expr
