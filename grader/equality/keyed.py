"""What a keyboard has no signs for, told as the other side sets it: `lam`, `u.v`, `cbrt(x)`, `A - B` of sets, `I_2`."""

from __future__ import annotations

import re

from grader.model.patterns import later

_CUBE = later(r"(?<![A-Za-z\\])cbrt\s*\(")
_FROM = later(
    r"(?P<sum>\\sum|\\prod|[Σ∑]|(?<![A-Za-z\\])sum)\s*(?:\\limits)?\s*_\s*(?P<open>\{)?\s*(?P<index>[a-z])\s*"
    r"(?:\\g(?:eq?|eqslant)(?![a-z])|>=|≥)\s*(?P<low>-?\d+)\s*(?(open)\})(?!\s*\^)"
)
_LOGARITHM = later(r"(?<![A-Za-z\\])log(?P<base>2|10)\s+(?=[A-Za-z\d|\\(])|(?<![A-Za-z\\])log(?P<tight>10)(?=\|)")
_SHORT = {"lam": "lambda", "lambd": "lambda", "lmbda": "lambda", "eps": "epsilon"}
_GREEK = later(r"(?<![A-Za-z\\_])(?P<name>lambd|lmbda|lam|eps)(?![A-Za-z])")
_GLYPHS = {"lambda": (r"\lambda", "λ"), "epsilon": (r"\epsilon", r"\varepsilon", "ε")}
_DOT = later(r"(?<![A-Za-z\d.\\])(?P<one>[a-z])\.(?P<other>[a-z])(?![A-Za-z(])")
_DOTTED = (r"\cdot", "·")
_SET_MINUS = later(r"\\(?:setminus|smallsetminus)(?![a-z])|∖")
_SETS_ALONE = later(r"[\s()]*(?:[A-Zℝ]|\{[^{}]*\})(?:[\s()]*(?:-|∪|∩|∖)[\s()]*(?:[A-Zℝ]|\{[^{}]*\}))+[\s()]*")
_REALS = later(r"\AR(?=\s?-)")
_COMPLEMENT = later(r"(?<=[A-Z])\s*\)\s*'(?!')")
_SYMMETRIC = later(
    r"(?<![A-Za-z\\])(?P<one>[A-Z])\s*(?:\\(?:triangle|bigtriangleup|vartriangle|Delta|ominus)(?![a-z])|[△Δ∆⊖])\s*"
    r"(?P<other>[A-Z])(?![A-Za-z(])"
)
_IDENTITY = later(r"[\s$]*I_\{?(?P<size>[2-4])\}?[\s$.]*")
_MATRIX = later(r"\\begin\{[pbvB]?(?:small)?matrix\}|\[\s*\[")
_BARE_SUM = later(r"(?:\\sum|[Σ∑]|(?<![A-Za-z\\])sum(?!\s*\())(?![A-Za-z_])(?!\s*(?:\\limits\s*)?_)")
_LIMITS = later(
    r"\\sum\s*(?:\\limits\s*)?(?P<limits>_\{?\s*(?P<index>[a-z])\s*=\s*(?P<low>\w+)\s*\}?\s*\^\s*(?:\{[^{}]*\}|\w))"
)


def keyed_alike(gold: str, answer: str) -> tuple[str, str]:
    """Both told so; as they were where nothing of it is in them."""
    return _as(gold, answer), _as(answer, gold)


def _as(text: str, other: str) -> str:
    text = _CUBE.sub("∛(", text) if "cbrt" in text else text
    if "sum" in text or "Σ" in text or "∑" in text:
        text = _FROM.sub(r"\g<sum>_{\g<index>=\g<low>}^{\\infty}", text)
        text = _with_limits(text, other)
    text = _LOGARITHM.sub(lambda found: f"log_{found['base'] or found['tight']} ", text) if "log" in text else text
    text = _GREEK.sub(lambda found: _letter(found, other), text)
    if "." in text and any(sign in other for sign in _DOTTED):
        text = _DOT.sub(r"(\g<one> · \g<other>)", text)
    if "'" in text and any(sign in text for sign in ("∩", "∪", "\\cap", "\\cup")):
        text = _COMPLEMENT.sub(r")^c", text)
    text = _SYMMETRIC.sub(r"((\g<one> ∖ \g<other>) ∪ (\g<other> ∖ \g<one>))", text)
    if "-" in text and _SET_MINUS.search(other):
        plain = _REALS.sub("ℝ", text.strip())
        text = plain.replace("-", "∖") if _SETS_ALONE.fullmatch(plain) else text
    found = _IDENTITY.fullmatch(text) if "I" in text and _MATRIX.search(other) else None
    return _identity(int(found["size"])) if found is not None else text


def _letter(found: re.Match[str], other: str) -> str:
    """`lam` as lambda, if the other side has one."""
    name = _SHORT[found["name"]]
    return name if any(glyph in other for glyph in _GLYPHS[name]) else found[0]


def _identity(size: int) -> str:
    rows = (", ".join(str(int(row == column)) for column in range(size)) for row in range(size))
    return f"[{', '.join(f'[{row}]' for row in rows)}]"


def _with_limits(text: str, other: str) -> str:
    """A sum that says nothing of its index, `Σ y_i log p_i`, with the limits from 1 that the other side has."""
    bare = _BARE_SUM.search(text)
    found_limits = list(_LIMITS.finditer(other))
    limits = {"".join(found["limits"].split()): found["index"] for found in found_limits}
    if any(found["low"] != "1" for found in found_limits):
        return text  # over all of the data, not from the second on
    if bare is None or len(limits) != 1 or _LIMITS.search(text):
        return text
    ((said, index),) = limits.items()
    counted = re.search(rf"_\{{?{index}(?![A-Za-z])", text[bare.end() :])
    return _BARE_SUM.sub(lambda found: rf"\sum{said} ", text) if counted else text
