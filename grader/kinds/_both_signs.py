"""Both values of ±, `x = (7 ± 5)/2` and "0 and ±2", as elements of their own."""

from __future__ import annotations

import math
from collections.abc import Sequence

from grader.equality.normal import signed
from grader.kinds._numbers import value_of
from grader.model.expressions import Expr, Group, Op, Relation, walk
from grader.notation.reading import Claim


def with_both_signs(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims with a set for one ±; among other elements of a list, with two elements for it."""
    found: list[Claim] = []
    for number, claim in enumerate(claims):
        expr = _both(claim.expr)
        last = expr.operands[-1] if isinstance(expr, Relation) else expr
        following = claims[number + 1] if number + 1 < len(claims) else None
        beside = any(one is not None and _is_listed(one) for one in (claim, following))
        if expr is claim.expr or not beside or not isinstance(last, Group):
            found.append(claim._replace(expr=expr))
            continue
        for sign, item in enumerate(last.items):
            told = (
                item if not isinstance(expr, Relation) else expr._replace(operands=(expr.operands[0], item), ops=("=",))
            )
            found.append(
                claim._replace(expr=told, joined=claim.joined or bool(sign), before="" if sign else claim.before)
            )
    return tuple(found)


def _is_listed(claim: Claim) -> bool:
    return claim.before.strip() in _LISTS and not claim.boxed


_LISTS = frozenset([",", "and", ", and", "or", "und", "oder"])


def _both(expr: Expr | None) -> Expr | None:
    """Both values of one ± as a set, `(7 ± 5)/2`; the same if steps before have other values."""
    steps = expr.operands if isinstance(expr, Relation) and set(expr.ops) <= _EQUAL else (expr,)
    last = steps[-1]
    if last is None or sum(isinstance(node, Op) and node.op == "pm" for node in walk(last)) != 1:
        return expr
    values = [(value_of(signed(one, True)), value_of(signed(one, False))) for one in steps if one is not None]
    told = [pair for pair in values if None not in pair]
    alike = all(math.isclose(a, b, rel_tol=1e-9) for pair in told for a, b in zip(pair, told[-1], strict=True))
    if values[-1] not in told or not alike:
        return expr
    both = Group("{}", (signed(last, True), signed(last, False)), last.place)
    return expr._replace(operands=(*steps[:-1], both)) if isinstance(expr, Relation) else both


_EQUAL = frozenset(["=", "~"])
