"""Spellings that are told in another way before a formula is cut into tokens; what follows keeps its place."""

from __future__ import annotations

import re

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
    return text


def _with_subscript(found: re.Match[str]) -> str:
    which = found["a"] or found["b"]
    return rf"\arg\{which}_{{{found['under']}}}".ljust(len(found[0]))


def with_plus_minus(text: str) -> str:
    """The text with `+-` as ±, which arithmetic reads as minus; "" where there is none."""
    found = _SIGNS.sub("± ", text)
    return found if found != text else ""


_SIGNS = re.compile(r"\+[-−–]")
