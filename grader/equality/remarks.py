"""What stands around a formula and adds nothing: the step that led to it, and which of its letters are constants."""

from __future__ import annotations

import re

from grader.equality.heads import outside_brackets
from grader.model.patterns import later

_LONGEST = 200  # characters
_LETTER = r"(?:\\[a-zA-Z]+|[A-Za-zα-ωΑ-Ω])(?:_\{?\w\}?|[₀-₉]|\d)?"
_CONSTANTS = later(
    r"[\s,;(]+(?:\\text\s*\{\s*)?(?:where |with |for )?(?:any |arbitrary )?"
    rf"{_LETTER}(?:(?:, | and |, and |,){_LETTER}){{0,3}} ?(?:(?:is|are) )?(?:an? )?(?:any |arbitrary |real |free )*"
    r"(?:real|arbitrary|constants?|parameters?|real numbers?)\s*\}?\)?[\s.$]*$"
)
_IN_REALS = later(
    rf"[\s,;(]+(?:\\q?quad(?![a-z])\s*)?(?:(?:where|with|for) )?{_LETTER}(?:\s*,\s*{_LETTER}){{0,3}}\s*"
    r"(?:\\in(?![a-z])|∈)\s*(?:\\mathbb\s*\{?\s*[RC]\s*\}?|\\R(?![a-z])|[ℝℂ])[\s.]*(?P<close>\$\$?|\\[\])])?[\s.]*\Z"
)
_CONCLUDED = later(
    r"(?P<before>.*\S)\s*(?:[,;.]\s*|\s)(?:\\text\s*\{\s*)?(?:and )?"
    r"(?:so|thus|hence|therefore|giving|which gives|gives|i\.e\.)(?: that)?\s*\}?[\s,:]+(?P<end>\S.*)"
    r"|(?P<steps>.*\S)\s*(?:⇒|⟹|=>|\\Rightarrow|\\implies|\\Longrightarrow)\s*(?P<last>\S.*)",
    re.DOTALL,
)
_WORDS = later(r"(?<![\\A-Za-z])(?:not|no|if|unless|but|wrong|never|or|assume|suppose)(?![A-Za-z])")


def without_remarks(text: str, other: str) -> str:
    """One side without such remarks, where the other side has none and gives a value to the same letter."""
    if len(text) > _LONGEST:
        return text
    if "const" in text or "real" in text or "arbitrary" in text or "param" in text:
        text = _CONSTANTS.sub("", text)
    if "in" in text or "∈" in text:
        text = _IN_REALS.sub(lambda found: found["close"] or "", text)
    found = _CONCLUDED.fullmatch(text)
    if found is None or _CONCLUDED.fullmatch(other) is not None or _WORDS.search(text):
        return text
    before, end = found["before"] or found["steps"], found["end"] or found["last"]
    mine, theirs, earlier = _left(end), _left(other), _left(before)
    if not mine or mine != theirs or not earlier or earlier == mine:
        return text
    return end


def _left(text: str) -> str:
    """What stands before the only sign of equality; "" where there are none or several."""
    plain = outside_brackets(text)
    if plain.count("=") != 1 or any(sign in plain for sign in "<>≤≥≠"):
        return ""
    return re.sub(r"\\left|\\right|\\[,;: ]|[\s${}]", "", text[: plain.index("=")])
