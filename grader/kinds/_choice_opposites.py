"""What the words of yes and no mean in other words: "dependent" and "aren't independent" for "not independent"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.kinds._choice_phrases import with_phrases
from grader.model.patterns import later

_PREFIXES = ("in", "un", "non", "dis", "im", "ir", "il")
_LEAST = 5  # letters of a word that has an opposite
_CONTRACTED = later(r"\b(is|are|was|were|do|does|did|has|have|can)n['’]?t\b", re.IGNORECASE)
_WORD = later(r"[a-z]+", re.IGNORECASE)
# Another notion: "linearly dependent" is said of vectors, "conditionally independent" of something given.
_OF_ANOTHER = r"(?<!linearly )(?<!conditionally )(?<!pairwise )(?<!mutually )(?<!less )(?<!more )"


def with_opposites(text: str, options: Sequence[tuple[str, str]]) -> str:
    """The text with the opposite of an option's word as "not" and that word, where another option says just that."""
    text = with_phrases(text, options)
    words = {said.strip().lower() for _, said in options}
    for word, opposite in _pairs(words):  # biased and unbiased: "not unbiased" is the one, "isn't biased" the other
        text = _CONTRACTED.sub(r"\1 not", text)
        for said, meant in ((word, opposite), (opposite, word)):
            text = re.sub(rf"(?i){_OF_ANOTHER}\bnot (?:at all )?{said}(?![\w-])", f" {meant} ", text)
    for word in sorted(words):
        if _WORD.fullmatch(word) is None or f"not {word}" not in words:
            continue
        text = _CONTRACTED.sub(r"\1 not", text)
        opposites = "|".join(map(re.escape, _opposites(word)))
        text = re.sub(rf"(?i){_OF_ANOTHER}(?<![\w-])(?:{opposites})(?![\w-])", f"not {word}", text)
        text = re.sub(rf"(?i)\bnot (?:at all )?not {word}\b", word, text)
    return text


def _pairs(words: set[str]) -> list[tuple[str, str]]:
    """The words of which another one is the opposite: `stable` and `unstable`."""
    plain = sorted(word for word in words if _WORD.fullmatch(word) is not None)
    return [(word, f"{one}{word}") for word in plain for one in _PREFIXES if f"{one}{word}" in words]


def _opposites(word: str) -> list[str]:
    """`dependent` for `independent`, `instable` and `unstable` for `stable`."""
    bare = next((word[len(one) :] for one in _PREFIXES if word.startswith(one) and len(word) - len(one) >= _LEAST), "")
    return [bare] if bare else [*(f"{one}{word}" for one in _PREFIXES), f"non-{word}"]


_VERDICT = r"(?P<verdict>yes|no|true|false)\b(?=\W*(?:\Z|[.;,!\n]))(?!\W+(?:correlation|doubt|idea|way)\b)"
_TYPED = r"\\(?:boxed|fbox|text(?:bf|rm|normal)?|mathrm|mathbf)\s*\{\W*"
_CONCLUDED = later(
    rf"(?:\b(?:so|hence|thus|therefore|answer(?: is)?|verdict(?: is)?|daher|also|donc)\b[\s:,$]*|{_TYPED}"
    rf"|(?:=>|⇒|→|->|\\Rightarrow(?![a-z])|\\implies(?![a-z])|\\to(?![a-z])|\\Longrightarrow(?![a-z])|:)[\s$,]*)"
    rf"(?:\\(?:quad|,|;)\s*)*(?:{_TYPED})?{_VERDICT}",
    re.IGNORECASE,
    holds=("yes", "no", "true", "false"),
)


def concluded(text: str) -> set[str]:
    """The verdicts that an answer comes to, in or behind its mathematics: "= 0, so yes", `$\\boxed{\\text{no}}$`."""
    return {hit["verdict"].lower() for hit in _CONCLUDED.finditer(text)}


_EXPLAINS = later(r"\b(?:because|since|as|for|if|were|would|when|whereas|denn|weil|wenn|parce|car)\b")


def claims_of(text: str, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    """Where the words of an option stand, but for those in what explains the first: "because independent ones"."""
    first, *others = pattern.finditer(text)
    return [first, *(hit for hit in others if _EXPLAINS.search(text, first.end(), hit.start()) is None)]


def little_of(text: str, named: Sequence[str]) -> str:
    """Where little of what an option names is said to be there, "low bias" or "bias is small"; "" if nowhere.

    It may deny the option or be the reason for another one, so it counts neither way.
    """
    for words in named:
        for hit in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
            before, behind = _LITTLE_BEFORE.search(text[: hit.start()]), _LITTLE_BEHIND.match(text[hit.end() :])
            if before or behind:
                return f"{before[0] if before else ''}{words}{behind[0] if behind else ''}"
    return ""


_LITTLE_BEFORE = later(r"\b(?:low|small|little|less|tiny|negligible)\s+\Z")
_LITTLE_BEHIND = later(r"\s+(?:is|was|stays|remains)\s+(?:very |rather |quite |too )?(?:low|small|tiny|negligible)\b")
