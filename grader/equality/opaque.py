"""Spellings that a reading in general knows nothing of, told as what it knows: rounds, divergences, bases, nouns."""

from __future__ import annotations

import re

from grader.model.patterns import later

_STYLED = r"(?:\\(?:mathbf|vec|boldsymbol|bm)\s*\{?\s*(?:\\vec\s*)?)?(?P<NAME>[A-Za-z])\}?"
_ROUND = later(
    rf"(?:\\oint|∮)(?![A-Za-z])\s*(?:_\s*\{{?\s*[A-Za-z]\s*\}}?)?\s*{_STYLED.replace('NAME', 'field')}\s*"
    rf"(?:\\cdot(?![a-z])|[·⋅])\s*(?:\\,)?\s*d\s*{_STYLED.replace('NAME', 'by')}"
)
_DIVERGENCE = later(
    r"(?:D\s*_\s*\{?\s*(?:\\(?:text|mathrm)\s*\{)?\s*)?(?:\\(?:text|mathrm|operatorname)\s*\{)?KL\s*\}{0,2}\s*(?:\\left)?\(\s*"
    r"(?P<one>[A-Za-z])\s*(?:\\\||\|\||∥|‖|\\parallel|\\Vert)\s*(?P<other>[A-Za-z])\s*(?:\\right)?\)"
)
_BINARY = later(
    r"(?P<head>.*=)?\s*(?:(?:in )?(?P<base>binary|hexadecimal|hex|octal):? (?P<digits>[0-9A-Fa-f]+)"
    r"|(?P<before>[0-9A-Fa-f]+),? (?:in |\()?(?P<named>binary|hexadecimal|hex|octal)\)?)[\s.$]*",
    re.IGNORECASE,
)
_BASES = {"binary": "2", "hexadecimal": "16", "hex": "16", "octal": "8"}
_DECIMAL = later(r"(?<![\w.])(?P<digits>\d+)_(?:\{10\}|10(?!\d))|\((?P<inner>\d+)\)_(?:\{10\}|10(?!\d))")
_BASED = later(r"[0-9A-F]_\{?(?:2|8|16)\}?(?!\d)|binary|hex|octal|0b|0x")
_NOUN = later(
    r"(?<=[\d)}])\s*(?:\\[ ,;])*\s*\\text\s*\{\s*(?P<noun>(?:trainable |free )?parameters|weights|ways|elements|entries"
    r"|outcomes|combinations|permutations|arrangements|samples|operations|flops|neurons|iterations|steps|people|students)\s*\}[\s.$]*$",
)
_TURNS = later(
    r"(?P<before>.*?)(?P<number>\d+(?:\.\d+)?)\s*(?:\\[ ,;])*\s*(?:\\text\s*\{\s*)?(?:rpm|RPM|rev/min)\s*\}?[\s.$]*"
)
_RADIANS = later(
    r"\\(?:text|mathrm)\s*\{\s*rad\s*/\s*s\s*\}|(?<![A-Za-z])rad\s*/\s*s(?![A-Za-z])|\\(?:text|mathrm)\{rad\}/\\\w+\{s\}"
)


def told_plainly(gold: str, answer: str) -> tuple[str, str]:
    """Both with such spellings told in letters and numbers; as they were where there are none."""
    one, other = (_with_names(text) for text in (gold, answer))
    if _BASED.search(one) or _BASED.search(other):
        one, other = (_based(text) for text in (one, other))
    for mine, theirs, turned in ((one, other, False), (other, one, True)):
        noun = _NOUN.search(mine) if "\\text" in mine else None
        if noun is not None and not any(map(str.isalpha, theirs)):
            mine = mine[: noun.start()]
            one, other = (theirs, mine) if turned else (mine, theirs)
    return _in_radians(one, other)


def _with_names(text: str) -> str:
    """`\\oint E \\cdot dA` and `D_{KL}(p \\| q)` as letters with indices, of which nothing more is known."""
    if "oint" in text or "∮" in text:
        text = _ROUND.sub(lambda found: rf"C_{{{found['field']}{found['by']}}}", text)
    return _DIVERGENCE.sub(lambda found: rf"K_{{{found['one']}{found['other']}}}", text) if "KL" in text else text


def _based(text: str) -> str:
    """ "binary 101101" as 101101_2, and 45_{10} as 45."""
    text = _DECIMAL.sub(lambda found: found["digits"] or found["inner"], text)
    found = _BINARY.fullmatch(text)
    if found is None:
        return text
    base = _BASES[(found["base"] or found["named"]).lower()]
    return f"{found['head'] or ''}{(found['digits'] or found['before']).upper()}_{{{base}}}"


def _in_radians(one: str, other: str) -> tuple[str, str]:
    """Turns a minute, 60 rpm, beside radians a second: both as numbers of these."""
    turns = [_TURNS.fullmatch(text) for text in (one, other)]
    radians = [_RADIANS.search(text) for text in (one, other)]
    if (turns[0] is None) == (turns[1] is None) or (radians[0] is None) == (radians[1] is None):
        return one, other
    told = []
    for text, found in zip((one, other), turns, strict=True):
        if found is not None:
            told.append(rf"{found['before']} {found['number']} \cdot \frac{{2\pi}}{{60}}")
        else:
            told.append(_RADIANS.sub("", text).rstrip(" \\,;"))
    return told[0], told[1]
