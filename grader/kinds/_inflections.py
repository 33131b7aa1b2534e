"""Options in another form of their word: "it overfits", "overfit -> dropout", where the option is overfitting."""

from __future__ import annotations

import re
from collections.abc import Mapping

from grader.model.patterns import later

_LEAST = 5  # letters of a stem
_ENDING = later(r"(?P<stem>[a-z]+?)(?P<double>[bdgmnprt])?(?P=double)?ing", re.IGNORECASE)
# What leaves open, whether it is so, or speaks of something that is not so.
_OPEN = later(
    r"\b(?:would|could|might|may|can|will|should|tends?|risks?|if|avoids?|prevents?|against|reduces?|less|more|likely"
    r"|prone|no|not|never|neither|nor|without|hardly|rather|than|or|unlikely|unless|either|why|does|do)\b|n['’]t\b|\?"
)


def with_inflections(text: str, options: Mapping[str, str]) -> str:
    """The text with the one option's word in the form that the option has; as it is where that is not certain.

    `options` are the words of the options by their letters. Of a word beside "might", "avoid" or "not" nothing is said.
    """
    stems = {words: stem for words in options.values() if (stem := _stem(words.strip()))}
    stems |= _own_words(text, options)
    hits = [(words, hit) for words, stem in stems.items() for hit in _forms(stem).finditer(text)]
    if len({words for words, _ in hits}) != 1 or any(_OPEN.search(_sentence(text, hit).lower()) for _, hit in hits):
        return text
    words, first = hits[0]
    return f"{text[: first.start()]}{words}{text[first.end() :]}"


def _own_words(text: str, options: Mapping[str, str]) -> dict[str, str]:
    """The word of each option that no other has, for a short answer: "Converges, but only conditionally."."""
    said = {key: frozenset(_WORD.findall(words.lower())) for key, words in options.items()}
    found = {}
    for key, words in options.items():
        others = frozenset[str]().union(*(own for other, own in said.items() if other != key))
        own = [word for word in said[key] if not any(_begins_alike(word, other) for other in others)]
        if len(said[key]) > 1 and len(own) == 1 and len(text.split()) <= _FEW:
            found[words] = own[0].removesuffix("ly")
    return found


def _begins_alike(word: str, other: str) -> bool:
    return word[:_LEAST] == other[:_LEAST]


_WORD = re.compile(rf"[a-z]{{{_LEAST},}}")
_FEW = 6  # words of an answer


def _stem(words: str) -> str:
    """The stem of an option that is one word in -ing: overfit of overfitting; "" for any other."""
    found = _ENDING.fullmatch(words)
    if found is None:
        return ""
    stem = found["stem"] + (found["double"] or "")
    return stem if len(stem) >= _LEAST else ""


def _forms(stem: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(stem)}(?:e?s|e|ly|{re.escape(stem[-1])}?ed)?(?![\w-])", re.IGNORECASE)


def _sentence(text: str, hit: re.Match[str]) -> str:
    """The sentence in which a word stands."""
    start = max(text.rfind(sign, 0, hit.start()) for sign in ".;!\n") + 1
    stops = [at for sign in ".;!\n" if (at := text.find(sign, hit.end())) >= 0]
    return text[start : min(stops, default=len(text))]
