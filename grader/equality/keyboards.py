"""Letters as a keyboard has them, `xbar`, `beta0_hat`, `m1`, told as the other side sets them: `\\bar x`, `m_1`."""

from __future__ import annotations

import re

from grader.model.patterns import later
from grader.notation.signs import GREEK_GLYPHS

_GREEK = "|".join(sorted(set(GREEK_GLYPHS.values()), key=len, reverse=True))
_LETTER = rf"(?:{_GREEK}|[A-Za-zα-ωΑ-Ω])"
_SIGNS = {"bar": "bar", "hat": "hat", "tilde": "tilde", "overline": "bar", "widehat": "hat", "widetilde": "tilde"}
_ABOVE = {"\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "bar"}
_SET = later(rf"\\(?P<sign>{'|'.join(_SIGNS)})\s*(?:\{{\s*)?\\?(?P<letter>{_LETTER})(?![A-Za-z])")
_GLYPH = later(r"(?P<letter>[A-Za-zα-ωΑ-Ω])(?P<above>[\u0302-\u0305])")
_GLYPH_NUMBERED = later(r"([A-Za-zα-ωΑ-Ω][\u0302-\u0305])(\d)(?!\d)")
_TYPED = later(
    rf"(?<![A-Za-z\\_])\\?(?P<letter>{_LETTER})(?:_?(?P<digit>\d))?_?(?P<sign>bar|hat|tilde)"
    r"(?:_?(?P<last>\d)|_(?P<index>[A-Za-z]))?(?![A-Za-z0-9])"
)
_NUMBERED = later(rf"(?<![A-Za-z\\_\d.])(?P<slash>\\?)(?P<letter>{_LETTER})(?P<digit>\d)(?![\d.]|\s*\()")
_LETTER_NUMBERED = later(r"(?<![A-Za-z\\_\d.^{])([A-DF-Za-df-z])(\d)(?![\w.(])")
_INDEXED = later(rf"\\?(?P<letter>{_LETTER})_\{{?(?P<digit>\d)\}}?(?!\d)")
_FIELDS = later(
    r"(?<![A-Za-z\\{])(?P<operator>grad|div|curl|rot)\s+(?=[A-Za-z\\(])|(?<![A-Za-z\\{])(?P<tight>grad|div|curl|rot)(?=\()"
)
_OPERATORS = {"grad": r"\nabla ", "div": r"\nabla\cdot ", "curl": r"\nabla\times ", "rot": r"\nabla\times "}


# How a program or a hurried hand writes a letter, and the ways in which the other side may write the same one.
_SHORTENED = dict.fromkeys(("lam", "lamda", "lmbda"), ("lambda", "λ"))
_SHORT = later(rf"(?<![A-Za-z\\_])(?:{'|'.join(_SHORTENED)})(?![A-Za-z(])")
_EYE = later(
    r"(?<![A-Za-z\\_.])(?:(?:np|numpy|torch|jnp)\.)?(?:eye|identity)\(\s*\w+(?:\.shape\[[01]\])?\s*\)"
    r"|\\(?:mathrm|operatorname|text)\s*\{Id(?:entity)?\}"
)
_IDENTITY = later(r"(?<![A-Za-z\\_])I(?![A-Za-z_(\[])")


def set_alike(gold: str, answer: str) -> tuple[str, str]:
    """Both with the accents, numbers and operators of fields that the other side sets; as they were without any."""
    one, other = _set_as(gold, answer), _set_as(answer, gold)
    return one, other


def _set_as(text: str, other: str) -> str:
    if any(sign in text for sign in ("bar", "hat", "tilde")) and (accents := _accents_in(other)):
        text = _TYPED.sub(lambda found: _with_accent(found, accents), text)
    if "\u0302" in text or "\u0304" in text:  # β̂0
        text = _GLYPH_NUMBERED.sub(r"\1_\2", text)
    if any(map(str.isdigit, text)) and "_" in other:
        indexed = {(_name(found["letter"]), found["digit"]) for found in _INDEXED.finditer(other)}
        text = _NUMBERED.sub(lambda found: _with_number(found, indexed), text) if indexed else text
    if "lam" in text or "lmbda" in text:
        text = _SHORT.sub(lambda found: _in_full(found[0], text, other), text)
    if any(word in text for word in ("eye", "identity", "{Id")) and _IDENTITY.search(other):  # np.eye(d)
        text = _EYE.sub(" I", text)
    if "{" in text and "\\" not in text:  # x1 = a e^{-t}, where only a bracket is LaTeX
        text = _LETTER_NUMBERED.sub(r"\1_\2", text)
    if "nabla" in other or "∇" in other:
        text = _FIELDS.sub(lambda found: _OPERATORS[found["operator"] or found["tight"]], text)
    return text


def _name(letter: str) -> str:
    return GREEK_GLYPHS.get(letter, letter)


def _in_full(word: str, text: str, other: str) -> str:
    """`lam` as lambda, if the other side has that letter and this one writes it in no other way; else the word."""
    ways = _SHORTENED[word]
    known = any(way in other for way in ways) and not any(way in text for way in ways)
    return f" {ways[0]} " if known else word


def _accents_in(text: str) -> frozenset[tuple[str, str]]:
    """The letters that are set with a sign above them, each with the sign."""
    found = {(_name(one["letter"]), _SIGNS[one["sign"]]) for one in _SET.finditer(text)}
    found |= {(_name(one["letter"]), _ABOVE[one["above"]]) for one in _GLYPH.finditer(text) if one["above"] in _ABOVE}
    return frozenset(found)


def _with_accent(found: re.Match[str], accents: frozenset[tuple[str, str]]) -> str:
    """`beta0_hat`, `betahat_0` as `\\hat{\\beta}_{0}`, if the other side has a hat on beta."""
    letter = _name(found["letter"])
    if (letter, found["sign"]) not in accents or (found["digit"] and (found["last"] or found["index"])):
        return found[0]
    index = found["digit"] or found["last"] or found["index"]
    set_letter = letter if len(letter) == 1 else f"\\{letter}"
    return rf"\{found['sign']}{{{set_letter}}}" + (f"_{{{index}}}" if index else "")


def _with_number(found: re.Match[str], indexed: set[tuple[str, str]]) -> str:
    """`m1` as `m_1`, if the other side has such a letter."""
    if (_name(found["letter"]), found["digit"]) not in indexed:
        return found[0]
    return f"{found['slash']}{found['letter']}_{found['digit']}"
