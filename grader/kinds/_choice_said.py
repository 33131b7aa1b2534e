"""The letter of an option that stands bare before words: "Statement B is right: ...", "Only B", "B (A is wrong)"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from grader.model.patterns import later

_NOUN = r"(?:statement|option|answer|choice|claim|variant|alternative|number|letter|aussage|antwort)"
_LEAD = (
    r"\W*(?:(?:so|thus|hence|therefore|here)\b[\s,:]*)?"
    r"(?:i (?:would |will )?(?:think|say|choose|pick|take)(?: that)?\s+)?"
)
_RIGHT = r"(?:right|correct|true|richtig|wahr|the (?:right|correct|true) (?:one|answer|statement|option|choice))"
_LETTER = r"[(\[]?(?P<letter>[a-z])[)\]]?"
_BECAUSE = r",?\s*(?:\b(?:because|since|as|for|denn|weil)\b)"
_END = rf"(?=\s*(?:[.!;:\n]|\Z|{_BECAUSE}))"
_SAYS = later(
    rf"{_LEAD}(?:only |just )?(?:(?:the )?{_NOUN} )?{_LETTER} (?:alone )?(?:is|holds|ist)(?: {_RIGHT}|(?<=holds))"
    rf"(?=\s*(?:[.!;:,(\n–—-]|\Z|{_BECAUSE}))",
    re.IGNORECASE,
    holds=("is", "holds", "ist"),
)
_NAMES = later(
    rf"{_LEAD}(?:(?:only |just )(?:{_NOUN} )?|(?:the )?{_NOUN}[\s:]+"
    rf"|(?:it|this) (?:is|must be) "
    rf"|(?:the )?(?:only )?(?:right|correct|true) (?:one|{_NOUN}) (?:is|:) ){_LETTER}{_END}",
    re.IGNORECASE,
)
_OTHERS = r"[(\[]?[a-z][)\]]?(?:\s*(?:,|and|or|&|und)\s*[(\[]?[a-z][)\]]?)*"
_ASIDE = later(
    rf"\W*(?P<letter>[a-z])\s*[(,;:–—-]\s*(?:since |because |as )?{_OTHERS} (?:is|are|was|were|ist|sind) "
    r"(?:all |both |clearly |just )?(?:wrong|false|incorrect|not (?:right|true|correct)|falsch)\b",
    re.IGNORECASE,
    holds=("wrong", "false", "incorrect", "not", "falsch"),
)
# What may leave it open in the sentence that says it: "B is right, if n is large".
_OPEN = later(
    r"\b(?:if|when|unless|only|except|although|though|provided|sometimes|or|maybe|perhaps|almost|partly|but|not sure"
    r"|guess|doubt|at least|for large|for small|also|too|as well)\b|\?",
    re.IGNORECASE,
)
_BARE = later(r"(?<![\w'’])[A-Za-z](?![\w'’])")
_ARTICLE = later(r"\s+(?!(?:is|are|was|holds|says|and|or|too|would|could|can|may|must|should|also)\b)[a-z]{2}")


def letter_said(
    text: str, options: set[str], by_words: set[str], is_negated: Callable[[str, int, int], bool]
) -> set[str]:
    """The option that an answer begins with, as one letter before words; with it others that its words leave open."""
    hit = _SAYS.match(text) or _NAMES.match(text) or _ASIDE.match(text)
    if hit is None or hit["letter"].lower() not in options:
        return set()
    rest = text[hit.end() :]
    first = re.split(r"[.;\n]", rest, maxsplit=1)[0]
    if _OPEN.search(first) is not None:
        return set()
    found = {hit["letter"].lower()} | by_words
    for other in _BARE.finditer(rest):
        typed = other.group()
        word = _ARTICLE.match(rest, other.end()) is not None and typed in "aAI"
        if typed.lower() in options and not word and typed.isupper() and not is_negated(rest, *other.span()):
            found.add(typed.lower())
    return found


_DENIES = re.compile(r"(?:not|no|non|never|nicht|kein\w*)\b|\w+n['’]t\b")  # which is looked at where the word stands


def without_longer(text: str, word: str, others: Iterable[str]) -> str:
    """The text without the longer words of other options that have one in them: "fail to reject" is no "reject"."""
    for longer in others:
        if (
            len(longer) > len(word)
            and not _DENIES.match(longer)
            and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", longer)
        ):
            text = re.sub(rf"(?<!\w){re.escape(longer)}(?!\w)", lambda found: " " * len(found[0]), text)
    return text
