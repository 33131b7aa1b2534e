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
