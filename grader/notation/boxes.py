"""Boxes around several statements, `\\boxed{k_1: 0 \\to 1, \\quad k_2: 0 \\to 1}`, which are no single expression."""

from __future__ import annotations

import re

_BOX = re.compile(r"\\(?:boxed|fbox|framebox)\s*\{")
_SEVERAL = re.compile(r"[,;:]|\\(?:to|rightarrow|q?quad|text)(?![A-Za-z])")


def unboxed(text: str) -> str:
    """LaTeX of the same length in which the braces of such boxes are blanks; the commands stay."""
    for found in reversed(list(_BOX.finditer(text))):
        stop = _closing(text, found.end())
        if stop > 0 and _SEVERAL.search(text, found.end(), stop):
            text = f"{text[: found.end() - 1]} {text[found.end() : stop]} {text[stop + 1 :]}"
    return text


def _closing(text: str, at: int) -> int:
    """Where the brace that is open before `at` is closed; -1 if it never is."""
    depth = 1
    for place in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0) if text[place - 1] != "\\" else 0
        if depth == 0:
            return place
    return -1
