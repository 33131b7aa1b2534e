"""Calculations over several lines: each line that begins with a sign of equality goes on with the one above it."""

from __future__ import annotations

from grader.model.expressions import Num, Op, Relation, names_in
from grader.model.patterns import later
from grader.notation.reading import Claim

_WHICH_IS = later(r",?\s*(?:which|that)\s+(?:is|gives|makes|equals|comes to)")


def continued(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The claims with such lines as one chain: `46·62·20·90`, below it `= 57040 · 90`, and below that `= 5133600`."""
    found: list[Claim] = []
    for claim in claims:
        whole = _chain(found[-1], claim) if found else None
        if whole is None:
            found.append(claim)
        else:
            found[-1] = whole
    return tuple(found)


def told_in_turn(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The claims with a product that is told step by step as one: "46·62 = 2852, times 20 is 57040"."""
    found: list[Claim] = []
    for at, claim in enumerate(claims):
        step = _step(found[-2], found[-1], claim) if at and len(found) > 1 else None
        if step is None:
            found.append(claim)
        else:
            found[-2:] = [step]
    return tuple(found)


def _step(above: Claim, factor: Claim, claim: Claim) -> Claim | None:
    """One more factor and what the product comes to; None where it does not come to that."""
    last = _result(above.expr)
    by, value = _result(factor.expr), _result(claim.expr)
    told = _TIMES.search(factor.before) and _IS.fullmatch(claim.before) and above.sentence == claim.sentence
    if not told or last is None or by is None or value is None or last.value * by.value != value.value:
        return None
    begun = above.expr.operands if isinstance(above.expr, Relation) else (above.expr,)
    place = (above.place[0], claim.place[1])
    product = Op("mul", (begun[-1] or last, by), place, "·")
    return above._replace(expr=Relation((product, claim.expr), ("=",), place), place=place)


def _result(expr: object) -> Num | None:
    """A number, or the one that a chain ends with."""
    last = expr.operands[-1] if isinstance(expr, Relation) and set(expr.ops) == {"="} else expr
    return last if isinstance(last, Num) else None


_TIMES = later(r"\b(?:times|multiplied by|mal)\s*\Z")
_IS = later(r"\s*,?\s*(?:which |that |this )*(?:is|gives|makes|equals|are)\s*")


def _chain(above: Claim, claim: Claim) -> Claim | None:
    """Both as one claim; None where words stand between them, or the lower one does not begin with a sign.

    "46 times 62 times 20, which is 57040" says as much as a sign.
    """
    expr, begun = claim.expr, above.expr
    if isinstance(begun, Op) and isinstance(expr, Num) and not names_in(begun) and _WHICH_IS.fullmatch(claim.before):
        place = (above.place[0], claim.place[1])
        return above._replace(expr=Relation((begun, expr), ("=",), place), place=place)
    if not isinstance(expr, Relation) or expr.operands[0] is not None or set(expr.ops) != {"="}:
        return None
    beside = claim.block == above.block and claim.before.strip() != ";"  # 5123600 | = 46·62·20·90: the next cell
    if claim.before.strip() not in ("", ";") or claim.aside != above.aside or beside:
        return None
    if not isinstance(begun, Num | Op) and not (isinstance(begun, Relation) and set(begun.ops) == {"="}):
        return None
    place = (above.place[0], claim.place[1])
    operands, ops = (begun.operands, begun.ops) if isinstance(begun, Relation) else ((begun,), ())
    chain = Relation((*operands, *expr.operands[1:]), (*ops, *expr.ops), place)
    return above._replace(expr=chain, place=place, boxed=above.boxed or claim.boxed)
