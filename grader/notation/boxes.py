"""Boxes around several statements, `\\boxed{k_1: 0 \\to 1, \\quad k_2: 0 \\to 1}`, which are no single expression."""

from __future__ import annotations

from grader.model.patterns import later

BOX = later(r"\\(?:boxed|fbox|framebox)\s*\{")
_SEVERAL = later(r"[,;:]|\\(?:to|rightarrow|q?quad|text)(?![A-Za-z])")


def unboxed(text: str) -> str:
    """LaTeX of the same length in which the braces of such boxes are blanks; the commands stay."""
    for found in reversed(list(BOX.finditer(text))):
        stop = closing(text, found.end())
        if stop < len(text) and _SEVERAL.search(text, found.end(), stop):
            text = f"{text[: found.end() - 1]} {text[found.end() : stop]} {text[stop + 1 :]}"
    return text


def without_braces(text: str) -> str:
    """Prose of the same length in which the braces of boxes are blanks: `\\fbox{60 ms}` outside of formulas."""
    for found in reversed(list(BOX.finditer(text))):
        stop = closing(text, found.end())
        if stop < len(text):
            text = f"{text[: found.end() - 1]} {text[found.end() : stop]} {text[stop + 1 :]}"
    return text


def closing(text: str, at: int) -> int:
    """Where the brace closes that was opened before `at`; the end of the text if it never does."""
    depth = 1
    for place in range(at, len(text)):
        if text[place] in "{}" and text[place - 1] != "\\":
            depth += 1 if text[place] == "{" else -1
            if depth == 0:
                return place
    return len(text)
