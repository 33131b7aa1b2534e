"""The number that an answer comes to, behind those that it is worked out from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from grader.kinds._choosing import Candidate
from grader.model.expressions import Expr, Name, Num, Relation, walk
from grader.model.patterns import later

_CONCLUDES = later(
    r"\b(sum|total|altogether|in all|together|overall|result|final(ly)?|therefore|thus|hence|so|makes?|insgesamt|summe"
    r"|zusammen)\b[^.;]{0,30}\Z",
    holds="sum total all together result final therefore thus hence so make insgesamt zusammen".split(),
)


_RESULT = later(
    r"\b(answer|ans|result|total|sum|altogether|in all|final(ly)?|summe|insgesamt)\b[^.;]{0,20}\Z",
    holds=("ans", "result", "total", "sum", "altogether", "in all", "final", "insgesamt"),
)
_IS_RESULT = later(
    r"\W*(is|are|was)\s+(the|my|our)\s+(\w+ )?(answer|result|total|sum|number)\b",
    holds=("answer", "result", "total", "sum", "number"),
)


def concluded(chosen: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    """The last number, if words say that it is the result or if it is computed from those before; else the chosen one.

    "W has 1800. b has 20. The sum is 1820", "46·62·20 = 57040 outputs: 57040·90 = 5133600".
    """
    last = candidates[-1]
    if last is chosen or last.claim.aside or _is_named(candidates):
        return chosen
    if _comes_to(last, candidates[:-1]):
        return last
    said = last.rank >= 0 and (_CONCLUDES.search(last.claim.before) or _uses(last, candidates[:-1]))
    return last if said else chosen


def is_worked_out_from(chosen: Candidate, candidates: Sequence[Candidate]) -> bool:
    """Whether a number stands behind all others, and concludes from them."""
    if chosen.claim != candidates[-1].claim or _is_named(candidates):
        return False
    if _comes_to(chosen, candidates[:-1]):
        return True
    return _CONCLUDES.search(chosen.claim.before) is not None or _uses(chosen, candidates[:-1])


def _comes_to(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether words end in the sum or product of two numbers in them: "1800, one bias for each of 20 = 1820"."""
    expr, total = candidate.claim.expr, candidate.value.value
    if not isinstance(expr, Relation) or expr.ops != ("=",) or not _is_word(expr.operands[0]):
        return False
    whole = [other.value.value for other in others[-_MOST_ADDENDS:] if isinstance(other.value.value, int)]
    return any(total in (one + other, one * other) and min(one, other) > 1 for one, other in combinations(whole, 2))


_MOST_ADDENDS = 6


def _is_word(left: Expr | None) -> bool:
    return left is None or (isinstance(left, Name) and len(left.name) >= _WORD)


_WORD = 3  # letters: "filters = 1820", not "c = 1820"


def _is_named(candidates: Sequence[Candidate]) -> bool:
    """Whether a number before the last is called the result: "the answer is 5", "7 is the result"."""
    before = any(_RESULT.search(candidate.claim.before) for candidate in candidates[:-1])
    return before or any(_IS_RESULT.match(candidate.claim.before) for candidate in candidates[1:])


def called_result(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Numbers of which the words behind say that they are the result: "7 is the result; 2 * 3 = 6"."""
    return [one for one, following in pairwise(candidates) if _IS_RESULT.match(following.claim.before)]


def _uses(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether a chain begins with a calculation in which the value of another candidate stands."""
    expr = candidate.claim.expr
    first = expr.operands[0] if isinstance(expr, Relation) and len(expr.operands) > 1 else None
    if first is None or isinstance(first, Num):
        return False
    used = {node.value for node in walk(first) if isinstance(node, Num)}
    return any(other.value.value in used for other in others if not isinstance(other.value.value, complex))
