"""Spellings that are told in another way before a formula is cut into tokens; what follows keeps its place."""

from __future__ import annotations

import re

from grader.model.patterns import later
from grader.notation.printed import with_commas
from grader.notation.signs import SUBSCRIPT_DIGITS

_PLUS_MINUS = re.compile(r"\+\s?/\s?[-−–](?!\s*/)")  # `+ / -`, which no arithmetic has
_ARG = (
    r"(?:\\operatorname\*?\s*\{\s*arg\s*(?:\\[,!;])?\s*(?P<a>min|max)\s*\}|\\arg\s*(?:\\[,!;])?\s*\\(?P<b>min|max)\b)"
)
_ARG_ALONE = re.compile(r"\\operatorname\*?\s*\{\s*arg\s*(?:\\[,!;])?\s*(min|max)\s*\}")
_UNDER = re.compile(rf"\\underset\s*\{{(?P<under>[^{{}}]*)\}}\s*\{{\s*{_ARG}\s*\}}")


def respelled(text: str) -> str:
    """`+/-` as ±; `\\operatorname*{arg\\,min}` and `\\underset{w}{\\arg\\min}` as `\\arg\\min` and `\\arg\\min_{w}`."""
    if "/" in text:
        text = _PLUS_MINUS.sub(lambda found: "±".ljust(len(found[0])), text)
    if "\\underset" in text:
        text = _UNDER.sub(_with_subscript, text)
    if "\\operatorname" in text:
        text = _ARG_ALONE.sub(lambda found: rf"\arg\{found[1]}".ljust(len(found[0])), text)
    if "{e}" in text or "\\end" in text:
        text = _POWER_OF_TEN.sub(lambda found: f"{found[1]}e{found[2]}".ljust(len(found[0])), _AT_END.sub(" ", text))
    if "√" in text:
        text = _ROOTED.sub(lambda found: _ROOTS[found[1]].ljust(len(found[0])), text)
    if "Π" in text:
        text = _PRODUCT.sub("∏", text)
    if any(sign in text for sign in _BASES):
        text = _BASED.sub(_as_decimal, text)
    if "leftarrow" in text or "←" in text:
        text = _ASSIGNED.sub(lambda found: ":=".ljust(len(found[0])) if len(found[0]) > 1 else "=", text)
    if "j" in text and "[" in text:
        text = _PRINTED.sub(lambda found: _BEHIND_COMPLEX.sub(",", found[0]), text)
    if "j" in text and "." in text:
        text = _POINTED.sub(" ", with_commas(text))
    if ";" in text and "[" in text:
        text = _ROWS.sub(_with_commas, text)
    return _REGION.sub(lambda found: " " * len(found[0]), text) if "ROC" in text else text


_FACTOR = r"(?:\d+(?:[./]\d+)?|[A-Za-zα-ω](?:_?\d)?(?:\^\{?-?\d+\}?|[²³])?)"
_BETWEEN_EQUALS = later(rf"(?<==)[ \t]*{_FACTOR}(?: {_FACTOR})+(?=[ \t]*[=≈])")  # E = 1/2 k x^2 = 0.8, in plain text
_CROSSED = later(r"(?<=\d) [xX] (?=\d)")
_WITH_UNIT = later(
    r"\d+(?:[./]\d+)?(?: [a-zA-ZΩ](?:\^\{?-?\d+\}?|[²³])?)(?: [smgJNWVAKCFHTLl](?:\^\{?-?\d+\}?|[²³])?)*"
)
_BLANK_BETWEEN = later(r"(?<=\S) (?=\S)")


_LOG_OF_BASE = later(r"(?<![A-Za-z])log(?:₂|₁₀)(?=\s?[\d(])", holds=("log₂", "log₁₀"))


_COEFFICIENT = later(  # 4 c0 + 6 c1 = 10 and x^2 - 7 lambda + 10, in plain text
    r"((?:^|[-+(\n])[ \t]*\d{1,4}(?:\.\d+)?) (?=(?:[a-z]_?\d|lambda|mu|alpha|beta|gamma|theta|omega|sigma)\s*[-+=])"
)


def with_products(text: str) -> str:
    """Plain text with a sign between letters that multiply, between two signs of equality, and between entries."""
    text = _ROUND_ROWS.sub(_squared, _COEFFICIENT.sub(r"\1*", text))
    text = _LOG_OF_BASE.sub(lambda found: found[0].translate(SUBSCRIPT_DIGITS), text)
    return _BETWEEN_EQUALS.sub(_multiplied, text) if text.count("=") > 1 else text


def _multiplied(found: re.Match[str]) -> str:
    """Letters with blanks between two signs of equality are a product; `5 x 4` is one already, `5 N m` has a unit."""
    plain = _CROSSED.search(found[0]) or _WITH_UNIT.fullmatch(found[0].strip())
    return found[0] if plain else _BLANK_BETWEEN.sub("*", found[0])


_AT_END = later(r"[.;](?=\s*\\end\s*\{(?:aligned|align\*?|gathered|split|equation\*?)\})")  # a sentence ends there
_POWER_OF_TEN = later(r"(\d\.?)\\(?:text|mathrm|operatorname)\{e\}([-+]?\d+)(?![\d.]|\s*[a-zA-Z^])")  # 6.02\text{e}23
_ROOTED = later(r"(?<![\w)\]}])([³⁴])\s?√")  # ³√40, but 2³√5 may be a power beside a root
_ROOTS = {"³": "∛", "⁴": "∜"}
_PART = r"\d+(?:\.\d*)?(?:e[-+]?\d+)?"
_COMPLEX = rf"[-+]?{_PART}[-+]{_PART}j"
_PRINTED = later(rf"\[\s*{_COMPLEX}(?:\s+{_COMPLEX})+\s*\]")  # [ 2.+0.j  2.+2.j -2.+0.j], as numpy prints a vector
_BEHIND_COMPLEX = later(r"(?<=j)\s(?=\s*[-+\d])")
_POINTED = later(r"(?<=\d)\.(?=[-+]\d|j|[,\]])")  # [10.+0.j, -2.+2.j], as numpy prints
_ROWS = later(r"\[[^\[\],;]{1,200}(?:;[^\[\],;]{1,200})+\]")
_BETWEEN_ENTRIES = later(r"(?<=[\w)]) (?=-?[\w(])(?! ?-? )")


def _with_commas(found: re.Match[str]) -> str:
    """Rows as Matlab takes them, `[4 -2; -3 1]`: a blank, and no sign with blanks around it, stands between entries."""
    rows = found[0][1:-1].split(";")
    entries = [row.split() for row in rows]
    plain = all(_ENTRY.fullmatch(entry) for row in entries for entry in row)
    alike = len({len(row) for row in entries}) == 1 and len(entries[0]) > 1
    return _BETWEEN_ENTRIES.sub(",", found[0]) if plain and alike else found[0]


_NUMBER = r"[-−]?\d+(?:[./]\d+)?"
_ROW = rf"{_NUMBER}(?:[ \t]+{_NUMBER})+"
_ROUND_ROWS = later(rf"(?<![\w)\]}}])\(\s*{_ROW}(?:\s*;\s*{_ROW})+\s*\)", holds=(";",))


def _squared(found: re.Match[str]) -> str:
    """The same rows in round brackets, of numbers alone: `(1 0; 2 1)`; not where each may be a difference."""
    inside = re.sub(r"(?<=\d)\s(?=\s*[-−\d])", ",", found[0][1:-1])
    rows = [row.split(",") for row in inside.split(";")]
    differences = all(entry.strip()[0] in "-−" for row in rows for entry in row[1:])
    return f"[{inside}]" if len({len(row) for row in rows}) == 1 and not differences else found[0]


_ENTRY = later(r"-?\(?-?[\w.]+(?:/[\w.]+)?\)?")
_BASES = ("0b", "0x", "0B", "0X", "_{16}", "_16", "_2", "_{2}", "_8", "_{8}")
_ASSIGNED = re.compile(r"\\leftarrow(?![A-Za-z])|←")  # a step of an algorithm: w <- w - eta g
_PRODUCT = re.compile(r"Π(?=\s*_)")
_REGION = re.compile(r"(?<![A-Za-z])ROC\b\s*[:=]?")  # before a region of convergence
_BASED = re.compile(
    r"(?<![\w.])0[bB](?P<two>[01]+)(?!\w)|(?<![\w.])0[xX](?P<hex>[0-9A-Fa-f]+)(?!\w)"
    r"|(?<![\w.\\])(?P<sixteen>[0-9A-F]{2,})_(?:\{16\}|16(?!\d))|(?<![\w.\\])(?P<bits>[01]{2,})_(?:\{2\}|2(?!\d))"
    r"|(?<![\w.\\])(?P<eight>[0-7]{2,})_(?:\{8\}|8(?!\d))"
)


def _as_decimal(found: re.Match[str]) -> str:
    """A number typed with its base, `0b1010` and `FF_{16}`, which in tens is never longer."""
    bits, sixteen = found["two"] or found["bits"], found["hex"] or found["sixteen"]
    value = int(bits, 2) if bits else int(sixteen, 16) if sixteen else int(found["eight"], 8)
    return str(value).ljust(len(found[0])) if len(str(value)) <= len(found[0]) else found[0]


def _with_subscript(found: re.Match[str]) -> str:
    which = found["a"] or found["b"]
    return rf"\arg\{which}_{{{found['under']}}}".ljust(len(found[0]))


def with_plus_minus(text: str) -> str:
    """The text with `+-` as ±, which arithmetic reads as minus; "" where there is none."""
    found = _SIGNS.sub("± ", text)
    return found if found != text else ""


_SIGNS = re.compile(r"\+[-−–]")


def as_pause(text: str) -> str:
    """The words behind bold ones, of which a dash that they begin with is no minus: "**5133600** – 46*62 pixels"."""
    return text.replace(text.strip()[0], ";", 1) if _PAUSE.match(text) else text


_PAUSE = later(r"\s+[–—-]\s+")
