"""Numbers that are the total of others beside them: "1800 weights + 20 biases = 1820"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from grader.kinds._choosing import TOTAL
from grader.model.expressions import Expr, Num, Op, Relation, base_name
from grader.notation.reading import Claim


class _Valued(Protocol):
    @property
    def value(self) -> Any: ...


_MOST_PARTS, _PARTS_FOLLOW = 4, 30
_INDICES = frozenset("ijklmn")  # "-6 at i = 1, 2, 3 and j = 0" adds up to 0 by chance


def totals_of(found: Sequence[tuple[Claim, _Valued | None]]) -> dict[tuple[int, int], int]:
    """ "1800 weights + 20 biases = 1820": what equals the sum of the numbers before it in its sentence is the total."""
    totals: dict[tuple[int, int], int] = {}
    addends: list[Any] = []
    sentence = -1
    for claim, value in found:
        addends = addends if claim.sentence == sentence else []
        sentence = claim.sentence
        if value is None:
            addends += [node.value for node in _added(claim.expr)]
            continue
        is_sum = isinstance(claim.expr, Relation) and base_name(claim.expr.operands[0]) not in _INDICES
        if is_sum and len(addends) > 1 and value.value == sum(addends):
            totals[claim.place] = TOTAL
        addends.append(value.value)
    return totals | _totals_before(found)


def _totals_before(found: Sequence[tuple[Claim, _Valued | None]]) -> dict[tuple[int, int], int]:
    """ "1820. W has 1800 and b has 20": what the numbers behind it add up to is the total, and they are its parts."""
    numbers = [(claim, value.value) for claim, value in found if value is not None]
    if not 2 < len(numbers) <= _MOST_PARTS:
        return {}
    (first, total), rest = numbers[0], numbers[1:]
    if _add_up(rest, total):
        return {first.place: _PARTS_FOLLOW}
    for count in range(2, len(numbers)):  # "1800 weights, plus 20 bias, is 1820", "Sum = 1820", and what stands below
        (last, total), rest = numbers[count], numbers[:count]
        if _add_up(rest, total):
            return {last.place: TOTAL}
    return {}


def _add_up(numbers: Sequence[tuple[Claim, Any]], total: Any) -> bool:
    whole = all(isinstance(value, int) and value > 0 for _, value in numbers)
    return whole and sum(value for _, value in numbers) == total


def _added(expr: Expr | None) -> list[Num]:
    """The numbers of "W + 20", where W is the word before the plus."""
    terms = expr.args if isinstance(expr, Op) and expr.op == "add" else ()
    return [term for term in terms if isinstance(term, Num)]
