"""Names of physical quantities: what each is measured in, and which are told apart where both have one unit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.model.patterns import later
from grader.model.records import NamedTuple

if TYPE_CHECKING:
    from grader.reference.units import Unit as Measure


class Family(NamedTuple):
    """Words for one quantity, and the units it may have."""

    words: str
    units: str


_FAMILIES = (
    Family("speed velocity velocities", "m/s"),
    Family("acceleration deceleration", "m/s^2"),
    Family("time duration", "s"),
    Family("distance displacement range", "m"),
    Family("height altitude elevation", "m"),
    Family("depth", "m"),
    Family("radius", "m"),
    Family("diameter", "m"),
    Family("circumference perimeter", "m"),
    Family("wavelength", "m"),
    Family("width", "m"),
    Family("area", "m^2"),
    Family("volume", "m^3"),
    Family("mass", "kg"),
    Family("momentum", "kg*m/s"),
    Family("force", "N"),
    Family("energy work heat", "J"),
    Family("power", "W"),
    Family("pressure", "Pa"),
    Family("temperature", "K"),
    Family("voltage", "V"),
    Family("current", "A"),
    Family("resistance impedance", "ohm"),
    Family("reactance", "ohm"),
    Family("admittance", "S"),
    Family("capacitance", "F"),
    Family("inductance", "H"),
    Family("frequency", "Hz"),
)
_OF = {word: family for family in _FAMILIES for word in family.words.split()}
_NOUNS = later(rf"\b({'|'.join(_OF)})s?\b", holds=tuple(_OF))
_KINDS = frozenset("initial starting average mean relative".split())
# What may stand between the name of a quantity and its value: "of the ball after 2 s is about".
_IS = later(
    r"(?: (?:of|for|in|at|from|to|on|above|below|after|before|with) [^.;,:=]{1,40})?"
    r"\W*(?:is|was|are|of|equals|becomes)?\W*(?:then|thus|therefore|about|roughly|only)?\W*"
)
_CLAUSE = re.compile(r"[.;,\n]\s|\b(?:and|so|thus|hence|that|therefore|since|because|but|which|gives|get)\b")
# Letters of alternating current, where an answer is a complex number.
LETTERS = {"I": _OF["current"], "Y": _OF["admittance"]}


def family_of(word: str) -> Family:
    """The family of a word of the table."""
    return _OF[word]


def families(words: str) -> set[str]:
    """The quantities that words name, each by all of its names."""
    return {_OF[found[1]].words for found in _NOUNS.finditer(words.casefold())}


def kinds(words: str) -> set[str]:
    """Words that make another quantity of one: the initial speed, the average speed."""
    return {word for word in re.findall(r"[a-z]+", words.casefold()) if word in _KINDS}


def introduced(before: str) -> tuple[str, str, Family] | None:
    """The quantity as which the words before a value name it: its clause, its name and its family; None for none."""
    clause = _CLAUSE.split(f" {before.casefold()}")[-1]
    nouns = list(_NOUNS.finditer(clause))
    if not nouns or _IS.fullmatch(clause, nouns[0].end()) is None:
        return None
    return clause, nouns[0][0], _OF[nouns[0][1]]


def measures(family: Family, measure: Measure) -> bool:
    """Whether a quantity can be given in a unit."""
    return alike(family.units, measure)


def alike(unit: str, measure: Measure) -> bool:
    """Whether a unit may be one of the same dimension as another; also where nobody knows it."""
    from grader.kinds._measured import meaning
    from grader.reference.units import convertible

    own = meaning(unit)[0]
    return own is None or convertible(own, measure)
