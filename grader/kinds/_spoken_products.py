"""Products that are told as something to do: "multiply dJ/dU[i] by U[i] (1 - U[i])"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce

from grader.maths.repairs import rewrite
from grader.model.expressions import Expr, Group, Index, Name, Op, Reduce, Relation
from grader.model.patterns import later
from grader.notation.reading import Claim

_MULTIPLY = later(
    r"(?:\b(?:we|you|just|simply|then|now|must|have to|should|one|to)\s+)*\bmultipl(?:y|ying)(?: the)?\s*\Z"
)
_WITH = later(r"(?:,? ?element-?wise|,? ?pointwise|,? ?entry by entry)?\s*(?:by|with)(?: the| its)?\s*")


def with_spoken_products(claims: tuple[Claim, ...], text: str) -> tuple[Claim, ...]:
    """The claims, with two factors of which words say that they are multiplied as one product.

    `text` is the answer, in which the places of the claims are.

    A second factor that words go on from, "by U[i] and by 1 - U[i]", is left: nobody read all of the product.
    """
    found: list[Claim] = []
    taken = 0
    for at, claim in enumerate(claims):
        if at < taken:
            continue
        if (listed := _of_list(claims[at:], text)) is not None:
            found.append(listed[0])
            taken = at + listed[1]
            continue
        product = _product(found[-1], claim) if found else None
        if product is not None and not _goes_on(claims, at):
            found[-1] = product
        else:
            found.append(claim)
    return tuple(found)


def _goes_on(claims: Sequence[Claim], at: int) -> bool:
    return at + 1 < len(claims) and _GOES_ON.fullmatch(claims[at + 1].before) is not None


_GOES_ON = later(r"\s*,?\s*(?:and|then|with|by|times|plus|minus|or)\b.*")


def multiplies(claim: Claim, claims: tuple[Claim, ...]) -> str:
    """The word by which a formula without a left side is one of several factors, where not all of them were read."""
    if isinstance(claim.expr, Relation):
        return ""
    said = [one.before for one in claims if one.sentence == claim.sentence and one.place <= claim.place]
    found = _MULTIPLIES.search(" ".join(said))
    return found[0] if found is not None else ""


_MULTIPLIES = later(r"\bmultipl(?:y|ying|ied)\b", holds=("multipl",))


def _product(left: Claim, right: Claim) -> Claim | None:
    begins = _MULTIPLY.search(left.before)
    if begins is None or left.sentence != right.sentence or not _WITH.fullmatch(right.before):
        return None
    if left.expr is None or right.expr is None or not _is_factor(left.expr) or not _is_factor(right.expr):
        return None
    place = (left.place[0], right.place[1])
    product = Op("mul", (left.expr, right.expr), place, "·")
    return left._replace(expr=product, place=place, before=left.before[: begins.start()].rstrip())


_PRODUCT_OF = later(r"\b(?:the |a )?products? of(?: the| all)?[\s$`]*\Z", re.IGNORECASE, holds=("product",))
_COMMA, _AND = later(r"[\s$`]*,[\s$`]*"), later(r"[\s$`]*,?[\s$`]*(?:and|with|by)(?: the| its)?[\s$`]*")
_NEAR = 30  # characters before the first factor


def _of_list(claims: Sequence[Claim], text: str) -> tuple[Claim, int] | None:
    """The product of what words list, and how many claims it takes.

    "dJ/dW is the sum over i of the product of dJ/dZ[i] and X[i]", "the product of dJ/dU[i], U[i] and 1 - U[i]".
    """
    first = claims[0]
    inner = _summand(first)
    if inner is None or not _is_factor(inner) or not _PRODUCT_OF.search(text[: inner.place[0]][-_NEAR:]):
        return None
    factors, ended, count = [inner], False, 1
    for claim in claims[1:]:
        ends = _AND.fullmatch(claim.before) is not None
        if ended or claim.sentence != first.sentence or claim.expr is None or not _is_factor(claim.expr):
            break
        if not ends and not _COMMA.fullmatch(claim.before):
            break
        factors, ended, count = [*factors, claim.expr], ends, count + 1
    if not ended or _goes_on(claims, count - 1):
        return None
    stop = factors[-1].place[1]
    product = reduce(lambda one, other: Op("mul", (one, other), (inner.place[0], stop), "·"), factors)
    expr = rewrite(first.expr, lambda node: product if node is inner else None) if first.expr is not None else None
    before = _PRODUCT_OF.sub("", first.before).rstrip()
    return first._replace(expr=expr, place=(first.place[0], stop), before=before), count


def _summand(claim: Claim) -> Expr | None:
    """What is summed on the right of an equation, or the whole."""
    expr = claim.expr.operands[-1] if isinstance(claim.expr, Relation) else claim.expr
    while isinstance(expr, Reduce):
        expr = expr.body
    return expr


def lists_factors(claim: Claim, text: str) -> str:
    """The words "product of" before a single factor, where the others were not read; "" if there are none."""
    inner = _summand(claim)
    if inner is None or (isinstance(inner, Op) and inner.op == "mul"):
        return ""
    found = _PRODUCT_OF.search(text[: inner.place[0]][-_NEAR:])
    return found[0].strip() if found is not None else ""


def _is_factor(expr: Expr) -> bool:
    """Whether it is a value: a sum as well, for it is multiplied as a whole."""
    return isinstance(expr, Index | Name | Op) or (isinstance(expr, Group) and len(expr.items) == 1)
