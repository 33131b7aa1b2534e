"""The number that an answer comes to, behind those that it is worked out from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import prod
from typing import Any

from grader.kinds._carried_slips import carries_slip
from grader.kinds._choosing import Candidate, hesitates
from grader.model.expressions import Expr, Name, Num, Op, Relation, walk
from grader.model.patterns import later
from grader.notation.reading import Reading

_CONCLUDES = later(
    r"\b(sum|total|product|altogether|in all|together|overall|result|final(ly)?|therefore|thus|hence|so|makes?|forgot"
    r"|insgesamt|summe|produkt|zusammen)\b[^.;]{0,30}\Z",
    holds="sum total produ all together result final therefore thus hence so make forgot insgesamt zusammen".split(),
)


# Said of the number itself, whatever else the sentence counts: "The product is 5133600", "Forgot the bias: 1820".
_CALLED = later(
    r"(?:\A|[.;]\s*)(?:the\s+)?(?:product|total|sum|result|answer)\s+is\s*\Z|(?:\A|[.;]\s*)(?:i\s+)?forgot\b[^.;:]{0,30}:\s*\Z",
    holds=("product", "total", "sum", "result", "answer", "forgot"),
)
_RESULT = later(
    r"\b(?<!\ba )(?<!\beach )(?<!\bone )(answer|ans|result|total|sum|altogether|in all|final(ly)?|summe|insgesamt)\b"
    r"(?! of\s*\Z)[^.;]{0,20}\Z",  # not "each the result of 3*3*10 multiplications"
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
    if _comes_to(last, candidates[:-1]) or _CALLED.search(last.claim.before) or _is_product(candidates):
        return last
    if _is_product_of_run(last, candidates[:-1]):
        return last
    said = last.rank >= 0 and (_CONCLUDES.search(last.claim.before) or _uses(last, candidates[:-1]))
    return last if said else chosen


def is_worked_out_from(chosen: Candidate, candidates: Sequence[Candidate]) -> bool:
    """Whether a number stands behind all others, and concludes from them."""
    if chosen.claim != candidates[-1].claim or _is_named(candidates):
        return False
    if (
        _is_of_all(chosen, candidates[:-1])
        or _comes_to(chosen, candidates[:-1])
        or _CALLED.search(chosen.claim.before)
        or _is_product(candidates)
    ):
        return True
    return _CONCLUDES.search(chosen.claim.before) is not None or _uses(chosen, candidates[:-1])


def sums_up(chosen: Candidate, candidates: Sequence[Candidate]) -> bool:
    """Whether the last number is the sum or the product of all before it, which so are its working."""
    others = candidates[:-1]
    if any(leads_to(other, chosen) for other in others):
        return True
    return chosen.claim == candidates[-1].claim and (_is_of_all(chosen, others) or _comes_to(chosen, others))


def _is_of_all(last: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether a number is the product or the sum of all before it: "57040 values, 90 products, which gives 5133600"."""
    whole = [one.value.value for one in others if isinstance(one.value.value, int) and one.value.measure is None]
    if not 1 < len(whole) == len(others) or min(whole) < 2:
        return False
    return last.value.value in (prod(whole), sum(whole))


def _is_product_of_run(last: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether a large number is the product of those right before it: "90 for each of 46x62 places and 20 outputs"."""
    total, product = last.value.value, 1
    if not isinstance(total, int) or total < _LARGE:
        return False
    for count, one in enumerate(reversed(others), 1):
        value = one.value.value
        if not isinstance(value, int) or value < 2 or one.value.measure is not None:
            return False
        product *= value
        if product >= total:
            return product == total and count > 1
    return False


_LARGE = 1000


def _comes_to(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether words end in the sum or product of two numbers in them: "1800, one bias for each of 20 = 1820"."""
    expr, total = candidate.claim.expr, candidate.value.value
    if not isinstance(expr, Relation) or expr.ops != ("=",) or not _is_word(expr.operands[0]):
        return False
    whole = [other.value.value for other in others[-_MOST_ADDENDS:] if isinstance(other.value.value, int)]
    if total == prod(whole) and len(whole) > 1 and min(whole) > 1:  # "46x62 = 2852, times 20, times 90, equals 5133600"
        return True
    return any(total in (one + other, one * other) and min(one, other) > 1 for one, other in combinations(whole, 2))


def is_product_of_rest(candidates: Sequence[Candidate], reading: Reading) -> bool:
    """Whether the first number is the product of all that stand behind it: "5133600: 57040 outputs, 90 products"."""
    first, *rest = candidates
    whole = [one.value.value for one in rest if isinstance(one.value.value, int) and one.value.measure is None]
    if not 1 < len(whole) == len(rest) or min(whole) < 2 or prod(whole) != first.value.value:
        return False
    hesitant = any(hesitates((first.claim, one.claim), reading) for one in rest)
    return not hesitant and not any(_BUT.search(one.claim.before) for one in rest)


_BUT = later(
    r"\b(?:not|no|but|or|instead|wrong|actually|rather|correct\w*|should|sorry|oops)\b|n['’]t\b", re.IGNORECASE
)


def _is_product(candidates: Sequence[Candidate]) -> bool:
    """Whether the last number is what the one before it is multiplied to: "57040, times 3*3*10 = 90 is 5133600"."""
    said = [candidate.claim.before.strip(" ,;") for candidate in candidates[-2:]]
    return len(said) > 1 and _MULTIPLIES.search(said[0]) is not None and _YIELDS.fullmatch(said[1]) is not None


_MULTIPLIES = later(r"\b(times|mal|multiplied by|multiplied with)\Z", holds=("times", "mal", "multiplied"))
_YIELDS = later(r"(?:(?:and )?(?:that|which|this) )?(?:is|are|gives|makes|equals|yields|ergibt|ist|sind|macht)")
_MOST_ADDENDS = 6


def _is_word(left: Expr | None) -> bool:
    return left is None or (isinstance(left, Name) and len(left.name) >= _WORD)


_WORD = 3  # letters: "filters = 1820", not "c = 1820"


def _is_named(candidates: Sequence[Candidate]) -> bool:
    """Whether a number before the last is called the result: "the answer is 5", "7 is the result"."""
    before = any(_RESULT.search(candidate.claim.before) for candidate in candidates[:-1])
    return before or any(_IS_RESULT.match(candidate.claim.before) for candidate in candidates[1:])


def called_result(candidates: Sequence[Candidate], after: str = "") -> list[Candidate]:
    """Numbers of which the words behind say that they are the result: "7 is the result; 2 * 3 = 6".

    `after` are the words behind the last one.
    """
    behind = [*(one.claim.before for one in candidates[1:]), after]
    return [one for one, words in zip(candidates, behind, strict=True) if _IS_RESULT.match(words)]


def _uses(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether a chain begins with a calculation in which the value of another candidate stands."""
    expr = candidate.claim.expr
    first = expr.operands[0] if isinstance(expr, Relation) and len(expr.operands) > 1 else None
    if first is None or isinstance(first, Num):
        return False
    used = {node.value for node in walk(first) if isinstance(node, Num)}
    return any(other.value.value in used for other in others if not isinstance(other.value.value, complex))


def adds_up_otherwise(chosen: Candidate, candidates: Sequence[Candidate], addends: Sequence[Any]) -> bool:
    """Whether two numbers before a total do not come to it, but nearly, or are not the ones that make it up.

    "W: 1800, b: 10 -> 1820", "W has 1810 and b has 10, together 1820"; "1820, that is 1810 for W and 10 for b".
    """
    behind = [c.value.value for c in candidates if c.claim.place > chosen.claim.place]
    if addends and len(candidates) == _TWO_AND_TOTAL and len(behind) == _TWO_AND_TOTAL - 1:
        whole = all(isinstance(value, int) and value > 0 for value in behind)
        return whole and sum(behind) == chosen.value.value and sorted(behind) != sorted(addends)
    before = [c.value.value for c in candidates if c.claim.place < chosen.claim.place and not c.claim.aside]
    if len(candidates) != _TWO_AND_TOTAL or len(before) != _TWO_AND_TOTAL - 1 or chosen.value.earlier:
        return False
    total, both = chosen.value.value, sum(before)
    if not all(isinstance(value, int) and value > 0 for value in (*before, total)) or total <= max(before):
        return False
    if both == total:
        return bool(addends) and sorted(before) != sorted(addends)
    return bool(abs(both - total) <= _NEARLY * total)


_TWO_AND_TOTAL, _NEARLY = 3, Fraction(1, 20)


def leads_to(working: Candidate, chosen: Candidate) -> bool:
    """Whether a number is what an arrow makes of a calculation: "46*62*20 * 90 => 5136600"."""
    behind = working.claim.place < chosen.claim.place and isinstance(working.claim.expr, Op)
    return behind and chosen.claim.before.strip() in _ARROWS


def stands_beside(other: Candidate, chosen: Candidate) -> bool:
    """Whether another number may be meant as well: none in brackets, "(1810 without)", but one offered, "(or 1820)"."""
    offered = _OFFERED.search(other.claim.before) is not None
    return (not other.claim.aside or offered) and not leads_to(other, chosen)


_OFFERED = later(r"\bor(?: (?:maybe|perhaps|possibly|is it|rather|even))?\s*\Z", holds=("or",))
_ARROWS = ("=>", "->", "→", "⇒")


def set_up_before(chosen: Candidate, candidates: Sequence[Candidate], truth: Any) -> bool:
    """Whether two calculations before a wrong total, or behind one that comes first, make up the right one.

    "46·62·20 outputs, each with 3·3·10 multiplications, altogether 5123600": nobody else comes to these numbers.
    """
    if chosen.claim.place == min(c.claim.place for c in candidates) and not chosen.claim.before.strip():
        working = [c.value.value for c in candidates if c is not chosen and isinstance(c.claim.expr, Op)]
        return len(working) == 2 and truth in (working[0] * working[1], sum(working))
    if any(c.value.value == truth and leads_to(c, chosen) for c in candidates) or carries_slip(
        chosen, candidates, truth
    ):
        return True
    product = chosen is candidates[-1] and _is_product(candidates)
    before = [c for c in candidates if c.claim.place < chosen.claim.place]
    before = [c for c in before if product or isinstance(c.claim.expr, Op | Relation)]
    whole = [c.value.value for c in before if isinstance(c.value.value, int) and c.value.value > 1]
    said = product or _CONCLUDES.search(chosen.claim.before) is not None
    return said and any(truth in (one * other, one + other) for one, other in combinations(whole[-_MOST_ADDENDS:], 2))
