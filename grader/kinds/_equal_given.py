"""Formulas with the numbers that a rubric gives put in: `12 - 4.905 t^2` for `h0 - g t^2/2`, where g is 9.81."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from fractions import Fraction
from typing import Any

import numpy as np

from grader.equality.answers import compare
from grader.equality.placed import put
from grader.equality.rounding import agree_when_rounded
from grader.equality.verdicts import EQUAL, Comparison
from grader.kinds._equal_doubts import letters_of
from grader.kinds._formula_units import without_units
from grader.kinds._typed_line import Typed, typed
from grader.kinds.kind import View, remark, review, right
from grader.model.errors import Undecided
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.model.results import Finding, Status
from grader.notation.reading import Claim

_LETTER = later(r"[A-Za-z](?=_|\d|\Z)")
_SCALED = "units with prefixes stand inside the formula"
_LONGEST = 1_000  # characters of an answer


class Given(NamedTuple):
    """What an answer says once the given numbers are put in."""

    answer: Typed
    found: Comparison
    claim: Claim
    finding: Finding


def given_numbers(text: str, world: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The names in a reference that a rubric gives a number, each with that number as it is typed."""
    words = set(re.findall(r"[^\W\d_]+(?:_\{?\w+\}?|\d+)?", text)) | letters_of(text)
    words |= set(_RUN.sub(_multiplied(frozenset(world)), text).replace("*", " ").split())
    numbers = []
    for name in sorted(words):
        plain = re.sub(r"[{}]", "", name)
        key = next((one for one in (name, plain, plain.replace("_", "")) if one in world), None)
        value = None if key is None else _value(world, key)
        value = value.item() if isinstance(value, np.generic | np.ndarray) and np.ndim(value) == 0 else value
        if isinstance(value, int | float | Fraction) and not isinstance(value, bool):
            numbers.append(
                (plain.replace("_", ""), f"({int(value)})" if float(value).is_integer() else f"({float(value)!r})")
            )
    return tuple(dict.fromkeys(numbers))


def _value(world: Mapping[str, Any], name: str) -> Any:
    """What a name stands for; None for what has indices that nothing limits, which is told where it is used."""
    try:
        return world[name]
    except (Undecided, ArithmeticError):
        return None


def with_given(expected: Any, view: View, finding: Finding) -> Given | None:
    """How an answer that was not right compares where the given numbers stand for their names; None for no better."""
    answer = typed(view.answer.blocks, view.places)
    undecided = finding.status is Status.REVIEW and finding.reasons[0].id == "not-decided"
    length = len(answer.text.rstrip())
    if not 0 < length <= _LONGEST or not (finding.status is Status.WRONG or undecided):
        return None
    bare, scaled = without_units(answer.text, letters_of(expected.text))
    if not expected.given and bare == answer.text:
        return None
    gold, told = _put(expected.text, expected.given), _put(bare, expected.given)
    found = compare(gold, told, assume=expected.assume)._replace(place=(0, length))
    value = gold.rpartition("=")[2]
    claim = Claim(None, answer.place(0, length))
    if found.verdict != EQUAL:
        rounded = agree_when_rounded(value, found.answer_as.rpartition(" = ")[2])
        reason = remark("rounding-unclear" if rounded else "not-decided", **({} if rounded else {"message": _SCALED}))
        return Given(answer, found, claim, review((claim,), found.answer_as, reason)) if rounded or scaled else None
    if bare != answer.text:
        reason = remark("not-decided", message="equal but for the units beside its numbers")
        return Given(answer, found, claim, review((claim,), found.answer_as, reason))
    if not letters_of(value):  # what was asked for may well be the formula
        reason = remark("not-decided", message="equal to the number that the given values make of it")
        return Given(answer, found, claim, review((claim,), found.answer_as, reason))
    letters = ", ".join(name for name, _ in expected.given)
    return Given(answer, found, claim, right((claim,), found.answer_as, remark("given-put-in", letters=letters)))


def _put(text: str, given: tuple[tuple[str, str], ...]) -> str:
    """A text with numbers for names, `h0` and `h_{0}` alike; words and commands keep their letters."""
    text = _RUN.sub(_multiplied({name for name, _ in given}), text) if given else text
    for name, value in given:
        head, tail = (name[:1], name[1:]) if _LETTER.match(name) else (name, "")
        head = rf"(?:\\{head}(?![A-Za-z])|{head})"
        spelled = head + (rf"_?\{{?{re.escape(tail)}\}}?(?!\w)" if tail else rf"(?![_\d])|(?<=frac ){head}")
        text = put(rf"(?<!_)(?<!_\{{)(?:{spelled})", value, text)
    return _APART.sub("*", text) if given else text


def _multiplied(names: Set[str]) -> Callable[[re.Match[str]], str]:
    """`mgx` with stars, where two of its letters have a number; words and functions as they are."""
    return lambda run: "*".join(run[0]) if len(names & {*run[0]}) > 1 and run[0] not in _FUNCTIONS else run[0]


_RUN = re.compile(r"(?<![A-Za-z\\])[A-Za-z]{3,5}(?![A-Za-z])")
_FUNCTIONS = frozenset("sin cos tan cot sec csc exp log sqrt sinh cosh tanh max min mod det arg abs sign".split())
_APART = re.compile(r"(?<=[\d)])\s+(?=\(-?[\d.]+(?:e[-+]?\d+)?\))")  # `2 k x`, as `2 (3) x` no product
