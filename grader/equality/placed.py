"""Values put for names in formulas as they were typed."""

from __future__ import annotations

import re


def put(name: str, value: str, text: str) -> str:
    """A text with a value wherever a name stands that is no part of a command or of a longer word.

    `name` is a pattern. Between commands the value is one group, so that `\\frac n2` keeps its numerator.
    """
    grouped = f"{{{value}}}" if "\\" in text else value
    pattern = re.compile(rf"(?P<name>{name})|\\[A-Za-z]+|[A-Za-z]{{3,}}")
    return pattern.sub(lambda found: grouped if found["name"] else found[0], text)
