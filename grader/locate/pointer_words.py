"""Words that only point to what a program printed: "second line of the output", "output of the next cell"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from grader.model.patterns import later
from grader.model.records import NamedTuple


class Pointer(NamedTuple):
    """What words point to, and what else they say."""

    line: int = 0  # counted from 1; -1 is the last, 0 all that was printed
    cell: str = ""  # "next", "previous", or "then": the one behind that which the words before point to
    where: str = ""  # "below", "above"
    rest: int = 0  # how many characters at the end say something besides


_ORDINALS = (
    ("first", "erste", "première", "premiere"), ("second", "zweite", "deuxième", "deuxieme", "seconde"),
    ("third", "dritte", "troisième", "troisieme"), ("fourth", "vierte", "quatrième", "quatrieme"),
    ("fifth", "fünfte", "fuenfte", "cinquième"), ("sixth", "sechste", "sixième"), ("seventh", "siebte", "septième"),
    ("eighth", "achte", "huitième"), ("ninth", "neunte"), ("tenth", "zehnte"),
)  # fmt: skip
_NTH = {word: number for number, words in enumerate(_ORDINALS, 1) for word in words}
_NTH |= dict.fromkeys(("last", "final", "letzte", "dernière", "derniere"), -1)
_CELLS = {
    "next": ("next", "following", "nächste", "naechste", "folgende", "suivante"),
    "previous": ("previous", "preceding", "vorige", "vorherige", "obige", "précédente"),
}
_THEN = ("after that", "after this one", "after it", "behind that", "danach", "darauf", "d'après")
_WHERE = {
    "below": ("below", "next", "underneath", "unten", "darunter", "ci-dessous", "following", "folgende", "nächste"),
    "above": ("above", "oben", "darüber", "ci-dessus", "previous", "preceding", "vorige", "vorherige", "obige"),
}


def _any(*words: str) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


_ENDING = "(?:[rsnm](?![^\\W\\d_]))?"  # of a German adjective
_THE = "(?:(?:the|my|this|that|die|der|das|dem|den|des|diese[rsnm]?|la|le|du|l['’]) ?)?"
_OF = "(?:(?:of|in|on|from|der|des|von|vom|aus|im|in der|de la|de|du) |'s )"
_LEAD = (
    "(?:(?:see|look at|as in|in|siehe|s\\.|vgl\\.?|cf\\.?|voir|(?:it|that|this) is|it['’]s|(?:das|es) ist|c['’]est"
    "|[=-]+>|→|⇒|:|(?:the )?(?:answer|result|value|solution) is(?: in)?|die (?:antwort|lösung) (?:ist|steht in)"
    ") ?){0,3}"
    "(?:(?:any|one|each|some) (?:of|from|in) |eine?[rsn]? (?:aus|von|in) )?"
)
_PRINTED = "(?:outputs?|print-?outs?|prints?|printed|console|konsolen|ausgaben?|sortie)"
_SHOWN = "(?:(?:printed |console )?(?:outputs?|results?|print-?outs?)|ausgaben?|ergebniss?e?n?|sorties?|résultats?)"
_CELL = "(?P<piece>(?:(?:code|python|notebook) ?)?(?:cells?|chunks?|blocks?|zellen?|cellules?))"
_CELLREF = (
    f"{_THE}(?:(?P<cell>{_any(*_CELLS['next'], *_CELLS['previous'])}){_ENDING} )?"
    f"{_CELL}(?:['’]s {_SHOWN})?(?: (?P<then>{_any(*_THEN)}))?"
)
_SIDE = f"(?:(?P<side>{_any(*_WHERE['below'], *_WHERE['above'])}){_ENDING} )?"
_PLACED = f"(?: (?P<where>{_any('below', 'above', 'unten', 'oben', 'underneath', 'ci-dessous', 'ci-dessus')}))?"
_ORDINAL = f"(?:(?P<nth>{_any(*_NTH)}){_ENDING}|(?P<digit>\\d{{1,2}})(?:st|nd|rd|th|\\.)) ?"
_SOURCE = f"(?: {_OF}{_THE}{_SIDE}{_SHOWN}(?: {_OF}{_CELLREF})?)"
# What may stand behind: that the same counts for two, or why. Anything else, "doubled", "in thousands", may change it.
_SAME = (
    "(?:(?:(?:it|this|that|they)(?: is| are|['’]s)|(?:das|es) ist) )?(?:the )?(?:same|identical|gleich|dasselbe)\\b"
    "|for both\\b|for all\\b|für beide\\b|because\\b|since\\b|as\\b|weil\\b|da\\b|denn\\b"
)
_REST = f"[\\s.,;:!)]*(?P<rest>\\(?(?:{_SAME})[^\\d=]{{0,120}})?"
_FORMS = (
    f"{_THE}{_ORDINAL}(?:{_PRINTED} ?)?(?:line|zeile|ligne){_SOURCE}?{_PLACED}",
    f"{_THE}{_ORDINAL}(?:{_PRINTED} ?)?(?:row|entry|value|wert){_SOURCE}{_PLACED}",
    f"{_THE}{_ORDINAL}{_PRINTED} ?(?:row|entry|value){_PLACED}",
    f"{_THE}(?:line|zeile|ligne) (?:no\\.? ?)?(?P<number>\\d{{1,2}}){_SOURCE}{_PLACED}",
    f"{_THE}{_PRINTED} ?(?:line|zeile) (?P<number>\\d{{1,2}}){_PLACED}",
    f"{_THE}{_SIDE}{_SHOWN} {_OF}{_CELLREF}{_PLACED}",
    f"{_CELLREF}{_PLACED}",
    f"{_THE}{_SIDE}(?:outputs?|print-?outs?|ausgaben?|sorties?){_PLACED}",
)
_LINES, _ENTRIES, _CELL_SIGNS = (
    ("line", "zeile", "ligne"),
    ("row", "entr", "value", "wert"),
    ("cell", "zell", "chunk", "block"),
)
_PRINTS = ("output", "print", "konsol", "consol", "ausgab", "sortie")
_HOLDS = (_LINES, _ENTRIES, _ENTRIES, _LINES, _LINES, _CELL_SIGNS, _CELL_SIGNS, _PRINTS)
_POINTERS = tuple(
    later(rf"\s*{_LEAD}{form}{_REST}\s*".replace(" ?", r"\s*").replace(" ", r"\s+"), re.I, holds)
    for form, holds in zip(_FORMS, _HOLDS, strict=True)
)
_CHANGES = later(
    r"\b(?:but|not?|never|wrong|except|plus|minus|times|without|or|twice|double\w*|hal[fv]\w*|squared?|divided|transpos\w*"
    r"|revers\w*|swap\w*|instead|unlike|only|more|less|old|aber|nicht|kein\w*|ohne|mal|oder|außer|falsch)\b|n['’]t\b",
    re.I,
)
_SIGNS = ("line", "zeile", "ligne", "row", "output", "ausgabe", "result", "ergebnis", "print", "cell", "zelle", "chunk")
_LONGEST = 200  # characters of words that only point
_GAP = re.compile(r"\s{9}")  # which would be looked through from each of its blanks


def read_pointer(text: str) -> Pointer | None:
    """What these words point to; None if they say anything that may be an answer, or may change one."""
    lowered = text.lower()
    if len(text) > _LONGEST or not any([sign in lowered for sign in _SIGNS]):
        return None
    if _CHANGES.search(text) or _GAP.search(text):
        return None
    for pattern in _POINTERS:
        if (found := pattern.fullmatch(text)) is not None:
            pointer = _pointer({name: said or "" for name, said in found.groupdict().items()})
            return pointer if pointer.line or pointer.cell or pointer.where else None
    return None


def _pointer(said: dict[str, str]) -> Pointer:
    number = said.get("number") or said.get("digit")
    line = int(number) if number else _NTH.get(said.get("nth", "").lower(), 0)
    cell = "then" if said.get("then") else _named(said.get("cell", ""), _CELLS)
    where = _named(said.get("where", ""), _WHERE) or _named(said.get("side", ""), _WHERE)
    if said.get("piece") and not cell:  # "of the cell above"
        cell, where = {"below": "next", "above": "previous"}.get(where, ""), ""
    return Pointer(line, cell, where, len(said.get("rest", "")))


def _named(word: str, table: Mapping[str, tuple[str, ...]]) -> str:
    return next((name for name, words in table.items() if word.lower() in words), "")
