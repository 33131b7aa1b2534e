"""Hypotheses of a test, `H_0: \\mu = 50, H_1: \\mu \\ne 50`, as the statements that they are, each by itself."""

from __future__ import annotations

import re

from grader.model.patterns import later

_LONGEST = 200  # characters
_LABEL = later(
    r"(?:^|(?<=[\s,;$]))\\?(?:text\s*\{\s*)?H\s*(?:_\s*)?\{?\s*(?:(?P<none>0|o)|(?P<other>1|a|A)|(?P<glyph>[₀₁ₐ]))\s*\}?"
    r"\s*\}?\s*:"
)
_EDGES = later(
    r"\A[\s,;$]+|(?:[\s,;$.]|\\[,; ]|\\q?quad|\\text\s*\{\s*(?:vs\.?|and|versus)\s*\}"
    r"|\b(?:vs\.?|and|versus|against))+\Z"
)


def hypotheses_of(gold: str, answer: str) -> list[tuple[str, str]] | None:
    """The statements of both under the same hypotheses, in pairs; None where they do not both state the same ones."""
    if max(len(gold), len(answer)) > _LONGEST or "H" not in gold or "H" not in answer:
        return None
    one, other = _stated(gold), _stated(answer)
    if not one or one.keys() != other.keys():
        return None
    return [(one[name], other[name]) for name in sorted(one)]


def _stated(text: str) -> dict[str, str]:
    """The statement of each hypothesis, by "0" and "1"; none where a text says anything else, or one of them twice."""
    labels = list(_LABEL.finditer(text))
    if not labels or text[: labels[0].start()].strip(" $"):
        return {}
    stops = [one.start() for one in labels[1:]] + [len(text)]
    found: dict[str, str] = {}
    for label, stop in zip(labels, stops, strict=True):
        name = "0" if label["none"] or label["glyph"] == "₀" else "1"
        statement = _EDGES.sub("", _EDGES.sub("", text[label.end() : stop]))
        if name in found or not re.search(r"[=<>≤≥≠]|\\(?:leq?|geq?|neq?|ne|lt|gt)(?![a-z])", statement):
            return {}
        found[name] = statement
    return found
