"""An interval with words about its ends behind it: "[-1, 5), so -1 is in and 5 is out"."""

from __future__ import annotations

import re

from grader.equality.answers import compare
from grader.equality.verdicts import EQUAL
from grader.kinds._equal_conclusions import TURNED
from grader.model.patterns import later

_END = r"[^,;\[\]()]+?"
_INTERVAL = later(rf"\s*(?P<opens>[\[(])\s*(?P<low>{_END})\s*[,;]\s*(?P<high>{_END})\s*(?P<closes>[\])])\s*")
_CUT = later(r"[\s$]*(?:[,.;:]\s+|\s+(?=because\b|since\b|as\b|so\b|where\b))")
_IN = r"is in\b|is included|is inside|is part|belongs(?: to it)?|converges|included|holds|is closed|works"
_OUT = (
    r"is not(?: (?:in|included|inside|part))?|isn['’]t(?: in| included)?|is out(?:side)?|is excluded|diverges|excluded"
    r"|does not(?: converge)?|doesn['’]t(?: converge)?|not(?: included)?|is open|fails"
)
_SAID = later(
    rf"(?:(?:at|for|the (?:left|right) end|where)\s+)*(?:[a-z]\s*=\s*)?(?P<end>[-−]?\d+(?:[./]\d+)?)\s*,?\s*"
    rf"(?:it\s+|this\s+|the series\s+)?(?:(?P<out>{_OUT})|(?P<in>{_IN}))(?: in it)?",
    re.IGNORECASE,
)
_LEAD = later(r"\A\s*(?:so |thus |hence )?(?:the |its )?interval(?: of convergence)?(?: is|:)\s*", re.IGNORECASE)
_REASON = later(r"\W*(?:because|since|as)\b[^\d]*", re.IGNORECASE)
_WORDS = frozenset("so and but while whereas therefore hence thus with the because it where the".split())


def explained(gold: str, assume: str, text: str) -> str | None:
    """How the interval reads that an answer begins with, if it is the reference and the words behind it agree."""
    asked = _INTERVAL.fullmatch(gold)
    if asked is None:
        return None
    for cut in _CUT.finditer(text):
        head, tail = _LEAD.sub("", text[: cut.start()]), text[cut.end() :]
        head += "$" * (head.count("$") % 2)
        if not any(map(str.isdigit, head)) or not _agrees(tail.replace("$", " "), asked):
            continue
        found = compare(gold, head, assume=assume)
        if found.verdict == EQUAL and TURNED.search(head) is None:
            return found.answer_as
    return None


def _agrees(tail: str, asked: re.Match[str]) -> bool:
    """Whether all that is said of numbers is which of the two ends belong to the interval, as they do."""
    ends = {
        asked["low"].replace("−", "-"): asked["opens"] == "[",
        asked["high"].replace("−", "-"): asked["closes"] == "]",
    }
    said = list(_SAID.finditer(tail))
    for one in said:
        if ends.get(one["end"].replace("−", "-")) is not (one["in"] is not None):
            return False
    rest = re.findall(r"[^\W_]+", _SAID.sub(" ", tail))
    if said:
        return all(word.lower() in _WORDS for word in rest)
    return _REASON.fullmatch(tail) is not None and TURNED.search(tail) is None
