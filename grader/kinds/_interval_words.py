"""Intervals as statistics writes them, as lists of their two ends: `\\mu \\in [49.8, 52.2]`, "between 49.8 and 52.2".

Each is respelled at the same length, so that every place stays what it was.
"""

from __future__ import annotations

import re

from grader.model.patterns import later

_NUMBER = r"[-+−]?\d+(?:\.\d+)?(?![\d.])"
_MEMBER = later(  # \mu \in [49.8, 52.2]
    r"(?:\\[a-z]+|[A-Za-zµμλσθ])(?:_\w|_\{\w+\})?\s*(?:\\in(?![A-Za-z])|∈)\s*(?=(?:\\left\s*)?[\[(]\s*[-+−]?\d)",
    holds=("\\in", "∈"),
)
_BETWEEN = later(
    rf"(?<!not )(?<!never )(?<!n't )\b(?:lies |is )?(?:in )?between\s+(?P<low>{_NUMBER})\s+and\s+(?P<high>{_NUMBER})",
    re.I,
    holds=("between",),
)
_SIGNS = later(r"(?<=\d)\s?\+\s?/?\s?[-−](?=\s?\d)")
_LEVEL = later(r"\(\s*(?:\d\d(?:\.\d+)?\s*\\?%|at\s+\d\d\s*\\?%)[^()\n]{0,30}\)", holds=("%",))  # (95 %), (95 % CI)


def with_ends_listed(text: str) -> str:
    """The text with such intervals as lists, or with the sign for both signs."""
    text = _MEMBER.sub(lambda found: " " * len(found[0]), text)
    text = _BETWEEN.sub(lambda found: f"[{found['low']}, {found['high']}]".rjust(len(found[0])), text)
    text = _SIGNS.sub(lambda found: "±".center(len(found[0])), text)
    return _LEVEL.sub(lambda found: " " * len(found[0]), text)
