"""The words beside limits, in several languages: "from", "to", "and so does k2"."""

from __future__ import annotations

from collections.abc import Iterable

from grader.model.patterns import later

SAME = later(
    r"\b(same|likewise|equally|so (does|is|do|are)|as (for|does)|also for|gleich|ebenso|mismo|igual|même|stesso)\b"
)
TOO = later(
    r"\s*([,:=–-]\s*)?(too|also|as well|likewise|similarly|ditto|idem"
    r"|(does |is )?(the )?same"
    r"(?! +(range|limits?|values?|bounds?)? *(as|but|with|plus|minus|except|from|range|\w+ed)\b)"
    r"|también|aussi|auch|anche|pareil|ebenso|ook|också|тоже|также)\b"
)
TO = later(r"\b(to|until|till|through|bis|hasta|до|do|tot)\s*$|[到至]\s*$|^\W*(a|à)\s*$")
FROM_TO = later(
    r"\b(from|between|to|until|till|through|over|von|zwischen|bis|über|de|desde|entre|hasta|от|до|od|do|van|tot|från|till)\s*$"
    r"|\b(goes|runs|ranges|go|run|range|counts|läuft|laufen)\s*$"
    r"|[:从從由到至]\s*$"
    r"|^\W*(and|und|et|y|a|à)\s*$"
    r"|\b(lower|upper|first|last)( limits?| bounds?| values?)?( is| are)?\s*$"
    r"|\b(start|begin|end|stop)(s|ing)?( at| with| by| in)?\s*$"
    r"|\b(are|be)\s*$|\b(the|have|has|with) (limits?|bounds?)\s*$"
    r"|\b(can|may|takes?|both|each|only|either)\b( \w+){0,3}\s*$|\bup to and including\s*$"
    r"|\b(limits?|bounds?|ranges?|indices|values?)( \w+){0,3} (is|are|be)\s*$"
    r"|\b(runs?|goes|go) over [^.;]*\b(so|thus|hence|that is|namely)( also| again)?\s*$"  # over the rows, so 0, 1
    r"|^\W*(so|thus|hence|namely)( also| again)?\s*$"  # over the rows of $W$, so $0, 1$
    r"|\b(both|each|sums?)( \w+){1,6} (terms?|values?|indices)( are| is)?\s*$"  # both sums have just the terms 0 and 1
)
BEGINS = later(
    r"\b(from|between|are|be|over|goes|runs|ranges|go|run|range|counts|von|zwischen|de|desde|entre|от|od|van|från)\s*$"
    r"|\b(start(s|ing)? (at|with|by|in)|begin(s|ning)? (at|with|by|in))\s*$"
    r"|[从從由]\s*$|\b(can|may|takes?|both|each|only|either)\b( \w+){0,3}\s*$"
)
BOTH = later(r"\b(both|each|sums?|they|it|limits|all|no|wait|correction|rather|instead|actually|sorry|beide|or)\b")
LOWER = later(r"\b(lower|lowest|smallest|first|starts?|begins?|minimum|min)\b[^.]*$")
_LEAVES_OUT = later(
    r"\bsteps?( size)?( of| =)? ?([2-9]|0?\.\d)|\b(all|both|only|is|are) (even|odd)\b|\bevery (second|other)\b"
    r"|(∈|\\in\b|\bin) *\( *\d+ *, *\w+ *\)"
    r"|(=|∈|\\in\b|\bin) *\\?\{? *(?P<first>\d+) *, *(?P<second>\d+)\b(?! *,| *\\?[cl]?dots)",
    holds="step even odd every ∈ in =".split(),
)


def left_out(text: str) -> str:
    """The words by which an index skips values: "from 0 to 2, step 2", "k in {0, 2}", "k in (0, 2)"; "" if none."""
    for found in _LEAVES_OUT.finditer(text):
        if not found["first"] or int(found["second"]) - int(found["first"]) > 1:
            return found[0].strip()
    return ""


_FURTHER = later(
    r"\b(?:from|between)? ?(?P<low>\d+) (?:to|and|until|up to) (?P<high>\d+)(?![\d.,]*\d)\b"
    r"(?! (?:terms|values|rows|columns))"
)
_INDEX, _OF_INDEX, _NEAR = later(r"[a-z]_?\d"), later(r"(?:,? (?:for|in) \W*[a-z]_?\d)?"), 24
_INDEX_BEFORE = later(r"([a-z]_?\d)\W{0,3}(?:(?:is|it is|goes|runs|from|between|in)\W*){0,3}\Z")
_FROM_ONE = later(r"\bcounted from (?:1|one)\b")


def goes_further(text: str, limits: Iterable[tuple[str, tuple[int, int]]]) -> str:
    """The words by which another index runs elsewhere, "0 and 1 for k1, 0 and 5 for k2"; "" if none.

    `limits` are those asked for, of each index.
    """
    told = dict(limits)
    other = ""
    for found in _FURTHER.finditer(text):
        pair = int(found["low"]), int(found["high"])
        beside = _INDEX_BEFORE.findall(text[max(0, found.start() - _NEAR) : found.start()])
        beside += _INDEX.findall(_OF_INDEX.match(text[found.end() :])[0])  # type: ignore[index]
        if pair[0] < pair[1] and any(told.get(name.replace("_", ""), pair) != pair for name in beside):
            other = found[0].strip()
    counted = _FROM_ONE.search(text)
    return other or (counted[0] if counted is not None else "")
