"""The formulas of an answer that are told in any notation."""

from __future__ import annotations

from grader.model.expressions import Name, Relation
from grader.model.patterns import later
from grader.notation.reading import Claim


def formulas_in(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The claims in mathematics, or all that could be read where none is: "increasing for x < -1, and x > 3".

    A letter alone, "$g$ is increasing on", is none beside others.
    """
    found = [claim for claim in claims if claim.in_maths]
    if not found and not any(map(_defines, claims)):
        found = [claim for claim in claims if claim.expr is not None]
    return tuple([claim for claim in found if not isinstance(claim.expr, Name)] or found)


def _defines(claim: Claim) -> bool:
    """Whether words give a letter a meaning, "with G = 3x:", which changes what the other formulas say."""
    relation = isinstance(claim.expr, Relation) and "=" in claim.expr.ops
    return relation and _GIVEN.search(claim.before) is not None


_GIVEN = later(r"\b(?:with|let|where|when|if|assuming|suppose|given|since)(?: the)?\s*\Z")
