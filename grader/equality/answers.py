"""Compares two written answers: as they are typed, and where the pair suggests it, told in another way."""

from __future__ import annotations

from grader.equality.compare import compare_as_typed
from grader.equality.convolutions import convolves_alone, shifted
from grader.equality.hypotheses import hypotheses_of
from grader.equality.provisos import without_provisos
from grader.equality.retellings import retold_pair
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, UNREADABLE, Comparison


def compare(gold: str, answer: str, python: bool = False, assume: str = "", typeset: bool = False) -> Comparison:
    """Whether an answer says the same as the gold formula.

    `python`: the gold formula is written as for sympy, where E and I are constants. `assume`: what its letters stand
    for, `A, B: symmetric matrix; n: whole number`; what nobody declares stays generic. `typeset`: shows the two
    readings as LaTeX.

    Raises ValueError for an `assume` that says nothing known. Never raises for what was typed: what cannot be read is
    `unreadable`, what cannot be decided `undecided`.
    """
    gold, answer = shifted(gold), shifted(answer)
    found = compare_as_typed(gold, answer, python, assume, typeset)
    if found.verdict == DIFFERENT and convolves_alone(gold, answer):
        return found._replace(verdict=UNDECIDED, reason="a star between two signals may be their convolution")
    if found.verdict != EQUAL and (stated := hypotheses_of(gold, answer)) is not None:
        return _all_alike(found, [compare(*pair, python, assume) for pair in stated], answer)
    if found.verdict != EQUAL and (alone := without_provisos(gold, answer)) is not None:
        declared = "; ".join(words for words in (assume, alone.assume) if words)
        again = compare(alone.gold, alone.answer, python, declared, typeset)
        if again.verdict == EQUAL:
            return again
    if found.verdict == EQUAL or (told := retold_pair(gold, answer)) is None:
        return found
    if told.found is not None:
        return found._replace(verdict=told.found.verdict, reason=told.found.reason, place=(0, len(answer.rstrip())))
    again = compare_as_typed(told.gold, told.answer, python, assume, typeset)
    if again.verdict == UNREADABLE:
        return found
    if again.verdict == EQUAL and told.doubt:
        again = again._replace(verdict=UNDECIDED, reason=told.doubt)
    return again._replace(place=(0, len(answer.rstrip()))) if len(told.answer) != len(answer) else again


def _all_alike(found: Comparison, parts: list[Comparison], answer: str) -> Comparison:
    """The verdict on several statements: that of the first that differs, or is not certain to be the same."""
    for verdict in (DIFFERENT, UNREADABLE, UNDECIDED, EQUAL):
        for part in parts:
            if part.verdict == verdict:
                verdict = UNDECIDED if verdict == UNREADABLE else verdict
                return found._replace(verdict=verdict, reason=part.reason, place=(0, len(answer.rstrip())))
    return found
