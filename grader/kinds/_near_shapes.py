"""What a shape must be, and what one that is nearly so is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence as Sequence_
from fractions import Fraction
from typing import Any

from grader.kinds.kind import View, mistake, remark
from grader.model.expressions import Expr, Num
from grader.model.records import NamedTuple
from grader.notation.reading import Claim

Signature = tuple[Any, ...]  # a length at every sample of the sizes

_ONE_OF_MANY, _ONE_OF_TWO = Fraction(2, 5), Fraction(1, 3)
_ALIKE, _ALIKE_OF_TWO, _MISSING, _SURPLUS = Fraction(2, 5), Fraction(1, 5), Fraction(2, 5), Fraction(2, 5)


class Expected(NamedTuple):
    """Lengths with a name each ("" without), `samples` to evaluate a student's letters in."""

    lengths: tuple[Signature, ...]
    texts: tuple[str, ...]
    axes: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    any_order: bool
    samples: Sequence_[Any]

    @property
    def is_symbolic(self) -> bool:
        """Whether the lengths depend on letters."""
        return any(len(set(length)) > 1 for length in self.lengths)


def near_miss(expected: Expected, found: tuple[Signature, ...]) -> tuple[Fraction, Any]:
    """Credit and reason for a shape that is not the reference."""
    wanted = expected.lengths
    missing, surplus = Counter(wanted) - Counter(found), Counter(found) - Counter(wanted)
    if len(found) == len(wanted) == 1:
        return Fraction(0), remark("shape-differs", found=1)
    if len(found) == len(wanted):
        wrong_places = [k for k, (a, b) in enumerate(zip(found, wanted, strict=True)) if a != b]
        if (expected.any_order and missing.total() == 1) or len(wrong_places) == 1:
            k = wanted.index(next(iter(missing))) if expected.any_order else wrong_places[0]
            axis = expected.axes[k] or f"number {k + 1}"
            given = next(iter(surplus))[0] if expected.any_order else found[k][0]
            credit = _ONE_OF_MANY if len(wanted) > 2 else _ONE_OF_TWO if len(wanted) == 2 else Fraction(0)
            given = given if not expected.is_symbolic else "your letters"
            return credit, mistake("one-length-wrong", axis=axis, found=given)
        pairs = {(a, b) for a, b in zip(found, wanted, strict=True) if a != b}
        if len(wrong_places) == 2 and len(pairs) == 1:  # 256 x 256 for 512 x 512
            return _ALIKE if len(wanted) > 2 else _ALIKE_OF_TWO, mistake("lengths-alike")
        steps = {a[0] - b[0] for a, b in zip(found, wanted, strict=True) if a != b} if _numeric(found) else set()
        if not expected.is_symbolic and len(wrong_places) == 2 and len(steps) == 1 and abs(next(iter(steps))) <= 4:
            return _ALIKE if len(wanted) > 2 else _ALIKE_OF_TWO, mistake("lengths-off-alike", by=next(iter(steps)))
    elif len(found) == len(wanted) - 1 and not surplus:
        k = wanted.index(next(iter(missing)))
        return _MISSING, mistake("axis-missing", axis=expected.axes[k] or "one axis")
    elif len(found) == len(wanted) + 1 and not missing:
        return _SURPLUS, mistake("axis-too-many", found=next(iter(surplus))[0])
    return Fraction(0), remark("shape-differs", found=len(found))


def _numeric(found: tuple[Signature, ...]) -> bool:
    return all(isinstance(length, int) for signature in found for length in signature)


def is_example(claim: Claim, found: Sequence_[Expr], wanted: Sequence_[object], view: View) -> bool:
    """Whether a program printed numbers, `(4, 4, 3)`, where lengths with letters are asked for."""
    lettered = any(isinstance(length, tuple) and len(set(length)) > 1 for length in wanted)
    if not lettered or not all(isinstance(length, Num) for length in found):
        return False
    printed = (block.span for block in view.answer.blocks if block.info.startswith("output"))
    return any(span.start <= claim.place[0] < span.stop for span in printed)
