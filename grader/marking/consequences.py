"""A right answer from which something else follows: "P_2 = 12 W, so P_1 = 8 W"; nobody asked for what is said last."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from grader.kinds.kind import View, remark
from grader.marking.cuts import since, until
from grader.marking.turns import TURNS
from grader.model.documents import Block
from grader.model.expressions import Index, Name, Relation
from grader.model.patterns import later
from grader.model.results import Finding, Status
from grader.notation.printing import show
from grader.prepare.parts import PreparedPart

Judge = Callable[[PreparedPart, View], Finding]

_FOLLOWS = later(
    r"(?:[,;.)\s]\s*|\A)(?:and\s+)?(?:so|thus|hence|therefore|consequently|which means|this means|it follows)"
    r"(?![\w'’-])(?:\s+that)?|\\(?:Rightarrow|implies|Longrightarrow)(?![A-Za-z])|=>|⇒|⟹|→",
    re.IGNORECASE,
    holds="so thus hence therefore consequently means follows daher damit rightarrow implies => ⇒ ⟹ →".split(),
)
_MOST, _LONGEST = 3, 2000  # places that are tried, and characters of an answer


def with_consequence(prepared: PreparedPart, view: View, finding: Finding, judged: Judge) -> Finding:
    """The finding of an answer that is not right, unless it was before the last thing that it says to follow.

    It is right where both are named, and differently: `N = 12, so \\\\omega_0 = \\\\pi/6`. Otherwise a person decides.
    """
    text = view.answer.text
    if finding.status not in (Status.WRONG, Status.PARTIAL) or len(text) > _LONGEST:
        return finding
    for before, behind in _cuts(view.answer.blocks):
        first = judged(prepared, view.alone(before))
        if first.status is not Status.RIGHT:
            continue
        names = _name(view.alone(before), last=True), _name(view.alone(behind), last=False)
        if all(names) and names[0] != names[1] and TURNS.search(text) is None:
            return first
        reason = remark("several-answers")
        return Finding(Status.REVIEW, None, (reason,), finding.read_as, (*first.spans, *finding.spans))
    return finding


def _cuts(blocks: tuple[Block, ...]) -> Iterator[tuple[tuple[Block, ...], tuple[Block, ...]]]:
    """What stands before and behind such a word, from the last one on."""
    found = [(number, hit) for number, block in enumerate(blocks) for hit in _FOLLOWS.finditer(block.text)]
    for number, hit in reversed(found[-_MOST:]):
        before = (*blocks[:number], until(blocks[number], hit.start()))
        if any(block.text.strip() for block in before):
            yield before, (since(blocks[number], hit.end()), *blocks[number + 1 :])


def _name(view: View, last: bool) -> str:
    """The name that the first, or the last, equation of a text gives its value; "" where there is none."""
    exprs = [claim.expr for claim in view.claims(view.reading())]
    lefts = [expr.operands[0] for expr in exprs if isinstance(expr, Relation) and set(expr.ops) <= {"=", "~"}]
    left = lefts[-1 if last else 0] if lefts else None
    return show(left) if isinstance(left, Name | Index) else ""
