"""What was typed as a unit, cut into tokens: plain text, LaTeX, and the macros of siunitx."""

from __future__ import annotations

import re

from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.reference._unit_names import same_signs
from grader.reference._unit_table import BINARY_PREFIXES, DECIMAL_PREFIXES

_STYLES = "math(?:rm|sf|it|normal)|text(?:rm|up|sf|normal)?|mbox|rm|operatorname|unit|si|ensuremath"
_DROPPED = later(rf"\\(?:(?:{_STYLES}|left|right|[bB]igg?[lr]?|displaystyle|q?quad)(?![A-Za-z])|[,;:! ()])|~")
_PREFIXES = "|".join([*(name for _, name, _ in (*DECIMAL_PREFIXES, *BINARY_PREFIXES)), "deka"])

# In this order: what stands for one sign, then signs that belong to the symbol behind them.
_REPLACED = (
    (later(r"\{\s*\}"), " "),
    (later(r"\\(?:si|unit)\s*\[[^\[\]]*\]"), " "),  # with options
    (later(r"\^\s*(?:\{\s*\\circ\s*\}|\\circ(?![A-Za-z]))"), "°"),
    (later(r"\\(?:degreeCelsius|celsius)(?![A-Za-z])"), " °C "),
    (later(r"\\(?:degree|textdegree)(?![A-Za-z])"), "°"),
    (later(r"\\(?:mu|textmu)(?![A-Za-z])"), "μ"),
    (later(r"\\(?:Omega|textohm)(?![A-Za-z])"), "Ω"),
    (later(rf"\\(?:{_STYLES})\s*\{{\s*([kMG])\s*\}}(?:\s|\\[,;! ])*(?=Ω)"), r"\1"),  # \mathrm{k}\Omega
    (later(r"(?<![^\W\d_])([kMG])(?:\s|\\[,;! ])+(?=Ω)"), r"\1"),  # k$\Omega$: k alone is no unit
    (later(r"\\AA(?![A-Za-z])"), "Å"),
    (later(r"\\(?:percent(?![A-Za-z])|%)"), "%"),
    (later(r"\\(?:euro|texteuro)(?![A-Za-z])"), "€"),
    (later(r"\\(?:pounds|textsterling)(?![A-Za-z])"), "£"),
    (later(r"\\\$"), "$"),
    (later(r"\\(?:cdot|times|ast|cdotp)(?![A-Za-z])"), "*"),
    (later(rf"\\({_PREFIXES})\s*\\(?=[A-Za-z])"), r"\\\1"),  # \kilo\metre is one word
    (later(rf"([μ°])\s*(\\(?:{_STYLES})\s*\{{)\s*"), r"\2\1"),  # \mu\mathrm{m}
    (later(r"(?<![^\W\d_])(?:μ|mu\b)\s+(?=[^\W\d_])"), "μ"),
    (later(r"°\s+(?=[CF](?![A-Za-z]))"), "°"),
    (_DROPPED, " "),
    (later("[\u200b\u2060-\u2064\ufeff]"), ""),
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_SUPERSCRIPT = later("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+")
_SIGNS = str.maketrans({**dict.fromkeys("·⋅∙•×∗⸱", "*"), **dict.fromkeys("÷⁄∕", "/"), **dict.fromkeys("−‐‑–", "-")})

_TOKEN = later(
    r"""(?P<gap>\s*)(?:
        (?P<number>[0-9]+(?:\.[0-9]+)?)
      | (?P<word>°[CF](?![A-Za-z]) | US\$ | [kM]?[€$£¥] | [°′″%‰¢] | [^\W\d_]+)
      | (?P<macro>\\[A-Za-z]+)
      | (?P<sign>\*\* | [^\s])
    )""",
    re.VERBOSE,
)


class Token(NamedTuple):
    """A piece of a unit: `kind` is number, word, macro, sign, or end; `apart` when a space stands before it."""

    kind: str
    text: str
    apart: bool = False


END = Token("end", "")
FRACTIONS = frozenset({r"\frac", r"\dfrac", r"\tfrac", r"\nicefrac", r"\sfrac"})
_TAKE_BRACES = frozenset({"^", "**", r"\sqrt", r"\tothe"}) | FRACTIONS


def _unwrapped(found: list[Token]) -> list[Token]:
    """Tokens without the braces that nobody sees: \\text{m s}^{-1} reads m s^{-1}, and not (m s)^{-1}.

    The braces of an exponent, a root or a fraction stay, and so do those without a partner.
    """
    dropped: set[int] = set()
    opened: list[int] = []
    above: set[int] = set()  # where the first argument of a fraction opens
    second = -1  # where the second one has to open
    for place, token in enumerate(found):
        if token.text == "{":
            opened.append(place)
            before = found[place - 1].text if place else ""
            if before in FRACTIONS:
                above.add(place)
            elif before not in _TAKE_BRACES and place != second:
                dropped.add(place)
        elif token.text == "}" and opened:
            start = opened.pop()
            if start in dropped:
                dropped.add(place)
            elif start in above:
                second = place + 1
    dropped.difference_update(opened)
    return [
        token._replace(apart=token.apart or place - 1 in dropped)
        for place, token in enumerate(found)
        if place not in dropped
    ]


def tokens(text: str) -> list[Token]:
    """The pieces of a unit as it was typed, without what only sets its type; the last one is `END`."""
    text = same_signs(text.strip())
    while len(text) > 2 and text[0] == text[-1] == "$":
        text = text[1:-1]
    text = _SUPERSCRIPT.sub(lambda match: "^{" + match[0].translate(_RAISED) + "}", text).translate(_SIGNS)
    for pattern, replacement in _REPLACED:
        text = pattern.sub(replacement, text)
    found = [
        Token(str(match.lastgroup), match[str(match.lastgroup)], bool(match["gap"]))
        for match in _TOKEN.finditer(text.strip())
    ]
    return [*_unwrapped(found), END]
