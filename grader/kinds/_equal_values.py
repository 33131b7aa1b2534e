"""Values of one letter that are told one by one where a set is asked for: "for k = 4 and also for k = -4"."""

from __future__ import annotations

import re

from grader.equality.answers import compare
from grader.equality.verdicts import EQUAL
from grader.model.patterns import later
from grader.model.records import NamedTuple

_LETTER = r"(?:\\[a-z]{2,7}|[A-Za-z])(?:_(?:\d|\{\d(?:,\s?\d)*\})|\d)?"
_ROOT = r"\\sqrt\s*(?:\{\s*\d+\s*\}|\d)|√\d+|sqrt\(\d+\)"
_FRACTION = r"\\[dt]?frac\s*(?:\{[^{}]{1,12}\}\s*\{[^{}]{1,12}\}|\d\s*\d)"
_VALUE = rf"(?:\\pm|±|[-+−])?\s*(?:{_FRACTION}|{_ROOT}|\d+(?:\.\d+)?(?:/\d+)?)(?![\w^/(\\*]|\.\d)"
_MORE = rf"(?:[\s$]*(?:,|;|\b(?:and|or|und|oder|as well as)\b)+[\s$]*{_VALUE})*"
_APART = r"(?![\w(]|\s*(?:[=<>^*/+-]|\\(?!lor|vee|text|q?quad|[,;: ])))"
_STATEMENT = later(
    rf"(?<![\w\\^_/*+\-)}}])(?P<letter>{_LETTER})\s*(?:=|\b(?:is|equals)\b)\s*\$?\s*(?P<values>{_VALUE}{_MORE}){_APART}"
    rf"|\b(?:values|solutions|numbers)\b(?: of (?:the )?\$?{_LETTER}\$?)?\s*(?:are|:|=)+[\s$]*(?P<all>{_VALUE}{_MORE})"
)
_ONE = later(_VALUE)
_BETWEEN = later(
    r"[\s$,;.()]*(?:(?:\\(?:lor|vee|text\s*\{\s*(?:and|or)\s*\}|quad|qquad|[,;: ])"
    r"|∨|and|or|und|oder|also|too|as well as|both|either)"
    r"[\s$,;:(]*)*(?:(?:for|if|when|at)\b[\s$]*)?"
)
_BEHIND = later(r"[\s$.,;)]*")
_TURNS = later(
    r"\b(?:not?|never|neither|nor|but|wrong|instead|assum\w*|suppose|except|exclud\w*|unless|only|other|regular"
    r"|invertible|nonsingular|without|all|every|check|either way)\b|n['’]t\b|non-|≠|\\ne|[<>]|\\[lg]e",
    re.IGNORECASE,
)
_SET = re.compile(r"\{[^{}|:a-z]*\}")


class Values(NamedTuple):
    """Where the values stand, and the set that they are."""

    start: int
    stop: int
    told: str


def is_list_of_values(gold: str) -> bool:
    """Whether a reference, as it was read, lists numbers in braces: `{-4, 4}`."""
    return _SET.fullmatch(gold) is not None


def values_told(text: str) -> Values | None:
    """The values of one letter that an answer ends with; None where anything stands between or behind them."""
    found = list(_STATEMENT.finditer(text))
    if not found or _BEHIND.fullmatch(text, found[-1].end()) is None:
        return None
    first = len(found) - 1
    while first and _BETWEEN.fullmatch(text, found[first - 1].end(), found[first].start()):
        first -= 1
    told = found[first:]
    letters = {(one["letter"] or "").rstrip("0123456789_{}, ") for one in told}
    if len(letters) != 1 or first or _TURNS.search(text[: told[0].start()]):
        return None
    values = [value[0].strip() for one in told for value in _ONE.finditer(one["values"] or one["all"])]
    spread = [sign + value.lstrip("±").removeprefix(r"\pm") for value in values for sign in _signs(value)]
    return Values(told[0].start(), told[-1].end(), "{" + ", ".join(spread) + "}") if len(spread) > 1 else None


def _signs(value: str) -> tuple[str, ...]:
    return ("", "-") if value.startswith(("±", r"\pm")) else ("",)


def all_values(gold: str, assume: str, text: str) -> tuple[int, int, str] | None:
    """Where the values stand that are those of a reference, and how they were read."""
    told = values_told(text)
    if told is None:
        return None
    found = compare(gold, told.told, assume=assume)
    return (told.start, told.stop, found.answer_as) if found.verdict == EQUAL else None


def says_all_of(gold: str, text: str) -> bool:
    """Whether all values of a reference stand in an answer with words that take some of them back."""
    said = set(_NUMBERS.findall(text.replace("−", "-").replace("- ", "-")))
    return _BACK.search(text) is not None and set(_NUMBERS.findall(gold)) <= said


_NUMBERS = re.compile(r"(?<![\w.])-?\d+(?:[./]\d+)?(?![\w.]\d)")
_BACK = re.compile(r"\b(?:not?|never|but|only|so|therefore|hence|must)\b|n['’]t\b|\\Rightarrow", re.IGNORECASE)


# -- what is no list of values -------------------------------------------------------------------------------------

_NAMED = re.compile(r"(?<![\w·^])([^\W\d_]+)(?:_?\d+)? = ")


def left_to_do(gold: str, read_as: str) -> str:
    """What an answer that equals a reference leaves to its reader: the key of the remark; '' for nothing.

    `d/dx sin(x^2)` is what the question says, and no answer to it where the reference is worked out. A derivative of
    a name alone, as in a chain rule, and a sum that ends are answers.
    """
    if is_list_of_values(gold) and is_unsolved(read_as):
        return "equation-unsolved"
    if is_list_of_values(gold) and of_several(read_as):
        return "several-answers"
    last = read_as.rpartition(" = ")[2]
    return "not-evaluated" if _TO_DO.search(last) and not _TO_DO.search(gold) else ""


_TO_DO = re.compile(
    r"\bd(?:\^\d)?/(?:d\w+|\([^()]*\)) (?=.*[(^·+/*-])"
    r"|\bintegral (?:of|from)\b|\blimit for\b|\b(?:sum|product) over .*infty"
)


def is_unsolved(read_as: str) -> bool:
    """Whether an answer says an equation for its letter, `k^2 = 16`, and not the values of it."""
    left, sign, _ = read_as.partition(" = ")
    return bool(sign) and any(letter.isalpha() for letter in left) and _NAME.fullmatch(left) is None


_NAME = re.compile(r"[^\W\d_]+(?:_?\w+|\[[\d, ]+\])?|abs\([^\W\d_]\)")  # |k| = 4


def of_several(read_as: str) -> bool:
    """Whether values of several letters are told: `k = 4 and m = -4`."""
    return len(set(_NAMED.findall(read_as))) > 1


def leads_on(equation: str, between: str) -> bool:
    """Whether an equation that is not solved only leads to what comes next: "$k^2 = 16$, so"."""
    left, sign, _ = equation.partition("=")
    solved = _BARE.fullmatch(left.strip()) is not None and left.strip() != r"\det" and equation.count("=") == 1
    return bool(sign) and not solved and _SO.search(between) is not None


_BARE = re.compile(_LETTER)
_SO = re.compile(
    r"\A[\s$.,;]*(?:\b(?:so|hence|thus|therefore|and so|which (?:gives|means|yields)|this (?:gives|means)|gives"
    r"|i\.?e\.?)\b)"
    r"[\s,:]*(?:we (?:get|have)|that)?[\s$]*\Z",
    re.IGNORECASE,
)
