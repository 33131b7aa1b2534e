"""Other formulas beside the one that counts as the answer: a right one, steps that lead to it, members of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from grader.equality.answers import compare
from grader.equality.verdicts import EQUAL, Comparison
from grader.kinds._equal_lasts import right_among, right_before_slip
from grader.kinds._equal_values import leads_on
from grader.kinds.kind import View, remark, review
from grader.model.documents import Run
from grader.model.results import Finding
from grader.notation.reading import Claim

_DELIMITED = ("math", "display")
_LAST = 6  # formulas that are looked at
_COUNTED = re.compile(r"expected: (?P<wanted>\d+) values?, given: (?P<given>\d+) values?")


def right_elsewhere(asked: tuple[str, str], typed: str, view: View, claim: Claim) -> Claim | None:
    """A right formula beside the one that counts as the answer: nobody knows for sure that it is not meant.

    An equation that is not solved, "$k^2 = 16$, so $k = 4$", only leads to the answer.
    """
    (gold, assume), runs = asked, _formulas(view)
    text = view.answer.document.text
    for run in runs[-_LAST:] if len(runs) > 1 else ():
        place = (run.span.start, run.span.stop)
        before = text[: view.base + place[0]].rstrip(" $")
        apart = place[1] <= claim.place[0] or claim.place[1] <= place[0] or before.endswith(_ARROWS)
        if not apart or compare(gold, run.text, assume=assume).verdict != EQUAL:
            continue
        if not leads_on(run.text, text[view.base + place[1] : view.base + claim.place[0]]):
            return Claim(None, place)
    return claim if right_among(gold, assume, typed) or right_before_slip(gold, assume, typed) else None


_ARROWS = ("→", "⇒", "=>", "->")


def member_alone(values: bool, found: Comparison, view: View) -> Finding | None:
    """For a person, if a list is asked for and as many formulas stand apart, "$X[0] = 2$, and with it $Y[1] = 3$".

    Where it lists `values`, formulas that lead to others are none of it.
    """
    counted = _COUNTED.search(found.reason)
    runs = _formulas(view)
    runs = [run for run, leads in zip(runs, _leading(runs, view), strict=True) if not leads] if values else runs
    if counted is None or int(counted["given"]) >= int(counted["wanted"]) or len(runs) < int(counted["wanted"]):
        return None
    claims = tuple([Claim(None, (run.span.start, run.span.stop)) for run in runs])
    return review(claims, found.answer_as, remark("several-answers"))


def _formulas(view: View) -> list[Run]:
    return [run for block in view.answer.blocks for run in block.runs if run.kind in _DELIMITED]


def _leading(runs: Sequence[Run], view: View) -> list[bool]:
    """Of each formula whether it leads to the next one."""
    text, base = view.answer.document.text, view.base
    between = [(one, text[base + one.span.stop : base + other.span.start]) for one, other in pairwise(runs)]
    return [*(leads_on(one.text, words) for one, words in between), *([False] if runs else [])]
