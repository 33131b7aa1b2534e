"""Words and signs around a formula that only say that it comes: "so we get", "Answer:", "E: 2x + y = 3", ∎."""

from __future__ import annotations

import re

_TEXT = r"\\(?:text|textrm|textbf|mbox|mathrm)\s*"
_ROUGHLY = r"(?:about|approximately|approx\.?|roughly|around|circa|ca\.)"
_RESULT = r"(?:final )?(?:answers?|ans|solutions?|roots?|results?)"
_GET = r"(?:get|obtain|have|find|conclude that|see that)"
_ABOUT = re.compile(
    rf"\s*(?:{_TEXT}\{{\s*{_ROUGHLY}\s*\}}|{_ROUGHLY}(?=\s)"
    r"|(?:the )?lim(?:it)?(?: is)? ?= ?(?=\S)|(?:the )?limit is (?=\S)"
    rf"|(?:so|thus|hence|therefore|then|finally|and)?,? ?(?:we|i) {_GET}:? (?=\S)"
    r"|(?:thus|hence|therefore),? (?=\S)|\\(?:therefore|implies|Rightarrow|Longrightarrow)(?![A-Za-z])\s*|[∴⇒⟹]\s*"
    rf"|(?:the |my )?{_RESULT} (?:is|are)(?: then)?:? (?=\S)"
    rf"|{_TEXT}\{{\s*(?:the |my |so the |hence the )?{_RESULT}\s*(?:is|are)?\s*[:=]?\s*\}}\s*[:=]?"
    rf"|{_TEXT}\{{\s*(?:domain|range|vertex|cent(?:er|re)|interval|solutions?|roots?|set)\s*:\s*\}}"
    r"|(?:the )?(?:domain|range|vertex|cent(?:er|re)|focus|point|interval|solutions?|solution set|set|roots?|zeros?"
    r"|eigenvalues?|limits?|value|vector|matrix|derivative|integral|area|volume|sum|product|equation|(?:tangent )?line"
    r"|plane)\s?:\s+(?=[(\[{$]|\\\{|[-−+\d])"
    r"|(?:the )?(?:vertex|cent(?:er|re)|focus|point|midpoint|intersection|minimum|maximum) (?:is|lies) at (?=\()"
    r"|(?:[A-Zghl]|ε|\\varepsilon|\\ell)\s?: (?=[^:]*=))",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"(?:\\q?quad|\\[,;: ]|\s)*(?:\\(?:blacksquare|square|Box|qed|qedsymbol)(?![A-Za-z])|[∎■□▪])[\s.$]*\Z"
)


def without_about(text: str) -> str:
    """A text with such words and signs blanked out: it claims what stands between them."""
    ended = _ENDED.search(text)
    if ended is not None and ended.start():
        text = text[: ended.start()] + " " * (len(text) - ended.start())
    found = _ABOUT.match(text)
    return text if found is None else " " * found.end() + text[found.end() :]
