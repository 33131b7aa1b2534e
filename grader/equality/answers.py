"""Compares two written answers: as they are typed, and where the pair suggests it, told in another way."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from grader.equality.asymptotics import compare_asymptotics
from grader.equality.compare import compare_as_typed
from grader.equality.convolutions import compare_convolutions, shifted
from grader.equality.glued_logarithms import are_letters, as_typed, respelled
from grader.equality.hypotheses import hypotheses_of
from grader.equality.libraries import unknown_call, without_calls
from grader.equality.provisos import without_provisos
from grader.equality.retellings import retold_pair
from grader.equality.rewritten import rewritten
from grader.equality.spaces import compare_spaces
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, UNREADABLE, Comparison
from grader.equality.wordings import formula_on_disc
from grader.model.errors import Undecided

_WHERE_BOTH = "they agree where both have a value"
_SERIES = ("\\sum", "Σ", "∑", "sum", "...", "…", "dots")


def compare(
    gold: str, answer: str, python: bool = False, assume: str | Sequence[str] = "", typeset: bool = False
) -> Comparison:
    """Whether an answer says the same as the gold formula.

    `python`: the gold formula is written as for sympy, where E and I are constants. `assume`: what its letters stand
    for, `A, B: symmetric matrix; n: whole number`, or a list of such; what nobody declares stays generic. `typeset`:
    shows the two readings as LaTeX.

    Raises ValueError for an `assume` that says nothing known, TypeError where it is no text. Never raises for what was
    typed: what cannot be read is `unreadable`, what cannot be decided `undecided`.
    """
    assume = _declared(assume)
    try:
        return _compare(gold, answer, python, assume, typeset)
    except Undecided as error:
        return Comparison(UNDECIDED, error.message, "", "")


def _compare(gold: str, answer: str, python: bool, assume: str, typeset: bool) -> Comparison:
    gold, answer = rewritten(gold, answer), rewritten(answer, gold)
    gold, answer = shifted(gold), shifted(answer)
    if "ln" in gold or "ln" in answer:
        (asked, _), (told, added) = respelled(gold), respelled(answer)
        if (asked, told) != (gold, answer):
            return _with_logarithms((gold, answer), (asked, told), added, python, assume, typeset)
    return _compared(gold, answer, python, assume, typeset)


def _declared(assume: str | Sequence[str]) -> str:
    """What is declared, as one text."""
    if isinstance(assume, str):
        return assume
    if isinstance(assume, list | tuple) and all(isinstance(one, str) for one in assume):
        return "; ".join(assume)
    raise TypeError("assume is a text such as 'A: symmetric matrix; n: whole number', or a list of such texts")


def _with_logarithms(
    typed: tuple[str, str], told: tuple[str, str], added: tuple[int, ...], python: bool, assume: str, typeset: bool
) -> Comparison:
    """The verdict on a pair with `lnx` in it: told as the logarithm, but for a person where l and n are letters."""
    found = _compared(*told, python, assume, typeset)
    place = (as_typed(found.place[0], added), as_typed(found.place[1], added))
    found = found._replace(place=place)
    if not are_letters(*typed):
        return found
    product = _compared(*typed, python, assume, typeset)
    if product.verdict == EQUAL or found.verdict != EQUAL:
        return product
    return found._replace(verdict=UNDECIDED, reason="they are equal if ln is the logarithm")


def _compared(gold: str, answer: str, python: bool, assume: str, typeset: bool) -> Comparison:
    found = compare_as_typed(gold, answer, python, assume, typeset)
    spaces = compare_spaces(gold, answer, partial(compare, python=python, assume=assume)) if "^" in gold else None
    if spaces is not None and found.verdict != UNREADABLE:
        return found._replace(verdict=spaces[0], reason=spaces[1])
    if found.verdict != EQUAL and (told := without_calls(gold, answer)) is not None:
        return compare(*told, python, assume, typeset)._replace(place=(0, len(answer.rstrip())))
    if found.verdict == DIFFERENT and (name := unknown_call(gold) or unknown_call(answer)):
        return found._replace(verdict=UNDECIDED, reason=f"what {name} gives is not known")
    if found.verdict != EQUAL and (verdict := compare_convolutions(gold, answer)):
        reason = "a convolution, as which a star between two signals may be read"
        return found._replace(verdict=verdict, reason=reason)
    similar = partial(compare, python=python, assume=assume)
    if found.verdict != EQUAL and (verdict := compare_asymptotics(gold, answer, similar)):
        return found._replace(verdict=verdict, reason="by where the quotient of both tends to")
    if found.verdict != EQUAL and (stated := hypotheses_of(gold, answer)) is not None:
        return _all_alike(found, [compare(*pair, python, assume) for pair in stated], answer)
    if found.verdict != EQUAL and (alone := without_provisos(gold, answer)) is not None:
        declared = "; ".join(words for words in (assume, alone.assume) if words)
        again = compare(alone.gold, alone.answer, python, declared, typeset)
        if again.verdict == EQUAL:
            return again
    if found.verdict != EQUAL and _agrees_on_disc(gold, answer, assume):
        return found._replace(verdict=EQUAL, reason="they agree where the series has a value")
    return found if found.verdict == EQUAL else _told_otherwise(found, gold, answer, python, assume, typeset)


def _told_otherwise(found: Comparison, gold: str, answer: str, python: bool, assume: str, typeset: bool) -> Comparison:
    """The verdict on the pair in another telling, where there is one that can be read."""
    if (told := retold_pair(gold, answer)) is None:
        return found
    if told.found is not None:
        return found._replace(verdict=told.found.verdict, reason=told.found.reason, place=(0, len(answer.rstrip())))
    again = compare_as_typed(told.gold, told.answer, python, assume, typeset)
    if again.verdict == UNREADABLE:
        return found
    if again.verdict == EQUAL and told.doubt:
        again = again._replace(verdict=UNDECIDED, reason=told.doubt)
    return again._replace(place=(0, len(answer.rstrip()))) if len(told.answer) != len(answer) else again


def _agrees_on_disc(gold: str, answer: str, assume: str) -> bool:
    """Whether a series and a function agree, of which the gold side says where: `\\frac1{1-x}, |x| < 1`."""
    formula = formula_on_disc(gold, answer)
    if formula == gold or not any(sign in text for text in (formula, answer) for sign in _SERIES):
        return False
    found = compare_as_typed(formula, answer, False, assume)
    return found.verdict == EQUAL or (found.verdict == UNDECIDED and found.reason.startswith(_WHERE_BOTH))


def _all_alike(found: Comparison, parts: list[Comparison], answer: str) -> Comparison:
    """The verdict on several statements: that of the first that differs, or is not certain to be the same."""
    for verdict in (DIFFERENT, UNREADABLE, UNDECIDED, EQUAL):
        for part in parts:
            if part.verdict == verdict:
                verdict = UNDECIDED if verdict == UNREADABLE else verdict
                return found._replace(verdict=verdict, reason=part.reason, place=(0, len(answer.rstrip())))
    return found
