"""An answer that stands first and by itself, and remarks behind it: "5133600. There are 57040 outputs"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod
from typing import Any

from grader.kinds._choosing import Candidate
from grader.kinds._concluded import leads_to
from grader.model.expressions import Name, Num, Op, Relation, walk
from grader.model.patterns import later
from grader.notation.reading import Claim

_ALONE = later(r"[\s:=~$*`(]*|\W*(?:answer|ans|solution|result|it'?s|it is|this is)\W*")
_CONCLUDES = later(
    r"\b(so|thus|hence|therefore|then|total(?:ly)?|altogether|together|sum|finally|final|result|answer"
    r"|(?:(?:^|[,\n]|\b(?:this|that|which|it|we|and))\s*(?:gives?|makes?))"
    r"|correct(?:ion|ed)?|insgesamt|zusammen|also|donc|adding|plus"
    r"|exactly|precisely|equally|equivalently|i\.? ?e|that is|with (?:the )?bias(?:es)?)\b[^.;]{0,40}\Z"
    r"|(?:^|[,\n])\s*(?:gives?|makes?)\b[^.;]{0,40}\Z|[-=]>[^.;]{0,30}\Z",
    holds=(
        "so thus hence therefore then total together sum final result answer make give correct insgesamt zusammen also"
        " donc adding plus exactly precisely equal equiv i e that with >"
    ).split(),
)


def overtaken(chosen: Candidate, candidates: Sequence[Candidate], is_right: Callable[[Any], bool]) -> Candidate | None:
    """The first candidate, if it stands at the beginning by itself, another one counts, and only one of them is right.

    Not where the later one is right and concluded, or computed from earlier ones: "1800 weights, so 1820".
    """
    first = candidates[0] if candidates else chosen
    if chosen is first or first.claim == chosen.claim or first.claim.aside or chosen.claim.joined:
        return None
    if leads_to(first, chosen) or _name(first) != _name(
        chosen
    ):  # x = [1, 2, 3] is given, y = [1, 3] answers; "1800 for W + 20 for b = 1820"
        return None
    if not _ALONE.fullmatch(first.claim.before) or is_right(first.value) == is_right(chosen.value):
        return None
    clause = chosen.claim.before.rpartition(";")[2].rpartition(".")[2]
    concluded = _CONCLUDES.search(clause) is not None or _uses(chosen, candidates)
    return None if concluded and not is_right(first.value) else first


_GOES_ON = later(
    r"\b(then|divided|multiplied|halved|doubled|becomes?|actually|i mean|sorry|wait|rather|instead|finally)\b",
    holds="then divided multiplied halved doubled become actually mean sorry wait rather instead finally".split(),
)


def goes_on(claim: Claim, other: Claim) -> bool:
    """Whether words lead on from one answer to another: "2, 3, 10, 1, and then divided by the size: 1, 1.5, 5, 0.5"."""
    return other.place > claim.place and not other.aside and _GOES_ON.search(other.before) is not None


def says_again(claim: Claim, other: Candidate, size: int) -> bool:
    """Whether "i.e." joins a list of the same size to the answer: "[2, 2, 10, 1], i.e. [2, 3, 10, 1]"."""
    first, second = sorted((claim, other.claim), key=lambda one: one.place)
    again = second.sentence == first.sentence and _AGAIN.search(second.before) is not None
    return other.claim is not claim and again and other.value.size == size


_AGAIN = later(r"\b(i\.? ?e|that is)\b[ .,:]*$")


def _name(candidate: Candidate) -> str:
    expr = candidate.claim.expr
    left = expr.operands[0] if isinstance(expr, Relation) else None
    return left.name if isinstance(left, Name) else ""


def _uses(chosen: Candidate, candidates: Sequence[Candidate]) -> bool:
    """Whether the chosen one is worked out from others, in a formula or as their product or sum."""
    others = [one.value.value for one in candidates if one is not chosen and hasattr(one.value, "value")]
    own = getattr(chosen.value, "value", None)
    if own is not None and len(others) > 1 and own in (sum(others), prod(others)):
        return True
    expr = chosen.claim.expr
    working = expr.operands[:-1] if isinstance(expr, Relation) else (expr,)
    nodes = [node for part in working if isinstance(part, Op) for node in walk(part)]
    return any(isinstance(node, Num) and node.value in others for node in nodes)
