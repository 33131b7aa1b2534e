"""Answers that are words, beside other words, a number or a set."""

from __future__ import annotations

from grader.equality.growth import lacks_limit
from grader.equality.scalars import Habits
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found
from grader.model.expressions import Expr, Name, Num, Text, names_in
from grader.notation.spoken import PHRASES


def compare_texts(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """Two answers in words: the same words are equal, yes is not no, anything else is for a person."""
    assert isinstance(gold, Text) and isinstance(answer, Text)
    one, other = (" ".join(text.words.lower().split()) for text in (gold, answer))
    if one != other and any({one, other} <= opposed for opposed in _OPPOSED):
        return Found(DIFFERENT, "these are different answers")
    return Found(EQUAL, "both are the same words") if one == other else Found(UNDECIDED, "these are different words")


_OPPOSED = tuple(
    frozenset(words.split("|"))
    for words in (
        "yes|no",
        "converges|diverges",
        "even|odd|neither",
        "increasing|decreasing",
        "no solution|infinitely many",
        "dependent|independent",
        "stable|unstable",
        "finite|infinite",
        "maximum|minimum|saddle point",
        "singular|regular",
        "linear|nonlinear",
    )
)
_NOTHING = frozenset(["no solution", "none", "undefined", "does not exist"])


def _words_of(gold: Expr, answer: Expr) -> str:
    return next(expr.words.lower() for expr in (gold, answer) if isinstance(expr, Text))


def words_or_value(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """A number is no yes and no "does not exist"; whether it is what other words say is for a person."""
    if _words_of(gold, answer) == "does not exist" and (lacks_limit(gold) or lacks_limit(answer)):
        return Found(EQUAL, "a limit that is another one from each side does not exist")
    known = _words_of(gold, answer) in PHRASES.values() and not names_in(gold) | names_in(answer)
    none = _words_of(gold, answer) in ("none", "no solution", "undefined")
    if known and none and any(isinstance(expr, Num) and expr.value == 0 for expr in (gold, answer)):
        return Found(UNDECIDED, "none may be zero")
    return Found(DIFFERENT, "one is words, the other one value") if known else Found(UNDECIDED, "one is words")


def words_or_set(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """That there is no solution is the empty set."""
    words, other = _words_of(gold, answer), answer if isinstance(gold, Text) else gold
    if isinstance(other, Name) and other.name == "emptyset" and words in _NOTHING:
        if words == "no solution":
            return Found(EQUAL, "the empty set has no member, and there is no solution")
        return Found(UNDECIDED, "whether these words mean the empty set is not certain")
    return Found(DIFFERENT, "one is words, the other a set")
