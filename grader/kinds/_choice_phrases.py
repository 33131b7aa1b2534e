"""Other words for what an option says: "unable to reject" for "fail to reject", "converges conditionally"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.model.patterns import later

_FAILS = later(r"fails? to ([a-z]{3,})\b")
_UNABLE = (  # "no doubt we reject" is none of these
    r"\b(?:(?:fail(?:ed|ing|s|ure)?|(?:un|not )able|(?:insufficient|inadequate|not (?:enough|sufficient)|too little|no"
    r"|lack(?:s|ing)?(?: of)?|without)(?: [a-z]+)? (?:evidence|reasons?|grounds?|basis|justification|cause|proof"
    r"|support)(?: (?!to\b|fail)[a-z]+){0,3}|lacks? evidence) to"
    r"|(?:do|did|does|can|could|must|should) not|cannot|(?:do|did|does|ca|could|must|should)n['’]?t) "
)
_CONVERGES = (  # of series: what is said with a verb, and by what it is not
    (
        later(r"\bconverg(?:es|ent)[\s,]*(?:but|though|yet) not absolutely(?: convergent)?\b", re.IGNORECASE),
        "conditionally",
    ),
    (later(r"\bconverges (?:only )?conditionally\b|\bconditionally converges\b", re.IGNORECASE), "conditionally"),
    (later(r"\bconverges absolutely\b|\babsolutely converges\b", re.IGNORECASE), "absolutely"),
)


def with_phrases(text: str, options: Sequence[tuple[str, str]]) -> str:
    """The text with the words of an option for others that say the same."""
    words = {said.strip().lower() for option in options for said in option}
    for word in sorted(words):
        failed = _FAILS.match(word)
        if failed is not None:
            text = re.sub(rf"(?i){_UNABLE}{failed[1]}\b", f"fail to {failed[1]}", text)
    for pattern, manner in _CONVERGES:
        if f"{manner} convergent" in words:
            text = pattern.sub(f"{manner} convergent", text)
    return text
