"""The texts of a pair told in another way, which only the two of them together suggest."""

from __future__ import annotations

from grader.equality.clocks import without_clocks
from grader.equality.heads import without_heads
from grader.equality.phrasings import told_as_formula, told_as_values
from grader.equality.properties import compare_properties, placed_alike
from grader.equality.verdicts import Found
from grader.model.records import NamedTuple

_LONGEST = 400  # characters


class Retold(NamedTuple):
    """Both texts of a pair in another telling, and why they may differ even where these are equal."""

    gold: str
    answer: str
    doubt: str = ""
    found: Found | None = None  # a verdict that the texts alone give


def retold_pair(gold: str, answer: str) -> Retold | None:
    """The pair in another telling that says the same; None where nothing suggests one."""
    if max(len(gold), len(answer)) > _LONGEST:
        return None
    told = Retold(gold, answer)
    if any(map(str.isalpha, gold)) and any(map(str.isalpha, answer)):
        told = _of_words(told)
    if told.found is not None:
        return told
    if (derived := without_clocks(told.gold, told.answer)) is not None:
        told = Retold(*derived)
    if (named := without_heads(told.gold, told.answer)) is not None:
        told = Retold(*named)
    return None if told[:2] == (gold, answer) else told


def _of_words(pair: Retold) -> Retold:
    """A pair of which a side is said in words, told in formulas, or decided where both are words."""
    gold, answer, *_ = pair
    if (said := compare_properties(gold, answer)) is not None:
        return Retold(gold, answer, "", said)
    if (placed := placed_alike(gold, answer)) is not None:
        found, *places = placed
        return Retold(places[0] or gold, places[1] or answer, "", found)
    for one, other, turned in ((answer, gold, False), (gold, answer, True)):
        values = told_as_values(one, other)
        formula = told_as_formula(one, other)
        told = values or ((formula, other) if formula else None)
        if told is not None:
            one, other = told
            return Retold(one, other) if turned else _of_words_of(other, one)
    return pair


def _of_words_of(gold: str, answer: str) -> Retold:
    """A pair whose answer is told in formulas; what the gold side says in words is told beside it."""
    formula = told_as_formula(gold, answer)
    return Retold(formula or gold, answer)
