"""Words around a formula that change nothing of it: "shape: (32, 10)", "x^2, since ...", "A e^x, A any constant"."""

from __future__ import annotations

import re

from grader.model.patterns import later

_LABEL = later(
    r"\s*(?:the\s+)?(?:output\s+|input\s+|only\s+)?(?:shape|size|dimensions?|eigenvalues?|eigenvectors?|roots?|zeros?|poles?"
    r"|solutions?|results?|values?|intervals?|domain|vector|matrix|set|basis|gradient|derivative)"
    r"(?:\s+(?:is|are|of\s+\w{1,3}))?\s*:\s*(?=\S)",
    re.I,
)
_ALIAS = later(r"\s*[(\[]\s*(?:i\.\s?e\.|that is|in other words)[^()\[\]]*[)\]]\s*\.?\s*\Z", re.I)
_REASON = later(
    r"\s*[,;]?\s+(?:since|because)\s+[^\n]*\Z|\s*[,;]\s*(?:by|using)\s+(?:the\s+)?[a-z]{3}[^\n\d=]*\Z", re.I
)
_NAME = r"\$?\\?[A-Za-z](?:_?\{?\d\}?)?\$?"
_CONSTANTS = later(
    rf"\s*[,;]?\s*(?:with|where|for)?\s*\(?\s*{_NAME}(?:\s*(?:,\s*and|,|and)\s*{_NAME}){{0,3}}\s+(?:(?:is|are|being)\s+)?"
    r"(?:(?:an?|any|arbitrary|free|real)\s+)*constants?(?:\s+of\s+integration)?\s*\)?\s*\.?\s*\Z"
)
_WHOLE = later(
    r"\s*[,;]?\s*(?:(?:with|where|for)\s+)?(?:(?:any|all|every)\s+)?\$?(?P<letter>[a-z])\$?\s+(?:(?:is|being)\s+)?"
    r"(?:(?:an?|any|arbitrary)\s+)*(?:integers?|whole numbers?)\s*\.?\s*\Z"
)
_EXCEPT = later(
    r"\s*(?:x\s+is\s+)?all\s+(?:the\s+)?real(?:s|\s+numbers?)\s+(?:except|but|without)\s+(?:for\s+)?(?:x\s*=\s*)?", re.I
)
_SO = later(
    r"(?:\A|.*[^\s,;])\s*[,;.]?\s+(?:so|thus|hence|therefore|which (?:gives|means)|giving|and we get|this gives)"
    r"(?:\s+that|\s+we\s+get)?,?\s+"
    r"(?=[^\s].*[=<>≤≥]|[-+]?\d)",
    re.S,
)
_OPEN = later(r"\b(?:or|not?|if|unless|but|maybe|either|wrong|false)\b|n't\b", re.I)
_VALUE_OF = later(r"\s*\$?\s*\\?(?:gcd|lcm|GCD|LCM|ggT|kgV)\s*(?:=|:|\bis\b)\s*(?=\d)")
_CHOOSE = later(r"\(\s*(\w{1,4})\s+choose\s+(\w{1,4})\s*\)|(?<![\w}^+*/-])(\w{1,4})\s+choose\s+(\w{1,4})(?![\w^])")
_AND = later(r"\s*,?\s*\band\b\s*")


def without_glosses(text: str) -> str:
    """The text without such words, the offsets of what is left unchanged; the text itself where there are none."""
    if not any(map(str.isalpha, text)):
        return text
    if (excepted := _EXCEPT.match(text)) is not None:
        rest = _AND.sub(", ", text[excepted.end() :].strip(" .$"))
        return rf"\mathbb{{R}} \setminus \{{{rest}\}}"
    label = _LABEL.match(text) or _VALUE_OF.match(text)
    found = text if label is None else " " * label.end() + text[label.end() :]
    if (so := _SO.match(found)) is not None and not _OPEN.search(found):
        found = " " * so.end() + found[so.end() :]  # 2x < -3, so x < -1.5
    for gloss in (_ALIAS, _REASON, _CONSTANTS):
        if (said := gloss.search(found)) is not None and found[: said.start()].strip():
            found = found[: said.start()]
    if " choose " in found:
        found = _CHOOSE.sub(lambda said: rf"\binom{{{said[1] or said[3]}}}{{{said[2] or said[4]}}}", found)
    whole = _WHOLE.search(found)
    if whole is not None and whole["letter"] in found[: whole.start()]:
        found = rf"{found[: whole.start()]}, {whole['letter']} \in \mathbb{{Z}}"
    return found
