"""How LaTeX numbers items, questions and headings."""

from __future__ import annotations

import re
from collections.abc import Mapping

_COUNTER = re.compile(r"\\(arabic|alph|Alph|roman|Roman)\s*(?:\*|\{[^{}]*\})")
_COMMAND = re.compile(r"\\[A-Za-z@]+\*?|[{}$]|\\.")
_SHORT = re.compile(r"(?<![A-Za-z])[AaIi1](?![A-Za-z])")
_SHORT_STYLES = {"A": "\\Alph*", "a": "\\alph*", "I": "\\Roman*", "i": "\\roman*", "1": "\\arabic*"}
_TENS = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LABEL = re.compile(r"label\s*=\s*(\{(?:[^{}]|\{[^{}]*\})*\}|[^,\]]*)")
_START = re.compile(r"start\s*=\s*\{?(\d{1,4})")

_LONGEST_LABEL = 16  # what is longer is no label but words
_WORD = re.compile(r"[^\W\d]{3,}")
_SEVERAL = re.compile(r"\w\s*[,;]\s*\w|\d\s+-?\d+\s+-?\d")

MOST = 999  # no sheet has more questions; a counter set to a huge number would make a huge numeral


def counted(style: str, number: int) -> str:
    """A number as `\\arabic`, `\\alph` or `\\roman` prints it."""
    number = max(0, min(number, MOST))
    name = style.lower()
    if name == "alph":
        text = chr(ord("a") + number - 1) if 1 <= number <= 26 else str(number)
    elif name == "roman":
        text = roman(number)
    else:
        text = str(number)
    return text.upper() if style[:1].isupper() else text


def roman(number: int) -> str:
    """A small Roman numeral."""
    text = ""
    for value, sign in _TENS:
        while number >= value:
            text, number = text + sign, number - value
    return text


def render(form: str, number: int, nested: Mapping[str, str] | None = None) -> str:
    """A label such as `(\\alph*)` or `Problem \\arabic{section}:` with its number, without other commands."""
    for name, inner in (nested or {}).items():  # \\theenumi in \\labelenumi
        form = form.replace("\\" + name, inner)
    return plain(_COUNTER.sub(lambda found: counted(found[1], number), form))


def plain(label: str) -> str:
    """What is printed of a label that was typed: `\\textbf{(a)}` is `(a)`."""
    return " ".join(_COMMAND.sub(" " if "~" in label else "", label.replace("\\ ", " ")).split())


def form_of(options: str) -> str:
    """The form that `[label=(\\alph*)]` or, of the older package, `[(a)]` asks for; empty if neither."""
    given = _LABEL.search(options)
    if given:
        return given[1].strip("{}") if given[1].count("{") < 2 else given[1][1:-1]
    if "=" in options or not options.strip():
        return ""
    if _COUNTER.search(options):
        return options
    return _SHORT.sub(lambda sign: _SHORT_STYLES[sign.group()], options, count=1) if _SHORT.search(options) else ""


def start_of(options: str) -> int:
    """The number that `[start=3]` begins with."""
    given = _START.search(options)
    return int(given[1]) if given else 1


def is_list(words: str) -> bool:
    """Whether what looks like a label of its own is an answer: `\\item [1, 3, 0, 1]`."""
    return bool(_SEVERAL.search(words))


def is_label(words: str) -> bool:
    """Whether what a student typed as a label is one: `(b)`, `ii.`, `Problem 2`, `--`; "Result" is a word."""
    if not words or len(words) > _LONGEST_LABEL:
        return False
    worded = _WORD.search(words) and words.strip("().: ").lower() not in _ROMAN
    return not worded or any(map(str.isdigit, words))


_ROMAN = frozenset(map(roman, range(1, 30)))
