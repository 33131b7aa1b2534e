"""Which token each LaTeX command, letter and sign becomes: the tables of signs, turned into one look-up each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from grader.notation import signs

Kind = tuple[str, str]  # of a token: its kind and its text

# Pieces of the two patterns that cut text and LaTeX.
NUMBER = r"(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+(?![A-Za-z]))?"
COMMAND = r"\\(?P<command>[A-Za-z]+|.)"
# Words in scripts that mathematics does not use. By exclusion: a class of 20,000 characters takes 2 ms to compile.
CJK = r"(?:(?![\u00aa\u00b5\u00ba\u0370-\u03ff\u1d00-\u1dbf\u2070-\u214f\U0001d400-\U0001d7ff])[^\W\d_])+"

DIGITS = re.compile(r"\d+")
NOT_DIGITS = re.compile(r"\D+")


def _all(kind: str, signs_of_kind: Iterable[str], text: str | None = None) -> dict[str, Kind]:
    """Each sign as a token of this kind, with its own text or a common one."""
    return {sign: (kind, sign if text is None else text) for sign in signs_of_kind}


def _each(kind: str, table: Mapping[str, str]) -> dict[str, Kind]:
    return {sign: (kind, text) for sign, text in table.items()}


# Signs, and those commands that are another spelling of a sign. Of two entries the later counts.
SIGNS: dict[str, Kind] = {
    **_all("stop", ".。?!"),
    **_all("bar", ("|", "∣", "vert", "mid", "lvert", "rvert"), "|"),
    "\n": ("line", ""),
    "⊤": ("name", "⊤"),
    "√": ("sqrt", "√"),
    "∇": ("nabla", "∇"),
    **_all("partial", signs.PARTIALS),
    **_each("reduce", signs.REDUCERS),
    **_all("dots", signs.DOTS, "..."),
    "..": ("dots", ".."),
    **_all("arrow", signs.ARROWS),
    **_each("greek", signs.GREEK_GLYPHS),
    **_each("sep", signs.SEPARATORS),
    **_each("rel", signs.RELATIONS),
    **_each("op", signs.OPERATORS),
    **_each("close", signs.CLOSING),
    **_each("open", signs.OPENING),
}

# Commands that mean the same whatever is declared.
COMMANDS: dict[str, Kind] = {
    "top": ("name", "⊤"),
    "intercal": ("name", "⊤"),
    **_each("reduce", signs.REDUCERS),
    "nabla": ("nabla", "nabla"),
    **_all("partial", signs.PARTIALS),
    "sqrt": ("sqrt", "sqrt"),
    **_all("frac", ("frac", "dfrac", "tfrac", "cfrac")),
    **_all("sep", ("quad", "qquad"), ";"),
}

# Commands that are letters and characters, unless they are functions: `\gamma` before a bracket.
LETTERS: dict[str, Kind] = {
    **_all("word", "&$#"),
    **_all("op", "_%"),
    "{": ("open", "{"),
    "}": ("close", "}"),
    **_all("name", signs.GREEK),
    **_each("name", signs.NUMBER_SETS),
}

ARGUMENT_COMMANDS = signs.TEXT_COMMANDS | signs.ACCENTS | {"begin", "end"}
BOXES = frozenset({"boxed", "fbox", "framebox"})
