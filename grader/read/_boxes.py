"""Boxes of LaTeX around a formula: `\\fbox{$x = 3$}` is `$\\boxed{x = 3}$`."""

from __future__ import annotations

import re

from grader.model.patterns import later

_BOX = later(r"\\(?P<box>fbox|framebox)(?:\s*\[[^\]\n]*\]){0,2}\s*(?=\{)")
_CLOSES = re.compile(r"(?<!\\)[{}]")
_DELIMITERS = (("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]"))
_LONGEST = 2000  # characters of what stands in a box


def with_boxes_inside(text: str) -> str:
    """The text with boxes around a formula inside its delimiters; every sign of the formula stays where it was."""
    if "\\fbox" not in text and "\\framebox" not in text:
        return text
    pieces: list[str] = []
    at = 0
    for found in _BOX.finditer(text):
        stop = _closing(text, found.end())
        if stop is None or found.start() < at or _is_in_formula(text, found.start()):
            continue
        said = _moved(f"\\{found['box']}", text[found.end() + 1 : stop])
        if said is not None:
            pieces += [text[at : found.start()], said.ljust(stop + 1 - found.start())]
            at = stop + 1
    return "".join(pieces) + text[at:]


def _closing(text: str, at: int) -> int | None:
    """Where the brace closes that opens here; None if it does not soon."""
    depth = 0
    for found in _CLOSES.finditer(text, at, at + _LONGEST):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return found.start()
    return None


def _is_in_formula(text: str, at: int) -> bool:
    """Whether a box stands in a formula already: an odd number of dollars stands before it in its paragraph."""
    paragraph = text[text.rfind("\n\n", 0, at) + 1 : at].replace("\\$", "  ")
    return paragraph.count("$") % 2 == 1 or paragraph.count("\\[") > paragraph.count("\\]")


def _moved(command: str, inner: str) -> str | None:
    said = inner.strip()
    for opener, closer in _DELIMITERS:
        formula = said[len(opener) : len(said) - len(closer)]
        if said.startswith(opener) and said.endswith(closer) and formula.strip() and opener not in formula:
            return f"{opener}{command}{{{formula}}}{closer}"
    return None
