"""What stands behind a formula and is no other answer: a condition, `\\ln(xy^2), x, y > 0`, or what a letter is,
`p^3 q^{n-3}, q = 1 - p`; told so that the formula can be compared alone.
"""

from __future__ import annotations

import re

from grader.model.patterns import later
from grader.model.records import NamedTuple

_LONGEST = 300  # characters
_LETTER = r"\\?[A-Za-zα-ωΑ-Ω]+(?:_(?:\w|\{\w+\}))?"
_SIGN = (
    r"(?:<=?|>=?|≤|≥|≠|!=|\\(?:leq?|geq?|neq?|ne|lt|gt)(?![a-z])"
    r"|(?:∈|\\in(?![a-z]))(?=[\s{]*(?:\\mathbb\s*\{?\s*)?[RCℝℂ]))"  # k ∈ N says which values there are
)
_BLANK = r"(?:\s|\\[,;: ]|\\q?quad)*"
_CONDITION = later(
    rf"(?P<letters>{_LETTER}(?:{_BLANK},{_BLANK}{_LETTER})*){_BLANK}(?P<sign>{_SIGN}){_BLANK}"
    rf"(?P<value>-?[\w.]+|\\mathbb\{{?[NZRC]\}}?|[ℕℤℝℂ])\Z"
)
_DEFINITION = later(rf"(?P<letter>{_LETTER})(?:\s*\(\s*[a-z]\s*\))?{_BLANK}={_BLANK}(?P<value>[^=<>≤≥≠]+)\Z")
_ANY = later(
    rf"{_LETTER}(?:{_BLANK},{_BLANK}{_LETTER})*{_BLANK}(?:∈|\\in(?![a-z])){_BLANK}(?:\\mathbb\s*\{{?R\}}?|ℝ|R)"
)
_APART = later(
    rf"[,;]{_BLANK}|{_BLANK}\s(?:for|if|where|with|when|für)\s+|(?:\\text\s*\{{\s*(?:for|if|where|with)\s*\}})"
)
_INNER = later(r"\\?[A-Za-zα-ωΑ-Ω]+")
_POSITIVE = frozenset([">", "\\gt"])
_NAMED = later(rf"\s*{_LETTER}(?:\s*\([^()=]*\)|'*)\s*=[^=]*\Z")
_CASES = later(r"\b(?:otherwise|else|elsewhere|cases|for|if|when|sonst)\b")
_SPELLINGS = {
    "\\neq": "≠", "\\ne": "≠", "!=": "≠", "\\geq": "≥", "\\ge": "≥", ">=": "≥", "\\leq": "≤", "\\le": "≤", "<=": "≤",
    "\\gt": ">", "\\lt": "<", "\\in": "∈", "\\mathbb": "",
}  # fmt: skip
_OPENING, _CLOSING = "([{", ")]}"


class Told(NamedTuple):
    """Both texts without what stands behind them, and what is declared of their letters."""

    gold: str
    answer: str
    assume: str


def without_provisos(gold: str, answer: str) -> Told | None:
    """The pair told without a condition or with a definition put as such; None where neither has any.

    A condition restricts what the formula is said for. It is left out only behind an expression, or behind the value
    of another letter: `x^2 = 4, x > 0` has one solution less, and `x > 2, x < 5` is a set.
    """
    if max(len(gold), len(answer)) > _LONGEST:
        return None
    (one, said), (other, also) = _parted(gold), _parted(answer)
    if not also and "$" in answer and _ANY.fullmatch((apart := _parted(answer.replace("$", " ")))[1]):
        other, also = apart
    if not said and not also:
        return None
    if also and not said and not also.startswith("where") and not _ANY.fullmatch(also):
        return None  # the answer holds for less than what is asked
    if any(_CASES.search(text) for text in (one, other, said, also)):
        return None  # x^2 for x > 0, 0 otherwise
    if said and also and not said.startswith("where") and _condition(said) != _condition(also):
        return None
    told = [f"{text} {words}" if words.startswith("where") else text for text, words in ((one, said), (other, also))]
    if [" ".join(one.split()) for one in told] == [" ".join(one.split()) for one in (gold, answer)]:
        return None  # told with "where" already
    return Told(told[0], told[1].ljust(len(answer)), _assumed(said))


def _parted(text: str) -> tuple[str, str]:
    """A text before its last comma outside of brackets, and what it says behind it; nothing if that is no proviso."""
    for found in reversed(list(_APART.finditer(text))):
        before, behind = text[: found.start()].rstrip(" ,"), text[found.end() :].strip(" .$")
        if _depth(before) or not before.strip():
            continue
        if (condition := _CONDITION.match(behind)) is not None and _is_restricted(before, condition):
            return before, behind
        definition = _DEFINITION.match(behind)
        if definition is not None and _is_told_by(before, definition):
            return before, f"where {behind}"
    return text, ""


def _is_told_by(before: str, definition: re.Match[str]) -> bool:
    """Whether a formula holds the letter that is told; `x = y + 1, y = 2` are the values of two letters."""
    letter, value = definition["letter"], definition["value"]
    numeric = "=" in before and re.search(r"[A-Za-z]", re.sub(r"\\[A-Za-z]+", "", value)) is None
    return not numeric and _uses(before, letter) and not _uses(value, letter)


def _depth(text: str) -> int:
    return sum((sign in _OPENING) - (sign in _CLOSING) for sign in text)


def _is_restricted(before: str, condition: re.Match[str]) -> bool:
    """Whether a formula is an expression of these letters, or the value of another one."""
    letters = _INNER.findall(condition["letters"])
    if re.search(r"[<>≤≥≠,;]|\bfor\b|\\(?:leq?|geq?|neq?|ne|lt|gt|in)(?![a-z])", before):
        return False
    if "=" in before and (_NAMED.match(before) is None or _INNER.findall(before)[0] in letters):
        return False
    return all(_uses(before, letter) for letter in letters)


def _uses(text: str, letter: str) -> bool:
    """Whether a letter stands in a formula: there is no i in \\sin x, and no n in min(a, b)."""
    plain = re.escape(letter.replace("{", "").replace("}", ""))
    bare = text.replace("{", "").replace("}", "")
    if letter.startswith("\\"):
        return re.search(rf"{plain}(?![A-Za-z])", bare) is not None
    return re.search(plain, _FUNCTION.sub(" ", bare)) is not None


_FUNCTION = later(r"\\[A-Za-z]+|(?<![A-Za-z])(?:arc)?(?:sin|cos|tan|exp|ln|log|min|max|lim|sqrt|det)[a-z]?(?![a-z])")


def _condition(words: str) -> str:
    """A condition without its blanks, with one spelling for each sign."""
    plain = re.sub(r"\s|\\[,;: ]|\\q?quad|[{}]", "", words)
    for spelling, sign in _SPELLINGS.items():
        plain = plain.replace(spelling, sign)
    return plain


def _assumed(words: str) -> str:
    """What is declared of the letters of a condition: positive, if it says so."""
    condition = _CONDITION.match(words)
    if condition is None or condition["sign"] not in _POSITIVE or condition["value"] != "0":
        return ""
    letters = [letter for letter in _INNER.findall(condition["letters"]) if letter not in ("quad", "qquad")]
    return f"{', '.join(letters)}: positive"
