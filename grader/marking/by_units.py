"""Values that can be of one part only by what their units measure: "It takes 4.8 s and the car goes 57.6 m."."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grader.kinds._asked import fits
from grader.kinds._choosing import Candidate
from grader.kinds._claimed import claimed
from grader.kinds._numbers import value_of
from grader.marking.subjects import clause_before, names_another, subject_of
from grader.notation.reading import Claim
from grader.prepare.parts import PreparedPart


def by_units(
    claims: Sequence[Claim], parts: Sequence[PreparedPart], said: Callable[[str], set[int]]
) -> list[list[Claim]] | None:
    """One value for each part, in a unit of that part alone; None where names or words may say something else.

    `said` gives the parts that words name. Behind the values of the parts stand those of others: there are none.
    """
    rules = [getattr(part.expected, "rule", None) for part in parts]
    if len(claims) != len(parts) or len(parts) < 2 or any(rule is None for rule in rules):
        return None
    found: list[int] = []
    for claim in claims:
        if (value := claimed(claim, value_of)) is None:
            return None
        own = [at for at, rule in enumerate(rules) if rule is not None and fits(Candidate(claim, value), rule)]
        if len(own) != 1 or subject_of(claim.expr) or names_another(claim, ""):
            return None
        if not said(clause_before(claim)) <= set(own):
            return None
        found += own
    if sorted(found) != list(range(len(parts))):
        return None
    return [*([claims[found.index(part)]] for part in range(len(parts))), []]
