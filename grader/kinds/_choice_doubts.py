"""Words by which the right option is not chosen after all: it depends, "independent only if", "half the median"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from grader.model.patterns import later

_HEDGES = later(
    r"\b(it|that|this) (all )?depends\b(?! (\w+ly )?(on|upon) (x|n|t|the)\b)|\A\W*(depends|sometimes)\b|\btempting to\b"
    r"|\b(unsure|not (quite )?sure|no idea)\b|\bonly (if|when|for|in)\b[^.\n]{0,40}[:,] *(yes|no|true|false)\b"
    r"|\b(yes|no|true|false)\W{1,3}(but )?only (if|when|for|in)\b|\b(yes|true) (if|when)\b"
    r"|\b(yes|true|no|false)\W{1,2}(unless|provided|as long as|except|sometimes)\b"
    r"|\b(half|partly|partially) (true|right|correct)\b|\A\W*(it |this )?(might|could|may) be\b"
    r"|\b(one|you) (might|may) (think|say)|\bbut not (for|if|when|always|in)\b|\bcan.?(no)?t (tell|decide|say)\b"
    r"|\b(some|many|most) (people |would )?(say|think)|\A[^.!?\n]{1,60}\?\s*\Z"
    r"|\b(yes and no|no and yes|true and false)\b|\b(yes|true)\W{1,3}(if|when)\b|\bit is (false|not true|wrong) that\b"
    r"|\b(?:true|yes|right|correct|holds)\b[^.;\n]{0,14}\b(?:for some|in (?:most|some|many) cases|sometimes|mostly"
    r"|partly)\b"
    r"|\b(?:true|yes|holds)\b[^.\n]{0,30}\bcounter-?examples?\b|\b(?:seldom|rarely|almost) (?:true|right|correct)\b"
    r"|\b(?:converse|negation|contrary)\b[^.;\n]{0,20}\b(?:true|holds|right)\b|\bmisconception\b|\bno way\b"
    r"|\b(?:nobody|no one)\b[^.;\n]{0,30}\b(?:true|right|correct)\b|\bneither\b[^.;\n]{1,40}\bnor\b"
    r"|\bconverge\w* to (?:infinity|∞)|\b(?:true|right|holds) would be\b|\bif it (?:were|was) (?:true|right|so)\b"
    r"|\b(?:true|yes|right|correct|holds)\b (?:true )?(?:for|in|at) [^.;\n]{1,40}?(?:\bonly\b|\bfails?\b)"
    r"|\A[^.!?\n]{1,40}\bunless\b|\bfails? to be\b|\b(hardly|barely|scarcely)\b|\A\W*(\w+ ){0,4}non-\w"
)
# Of an opening yes or no what makes it a word of its sentence: "No doubt it is", "No row is zero", "Yes? No: ...".
_SENTENCE = (
    "it this that they these those we i you there he she because as since for due cause one can cannot not need way"
    " and but so thus hence therefore in by from according while the a an its their unless though although however"
    " always never sorry actually of course at all it's that's there's inverse limit solution"
    " solutions convergence such"
).split()
_OPENED = later(
    rf"\A\W*(?:no (?!(?:{'|'.join(_SENTENCE)})\b)(?=[a-z]{{3}})\w+|no if\b"
    r"|(?:yes|no)\W{1,3}(?:but )?wait\b|(?:yes|no)\?|yes to the question\b)",
    holds=("no", "yes"),
)
_NEGATIVE = re.compile(r"(?:in|un|non|dis|im|ir)(\w{5,})")
_DOUBTS = later(r"\bi (?:\w+ )?doubt\b|\bdoubtful\b", holds=("doubt",))
# Directly before the words of the option, and directly behind them.
_BEFORE = (
    r"(?:would|could|might|may) (?:only |then )?be(?: the| an?)?|(?<!or )no"
    r"|(?:partially|partly|almost|nearly|mostly|sometimes|in part)"
    r"|(?:nobody|no one)\b[^.;\n]{0,30}"
    r"|(?:half|twice|double|square of|root of|inverse of|reciprocal of)(?: of)?(?: the)?"
    r"|(?:no (?:reason|grounds?|need|way)|impossible|a mistake|wrong|foolish|a fool|unable|ceases?|ceased|lacks?|absurd"
    r"|too (?!\w+ly)\w+|insufficient\w*|little evidence|far from)\b[^.,;:\n]{0,30}|\bif\b[^;:\n]{1,40},(?: \w+){0,2}"
    r"|\bi{0,3} or(?: a| an| the)?"
    r"|(?:every|all|any|each)(?: ?one| of them| of these)? but(?: the)?|the other \w+|it only|only"
)
_BEHIND = (
    r"would (?:need|require|have|mean)\b|(?:\w+ ){0,3}if\b[^.;\n]{1,30}\b(?:were|was)\b|(?:the |our )?alternative\b"
    r"|only (?:if|when|for|in)\b|(?:is|are) (?:worse|inferior|weaker|poorer)\b|(?:is|are|was|were|does|do)n.?t\b|iff\b"
    r"|if and only if\b|would be\b|(?:is|are) (?:the )?(?:least|most|very|so)?\s?(?:sensitive|affected|vulnerable)"
    r"|not the (?:series|sequence|function|integral|matrix|system|sum|others?|whole)\b"
    r"|(?:is|are) the (?:least|worst)\b|(?:fails?|suffers?)\b|conditionally only\b|in the \w+ sense\b"
    r"|(?:for|at|in) [^.,;\n]{1,30} only\b|(?:for|at) [^.;\n]{1,20}, (?:and|but) (?:fails|not)\b"
)
# What is said as a reason and is one against: the words of an option, and a sentence without any negation.
_AGAINST = {"independent": later(r"\b\w+ is (?:just |simply )?(?:an?|\d+) (?:scalar )?(?:multiple of|times)\b")}
_SHOWN = 40  # characters
_NEGATION = later(r"\b(?:not|no|neither|none|nor|never|cannot)\b|n.t\b")


def opens_sentence(text: str) -> str:
    """The words of an answer, in small letters, in which a yes or no is none: "No eigenvalue is zero"."""
    found = _OPENED.match(text) or _THERE.search(text)
    return found[0].strip() if found is not None else ""


_THERE = later(r"\bthere (?:is|are|exists?) no\b|\bhas no\b|\bhave no\b", holds=("no",))


def hedged(text: str, words: Sequence[str], said: bool, is_negated: Callable[[str, int, int], bool]) -> str:
    """The words of an answer, in small letters, that leave its right option open or deny it; "" if there are none.

    `words` are those of the right options; `said` tells that these are yes and no, of which the words say what they
    mean.
    """
    general = _HEDGES.search(text) or _DOUBTS.search(text) or (_OPENED.match(text) if said else None)
    if general is not None:
        return general[0].strip()
    for word in words:
        found = _beside(word.lower()).search(text)
        if found is not None:
            return found[0].strip()
        stops = [hit.span() for hit in re.finditer(rf"(?<![\w-]){re.escape(word.lower())}(?!\w)", text)]
        if said and stops and all(is_negated(text[:stop], start, stop) for start, stop in stops):
            return text[: stops[0][1]][-_SHOWN:].strip()  # "Yes, since they aren't independent"
    return _opposite(text, words) or _against(text, words)


@lru_cache(maxsize=200)
def _beside(word: str) -> re.Pattern[str]:
    own = re.escape(word)
    return re.compile(rf"\b(?:{_BEFORE})\s*\b{own}\b|(?<![\w-]){own}\W{{1,3}}(?:{_BEHIND})")


def _opposite(text: str, words: Sequence[str]) -> str:
    """The opposite of a word of the right option, said beside it: "Yes. They are dependent" for independent."""
    own = re.findall(r"\w+", " ".join(words).lower())
    opposites = [found[1] for word in own if (found := _NEGATIVE.fullmatch(word)) is not None]
    return next((word for word in opposites if re.search(rf"(?<![\w-])(?<!not ){word}(?![\w-])", text)), "")


def _against(text: str, words: Sequence[str]) -> str:
    for word, pattern in _AGAINST.items():
        found = pattern.search(text) if word in words else None
        if found is not None and not _NEGATION.search(re.split(r"[.;\n]", text[: found.end()])[-1]):
            return found[0]
    return ""
