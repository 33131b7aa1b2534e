"""Sets of numbers that are told in words: "every real number but 2 and -3", "outside [1, 2]", "x less than 1"."""

from __future__ import annotations

import re

from grader.model.patterns import later

_ONE = r"(?:[A-Za-z]\s*(?:=|≠|!=)\s*)?[-−+]?\s?(?:\d[\d./]*|√\d+|sqrt\(\d+\)|π|pi)(?:/\d+)?"
_LIST = rf"{_ONE}(?:\s*(?:,|and|or|&)\s*(?:and\s+)?{_ONE}){{0,5}}"
_EXCEPT = later(
    r"\s*(?:for |on |x in )?(?:all|every|any|the|everything|everywhere|anything)?\s*(?:other )?(?:real\s+)?"
    r"(?:numbers?|reals?|values?|points?|x|t|z)?(?:\s+of x)?\s*,?\s*"
    r"(?:except(?:\s+(?:for|at|in))?|but(?: not)?|apart from|other than|excluding|without|different from)\s+"
    rf"(?:(?:the )?(?:points?|values?|numbers?)\s+)?(?P<numbers>{_LIST})\s*\.?\s*",
    re.IGNORECASE,
    holds=("except", "but", "apart", "other", "excluding", "without", "different"),
)
_OUTSIDE = later(
    r"\s*(?:everywhere |all x |x )?(?:is |lies )?outside (?:of )?(?:the (?:closed |open )?interval )?"
    r"(?P<interval>[(\[\]][^()\[\]]+[)\]\[])\s*\.?\s*",
    re.IGNORECASE,
    holds=("outside",),
)
_UNEQUAL = later(
    rf"\s*(?:for )?all (?:real )?[A-Za-z]\s*(?:≠|!=|=/=)\s*(?P<numbers>{_LIST})\s*\.?\s*",
    re.IGNORECASE,
    holds=("all",),
)
_ORDER = later(
    r"(?P<letter>\b[A-Za-z])\s+(?:is\s+|being\s+)?(?P<how>smaller|less|greater|larger|bigger|more)\s+than"
    r"(?P<also>\s+or\s+equal(?:\s+to)?)?\s+(?=[-−+\d√π(a-z])",
    re.IGNORECASE,
    holds=("than",),
)
_FOR = later(r"\s*(?:for|when|on)\s+(?=[A-Za-z]\s*[<>≤≥])")
_AND_FOR = later(r"\s+(?:and|or)\s+(?:for|when|where|if|on)\s+(?=[A-Za-z]\s*[<>≤≥])", holds=("and", "or"))
_LESS = frozenset(["smaller", "less"])


def with_sets_told(text: str) -> str:
    """The text with what words tell of a set as a formula, at least as long as before; any other text as it is."""
    if "\\" in text or not any(map(str.isalpha, text)):
        return text
    excepted = _EXCEPT.fullmatch(text) if _has_subject(text) else None
    if (found := excepted or _UNEQUAL.fullmatch(text)) is not None:
        numbers = re.split(r"\s*(?:,|&|\band\b|\bor\b)\s*", found["numbers"])
        members = ", ".join(re.sub(r"\A[A-Za-z]\s*(?:=|≠|!=)\s*", "", one) for one in numbers if one)
        return f"ℝ∖{{{members}}}".ljust(len(text))
    if (found := _OUTSIDE.fullmatch(text)) is not None:
        return f"ℝ∖{found['interval']}".ljust(len(text))
    told = _ORDER.sub(lambda one: f"{one['letter']} {_sign(one)} ", text)
    told = _FOR.sub("", told, count=1) if _FOR.match(told) else told
    told = _AND_FOR.sub(" or ", told)
    return told.ljust(len(text)) if told != text else text


_SUBJECT = later(r"\b(?:all|every|any|everything|everywhere|anything|reals?|numbers?|x)\b", re.IGNORECASE)


def _has_subject(text: str) -> bool:
    return _SUBJECT.search(text) is not None


def _sign(found: re.Match[str]) -> str:
    sign = "<" if found["how"].lower() in _LESS else ">"
    return sign + ("=" if found["also"] else "")
