"""Products that are told as something to do: "multiply dJ/dU[i] by U[i] (1 - U[i])"."""

from __future__ import annotations

from grader.model.expressions import Expr, Group, Index, Name, Op, Relation
from grader.model.patterns import later
from grader.notation.reading import Claim

_MULTIPLY = later(
    r"(?:\b(?:we|you|just|simply|then|now|must|have to|should|one|to)\s+)*\bmultipl(?:y|ying)(?: the)?\s*\Z"
)
_WITH = later(r"(?:,? ?element-?wise|,? ?pointwise|,? ?entry by entry)?\s*(?:by|with)(?: the| its)?\s*")


def with_spoken_products(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The claims, with two factors of which words say that they are multiplied as one product.

    A second factor that words go on from, "by U[i] and by 1 - U[i]", is left: nobody read all of the product.
    """
    found: list[Claim] = []
    for at, claim in enumerate(claims):
        product = _product(found[-1], claim) if found else None
        goes_on = at + 1 < len(claims) and _GOES_ON.fullmatch(claims[at + 1].before) is not None
        if product is not None and not goes_on:
            found[-1] = product
        else:
            found.append(claim)
    return tuple(found)


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


def _is_factor(expr: Expr) -> bool:
    """Whether it is a value: a sum as well, for it is multiplied as a whole."""
    return isinstance(expr, Index | Name | Op) or (isinstance(expr, Group) and len(expr.items) == 1)
