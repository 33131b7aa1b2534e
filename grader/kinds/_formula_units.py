r"""Units behind the numbers inside a formula: `12\,\text{m} - \frac12 g t^2`, `5 V e^{-t/(47 µs)}`, `20\,°C`."""

from __future__ import annotations

import re
from collections.abc import Set

from grader.model.patterns import later

_SPACE = r"(?:\\[,;: ]|~|\s)*"
_SET = r"\\(?:text|mathrm|textrm|unit|si)\s*"
_WRITTEN = r"[A-Za-zµΩ°%/^²³\d\s\\,.·-]{1,20}"
_ONE = rf"(?:{_SET}\{{\s*{_WRITTEN}\}}(?:\^\{{?-?\d\}}?)?|{_SET}[A-Za-z](?:\^\{{?-?\d\}}?)?)"
_DEGREES = rf"(?:\^\s*\{{?\s*\\circ\s*\}}?|°|\\degree){_SPACE}(?:{_SET}\{{\s*[CF]\s*\}}|[CF](?![A-Za-z]))"
_TYPESET = rf"\\[dt]?frac\s*\{{\s*{_ONE}\s*\}}\s*\{{\s*{_ONE}\s*\}}|{_ONE}|{_DEGREES}"
_PLAIN = r"(?:\\mu\s*|[µμ])[smFHVA]|(?:[kmMun]?(?:m|s|V|A|N|g|W|J|K|F|H|Hz|Pa|mol)|Ω|ohm)"
_TYPED = rf"(?:{_PLAIN})(?:\s?/\s?(?:{_PLAIN})(?:\^\{{?\d\}}?|[²³])?)?(?:\^\{{?-?\d\}}?|[²³])?(?![A-Za-z(_^])"
_UNIT = later(rf"(?P<number>\d){_SPACE}(?P<unit>{_TYPESET}|(?<=[\s~,]){_TYPED})")
_PREFIXED = re.compile(r"(?:\\mu|[µμ]|(?<![A-Za-z\\])[kmMun](?:m|s|V|A|N|g|W|J|F|H|Hz|Pa)(?![A-Za-z])|km|cm|ms)")
_BRACKETS = {"(": ")", "{": "}", "[": "]"}
_LETTERS = re.compile(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])")


def without_units(text: str, letters: Set[str]) -> tuple[str, bool]:
    """A formula without the units directly behind its numbers, and whether one of them has a prefix.

    Typed plainly, one of the `letters` of the reference is a quantity and no unit.
    """
    scaled = False

    def bare(found: re.Match[str]) -> str:
        nonlocal scaled
        plain = "\\" not in found["unit"] and "°" not in found["unit"]
        if plain and not letters.isdisjoint(_LETTERS.findall(found["unit"])):
            return found[0]
        before = found.string[: found.start()]
        inside = any(
            before.count(opener) > before.count(closer) for opener, closer in _BRACKETS.items()
        )  # no definition
        scaled = scaled or (inside and _PREFIXED.search(found["unit"]) is not None)
        return found["number"] + " "

    return _UNIT.sub(bare, text), scaled
