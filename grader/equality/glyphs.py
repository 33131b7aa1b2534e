"""Notation typed in glyphs or without signs, told as LaTeX has it: ∂²f/∂x∂y, θ̈, `\\dot{θ}`, `Var X`, P(D|+)."""

from __future__ import annotations

import re
import unicodedata

from grader.model.patterns import later
from grader.notation.signs import GREEK_GLYPHS

_ABOVE = {
    "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "bar", "\u0307": "dot", "\u0308": "ddot",
}  # fmt: skip
_MARKED = later(r"(?P<letter>[A-Za-zα-ωΑ-Ωℓ])(?P<above>[\u0302-\u0305\u0307\u0308])(?P<digit>\d(?!\d))?")
_BRACED = later(
    r"(?P<sign>\\(?:d?dot|hat|bar|tilde|vec|widehat|overline)(?![A-Za-z]))\s*(?:\{\s*(?P<in>[α-ωΑ-Ω])\s*\}|(?P<out>[α-ωΑ-Ω]))"
)
_GREEK = "|".join(sorted(set(GREEK_GLYPHS.values()), key=len, reverse=True))
_LETTER = rf"(?:\\(?:{_GREEK})(?![A-Za-z])|[A-Za-zα-ωΑ-Ω])"
_INDEXED = rf"{_LETTER}(?:_(?:\{{\w{{1,6}}\}}|\w))?"
_SUPER = {"²": "2", "³": "3"}
_POWER = r"(?:\^\{?[23]\}?|[²³])"
_BY = rf"(?:\s*(?:∂|\\partial(?![A-Za-z]))\s*{_LETTER}{_POWER}?)"
_PARTIAL = later(
    rf"(?:∂|\\partial(?![A-Za-z]))\s*(?P<order>{_POWER})?\s*(?P<of>{_INDEXED})?\s*/\s*"
    rf"(?:\((?P<inside>{_BY}+\s*)\)|(?P<by>{_BY}+))(?![A-Za-z(])"
)
_SLOPE = later(
    rf"(?<![A-Za-z\\])d\s*(?P<order>{_POWER})?\s*(?P<of>{_INDEXED})\s*/\s*d\s*(?P<by>[A-Za-z])(?P<times>{_POWER})?(?![A-Za-z(])"
)
_ONE_BY = later(rf"(?:∂|\\partial)\s*(?P<letter>{_LETTER})(?P<power>{_POWER})?")
_PRIMED = later(rf"(?<![A-Za-z\\])(?P<letter>[α-ωΑ-Ω]|\\?(?:{_GREEK})(?![A-Za-z]))(?P<primes>'{{1,2}})")
_DOTS = later(r"\\(?P<dots>d?dot)(?![A-Za-z])\s*\{?\s*\\?(?P<letter>[A-Za-zα-ω]+)")
_MOMENT = later(r"(?<![A-Za-z\\])(?P<moment>Var|Cov|Corr|SD)\s+(?P<letter>[A-Z])(?![A-Za-z(_])")
_CHANCE = later(r"(?<![A-Za-z\\])P\s*(?:\\left)?\((?P<event>[^()=]{1,30}?)(?:\\right)?\)")
_SIGNED = later(
    r"(?:\^?\{?(?<=[A-Za-z^{])(?P<behind>[+-])\}?|(?<![A-Za-z^{\w])(?P<alone>[+-]))(?=\s*(?:$|[|∣,∩]|\\(?:mid|cap|vert)(?![a-z])))"
)
_POWERS = later(
    r"(?<=\d)(?P<power>\^\s*(?:\{\s*-?\d+\s*\}|\d))(?:\s|\\[,;:! ]|~)+(?=\d*\.\d|\d+\s*\^|\(\s*\d)|"
    r"(?<=!)(?P<blank>)(?:\s|\\[,;:! ])+(?=\d*\.\d|\d+\s*\^)"
)
_UNITS = later(
    r"(?P<before>(?:^|.*[=≈ $]))(?P<number>-?\d+(?:\.\d+)?(?:\s*(?:×|\\times|\*)\s*10\s*\^\s*\{?-?\d+\}?)?)\s*"
    r"(?P<unit>[A-Za-zμΩ°]{1,3}/\((?:[A-Za-z]{1,3}(?:\^?\d|[²³])?[ ·*⋅]?)+\))[\s.$]*"
)
_SET_UNIT = later(r"\\(?:text|mathrm|si|unit)\s*\{[^{}]*/")


def in_latex(text: str, other: str) -> str:
    """One side with its glyphs, derivatives and powers told as LaTeX, where the other side has the like of them."""
    text = _with_marks(text)
    text = _BRACED.sub(lambda found: f"{found['sign']}{{{_set(found['in'] or found['out'])}}}", text)
    text = _POWERS.sub(lambda found: rf"{found['power'] or ''} \cdot ", text)
    if "'" in text and (dotted := _dotted(other)):
        text = _PRIMED.sub(lambda found: _with_dots(found, dotted), text)
    if "/" in text:
        text = _SLOPE.sub(_slope, _PARTIAL.sub(_partial, text)) if "∂" in text or "d" in text else text
    text = _MOMENT.sub(r"\g<moment>(\g<letter>)", text)
    if "P" in text and ("+" in text or "-" in text):
        text = _CHANCE.sub(_with_named_signs, text)
    found = _UNITS.fullmatch(text) if _SET_UNIT.search(other) else None
    return rf"{found['before']}{found['number']}\ \text{{{found['unit']}}}" if found is not None else text


def _with_marks(text: str) -> str:
    """The text with `β̂0` as `\\hat{\\beta}_0`, `ẍ` as `\\ddot{x}`."""
    return text if text.isascii() else _MARKED.sub(_marked, _taken_apart(text))


def _marked(found: re.Match[str]) -> str:
    index = f"_{{{found['digit']}}}" if found["digit"] else ""
    return rf"\{_ABOVE[found['above']]}{{{_set(found['letter'])}}}{index}"


def _taken_apart(text: str) -> str:
    """The text with each letter under a mark as the letter and the mark; the vowels of words stay whole."""
    found = []
    for place, sign in enumerate(text):
        parts = unicodedata.normalize("NFD", sign) if sign.isalpha() else sign
        beside = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
        in_word = sign.lower() in _OF_WORDS and any(map(str.isalpha, beside))
        found.append(parts if len(parts) == 2 and parts[1] in _ABOVE and not in_word else sign)
    return "".join(found)


_OF_WORDS = frozenset("äëïöüâêîôûñãõ")


def _set(letter: str) -> str:
    return rf"\{GREEK_GLYPHS[letter]}" if letter in GREEK_GLYPHS else letter


def _name(letter: str) -> str:
    return GREEK_GLYPHS.get(letter, letter.lstrip("\\"))


def _dotted(text: str) -> frozenset[str]:
    """The letters with dots in a text: derivatives by the time."""
    text = _with_marks(text)
    return frozenset(_name(found["letter"]) for found in _DOTS.finditer(text))


def _with_dots(found: re.Match[str], dotted: frozenset[str]) -> str:
    """`θ''` as `\\ddot{\\theta}`, if the other side has dots on theta."""
    name = _name(found["letter"])
    return rf"\{'d' * (len(found['primes']) - 1)}dot{{\{name}}}" if name in dotted else found[0]


def _order(power: str | None) -> int:
    digits = re.sub(r"[\^{}]", "", power or "1")
    return int(_SUPER.get(digits, digits))


def _partial(found: re.Match[str]) -> str:
    """`∂²f/∂x∂y` as a fraction; as it was where the orders contradict each other."""
    steps = [(one["letter"], _order(one["power"])) for one in _ONE_BY.finditer(found["inside"] or found["by"])]
    order = _order(found["order"])
    if order != sum(times for _, times in steps):
        return found[0]
    below = " ".join(rf"\partial {letter}" + (f"^{times}" if times > 1 else "") for letter, times in steps)
    return rf"\frac{{\partial{f'^{order}' if order > 1 else ''} {found['of'] or ''}}}{{{below}}}"


def _slope(found: re.Match[str]) -> str:
    """`d²θ/dt²` as a fraction; as it was where the orders contradict each other."""
    order = _order(found["order"])
    if order != _order(found["times"]):
        return found[0]
    raised = f"^{order}" if order > 1 else ""
    return rf"\frac{{d{raised} {found['of']}}}{{d{found['by']}{raised}}}"


def _with_named_signs(found: re.Match[str]) -> str:
    """`P(D|+)` and `P(+|D)` with a name for the outcome of a test, which a sign alone is."""
    event = found["event"]
    told = _SIGNED.sub(lambda sign: " T_{p}" if (sign["behind"] or sign["alone"]) == "+" else " T_{m}", event)
    told = re.sub(r"(?<![A-Za-z])T T_", "T_", told)
    return f"P({told})"
