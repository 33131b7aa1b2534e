"""What is said further on in an answer that makes its formula or its shape another one: "the sum is over j only"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.kinds.kind import View
from grader.model.expressions import Expr, Reduce, walk
from grader.model.patterns import later
from grader.notation.reading import Claim

_CHANGED = (
    "multiplied|divided|scaled|averaged|squared|halved|doubled|tripled|transposed|flipped|mirrored|negated|subtracted"
    "|replaced|swapped|exchanged|inverted|normali[sz]ed"
)
_CHANGE = (
    "multiply|divide|scale|average|square|halve|double|transpose|flip|mirror|negate|subtract|replace|swap|exchange"
    "|invert|normali[sz]e"
)
_STEMS = (
    "multipl divid scal averag squar halv doubl tripl transpos flip mirror nega subtract replac swap exchang invert"
    " normali"
).split()
_DUTY = r"(?:has|have|had|must|should|needs?|ought)(?: still| also| then| finally)*"
_AS_A_WHOLE = later(
    rf"\b{_DUTY} (?:to )?(?:still |also |then |finally )?be (?:{_CHANGED})\b"
    rf"|\b(?:we|you|one|i|they) {_DUTY} (?:to )?(?:still |also |then |finally )?(?:{_CHANGE})\b"
    r"|\bwhat (?:the |this |that |our )?(?:sheet|problem|question|exercise|handout|task|paper|lecture|others?|you|we)s?"
    r" (?:calls?|denotes?|writes?|names?)\b"
    r"|\b(?:stands? for|short for|denotes?|means?|is|being)\b[^.;\n]{0,40}\b(?:(?:goes?|comes?|put|fed) into"
    r"|(?:input|argument)\b[^.;\n]{0,30}\b(?:of|to)|before|in front of) the"
    r" (?:sigmoid|activation|non-?linearity|nonlinear function|squashing)\b"
    r"|\b(?:sums?|summation) over [^.;\n]{0,40}\b(?:left out|dropped|omitted|removed|not needed|unnecessary|skipped"
    r"|ignored|too much|not there)\b|\bonly [^.;\n]{0,30}\b(?:is|are|be|being|gets?) summed\b",
    holds=(*_STEMS, "what ", "sigmoid", "activation", "linear", "squash", "sum"),
)
_OF_THE_SUM = later(
    r"\bsum\w*\b[^.;\n]{0,60}\bonly\b|\bonly\b[^.;\n]{0,25}\bsum\w*|\b(?:not|no|never|n't|without|except)\b[^.;\n]{0,25}"
    r"\bsum\w*|\bsum\w*\b[^.;\n]{0,30}\b(?:not|except|without)\b|\bfixed\b|\baverag\w+\b",
    holds=("sum", "fixed", "averag"),
)
_OF_AN_AXIS = later(
    r"\b(?:without|leav(?:e|ing) (?:out|off|away)|drop(?:ping|ped)?|omit(?:ting|ted)?|minus|except(?: for)?|but not"
    r"|remov\w+|not counting|apart from|skip(?:ping|ped)?)\b (?:\w+ ){0,3}(?:axis|axes|dim(?:ension)?s?)\b",
    holds=("axis", "axes", "dim"),
)
_DENIED = later(r"\b(?:no|not|never|nothing|needn|don|doesn|without)\b[^.;\n]{0,25}$|n't [^.;\n]{0,25}$")


def changed_later(claim: Claim, body: Expr, view: View) -> str:
    """Words behind a formula, anywhere in its answer, that change it as a whole, or say over what it sums; ""."""
    patterns = [_AS_A_WHOLE]
    if any(isinstance(node, Reduce) and not node.bounds for node in walk(body)):
        patterns.append(_OF_THE_SUM)
    return next((words for pattern in patterns for words in _said(pattern, _behind(claim, view))), "")


def axis_taken_away(claim: Claim, view: View) -> str:
    """Words behind a shape that take an axis of it away: "(5, 4, 3), without the last axis however"; "" for none."""
    return next(_said(_OF_AN_AXIS, _behind(claim, view)), "")


def _behind(claim: Claim, view: View) -> str:
    """What stands behind a claim, to the end of the answer, in small letters and without signs of mathematics."""
    blocks = view.answer.blocks
    runs = [run for block in blocks for run in (*block.runs, None)]
    at, said = claim.place[1], list[str]()
    for run in runs:
        if run is None:
            said.append("\n")
        elif run.span.stop > at:
            said.append(run.text[max(0, at - run.span.start) :])
    return "".join(said).lower().replace("$", "")


def _said(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for found in pattern.finditer(text):
        if not _DENIED.search(text[: found.start()]):
            yield found[0]
