"""Numbers beside a right one that may be the answer in its place."""

from __future__ import annotations

from grader.kinds._agreement import Expected, agrees
from grader.kinds._choosing import Candidate, hesitates
from grader.kinds._concluded import called_result, is_worked_out_from
from grader.kinds._doubts import conflicts, counts_another, renames
from grader.model.patterns import later
from grader.notation.reading import Reading


def disputing(
    expected: Expected,
    candidates: list[Candidate],
    choice: tuple[Candidate, tuple[Candidate, ...]],
    reading: Reading,
) -> list[Candidate]:
    """Numbers beside a right one that may be the answer in its place."""
    chosen, rivals = choice
    claim = chosen.claim
    differing = [c for c in candidates if not agrees(c.value, expected)]
    worked = is_worked_out_from(chosen, candidates)
    others = [] if worked else [c for c in rivals if c in differing and conflicts(c, chosen)]
    others += [c for c in differing if not worked and hesitates((c.claim, claim), reading)]
    others += [c for c in differing if renames(c.claim, claim)]
    if isinstance(expected.value, complex):
        from grader.kinds._phasors import turned_otherwise

        others += turned_otherwise(chosen.value, differing)
    others += [c for c in differing if c not in others and counts_another(c.claim, claim, reading)]
    others += [c for c in called_result(candidates) if c in differing and c not in others]
    return others + [c for c in differing if c.claim.place > claim.place and _BUT.search(c.claim.before)]


_BUT = later(r"\bbut( only| just)?( the)?\s*$")
