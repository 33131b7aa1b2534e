"""Answers that are words: yes and no, what does not exist, numbers spelled out."""

from __future__ import annotations

import re
from fractions import Fraction

from grader.model.expressions import Expr, Name, Num, Op, Text
from grader.notation.signs import NUMBER_WORDS

# One spelling of each answer that is a phrase; its own spelling first.
_SAME = {
    "yes": "yes",
    "no": "no",
    "true": "true",
    "false": "false",
    "none": "none|none of them|none of these|none of the above",
    "does not exist": "does not exist|dne|doesn't exist|it does not exist|the limit does not exist"
    "|the limit doesn't exist|it doesn't exist|limit does not exist|no limit"
    "|the limit dne|limit dne",
    "undefined": "undefined|not defined",
    "no solution": "no solution|no solutions|no real solution|no real solutions|there is no solution"
    "|there are no solutions",
    "infinitely many": "infinitely many|infinitely many solutions|there are infinitely many solutions",
    "diverges": "diverges|divergent|it diverges|it is divergent|the series diverges|the series is divergent"
    "|the integral diverges|the integral is divergent|the sequence diverges|the sequence is divergent",
    "converges": "converges|convergent|it converges|it is convergent|the series converges|the series is convergent"
    "|the integral converges|the integral is convergent|the sequence converges|the sequence is convergent",
    **{
        word: word
        for word in (
            "even|odd|neither|increasing|decreasing|constant|concave up|concave down|maximum|minimum|saddle point"
            "|stable|unstable|dependent|independent|singular|linear|nonlinear|finite|infinite|convex"
            "|concave|causal|not causal"
        ).split("|")
    },
}
PHRASES = {words: phrase for phrase, same in _SAME.items() for words in same.split("|")}
_NAMES = {
    "infinity": "infty", "positive infinity": "infty", "plus infinity": "infty", "empty set": "emptyset",
    "the empty set": "emptyset", "all real numbers": "ℝ", "all reals": "ℝ", "the real numbers": "ℝ",
}  # fmt: skip
_NEGATED = ("minus infinity", "negative infinity")
_TEXT = re.compile(r"\s*\\(?:text|textrm|textbf|textit|mathrm|mbox|operatorname)\s*\{\s*([^{}\\]*?)\s*\}\s*")
_WORDS = re.compile(r"[A-Za-z][A-Za-z' -]*")
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_ONES = {word: int(digits) for word, digits in NUMBER_WORDS.items()} | {"one": 1}
_PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
          "fifth": 5, "fifths": 5, "tenth": 10, "tenths": 10}  # fmt: skip


def read_phrase(text: str) -> Expr | None:
    """A whole text as a phrase or as a number in words; None if it is neither."""
    if not text.lstrip()[:2].lstrip("\\").isalpha():
        return None
    inner = _TEXT.fullmatch(text)
    words = inner[1] if inner is not None else text
    stripped = words.strip().rstrip(".!")
    if _WORDS.fullmatch(stripped) is None:
        return None
    place = (len(text) - len(text.lstrip()), len(text.rstrip()))
    said = " ".join(stripped.lower().split())
    if said in _NAMES:
        return Name(_NAMES[said], place)
    if said in _NEGATED:
        return Op("neg", (Name("infty", place),), place)
    if said in ("true", "false"):
        return Name(said.capitalize(), place)
    if said in PHRASES:
        return Text(PHRASES[said], place)
    number = _number(said.replace("-", " ").split())
    if number is None:
        return None
    if isinstance(number, int):
        return Num(number, place, str(number))
    parts = tuple(Num(part, place, str(part)) for part in (number.numerator, number.denominator))
    return Op("div", parts, place)


def _number(words: list[str]) -> int | Fraction | None:
    """`twenty one`, `three hundred and five`, `two thirds`, `a half`; None for anything else."""
    if words and words[-1] in _PARTS and len(words) > 1:
        count = 1 if words[:-1] in (["a"], ["one"]) else _whole(words[:-1])
        return None if count is None else Fraction(count, _PARTS[words[-1]])
    return _whole(words)


def _whole(words: list[str]) -> int | None:
    total, last = 0, 1000
    for place, word in enumerate(words):
        if word == "and" and 0 < place < len(words) - 1 and last == 100:
            continue
        if word == "hundred" and 0 < total < 10:
            total, last = total * 100, 100
        elif word in _TENS and last > 10:
            total, last = total + _TENS[word], 10
        elif word in _ONES and (last > 10 or (last == 10 and 0 < _ONES[word] < 10)) and not (total and not _ONES[word]):
            total, last = total + _ONES[word], 1
        else:
            return None
    return total if words else None


_CLOCK = re.compile(r"\s*(\d{1,2}:00)\s*")
_SENTENCE = re.compile(r"[A-Za-z][A-Za-z ,'-]*\s[A-Za-z ,'-]*[A-Za-z][.!]?")


def read_sentence(text: str) -> Text | None:
    """Words that are set as words, `\\text{The midpoints form a hexagon}`; the full hour, 12:00, is no ratio."""
    if ":" not in text and not text.lstrip().startswith(("\\text", "\\mbox", "\\mathrm")):
        return None
    words = _TEXT.fullmatch(text)
    clock = _CLOCK.fullmatch(words[1] if words is not None else text)
    place = (len(text) - len(text.lstrip()), len(text.rstrip()))
    if clock is not None:
        return Text(clock[1], place)
    said = words[1].rstrip(".!") if words is not None and _SENTENCE.fullmatch(words[1]) else ""
    return Text(said, place) if len(said.split()) > 2 else None
