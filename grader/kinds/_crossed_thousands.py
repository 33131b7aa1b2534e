"""Thousands set apart in a shape with crosses, `40 x 80 x 2,400`, `3 x 2 400`: one length, not two."""

from __future__ import annotations

from itertools import pairwise

from grader.kinds._lengths import flat_product
from grader.model.expressions import Expr, Num, Op
from grader.notation.reading import Claim


def with_thousands(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The claims, with two that a comma inside a number keeps apart as one: `1,000 x 3` and `3 x 2,400`."""
    if not any(_meets(one, other) for one, other in pairwise(claims)):
        return claims
    found: list[Claim] = []
    for claim in claims:
        joined = _joined(found[-1], claim) if found and _meets(found[-1], claim) else None
        found[-1:] = [joined] if joined is not None else [*found[-1:], claim]
    return tuple(found)


def _meets(left: Claim, right: Claim) -> bool:
    apart = right.before.strip()
    return right.place[0] - left.place[1] == 1 and (not apart or (apart == "," and right.joined))


def _joined(left: Claim, right: Claim) -> Claim | None:
    first, second = flat_product(left.expr), flat_product(right.expr)
    if not first or not second or len(first) + len(second) <= 2:  # 2,400 alone
        return None
    high, low = first[-1], second[0]
    if not (isinstance(high, Num) and isinstance(low, Num) and len(low.text) == 3 and low.text.isdecimal()):
        return None
    if not (high.text.isdecimal() and 0 < len(high.text) <= 3 and not high.text.startswith("0")):
        return None
    whole = Num(int(high.text + low.text), (high.place[0], low.place[1]), high.text + low.text)
    lengths: tuple[Expr, ...] = (*first[:-1], whole, *second[1:])
    place = (left.place[0], right.place[1])
    return left._replace(expr=Op("cross", lengths, place), place=place)
