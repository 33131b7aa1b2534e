"""Intervals in words: "for all eta between 0 and 1/3 (both excluded)", "positive and less than 1/3"."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.model.patterns import later

_LONGEST = 160  # characters
_VALUE = r"(?P<{0}>\$[^$]+\$|[-+−]?[\w./\\^{{}}*√π∞]+)"
_LOW, _HIGH = _VALUE.format("low"), _VALUE.format("high")
_LEAD = r"(?P<lead>(?:\$\\?[A-Za-z_{}\\]+\$|[A-Za-z\\_,'’]+|-)(?: (?:\$\\?[A-Za-z_{}\\]+\$|[A-Za-z\\_,'’]+|-))*? )?"
_LESS = r"(?:less|smaller|lower|strictly less|strictly smaller) than|below|under"
_MORE = r"(?:greater|larger|bigger|more|higher) than|above|over"
_AND = r",? (?:and|but)(?: also| it must be| it is| is| must be)?(?: strictly)? "
_OPEN = r"(?:excluded|exclusive|excluding|not included|not inclusive|open|without|strictly)"
_SHUT = r"(?:included|inclusive|including|closed)"
_ENDS = r"[,;:]? ?\(?(?:both |with )?(?:the )?(?:ends?|end ?points?|limits?|bounds?)?(?: ?both | ?are | ?each )*"
_WITHOUT, _WITH = (rf"{_ENDS}{kind}(?: ends?| both)?\)?" for kind in (_OPEN, _SHUT))
_FROM = rf"(?:between|from|in) {_LOW}"
_TO = rf"(?:,? (?:and|to|up to|until) ){_HIGH}"
_IN_BRACKETS = rf"(?: \((?P<one>{_OPEN}|{_SHUT})\))"
_TABLE: tuple[tuple[str, str], ...] = (  # how it is said, and the brackets of the interval
    (rf"{_LEAD}strictly {_FROM}{_TO}", "()"),
    (rf"{_LEAD}{_FROM}{_TO}{_WITHOUT}", "()"),
    (rf"{_LEAD}{_FROM}{_TO}{_WITH}", "[]"),
    (rf"{_LEAD}(?P<kind>open|closed) interval {_FROM}{_TO}", "kind"),
    (rf"{_LEAD}{_FROM}{_IN_BRACKETS}{_TO} \((?P<two>{_OPEN}|{_SHUT})\)", "each"),
    (rf"{_LEAD}(?:{_MORE}) {_LOW}{_AND}(?:{_LESS}) {_HIGH}", "()"),
    (rf"{_LEAD}(?:{_LESS}) {_HIGH}{_AND}(?:{_MORE}) {_LOW}", "()"),
    (rf"{_LEAD}positive{_AND}(?:{_LESS}) {_HIGH}", "()"),
    (rf"{_LEAD}(?:{_LESS}) {_HIGH}{_AND}positive", "()"),
    (rf"{_LEAD}positive (?P<named>\$\\?[A-Za-z_{{}}\\]+\$|\\?[A-Za-z_]+) (?:{_LESS}) {_HIGH}", "()"),
)
_PATTERNS = tuple((later(rf"{pattern}[.\s]*", re.IGNORECASE), brackets) for pattern, brackets in _TABLE)
_SPEAKS = later(rf"\b(?:between|from|in|positive|{_LESS}|{_MORE})\b", re.IGNORECASE)
_DENIES = later(  # words by which it is another quantity, or no answer
    r"\b(?:not|never|no|none|outside|except|unless|or|if|negative|instead|wrong|least|most|absolute|modulus|size of"
    r"|minus|plus|twice|half|halved|doubled?|squared?|cubed?|root|power|inverse|reciprocal|log\w*|exp\w*|sum|product|ratio"
    r"|times|derivative|difference|max\w*|min\w*|eigen\w*|norm)\b|n't\b|_",
    re.IGNORECASE,
)
_INEQUALITY = later(r"\s*\S+\s*(?:<|≤|\\l(?:t|e|eq)\b)=?\s*(?P<letter>\\?[A-Za-z]+(?:_\w+)?)\s*(?:<|≤|\\l(?:t|e|eq)\b)")
_NAME = later(r"\\?[A-Za-z]+(?:_\w+)?")


def interval_said(reference: str, text: str) -> str:
    """A whole answer in words as an interval or, if the reference is one, as an inequality; "" if it says none.

    Ends of which nobody says whether they belong to it make none: "between 0 and 1".
    """
    text = " ".join(text.split())
    if len(text) > _LONGEST or not _SPEAKS.search(text):
        return ""
    for pattern, brackets in _PATTERNS:
        if (found := pattern.fullmatch(text)) is not None:
            said = found.groupdict()
            lead = " ".join(filter(None, (said["lead"], said.get("named"))))
            return "" if _DENIES.search(lead) else _written(said, _BRACKETS[brackets](said), reference, lead)
    return ""


_BRACKETS: dict[str, Callable[[dict[str, str]], str]] = {
    "()": lambda said: "()",
    "[]": lambda said: "[]",
    "kind": lambda said: "()" if said["kind"].lower() == "open" else "[]",
    "each": lambda said: ("(" if _is_open(said["one"]) else "[") + (")" if _is_open(said["two"]) else "]"),
}


def _is_open(word: str) -> bool:
    return re.fullmatch(_OPEN, word, re.IGNORECASE) is not None


def _written(said: dict[str, str], brackets: str, reference: str, lead: str) -> str:
    low, high = _value(said.get("low") or "0"), _value(said["high"])
    inequality = _INEQUALITY.match(reference)
    if inequality is None:
        return f"{brackets[0]}{low}, {high}{brackets[1]}"
    letter, names = inequality["letter"], {name.lstrip("\\") for name in _NAME.findall(lead)}
    if any(len(name) == 1 and name != letter for name in names):
        return ""  # another letter than that of the reference
    signs = [{"(": "<", "[": "<="}[brackets[0]], {")": "<", "]": "<="}[brackets[1]]]
    return f"{low} {signs[0]} {letter} {signs[1]} {high}"


def _value(text: str) -> str:
    """The end of a chain: `$2/\\lambda_{max} = 1/3$` is 1/3."""
    return text.strip("$ .,").rpartition("=")[2].strip()
