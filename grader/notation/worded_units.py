"""Numbers and units with a word in them: "1.25 million", "24 square inches", "7 by 7"."""

from __future__ import annotations

import re

from grader.model.patterns import later

_TEXT = r"\\(?:text|textrm|mbox|mathrm)\s*\{\s*"
_ROUND = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_MILLIONS = later(
    rf"(?P<number>\d)(?:\s|\\[,;: ]|~)*(?:{_TEXT})?(?P<round>thousand|million|billion|trillion)\b\s*\}}?",
    holds=tuple(_ROUND),
)
_UNITS = "in(?:ch(?:es)?)?|f(?:oo|ee)t|ft|yards?|yd|miles?|mi|(?:milli|centi|kilo|deci)?met(?:er|re)s?|[mckd]?m|units?"
_POWERS = later(
    rf"(?P<number>\d(?:\s|\\[,;: ]|~)*)(?P<set>{_TEXT})?(?P<how>square|cubic|sq\.?|cu\.?)\s+"
    rf"(?P<unit>{_UNITS})\b(?P<end>\s*\}})?",
    holds=("square", "cubic", "sq", "cu"),
)
_INCH = later(r"(?P<before>\d(?:\s|\\[,;: ]|~)*|\{\s*)in(?P<behind>\s*\}?\s*(?:\^|[²³]|[.\s]*\Z))", holds=("in",))
_BY = later(r"(?<=\d)\s+by\s+(?=\d)", holds=("by",))


def with_units_told(text: str) -> str:
    """The text with these words as signs; a length may change where a unit has a longer name."""
    if not any(map(str.isdigit, text)):
        return text
    text = _MILLIONS.sub(lambda found: f"{found['number']}*10^{_power(found)}".ljust(len(found[0])), text)
    text = _POWERS.sub(_raised, text)
    text = _INCH.sub(lambda found: f"{found['before']}inch{found['behind']}", text)
    return _BY.sub(lambda found: " ×".ljust(len(found[0])), text)


def _power(found: re.Match[str]) -> str:
    power = str(_ROUND[found["round"]])
    return power if len(power) == 1 else f"{{{power}}}"


def _raised(found: re.Match[str]) -> str:
    power = 2 if found["how"].startswith("sq") else 3
    closed = found["end"] or ""
    return f"{found['number']}{found['set'] or ''}{found['unit']}{closed}^{power}".ljust(len(found[0]))
