"""Labels that are said of something else than what a part asks for: "half the time", `E/2 =`, "a minimum of -f"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from grader.marking.naming import names_part
from grader.model.expressions import Expr, Name, Num, Op, Relation, Unit
from grader.model.patterns import later
from grader.notation.printing import show
from grader.notation.reading import Claim

_CASES = later(r"\bif\b[^.;\n]{1,40}\b(?:else|otherwise)\b|\b(?:else|otherwise)\b[^.;\n]{1,40}\bif\b")
_MAY_SAY = later(
    r"\b(?:half|twice|double|triple|change|increase|decrease|difference|loss|gain|of|and|should|must|both)\b|[\d] [a-z]"
)


def is_of_another(text: str, claims: Sequence[Claim], labels: Sequence[tuple[str, ...]]) -> bool:
    """Whether an answer says a part's label of something else, of two things at once, or only in one of two cases."""
    if any(_is_multiple(claim.expr, labels) for claim in claims):
        return True
    said = " ".join(text.casefold().split())
    if ("else" in said or "otherwise" in said) and _CASES.search(said) is not None:
        return True
    if _MAY_SAY.search(said) is None:
        return False
    words = sorted({label for own in labels for label in own if label.isalpha() and len(label) > 1}, key=len)
    named = any(word in said for word in words)
    return named and any(pattern.search(said) is not None for pattern in _patterns(tuple(words)))


def _is_multiple(expr: Expr | None, labels: Sequence[tuple[str, ...]]) -> bool:
    """Whether an equation is for a part's name times or over a number: 2t, E/2; sigma^2 may be a label itself."""
    left = expr.operands[0] if isinstance(expr, Relation) and expr.ops[:1] == ("=",) else None
    if not isinstance(left, Op) or left.op not in ("mul", "div") or len(left.args) != 2:
        return False
    first, second = left.args
    number, name = (first, second) if isinstance(first, Num) else (second, first)
    applied = left.op == "mul" and number is second  # f(2)
    if isinstance(name, Unit):  # the t of 2t, which may be a tonne
        name = Name(name.text, name.place)
    if not isinstance(number, Num) or not isinstance(name, Name) or applied:
        return False
    asked = any(show(left).casefold() in own for own in labels)
    return not asked and names_part(name, labels) is not None


@lru_cache(maxsize=100)
def _patterns(words: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    label = rf"(?:{'|'.join(map(re.escape, words))})"
    own = "|".join(map(re.escape, words))
    partly = [word for word in _PARTLY if not any(word in label for label in words)]
    return (
        later(rf"\b(?:{'|'.join(partly)})(?: (?:in|of))?(?: the| its)? {label}\b", holds=partly),
        later(rf"\b{label}\w*(?: point)? of (?:\$?[-−]|minus |the negative |[^.;,\n]{{1,12}} only\b)", holds=(" of ",)),
        later(
            rf"\b(?:is|are) (?:both )?(?:a |an |the )?(?P<one>{own})\w*(?: point)? and (?:also )?(?:a |an |the )"
            rf"(?!(?P=one))(?:{own})\b(?! (?:is|are|at|of|=|:|\(|\d))",
            holds=(" and ",),
        ),
        later(
            rf"\b{label}\b[^.;,\n]{{0,20}} (?:should|must|ought to|has to) (?:be|have been) \w+(?:er|more|less)\b",
            holds=("should", "must", "ought", "has to"),
        ),
        later(rf"\b(?P<same>{own})\b(?: \w)? = \d+ (?P=same)\b|= \d+ {label}(?:[,;.]|\s*\Z)", holds=("= ",)),
    )


_PARTLY = ("half", "twice", "double", "triple", "change", "increase", "decrease", "difference", "loss", "gain")
