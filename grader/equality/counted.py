"""What is told by an index that counts: values `e^{ik\\pi/2}, k = 0, 1, 2, 3`, and sums over `n = 1, 3, 5, \\dots`."""

from __future__ import annotations

import re

from grader.equality.placed import put
from grader.model.patterns import later

_MOST = 12  # values
FAMILY = later(
    r"\s*\$?\s*(?:\\?[A-Za-z]+(?:_\{?\w\}?)?\s*=)?(?P<body>[^=,;]+?)[\s$]*(?:,|\\q?quad|\\[,;]|\bfor\b|\bwith\b|\\text\s*\{[^{}]*\})"
    r"(?:[\s$]|\\[,; ]|\\q?quad|\b(?:for|with|where)\b|\\text\s*\{[^{}]*\})*(?P<index>[a-z])"
    r"\s*(?:=|\\in|∈)\s*(?:\\?\{)?\s*(?P<values>-?\d+(?:\s*,\s*-?\d+)+)\s*(?:\\?\})?[\s.$]*",
    holds=(",",),
)
_STEPS = later(
    r"(?P<sum>\\sum|∑|Σ)\s*(?:\\limits\s*)?_\s*\{\s*(?P<index>[a-z])\s*=\s*(?P<first>\d+)\s*,\s*(?P<second>\d+)\s*,\s*(?P<third>\d+)\s*,"
    r"\s*(?:\\[lc]?dots|\.\.\.|…)\s*\}(?:\s*\^\s*(?:\\infty|∞|\{\s*(?:\\infty|∞)\s*\}))?(?P<body>.*)",
    re.DOTALL,
)
_ODD = later(
    r"(?P<sum>\\sum|∑|Σ)\s*(?:\\limits\s*)?_\s*\{\s*(?P<index>[a-z])\s*(?:\\[,;: ]\s*)?"
    r"(?:\\(?:text|mathrm)\s*\{\s*odd\s*\}|odd)\s*\}(?:\s*\^\s*(?:\\infty|∞|\{\s*(?:\\infty|∞)\s*\}))?(?P<body>.*)",
    re.DOTALL,
)
EVENLY_SPACED = later(r"\\sum|∑|Σ", holds=("\\sum", "∑", "Σ"))


def listed(text: str, other: str) -> str:
    """Values told by an index, as the set of them, where the other side is a set that is written out."""
    found = FAMILY.fullmatch(text) if other.strip(" $").startswith(("{", "\\{", "\\left\\{")) else None
    values = [] if found is None else re.findall(r"-?\d+", found["values"])
    if found is None or not 1 < len(values) <= _MOST or not _bears(found["index"], found["body"]):
        return text
    return "\\{" + ", ".join(_put(found["index"], f"({value})", found["body"].strip()) for value in values) + "\\}"


def evenly_spaced(text: str, other: str) -> str:
    """A sum over every second number, as one over all from 0: `n = 1, 3, 5, \\dots` is n = 2m + 1."""
    found = _STEPS.search(text) or _ODD.search(text)
    index = next((letter for letter in "mkjlpqrsuvw" if _is_free(letter, text)), "")
    if (
        found is None
        or not index
        or found["body"].lstrip().startswith("^")
        or not _bears(found["index"], found["body"])
    ):
        return text
    first, step = 1, 2
    if "first" in found.groupdict():
        first, second, third = (int(found[name]) for name in ("first", "second", "third"))
        step = second - first
        if step < 1 or third - second != step:
            return text
    inside = _put(found["index"], f"({step}{index} + {first})", found["body"])
    return f"{text[: found.start()]}{found['sum']}_{{{index}=0}}^{{\\infty}}{inside}"


def _put(letter: str, value: str, text: str) -> str:
    return put(rf"{letter}(?![A-Za-z]{{2}})|(?<![A-Za-z\\]){letter}", value, text)


def _bears(letter: str, text: str) -> bool:
    return _put(letter, "0", text) != text


def _is_free(letter: str, text: str) -> bool:
    """Whether a letter stands nowhere in a text but in commands."""
    return letter not in _COMMAND.sub("", text)


_COMMAND = re.compile(r"\\[A-Za-z]+")
